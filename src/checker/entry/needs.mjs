// What must hold for a value to be defined.  A need: the sign that a polynomial must have (or none), the sign that it
// must have where it is differentiated (`smooth`), the indices that a sum binds in it (`places`: it holds at all of
// them), whether it stands in a case or in a sum that may be empty (`guarded`: it may not apply), and whether the value
// exists only where it is met (`implied`: a slope may exist at a kink of a part, as that of |z| z at 0).
import { rewrite } from "../algebra/substitution.mjs";

export class Needs {
  constructor() { this.all = new Map(); }
  /** sign: positive, nonnegative, nonzero or none. */
  note(poly, sign, { smooth = sign, places = [], guarded = false, implied = true } = {}) {
    if (sign === "none" && smooth === "none") return;
    const own = places.filter((v) => poly.has(v.leaf));
    this.put({ poly, sign, smooth, places: own, guarded, implied });
  }
  /** A function needs continuous slopes up to an order, or to be analytic. */
  ofFunction(name, order) { this.all.set(`${name} ${order}`, { function: name, order, implied: false }); }
  put(need) {
    if (need.function) { this.all.set(`${need.function} ${need.order}`, need); return; }
    this.all.set(`${need.sign} ${need.smooth} ${need.guarded} ${need.implied} ${need.poly.key}`, need);
  }
  /** Is it needed outside of all cases? */
  asks(poly, sign) { return [...this.all.values()].some((need) => need.sign === sign && need.poly.key === poly.key && !need.guarded); }
  add(others) { for (const need of others.all.values()) this.put(need); }
  /** The same, changed one by one. */
  map(f) {
    const out = new Needs();
    for (const need of this.all.values()) out.put(need.function ? need : f(need));
    return out;
  }
  /** Inside a case, or inside a sum that may be empty. */
  guarded() { return this.map((need) => ({ ...need, guarded: true })); }
  /** At all places of an index. */
  under(k) { return this.map((need) => (need.poly.has(k.leaf) ? { ...need, places: [...need.places, k] } : need)); }
  /** Where it is differentiated by what has this leaf. */
  differentiated(leaf) {
    return this.map((need) => (!need.poly.has(leaf) || need.sign === need.smooth ? need : { ...need, sign: need.smooth, implied: false }));
  }
  rewritten(leaves, f) {
    return this.map((need) => ({ ...need, poly: rewrite(need.poly, leaves, f) }));
  }
}
