// Factors, division, roots and powers of polynomials, as they hold wherever they are defined.
import { HALF, NOUGHT, ONE, Rational, gcd, primes, rational, squareRoot } from "./rational.mjs";
import { Unknown } from "./session.mjs";
import { UNIT, ZERO, add, atom, constant, factor, idempotent, inverted, merged, mul, neg, scale, shape, single, sub } from "./polynomial.mjs";
import { complex, isNonnegative, isPositive, positive, real, safe } from "./signs.mjs";
import { careful, settled } from "./products.mjs";
import { byCases, magnitude } from "./functions.mjs";

// ---------------------------------------------------------------- common factors
/** p = c (product of m) rest: rest has no common factor, no denominator, whole coefficients without a common one. */
export function content(p) {
  const terms = p.terms;
  if (!terms.length) return { c: NOUGHT, m: [], rest: ZERO };
  if (terms.length === 1) return { c: terms[0].c, m: terms[0].m, rest: UNIT };
  let m = common(terms), rest = p;
  if (m.length) rest = mul(rest, single(inverted(m), ONE));
  if (rest.zero && !safe(m)) throw new Unknown("guarded-denominator");
  if (rest.zero) return { c: NOUGHT, m: [], rest };
  let n = 0n, d = 1n;
  for (const { c } of rest.terms) {
    n = gcd(n < 0n ? -n : n, c.n);
    d = (d * c.d) / gcd(d, c.d);
  }
  let c = new Rational(n, d);
  rest = scale(rest, ONE.over(c));
  if (m.length && rest.terms.length > 1) { // clearing may have brought out another one
    const again = content(rest);
    return { c: c.times(again.c), m: merged(m, again.m), rest: again.rest };
  }
  if (turned(rest)) { rest = neg(rest); c = c.negated; }
  return { c, m, rest };
}
/** The least exponents of all atoms that stand in each term, or below a line in one. */
function common(terms) {
  const out = [], seen = new Set();
  for (const { m } of terms)
    for (const [a] of m) {
      if (seen.has(a) || idempotent(a)) continue;
      seen.add(a);
      const exponents = terms.map((t) => t.m.find(([b]) => b === a)?.[1] ?? NOUGHT);
      const least = exponents.reduce((x, y) => (x.compare(y) <= 0 ? x : y));
      if (!least.zero && a.kind !== "delta") out.push([a, least]);
    }
  return out.sort(([a], [b]) => a.id - b.id);
}
/** Of p and -p, one stands for both: the positive one, or the one whose first coefficient is. */
const turned = (p) => !positive(p) && (first(p).c.sign < 0 || positive(neg(p)));
/** The term that is first by what renaming indices keeps; of those that are alike, the leading one. */
function first(p) {
  const text = ({ m }) => m.map(([a, e]) => `${shape(a)}^${e}`).sort().join(".");
  const texts = new Map(p.terms.map((t) => [t, text(t)])), highest = [...texts.values()].reduce((x, y) => (x > y ? x : y));
  return p.terms.filter((t) => texts.get(t) === highest).reduce((x, y) => (compared(x.m, y.m) >= 0 ? x : y));
}

/** The same, where a factor that was below a line divides what is above it. */
export function factored(p) {
  const { c, m, rest } = content(p);
  for (const [a, e] of m) {
    const q = a.kind === "factor" && e.sign < 0 && rest.terms.length > 1 ? divided(rest, a.args[0]) : null;
    const reduced = q ? mul(single(merged(m, [[a, ONE]]), c), q) : p;
    if (reduced.key !== p.key) return factored(reduced); // a bracket [u = 0] may write it as it was
  }
  return { c, m, rest };
}

// ---------------------------------------------------------------- division and square roots
/** An order of products that multiplication keeps: by the exponent of the oldest atom in which they differ. */
function compared(a, b) {
  for (let i = 0; ; i++) {
    if (i >= a.length && i >= b.length) return 0;
    if (i >= b.length || (i < a.length && a[i][0].id < b[i][0].id)) return a[i][1].sign;
    if (i >= a.length || b[i][0].id < a[i][0].id) return -b[i][1].sign;
    const order = a[i][1].compare(b[i][1]);
    if (order) return order;
  }
}
const leading = (p) => p.terms.reduce((x, y) => (x && compared(x.m, y.m) >= 0 ? x : y), null);

