// Atoms, and polynomials over them: the form to which every entry is brought.
// Atoms are interned, so that equal ones are one object; an index is equal only to itself.
import { ONE, NOUGHT, Rational, rational } from "./rational.mjs";
import { session, spend } from "./session.mjs";
import { careful, settled } from "./products.mjs";

// ---------------------------------------------------------------- atoms
// index (a place of a range), symbol, entry (of a matrix), delta, function (of a polynomial), factor (a polynomial as
// one factor, below a line or under a root), sum (of a product, over indices that its factors connect), peak (the largest
// value of a polynomial over indices)
function intern(key, make) {
  const known = session.atoms.get(key);
  if (known) return known;
  const a = make();
  a.id = session.atoms.size;
  a.key = key;
  a.height = 0;
  a.leaves = new Set(a.leaf ? [a.leaf] : []);
  for (const p of a.args ?? []) {
    for (const leaf of p.leaves) a.leaves.add(leaf);
    a.height = Math.max(a.height, p.height);
  }
  if (a.kind === "sum" || a.kind === "peak") {
    for (const v of a.vars) {
      a.leaves.delete(v.leaf);
      for (const leaf of v.size.leaves) a.leaves.add(leaf);
    }
    a.height += 1;
  }
  session.atoms.set(key, a);
  if (a.kind === "index") session.indices.set(a.leaf, a);
  return a;
}

const place = (size, leaf, bound) => intern(leaf, () => ({ kind: "index", size, leaf, bound }));
/** A new index, from 0 to size - 1. */
export const index = (size) => place(size, `i${session.fresh++}`, false);
/** The j-th index of a sum of this height: what a sum binds has no other name, so that equal sums are one. */
export const boundIndex = (size, height, j) => place(size, `%${height}:${size.key}:${j}`, true);
/** A real number; facts: positive, nonnegative, negative, nonzero, integer. */
export const symbol = (name, facts = {}) =>
  intern(`s:${name}`, () => ({ kind: "symbol", name, facts, leaf: `s:${name}` }));
export const entry = (name, i, j) =>
  intern(`e:${name}[${i.key},${j.key}]`, () => ({ kind: "entry", name, args: [i, j], leaf: `e:${name}` }));
export const func = (f, p, order = 0) =>
  intern(`f:${f}:${order}(${p.key})`, () => ({ kind: "function", f, order, args: [p], leaf: `f:${f}` }));
export const factor = (p) => intern(`p:(${p.key})`, () => ({ kind: "factor", args: [p] }));
export const deltaAtom = (i, j) => {
  const args = i.key < j.key ? [i, j] : [j, i];
  return intern(`d:${args[0].key},${args[1].key}`, () => ({ kind: "delta", args }));
};
export function sumAtom(vars, m) {
  const body = single(m, ONE);
  return intern(`S:${vars.map((v) => v.key)}(${body.key})`, () => ({ kind: "sum", vars, product: m, args: [body] }));
}
/** The largest value of a body over indices. */
export const peakAtom = (vars, body) =>
  intern(`M:${vars.map((v) => v.key)}(${body.key})`, () => ({ kind: "peak", vars, args: [body] }));

/** A text of an atom that says of an index no more than `name` does. */
export function spelt(a, name) {
  if (a.kind === "index") return name(a.leaf) ?? a.key;
  if (![...a.leaves].some((leaf) => name(leaf) !== null)) return `#${a.id}`;
  const inside = a.args.map((p) => p.terms.map(({ m, c }) =>
    `${c}*${m.map(([b, e]) => `${spelt(b, name)}^${e}`).sort().join(".")}`).sort().join("+"));
  if (a.kind === "delta") inside.sort();
  return `${a.kind}:${a.name ?? a.f ?? a.vars?.map((v) => v.key) ?? ""}:${a.order ?? ""}(${inside})`;
}
/** A text of an atom that stays when indices are renamed. */
export const shape = (a) => (a.ownShape ??= spelt(a, (leaf) => (session.indices.has(leaf) ? "?" : null)));

/** An atom whose square is itself: a bracket, or a label. */
export const idempotent = (a) =>
  (a.kind === "function" && (a.f === "above" || a.f === "at")) || (a.kind === "entry" && session.labels.has(a.name));

// ---------------------------------------------------------------- polynomials
// A product is a list of [atom, exponent], sorted by atom; a polynomial maps the key of a product to { m, c }.
const productKey = (m) => m.map(([a, e]) => (e.is(1) ? a.id : `${a.id}^${e}`)).join(".");

