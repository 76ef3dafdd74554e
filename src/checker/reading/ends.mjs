/** The ends of a sum in the other order: \sum^n_{i=1} is \sum_{i=1}^n. */
const LARGE = ["sum", "prod", "integral"];
/** The text of a sign that is there and neither a word nor a number. */
export const operator = (sign) => (sign?.kind === "op" ? sign.text : "");
/** Where what stands at k ends: a bracket, or one sign. */
function endOf(k, signs) {
  if (operator(signs[k]) !== "{") return k;
  for (let depth = 0, at = k; at < signs.length; at++) {
    depth += (operator(signs[at]) === "{") - (operator(signs[at]) === "}");
    if (!depth) return at;
  }
  return signs.length;
}
export function lowFirst(signs) {
  signs.forEach((sign, k) => {
    if (sign.kind !== "word" || !LARGE.includes(sign.text) || sign.sub || operator(signs[k + 1]) !== "^") return;
    const end = endOf(k + 2, signs), last = signs[end], isLow = ({ sub }) => sub && (sign.text === "integral" || sub.text.includes("="));
    if (operator(signs[end + 1]) === "_" && isLow(signs[end + 1])) [sign.sub] = signs.splice(end + 1, 1).map(({ sub }) => sub);
    else if (last?.kind === "word" && isLow(last)) [sign.sub, last.sub] = [last.sub, null];
  });
  return signs;
}
