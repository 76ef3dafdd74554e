/** Formulas as MathML Core: what a browser lays out itself, and a screen reader reads. */
import { ENGLISH, Pretty } from "./pretty.mjs";
import { GREEK } from "../reading/names.mjs";
import { split } from "./letters.mjs";

const escaped = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.codePointAt()};`);
const tag = (name, content, attributes = "") => `<${name}${attributes}>${content}</${name}>`;
const mo = (sign, attributes) => tag("mo", escaped(sign), attributes);
const mi = (text) => tag("mi", escaped(GREEK[text] ?? text));
const row = (...parts) => (parts.length === 1 ? parts[0] : tag("mrow", parts.join("")));
const upright = (text) => tag("mi", escaped(text), ' mathvariant="normal"');
const GAP = '<mspace width="0.17em"></mspace>';
const TIMES = mo("\u2062");
const isTall = (content) => /<(mfrac|munderover|msubsup><mo>|mtable|msqrt)/.test(content);
/** A base and its subscript, where it is a name with one: what is raised stands above it. */
const lowered = (base) => (base.lastIndexOf("<msub>") === 0 && base.endsWith("</msub>") ? base.slice(6, -7) : null);
const raised = (base, top) => (lowered(base) ? tag("msubsup", lowered(base) + top) : tag("msup", base + top));
const shown = (content) => content.replace(/<[^>]*>/g, "");

const NOTATION = {
  row,
  number: (text) => tag("mn", escaped(text)),
  minus: () => mo("−", ' form="prefix"'),
  sign: (sign) => mo(sign, ' form="infix"'),
  relation: (sign) => mo(sign),
  comma: () => mo(","),
  gap: () => GAP,
  d: () => upright("d"),
  word: (text) => tag("mtext", escaped(text)),
  width: (content) => shown(content).length,
  constant: (text) => (text === "∂" || text === "i" ? upright(text) : /^(∞|−∞|𝟏)$/u.test(text) ? tag("mn", text) : mi(text)),
  loss: () => mi("ℒ"),
  function: (name) => (name === "E" ? upright(name) : NOTATION.name(name)),
  fraction: (top, low) => tag("mfrac", top + low),
  root: (inside) => tag("msqrt", inside),
  sup: raised,
  sub: (base, low) => tag("msub", base + low),
  transposed: (base) => raised(base, mo("⊤", ' form="postfix"')),
  primed: (name, order) => tag("msup", name + mo("′".repeat(order), ' form="postfix"')),
  call: (name, bracket) => row(name, mo("\u2061"), bracket),
  fence: (open, inside, close) => {
    const stretchy = isTall(inside) ? "" : ' stretchy="false"';
    return row(mo(open, ` form="prefix"${stretchy}`), inside, mo(close, ` form="postfix"${stretchy}`));
  },
  over: (sign, low, high) => tag("munderover", (sign === "max" ? upright(sign) : mo(sign)) + low + high),
  integral: ({ low, high }) => tag("msubsup", mo("∫") + low + high),
  table: (rows) =>
    NOTATION.fence("(", tag("mtable", rows.map((cells) => tag("mtr", cells.map((cell) => tag("mtd", cell)).join(""))).join("")), ")"),
  cases: (rows) =>
    row(
      mo("{", ' form="prefix"'),
      tag("mtable", rows.map((cells) => tag("mtr", cells.map((cell) => tag("mtd", cell, ' style="text-align: left"')).join(""))).join("")),
    ),
  /** Side by side: a gap behind a fraction and behind a bracket, a point before a number. */
  factors: (contents, signs = []) =>
    row(
      ...contents.flatMap((content, k) => {
        if (!k) return [content];
        const before = contents[k - 1];
        const gap =
          /<\/mfrac>$/.test(before) ||
          /\u2061/.test(before) ||
          /\u2061/.test(content) ||
          /^(<mrow>)?(<munderover|<msubsup><mo>|<mi mathvariant)/.test(content);
        return [signs[k - 1] ?? (/^\d/.test(shown(content)) ? mo("·", ' form="infix"') : TIMES + (gap ? GAP : "")), content];
      }),
    ),
  /** dZ_1 with an upright d, w_hat with a hat, n_{l-1} with its subscript; words upright. */
  name(text) {
    const { adjoint, base, accent, low, primes } = split(text);
    let out = mi(base);
    if (accent) out = tag("mover", out + mo({ hat: "^", bar: "¯", tilde: "~" }[accent]), ' accent="true"');
    if (low)
      out = tag(
        "msub",
        out +
          row(
            ...low
              .match(/\d+|\p{L}+|./gu)
              .filter((part) => part.trim())
              .map((part) => (/^\d/.test(part) ? tag("mn", part) : /^\p{L}/u.test(part) ? mi(part) : mo(part === "-" ? "−" : part))),
          ),
      );
    if (primes) out = NOTATION.primed(out, primes.length);
    return adjoint ? row(upright("d"), out) : out;
  },
};

const math = (content, display) => tag("math", content, display ? ' display="block"' : "");
/** The <math> element of a tree, and of a whole statement; `words` are those between formulas, for other languages. */
export const mathml = (tree, tables, { display = false, words = ENGLISH } = {}) =>
  math(new Pretty(NOTATION, tables, words).at(tree, 0), display);
export const mathmlOfStatement = (statement, { display = true, words = ENGLISH } = {}) =>
  math(new Pretty(NOTATION, statement, words).statement(statement), display);
