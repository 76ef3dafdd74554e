// The state of a figure in the address, as #figure?rate=0.2&start=1,2: a link to it shows the figure as it was set.

const short = (x) => (typeof x === "number" ? +x.toFixed(6) : x);

export const address = (id, state) => `#${id}?${Object.entries(state).map(([key, value]) => `${key}=${[value].flat().map(short).join(",")}`).join("&")}`;

/** What an address says of a figure's state, as far as `allowed(key, value)` lets it; undefined if it is of another. */
export function fromAddress(hash, id, state, allowed) {
  const [place, query] = hash.slice(1).split("?");
  if (place !== id || query === undefined) return undefined;
  const found = Object.fromEntries(new URLSearchParams(query));
  return Object.fromEntries(Object.entries(state).map(([key, old]) => [key, allowed(key, key in found ? like(old, found[key]) : old)]));
}
/** A text as a value of the same kind and length: an address is written by anybody. */
function like(old, text) {
  if (typeof old === "string") return text;
  const given = text.split(",").map(Number);
  if (text === "" || !given.every(Number.isFinite) || given.length !== [old].flat().length) return old;
  return Array.isArray(old) ? given : given[0];
}