export class Polynomial {
  constructor(map) { this.map = map; }
  get terms() { return [...this.map.values()]; }
  get zero() { return this.map.size === 0; }
  get key() { return (this.ownKey ??= [...this.map].map(([k, { c }]) => `${c}*${k}`).sort().join("+")); }
  get leaves() {
    if (!this.ownLeaves) {
      this.ownLeaves = new Set();
      for (const { m } of this.map.values()) for (const [a] of m) for (const leaf of a.leaves) this.ownLeaves.add(leaf);
    }
    return this.ownLeaves;
  }
  get height() {
    let h = 0;
    for (const { m } of this.map.values()) for (const [a] of m) h = Math.max(h, a.height);
    return h;
  }
  /** The rational that it is, or null. */
  get value() {
    if (this.zero) return NOUGHT;
    return this.map.size === 1 ? (this.map.get("")?.c ?? null) : null;
  }
  /** The atom that it is, or null. */
  get atom() {
    if (this.map.size !== 1) return null;
    const [{ m, c }] = this.map.values();
    return m.length === 1 && c.is(1) && m[0][1].is(1) ? m[0][0] : null;
  }
  is(k) { return this.value?.is(k) ?? false; }
  has(leaf) { return this.leaves.has(leaf); }
  coefficient(m) { return this.map.get(productKey(m))?.c ?? NOUGHT; }
}

export const single = (m, c) => new Polynomial(c.zero ? new Map() : new Map([[productKey(m), { m, c }]]));
export const constant = (c) => single([], c instanceof Rational ? c : rational(c));
export const atom = (a) => single([[a, ONE]], ONE);
/** Zero and one: made anew for each use, as they hold no atoms. */
export const ZERO = constant(0);
export const UNIT = constant(1);

function put(map, m, c) {
  const key = productKey(m), old = map.get(key), sum = old ? old.c.plus(c) : c;
  if (sum.zero) map.delete(key);
  else map.set(key, { m, c: sum });
}
export function add(...ps) {
  const map = new Map();
  for (const p of ps) for (const { m, c } of p.map.values()) put(map, m, c);
  return new Polynomial(map);
}
export function scale(p, by) {
  const c = by instanceof Rational ? by : rational(by);
  if (c.is(1)) return p;
  const map = new Map();
  if (!c.zero) for (const [key, t] of p.map) map.set(key, { m: t.m, c: t.c.times(c) });
  return new Polynomial(map);
}
export const neg = (p) => scale(p, -1);
export const sub = (p, q) => add(p, neg(q));
export const mul = (...ps) => ps.reduce(times, UNIT);

function times(p, q) {
  if (p.zero || q.zero) return ZERO;
  if (q.value) return scale(p, q.value);
  if (p.value) return scale(q, p.value);
  const map = new Map();
  for (const a of p.map.values())
    for (const b of q.map.values()) {
      spend(1 + a.m.length + b.m.length);
      const m = merged(a.m, b.m), c = a.c.times(b.c);
      if (m.some(([x, e]) => careful(x, e))) for (const t of settled(m).map.values()) put(map, t.m, t.c.times(c));
      else put(map, m, c);
    }
  return new Polynomial(map);
}
/** Two products as one list, exponents added. */
export function merged(a, b) {
  const m = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const order = i >= a.length ? 1 : j >= b.length ? -1 : a[i][0].id - b[j][0].id;
    if (order < 0) m.push(a[i++]);
    else if (order > 0) m.push(b[j++]);
    else {
      const e = a[i][1].plus(b[j++][1]);
      if (!e.zero) m.push([a[i][0], e]);
      i++;
    }
  }
  return m;
}
export const inverted = (m) => m.map(([a, e]) => [a, e.negated]);

/** c with p = c q for a rational c, else null. */
export function ratio(p, q) {
  if (p.map.size !== q.map.size || q.zero) return null;
  let c = null;
  for (const [key, t] of q.map) {
    const other = p.map.get(key);
    if (!other) return null;
    const here = other.c.over(t.c);
    if (c && c.compare(here)) return null;
    c = here;
  }
  return c;
}

// ---------------------------------------------------------------- a text, for whoever looks for a fault
export function show(p) {
  if (p.zero) return "0";
  const one = ([a, e]) => showAtom(a) + (e.is(1) ? "" : `^(${e})`);
  return p.terms.map(({ m, c }) => [...(c.is(1) && m.length ? [] : [`${c}`]), ...m.map(one)].join(" ")).join(" + ");
}
function showAtom(a) {
  switch (a.kind) {
    case "index": return a.leaf;
    case "symbol": return a.name;
    case "entry": return `${a.name}[${a.args.map(show)}]`;
    case "delta": return `[${a.args.map(show).join(" = ")}]`;
    case "factor": return `(${show(a.args[0])})`;
    case "sum": case "peak": return `${a.kind} ${a.vars.map((v) => v.leaf)} (${show(a.args[0])})`;
    default: return `${a.f}${"'".repeat(a.order)}(${a.args.map(show)})`;
  }
}
