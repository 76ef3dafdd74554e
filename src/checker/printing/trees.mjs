/** What printers and slips ask of a tree. */
import { parts } from "../statement/grammar.mjs";

export const isTree = (t) => t !== null && typeof t === "object";
export const isLiteral = (t) => typeof t === "number" || t.op === "rational" || t.op === "integer";
export const isNegative = (t) => (typeof t === "number" ? t < 0 : isLiteral(t) && t.value.startsWith("-"));
/** A literal with the other sign. */
export const turned = (t) => (typeof t === "number" ? -t : { ...t, value: t.value.startsWith("-") ? t.value.slice(1) : `-${t.value}` });

/** A tree in letters where names of bound variables do not count: two trees are one if these are. */
export function keyOf(tree) {
  const bound = new Map();
  return JSON.stringify(tree, (key, value) => {
    if (key === "bind")
      return value.map(({ id, name, dummy, ...more }) => ({ id: bound.get(id) ?? bound.set(id, bound.size).size - 1, ...more }));
    return value?.op === "bound" ? { op: "bound", id: bound.get(value.id) ?? bound.set(value.id, bound.size).size - 1 } : value;
  });
}
export const alike = (a, b) => a === b || keyOf(a) === keyOf(b);

const POSITIONS = new Set(["entry", "delta"]);
const isVariable = (t, id) => isTree(t) && t.op === "bound" && t.id === id;
/** Does a bound variable stand in a tree, and does it elsewhere than in the places of entries? */
export const mentions = (t, id) => isVariable(t, id) || parts(t).some((part) => mentions(part, id));
export const outsidePositions = (t, id) =>
  isVariable(t, id) ||
  (POSITIONS.has(t.op) ? t.args.slice(0, t.op === "entry" ? 1 : 0) : parts(t)).some((part) => outsidePositions(part, id));
/** Is an index counted from 1 in print? One that stands in the places of entries alone. */
export const isPosition = (fold, { id }) => {
  const inside = [fold.body, ...fold.bind.flatMap((b) => ("low" in b ? [b.low, b.high] : []))];
  return fold.op !== "integral" && inside.some((t) => mentions(t, id)) && !inside.some((t) => outsidePositions(t, id));
};

/** The argument of a product that is one function of each entry of a matrix, `f(M)`: the function's other arguments are free of it. */
export function calledWith(apply) {
  const { bind, body, args } = apply,
    at = (body.args ?? []).findIndex((arg) => isVariable(arg, bind[0].id));
  if (at < 0 || body.args.some((arg, k) => k !== at && mentions(arg, bind[0].id))) return null;
  return { ...body, args: body.args.map((arg, k) => (k === at ? args[0] : arg)) };
}
