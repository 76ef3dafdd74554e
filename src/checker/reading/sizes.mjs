/**
 * Sizes and shapes. A size is linear in symbols: a Map from ids to coefficients, with "" for the constant; or Open,
 * the length of a 1 or an I that its neighbours tell. A shape is null for a number, [rows, columns] for a matrix,
 * CONDITION for a relation.
 */
export const CONDITION = "condition";

/** A size that is not known yet; `trail` lists what was told, so that a trial can be taken back. */
export class Open {
  value = null;
}
export const settled = (size) => (size instanceof Open && size.value ? settled(size.value) : size);

export const constant = (n) => new Map(n ? [["", n]] : []);

/** a + c b */
export function plus(a, b, c = 1) {
  const out = new Map(a);
  for (const [id, n] of b) {
    const sum = (out.get(id) ?? 0) + c * n;
    if (sum) out.set(id, sum);
    else out.delete(id);
  }
  return out;
}

/** A tree as a size, or null where it is not linear. */
export function linear(tree) {
  if (Number.isInteger(tree)) return constant(tree);
  if (tree instanceof Open) return settled(tree) instanceof Open ? null : settled(tree);
  if (tree.op === "symbol" || tree.op === "bound") return new Map([[tree.id, 1]]);
  const parts = tree.op === "add" || tree.op === "mul" ? tree.args.map(linear) : [null];
  if (parts.includes(null)) return null;
  if (tree.op === "add") return parts.reduce((a, b) => plus(a, b));
  const varying = parts.filter((part) => [...part.keys()].some((id) => id));
  if (varying.length > 1) return null;
  const factor = parts.filter((part) => part !== varying[0]).reduce((c, part) => c * (part.get("") ?? 0), 1);
  return plus(new Map(), varying[0] ?? constant(1), factor);
}

/** The tree of a size; ids that `symbols` does not know are bound variables. */
export function sizeTree(size, symbols) {
  const terms = [...size]
    .sort(([a], [b]) => (a > b) - (a < b))
    .map(([id, c]) => {
      if (!id) return c;
      const leaf = { op: id in symbols ? "symbol" : "bound", id };
      return c === 1 ? leaf : { op: "mul", args: [c, leaf] };
    });
  return terms.length > 1 ? { op: "add", args: terms } : (terms[0] ?? 0);
}

/** A size in letters: "n_1", "T + 1", "?". */
export function sizeText(size) {
  if (!(size = settled(size)) || size instanceof Open) return "?";
  const terms = [...size]
    .sort(([a], [b]) => !a - !b)
    .map(([id, c]) => [c < 0 ? " - " : " + ", id ? (Math.abs(c) === 1 ? id : `${Math.abs(c)} ${id}`) : Math.abs(c)]);
  return terms.length ? terms.flat().join("").replace(/^ \+ /, "").replace(/^ - /, "-") : "0";
}
export const shapeText = (shape) => shape.map(sizeText);

export const sameSize = (a, b) => {
  a = settled(a);
  b = settled(b);
  return a === b || (a instanceof Map && b instanceof Map && plus(a, b, -1).size === 0);
};
export const isOne = (size) => sameSize(size, constant(1));
export const isSingle = (shape) => Array.isArray(shape) && shape.every(isOne);
export const sameShape = (a, b) => a === b || (Array.isArray(a) && Array.isArray(b) && sameSize(a[0], b[0]) && sameSize(a[1], b[1]));
/** The shape of matrices that follow one another along a side, or null where a length along it is not told. */
export function joined(shapes, side) {
  const lengths = shapes.map((shape) => settled(shape[side]));
  return lengths.some((size) => size instanceof Open) ? null : shapes[0].with(side, lengths.reduce((a, b) => plus(a, b)));
}
/** The length of a row or a column, or null. */
export const lengthOf = (shape) => (isOne(shape[1]) ? shape[0] : isOne(shape[0]) ? shape[1] : null);

/** Makes both sizes one, by telling what is open; false where they differ. */
export function unify(a, b, trail) {
  a = settled(a);
  b = settled(b);
  if (sameSize(a, b)) return true;
  const open = a instanceof Open ? a : b instanceof Open ? b : null;
  if (!open) return false;
  open.value = open === a ? b : a;
  trail.push(open);
  return true;
}
