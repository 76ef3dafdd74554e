/** The signs of a text: numbers, words with their subscripts, and operators in one spelling each, LaTeX's among them. */
import { lowFirst } from "./ends.mjs";
import { ReadingError } from "./errors.mjs";
import { ALIASES, FUNCTIONS } from "./functions.mjs";
import { GREEK, VARIANTS } from "./names.mjs";

/** A sign, and behind it the ways in which it is written. */
const SIGNS = new Map(
  String.raw`
⊙ \odot \circ ∘
⊙* .*
./ ./
⊘ ⊘ \oslash
.. ..
.^ .^
** **
* ∗
· \cdot · ⋅
× \times ×
- − –
>= >= \ge \geq \geqslant ≥ ⩾
<= <= \le \leq \leqslant ≤ ⩽
!= != \ne \neq ≠
= ==
-> -> ↦ \mapsto \to
‖ || \| \Vert \lVert \rVert
| \vert \lvert \rvert
⟨ \langle
⟩ \rangle
{ \{
} \}
; \\
ᵀ ᵀ ⊤ \top
' ’ ′ \prime
∂ \partial
√ \sqrt
∞ \infty
\frac \frac \dfrac \tfrac
not \lnot
and \land ∧
or \lor ∨`
    .trim()
    .split("\n")
    .flatMap((line) => {
      const [sign, ...spellings] = line.split(" ");
      return spellings.map((spelling) => [spelling, sign]);
    }),
);
const LONGEST = [...SIGNS.keys()].filter((sign) => !/^\\[A-Za-z]/.test(sign)).sort((a, b) => b.length - a.length);
const SINGLE = "+-*/@^⊙'()[]{},;<>=|‖⟨⟩∂√ᵀ∞²³";
const WORDS = {
  "\\sum": "sum",
  "∑": "sum",
  Σ: "sum",
  "\\prod": "prod",
  "∏": "prod",
  "\\int": "integral",
  "∫": "integral",
  "\\nabla": "nabla",
  "∇": "nabla",
};
const FONT = /^\\(mathrm|mathcal|mathbf|mathsf|operatorname|text|bf|boldsymbol|mathbb)\s*\{\s*(\\?[A-Za-z][A-Za-z\d_]*)\s*\}/;
const SPACING = /^(\s|\\[,;:! ]|\\(left|right|big|Big|bigl|bigr|Bigl|Bigr|displaystyle|quad|qquad|(no)?limits)(?![A-Za-z]))+/;
/** Where the ends of a sum stand, as TeX is told between it and them. */
const LIMITS = /^\s*\\(?:no)?limits(?![A-Za-z])\s*/;
const HALVES = { "½": "0.5", "¼": "0.25", "¾": "0.75" };
/** An exponent of small digits, with a minus perhaps, or the ⁻ᵀ of an inverse; ² and ³ alone are signs. */
const RAISED = /^(⁻?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+|(?<=⁻)ᵀ)/, HIGH = "⁰¹²³⁴⁵⁶⁷⁸⁹";
/** Digits, a point among them, and the power of ten behind e: 0.5, .5, 1e-3; thousands of LaTeX, 56\,000. */
const THOUSANDS = /^\d{1,3}(?:\\,\d{3})+(?!\d)/;
const NUMBER = /^(?:\d+(?:\.(?![.*/^])\d*)?|\.\d+)(?:[eE]([+\-−–]?\d+))?/;
const HIGHEST = 300; // power of ten
const ENVIRONMENT = /^\\(begin|end)\{([pb]?matrix|cases)\}/;
/** An accent, over what stands in braces or over one letter. */
const ACCENT = /^\\(hat|bar|tilde)\s*(?:\{\s*(\\?[A-Za-z\d]+)\s*\}|(\\[A-Za-z]+|[A-Za-z]))/;
/** Below a letter without braces: a Greek one, or letters and digits. */
const BELOW = new RegExp(`^(\\\\(?:var)?(?:${Object.keys(GREEK).join("|")})(?![A-Za-z])|(?:(?!\\p{Lm})[\\p{L}\\d])+)`, "u");
/** \varepsilon is ε. */
const VARIANT = new RegExp(`^\\\\var(?=(${Object.values(VARIANTS).join("|")})$)`);
const SIDE = /\\(?:([lr])[vV]ert|(left|right|[bB]igl|[bB]igr)\s*$)/;
const BESIDE_RELATION = /^&\s*([=<>≤≥≠⩽⩾]|!=|\\([lgn]eq?|[lg]eqslant)(?![A-Za-z]))/;
const RELATIONS = ["=", "!=", "<", "<=", ">", ">="];

