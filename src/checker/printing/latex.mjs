/** Formulas as LaTeX, for a reader to take along; it reads back as what was printed. */
import { GREEK } from "../reading/names.mjs";
import { split } from "./letters.mjs";
import { ENGLISH, Pretty } from "./pretty.mjs";

const SIGNS = Object.fromEntries(
  String.raw`− -|+ +|⊙ \odot|⊘ \oslash|= =|≠ \ne|< <|≤ \le|> >|≥ \ge|∑ \sum|∏ \prod|max \max|∂ \partial|π \pi|∞ \infty|−∞ -\infty|𝟏 \mathbf{1}|i \mathrm{i}|e e`
    .split("|")
    .map((pair) => pair.split(" ")),
);
const FENCES = { "‖": ["\\lVert", "\\rVert"], "⟨": ["\\langle", "\\rangle"], "|": ["\\lvert", "\\rvert"] };
const COMMANDS = new Set("log exp sin cos tan sinh cosh tanh max min det".split(" "));
const isTall = (content) => /\\(frac|sum|prod|max_|int|begin)/.test(content);
const letter = (name) => (GREEK[name] ? `\\${name}` : name.length === 1 ? name : `\\mathrm{${name}}`);
const rows = (cells, name) => `\\begin{${name}} ${cells.map((row) => row.join(" & ")).join(" \\\\ ")} \\end{${name}}`;

const NOTATION = {
  row: (...parts) => parts.join(" "),
  number: (text) => text,
  minus: () => "-",
  sign: (sign) => SIGNS[sign],
  relation: (sign) => SIGNS[sign],
  comma: () => ",",
  gap: () => "\\,",
  d: () => "\\mathrm{d}",
  word: (text) => `\\text{${text}}`,
  width: (content) => content.length,
  constant: (text) => SIGNS[text],
  loss: () => "\\mathcal{L}",
  function: (name) => {
    if (COMMANDS.has(name)) return `\\${name}`;
    if (name === "gamma" || name === "beta") return `\\operatorname{${name}}`; // \gamma is a letter
    const isLetter = /_/.test(name) || GREEK[name] || (name.length === 1 && name !== "E");
    return isLetter ? NOTATION.name(name) : `\\operatorname{${name}}`;
  },
  fraction: (top, low) => `\\frac{${top}}{${low}}`,
  root: (inside) => `\\sqrt{${inside}}`,
  sup: (base, top) => `${base}^{${top}}`,
  sub: (base, low) => `${base}_{${low}}`,
  transposed: (base) => `${base}^\\top`,
  primed: (name, order) => name + "'".repeat(order),
  call: (name, bracket) => name + bracket,
  fence: (open, inside, close) => {
    const [left, right] = FENCES[open] ?? [open, close];
    return isTall(inside) ? `\\left${left} ${inside} \\right${right}` : `${left} ${inside} ${right}`.replace(/^([([]) | ([)\]])$/g, "$1$2");
  },
  over: (sign, low, high) => `${SIGNS[sign]}_{${low}}^{${high}}`,
  integral: ({ low, high }) => `\\int_{${low}}^{${high}}`,
  table: (cells) => rows(cells, "pmatrix"),
  cases: (cells) => rows(cells, "cases"),
  factors: (contents, signs = []) =>
    contents
      .map((content, k) => (k ? `${signs[k - 1] ?? (/^\d/.test(content) ? "\\cdot" : "")} ${content}` : content))
      .join(" ")
      .replace(/ {2,}/g, " "),
  name(text) {
    const { adjoint, base, accent, low, primes } = split(text);
    const accented = accent ? `\\${accent}{${letter(base)}}` : letter(base);
    return (adjoint ? "\\mathrm{d}" : "") + accented + (low ? `_{${GREEK[low] ? `\\${low}` : low}}` : "") + primes;
  },
};

export const latex = (tree, tables, { words = ENGLISH } = {}) => new Pretty(NOTATION, tables, words).at(tree, 0);
