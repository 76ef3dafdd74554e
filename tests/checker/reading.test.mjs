import assert from "node:assert/strict";
import { test } from "node:test";
import { keyOf } from "../../src/checker/printing/trees.mjs";
import { declare, read, ReadingError, readStatement } from "../../src/checker/reading/index.mjs";
import { SAME } from "./reading-examples.mjs";
import * as t from "./reading-trees.mjs";
import { PART } from "./samples.mjs";

const { add, hadamard, mul, matmul, matadd, transpose, total, entry, grad, of, ones, over, minus, A, L, Q, X, a, b, m, n, w, x, y, z, T, less } = t;
const weights = matmul(transpose(X), matadd(A, minus(y)), over(m));

for (const [title, [tree, texts]] of Object.entries(SAME))
  for (const text of texts)
    test(`${title}: ${text}`, () => {
      assert.deepEqual(JSON.parse(keyOf(read(text, t.tables).tree)), JSON.parse(keyOf(tree)));
    });

test("a declared size may be a sum of sizes", () => {
  assert.deepEqual(t.tables.matrices.G.rows, add(T, 1));
  assert.deepEqual(Object.keys(t.tables.symbols).slice(0, 2), ["m", "n"]);
});
test("T is the sign of a transpose behind a minus, too, unless it is a letter", () => {
  const turned = transpose(of("inverse", { op: "matrix", id: "M" })), letters = [{ name: "n", kind: "size" }, { name: "M", shape: ["n", "n"] }];
  for (const text of ["M^{-T}", "M^-T", "(M^{-1})^T"]) assert.deepEqual(read(text, declare(letters)).tree, turned);
  assert.equal(read("M^{-T}", declare([...letters, { name: "T" }])).tree.op, "matpow");
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
  for (const text of ["a >= z", "z <= a", "a ≥ z", "a \\geqslant z", "a &\\geqslant z", "a ⩾& z", "z ⩽ a", "a \\ge z", "z ≤ a"]) assert.deepEqual(readStatement(text, t.tables).left, add(a, minus(z, mul)));
  assert.deepEqual(readStatement("||x||^2 >= 0", t.tables).left, total(hadamard(x, x)));
  assert.equal(readStatement("||x||^2 >= 0", t.tables).kind, "nonnegative");
});
test("an answer takes its shape from what it is an answer to", () => {
  assert.deepEqual(read("x^T Q x", t.tables, { like: L }).tree, total(matmul(transpose(x), Q, x)));
  assert.deepEqual(read("1", t.tables, { like: A }).tree, ones(m, 1));
  assert.deepEqual(read("0", t.tables, { like: A }).tree, of("zeros", m, 1));
});
test("the shape of what was read is told", () => {
  assert.deepEqual(read("X^T (A - y)", t.tables).shape.map((size) => Object.fromEntries(size)), [{ n: 1 }, { "": 1 }]);
});
test("what is cut short, or has a sign too many, is read or refused at a place in it", () => {
  const texts = Object.values(SAME).flatMap(([, all]) => all.slice(0, 3)), codes = new Set();
  for (const [at, text] of texts.entries())
    for (let k = at % 3; k <= text.length; k += 3 * PART)
      for (const spoiled of [text.slice(0, k), text.slice(k), text.slice(0, k) + text.slice(k + 1), ...[")", "_", "1"].map((sign) => text.slice(0, k) + sign + text.slice(k))])
        try {
          read(spoiled, t.tables);
        } catch (error) {
          assert.ok(error instanceof ReadingError, `${spoiled}: ${error.stack}`);
          assert.ok(error.offset >= 0 && error.length >= 0 && error.offset + error.length <= spoiled.length, spoiled);
          codes.add(error.code);
        }
  assert.ok(codes.size > 15);
});
