// Products with their sums opened, and sums of terms put under common indices.
import { rational } from "../algebra/rational.mjs";
import { Unknown } from "../algebra/session.mjs";
import { add, atom, index, mul, scale } from "../algebra/polynomial.mjs";
import { positive } from "../algebra/signs.mjs";
import { inverse, power } from "../algebra/powers.mjs";
import { renamed } from "../algebra/substitution.mjs";
import { groups, openProduct, permutations } from "../algebra/sums.mjs";

export const productOf = (m) => mul(...m.map(([a, e]) => power(a.kind === "factor" ? a.args[0] : atom(a), e)));

/** The indices of all sums of a product, as fresh ones, and the factors under them. */
export function opened(m) {
  const vars = [], factors = [];
  const visit = (list) => {
    for (const [a, e] of list) {
      if (a.kind !== "sum" || !e.whole || e.sign < 0 || e.n > 4n) { factors.push([a, e]); continue; }
      for (let k = 0n; k < e.n; k++) {
        const inner = openProduct(a);
        vars.push(...inner.vars);
        visit(inner.m);
      }
    }
  };
  visit(m);
  return { vars, factors };
}
/** The terms of p by the ranges that they are summed over: { vars, body } each; null if nothing is summed. */
export function joined(p) {
  const out = new Map(), stock = new Map();
  const taken = (size, n) => {
    const key = `${size.key}|${n}`;
    if (!stock.has(key)) stock.set(key, index(size));
    return stock.get(key);
  };
  for (const { m, c } of p.terms) {
    const { vars, factors } = opened(m), names = new Map();
    for (const alike of groups(vars, (v) => v.size.key).values()) alike.forEach((v, n) => names.set(v, taken(v.size, n)));
    const used = [...names.values()].sort((x, y) => x.id - y.id), key = used.map((v) => v.id).join();
    const body = scale(renamed(productOf(factors), new Map([...names].map(([v, k]) => [v, atom(k)]))), c);
    if (!out.has(key)) out.set(key, { vars: used, bodies: [] });
    out.get(key).bodies.push(body);
  }
  if ([...out.values()].every((g) => !g.vars.length)) return null;
  return [...out.values()].map(({ vars, bodies }) => ({ vars, body: symmetric(vars, add(...bodies)) }));
}
/** The mean of the body over all orders of its indices of one range: it has the same sum. */
function symmetric(vars, body) {
  for (const alike of groups(vars, (v) => v.size.key).values()) {
    if (alike.length < 2) continue;
    if (alike.length > 4) throw new Unknown("indices-alike");
    const orders = permutations(alike);
    const turned = orders.map((order) => renamed(body, new Map(alike.map((v, k) => [v, atom(order[k])]))));
    body = scale(add(...turned), rational(1, orders.length));
  }
  return body;
}
/** All groups as one: what is summed over fewer indices is divided by the sizes of the others; null if these may be 0. */
export function padded(parts) {
  const most = new Map();
  for (const g of parts)
    for (const [size, vars] of groups(g.vars, (v) => v.size.key))
      if (vars.length > (most.get(size)?.length ?? 0)) most.set(size, vars);
  const all = [...most.values()].flat();
  if (parts.length < 2 || all.some((v) => !positive(v.size))) return null;
  const bodies = parts.map((g) => mul(g.body, ...all.filter((v) => !g.vars.includes(v)).map((v) => inverse(v.size))));
  return { vars: all, body: symmetric(all, add(...bodies)) };
}
