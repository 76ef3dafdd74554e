import assert from "node:assert/strict";
import { test } from "node:test";
import { declare, read, ReadingError, readStatement } from "../../src/checker/reading/index.mjs";
import { ENGLISH, worded } from "../../src/checker/reading/words.mjs";
import { tables } from "./reading-trees.mjs";
import { WRONG } from "./reading-wrong.mjs";

const failure = (text, names = tables, options = {}) => {
  try {
    read(text, names, options);
  } catch (error) {
    if (error instanceof ReadingError) return error;
    throw error;
  }
  return assert.fail(`${text} was read`);
};

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
