import assert from "node:assert/strict";
import { test } from "node:test";
import { declare, read, ReadingError, readStatement } from "../../src/checker/reading/index.mjs";
import { ENGLISH, worded } from "../../src/checker/reading/words.mjs";
import { tables } from "./reading-trees.mjs";

const failure = (text, names = tables, options = {}) => {
  try {
    read(text, names, options);
  } catch (error) {
    if (error instanceof ReadingError) return error;
    throw error;
  }
  return assert.fail(`${text} was read`);
};

/** What was typed, with the place of the error between ‹ and ›; its code; its data. */
const WRONG = [
  ["X ‹*› A", "product-sizes", { left: ["m", "n"], right: ["m", "1"], hint: "transpose-left" }],
  ["X ‹@› (A - y)", "product-sizes", { left: ["m", "n"], right: ["m", "1"], hint: "transpose-left" }],
  ["X^T (A - y) ‹X›", "product-sizes", { left: ["n", "1"], right: ["m", "n"], hint: "order" }],
  ["X ‹r›", "product-sizes", { left: ["m", "n"], right: ["1", "n"], hint: "transpose-right" }],
  ["A ‹y›", "product-sizes", { left: ["m", "1"], right: ["m", "1"], hint: "entrywise" }],
  ["W_1 ‹X›", "product-sizes", { left: ["n", "p"], right: ["m", "n"], hint: "order" }],
  ["W_2 ‹@› G", "product-sizes", { left: ["p", "q"], right: ["T + 1", "1"] }],
  ["X ‹+› A", "sum-sizes", { left: ["m", "n"], right: ["m", "1"], hint: "broadcast" }],
  ["w ‹-› r", "sum-sizes", { left: ["n", "1"], right: ["1", "n"], hint: "transpose" }],
  ["X W1 ‹+› b_1", "sum-sizes", { left: ["m", "p"], right: ["1", "p"], hint: "broadcast" }],
  ["Q + S ‹-› X", "sum-sizes", { left: ["n", "n"], right: ["m", "n"] }],
  ["A_1 ‹⊙› dZ_2", "entrywise-sizes", { left: ["m", "p"], right: ["m", "q"] }],
  ["X ‹.*› A", "entrywise-sizes", { left: ["m", "n"], right: ["m", "1"], hint: "broadcast" }],
  ["A ‹/› w", "entrywise-sizes", { left: ["m", "1"], right: ["n", "1"] }],
  ["<w, ‹A›>", "entrywise-sizes", { left: ["n", "1"], right: ["m", "1"] }],
  ["Q ‹*› S", "ambiguous-product", { sign: "*" }],
  ["2 Q ‹*› S / m", "ambiguous-product", { sign: "*" }],
  ["x^T (Q ‹*› S) x", "ambiguous-product", { sign: "*" }],
  ["X ‹1›", "ambiguous-one", {}],
  ["X W_1 + ‹1› b_1", "ambiguous-one", {}],
  ["1/‹2m›", "ambiguous-division", {}],
  ["z / ‹a b›", "ambiguous-division", {}],
  ["z/‹2 a›", "ambiguous-division", {}],
  ["X^T (A - y) / ‹2 m›", "ambiguous-division", {}],
  ["a/‹m(›1 + z)", "ambiguous-division", {}],
  ["z / ‹0›", "division-by-zero", {}],
  ["‹sigm›(z)", "unknown-name", { name: "sigm", near: ["sigma", "sign"] }],
  ["‹W_3› x", "unknown-name", { name: "W_3", near: ["W_1", "W_2"] }],
  ["X ‹v›", "unknown-name", { name: "v", near: [] }],
  ["2 + ‹lamda›", "unknown-name", { name: "lamda", near: ["lambda"] }],
  ["‹q›_x", "number-for-matrix", { operation: "index" }],
  ["x_‹k›", "unknown-name", { name: "k", near: [] }],
  ["‹z›ᵀ", "number-for-matrix", { operation: "transpose" }],
  ["‹a›'", "number-for-matrix", { operation: "transpose" }],
  ["tr(‹z›)", "number-for-matrix", { operation: "trace" }],
  ["tr(‹X›)", "not-square", { operation: "trace", shape: ["m", "n"] }],
  ["det(‹A›)", "not-square", { operation: "determinant", shape: ["m", "1"] }],
  ["diag(‹X›)", "not-square", { operation: "diag", shape: ["m", "n"] }],
  ["[X, ‹Q›]", "block-sizes", { left: ["m", "n"], right: ["n", "n"] }],
  ["[X, ‹1›]", "number-for-matrix", { operation: "hstack" }],
  ["vstack(X, ‹A›)", "block-sizes", { left: ["m", "n"], right: ["m", "1"] }],
  ["z^‹A›", "matrix-for-number", { operation: "exponent", shape: ["m", "1"] }],
  ["max(A, ‹y›)", "matrix-for-number", { operation: "function", shape: ["m", "1"] }],
  ["sum_i ‹X›", "matrix-for-number", { operation: "sum", shape: ["m", "n"] }],
  ["grad(‹A›, X)", "gradient-of-matrix", { shape: ["m", "1"] }],
  ["∂‹A›/∂X", "gradient-of-matrix", { shape: ["m", "1"] }],
  ["grad(L, ‹2 X›)", "gradient-by", {}],
  ["hess(L, ‹X›)", "not-vector", { operation: "hess", shape: ["m", "n"] }],
  ["sum_‹k› z", "unknown-range", { name: "k" }],
  ["‹X_i›", "unknown-name", null],
  ["‹X[]›", "index-count", { shape: ["m", "n"], expected: 2, found: 0 }],
  ["‹X_1›", "index-count", { shape: ["m", "n"], expected: 2, found: 1 }],
  ["x_‹0›", "index-form", {}],
  ["dL/dw[‹1›]", "index-form", {}],
  ["X[‹0›, j]", "index-form", {}],
  ["x_{‹z^2›}", "index-unclear", {}],
  ["ones(‹z^2›)", "size-expected", {}],
  ["X ‹\\mathbf{1}› \\mathbf{1}^\\top", "open-size", null],
  ["‹I› z", "open-size", {}],
  ["‹max(z)›", "argument-count", { function: "max", expected: "2 – 9", found: 1 }],
  ["‹g(z, a)›", "argument-count", { function: "g", expected: "1", found: 2 }],
  ["‹exp› + 1", "function-without-argument", { function: "exp" }],
  ["‹log› a z", "function-without-argument", { function: "log" }],
  ["‹(›X w", "unclosed", { open: "(" }],
  ["2 ‹[›z", "unclosed", { open: "[" }],
  ["exp‹(›z", "unclosed", { open: "(" }],
  ["norm(X)_‹k›", "unknown-name", { name: "k", near: [] }],
  ["∂L/∂X(w)", "ambiguous-division", null],
  ["dL/dXw", "unknown-name", null],
  ["‹g› z", "function-without-argument", { function: "g" }],
  ["2 ‹3›", "unexpected", { found: "3" }],
  ["|‹X›|", "matrix-for-number", { operation: "| |", shape: ["m", "n"] }],
  ["A ‹𝟏›", "product-sizes", { left: ["m", "1"], right: ["?", "1"] }],
  ["X_‹{›1", "unclosed", { open: "{" }],
  ["X w‹)›", "unopened", { close: ")" }],
  ["X +‹›", "ends-early", {}],
  ["‹›", "ends-early", {}],
  ["z^‹›", "ends-early", {}],
  ["z ‹*› * a", "unexpected", null],
  ["a ‹,› z", "unexpected", { found: "," }],
  ["‹/› z", "unexpected", { found: "/" }],
  ["z ‹$› a", "unknown-sign", { sign: "$" }],
  ["1 + ‹€›", "unknown-sign", { sign: "€" }],
  ["x_1 + ‹\\dots› + x_2", "unknown-sign", { sign: "\\dots" }],
  ["{1 if ‹z›; 0 otherwise}", "condition-expected", {}],
  ["1 + ‹(z > 0)›", "condition-for-value", {}],
  ["X ‹=› A", "relation-sizes", { left: ["m", "n"], right: ["m", "1"], hint: "broadcast" }],
  ["smooth(‹z›, 2)", "function-expected", { name: "z" }],
  ["‹g'''(z, z)›", "argument-count", { function: "g", expected: "1", found: 2 }],
  ["‹∂/∂z z sin›(z)", "ambiguous-slope", {}],
  ["‹d/dz z sin›(z)", "ambiguous-slope", {}],
  ["‹\\nabla_z z w›", "ambiguous-slope", {}],
  ["2 ‹\\frac{\\partial}{\\partial z} z \\sin›(z)", "ambiguous-slope", null],
  ["‹d/dz z /› a", "ambiguous-slope", {}],
  ["d/dz ‹[z]^2›", "ambiguous-slope", {}],
  ["∂/∂z ‹sum_i x_i z›", "ambiguous-body", { name: "the sum" }],
  ["∂²(a z)/∂‹a∂w›", "slope-order", {}],
  ["∂²L/∂‹w∂x^T›", "slope-order", {}],
  ["∂²L/∂‹w^T∂w›", "slope-order", {}],
  ["∂²L/∂‹z³›", "slope-order", {}],
  ["∂²L/∂‹w^5›", "slope-order", {}],
  ["∂^‹7›L/∂z^7", "unexpected", { found: "7" }],
  ["x²‹³›", "ambiguous-exponent", {}],
  ["z²‹^›3", "ambiguous-exponent", {}],
  ["z^{2}‹^›3", "ambiguous-exponent", {}],
  ["e^za", "ambiguous-exponent", null],
  ["e^2‹z›", "ambiguous-exponent", {}],
  ["2^‹sum_i x_i z›", "ambiguous-body", { name: "the sum" }],
  ["‹√z a›", "ambiguous-root", {}],
  ["√za", "ambiguous-root", null],
  ["‹√z^›2", "ambiguous-root", {}],
  ["‹√(z)^›2", "ambiguous-root", {}],
  ["‹\\sqrt za›", "ambiguous-root", {}],
  ["‹\\sqrt 12›", "ambiguous-root", {}],
  ["\\frac‹(›1)(2)", "unexpected", { found: "(" }],
  ["‹min_i›(z, a)", "function-subscript", { function: "min" }],
  ["max_i (z‹,› a)", "unexpected", { found: "," }],
  ["‹tanh_2›(z)", "function-subscript", { function: "tanh" }],
  ["‹log_2›^2(z)", "function-without-argument", { function: "log" }],
  ["‹1e5x›", "number-form", { number: "1e5x" }],
  ["‹1e999›", "number-form", { number: "1e999" }],
  ["softmax(X, ‹axis=0›)", "unexpected", { found: "axis" }],
  ["norm(X, ‹axis=1›)", "unexpected", { found: "axis" }],
  ["exp(X, ‹axis=0›)", "unexpected", { found: "axis" }],
  ["g(X, ‹axis=0›)", "unexpected", { found: "axis" }],
  ["sum(X, ‹axis=2›)", "unexpected", { found: "axis" }],
  ["sum(‹z›, axis=0)", "number-for-matrix", { operation: "axis" }],
  ["softmax(‹x›)", "softmax-of-column", { shape: ["n", "1"] }],
  ["x ‹\\cdot› w", "ambiguous-dot", { sign: "·" }],
  ["x ‹·› x", "ambiguous-dot", { sign: "·" }],
  ["2 A ‹×› y", "ambiguous-dot", { sign: "×" }],
  ["X ‹·› Y", "ambiguous-dot", { sign: "·" }],
  ["Q ‹·› S", "ambiguous-product", { sign: "·" }],
  ["Q ./ ‹S Q›", "ambiguous-division", {}],
  ["2 ./ ‹a * z›", "ambiguous-division", {}],
  ["2./‹a * z›", "ambiguous-division", {}],
  ["x ‹[j]›", "index-form", {}],
  ["x ‹[z]²›", "index-form", {}],
  ["X / ‹Y Q›", "ambiguous-division", {}],
  ["‹X›^-1", "not-square", { operation: "inverse", shape: ["m", "n"] }],
  ["‹x_{12}›", "index-count", { shape: ["n", "1"], expected: 1, found: 2 }],
  ["‹gamma› z", "function-without-argument", { function: "gamma" }],
  ["‹\\sigma› z", "function-without-argument", { function: "sigma" }],
  ["‹\\gamma›(z)", "unknown-name", { name: "gamma", near: [] }],
  ["sum_{i=1}^‹n-›1 x_i", "ambiguous-end", {}],
  ["sum_{i=1}^‹n -›1 x_i", "ambiguous-end", {}],
  ["sum_{i=1}^‹2n› i", "ambiguous-end", {}],
  ["‹prod_{i=1}^n x_i / n›", "ambiguous-body", { name: "the product" }],
  ["‹prod_i x_i sum_j w_j›", "ambiguous-body", { name: "the product" }],
  ["‹prod_i x_i z›", "ambiguous-body", { name: "the product" }],
  ["1 / ‹sum_i x_i z›", "ambiguous-body", { name: "the sum" }],
  ["1 / ‹a (z + b)›", "ambiguous-division", {}],
  ["1/‹a(›z + b)", "ambiguous-division", {}],
  ["1 / ‹a sin(z)›", "ambiguous-division", {}],
  ["softmax(‹I›)", "open-size", {}],
  ["mean(‹I›)", "open-size", {}],
  ["sum(‹I›, axis=0)", "open-size", {}],
  ["d/d‹u› sin(u)", "unknown-name", { name: "u", near: [] }],
  ["sum_i ‹u_i›", "unknown-name", null],
  ["‹\\sum (x - w)^›2", "ambiguous-argument", { function: "sum" }],
  ["‹∑(x - w)^›2", "ambiguous-argument", { function: "sum" }],
  ["1/n ‹sum (x - w)^›2", "ambiguous-argument", { function: "sum" }],
  ["‹mean (x - w)²›", "ambiguous-argument", { function: "mean" }],
  ["‹\\sum x ⊙› w", "ambiguous-argument", { function: "sum" }],
  ["‹\\log (z)^›2", "ambiguous-argument", { function: "log" }],
  ["‹g (z)^›2", "ambiguous-argument", { function: "g" }],
  ["‹E (z)^›2", "ambiguous-argument", { function: "E" }],
  ["‹\\log a/›z", "ambiguous-argument", { function: "log" }],
  ["a^{‹(2)›}", "ambiguous-exponent", {}],
  ["z^{‹[2]›}", "ambiguous-exponent", {}],
  ["z^{‹[a - 1]›}", "ambiguous-exponent", {}],
  ["X^{‹(1)›}", "ambiguous-exponent", {}],
  ["\\sigma^‹2› (1 + z)", "ambiguous-exponent", {}],
];

