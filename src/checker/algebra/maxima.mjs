// The largest value of a polynomial over indices, in one form: an inner one joins, terms that share no index have one
// each, and what does not depend on the indices leaves.  Each range has a place for all sizes, so nothing is lost.
import { ONE, rational } from "./rational.mjs";
import { spend } from "./session.mjs";
import { ZERO, add, atom, inverted, mul, neg, peakAtom, ratio, scale, single, sub } from "./polynomial.mjs";
import { isNonnegative, nonnegative, real } from "./signs.mjs";
import { content } from "./powers.mjs";
import { least, open } from "./sums.mjs";
import { replace } from "./substitution.mjs";

/** The largest value of p over indices of its own. */
export function maximumOver(vars, p) {
  for (const k of vars) if (k.size.is(1)) p = replace(p, k, ZERO);
  const inner = joined(vars.filter((k) => !k.size.is(1)), real(p));
  return add(...apart(inner.vars, inner.p).map((part) => (part.vars.length ? closed(part.vars, part.p) : part.p)));
}
const touches = (m, vars) => m.some(([a]) => vars.some((k) => a.leaves.has(k.leaf)));

/** A maximum inside, times what is never negative, is one over its indices too. */
function joined(vars, p) {
  for (const { m, c } of p.terms)
    for (const x of m) {
      const [a, e] = x, rest = m.filter((y) => y !== x);
      if (a.kind !== "peak" || !e.is(1) || c.sign < 0 || !touches([x], vars) || !rest.every(([b, f]) => isNonnegative(b, f))) continue;
      spend(4);
      const inner = open(a);
      return joined([...vars, ...inner.vars], add(sub(p, single(m, c)), mul(single(rest, c), inner.body)));
    }
  return { vars, p };
}
/** The terms that hang together by the indices in them, and those without: { vars, p } each. */
function apart(vars, p) {
  let parts = [];
  for (const { m, c } of p.terms) {
    const mine = vars.filter((k) => touches(m, [k])), hangs = (part) => part.vars.some((k) => mine.includes(k));
    const found = parts.filter(hangs);
    const all = [...new Set([...mine, ...found.flatMap((part) => part.vars)])];
    parts = [...parts.filter((part) => !hangs(part)), { vars: all, p: add(single(m, c), ...found.map((part) => part.p)) }];
  }
  return parts;
}
/** One maximum for all names of its indices, and its weight. */
function closed(vars, p) {
  const { weight, rest } = weighed(vars, p), best = least(rest, vars, () => 0);
  return mul(weight, atom(peakAtom(best.vars, best.q)));
}
/** p = weight rest: the weight does not depend on the indices and is never negative. */
function weighed(vars, p) {
  const groups = new Map();
  for (const { m, c } of p.terms) {
    const inside = m.filter((x) => touches([x], vars)), key = single(inside, ONE).key;
    const outside = single(m.filter((x) => !inside.includes(x)), c);
    groups.set(key, { inside, weight: add(groups.get(key)?.weight ?? ZERO, outside) });
  }
  const all = [...groups.values()], [{ weight }] = all, shares = all.map((g) => ratio(g.weight, weight));
  const sign = nonnegative(weight) ? ONE : nonnegative(neg(weight)) ? ONE.negated : null;
  if (sign && shares.every((share) => share !== null))
    return scaled(scale(weight, sign), add(...all.map(({ inside }, k) => single(inside, shares[k].times(sign)))));
  const common = content(p).m.filter(([a, e]) => e.sign > 0 && a.kind !== "factor" && !touches([[a, e]], vars) && isNonnegative(a, e));
  return scaled(single(common, ONE), mul(p, single(inverted(common), ONE)));
}
function scaled(weight, rest) {
  const { c } = content(rest), size = c.sign < 0 ? c.negated : c;
  return { weight: scale(weight, size), rest: scale(rest, rational(size.d, size.n)) };
}