/** The quotient if d divides p, else null. */
export function divided(p, d) {
  const first = leading(d), down = inverted(first.m), out = [];
  for (let left = p, last = null; !left.zero;) {
    const t = leading(left), m = merged(t.m, down);
    if (out.length > 60 || (last && compared(t.m, last) >= 0) || m.some(([, e]) => e.sign < 0)) return null;
    out.push(single(m, t.c.over(first.c)));
    left = sub(left, mul(out.at(-1), d));
    last = t.m;
  }
  return add(...out);
}
/** r with r^2 = p, else null. */
export function root(p) {
  if (complex(p) || p.zero) return null;
  const first = leading(p), c = squareRoot(first.c);
  const m = first.m.map(([a, e]) => [a, e.times(HALF)]);
  const odd = (x) => x.some(([a, e]) => a.kind === "factor" || (!e.whole && !isPositive(a)));
  if (!c || odd(m)) return null;
  const down = inverted(m), twice = c.plus(c);
  let out = single(m, c);
  for (let left = sub(p, mul(out, out)), last = first.m, k = 0; !left.zero; k++) {
    const t = leading(left), next = merged(t.m, down);
    if (k > 30 || compared(t.m, last) >= 0 || odd(next) || next.some(([, e]) => e.sign < 0)) return null;
    out = add(out, single(next, t.c.over(twice)));
    left = sub(p, mul(out, out));
    last = t.m;
  }
  return out;
}

// ---------------------------------------------------------------- powers
/** p^e for a rational e. */
export function power(p, e) {
  if (e.zero) return UNIT;
  if (e.is(1)) return p;
  if (p.zero) {
    if (e.sign > 0) return ZERO;
    throw new Unknown("division-by-zero");
  }
  if (e.whole && e.sign > 0) return wholePower(p, e.n);
  return byCases(p, (q) => rootOrInverse(q, e));
}
function rootOrInverse(p, e) {
  if (p.zero) return power(p, e);
  if (!e.whole) real(p);
  const { c, m, rest } = factored(p);
  if (rest.zero) return power(ZERO, e);
  let inside = !e.whole && c.sign < 0 ? neg(rest) : rest;
  const out = [numberPower(!e.whole && c.sign < 0 ? c.negated : c, e)];
  for (const [a, k] of m) {
    if (e.whole || isNonnegative(a)) out.push(raised(a, k.times(e)));
    else if (k.even) out.push(e.times(k).even ? raised(a, k.times(e)) : power(magnitude(atom(a)), k.times(e)));
    else inside = mul(inside, single([[a, k]], ONE)); // the root of what may be negative stays closed
  }
  if (inside.is(-1)) throw new Unknown("root-of-negative");
  if (!inside.is(1)) out.push(raised((e.whole && inside.atom) || factor(inside), e));
  return mul(...out);
}
function wholePower(p, n) {
  if (n > 24n) throw new Unknown("high-power", `${n}`);
  let out = UNIT;
  for (let base = p, left = n; left; left >>= 1n) {
    if (left & 1n) out = mul(out, base);
    if (left > 1n) base = mul(base, base);
  }
  return out;
}
/** a^e for an atom. */
export const raised = (a, e) => (careful(a, e) ? settled([[a, e]]) : single([[a, e]], ONE));

/** c^e for a rational c: roots of primes are factors of their own. */
function numberPower(c, e) {
  if (e.n > 1000n || e.n < -1000n) throw new Unknown("high-power", `${e}`);
  if (e.whole) {
    const up = c.power(e.n < 0n ? -e.n : e.n);
    return constant(e.sign > 0 ? up : ONE.over(up));
  }
  const out = [];
  for (const [x, side] of [[c.n, 1n], [c.d, -1n]])
    for (const [p, k] of primes(x)) {
      const f = e.times(rational(k * side)), low = (f.n - (((f.n % f.d) + f.d) % f.d)) / f.d, part = f.minus(rational(low));
      out.push(constant(low < 0n ? ONE.over(new Rational(p).power(-low)) : new Rational(p).power(low)));
      if (!part.zero) out.push(single([[factor(constant(rational(p))), part]], ONE));
    }
  return mul(...out);
}
export const inverse = (p) => power(p, rational(-1));
