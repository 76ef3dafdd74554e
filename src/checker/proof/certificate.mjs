// That a polynomial is never negative: terms of known sign, squares, sums of paired factors, the cases of a bracket.
import { INNER } from "../algebra/session.mjs";
import { ZERO, atom, constant, idempotent, neg, scale, sub, symbol } from "../algebra/polynomial.mjs";
import { complex, isNonnegative, nonnegative, safe } from "../algebra/signs.mjs";
import { factored, root } from "../algebra/powers.mjs";
import { solvable, solved } from "../algebra/products.mjs";
import { replace, rewrite } from "../algebra/substitution.mjs";
import { joined, padded, productOf } from "./opened.mjs";

/** How p is known never to be negative, as a code; null if it is not. */
export function neverNegative(p) {
  if (complex(p)) return null;
  if (nonnegative(p)) return "terms-never-negative";
  if (never(p, 0)) return "sums-of-squares";
  return byCases(p, 0) ? "cases-of-a-kink" : null;
}
function never(p, depth) {
  if (nonnegative(p)) return true;
  if (depth > 5) return false;
  const { c, m, rest } = factored(p), signed = safe(m) && m.every(([a, e]) => isNonnegative(a, e));
  const body = scale(rest, c.sign);
  if (signed && (nonnegative(body) || root(body))) return true;
  if (signed && body.key !== p.key && never(body, depth + 1)) return true;
  const parts = joined(m.length && signed ? body : p);
  if (!parts) return false;
  const whole = padded(parts);
  return [parts, ...(whole ? [[whole]] : [])].some((gs) => gs.every((g) => summand(g.body, g.vars, depth)));
}
/** Is a body, summed over its indices, never negative? */
function summand(p, vars, depth) {
  const b = p.terms.flatMap(({ m }) => m.map(([a]) => a)).find(idempotent);
  if (b) { // in each of its two cases, the indices that it depends on held
    const free = vars.filter((v) => !b.leaves.has(v.leaf));
    return [0, 1].every((v) => summand(rewrite(p, new Set([b.leaf]), (a) => (a === b ? constant(v) : null)), free, depth));
  }
  const alone = (q) => {
    const { c, m, rest } = factored(q), body = scale(rest, c.sign);
    if (!safe(m)) return false;
    return (nonnegative(body) || root(body) !== null || (depth < 4 && never(body, depth + 2))) && paired(m, body, vars);
  };
  return alone(p) || (p.terms.length > 1 && p.terms.every(({ m, c }) => alone(scale(productOf(m), c))));
}
/** Do the factors of unknown sign pair up as h(j) h(k), so that the sum over j and k is a square? */
function paired(m, rest, vars) {
  if (m.every(([a, e]) => isNonnegative(a, e))) return true;
  const of = (k) => m.filter(([a]) => a.leaves.has(k.leaf));
  for (const j of vars)
    for (const k of vars) {
      if (j === k || j.size.key !== k.size.key || rest.has(j.leaf) || rest.has(k.leaf)) continue;
      const hj = of(j), hk = of(k);
      if (!hj.length || hj.some((x) => hk.includes(x)) || replace(productOf(hj), j, atom(k)).key !== productOf(hk).key) continue;
      const left = m.filter((x) => !hj.includes(x) && !hk.includes(x));
      const free = vars.filter((v) => v !== j && v !== k && !hj.some(([a]) => a.leaves.has(v.leaf)));
      if (paired(left, rest, free)) return true;
    }
  return false;
}
/** Above, below and at what a bracket depends on. */
function byCases(p, depth) {
  const bracket = depth < 4 && p.terms.length < 40 ? firstBracket(p) : null;
  const x = bracket && solvable(bracket.args[0]);
  if (x?.kind !== "symbol" || Object.keys(x.facts).some((fact) => fact !== "real")) return false;
  const t = atom(symbol(`${INNER}distance ${depth}`, { positive: true }));
  return [t, neg(t), ZERO].every((v) => {
    const q = replace(p, x, solved(sub(bracket.args[0], v), x));
    return never(q, 0) || byCases(q, depth + 1);
  });
}
function firstBracket(p) {
  for (const { m } of p.terms)
    for (const [a] of m) {
      if (a.kind === "function" && idempotent(a)) return a;
      for (const q of a.args ?? []) {
        const found = firstBracket(q);
        if (found) return found;
      }
    }
  return null;
}
