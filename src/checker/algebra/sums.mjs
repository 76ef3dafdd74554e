// Sums in one form: deltas collapse, what does not depend on an index leaves, parts that share no index fall apart,
// and of all orders of like indices the smallest is taken.
import { ONE, rational } from "./rational.mjs";
import { Unknown, session, spend } from "./session.mjs";
import { add, atom, boundIndex, constant, index, inverted, merged, mul, scale, single, spelt, sub, sumAtom } from "./polynomial.mjs";
import { neverBelowZero } from "./signs.mjs";
import { power } from "./powers.mjs";
import { cut, inRange } from "./products.mjs";
import { renamed, replace } from "./substitution.mjs";

/** The sum of p over indices of its own. */
export function sumOver(vars, p) {
  for (const k of vars) p = overOne(k, p);
  return p;
}
function overOne(k, p) {
  const count = k.size.value, last = k.size.coefficient([]);
  if (count?.whole && count.sign >= 0 && count.n <= 6n)
    return add(...Array.from({ length: Number(count.n) }, (_, v) => replace(p, k, constant(v))));
  if (last.sign > 0 && last.whole && last.n <= 4n && !k.size.value && neverBelowZero(sub(k.size, constant(last)))) {
    // n + 1 places are n places and the last one
    const short = sub(k.size, constant(last)), fewer = index(short);
    const ends = Array.from({ length: Number(last.n) }, (_, v) => replace(p, k, add(short, constant(v))));
    return add(overOne(fewer, replace(p, k, atom(fewer))), ...ends);
  }
  return add(...p.terms.map(({ m, c }) => scale(overProduct([k], m), c)));
}
const touches = (a, vars) => vars.some((k) => a.leaves.has(k.leaf));
const again = (vars, p) => (vars.length ? add(...p.terms.map(({ m, c }) => scale(overProduct(vars, m), c))) : p);

/** The sum of a product. */
function overProduct(vars, m) {
  spend(4);
  return withInner(vars, m) ?? withDelta(vars, m) ?? withQuotient(vars, m) ?? apart(vars, m);
}
/** Sums inside that depend on an index are joined to this one. */
function withInner(vars, m) {
  const inner = m.filter(([a, e]) => a.kind === "sum" && touches(a, vars) && e.whole && e.sign > 0 && e.n <= 4n);
  if (!inner.length) return null;
  const all = [...vars], parts = [single(m.filter((x) => !inner.includes(x)), ONE)];
  for (const [a, e] of inner)
    for (let k = 0n; k < e.n; k++) {
      const opened = open(a);
      all.push(...opened.vars);
      parts.push(opened.body);
    }
  return again(all, mul(...parts));
}
/** A sum over k of [k = a] f(k) is f(a). */
function withDelta(vars, m) {
  for (const [d] of m) {
    if (d.kind !== "delta") continue;
    for (const [x, to] of [d.args, [d.args[1], d.args[0]]]) {
      const k = x.atom;
      if (!vars.includes(k) || to.has(k.leaf)) continue;
      if (!inRange(to, k.size)) {
        const other = to.atom;
        if (!vars.includes(other) || !inRange(x, other.size)) throw cut(to, k.size, "delta-of-ranges");
        continue; // the other one is the shorter range
      }
      session.used.add("delta-collapsed");
      const rest = mul(...m.filter(([a]) => a !== d).map(([a, e]) => power(replace(atom(a), k, to), e)));
      return again(vars.filter((v) => v !== k), rest);
    }
  }
  return null;
}
/** A sum that stands below a line and, over one of the indices, above it. */
function withQuotient(vars, m) {
  for (const [a, e] of m) {
    if (a.kind !== "sum" || e.sign > 0 || !e.whole || a.vars.length !== 1) continue;
    for (const k of vars) {
      if (k.size.key !== a.vars[0].size.key || a.leaves.has(k.leaf)) continue;
      const [body, ...more] = replace(single(a.product, ONE), a.vars[0], atom(k)).terms;
      if (more.length || !body?.c.is(1)) continue;
      const depends = (list) => single(list.filter(([x]) => x.leaves.has(k.leaf)), ONE).key;
      if (depends(body.m) !== depends(m)) continue;
      return again(vars.filter((v) => v !== k), single(merged(merged(m, inverted(body.m)), [[a, ONE]]), ONE));
    }
  }
  return null;
}
/** What depends on no index before the sum, and a sum for each set of factors that indices connect. */
function apart(vars, m) {
  let parts = [];
  for (const x of m) {
    const mine = vars.filter((k) => x[0].leaves.has(k.leaf));
    const joined = mine.length ? parts.filter((p) => p.vars.some((k) => mine.includes(k))) : [];
    const part = { vars: [...new Set([...mine, ...joined.flatMap((p) => p.vars)])], m: [...joined.flatMap((p) => p.m), x] };
    parts = [...parts.filter((p) => !joined.includes(p)), part];
  }
  const used = new Set(parts.flatMap((p) => p.vars));
  return mul(
    ...vars.filter((k) => !used.has(k)).map((k) => k.size),
    ...parts.map((p) => (p.vars.length ? ofPlaces(p.vars, p.m) ?? closed(p.vars, p.m) : single(p.m, ONE))),
  );
}
/** 0^e + 1^e + ... + (n - 1)^e as a polynomial in n; such sums S_j of lower powers give it, as n^(e + 1) is that of binomial(e + 1, j) S_j over j <= e. */
function ofPlaces([k, ...more], m) {
  const [[a, e], ...others] = m;
  if (more.length || others.length || a !== k || !e.whole || e.sign < 0 || e.n > 12n) return null;
  const rows = [];
  for (let p = 0n; p <= e.n; p++) {
    const lower = rows.map((row, j) => scale(row, binomial(p + 1n, BigInt(j))));
    rows.push(scale(sub(power(k.size, rational(p + 1n)), add(...lower)), ONE.over(rational(p + 1n))));
  }
  return rows.at(-1);
}
function binomial(n, k) {
  let c = ONE;
  for (let j = 0n; j < k; j++) c = c.times(rational(n - j, j + 1n));
  return c;
}

