/** Which letters that nobody declared are numbers, or numbers of terms: those that nobody takes for anything else where they stand. */
import { operator } from "./ends.mjs";
import { GREEK, spelt } from "./names.mjs";
import { tokens } from "./tokens.mjs";

/** Letters that stand for a function where a bracket follows, though with a space between. */
const FUNCTIONS = [..."fghFHLJCPEDV", "phi", "psi"];
const TRANSPOSES = ["T", "H", "t"];
const MATRICES = ["I", "D"]; // with a subscript: the identity I_n, the slope D_x
const LARGE = ["Pi", "Sigma"]; // a product and a sum
const FOLDS = ["sum", "prod", "max"];

const spelling = ({ text, sub }) => spelt(sub ? `${text}_${sub.text}` : text);
/** Where a name stands in a list of signs, or the differential of it. */
export const places = (name, signs, before = "") =>
  signs.flatMap((sign, k) => (sign.kind === "word" && spelling(sign) === before + spelt(name) ? [k] : []));

const isNumbered = (name) => /\d\}?$/.test(name); // W1, W_1, W_{1}
const letterOf = (name) => spelt(name.split("_")[0]).replace(/\d+$/, "");
/**
 * Is a name one letter, with or without a subscript, and no function, transpose, matrix or entry of one that is declared,
 * index of a sum, imaginary unit, or d of a slope?
 */
export function isNumber(name, text, matrices) {
  const [, below] = name.split("_"),
    bare = letterOf(name);
  if (matrices.some((matrix) => spelt(matrix) === bare || (isNumbered(name) && isNumbered(matrix) && letterOf(matrix) === bare))) return false; // x1 may be x_1, W_2 one more beside W_1
  if (!(/^\p{L}$/u.test(bare) || GREEK[bare]) || bare === "i" || LARGE.includes(bare) || (below !== undefined && MATRICES.includes(bare))) return false;
  if (below !== undefined && !(/^(\p{L}|\d+|hat|bar|tilde)$/u.test(below) || GREEK[spelt(below)])) return false; // x_ab is x_a b for some
  const signs = tokens(text);
  if ((bare === "d" && signs.some((_, k) => isDifferential(k, signs))) || isBound(name, signs)) return false;
  return places(name, signs).every((k) => !isCalled(bare, k, signs) && !(TRANSPOSES.includes(bare) && isExponent(k, signs)));
}
/** u(...), u (z) of one name, f (...) of a letter that stands for functions. */
function isCalled(bare, k, signs) {
  const [open, inside, close] = signs.slice(k + 1);
  return operator(open) === "(" && (open.glued || (inside?.kind === "word" && operator(close) === ")") || FUNCTIONS.includes(bare));
}
/** Does it stand behind ^, perhaps with a minus, or in a bracket, perhaps with a number, as in A^{-1T}?  Powers of e are numbers. */
function isExponent(k, signs) {
  const before = signs.slice(0, k).reverse(),
    at = before.findIndex((sign) => sign.kind !== "number" && !["-", "{", "("].includes(operator(sign))),
    base = before[at + 1],
    isAlone = before.slice(0, at).every((sign) => sign.kind !== "number"); // z^2 T is no exponent
  return operator(before[at]) === "^" && (isAlone || ["{", "("].includes(operator(before[at - 1]))) && !(base.kind === "word" && base.text === "e" && !base.sub);
}
/** Is it the d above a line, as in \frac d{dz}, or what begins with d, such as dz, behind one and in a bracket perhaps? */
function isDifferential(k, signs) {
  const { kind, text } = signs[k];
  if (kind !== "word" || !(/^d(\p{L}\d*)?$/u.test(text) || (text[0] === "d" && GREEK[text.slice(1)]))) return false;
  const at = k - 1 - signs.slice(0, k).reverse().findIndex((sign) => !["(", "[", "{"].includes(operator(sign)));
  const behind = operator(signs[k - 1]) === "\\frac" || operator(signs[at]) === "/" || (operator(signs[at]) === "}" && operator(signs[at + 1]) === "{");
  return behind || (text === "d" && ["/", "}"].includes(operator(signs[k + 1])));
}
/** Does a sum end at it, so that it is a number of terms, whatever stands behind it?  One letter, with a number below it perhaps. */
export function isCount(name, text) {
  const signs = tokens(text);
  if (!/^\p{L}(_\{?\d+\}?)?$/u.test(name) || isBound(name, signs)) return false;
  return signs.some((sign, k) => {
    if (!FOLDS.includes(sign.text) || operator(signs[k + 1]) !== "^") return false;
    const braced = operator(signs[k + 2]) === "{",
      end = braced ? signs.findIndex((each, at) => at > k && operator(each) === "}") : k + 3;
    return places(name, signs.slice(k + 2, end)).length > 0;
  });
}
/** Does a sum run over it?  Outside of that sum it would be another letter. */
function isBound(name, signs) {
  return signs.some((sign, k) => {
    if (!FOLDS.includes(sign.text)) return false;
    const [open, bound, equals] = signs.slice(k + 1);
    return sign.sub ? places(name, tokens(sign.sub.text)).length > 0 : operator(open) === "(" && operator(equals) === "=" && places(name, [bound]).length > 0;
  });
}
