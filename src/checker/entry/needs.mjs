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
  /**
   * A function needs continuous slopes up to an order, or to be analytic; where what stands at `poly` moves, one slope
   * more than it has there, also if that falls out: |g'| - g' is no constant around a place where g' jumps.
   */
  ofFunction(name, order, poly, slopes = order) { this.put({ function: name, order, poly, slopes, implied: false }); }
  put(need) {
    if (need.function) { this.all.set(`${need.function} ${need.order} ${need.slopes} ${need.poly.key}`, need); return; }
    this.all.set(`${need.sign} ${need.smooth} ${need.guarded} ${need.implied} ${need.poly.key}`, need);
  }
  /** Is it needed outside of all cases? */
  asks(poly, sign) { return [...this.all.values()].some((need) => need.sign === sign && need.poly.key === poly.key && !need.guarded); }
  add(others) { for (const need of others.all.values()) this.put(need); }
  /** The same, changed one by one; those of functions by a rule of their own. */
  map(f, ofFunction = (need) => need) {
    const out = new Needs();
    for (const need of this.all.values()) out.put(need.function ? ofFunction(need) : f(need));
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
  /** Before a slope is taken by what has this leaf: its functions have slopes there. */
  steeper(leaf) {
    const one = (need) => ({ ...need, order: need.slopes + 1, slopes: need.slopes + 1 });
    return this.map((need) => need, (need) => (need.order !== "analytic" && need.poly.has(leaf) ? one(need) : need));
  }
  rewritten(leaves, f) {
    const at = (need) => ({ ...need, poly: rewrite(need.poly, leaves, f) });
    return this.map(at, at);
  }
}
