import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { keyOf } from "../../src/checker/printing/trees.mjs";
import { plain } from "../../src/checker/printing/plain.mjs";
import { declare, fittingShape, read } from "../../src/checker/reading/index.mjs";
import { sameShape } from "../../src/checker/reading/sizes.mjs";
import { CODES, slips } from "../../src/checker/slips/index.mjs";
import { ENGLISH } from "../../src/checker/slips/words.mjs";
import { PART, part } from "./samples.mjs";

const ledger = process.env.LEDGER ?? new URL("../../_build/html/ledger.json", import.meta.url);
const absent = !existsSync(ledger) && "no ledger: build the book, or set LEDGER";

/** Two layers, as a statement has them: activations are names with a definition. */
const tables = declare([
  { name: "X", shape: ["m", "n"] }, { name: "y", shape: ["m", 1] }, { name: "W_1", shape: ["n", "p"] }, { name: "W_2", shape: ["p", 1] },
  { name: "Q", shape: ["n", "n"] }, { name: "x", shape: ["n", 1] }, { name: "z_1" }, { name: "z_2" }, { name: "w_2" }, { name: "g", function: true },
]);
const define = (name, text, rows, cols) => {
  tables.names[name] = { name, definition: read(text, tables).tree, ...(rows && { rows, cols }) };
};
const [m, p] = ["m", "p"].map((id) => ({ op: "symbol", id }));
define("Z_1", "X W_1", m, p);
define("A_1", "g(Z_1)", m, p);
define("Z_2", "A_1 W_2", m, 1);
define("A_2", "sigma(Z_2)", m, 1);
tables.functions.sigma = { name: "sigma", known: "sigmoid" };

const made = (text, code) => {
  const list = slips(read(text, tables).tree, tables);
  return list.filter((slip) => slip.code === code).map(({ tree }) => plain(tree, tables));
};
const MADE = {
  "transpose-lost": ["Q^T x", "Q x"],
  "transpose-added": ["Q x", "Q^T x"],
  "sign-turned": ["X W_1", "-X W_1"],
  "term-sign": ["A_2 - y", "A_2 + y"],
  "term-lost": ["A_2 - y", "A_2"],
  "sum-for-mean": ["X^T (A_2 - y) / m", "X^T (A_2 - y)"],
  "mean-twice": ["X^T (A_2 - y) / m", "1 / m * X^T (A_2 - y) / m"],
  "wrong-size": ["X^T (A_2 - y) / m", "X^T (A_2 - y) / n"],
  "slope-forgotten": ["(A_2 - y) W_2^T ⊙ g'(Z_1)", "(A_2 - y) W_2^T"],
  "slope-of-activation": ["(A_2 - y) W_2^T ⊙ g'(Z_1)", "(A_2 - y) W_2^T ⊙ g'(A_1)"],
  "slope-at-logits": ["(A_2 - y) W_2^T ⊙ (1 - A_1.^2)", "(A_2 - y) W_2^T ⊙ (1 - Z_1.^2)"],
  "slope-wrong-layer": ["w_2 g'(z_1)", "w_2 g'(z_2)"],
  "function-for-slope": ["(A_2 - y) W_2^T ⊙ g'(Z_1)", "(A_2 - y) W_2^T ⊙ g(Z_1)"],
  "entrywise-for-product": ["Q Q", "Q ⊙ Q"],
  "product-for-entrywise": ["Q ⊙ Q", "Q Q"],
  "factors-swapped": ["Q^T Q", "Q Q^T"],
  "wrong-layer": ["w_2 z_2", "w_2 z_1"],
  "factor-two-lost": ["2 Q x", "Q x"],
  "factor-two-added": ["Q x", "2 Q x"],
};
for (const [code, [right, wrong]] of Object.entries(MADE))
  test(`${code}: ${wrong} for ${right}`, () => {
    const list = made(right, code);
    assert.ok(list.includes(wrong), list.join(" | "));
  });
test("each code has an example here", () => assert.deepEqual(Object.keys(MADE).sort(), [...CODES].sort()));
test("each code has a sentence", () => assert.deepEqual(Object.keys(ENGLISH), CODES));
test("a forgotten slope may be written out", () => {
  assert.ok(made("(A_1 - X W_1) ⊙ A_1 ⊙ (1 - A_1)", "slope-forgotten").includes("A_1 - X W_1"));
});
test("a slip inside what a name stands for is made too", () => {
  assert.ok(made("A_1 W_2", "function-for-slope").length === 0);
  assert.ok(made("Z_2", "wrong-layer").length === 0);
  assert.ok(made("2 A_1", "factor-two-lost").includes("A_1"));
});
test("what is symmetric is not transposed, and zero has no other sign", () => {
  const given = [read("Q = Q^T", tables).tree], made = (text) => slips(read(text, tables).tree, { ...tables, given }).map(({ code }) => code);
  assert.ok(!made("Q x").includes("transpose-added"));
  assert.deepEqual(made("zeros(n, 1)"), []);
});
test("what does not fit is not made", () => {
  assert.deepEqual(made("X^T (A_2 - y)", "transpose-lost"), []);
  assert.deepEqual(made("X^T (A_2 - y)", "entrywise-for-product"), []);
});
test("slips have the shape of the right answer, and none is written as it", { skip: absent }, () => {
  let count = 0;
  const stated = JSON.parse(readFileSync(ledger, "utf8")).filter(({ statement }) => statement?.right);
  for (const { statement } of stated.filter((_, at) => at % PART === 0)) {
    const { right } = statement, keys = new Set([keyOf(right)]), shape = fittingShape(right, statement), list = slips(right, statement);
    for (const { code, tree } of list) {
      assert.ok(CODES.includes(code));
      assert.ok(sameShape(fittingShape(tree, statement), shape), plain(tree, statement));
      assert.ok(!keys.has(keyOf(tree)), plain(tree, statement));
      keys.add(keyOf(tree));
      const bound = [...JSON.stringify(tree).matchAll(/"bind":\[\{"id":"([^"]+)"/g)].map((found) => found[1]);
      assert.equal(new Set(bound).size, bound.length, "variables are defined once");
      if (count % 5 === 0) assert.equal(keyOf(read(plain(tree, statement), statement).tree), keyOf(tree));
      count += 1;
    }
  }
  assert.ok(count > part(1500));
});
