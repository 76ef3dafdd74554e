import assert from "node:assert/strict";
import { test } from "node:test";
import { judge } from "../../src/checker/index.mjs";
import { read } from "../../src/checker/reading/index.mjs";
import { M, grad, hadamard, matmul, statement, total, transpose } from "./statements.mjs";

const question = statement(grad(total(hadamard(M("R"), matmul(M("S"), M("R")))), M("S")), matmul(M("R"), transpose(M("R"))));
const judged = (text) => judge({ ...question, right: read(text, question).tree });

test("an answer that is typed is proved, in whatever words", () => {
  for (const text of ["R R^T", "R @ R.T", "(R R')^T", "2 R R^T - R R^T"]) assert.equal(judged(text).verdict, "proved", text);
});
test("a wrong one is refuted by a small example", () => {
  for (const text of ["R^T R", "R R", "2 R R^T", "-R R^T", "R ⊙ R^T"]) {
    const { verdict, counterexample } = judged(text);
    assert.equal(verdict, "refuted", text);
    assert.ok(counterexample.values.n <= 2);
  }
});
