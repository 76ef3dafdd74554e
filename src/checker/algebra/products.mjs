// What a product is worth beyond its exponents: brackets, deltas and labels are their own squares, i^2 = -1.
import { ONE, rational } from "./rational.mjs";
import { Unknown, spend } from "./session.mjs";
import { UNIT, ZERO, add, atom, constant, deltaAtom, idempotent, mul, neg, scale, single, sub } from "./polynomial.mjs";
import { IMAGINARY, neverBelowZero, nonnegative, positive } from "./signs.mjs";
import { power } from "./powers.mjs";
import { apply } from "./functions.mjs";
import { replace, rewrite } from "./substitution.mjs";

const imaginary = (a) => a.leaf === IMAGINARY;
const isCosine = (a) => a.kind === "function" && a.f === "cos" && !a.order;
/** Has this atom at this exponent rules of its own? */
export const careful = (a, e) =>
  a.kind === "delta" || idempotent(a) || (a.kind === "factor" && e.compare(ONE) >= 0) || (imaginary(a) && !e.is(1)) ||
  (isCosine(a) && e.whole && e.n > 1n);

/** A product in normal form: a polynomial. */
export function settled(m) {
  let out = UNIT;
  const kept = [];
  for (const [a, e] of m) {
    if (!careful(a, e)) kept.push([a, e]);
    else if (imaginary(a)) {
      if (!e.whole) throw new Unknown("root-of-complex");
      const turns = ((e.n % 4n) + 4n) % 4n;
      if (turns > 1n) out = neg(out);
      if (turns % 2n) kept.push([a, ONE]);
    } else if (isCosine(a)) { // its squares are those of the sine, taken from 1
      const sine = apply("sin", a.args[0]);
      out = mul(out, power(sub(UNIT, mul(sine, sine)), rational(e.n / 2n)));
      if (e.n % 2n) kept.push([a, ONE]);
    } else if (a.kind === "factor") {
      const whole = rational(e.n / e.d), part = e.minus(whole);
      out = mul(out, power(a.args[0], whole));
      if (!part.zero) kept.push([a, part]);
    } else {
      if (e.sign < 0) throw new Unknown("division-by-bracket");
      kept.push([a, ONE]);
    }
  }
  const better = comparedBrackets(kept) ?? collapsed(kept) ?? leveled(kept) ?? single(kept, ONE);
  return out === UNIT ? better : mul(out, better);
}

/** 1 where two indices are equal, else 0. */
export function delta(i, j) {
  const d = sub(i, j).value;
  if (d) return d.zero ? UNIT : ZERO;
  if (before(i, j) || before(j, i)) return ZERO;
  const shared = add(...i.terms.filter(({ m, c }) => !j.coefficient(m).compare(c)).map(({ m, c }) => single(m, c)));
  if (!shared.zero) return delta(sub(i, shared), sub(j, shared));
  if (!i.atom && !j.atom) throw new Unknown("delta-of-expressions");
  return atom(deltaAtom(i, j));
}
/** The least and the most that a place is, for all values of the indices in it; null unless it is whole and linear in them. */
function ends(p) {
  let low = p, high = p;
  for (const { m, c } of p.terms) {
    if (!c.whole) return null;
    const k = m.find(([a]) => a.kind === "index")?.[0];
    if (!k) continue;
    if (m.length > 1 || !m[0][1].is(1)) return null;
    const first = scale(atom(k), c.negated), last = add(first, scale(sub(k.size, UNIT), c));
    [low, high] = c.sign > 0 ? [add(low, first), add(high, last)] : [add(low, last), add(high, first)];
  }
  return [low, high];
}
/** Is p always less than q? */
export function before(p, q) {
  const gap = ends(sub(q, p));
  return gap !== null && neverBelowZero(sub(gap[0], UNIT));
}
/** Is p a place of a range of this size? */
export function inRange(p, size) {
  if (p.atom?.kind === "index" && p.atom.size.key === size.key) return true;
  return before(constant(-1), p) && before(p, size);
}
/** That an index ranges over places of two kinds: the last ones, `rest` of them from `at` on, are others. */
export class Cut extends Unknown {
  constructor(code, index, at) {
    super(code);
    Object.assign(this, { index, at, rest: sub(index.size, at) });
  }
}
/** That a place, an index and what is added to it, is below the size for some values of the index; no cut where it cannot be told for which. */
export function cut(place, size, code) {
  const k = place.terms.map(({ m, c }) => (c.is(1) && m.length === 1 && m[0][1].is(1) ? m[0][0] : null)).find((a) => a?.kind === "index");
  const at = k && add(sub(size, place), atom(k));
  return k && before(ZERO, at) && before(at, k.size) ? new Cut(code, k, at) : new Unknown(code);
}
/** [i = a] f(i) = [i = a] f(a), where the older index stands for the newer one. */
function collapsed(m) {
  for (const [d] of m) {
    if (d.kind !== "delta") continue;
    const [i, j] = d.args.map((p) => p.atom);
    const from = i?.kind === "index" && !(j?.kind === "index" && j.id > i.id) ? i : j;
    const to = from === i ? d.args[1] : d.args[0];
    if (from?.kind !== "index") throw new Unknown("delta-of-expressions");
    if (to.has(from.leaf)) continue; // [i = n - 1 - i] says of no i what it is
    if (!inRange(to, from.size)) throw cut(to, from.size, "delta-of-ranges");
    const hit = m.filter(([a]) => a !== d && a.leaves.has(from.leaf));
    if (!hit.length) continue;
    const moved = hit.map(([a, e]) => power(replace(atom(a), from, to), e));
    return mul(single(m.filter((x) => !hit.includes(x)), ONE), ...moved);
  }
  return null;
}

