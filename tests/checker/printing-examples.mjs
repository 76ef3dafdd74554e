/** Random trees over the names of the tests of reading, as SymPy keeps them: nested, flat, with numbers anywhere. */
import { linear, sameSize } from "../../src/checker/reading/sizes.mjs";
import { fittingShape } from "../../src/checker/reading/shapes.mjs";
import { tables } from "./reading-trees.mjs";

/** Whole numbers below n from a seed, the same on each machine. */
export function dice(seed) {
  let state = seed >>> 0;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}
const NUMBERS = ["b", "z", "a", "L", "lambda", "m", "n"].map((id) => ({ op: "symbol", id }));
const LITERALS = [2, 3, -1, -2, 1, { op: "rational", value: "1/2" }, { op: "rational", value: "-2/3" }];
const SIZES = [1, { op: "symbol", id: "m" }, { op: "symbol", id: "n" }, { op: "symbol", id: "p" }];
const op = (name, ...args) => ({ op: name, args });

export function examples(seed) {
  const roll = dice(seed), pick = (list) => list[roll(list.length)];
  let bound = [], count = 0;
  const several = (make, most = 3) => Array.from({ length: 2 + roll(most - 1) }, make);
  const line = (name, more) => ({ id: `${name}#${++count}`, name, ...more });
  const within = (variable, make) => {
    bound.push(variable);
    const out = make();
    bound.pop();
    return out;
  };
  /** A function at each entry, where the entry stands somewhere in the body. */
  const applied = (depth, rows, cols) => {
    const t = line("t"), arg = matrix(depth - 1, rows, cols), e = { op: "bound", id: t.id };
    const body = pick([() => op("exp", e), () => op("max", 0, e), () => ({ op: "call", function: "g", order: 1, args: [e] }), () => op("add", 1, op("pow", e, 2)), () => op("log", op("add", 1, op("exp", e)))])();
    return { op: "apply", bind: [t], body, args: [arg] };
  };
  const folded = (depth) => {
    const i = line("i", { facts: { integer: true } }), k = { op: "bound", id: i.id };
    const alone = roll(2), inside = () => op("entry", { op: "matrix", id: "x" }, k, 0);
    const body = within(i, () => (alone ? op("mul", number(depth - 1), inside()) : op("add", k, inside())));
    return { op: pick(["sum", "product"]), bind: [{ ...i, low: alone ? 0 : 1, high: op("add", -1, { op: "symbol", id: "n" }) }], body };
  };
  const number = (depth) => {
    if (depth < 1) return roll(3) ? pick(NUMBERS) : pick(LITERALS);
    const [rows, cols] = [pick(SIZES), pick(SIZES)];
    return pick([
      () => op("add", ...several(() => number(depth - 1))),
      () => op("mul", ...several(() => number(depth - 1))),
      () => op("mul", pick(LITERALS), op("pow", pick(NUMBERS), -1), number(depth - 1)),
      () => op("pow", number(depth - 1), pick([2, -1, -2, { op: "rational", value: "1/2" }, { op: "rational", value: "-1/2" }, { op: "symbol", id: "b" }])),
      () => op(pick(["exp", "log", "abs", "tanh"]), number(depth - 1)),
      () => ({ op: "call", function: "g", ...(roll(2) && { order: 1 + roll(2) }), args: [number(depth - 1)] }),
      () => op("total", matrix(depth - 1, rows, cols)),
      () => op("total", op("hadamard", matrix(depth - 1, rows, cols), matrix(depth - 1, rows, cols))),
      () => op("trace", matrix(depth - 1, rows, rows)),
      () => op("entry", matrix(depth - 1, SIZES[1], SIZES[2]), 0, 1),
      () => folded(depth),
      () => op("grad", number(depth - 1), pick(NUMBERS.slice(0, 3))),
      () => ({ op: "cases", cases: [{ value: number(depth - 1), if: op("gt", number(depth - 1), 0) }, { value: number(0), if: true }] }),
    ])();
  };
  const leaves = (rows, cols) =>
    Object.entries(tables.matrices).filter(([, line]) => sameSize(linear(line.rows), linear(rows)) && sameSize(linear(line.cols), linear(cols))).map(([id]) => ({ op: "matrix", id }));
  const matrix = (depth, rows, cols) => {
    const known = leaves(rows, cols);
    if (depth < 1) return known.length && roll(5) ? pick(known) : op("ones", rows, cols);
    const [middle, next] = [pick(SIZES), pick(SIZES)], same = () => matrix(depth - 1, rows, cols);
    const rules = [
      () => op("matadd", ...several(same)),
      () => op("matadd", op("matmul", pick(LITERALS), op("ones", rows, cols)), same()),
      () => op("hadamard", ...several(same)),
      () => op("matmul", matrix(depth - 1, rows, middle), matrix(depth - 1, middle, cols)),
      () => op("matmul", number(depth - 1), matrix(depth - 1, rows, middle), number(0), matrix(depth - 1, middle, next), matrix(0, next, cols)),
      () => op("matmul", op("pow", { op: "symbol", id: "m" }, -1), same()),
      () => op("transpose", matrix(depth - 1, cols, rows)),
      () => op("hadamard-power", same(), pick([2, -1, -2])),
      () => applied(depth, rows, cols),
      ...(known.length ? [() => op("grad", number(depth - 1), pick(known))] : []),
    ];
    return pick(rules)();
  };
  return { number, matrix };
}
export const fits = (tree) => fittingShape(tree, tables) !== undefined;
export const sizes = SIZES;
