// Is a polynomial zero wherever it is defined?
import { session } from "../algebra/session.mjs";
import { UNIT, ZERO, add, atom, mul, scale, single, sub } from "../algebra/polynomial.mjs";
import { known, nonzero, safe } from "../algebra/signs.mjs";
import { content } from "../algebra/powers.mjs";
import { apply } from "../algebra/functions.mjs";
import { replace } from "../algebra/substitution.mjs";
import { joined, padded } from "./opened.mjs";

/** `reduced` uses the hypotheses. */
export function isZero(p, reduced, depth = 0) {
  p = reduced(p);
  if (p.zero || (depth < 3 && byGeometricSum(p, reduced, depth))) return true;
  for (let k = 0; k < 4 && !p.zero; k++) {
    const { m, rest } = content(p);
    if (!safe(m)) break;
    const q = reduced(rest);
    if (q.key === p.key) break;
    p = q;
  }
  if (p.zero) return true;
  const parts = depth > 8 ? null : joined(p);
  if (!parts) return false;
  if (parts.every((g) => isZero(g.body, reduced, depth + 1))) {
    session.used.add("sums-term-by-term");
    return true;
  }
  const whole = padded(parts);
  return whole !== null && isZero(whole.body, reduced, depth + 1);
}

/** S = 1 + x + ... + x^(n-1), so (x - 1) S = x^n - 1; and where x = 1 all is compared anew. */
function byGeometricSum(p, reduced, depth) {
  const sums = p.terms.flatMap(({ m }) => m.map(([a]) => a));
  const found = sums.map((a) => ({ sum: a, ...geometric(a) })).find((g) => g.base);
  if (!found) return false;
  const { sum, base, log, e, size } = found;
  let beside = ZERO, without = ZERO;
  for (const { m, c } of p.terms) {
    const at = m.find(([a]) => a === sum);
    if (!at) without = add(without, single(m, c));
    else if (at[1].is(1)) beside = add(beside, single(m.filter((x) => x !== at), c));
    else return false;
  }
  const x = apply("exp", scale(log, e)), last = apply("exp", mul(scale(log, e), size));
  if (!isZero(add(mul(beside, sub(last, UNIT)), mul(without, sub(x, UNIT))), reduced, depth + 1)) return false;
  session.used.add("geometric-sum");
  if (known(sub(atom(base), UNIT), "nonzero")) return true;
  const one = (q) => replace(q, base, UNIT);
  const nowhere = p.terms.some(({ m }) => m.some(([a, k]) => k.sign < 0 && nonzero(a) && one(a.kind === "factor" ? a.args[0] : atom(a)).zero));
  return nowhere || isZero(one(p), reduced, depth + 1);
}
/** A sum over k of exp(k log b)^e with a number b: { base: b, log: log b, e, size }. */
function geometric(a) {
  if (a.kind !== "sum" || a.vars.length !== 1 || a.product.length !== 1) return {};
  const [k] = a.vars, [[f, e]] = a.product;
  if (f.kind !== "function" || f.f !== "exp") return {};
  const [t, ...more] = f.args[0].terms, log = t.m.find(([x]) => x.kind === "function" && x.f === "log")?.[0];
  const base = log?.args[0].atom;
  const plain = !more.length && t.m.length === 2 && t.m.every(([, n]) => n.is(1)) && t.m.some(([x]) => x === k);
  return plain && base?.kind === "symbol" ? { base, log: scale(atom(log), t.c), e, size: k.size } : {};
}
