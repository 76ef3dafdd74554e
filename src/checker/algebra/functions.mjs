// Functions of polynomials.  sigmoid and tanh are written with exp; what has kinks with [u > 0] and [u = 0].
import { HALF, ONE, Rational, primes, rational } from "./rational.mjs";
import { INNER, Unknown, session } from "./session.mjs";
import { UNIT, ZERO, add, atom, constant, factor, func, idempotent, mul, neg, scale, single, sub, symbol } from "./polynomial.mjs";
import { isPositive, known, nonnegative, positive, real, safe } from "./signs.mjs";
import { content, divided, factored, inverse, power, raised } from "./powers.mjs";
import { delta } from "./products.mjs";
import { replace, rewrite } from "./substitution.mjs";
import { derivative } from "./derivative.mjs";

const twoSided = (p, sign) => scale(add(exponential(p), scale(exponential(neg(p)), sign)), HALF);
const sigmoid = (p) => { const e = exponential(p); return mul(e, inverse(add(UNIT, e))); };
const RULES = {
  exp: exponential,
  log: logarithm,
  sigmoid,
  tanh: (p) => sub(scale(sigmoid(scale(p, 2)), 2), UNIT),
  cosh: (p) => twoSided(p, 1),
  sinh: (p) => twoSided(p, -1),
  abs: magnitude,
  above,
  at,
  sin: (p) => odd("sin", p, -1),
  cos: (p) => odd("cos", p, 1),
  erf: (p) => odd("erf", p, -1),
};

/** f(p), or its derivative of this order there; what it needs of p is noted by whoever knows the function. */
export function apply(f, p, order = 0) {
  const named = session.functions?.get(f);
  if (order) named?.note(p, order);
  return byCases(tidy(p), (q) => {
    q = tidy(q);
    if (order && named?.slope) return named.slope(q, order);
    if (order && f === "sigmoid") return logistic(q, order);
    const rule = order ? null : RULES[f];
    return rule ? rule(q) : atom(func(f, q, order));
  });
}
/** A derivative of the sigmoid. */
function logistic(q, order) {
  const t = symbol(`${INNER}argument of sigmoid`), s = sigmoid(atom(t));
  let d = mul(s, sub(UNIT, s));
  for (let k = 1; k < order; k++) d = derivative(d, t);
  return replace(d, t, q);
}
/**
 * f of a polynomial in which a bracket or a label stands: in each of its two cases, b f(1) + (1 - b) f(0).
 * Multiplied out, f(0) stands without its 1 - b: so nothing may stand below a line in it that the other case makes zero.
 */
export function byCases(p, f) {
  const b = p.terms.flatMap(({ m }) => m.map(([a]) => a)).find(idempotent);
  if (!b) return f(p);
  const when = (v) => byCases(rewrite(p, new Set([b.leaf]), (a) => (a === b ? constant(v) : null)), f);
  const [high, low] = [when(1), when(0)];
  if (![...high.terms, ...low.terms].every(({ m }) => safe(m))) throw new Unknown("guarded-denominator");
  return add(mul(atom(b), high), mul(sub(UNIT, atom(b)), low));
}
/** Equal rational functions as one polynomial. */
function tidy(p) {
  if (p.terms.length < 2 || !p.terms.some(({ m }) => m.some(([a, e]) => e.sign < 0))) return p;
  const { c, m, rest } = factored(p);
  return mul(single(m, c), rest);
}
/** Of an odd function, with the sign -1, or an even one, with 1. */
function odd(f, p, sign) {
  const { c } = content(p);
  if (p.zero) return f === "cos" ? UNIT : ZERO;
  return c.sign < 0 ? scale(atom(func(f, neg(p))), sign) : atom(func(f, p));
}

