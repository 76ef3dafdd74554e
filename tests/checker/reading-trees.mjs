/** Short ways to write the trees that a test of reading expects, and the names that readers have declared. */
import { declare } from "../../src/checker/reading/index.mjs";

export const tables = declare([
  { name: "X", shape: ["m", "n"] }, { name: "Y", shape: ["m", "n"] }, { name: "A", shape: ["m", 1] }, { name: "y", shape: ["m", 1] },
  { name: "Z", shape: ["m", 1] }, { name: "w", shape: ["n", 1] }, { name: "x", shape: ["n", 1] }, { name: "r", shape: [1, "n"] },
  { name: "Q", shape: ["n", "n"] }, { name: "S", shape: ["n", "n"] }, { name: "W_1", shape: ["n", "p"] }, { name: "W_2", shape: ["p", "q"] },
  { name: "A_1", shape: ["m", "p"] }, { name: "Z_1", shape: ["m", "p"] }, { name: "b_1", shape: [1, "p"] }, { name: "dZ_2", shape: ["m", "q"] },
  { name: "A_{l-1}", shape: ["m", "p"] }, { name: "x_hat", shape: ["n", 1] }, { name: "G", shape: ["T + 1", 1] },
  { name: "g", function: true }, { name: "b" }, { name: "z" }, { name: "a", sign: "positive" }, { name: "L" }, { name: "lambda" }, { name: "f_0" },
  { name: "eta", sign: "positive" }, { name: "j", index: true },
]);
const leaf = (op) => (id) => ({ op, id });
const node = (op) => (...args) => ({ op, args });
const [matrix, symbol] = ["matrix", "symbol"].map(leaf);
export const [add, mul, pow, matadd, matmul, hadamard, power, transpose, total, ones, eye, grad, hess, exp, log, trace, entry, eq, ge, gt] = [
  "add", "mul", "pow", "matadd", "matmul", "hadamard", "hadamard-power", "transpose", "total", "ones", "identity", "grad", "hess", "exp", "log",
  "trace", "entry", "eq", "ge", "gt",
].map(node);
export const of = (op, ...args) => ({ op, args });
export const [X, Y, A, y, Z, w, x, r, Q, S, W1, W2, A1, Z1, b1, dZ2, Alow, xhat, G] = [
  "X", "Y", "A", "y", "Z", "w", "x", "r", "Q", "S", "W_1", "W_2", "A_1", "Z_1", "b_1", "dZ_2", "A_{l-1}", "x_hat", "G",
].map(matrix);
export const [b, z, a, L, lambda, f0, eta, j, m, n, p, T] = ["b", "z", "a", "L", "lambda", "f_0", "eta", "j", "m", "n", "p", "T"].map(symbol);
export const half = { op: "rational", value: "1/2" };
export const ratio = (value) => ({ op: "rational", value });
export const minus = (t, product = matmul) => product(-1, t);
export const over = (t) => pow(t, -1);
export const bound = { op: "bound", id: "#" };
/** A function at each entry; `make` says what it is of the entry. */
export const each = (make, matrixOf) => ({ op: "apply", bind: [{ id: "#", name: "t" }], body: make(bound), args: [matrixOf] });
export const call = (t, order) => ({ op: "call", function: "g", ...(order && { order }), args: [t] });
export const sigma = (t) => ({ op: "call", function: "sigma", args: [t] });
export const fold = (low, high, body, op = "sum") => ({ op, bind: [{ id: "#", name: "i", facts: { integer: true }, low, high }], body });
export const less = (size) => add(-1, size);
