// Signs that are given or stated as facts, and whether a need is met by all values or by these.
import { INNER, session } from "../algebra/session.mjs";
import { UNIT, add, atom, constant, idempotent, neg, sub, symbol } from "../algebra/polynomial.mjs";
import { isNonnegative, isPositive, known, neverZero, nonnegative, nonzero, positive } from "../algebra/signs.mjs";
import { factored, root } from "../algebra/powers.mjs";
import { renamed, rewrite } from "../algebra/substitution.mjs";
import { parts } from "../statement/grammar.mjs";

const SIGNS = {
  ne: ["nonzero", (l, r) => sub(l, r)],
  gt: ["positive", (l, r) => sub(l, r)],
  lt: ["positive", (l, r) => sub(r, l)],
  ge: ["nonnegative", (l, r) => sub(l, r)],
  le: ["nonnegative", (l, r) => sub(r, l)],
};
export const isRelation = (t) => t.op in SIGNS;

/** Letters that are declared never to be negative, as facts: around 0 they may be. */
export function declared({ symbols }, lowering) {
  const ids = Object.keys(symbols).filter((id) => symbols[id].facts.nonnegative && !symbols[id].facts.positive && !lowering.ranges.has(id));
  return ids.map((id) => ({ sign: "nonnegative", poly: lowering.symbol(id), places: [] }));
}
/** A relation as a fact; a free index that stands in none of the other trees is any. */
export function factOf(t, lowering, others) {
  const [sign, difference] = SIGNS[t.op];
  const value = difference(...t.args.map((x) => lowering.number(x)));
  const elsewhere = new Set(others.flatMap(freeIn));
  const places = [...lowering.free].filter(([id, k]) => value.has(k.leaf) && !elsewhere.has(id)).map(([, k]) => k);
  return { sign, poly: value, places };
}
const freeIn = (t) => (t.op === "symbol" ? [t.id] : parts(t).flatMap(freeIn));

/** Is a need met by all values, or by what is stated?  What was assumed on the way does not count. */
export function met(need, reduced, stated) {
  const { facts } = session;
  session.facts = facts.filter((f) => !f.assumed);
  try { return metBy(need, reduced, stated); } finally { session.facts = facts; }
}
function metBy(need, reduced, stated) {
  if (need.function) return need.order === 0 || stated.some((s) => s.function === need.function && covers(s, need.order));
  if (need.sign === "none") return true;
  const p = reduced(need.poly);
  return holds(p, need.sign) || holds(need.poly, need.sign);
}
const covers = (s, order) => s.op === "analytic" || (order !== "analytic" && s.order >= order);

export function holds(p, sign) {
  const b = p.terms.flatMap(({ m }) => m.map(([a]) => a)).find(idempotent);
  if (b) return [0, 1].every((v) => inCase(b, v, () => holds(rewrite(p, new Set([b.leaf]), (a) => (a === b ? constant(v) : null)), sign)));
  return always(p, sign) || always(fromOne(p), sign);
}
/** With what a bracket says where it is 1, or where it is 0. */
function inCase(b, v, what) {
  const { facts } = session, [u] = b.args;
  const says = b.f === "above" ? (v ? ["positive", u] : ["nonnegative", neg(u)]) : b.f === "at" && !v ? ["nonzero", u] : null;
  if (says) session.facts = [...facts, { sign: says[0], poly: says[1], places: [] }];
  try { return what(); } finally { session.facts = facts; }
}
/** Sizes are 1 or more: each as 1 and what is above it. */
function fromOne(p) {
  const sizes = [...session.atoms.values()].filter((a) => a.kind === "symbol" && a.facts.integer && a.facts.positive && p.has(a.leaf));
  const names = new Map(sizes.map((n) => [n, add(UNIT, atom(symbol(`${INNER}${n.name} - 1`, { nonnegative: true })))]));
  return renamed(p, names);
}
function always(p, sign) {
  if (known(p, sign)) return true;
  const { c, m, rest } = factored(p);
  if (rest.zero) return sign === "nonnegative";
  if (sign === "nonzero") return m.every(([a]) => nonzero(a)) && neverZero(rest);
  const strict = sign === "positive";
  const fits = ([a, e]) => isPositive(a) || (isNonnegative(a, e) && (!strict || nonzero(a)));
  return c.sign > 0 && m.every(fits) &&
    (positive(rest) || ((nonnegative(rest) || root(rest) !== null) && (!strict || known(rest, "nonzero"))));
}