/** Signs below the line, and as they stand on it: behind a letter all of them are below it, elsewhere digits alone. */
const LOW = "₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ₊₋₌", LINE = "0123456789aehijklmnoprstuvx+-=", BELOW_WORD = new RegExp(`^[${LOW}]+`);

/** Is it a command of LaTeX, behind a backslash? */
const isCommand = (name) => [GREEK, FUNCTIONS, ALIASES].some((table) => Object.hasOwn(table, name));
/** A letter of another font, such as 𝑥, or with an accent of its own, such as ŷ, which would be another name than x and \hat y. */
const isForeign = (c) => /(?!\p{Lm})\p{L}/u.test(c) && c.normalize("NFKD") !== c && c !== "ℓ" && !Object.hasOwn(VARIANTS, c);
function sideOf(text) {
  const [, letter, command] = SIDE.exec(text) ?? [];
  if (!letter && !command) return "";
  return letter === "l" || command === "left" || command?.endsWith("l") ? "left" : "right";
}

export function tokens(text, shift = 0) {
  const out = [];
  let at = 0;
  const fail = (code, from, to, data) => {
    throw new ReadingError(code, shift + from, shift + to, data);
  };
  const foreign = [...text].find(isForeign);
  if (foreign) fail("unknown-sign", text.indexOf(foreign), text.indexOf(foreign) + foreign.length, { sign: foreign });
  const put = (kind, length, spelling, more) => {
    out.push({ kind, text: spelling, from: shift + at, to: shift + at + length, glued, spaced, side, divides, ...more });
    at += length;
  };
  /** Where the brace that opens at `from` is closed. */
  const closing = (from) => {
    for (let depth = 0, k = from; k < text.length; k++) {
      depth += (text[k] === "{") - (text[k] === "}");
      if (!depth) return k;
    }
    return fail("unclosed", from, from + 1, { open: "{" });
  };
  /** The subscript that begins at `start`: its text and place, and where it ends. */
  const subscript = (start, low = /^[₀-₉]+/) => {
    const run = low.exec(text.slice(start))?.[0];
    if (run) return { text: [...run].map((c) => LINE[LOW.indexOf(c)]).join(""), from: shift + start, end: start + run.length };
    if (text[start] !== "_") return null;
    const braced = text[start + 1] === "{",
      from = start + 1 + braced;
    const end = braced
      ? closing(start + 1)
      : from + (BELOW.exec(text.slice(from))?.[0].length ?? fail("ends-early", start, start + 1));
    if (braced && !text.slice(from, end).trim()) fail("ends-early", start, end + 1);
    return { text: text.slice(from, end), from: shift + from, end: end + braced };
  };
  const word = (length, spelling, command = false) => {
    const sub = subscript(at + length + (LIMITS.exec(text.slice(at + length))?.[0].length ?? 0), BELOW_WORD);
    put("word", sub ? sub.end - at : length, spelling, { sub, command });
  };
  const environments = [];
  let glued = true,
    spaced = false,
    side = "", // on which side of its content a bar stands, as far as LaTeX says so
    divides = false; // does a \ stand before it that is no command, and may divide?  Q \ x, Q\x
  for (;;) {
    const space = SPACING.exec(text.slice(at));
    glued = !space;
    spaced = !glued && !/^\\(left|[bB]ig[lr]?)$/.test(space[0]); // \sigma\left(z\right)
    side = sideOf(space?.[0] ?? "");
    divides = /\s\\\s/.test(space?.[0] ?? "");
    if (space) at += space[0].length;
    const rest = text.slice(at);
    let found;
    if (!rest) break;
    if (/^1j(?![\p{L}\d])/u.test(rest)) word(2, "1j");
    else if ((found = THOUSANDS.exec(rest))) put("number", found[0].length, found[0].replaceAll("\\,", ""));
    else if ((found = NUMBER.exec(rest))) number(found);
    else if (HALVES[rest[0]]) put("number", 1, HALVES[rest[0]]);
    else if ((found = RAISED.exec(rest)) && !/^[²³]+$/.test(found[0])) raised(found);
    else if ((found = /^(\.T\b|\.transpose\(\))/.exec(rest))) put("op", found[0].length, "ᵀ");
    else if ((found = /^(np|numpy|torch)\.(linalg\.)?(?=\p{L})/u.exec(rest))) at += found[0].length;
    else if ((found = ENVIRONMENT.exec(rest))) environment(found);
    else if (rest[0] === "&" && environments.length) put("op", 1, environments.at(-1) === "cases" ? "&" : ",");
    else if (BESIDE_RELATION.test(rest) || (rest[0] === "&" && RELATIONS.includes(out.at(-1)?.text))) at += 1;
    else if ((found = /^\^\s*(?:\\top(?![A-Za-z])|⊤|\\mathsf\{T\}|\{\s*(?:\\top|⊤|\\mathsf\{T\})\s*\})/.exec(rest)))
      put("op", found[0].length, "ᵀ");
    else if ((found = /^(𝟏|\\math(?:bf|bb|ds)\s*(?:\{1\}|1(?!\d)))/u.exec(rest))) word(found[0].length, "𝟏");
    else if ((found = ACCENT.exec(rest))) accent(found);
    else if ((found = FONT.exec(rest))) font(found);
    else if ((found = /^(\\[A-Za-z]+|[∑Σ∏∫∇])/.exec(rest)) && WORDS[found[0]]) word(found[0].length, WORDS[found[0]], true);
    else if (found && SIGNS.has(found[0])) put("op", found[0].length, SIGNS.get(found[0]), { side: sideOf(found[0]) || side });
    else if (found && /^\\(ldots|dots|cdots)$/.test(found[0])) fail("unknown-sign", at, at + found[0].length, { sign: found[0] });
    else if ((found = /^(\\?(?!\p{Lm})\p{L}(?:(?!\p{Lm})[\p{L}\d])*)/u.exec(rest))) latin(found[0]);
    else if ((found = LONGEST.find((sign) => rest.startsWith(sign)))) put("op", found.length, SIGNS.get(found), { pair: found === "||" });
    else if ((found = subscript(at))) put("op", found.end - at, "_", { sub: found });
    else if (SINGLE.includes(rest[0])) put("op", 1, rest[0]);
    else fail("unknown-sign", at, at + [...rest][0].length, { sign: [...rest][0] });
  }
  if (environments.length) fail("unclosed", at, at, { open: "\\begin" });
  out.push({ kind: "end", text: "", from: shift + at, to: shift + at, glued });
  return lowFirst(out);

  /** z⁻¹ is z^{-1}, Q⁻ᵀ is Q^{-ᵀ}. */
  function raised([, minus, above]) {
    put("op", 0, "^");
    [glued, spaced] = [true, false];
    put("op", 0, "{");
    if (minus) put("op", 1, "-");
    if (above === "ᵀ") put("op", 1, "ᵀ");
    else put("number", above.length, [...above].map((c) => HIGH.indexOf(c)).join(""));
    put("op", 0, "}");
  }
  /** 1e5 is a number as in programs; 1e5x is none. */
  function number([whole, sign]) {
    const power = sign?.replace(/[−–]/, "-");
    const behind = power && /^[\p{L}\d_]+/u.exec(text.slice(at + whole.length));
    if (behind || Math.abs(power) > HIGHEST) {
      const length = whole.length + (behind?.[0].length ?? 0);
      fail("number-form", at, at + length, { number: text.slice(at, at + length) });
    }
    put("number", whole.length, whole.replace(/[−–]/, "-"));
  }
  /** The brackets around a matrix or cases of LaTeX, whose columns stand between &. */
  function environment([whole, side, kind]) {
    const brackets = kind === "cases" ? "{}" : "[]";
    if (side === "begin") environments.push(kind);
    else if (environments.pop() !== kind) fail("unopened", at, at + whole.length, { close: "\\end" });
    put("op", whole.length, brackets[+(side === "end")]);
  }
  /** Letters up to what is a sign of its own. */
  function latin(run) {
    const end = run.search(/Σ/u),
      length = end > 0 ? end : run.length,
      name = run.slice(0, length).replace(VARIANT, "").replace(/^\\/, ""),
      command = run[0] === "\\";
    divides ||= command && !isCommand(name); // Q\x
    word(length, name, command);
  }
  /** \hat{w} is the name w_hat. */
  function accent([whole, name, braced, plain]) {
    put("word", whole.length, (braced ?? plain).replace(/^\\/, ""), { sub: { text: name, from: shift + at }, command: true });
  }
  /** \mathrm{d}Z is one word, \mathrm{i} the imaginary unit; \text{if} is a word as it stands. */
  function font([whole, , inside]) {
    const name = inside.replace("\\", ""),
      next = name === "d" && /^\s*(\p{L}[\p{L}\d]*)/u.exec(text.slice(at + whole.length));
    if (next) word(whole.length + next[0].length, name + next[1]);
    else word(whole.length, name === "i" ? "1j" : name);
  }
}
