import assert from "node:assert/strict";
import { test } from "node:test";
import { judge, prove, read } from "../../src/checker/index.mjs";
import { declare, readStatement } from "../../src/checker/reading/index.mjs";
import { normalForms } from "./normal.mjs";

const TABLES = declare([{ name: "x", shape: ["n", 1] }, { name: "y", shape: ["n", 1] }, { name: "w" }, { name: "z" }]);
const typed = (text) => read(readStatement(text, TABLES));

test("the normal form of a random expression has its value", () => {
  const { compared, falseForms } = normalForms({ count: 300, seed: 7 });
  assert.deepEqual(falseForms, []);
  assert.ok(compared > 270, `${compared}`);
});
test("a bracket, an odd function or an inverse in a sum keeps its sign when the sum names its index", () => {
  for (const text of [
    "sum_{i=1}^n 1[x_i > z] = n", "sum_i max(x_i, z) = sum(x)", "sum_i abs(x_i - z) = sum(x) - n z", "sum(relu(x - z)) = sum(x - z)",
    "sum_i sin(x_i - z) = sum_i sin(z - x_i)", "sum_i (sum_j 1[x_i > x_j]) = n^2", "sum_i (sum_j x_i x_j 1[x_i > x_j]) >= 0",
    "sum_i 1/(x_i - y_i) = sum_i 1/(y_i - x_i)", "grad(sum_i max(x_i, y_i), y) = 0 y", "1[w > 1000] * (sum_{i=1}^n max(x_i, y_i)) = 1[w > 1000] * sum(x)",
  ]) {
    for (const conditions of ["stated", "implied", "any"]) assert.equal(prove(typed(text), { conditions }).verdict, "undecided", text);
    assert.notEqual(judge(typed(text)).verdict, "proved", text);
  }
});
test("a sum of such a form is equal to itself by another name, and to what its sign makes of it", () => {
  for (const text of [
    "sum_i 1[x_i > z] = sum_j 1[x_j > z]", "sum_i sin(x_i - z) = -(sum_i sin(z - x_i))", "sum_i max(x_i, z) = (sum_i (x_i + z + abs(x_i - z))) / 2",
    "sum_i abs(x_i - y_i) = sum_i abs(y_i - x_i)", "sum_i (sum_j abs(x_i - x_j)) = 2 * (sum_i (sum_j max(x_i - x_j, 0)))",
    "sum_i (sum_j 1[x_i > y_j]) = n^2 - (sum_i (sum_j 1[x_i <= y_j]))", "sum_i (sum_j sin(x_i - x_j)) = -(sum_i (sum_j sin(x_j - x_i)))",
  ]) assert.equal(prove(typed(text)).verdict, "proved", text);
  assert.equal(prove(typed("sum_i 1/(x_i - y_i) = -(sum_i 1/(y_i - x_i))"), { conditions: "implied" }).verdict, "proved");
});
