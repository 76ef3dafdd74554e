// The largest value over an index: what the proof, which never evaluates, shows, and what numbers refute.
import assert from "node:assert/strict";
import test from "node:test";
import { judge, prove } from "../../src/checker/index.mjs";
import { asked } from "../../src/checker/typed.mjs";

const LETTERS = ["X: m x n", "S: n x n", "x: n x 1", "y: n x 1", "c", "r > 0", "i: index", "j: index", "g()"];
const stated = (text) => asked(text, LETTERS);

const TRUE = [
  "max_k (x_k + c) = max(x) + c", "max_k r x_k = r max(x)", "max(3 x) = 3 max(x)", "max(r x + r y) = r max(x + y)", "max(X) = max(X^T)",
  "max(X) = max_{i=1}^m max_{j=1}^n X_{ij}", "max_i max_j (x_i + y_j) = max(x) + max(y)", "max_{k=1}^n c = c", "max_k (c + sum(x) + x_k) = c + sum(x) + max(x)",
  "softmax((x - max(x) 1)^T) = softmax(x^T)", "log(sum(exp(x - max(x) 1))) + max(x) = log(sum(exp(x)))", "max(ones(1, n) x) = sum(x)",
  "max(max(x), c) = (max(x) + c + abs(max(x) - c)) / 2", "sum_i max_j (X_{ij} + c) = m c + sum_i max_j X_{ij}", "grad(c max(x), c) = max(x)",
  "max(x) >= x_i", "max(X) >= X_{ij}", "max(x) >= mean(x)", "log(sum(exp(x))) >= max(x)", "max(x) + log(n) >= log(sum(exp(x)))",
  "max(x) + max(y) >= max(x + y)", "sum(exp(x)) >= exp(max(x))", "n max(x ⊙ x) >= sum(x ⊙ x)", "max(x) + max(-x) >= 0",
].map((text) => text.replace("max_{k=1}^n c = c", "max_{k=1}^n c = c"));
const FALSE = [
  "max(x + y) = max(x) + max(y)", "max(x ⊙ y) = max(x) max(y)", "max(c x) = c max(x)", "max(-x) = -max(x)", "max(abs(x)) = abs(max(x))",
  "max(x ⊙ x) = max(x)^2", "max_k (x_k - x_j) = 0", "max_i max_j S_{ij} = max_i S_{ii}", "sum_i max_j X_{ij} = m max(X)", "sum_i max_j S_{ij} = sum_j max_i S_{ij}",
  "max_i sum_j X_{ij} = sum_j max_i X_{ij}", "max(x) = sum(x) / n", "log(sum(exp(x))) = max(x)", "log(sum(exp(x - max(x) 1))) = log(sum(exp(x)))",
  "softmax((max(x) x)^T) = softmax(x^T)", "max(exp(-x)) = exp(-max(x))", "max_k g(x_k) = g(max(x))", "grad(max(x), x) = 1 / n ones(n)", "grad(max(c x), c) = max(x)",
  "max_i max_j x_i x_j = max(x)^2", "max_k (x_k + k) = max(x) + n", "max_k exp(y_k) x_k = max(exp(y)) max(x)", "max(x) = x_j",
  "max_i (-max_j X_{ij}) = max(-X)", "max_i (c max_j X_{ij}) = max(c X)",
  "x_i >= max(x)", "max(x) >= x_i + x_j", "max(y) >= x_i", "max(x) >= sum(x)", "max(x + y) >= max(x) + max(y)", "max(x)^2 >= x_i^2", "c max(x) >= c x_i",
  "log(sum(exp(x))) >= max(x) + log(2)", "max(x) + log(n) / 2 >= log(sum(exp(x)))", "exp(-max(x)) >= exp(-x_i)", "sum(exp(x)) >= exp(max(x)) + exp(x_i)",
  "max(x) sum(y) >= sum(x ⊙ y)", "sum(x ⊙ x) / 2 >= max(x ⊙ x)", "max(x) >= 0",
];

test("what is true of a maximum is proved, for all sizes", () => {
  for (const text of TRUE) {
    const found = judge(stated(text), { conditions: "any" });
    assert.equal(found.verdict, "proved", `${text}: ${JSON.stringify(found.reason)}`);
  }
});
test("what is false of a maximum is not proved, without numbers", () => {
  for (const text of FALSE) assert.equal(prove(stated(text), { conditions: "any" }).verdict, "undecided", text);
});
test("what is false of a maximum is refuted by numbers, or left open", () => {
  const open = ["max_k g(x_k) = g(max(x))", "sum_i max_j S_{ij} = sum_j max_i S_{ij}", "c max(x) >= c x_i"];
  for (const text of FALSE.filter((text) => !open.includes(text))) assert.equal(judge(stated(text)).verdict, "refuted", text);
});
test("a maximum that may be over nothing is not covered, and has no value over nothing", () => {
  for (const text of ["max_{k=2}^{n} x_k = max_{k=2}^{n} x_k", "max_{k=1}^{n-1} c = c"])
    assert.equal(prove(stated(text)).reason.code, "maximum-over-nothing", text);
});
test("a hypothesis at one place is not one at all places of a maximum", () => {
  const { given, ...rest } = stated("max(x) = max(y)"), at = (id) => ({ op: "entry", args: [{ op: "matrix", id }, { op: "symbol", id: "i" }, 0] });
  const symbols = { ...rest.symbols, i: { name: "i", facts: { integer: true } } }, eq = (...args) => ({ op: "eq", args });
  assert.equal(prove({ ...rest, symbols, given: [...given, eq(at("x"), at("y"))] }).verdict, "undecided");
  assert.equal(prove({ ...rest, given: [...given, eq({ op: "matrix", id: "x" }, { op: "matrix", id: "y" })] }).verdict, "proved");
});
test("the sign of a bracket under a sum is not taken for that of all its terms", () => {
  const found = prove(stated("sum_k heaviside(c - x_k, 0) (sum_k heaviside(c - x_k, 0) - n) >= 0"));
  assert.equal(found.reason?.code, "no-certificate");
});
