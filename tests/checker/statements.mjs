// Statements, written briefly: the trees of the schema for tests.

const node = (op) => (...args) => ({ op, args });
export const [add, mul, pow, matmul, matadd, hadamard, transpose, total, trace, ones, zeros, identity, entry, grad, hess, jac] =
  ["add", "mul", "pow", "matmul", "matadd", "hadamard", "transpose", "total", "trace", "ones", "zeros", "identity", "entry", "grad", "hess", "jac"].map(node);
export const [hstack, vstack] = ["hstack", "vstack"].map(node);
export const [exp, log, abs, max, sign, eq, ne, gt, delta, expectation, inverse, tanh] =
  ["exp", "log", "abs", "max", "sign", "eq", "ne", "gt", "delta", "expectation", "inverse", "tanh"].map(node);
export const s = (id) => ({ op: "symbol", id });
export const M = (id) => ({ op: "matrix", id });
export const name = (id) => ({ op: "name", id });
export const bound = (id) => ({ op: "bound", id });
export const half = { op: "rational", value: "1/2" };
export const call = (id, x, order) => ({ op: "call", function: id, args: [x], ...(order ? { order } : {}) });
export const cases = (...list) => ({ op: "cases", cases: list.map(([value, condition]) => ({ value, if: condition })) });
export const fold = (op, id, low, high, body) => ({ op, bind: [{ id, name: id[0], facts: { integer: true }, low, high }], body });
export const apply = (id, body, m) => ({ op: "apply", bind: [{ id, name: id[0] }], body, args: [m] });
export const less = (x, n) => add(x, -n);

const SIZE = { integer: true, positive: true };
const symbol = (facts) => (id) => [id, { name: id, facts }];
const SYMBOLS = Object.fromEntries([
  ...["m", "n", "K"].map(symbol(SIZE)), ...["z", "r", "x", "y"].map(symbol({ real: true })),
  ...["p", "q"].map(symbol({ positive: true })), ...["i", "j"].map(symbol({ integer: true })),
]);
const matrix = (id, rows, cols, more = {}) => [id, { name: id, rows, cols, ...more }];
const MATRICES = Object.fromEntries([
  matrix("A", s("m"), s("n")), matrix("B", s("n"), s("K")), matrix("S", s("n"), s("n")), matrix("R", s("n"), s("n")),
  matrix("v", s("n"), 1), matrix("w", s("n"), 1), matrix("Y", s("n"), s("n")),
  matrix("E", s("n"), 1, { random: { law: "any", mean: 0, variance: pow(s("p"), 2) } }),
]);
const FUNCTIONS = { g: { name: "g" }, sigma: { name: "sigma", known: "sigmoid" } };

/** An equation about what it uses of these letters; right left out: it is never negative. */
export function statement(left, right, more = {}) {
  const all = { symbols: SYMBOLS, matrices: MATRICES, functions: FUNCTIONS, names: {}, ...more.tables };
  const base = {
    version: 2, kind: right === undefined ? "nonnegative" : "equation", left, ...(right === undefined ? {} : { right }),
    given: more.given ?? [], steps: more.steps ?? [], conditions: more.conditions ?? [], names: all.names,
  };
  const tables = { matrices: used(all.matrices, base), functions: used(all.functions, base) };
  return { ...base, ...tables, symbols: used(all.symbols, { ...base, ...tables }) };
}
const used = (table, where) => {
  const text = JSON.stringify(where);
  return Object.fromEntries(Object.entries(table).filter(([id]) => text.includes(`"id":"${id}"`) || text.includes(`"function":"${id}"`)));
};
