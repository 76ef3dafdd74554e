/** Second slopes by d as those by ∂: d²/dz² is ∂²/∂z², where neither d nor dz is a name. */
import { operator } from "./ends.mjs";
import { ALIASES, FUNCTIONS } from "./functions.mjs";
import { GREEK } from "./names.mjs";

/** How many signs the order takes that stands at k: ², ^2 or ^{2}; 0 if there is none. */
function orderAt(k, signs) {
  if (["²", "³"].includes(operator(signs[k]))) return 1;
  const braced = operator(signs[k + 1]) === "{",
    isClosed = !braced || operator(signs[k + 3]) === "}";
  return operator(signs[k]) === "^" && signs[k + 1 + braced]?.kind === "number" && isClosed ? 2 + 2 * braced : 0;
}
/** Where what is below the line begins, if one term from k on is above it. */
function belowLine(k, signs) {
  for (let depth = 0; k < signs.length; k++) {
    const text = operator(signs[k]);
    if (!depth && text === "/") return k + 1;
    if (!depth && text === "}" && operator(signs[k + 1]) === "{") return k + 2;
    if (!depth && ["}", ")", "]", "+", "-", "=", "<", ">", "<=", ">="].includes(text)) break;
    depth += ["(", "[", "{"].includes(text) - [")", "]", "}"].includes(text);
  }
  return -1;
}
/** The ∂ and the letter that a sign is, of dz; the ∂ alone of a d before a letter; null if it is neither. */
function parted(sign, next, lexicon) {
  if (sign?.kind !== "word" || sign.text[0] !== "d" || lexicon.find(sign.sub ? `${sign.text}_${sign.sub.text}` : sign.text)) return null;
  const partial = { ...sign, kind: "op", text: "∂", to: sign.from + 1, sub: null };
  if (sign.text === "d" && !sign.sub) return next.kind === "word" ? [partial] : null;
  if (GREEK[sign.text] || FUNCTIONS[ALIASES[sign.text] ?? sign.text] || !/^d\p{L}/u.test(sign.text)) return null;
  return [partial, { ...sign, text: sign.text.slice(1), from: sign.from + 1, glued: true }];
}
export function partials(signs, lexicon) {
  signs.forEach((sign, k) => {
    const length = sign.kind === "word" && sign.text === "d" && !sign.sub && !lexicon.find("d") ? orderAt(k + 1, signs) : 0,
      at = length ? belowLine(k + 1 + length, signs) : -1,
      found = at < 0 ? null : parted(signs[at], signs[at + 1], lexicon);
    if (!found || !orderAt(at + (found.length > 1 ? 1 : 2), signs)) return;
    signs[k] = { ...sign, kind: "op", text: "∂" };
    signs.splice(at, 1, ...found);
  });
  return signs;
}
