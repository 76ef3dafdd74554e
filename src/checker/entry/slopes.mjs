// Derivatives of a tree: by a symbol, a matrix, an entry, or a name.
// A name is held while it is differentiated by, what is defined by it changes with it, and its definition is put in after.
import { Unknown, session } from "../algebra/session.mjs";
import { ZERO, entry, symbol } from "../algebra/polynomial.mjs";
import { rewrite } from "../algebra/substitution.mjs";
import { derivative } from "../algebra/derivative.mjs";
import { heldName, holdIn } from "./scope.mjs";

/** The derivative of f, at the place `of` if it is a vector, by the variable at each of the places in turn. */
export function partial(lowering, f, by, places, of, scope) {
  session.used.add("differentiated");
  const base = by.op === "entry" ? by.args[0] : by;
  const shape = lowering.shapes.shape(base), named = base.op === "name";
  if (by.op === "entry") places = places.map(() => lowering.placeOf(by.args, scope));
  const name = variable(lowering, base, shape);
  const inner = named ? holdIn(scope, base.id) : scope;
  const leaf = shape ? `e:${name}` : `s:${name}`;
  if ([...scope.variables.values()].some((p) => p.has(leaf))) throw new Unknown("slope-under-binder");
  const { value, needs } = lowering.around(leaf, () => {
    let p = lowering.lower(f, ...(of ?? [ZERO, ZERO]), inner);
    for (const place of places) p = lowering.differentiated(leaf, () => derivative(p, shape ? entry(name, ...place) : symbol(name)));
    return p;
  });
  if (named) lowering.everywhere(base, scope); // which has a value where the slope is taken
  if (!named) {
    lowering.needs.add(needs);
    return value;
  }
  const outside = (a) => (a.leaf === leaf ? lowering.name(base.id, ...(a.args ?? [ZERO, ZERO]), scope) : null);
  const back = lowering.apart(() => needs.rewritten(new Set([leaf]), outside)).value;
  lowering.needs.add(back);
  return rewrite(value, new Set([leaf]), outside);
}
function variable(lowering, t, shape) {
  if (t.op === "name") return heldName(t.id);
  if (t.op === "matrix") return t.id;
  if (t.op !== "symbol" || shape || lowering.ranges.has(t.id)) throw new Unknown("slope-by", t.op);
  if (lowering.statement.symbols[t.id].facts.integer) throw new Unknown("slope-by-integer", t.id);
  lowering.symbol(t.id);
  return t.id;
}
