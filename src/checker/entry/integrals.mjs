// Integrals of polynomials, and of polynomials times slopes of a function that may be any, by parts.
import { ONE, rational } from "../algebra/rational.mjs";
import { INNER, Unknown } from "../algebra/session.mjs";
import { ZERO, add, atom, func, mul, scale, single, sub, symbol } from "../algebra/polynomial.mjs";
import { complex } from "../algebra/signs.mjs";
import { power } from "../algebra/powers.mjs";
import { derivative } from "../algebra/derivative.mjs";
import { replace } from "../algebra/substitution.mjs";

export function integral(lowering, t, scope, bound) {
  if (t.bind.length !== 1) throw new Unknown("integral");
  const [{ id, low, high }] = t.bind, s = symbol(`${INNER}integrated ${id}`);
  const body = lowering.perhaps(() => lowering.number(t.body, bound(id, atom(s))));
  const whole = add(...body.terms.map(({ m, c }) => primitive(lowering, m, c, s)));
  const [bottom, top] = [low, high].map((end) => replace(whole, s, lowering.number(end, scope)));
  return sub(top, bottom);
}
function primitive(lowering, m, c, s) {
  const front = single(m.filter(([a]) => !a.leaves.has(s.leaf)), c);
  const moving = m.filter(([a]) => a.leaves.has(s.leaf) && a !== s);
  const n = m.find(([a]) => a === s)?.[1] ?? rational(0);
  if (!n.whole || n.sign < 0 || moving.length > 1) throw new Unknown("integral");
  const up = n.plus(ONE);
  if (!moving.length) return mul(front, scale(power(atom(s), up), ONE.over(up)));
  const [[g, e]] = moving;
  const any = e.is(1) && g.kind === "function" && g.f.startsWith("any ") && BigInt(g.order) > n.n;
  const slope = any ? derivative(g.args[0], s) : ZERO;
  if (slope.zero || slope.has(s.leaf)) throw new Unknown("integral");
  const id = g.f.slice("any ".length);
  lowering.needs.ofFunction(id, complex(g.args[0]) ? "analytic" : g.order, g.args[0], g.order);
  let out = ZERO, p = power(atom(s), n);
  for (let k = 1; !p.zero; k++, p = scale(derivative(p, s), -1))
    out = add(out, mul(p, atom(func(g.f, g.args[0], g.order - k)), power(slope, rational(-k))));
  return mul(front, out);
}
