// The slope of a polynomial by a symbol, or by an entry at indices of its own.
// A bracket has slope 0: where it jumps there is none, and whoever differentiates has noted that as a condition.
import { HALF, ONE } from "./rational.mjs";
import { INNER, Unknown, session, spend } from "./session.mjs";
import { UNIT, ZERO, add, atom, func, mul, neg, scale, single, symbol } from "./polynomial.mjs";
import { inverse, power } from "./powers.mjs";
import { delta } from "./products.mjs";
import { apply } from "./functions.mjs";
import { open, sumOver } from "./sums.mjs";

/** The number pi. */
export const PI = () => atom(symbol(`${INNER}pi`, { positive: true }));

export function derivative(p, x) {
  const out = [];
  for (const { m, c } of p.terms)
    m.forEach(([a, e], k) => {
      const d = a.leaves.has(x.leaf) ? slope(a, x) : ZERO;
      if (d.zero) return;
      const lower = power(a.kind === "factor" ? a.args[0] : atom(a), e.minus(ONE));
      out.push(mul(single(m.filter((_, j) => j !== k), c.times(e)), lower, d));
    });
  return add(...out);
}
function slope(a, x) {
  const key = `${a.id}/${x.id}`;
  if (!session.slopes.has(key)) {
    spend(4);
    session.slopes.set(key, slopeOf(a, x));
  }
  return session.slopes.get(key);
}
function slopeOf(a, x) {
  if (a === x) return UNIT;
  switch (a.kind) {
    case "entry": return a.name === x.name && x.kind === "entry" ? mul(...a.args.map((p, k) => delta(p, x.args[k]))) : ZERO;
    case "factor": return derivative(a.args[0], x);
    case "sum": {
      const { vars, body } = open(a);
      return sumOver(vars, derivative(body, x));
    }
    case "peak": throw new Unknown("no-slope", "maximum");
    case "delta": throw new Unknown("no-slope", "delta"); // of numbers, which are equal by chance
    case "function": return mul(derivative(a.args[0], x), outer(a));
  }
  return ZERO;
}
function outer({ f, order, args: [u] }) {
  if (f === "above" || f === "at") return ZERO;
  if (f === "exp") return atom(func(f, u));
  if (f === "log") return inverse(u);
  if (f === "sin") return apply("cos", u);
  if (f === "cos") return mul(apply("sin", u), single([], ONE.negated));
  if (f === "erf") return scale(mul(power(PI(), HALF.negated), apply("exp", neg(mul(u, u)))), 2);
  if (!f.startsWith("any ")) throw new Unknown("no-slope", f);
  return apply(f, u, order + 1);
}
