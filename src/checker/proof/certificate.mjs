// That a polynomial is never negative: terms of known sign, squares, sums of paired factors, the cases of a bracket,
// what a maximum or a sum is at least, exponentials of both sides, tangent lines, each value of a maximum.
import { rational } from "../algebra/rational.mjs";
import { INNER, session } from "../algebra/session.mjs";
import { UNIT, ZERO, add, atom, constant, idempotent, mul, neg, scale, single, sub, symbol } from "../algebra/polynomial.mjs";
import { complex, isNonnegative, nonnegative, safe } from "../algebra/signs.mjs";
import { apply } from "../algebra/functions.mjs";
import { factored, power, root } from "../algebra/powers.mjs";
import { inRange, solvable, solved } from "../algebra/products.mjs";
import { groups, open } from "../algebra/sums.mjs";
import { replace, rewrite } from "../algebra/substitution.mjs";
import { joined, padded, productOf } from "./opened.mjs";

/** Is a factor a value of this function? */
const valueOf = (f) => ([a]) => a.kind === "function" && a.f === f && !a.order;

/** How p is known never to be negative, as a code; null if it is not. */
export function neverNegative(p) {
  if (complex(p)) return null;
  if (nonnegative(p)) return "terms-never-negative";
  if (never(p, 0)) return "sums-of-squares";
  if (byExponential(p)) return "exponential-of-both-sides";
  if (byCases(p, 0)) return "cases-of-a-kink";
  if (byTangents(p, 0)) return "tangent-lines";
  return byEachValue(p) ? "each-value-of-a-maximum" : null;
}
function never(p, depth) {
  if (nonnegative(p)) return true;
  return depth <= 5 && (byParts(p, depth) || rises(p, depth) || lower(p).some((q) => never(q, depth + 1)));
}
function byParts(p, depth) {
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
    return inBothCases(p, b, (q) => summand(q, free, depth));
  }
  const alone = (q) => {
    if (nonnegative(q)) return true;
    const { c, m, rest } = factored(q), body = scale(rest, c.sign);
    if (!safe(m)) return false;
    return (nonnegative(body) || root(body) !== null || (depth < 4 && never(body, depth + 2))) && paired(m, body, vars);
  };
  return alone(p) || (p.terms.length > 1 && p.terms.every(({ m, c }) => alone(scale(productOf(m), c)))) || (depth < 4 && byTangents(p, depth + 2));
}
/** Does this hold of p with 1 and with 0 for a bracket or a label, each time with the sign that the bracket says? */
function inBothCases(p, b, holds) {
  const { facts } = session, [u] = b.kind === "function" ? b.args : [];
  const when = (value, sign, poly) => {
    session.facts = sign ? [...facts, { sign, poly, places: [] }] : facts;
    const there = mul(value ? atom(b) : sub(UNIT, atom(b)), p); // in the product brackets of others are compared with it
    return holds(rewrite(there, new Set([b.leaf]), (a) => (a === b ? constant(value) : null)));
  };
  try {
    if (!u) return when(1) && when(0);
    return b.f === "above" ? when(1, "positive", u) && when(0, "nonnegative", neg(u)) : when(1) && when(0, "nonzero", u);
  } finally { session.facts = facts; }
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
/** The cases of a bracket: above, below and at what it depends on, or, where that is no free number, by what each says of it. */
function byCases(p, depth) {
  const bracket = depth < 4 && p.terms.length < 40 ? firstBracket(p) : null;
  if (!bracket) return false;
  const x = solvable(bracket.args[0], (a) => a.kind === "symbol" && Object.keys(a.facts).every((fact) => fact === "real"));
  if (!x) return inBothCases(p, bracket, (q) => never(q, 0) || q.terms.every((t) => nonnegative(single(t.m, t.c))) || byCases(q, depth + 1));
  const t = atom(symbol(`${INNER}distance ${session.fresh++}`, { positive: true }));
  return [t, neg(t), ZERO].every((v) => {
    const q = replace(p, x, solved(sub(bracket.args[0], v), x));
    return never(q, 0) || byCases(q, depth + 1);
  });
}
/** One that speaks of an index which a sum binds has no cases of its own. */
function firstBracket(p) {
  for (const { m } of p.terms)
    for (const [a] of m) {
      if (a.kind === "function" && idempotent(a) && !holdsBound(a)) return a;
      for (const q of a.args ?? []) {
        const found = firstBracket(q);
        if (found) return found;
      }
    }
  return null;
}
const holdsBound = (a) => [...a.leaves].some((leaf) => session.indices.get(leaf)?.bound);

// ---------------------------------------------------------------- maxima, and what rises
/** What p is at least: a maximum is at least each of its values, a sum of what is never negative each of its terms. */
function lower(p) {
  return p.terms.flatMap(({ m, c }) => m.flatMap((x) => {
    const [a, e] = x, rest = m.filter((y) => y !== x);
    const falls = a.kind === "peak" || (a.kind === "sum" && a.product.every(([b, f]) => isNonnegative(b, f)));
    if (!falls || !e.is(1) || c.sign < 0 || !safe(rest) || !rest.every(([b, f]) => isNonnegative(b, f))) return [];
    const { vars, body } = open(a), others = sub(p, single(m, c));
    return instances(vars, body, places(others)).map((q) => add(others, mul(single(rest, c), q)));
  }));
}
function instances([k, ...vars], body, at) {
  if (!k) return [body];
  return at.filter((q) => inRange(q, k.size)).flatMap((q) => instances(vars, replace(body, k, q), at));
}
/** The places of the entries in p, but of those that a sum or a maximum binds. */
function places(p, found = new Map()) {
  for (const { m } of p.terms)
    for (const [a] of m)
      for (const q of a.args ?? []) {
        if (a.kind === "entry" && ![...q.leaves].some((leaf) => session.indices.get(leaf)?.bound)) found.set(q.key, q);
        places(q, found);
      }
  return [...found.values()];
}
/** exp(u) - exp(v), where u is never below v. */
function rises(p, depth) {
  if (p.terms.length !== 2) return false;
  const [up, down] = p.terms[0].c.sign > 0 ? p.terms : [...p.terms].reverse();
  if (up.c.sign < 0 || up.c.compare(down.c.negated) || ![...up.m, ...down.m].every(valueOf("exp"))) return false;
  const exponent = (m) => add(...m.map(([a, e]) => scale(a.args[0], e)));
  return never(sub(exponent(up.m), exponent(down.m)), depth + 1);
}
/** With e^u at least 1 + u, and log u at least 1 - 1/u: for each such term, or for all; logarithms beside one factor are one. */
function byTangents(p, depth) {
  const terms = p.terms.map((t) => ({ t, ...bent(t) })).filter((b) => b.f && b.beside.every(([a, e]) => isNonnegative(a, e)) && safe(b.beside));
  const below = [...groups(terms, (b) => (b.f === "log" ? single(b.beside, b.scale).key : b.t)).values()].map((bs) => {
    const line = bs[0].f === "exp" ? add(UNIT, bs[0].u) : sub(UNIT, mul(...bs.map((b) => power(b.u, rational(-b.t.c.sign)))));
    return sub(mul(single(bs[0].beside, bs[0].scale), line), add(...bs.map(({ t }) => single(t.m, t.c))));
  });
  return [...below.map((d) => [d]), ...(below.length > 1 ? [below] : [])].some((ds) => {
    const q = add(p, ...ds);
    return never(q, depth) || byCases(q, depth);
  });
}
/** A term as a number above 0, an exponential with its exponent or a logarithm with its argument, and the other factors. */
function bent({ m, c }) {
  const exps = m.filter(valueOf("exp")), logs = m.filter(valueOf("log")), beside = (xs) => m.filter((x) => !xs.includes(x));
  if (c.sign > 0 && exps.length && !logs.length) return { f: "exp", u: add(...exps.map(([a, e]) => scale(a.args[0], e))), beside: beside(exps), scale: c };
  if (logs.length !== 1 || !logs[0][1].is(1)) return {};
  return { f: "log", u: logs[0][0].args[0], beside: beside(logs), scale: c.sign < 0 ? c.negated : c };
}
/** log A + R is never negative where A exp(R) is at least 1. */
function byExponential(p) {
  const isLog = ({ m }) => m.length === 1 && m[0][1].is(1) && valueOf("log")(m[0]);
  return p.terms.some(isLog) && never(sub(apply("exp", p), UNIT), 0);
}
/** A maximum is one of its values: with any of them in its place, p is never negative. */
function byEachValue(p) {
  return peaks(p).some((peak) => {
    const { body } = open(peak), q = rewrite(p, peak.leaves, (a) => (a === peak ? body : null));
    return never(q, 0) || byExponential(q);
  });
}
/** The maxima in p that depend on no index which is bound around them. */
function peaks(p, found = new Set()) {
  for (const { m } of p.terms)
    for (const [a] of m) {
      if (a.kind === "peak" && !holdsBound(a)) found.add(a);
      for (const q of a.args ?? []) peaks(q, found);
    }
  return [...found];
}
