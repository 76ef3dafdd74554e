import assert from "node:assert/strict";
import { test } from "node:test";
import { judge, read } from "../../src/checker/index.mjs";
import { attack } from "./attack.mjs";
import { fuzz } from "./fuzz.mjs";
import { part } from "./samples.mjs";
import { M, eq, grad, hadamard, matmul, statement, total, transpose } from "./statements.mjs";
import { someTwins, twins } from "./twins.mjs";

const v = M("v"), S = M("S");
const symmetric = statement(grad(total(matmul(transpose(v), S, v)), v), matmul(2, S, v), { given: [eq(S, transpose(S))] });
const product = statement(grad(total(hadamard(M("R"), matmul(S, M("R")))), S), matmul(M("R"), transpose(M("R"))));

test("a twin is a statement again, of each kind that it can be", () => {
  const kinds = new Set(twins(symmetric).map((t) => t.kind));
  for (const kind of ["sign", "factor", "transposed", "order", "number", "factor left out", "product", "hypothesis left out"]) assert.ok(kinds.has(kind), kind);
  for (const { statement: twin } of twins(symmetric)) read(twin);
});
test("the same twins are chosen again, and no more than asked for", () => {
  const chosen = () => someTwins(symmetric, 5, 7).map((t) => JSON.stringify(t.statement));
  assert.equal(chosen().length, 5);
  assert.deepEqual(chosen(), chosen());
});
test("without its hypothesis a claim is refuted", () => {
  assert.equal(judge(symmetric).verdict, "proved");
  assert.equal(judge({ ...symmetric, given: [] }).verdict, "refuted");
});
test("no twin of a gradient is proved that numbers refute", () => {
  const found = attack([symmetric, product].map((x, k) => ({ id: `${k}`, statement: x })), { most: 100 });
  assert.deepEqual(found.falseProofs, []);
  assert.ok(found.refuted > 40);
});
test("no random statement full of kinks and cases is proved that numbers refute", () => {
  const found = fuzz({ count: part(500), seed: 3 });
  assert.deepEqual(found.falseProofs, []);
  assert.ok(found.proved > part(150) && found.refuted > part(25), JSON.stringify(found));
});
