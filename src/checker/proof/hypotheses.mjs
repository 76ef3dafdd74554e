// Equations that are given, used on polynomials after all slopes are taken: H = H', labels, a symbol alone, other rules.
import { HALF, rational } from "../algebra/rational.mjs";
import { INNER, Unknown, session } from "../algebra/session.mjs";
import { UNIT, add, atom, entry, mul, neg, scale, single, sub } from "../algebra/polynomial.mjs";
import { power } from "../algebra/powers.mjs";
import { solvable, solved } from "../algebra/products.mjs";
import { renamed, replace, rewrite, rebuilt } from "../algebra/substitution.mjs";
import { maximumOver } from "../algebra/maxima.mjs";
import { open } from "../algebra/sums.mjs";
import { rule } from "./matching.mjs";
import { productOf } from "./opened.mjs";

const TWO = rational(2);
const indexOf = (q) => (q.atom?.kind === "index" ? q.atom : null);

export class Hypotheses {
  /** equations: [left, right] trees; `entries` gives left - right at each generic entry, and the places. */
  constructor(equations, lowering, entries) {
    this.lowering = lowering;
    this.swaps = []; // { leaves, f }
    this.rules = [];
    const left = equations.filter(([l, r]) => !this.symmetric(l, r));
    const open = left.map(([l, r]) => entries(l, r)).flat();
    const labelled = open.filter((e) => !this.label(e));
    for (const { p, places } of labelled) this.use(this.reduced(p), places);
  }
  symmetric(l, r) {
    const [m, t] = l.op === "matrix" ? [l, r] : [r, l];
    if (m.op !== "matrix" || t.op !== "transpose" || t.args[0].op !== "matrix" || t.args[0].id !== m.id) return false;
    const half = (a) => atom(entry(`${INNER}half of ${m.id}`, ...a));
    this.swap(`e:${m.id}`, (a) => scale(add(half(a.args), half([...a.args].reverse())), HALF));
    return true;
  }
  /** y∘y = y: an entry is 0 or 1; y∘y = 1: it is 1 or -1. */
  label({ p, places }) {
    for (const y of p.terms.flatMap(({ m }) => m.map(([a]) => a))) {
      if (y.kind !== "entry" || !this.generic(y, places)) continue;
      const says = (q) => { const d = sub(power(atom(y), TWO), q); return d.key === p.key || neg(d).key === p.key; };
      const zero = says(atom(y));
      if (!zero && !says(UNIT)) continue;
      const name = `${INNER}label of ${y.name}`;
      session.labels.add(name);
      const bit = (a) => atom(entry(name, ...a.args));
      this.swap(y.leaf, (a) => (zero ? bit(a) : sub(scale(bit(a), 2), UNIT)));
      return true;
    }
    return false;
  }
  use(p, places) {
    if (p.zero) return;
    const x = solvable(p), value = x && solved(p, x), indices = places.map(indexOf).filter(Boolean);
    if (x?.kind === "symbol" && !indices.length) this.swap(x.leaf, () => value);
    else if (x?.kind === "entry" && this.generic(x, places)) this.swap(x.leaf, (a) => this.at(value, places, a.args));
    else this.rules.push(rule(p, indices));
  }
  swap(leaf, f) {
    const used = (a) => { session.used.add("hypothesis-used"); return f(a); };
    this.swaps.push({ leaves: new Set([leaf]), f: (a) => (a.leaf === leaf ? used(a) : null) });
  }
  /** Does an entry stand for all entries of its matrix: at the places of the equation, over their whole range? */
  generic(x, places) {
    if (!(x.name in this.lowering.statement.matrices)) return false;
    return this.lowering.shapes.table("matrices", x.name).every((d, k) => {
      const i = indexOf(places[k]);
      return i ? x.args[k].atom === i && i.size.key === d.key : d.is(1) && x.args[k].is(0) && places[k].is(0);
    });
  }
  at(p, places, args) {
    const names = places.map((q, k) => [q.atom, args[k]]).filter(([i]) => i);
    return names.length === 1 ? replace(p, ...names[0]) : renamed(p, new Map(names));
  }
  /** p with the equations used as often as they apply. */
  reduced(p) {
    for (const { leaves, f } of this.swaps) p = rewrite(p, leaves, f);
    for (let k = 0; this.rules.length && k < 40; k++) {
      const q = this.once(p);
      if (!q) return p;
      p = q;
    }
    if (this.rules.length) throw new Unknown("hypothesis-in-a-circle");
    return p;
  }
  /** p with one rule used once; null if none applies. */
  once(p) {
    for (const { m, c } of p.terms) {
      const q = this.onProduct(m);
      if (q) return add(p, scale(sub(q, productOf(m)), c));
    }
    return null;
  }
  onProduct(m) {
    for (const r of this.rules) {
      const q = r(m);
      if (q) {
        session.used.add("hypothesis-used");
        return q;
      }
    }
    for (const x of m) {
      const q = this.inside(x);
      if (q) return mul(single(m.filter((y) => y !== x), rational(1)), q);
    }
    return null;
  }
  /** In the argument of a function, below a line, under a root. */
  inside([a, e]) {
    if (a.kind === "sum" && e.whole && e.sign > 0) return null; // opened by the rules themselves
    if (a.kind === "sum") { const q = this.once(atom(a)); return q && power(q, e); }
    if (a.kind === "peak") {
      const { vars, body } = open(a), q = this.once(body);
      return q && power(maximumOver(vars, q), e);
    }
    if (a.kind !== "function" && a.kind !== "factor") return null;
    const q = this.once(a.args[0]);
    return q && power(rebuilt(a, [q]), e);
  }
}
