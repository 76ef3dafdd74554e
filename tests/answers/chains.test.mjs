import assert from "node:assert/strict";
import { test } from "node:test";
import { shuffled, standing } from "../../src/coursebook/theme/answers/chains.mjs";

const CHAINS = [[1, 4], [2, 3, 4]];

test("lines stand right in every order that keeps the one of each chain", () => {
  for (const lines of [[1, 2, 3, 4], [2, 1, 3, 4], [2, 3, 1, 4]]) assert.equal(standing(lines, CHAINS), 4);
});
test("lines stand right down to one that has to come after a line below it", () => {
  assert.equal(standing([1, 3, 2, 4], CHAINS), 1);
  assert.equal(standing([2, 3, 4, 1], CHAINS), 2);
  assert.equal(standing([4, 1, 2, 3], CHAINS), 0);
});
test("lines of one chain have one order", () => {
  assert.equal(standing([1, 2, 3], [[1, 2, 3]]), 3);
  assert.equal(standing([2, 1, 3], [[1, 2, 3]]), 0);
});
test("a shuffle keeps all lines, in no order of theirs", () => {
  assert.deepEqual(shuffled([1, 2, 3, 4, 5]), [2, 4, 1, 3, 5]);
  for (const count of [2, 3, 4, 9]) {
    const lines = Array.from({ length: count }, (_, k) => k + 1);
    assert.notEqual(standing(shuffled(lines), [lines]), count);
  }
});
