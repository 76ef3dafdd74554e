// What is known of signs: from symbols, from the form of a term, and from the facts of the session.
import { NOUGHT, ONE } from "./rational.mjs";
import { INNER, Unknown, session } from "./session.mjs";
import { atom, idempotent, inverted, merged, mul, neg, ratio, single } from "./polynomial.mjs";
import { replace } from "./substitution.mjs";

/** The imaginary unit: nothing that holds it has a sign. */
export const IMAGINARY = `s:${INNER}i`;
export const complex = (x) => x.leaves.has(IMAGINARY);
/** p, which is to have a sign. */
export function real(p) {
  if (complex(p)) throw new Unknown("sign-of-complex");
  return p;
}

const GROWS = new Set(["exp", "cosh"]);
export function isPositive(a) {
  if (complex(a)) return false;
  switch (a.kind) {
    case "symbol": return Boolean(a.facts.positive) || known(atom(a), "positive");
    case "entry": return known(atom(a), "positive");
    case "function": return GROWS.has(a.f) && !a.order;
    case "factor": case "peak": return positive(a.args[0]);
    case "sum":
      return known(atom(a), "positive") ||
        (a.product.every(([x]) => isPositive(x)) && a.vars.every((v) => positive(v.size)));
  }
  return false;
}
export function isNonnegative(a, e = ONE) {
  if (complex(a)) return false;
  if (e.even || isPositive(a) || idempotent(a)) return true;
  switch (a.kind) {
    case "symbol": return Boolean(a.facts.nonnegative) || known(atom(a), "nonnegative");
    case "entry": return known(atom(a), "nonnegative");
    case "delta": case "index": return true;
    case "function": return a.f === "abs";
    case "factor": case "peak": return nonnegative(a.args[0]);
    case "sum": return a.product.every(([x, k]) => isNonnegative(x, k));
  }
  return false;
}
const termNonnegative = ({ m, c }) => c.sign > 0 && m.every(([a, e]) => isNonnegative(a, e));
const termPositive = ({ m, c }) => c.sign > 0 && m.every(([a]) => isPositive(a));
export const nonnegative = (p) => p.terms.every(termNonnegative) || known(p, "nonnegative");
export const positive = (p) =>
  known(p, "positive") || (!p.zero && atThePlace(() => p.terms.every(termNonnegative) && p.terms.some(termPositive)));
/** With what is never negative at the place alone where a slope is taken: what is positive there is so around. */
function atThePlace(what) {
  const { facts } = session;
  if (facts.some((f) => f.here)) session.facts = facts.map((f) => (f.here ? { ...f, here: false } : f));
  try { return what(); } finally { session.facts = facts; }
}

/** Is an atom, or a polynomial, never zero? */
export const nonzero = (a) =>
  isPositive(a) || Boolean(a.facts?.nonzero || a.facts?.negative) || known(atom(a), "nonzero") ||
  (a.kind === "factor" && neverZero(a.args[0]));
export const neverZero = (p) => positive(p) || positive(neg(p)) || known(p, "nonzero");
/** Is what stands below the line of a product never zero?  What a bracket or a delta guards may be. */
export const safe = (m) => m.every(([a, e]) => e.sign > 0 || nonzero(a));

const IMPLIES = {
  positive: ["positive"], nonnegative: ["positive", "nonnegative"], nonzero: ["positive", "nonzero"],
};
/** Is the sign of p, or of a multiple of it, one of the facts? */
export function known(p, sign) {
  if (!session.facts.length) return false;
  if (sign === "positive" && fact(p, "nonnegative") && fact(p, "nonzero")) return true;
  return fact(p, sign);
}
function fact(p, sign) {
  return session.facts.some((f) => !f.here && IMPLIES[sign].includes(f.sign) && instances(f, p).some((q) => {
    const c = ratioBut(p, q);
    return c !== null && (sign === "nonzero" || c.sign > 0);
  }));
}
/** The number c in p = c m q, where m is a product of powers of positive symbols; null if there is none. */
function ratioBut(p, q) {
  const c = ratio(p, q), [first, ...more] = q.terms;
  if (c !== null || !more.length || p.terms.length !== q.terms.length) return c;
  for (const { m } of p.terms) {
    const over = merged(m, inverted(first.m));
    if (!over.every(([a]) => a.kind === "symbol" && a.facts.positive)) continue;
    const found = ratio(p, mul(single(over, ONE), q));
    if (found !== null) return found;
  }
  return null;
}
/** What a fact says, its places put to the indices of p that have their ranges; facts are not asked on the way. */
function instances(f, p) {
  let out = [f.poly];
  const facts = session.facts;
  session.facts = [];
  for (const v of f.places)
    out = out.flatMap((q) => [...p.leaves].map((leaf) => session.indices.get(leaf))
      .filter((k) => k && k.size.key === v.size.key).map((k) => replace(q, v, atom(k))));
  session.facts = facts;
  return out;
}

/** Is a number of places never below 0?  Sizes, and products of them, are 1 or more. */
export function neverBelowZero(p) {
  const size = ([a, e]) => e.whole && e.sign > 0 && a.facts?.integer && a.facts.positive;
  const grows = p.terms.every(({ m, c }) => !m.length || (c.sign > 0 && c.whole && m.every(size)));
  return grows && p.terms.reduce((sum, { c }) => sum.plus(c), NOUGHT).sign >= 0;
}