for (const [marked, code, data] of WRONG)
  test(`${code}: ${marked}`, () => {
    const text = marked.replace(/[‹›]/g, ""), error = failure(text);
    assert.equal(error.code, code);
    if (data) {
      assert.deepEqual(error.data, data);
      assert.equal(text.slice(0, error.offset) + "‹" + text.slice(error.offset, error.offset + error.length) + "›" + text.slice(error.offset + error.length), marked);
    }
  });

test("too much is refused, not run out of memory for", () => {
  assert.equal(failure("z + ".repeat(1000)).code, "too-long");
  for (const text of ["(".repeat(1900), "sqrt ".repeat(390) + "z", "x_{".repeat(600), "exp(".repeat(400), "sum_i ".repeat(300)]) assert.equal(failure(text).code, text.startsWith("x_") ? "unclosed" : "too-deep");
  assert.equal(failure(`${"x_{".repeat(300)}1${"}".repeat(300)}`).code, "too-deep");
  assert.equal(failure("-".repeat(1900) + "z").code, "too-deep");
  assert.equal(failure(`${"norm(X ".repeat(20)}${")".repeat(20)}`).code, "too-deep");
});
test("what is nested is read in a time that grows with its length", () => {
  const names = declare([{ name: "a" }, { name: "aa" }, { name: "X", shape: ["m", "n"] }, { name: "x", shape: ["n", 1] }]);
  assert.equal(failure(`${"a".repeat(34)} B`, names).code, "ambiguous-name");
  assert.equal(failure(`${"a".repeat(34)}B`, names).code, "unknown-name");
  for (const text of [`${"1[".repeat(28)}a${" > 0]".repeat(28)}`, `${"(".repeat(50)}X${")^T".repeat(50)}`, `${"diag(".repeat(50)}x${")".repeat(50)}`]) read(text, names);
});
test("a power right behind the bracket of a function is one of its value", () => {
  const tree = (text) => read(text, tables).tree;
  assert.deepEqual(tree("sum(x - w)^2"), { op: "pow", args: [tree("sum(x - w)"), 2] });
  for (const text of ["\\log(z)^2", "\\log\\left(z\\right)^2", "\\log\\Big(z\\Big)^{2}"]) assert.deepEqual(tree(text), { op: "pow", args: [tree("log(z)"), 2] });
});
test("a subscript behind the sign of a transpose is an entry of the transpose", () => {
  const names = declare([{ name: "X", shape: ["m", "n"] }, { name: "x", shape: ["n", 1] }]), same = (one, other) => assert.deepEqual(read(one, names).tree, read(other, names).tree);
  same("X^T_{1,2}", "(X^T)_{1,2}");
  same("X^T_12", "(X^T)_{1,2}");
  same("x^T_1", "(x^T)_1");
});
test("a number with e is not guessed where e is a letter", () => {
  for (const name of ["e", "e_3"]) assert.equal(failure("2e3", declare([{ name }])).code, "number-form");
});
test("the power of a matrix is not guessed where T is a number", () => {
  assert.equal(failure("Q^2^T").code, "ambiguous-power");
});
test("a Greek name is not cut into letters", () => {
  for (const text of ["\\mu", "mu", "2 mu_1"]) assert.equal(failure(text, declare(["m", "u", "u_1"].map((name) => ({ name })))).code, "unknown-name", text);
});
test("names that are near are told", () => {
  assert.equal(worded(failure("2 + lamda")), "lamda is not declared; its spelling is near to lambda.");
  assert.equal(worded(failure("2 + v")), "v is not declared.");
});
test("a word that can be cut in two ways is not guessed", () => {
  const names = declare(["a", "b", "ab", "ba"].map((name) => ({ name })));
  assert.equal(failure("aba", names).code, "ambiguous-name");
});
test("T beside a square matrix is not guessed where T is a number", () => {
  assert.equal(failure("Q^T").code, "ambiguous-power");
});
test("an answer of another shape than what it is an answer to is told both", () => {
  const error = failure("X w", tables, { like: { op: "matrix", id: "w" } });
  assert.deepEqual([error.code, error.data], ["relation-sizes", { left: ["n", "1"], right: ["m", "1"] }]);
});
test("a statement needs a relation", () => {
  assert.throws(() => readStatement("X w", tables), { code: "condition-expected" });
});
test("each code has a sentence, and each sentence its data", () => {
  for (const [marked, code] of WRONG) {
    const error = failure(marked.replace(/[‹›]/g, ""));
    assert.ok(ENGLISH[code], code);
    assert.doesNotMatch(worded(error), /[{]\w+[}]/);
  }
});
test("shapes are worded with a cross", () => {
  assert.equal(worded(failure("X + A")), "A sum needs matrices of one shape: m × n and m × 1.");
});