// ---------------------------------------------------------------- exp and log
/** exp of a sum is a product; a number before a term is an exponent. */
function exponential(p) {
  return mul(...p.terms.map(({ m, c }) => {
    const alone = m.length === 1 && m[0][1].is(1) && m[0][0].kind === "function" && m[0][0].f === "log" && !m[0][0].order;
    return alone ? power(m[0][0].args[0], c) : raised(func("exp", single(m, ONE)), c);
  }));
}
/** The logarithm of a product is split at those factors that are positive, and at even powers. */
function logarithm(p) {
  real(p);
  const { c, m, rest } = factored(p);
  if (rest.zero) throw new Unknown("logarithm-of-zero");
  const size = c.sign < 0 ? c.negated : c, out = [];
  for (const [n, side] of [[size.n, 1n], [size.d, -1n]])
    for (const [q, k] of primes(n)) out.push(scale(atom(func("log", constant(new Rational(q)))), rational(k * side)));
  let closed = constant(c.sign < 0 ? -1 : 1);
  for (const [a, e] of [...m, ...metBefore(rest)]) {
    const of = a.kind === "factor" ? a.args[0] : atom(a);
    if (isPositive(a)) out.push(scale(a.f === "exp" && a.kind === "function" ? a.args[0] : atom(func("log", of)), e));
    else if (e.even) out.push(scale(apply("log", magnitude(of)), e));
    else closed = mul(closed, power(of, e));
  }
  if (!closed.is(1)) out.push(atom(func("log", closed)));
  return add(...out);
}
/** A polynomial by factors that the session has met: [atom, exponent] of each. */
function metBefore(p) {
  const out = [];
  for (const a of [...session.atoms.values()]) {
    if (p.terms.length < 2) break;
    if (a.kind !== "factor" || a.args[0].terms.length < 2 || ![...a.leaves].every((leaf) => p.has(leaf))) continue;
    for (let q; p.terms.length > 1 && a.args[0].key !== p.key && (q = divided(p, a.args[0])); p = q) out.push([a, ONE]);
  }
  if (p.is(1)) return out;
  return [...out, [p.atom ?? factor(p), ONE]];
}

// ---------------------------------------------------------------- kinks
/** p as a sign and u: p > 0 where sign u > 0; u has no positive factor, and p and -p have one u. */
function upright(p) {
  real(p);
  const { c, m, rest } = factored(p);
  if (!safe(m)) return { sign: 1, u: p };
  const kept = m.filter(([a]) => !isPositive(a)).map(([a, e]) => (e.whole ? [a, rational(e.even ? 2 : 1)] : [a, e]));
  return { sign: c.sign, u: mul(rest, single(kept, ONE)) };
}
/** [p > 0] */
function above(p) {
  if (p.zero) return ZERO;
  const { sign, u } = upright(p);
  if (u.zero) return ZERO;
  if (positive(u)) return constant(sign > 0 ? 1 : 0);
  if (positive(neg(u))) return constant(sign > 0 ? 0 : 1);
  const bracket = atom(func("above", u));
  return sign > 0 ? bracket : sub(sub(UNIT, bracket), at(u));
}
/** [p = 0] */
function at(p) {
  if (p.zero) return UNIT;
  const { u } = upright(p);
  if (u.zero) return UNIT;
  if (positive(u) || positive(neg(u)) || known(u, "nonzero")) return ZERO;
  const [a, b] = u.terms, alone = (t) => t?.m.length === 1 && t.m[0][1].is(1) && t.m[0][0].kind === "index";
  if (u.terms.length === 2 && alone(a) && alone(b) && a.c.plus(b.c).zero) return delta(atom(a.m[0][0]), atom(b.m[0][0]));
  return atom(func("at", u));
}
/** |p| */
export function magnitude(p) {
  if (p.zero || nonnegative(p)) return p;
  const { sign, u } = upright(p), q = scale(p, sign);
  if (u.zero) return ZERO;
  if (positive(u) || nonnegative(q)) return q;
  return mul(q, sub(scale(atom(func("above", u)), 2), UNIT));
}
