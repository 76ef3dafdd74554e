import assert from "node:assert/strict";
import { test } from "node:test";
import { keyOf } from "../../src/checker/printing/trees.mjs";
import { declare, read, readStatement } from "../../src/checker/reading/index.mjs";
import * as t from "./reading-trees.mjs";

const { add, mul, pow, matadd, matmul, hadamard, power, transpose, total, ones, eye, grad, hess, exp, log, trace, entry, of, half, ratio, minus, over, each, call, sigma, fold, less, bound } = t;
const { X, Y, A, y, Z, w, x, r, Q, S, W1, W2, A1, Z1, b1, dZ2, Alow, xhat, G, b, z, a, L, lambda, f0, eta, j, m, n, p, T } = t;

const error = matadd(A, minus(y)), weights = matmul(transpose(X), error, over(m)), scaled = matmul(over(m), transpose(X), error);
const one = ones(m, 1), complement = matadd(one, minus(A));

const SAME = {
  "the gradient of the log loss": [weights, [
    "X^T (A - y) / m", "X' * (A-y)/m", "X.T @ (A - y) / m", "Xᵀ(A − y)/m", "np.transpose(X) @ (A - y) / m", "X^\\top (A - y) / m",
    "X^{T}(A-y)/m", "X^{\\top} \\left( A - y \\right) / m", "X.transpose() @ (A-y)/m", "X⊤ (A–y) / m",
  ]],
  "the same with its factor in front": [scaled, ["1/m X.T @ (A - y)", "\\frac{1}{m} X^\\top (A - y)", "1/m * X' * (A-y)", "\\dfrac1m X^\\top(A-y)", "1 / m X^T(A - y)"]],
  "a product of matrices": [matmul(X, w), ["X w", "X@w", "X * w", "X·w", "Xw", "X \\cdot w", "X (w)"]],
  "names with a subscript": [transpose(W2), ["W2ᵀ", "W_2^T", "W_{2}'", "W₂ᵀ", "W2.T"]],
  "a name with a long subscript": [Alow, ["A_{l-1}", "A_{l - 1}"]],
  "a name with an accent": [xhat, ["x_hat", "\\hat{x}", "\\hat x"]],
  "an adjoint": [dZ2, ["dZ_2", "dZ2", "\\mathrm{d}Z_2", "dZ₂"]],
  "Greek by name and by letter": [lambda, ["lambda", "λ", "\\lambda"]],
  "an entrywise product": [hadamard(A, y), ["A ⊙ y", "A .* y", "A * y", "A \\odot y", "A∘y"]],
  "the slope of the sigmoid": [hadamard(A, complement), ["A ⊙ (1 - A)", "A * (1 - A)", "A .* (1-A)", "A \\odot (1 - A)", "A*(1-A)"]],
  "backpropagation through a layer": [hadamard(matmul(dZ2, transpose(W2)), each((e) => call(e, 1), Z1)), [
    "dZ2 W2^T ⊙ g'(Z1)", "(dZ_2 @ W_2.T) * g'(Z_1)", "dZ2 @ W2.T * g'(Z1)", "\\mathrm{d}Z_2 W_2^\\top \\odot g'(Z_1)", "dZ2 * W2' .* g'(Z1)",
  ]],
  "a layer with a broadcast bias": [matadd(matmul(X, w), matmul(b, one)), ["X w + b", "X@w+b", "X w + b \\mathbf{1}", "X w + b 𝟏", "X w + b ones(m, 1)", "Xw+b"]],
  "a row spread over all rows": [matadd(matmul(X, W1), matmul(one, b1)), ["X W_1 + \\mathbf{1} b_1", "X @ W1 + ones(m) b1", "X W1 + ones(m, 1) @ b1"]],
  "the sigmoid of a number": [sigma(z), ["sigma(z)", "σ(z)", "\\sigma(z)", "sigmoid(z)", "\\sigma\\left(z\\right)"]],
  "the sigmoid of each entry": [each(sigma, Z), ["sigma(Z)", "σ(Z)", "\\sigma(Z)"]],
  "twice a number": [mul(2, z), ["2z", "2 z", "2*z", "2·z", "2 \\cdot z", "2 \\times z"]],
  "half a number": [mul(half, z), ["1/2 z", "0.5 z", "\\frac{1}{2} z", "(1/2) z", ".5*z"]],
  "an exponential": [exp(minus(z, mul)), ["exp(-z)", "e^{-z}", "e^(-z)", "np.exp(-z)", "e^-z"]],
  "the logarithm": [log(z), ["log(z)", "ln(z)", "\\log z", "\\ln(z)", "np.log(z)"]],
  "a square": [pow(z, 2), ["z^2", "z**2", "z²", "z^{2}"]],
  "a square entry by entry": [power(A, 2), ["A.^2", "A**2", "A^{\\odot 2}", "A^⊙2", "A^2"]],
  "a root": [pow(z, half), ["sqrt(z)", "√z", "\\sqrt{z}", "z^(1/2)", "np.sqrt(z)", "z^0.5"]],
  "a squared norm": [total(hadamard(x, x)), ["||x||^2", "\\lVert x \\rVert^2", "‖x‖²", "\\|x\\|^2", "norm(x)^2", "\\left\\lVert x \\right\\rVert^2", "⟨x, x⟩", "<x, x>", "\\langle x, x \\rangle", "np.linalg.norm(x)**2"]],
  "a norm": [pow(total(hadamard(x, x)), half), ["||x||", "norm(x)", "‖x‖"]],
  "a trace": [trace(S), ["tr(S)", "trace(S)", "\\operatorname{tr}(S)", "np.trace(S)"]],
  "a diagonal matrix": [of("diagonal-matrix", x), ["diag(x)", "\\operatorname{diag}(x)", "np.diag(x)"]],
  "the diagonal of a matrix": [of("diagonal", S), ["diag(S)"]],
  "a sum of squares by an index": [fold(0, less(n), pow(entry(x, bound, 0), 2)), ["sum_i x_i^2", "∑_i x_i²", "\\sum_{i=1}^{n} x_i^2", "sum_{i=1}^n x_i^2", "Σ_{i=1}^{n} x_{i}^2", "\\sum_i x_i^2", "sum(i=1..n) x_i^2"]],
  "a sum where the index is a number too": [fold(1, n, mul(bound, entry(x, add(-1, bound), 0))), ["sum_{i=1}^{n} i x_i", "sum_i i x_i", "\\sum_{i=1}^{n} i x_i"]],
  "a product over an index": [fold(0, less(m), entry(A, bound, 0), "product"), ["prod_i A_i", "\\prod_{i=1}^{m} A_i", "∏_i A_i"]],
  "a sum of all entries": [total(X), ["sum(X)", "np.sum(X)"]],
  "the sums of columns": [matmul(ones(1, m), X), ["sum(X, axis=0)", "np.sum(X, axis=0, keepdims=True)", "ones(1, m) X", "\\mathbf{1}^\\top X", "1' X"]],
  "the sums of rows": [matmul(X, ones(n, 1)), ["np.sum(X, axis=1)", "X \\mathbf{1}", "X 𝟏"]],
  "a mean": [mul(over(m), total(A)), ["mean(A)", "1/m sum(A)", "np.mean(A)"]],
  "a mean over rows": [matmul(over(m), ones(1, m), X), ["mean(X, axis=0)"]],
  "a gradient": [grad(L, X), ["grad(L, X)", "∂L/∂X", "d/dX L", "dL/dX", "\\frac{\\partial L}{\\partial X}", "\\frac{\\partial \\mathcal{L}}{\\partial X}", "\\nabla_X L", "∇_X L", "∂/∂X L", "\\frac{\\partial}{\\partial X} L"]],
  "a gradient by a name with a subscript": [grad(L, W1), ["∂L/∂W_1", "dL/dW1", "\\frac{\\partial L}{\\partial W_1}", "grad(L, W_1)"]],
  "a gradient of a form": [grad(total(matmul(transpose(x), Q, x)), x), ["grad(x^T Q x, x)", "∂/∂x (x^T Q x)", "\\frac{\\partial}{\\partial x} \\left[ x^\\top Q x \\right]", "d/dx [x' Q x]"]],
  "a Hessian": [hess(L, w), ["hess(L, w)", "\\frac{\\partial^2 L}{\\partial w \\, \\partial w^\\top}", "\\frac{\\partial^2}{\\partial w \\, \\partial w^\\top} [L]"]],
  "a second derivative": [hess(L, z), ["∂²L/∂z²", "hess(L, z)", "\\frac{\\partial^2 L}{\\partial z^2}"]],
  "a Jacobian of columns": [of("jac", A, w), ["jac(A, w)", "\\frac{\\partial A}{\\partial w^\\top}", "∂A/∂w^⊤"]],
  "a Jacobian of rows": [of("jac", b1, r), ["jac(b_1, r)", "\\frac{\\partial b_1^\\top}{\\partial r}"]],
  "an entry of a gradient": [entry(grad(L, w), j, 0), ["(∂L/∂w)_j", "dL/dw[j]", "(dL/dw)_{j}"]],
  "an indicator of each entry": [each((e) => ({ op: "cases", cases: [{ value: 1, if: t.gt(e, 0) }, { value: 0, if: true }] }), Z), ["1[Z > 0]", "\\mathbf{1}[Z > 0]"]],
  "an integral": [{ op: "integral", bind: [{ id: "#", name: "s", facts: { real: true }, low: 0, high: a }], body: pow(bound, 2) }, [
    "integral_{s=0}^{a} s^2", "\\int_{0}^{a} s^2 \\, \\mathrm{d}s", "integral(s=0..a) s^2", "∫_0^a s^2 ds",
  ]],
  "the imaginary unit": [mul({ op: "constant", value: "i" }, z), ["1j z", "\\mathrm{i} z"]],
  "an entry": [entry(X, 0, 1), ["X_{12}", "X_{1,2}", "X_{1, 2}", "X_12"]],
  "an entry at a free index": [entry(x, j, 0), ["x_j", "x_{j}", "x[j]"]],
  "an entry of a product": [entry(matmul(X, w), j, 0), ["(X w)_j", "(X w)_{j}"]],
  "an entry one further": [entry(x, add(1, j), 0), ["x_{j+1}"]],
  "an identity whose size its neighbour tells": [matadd(Q, eye(n)), ["Q + I", "Q + eye(n)"]],
  "a derivative of a known function": [each((e) => of("add", 1, mul(-1, pow(of("tanh", e), 2))), Z), ["tanh'(Z)"]],
  "the rectifier": [each((e) => of("max", 0, e), Z), ["max(0, Z)", "relu(Z)", "np.maximum(0, Z)"]],
  "a quotient entry by entry": [hadamard(A, power(y, -1)), ["A ⊘ y", "A ./ y", "A / y", "A \\oslash y"]],
  "one over each entry": [power(A, -1), ["1/A", "1 ./ A", "A.^-1", "A.^(-1)"]],
  "a difference": [add(a, minus(z, mul)), ["a - z", "a − z", "(a - z)"]],
  "a fraction of numbers": [mul(a, over(add(1, z))), ["a/(1+z)", "\\frac{a}{1 + z}", "a / (1 + z)"]],
  "a negative product": [mul(-1, a, z), ["-a z", "-az", "-a*z", "−a z"]],
  "a fraction in lowest terms": [ratio("2/3"), ["4/6", "2/3", "\\frac{2}{3}"]],
  "a condition by cases": [{ op: "cases", cases: [{ value: 1, if: t.gt(z, 0) }, { value: 0, if: true }] }, [
    "{1 if z > 0; 0 otherwise}", "\\begin{cases} 1 & \\text{if } z > 0 \\\\ 0 & \\text{otherwise} \\end{cases}", "1[z > 0]", "\\mathbf{1}[z > 0]",
  ]],
  "a matrix written out": [{ op: "rows", rows: [[1, 0], [z, -1]], shape: [2, 2] }, ["[1, 0; z, -1]", "\\begin{pmatrix} 1 & 0 \\\\ z & -1 \\end{pmatrix}"]],
  "the inverse": [of("inverse", Q), ["Q^-1", "Q^{-1}", "inv(Q)", "np.linalg.inv(Q)"]],
  "the powers of a square matrix": [of("matpow", Q, 2), ["Q^2", "Q²"]],
  "an expectation": [of("expectation", z), ["E[z]", "\\operatorname{E}[z]", "E(z)", "expectation(z)"]],
  "a function for each entry": [each((e) => mul(2, e), X), ["apply(t -> 2 t, X)", "apply(u ↦ 2u, X)"]],
  "the number of a product of vectors": [add(total(matmul(r, w)), b), ["r w + b", "r @ w + b", "r*w + b"]],
  "a letter that is another's size": [entry(G, T, 0), ["G_{T+1}"]],
  "a name with a digit": [f0, ["f_0", "f0", "f_{0}", "f₀"]],
  "constants": [mul(2, { op: "constant", value: "pi" }), ["2 pi", "2π", "2 \\pi"]],
  "absolute values": [of("abs", z), ["|z|", "abs(z)", "\\lvert z \\rvert", "\\left|z\\right|"]],
};

