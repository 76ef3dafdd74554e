// An equation as a rule: its heaviest term, wherever it occurs in a product, is replaced by what it is equal to.
import { ONE } from "../algebra/rational.mjs";
import { Unknown } from "../algebra/session.mjs";
import { atom, index, mul, scale, single, sub } from "../algebra/polynomial.mjs";
import { inRange } from "../algebra/products.mjs";
import { renamed, replace } from "../algebra/substitution.mjs";
import { sumOver } from "../algebra/sums.mjs";
import { opened, productOf } from "./opened.mjs";

const lone = ({ m }) => (m.length === 1 && m[0][1].is(1) && m[0][0].kind === "function" ? 1 : 0);
const weight = ({ m }) => m.reduce((n, [a, e]) => n + (a.kind === "symbol" ? 0 : Math.abs(Number(e.n))), 0);
const name = ({ m }) => m.map(([a]) => a.key).join();

/** p = 0, at all places of the indices `places`, as a function of a product: what it is equal to, or null. */
export function rule(p, places) {
  const terms = p.terms.map((t) => ({ ...t, ...opened(t.m) }));
  const [heavy] = terms.sort((x, y) =>
    lone(y) - lone(x) || y.vars.length - x.vars.length || weight(y) - weight(x) || (name(x) < name(y) ? -1 : 1));
  if (heavy.factors.some(([, e]) => !e.whole || e.sign < 0)) throw new Unknown("hypothesis-with-denominator");
  if (!heavy.factors.length) throw new Unknown("hypothesis");
  const value = scale(sub(p, single(heavy.m, heavy.c)), ONE.negated.over(heavy.c));
  const variables = [...heavy.vars, ...places];
  return (m) => {
    const target = opened(m);
    for (const { found, left } of matches(heavy.factors, target.factors, new Map(), variables)) {
      const images = heavy.vars.map((v) => found.get(v)?.atom);
      if (!bindsAll(heavy.vars, images, target.vars, left)) continue;
      const at = places.map((v) => found.get(v));
      const fits = at.every((q, k) => (q
        ? inRange(q, places[k].size) && !images.some((v) => q.has(v.leaf))
        : !value.has(places[k].leaf)));
      if (!fits) continue;
      const rest = target.vars.filter((v) => !images.includes(v));
      return sumOver(rest, mul(productOf(left), instance(value, places, at)));
    }
    return null;
  };
}
/** Does the pattern's every sum stand for a sum of the target, each for another, that nothing else depends on? */
function bindsAll(vars, images, bound, left) {
  return new Set(images).size === images.length && images.every((v, k) =>
    v && bound.includes(v) && v.size.key === vars[k].size.key && !left.some(([a]) => a.leaves.has(v.leaf)));
}
function instance(p, places, at) {
  const fresh = places.map((v) => index(v.size));
  let q = renamed(p, new Map(places.map((v, k) => [v, atom(fresh[k])])));
  at.forEach((place, k) => { if (place) q = replace(q, fresh[k], place); });
  return q;
}
/** All ways to find the factors of a pattern among those of a target, and what is left of it. */
function* matches(pattern, target, found, variables) {
  if (!pattern.length) {
    yield { found, left: target };
    return;
  }
  const [[a, e], ...others] = pattern;
  for (const [k, [b, f]] of target.entries()) {
    if (!f.whole || f.compare(e) < 0) continue;
    const next = unified(a, b, found, variables);
    if (!next) continue;
    const more = f.minus(e), left = target.toSpliced(k, 1, ...(more.zero ? [] : [[b, more]]));
    yield* matches(others, left, next, variables);
  }
}
/** What the variables stand for if a is to be b; null if it cannot be. */
function unified(a, b, found, variables) {
  if (a === b && !variables.some((v) => a.leaves.has(v.leaf))) return found;
  const alike = a.kind === b.kind && a.name === b.name && a.f === b.f && a.order === b.order;
  if (!alike || !["entry", "function"].includes(a.kind)) return null;
  let out = found;
  for (const [k, p] of a.args.entries()) {
    const q = b.args[k], v = p.atom;
    if (v && variables.includes(v)) {
      if (out.has(v) ? out.get(v).key !== q.key : !(q.value || q.atom?.kind === "index")) return null;
      out = new Map(out).set(v, q);
    } else if (v && q.atom && v.kind !== "index") {
      out = unified(v, q.atom, out, variables);
      if (!out) return null;
    } else if (p.key !== q.key || variables.some((x) => p.has(x.leaf))) return null;
  }
  return out;
}