/** What a sum or a maximum is of, with fresh indices for its own: by their names it may be several terms. */
export function open(a) {
  const names = new Map(a.vars.map((v) => [v, atom(index(v.size))]));
  return { vars: a.vars.map((v) => names.get(v).atom), body: renamed(a.args[0], names) };
}
/** The same where a product is needed. */
export function openProduct(a) {
  const { vars, body } = open(a), [t, ...more] = body.terms;
  if (more.length || !t?.c.is(1)) throw new Unknown("sum-changes-when-opened");
  return { vars, m: t.m };
}

// ---------------------------------------------------------------- one sum for all names of its indices
function closed(vars, m) {
  const p = single([...m].sort(([a], [b]) => a.id - b.id), ONE), colour = colours(vars, m);
  const named = least(p, vars, (v) => colour.get(v.leaf)), best = named.q.terms.length > 1 ? least(p, vars, () => 0) : named;
  const [{ m: product, c }, ...more] = best.q.terms;
  // by these names each term is as it will be
  if (more.length) return add(...best.q.terms.map((t) => scale(overProduct(best.vars, t.m), t.c)));
  return scale(atom(sumAtom(best.vars, product)), c);
}
/**
 * The least of all ways to name the indices, where those of a lower class are first.  By other names a form that has an
 * order, such as [u > 0] or an odd function, may get a sign, or become several terms: the fewer, the better.
 */
export function least(p, vars, classOf) {
  const byRange = groups(vars, (v) => v.size.key), height = p.height + 1;
  const ranges = [...byRange.keys()].sort().map((key) => [...groups(byRange.get(key), classOf)].sort(([a], [b]) => a - b).map(([, alike]) => alike));
  if (ranges.flat().reduce((n, { length }) => n * factorial(length), 1) > 720) throw new Unknown("indices-alike");
  let ways = [[]];
  for (const classes of ranges) {
    let orders = [[]];
    for (const alike of classes) orders = orders.flatMap((o) => permutations(alike).map((q) => [...o, ...q]));
    ways = ways.flatMap((w) => orders.map((o) => [...w, ...o.map((v, j) => [v, boundIndex(v.size, height, j)])]));
  }
  let best = null;
  for (const way of ways) {
    spend(8);
    const q = renamed(p, new Map(way.map(([v, b]) => [v, atom(b)])));
    if (q.zero) throw new Unknown("sum-changes-when-closed");
    const fewer = best ? best.q.terms.length - q.terms.length : 1;
    if (fewer > 0 || (!fewer && q.key < best.q.key)) best = { q, vars: way.map(([, b]) => b) };
  }
  return best;
}
/** A number for each index: different where they play different parts, whatever they are called. */
function colours(vars, m) {
  let colour = new Map(vars.map((v) => [v.leaf, v.size.key]));
  for (let round = 0, count = 0; round < 4; round++) {
    const seen = new Map(vars.map((v) => {
      const name = (leaf) => (leaf === v.leaf ? "!" : colour.has(leaf) ? `<${colour.get(leaf)}>` : null);
      const where = m.filter(([a]) => a.leaves.has(v.leaf)).map(([a, e]) => `${spelt(a, name)}^${e}`).sort().join(";");
      return [v.leaf, `${colour.get(v.leaf)}|${where}`];
    }));
    const sorted = [...new Set(seen.values())].sort();
    colour = new Map([...seen].map(([leaf, text]) => [leaf, sorted.indexOf(text)]));
    if (sorted.length === count) break;
    count = sorted.length;
  }
  return colour;
}
export function groups(xs, key) {
  const out = new Map();
  for (const x of xs) out.set(key(x), [...(out.get(key(x)) ?? []), x]);
  return out;
}
const factorial = (n) => (n < 2 ? 1 : n * factorial(n - 1));
export function permutations(xs) {
  if (xs.length < 2) return [xs];
  return xs.flatMap((x, i) => permutations(xs.filter((_, k) => k !== i)).map((q) => [x, ...q]));
}