// ---------------------------------------------------------------- [u > 0] and [u = 0]
/** [u > 0] [v > 0] where u = r v + d and the sign of d is known: one says the other, or denies it. */
function comparedBrackets(m) {
  const above = m.map(([a]) => a).filter((a) => a.f === "above" && a.kind === "function");
  for (const x of above)
    for (const y of above) {
      if (x.id >= y.id) continue;
      const u = x.args[0], v = y.args[0];
      spend(u.map.size + v.map.size);
      const shared = v.terms.find((t) => t.m.length && !u.coefficient(t.m).zero);
      if (!shared) continue;
      const r = u.coefficient(shared.m).over(shared.c), d = sub(u, scale(v, r));
      const up = nonnegative(d), down = nonnegative(neg(d));
      const without = (...gone) => single(m.filter(([a]) => !gone.includes(a)), ONE);
      if (r.sign > 0 && (up || down)) return without(up ? x : y);
      if (r.sign < 0 && down) return ZERO;
      if (r.sign < 0 && positive(d)) return mul(without(x, y), add(atom(x), atom(y), constant(-1)));
    }
  return null;
}
/** What stands beside [u = 0]: no [u > 0], no factor u, and nothing of a symbol that u = 0 gives. */
function leveled(m) {
  const level = m.map(([a]) => a).find((a) => a.kind === "function" && a.f === "at");
  if (!level) return null;
  const u = level.args[0], others = m.filter(([a]) => a !== level);
  if (others.some(([a]) => a.kind === "function" && a.f === "above" && a.args[0].key === u.key)) return ZERO;
  if (u.terms.length === 1) {
    const [alone] = u.terms;
    if (alone.m.every(([a, e]) => e.sign > 0 && others.some(([b, f]) => b === a && f.compare(e) >= 0))) return ZERO;
  }
  const x = solvable(u);
  const hit = x ? others.filter(([a]) => a.leaves.has(x.leaf) && a.f !== "at") : [];
  if (!hit.length) return null;
  const value = solved(u, x), leaves = new Set([x.leaf]);
  const moved = hit.map(([a, e]) => power(rewrite(atom(a), leaves, (y) => (y === x ? value : null)), e));
  if (moved.every((q, k) => q.key === power(atom(hit[k][0]), hit[k][1]).key)) return null;
  return mul(single(m.filter((x) => !hit.includes(x)), ONE), ...moved);
}

/** A symbol or an entry, of those that may be, that stands in p once, alone, with a number before it; null if there is none. */
export function solvable(p, may = () => true) {
  const alone = p.terms.filter(({ m }) => m.length === 1 && m[0][1].is(1) && ["symbol", "entry"].includes(m[0][0].kind));
  const once = (a) => p.terms.filter(({ m }) => m.some(([b]) => b.leaves.has(a.leaf))).length === 1;
  return alone.map(({ m }) => m[0][0]).find((a) => a.leaf !== IMAGINARY && once(a) && may(a)) ?? null;
}
/** What p = 0 says that x is. */
export function solved(p, x) {
  const c = p.coefficient([[x, ONE]]);
  return scale(sub(p, scale(atom(x), c)), ONE.negated.over(c));
}
