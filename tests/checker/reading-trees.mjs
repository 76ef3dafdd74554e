/** Short ways to write the trees that a test of reading expects, and the names that readers have declared. */
import { declare } from "../../src/checker/reading/index.mjs";
import { letters } from "../../src/checker/typed.mjs";

/** The lines by which a reader declares them. */
export const LINES = [
  "X: m x n", "Y: m x n", "A: m x 1", "y: m x 1", "Z: m x 1", "w: n x 1", "x: n x 1", "r: 1 x n", "Q: n x n", "S: n x n", "W_1: n x p", "W_2: p x q",
  "A_1: m x p", "Z_1: m x p", "b_1: 1 x p", "dZ_2: m x q", "A_{l-1}: m x p", "x_hat: n x 1", "G: T + 1 x 1", "g()", "b", "z", "a > 0", "L", "lambda", "f_0",
  "eta > 0", "j: index",
];
export const tables = declare(letters(LINES));
tables.matrices.R = { ...tables.matrices.A, name: "R", random: { law: "normal", mean: 0, variance: 1 } };
const leaf = (op) => (id) => ({ op, id });
const node = (op) => (...args) => ({ op, args });
const [matrix, symbol] = ["matrix", "symbol"].map(leaf);
export const [add, mul, pow, matadd, matmul, hadamard, power, transpose, total, ones, eye, grad, hess, exp, log, trace, entry, eq, ge, gt] = [
  "add", "mul", "pow", "matadd", "matmul", "hadamard", "hadamard-power", "transpose", "total", "ones", "identity", "grad", "hess", "exp", "log",
  "trace", "entry", "eq", "ge", "gt",
].map(node);
export const of = (op, ...args) => ({ op, args });
export const [R, X, Y, A, y, Z, w, x, r, Q, S, W1, W2, A1, Z1, b1, dZ2, Alow, xhat, G] = [
  "R", "X", "Y", "A", "y", "Z", "w", "x", "r", "Q", "S", "W_1", "W_2", "A_1", "Z_1", "b_1", "dZ_2", "A_{l-1}", "x_hat", "G",
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
