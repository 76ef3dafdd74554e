import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluate, pointOf, read, search } from "../../src/checker/index.mjs";
import { Undefined } from "../../src/checker/numbers/duals.mjs";
import {
  M, abs, add, apply, bound, call, cases, entry, exp, expectation, fold, grad, gt, half, hadamard, hess, less, log, matadd,
  matmul, max, mul, ones, pow, s, statement, tanh, total, transpose, zeros,
} from "./statements.mjs";

const at = (tree, values, more) => evaluate(tree, { statement: read(statement(tree, 0, more)), values, functions: {} });
const z = (v) => ({ z: [v, 0, 0, 0] });
const close = (x, y, by = 1e-9) => assert.ok(Math.abs(x - y) < by, `${x} is not ${y}`);

test("slopes by dual numbers agree with quotients of differences", () => {
  const f = mul(exp(mul(half, s("z"))), log(add(2, pow(s("z"), 2))), tanh(s("z"))), h = 1e-4;
  for (const v of [-1.3, 0.2, 0.9]) {
    const [low, mid, high] = [-h, 0, h].map((d) => at(f, z(v + d))[0]);
    close(at(grad(f, s("z")), z(v))[0], (high - low) / (2 * h), 1e-6);
    close(at(hess(f, s("z")), z(v))[0], (high - 2 * mid + low) / h ** 2, 1e-5);
    close(at(grad(grad(f, s("z")), s("z")), z(v))[0], at(hess(f, s("z")), z(v))[0]);
  }
});
test("at its kink a magnitude has a value and no slope", () => {
  assert.equal(at(abs(s("z")), z(0))[0], 0);
  assert.throws(() => at(grad(abs(s("z")), s("z")), z(0)), Undefined);
  assert.throws(() => at(grad(cases([1, gt(s("z"), 0)], [0, true]), s("z")), z(0)), Undefined);
});
test("a function of what has no value has none", () => {
  assert.throws(() => at(abs(pow(s("z"), half)), z(-1)), Undefined);
  assert.throws(() => at(mul(0, log(s("z"))), z(-1)), Undefined);
  assert.throws(() => at(pow(s("z"), -1), z(0)), Undefined);
  assert.equal(at(cases([pow(s("z"), -1), gt(s("z"), 0)], [5, true]), z(0))[0], 5);
});
test("a sum over no terms is 0, one over fewer has no value", () => {
  const sum = (high) => fold("sum", "k#1", 1, high, bound("k#1"));
  assert.equal(at(sum(4), {})[0], 10);
  assert.equal(at(sum(0), {})[0], 0);
  assert.throws(() => at(sum(-1), {}), Undefined);
});
test("an integral is that of its polynomial", () => {
  close(at(fold("integral", "t#1", 0, s("z"), pow(bound("t#1"), 2)), z(1.5))[0], 1.5 ** 3 / 3);
});
test("a mean square is the variance", () => {
  const squares = expectation(total(hadamard(M("E"), M("E"))));
  assert.equal(search(read(statement(squares, mul(s("n"), pow(s("p"), 2))))).counterexample, null);
  assert.ok(search(read(statement(squares, pow(s("p"), 2)))).counterexample);
});
test("a counterexample is small: sizes, simple numbers, one entry and both its values", () => {
  const { counterexample: c } = search(read(statement(matmul(M("S"), M("R")), matmul(M("R"), M("S")))));
  assert.equal(c.values.n, 2);
  assert.ok([...c.values.S, ...c.values.R].flat().every((v) => [0, 1, -1].includes(v)));
  const product = (x, y) => x[c.row].reduce((sum, v, k) => sum + v * y[k][c.col], 0);
  assert.equal(product(c.values.S, c.values.R), c.left);
  assert.equal(product(c.values.R, c.values.S), c.right);
  assert.notEqual(c.left, c.right);
});
test("sizes differ at first, and one is 1 at some point", () => {
  const two = read(statement(matmul(M("A"), M("B")), matmul(M("A"), M("B")))), sizes = (seed) => ["m", "n", "K"].map((id) => pointOf(two, seed).values[id][0]);
  assert.equal(new Set(sizes(0)).size, 3);
  assert.ok(Array.from({ length: 12 }, (_, k) => sizes(k)).some((d) => d.includes(1)));
});
test("a hypothesis is met by the points, and a claim that needs it is refuted without it", () => {
  const symmetric = [{ op: "eq", args: [M("S"), transpose(M("S"))] }];
  const claim = [grad(total(matmul(transpose(M("v")), M("S"), M("v"))), M("v")), matmul(2, M("S"), M("v"))];
  assert.ok(search(read(statement(...claim, { given: symmetric }))).agreed >= 6);
  assert.ok(search(read(statement(...claim))).counterexample);
});
test("points stand on kinks too", () => {
  assert.ok(search(read(statement(max(0, s("z")), mul(s("z"), cases([1, gt(s("z"), 0)], [0, true]))))).agreed >= 6);
  assert.ok(search(read(statement(cases([1, gt(s("z"), 0)], [0, true]), cases([0, gt(0, s("z"))], [1, true])))).counterexample);
});
test("what is never negative is refuted below zero", () => {
  assert.ok(search(read(statement(less(pow(s("z"), 2), 1)))).counterexample.left < 0);
  assert.equal(search(read(statement(pow(s("z"), 2)))).counterexample, null);
});
test("a function that may be any stands for one that no special one is", () => {
  assert.ok(search(read(statement(call("g", s("z")), mul(s("z"), call("g", 1))))).counterexample);
  assert.equal(search(read(statement(grad(call("g", mul(2, s("z"))), s("z")), mul(2, call("g", mul(2, s("z")), 1))))).counterexample, null);
});
test("matrices of one shape are compared entry by entry", () => {
  const Z = matadd(M("A"), matmul(-1, M("A")));
  assert.equal(search(read(statement(Z, zeros(s("m"), s("n"))))).counterexample, null);
  assert.deepEqual(search(read(statement(Z, ones(s("m"), s("n"))))).counterexample.left, 0);
  assert.equal(at(entry({ op: "rows", rows: [[1, 2], [3, 4]], shape: [2, 2] }, 1, 0), {})[0], 3);
  assert.equal(at(total(apply("t#1", pow(bound("t#1"), 2), { op: "rows", rows: [[1, 2]], shape: [1, 2] })), {})[0], 5);
});
