/** The shape of a tree of the schema, and whether the sizes in it fit. */
import { CONDITION, constant, joined, lengthOf, linear, Open, sameShape, sameSize } from "./sizes.mjs";

const CONDITIONS = new Set(["eq", "ne", "lt", "le", "gt", "ge", "and", "or", "not", "smooth", "analytic"]);

/** Thrown where sizes do not fit. */
export class Misfit extends Error {}
const need = (fits, what) => {
  if (!fits) throw new Misfit(what);
};
const size = (tree) => (tree instanceof Open ? tree : (linear(tree) ?? new Map([[JSON.stringify(tree), 1]])));

/** The shape of a tree by the tables of its statement; every operation below it is checked. */
export function shapeOf(tree, tables) {
  const of = (t) => shapeOf(t, tables);
  if (typeof tree === "number") return null;
  if (typeof tree === "boolean") return CONDITION;
  const args = tree.args ?? [];
  if (CONDITIONS.has(tree.op)) {
    const shapes = args.map(of);
    need(
      ["and", "or", "not"].includes(tree.op)
        ? shapes.every((s) => s === CONDITION)
        : shapes.every((s) => s !== CONDITION && sameShape(s, shapes[0])),
      tree.op,
    );
    return CONDITION;
  }
  const number = (t) => need(of(t) === null, tree.op);
  const matrix = (t) => {
    const shape = of(t);
    need(Array.isArray(shape), tree.op);
    return shape;
  };
  const square = (t) => {
    const shape = matrix(t);
    need(sameSize(shape[0], shape[1]), tree.op);
    return shape;
  };
  const count = (t) => {
    const shape = of(t);
    return shape && (lengthOf(shape) ?? need(false, tree.op));
  };
  switch (tree.op) {
    case "matrix":
      return [tables.matrices[tree.id].rows, tables.matrices[tree.id].cols].map(size);
    case "name": {
      const { rows, cols } = tables.names[tree.id];
      return rows === undefined ? null : [rows, cols].map(size);
    }
    case "transpose":
    case "adjoint":
      return [...matrix(args[0])].reverse();
    case "matmul": {
      const shapes = args.map(of).filter(Boolean);
      need(shapes.length && !shapes.includes(CONDITION), tree.op);
      shapes.slice(1).forEach((shape, k) => need(sameSize(shapes[k][1], shape[0]), tree.op));
      return [shapes[0][0], shapes.at(-1)[1]];
    }
    case "matadd":
    case "hadamard":
    case "hadamard-product": {
      const shapes = args.map(matrix);
      shapes.forEach((shape) => need(sameShape(shape, shapes[0]), tree.op));
      return shapes[0];
    }
    case "hstack":
    case "vstack": {
      const shapes = args.map(matrix),
        side = tree.op === "vstack" ? 0 : 1;
      shapes.forEach((shape) => need(sameSize(shape[1 - side], shapes[0][1 - side]), tree.op));
      return joined(shapes, side);
    }
    case "hadamard-power": {
      const shapes = args.map(of);
      need(shapes[0] === null || shapes[1] === null || sameShape(...shapes), tree.op);
      return shapes[0] ?? shapes[1];
    }
    case "matpow":
      number(args[1]);
      return square(args[0]);
    case "inverse":
    case "diagonal-part":
      return square(args[0]);
    case "apply":
      number(tree.body);
      return matrix(args[0]);
    case "ones":
    case "zeros":
      return args.map(size);
    case "identity":
      return [size(args[0]), size(args[0])];
    case "rows":
      tree.rows.flat().forEach(number);
      return tree.shape.map(constant);
    case "function-matrix":
      number(tree.body);
      return args.map(size);
    case "diagonal-matrix": {
      const n = count(args[0]);
      need(n, tree.op);
      return [n, n];
    }
    case "diagonal":
      return [square(args[0])[0], constant(1)];
    case "trace":
    case "determinant":
      square(args[0]);
      return null;
    case "total":
      matrix(args[0]);
      return null;
    case "dot":
      need(sameSize(count(args[0]), count(args[1])), tree.op);
      return null;
    case "entry":
      matrix(args[0]);
      args.slice(1).forEach(number);
      return null;
    case "expectation":
      return of(args[0]);
    case "grad":
      number(args[0]);
      return of(args[1]);
    case "hess": {
      number(args[0]);
      const n = count(args[1]);
      return n && [n, n];
    }
    case "jac": {
      const n = args.map(count);
      return n[0] && n[1] ? n : null;
    }
    case "cases":
      tree.cases.forEach((c) => number(c.value) ?? need(of(c.if) === CONDITION, tree.op));
      return null;
    case "sum":
    case "product":
    case "integral":
      [tree.body, ...tree.bind.flatMap(({ low, high }) => [low, high])].forEach(number);
      return null;
    default:
      args.forEach(number);
      return null;
  }
}

/** The shape, or undefined where sizes do not fit. */
export function fittingShape(tree, tables) {
  try {
    return shapeOf(tree, tables);
  } catch (error) {
    if (error instanceof Misfit) return undefined;
    throw error;
  }
}