for (const [title, [tree, texts]] of Object.entries(SAME))
  for (const text of texts)
    test(`${title}: ${text}`, () => {
      assert.deepEqual(JSON.parse(keyOf(read(text, t.tables).tree)), JSON.parse(keyOf(tree)));
    });

test("a declared size may be a sum of sizes", () => {
  assert.deepEqual(t.tables.matrices.G.rows, add(T, 1));
  assert.deepEqual(Object.keys(t.tables.symbols).slice(0, 2), ["m", "n"]);
});
test("the sigmoid is declared by its use", () => {
  assert.deepEqual(read("sigma(z)", t.tables).functions.sigma, { name: "sigma", known: "sigmoid" });
});
test("a declared name is read before a function of that name", () => {
  assert.deepEqual(read("beta x", declare([{ name: "beta" }, { name: "x" }])).tree, mul({ op: "symbol", id: "beta" }, { op: "symbol", id: "x" }));
});
test("brackets keep the form that was written", () => {
  assert.deepEqual(read("(a z) b", t.tables).tree, mul(mul(a, z), b));
  assert.deepEqual(read("a z b", t.tables).tree, mul(a, z, b));
});
test("a double sum is one sum with two variables", () => {
  const tree = read("sum_i sum_k X_{ik}", t.tables).tree;
  assert.deepEqual(tree.bind.map(({ name, low, high }) => [name, low, high]), [["i", 0, less(m)], ["k", 0, less(n)]]);
  assert.deepEqual(tree.body, entry(X, ...tree.bind.map(({ id }) => ({ op: "bound", id }))));
});
test("variables are defined once, also where a part is written twice", () => {
  const ids = JSON.stringify(read("||exp(Z)||^2 + sum(softmax(X))", t.tables).tree).match(/"bind":\[\{"id":"[^"]+"/g);
  assert.equal(new Set(ids).size, ids.length);
});
test("an equation is a statement with two sides", () => {
  const statement = readStatement("∂L/∂w = X^T (A - y) / m", t.tables);
  assert.equal(statement.kind, "equation");
  assert.deepEqual([statement.left, statement.right], [grad(L, w), weights]);
});
test("an inequality says that a difference is never negative", () => {
  for (const text of ["a >= z", "z <= a", "a ≥ z", "a \\ge z", "z ≤ a"]) assert.deepEqual(readStatement(text, t.tables).left, add(a, minus(z, mul)));
  assert.deepEqual(readStatement("||x||^2 >= 0", t.tables).left, total(hadamard(x, x)));
  assert.equal(readStatement("||x||^2 >= 0", t.tables).kind, "nonnegative");
});
test("an answer takes its shape from what it is an answer to", () => {
  assert.deepEqual(read("x^T Q x", t.tables, { like: L }).tree, total(matmul(transpose(x), Q, x)));
  assert.deepEqual(read("1", t.tables, { like: A }).tree, one);
  assert.deepEqual(read("0", t.tables, { like: A }).tree, of("zeros", m, 1));
});
test("the shape of what was read is told", () => {
  assert.deepEqual(read("X^T (A - y)", t.tables).shape.map((size) => Object.fromEntries(size)), [{ n: 1 }, { "": 1 }]);
});
