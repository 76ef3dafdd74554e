import assert from "node:assert/strict";
import { test } from "node:test";
import { compiled, withSlope } from "../../src/checker/plain/values.mjs";
import { difference } from "./plain.mjs";
import { M, add, apply, bound, call, cases, entry, exp, grad, gt, half, hadamard, identity, log, matadd, matmul, max, mul, name, ones, pow, s, statement, tanh, total, trace, transpose, zeros } from "./statements.mjs";

const z = bound("t"), side = (tree) => statement(tree, tree);
const HOLD = [
  matadd(matmul(M("A"), M("B")), matmul(half, M("A"), M("B"))), transpose(hadamard(M("A"), M("A"))), apply("t", tanh(exp(mul(-1, z))), M("A")),
  matadd(ones(s("m"), s("n")), zeros(s("m"), s("n")), M("A")), total(M("A")), trace(M("S")), matmul(M("S"), identity(s("n"))), apply("t", max(0, z), M("A")),
  log(add(1, exp(s("z")))), pow(add(2, pow(s("z"), 2)), -1), entry(M("A"), 0, 0), apply("t", cases([z, gt(z, 0)], [mul(-1, z), true]), M("A")), apply("t", call("sigma", z), M("A")), call("g", s("z")), call("g", s("z"), 1),
];
test("a tree has the value that numbers with bounds give it", () => {
  for (const tree of HOLD) {
    const found = [0, 1, 2, 3].map((seed) => difference(side(tree), "left", seed)).filter((each) => each !== undefined);
    assert.ok(found.length, JSON.stringify(tree));
    for (const each of found) assert.ok(each < 1e-12, `${JSON.stringify(tree)} is ${each} apart`);
  }
});
test("a size follows from a matrix, and a name that is given stands for its definition", () => {
  const names = { Z: { name: "Z", rows: s("m"), cols: s("n"), definition: matmul(s("m"), M("A")) } };
  const at = compiled(statement(total(name("Z")), 0, { tables: { names } }));
  assert.equal(at({ A: [[1, 2], [3, 4]] }).left(), 20);
  assert.equal(at({ Z: [[1, 2]] }).left(), 3);
});
test("a statement of a derivative gives the function and its slope, with its other letters", () => {
  const { value, slope } = withSlope(statement(grad(mul(s("r"), pow(s("z"), 2)), s("z")), mul(2, s("r"), s("z"))));
  assert.deepEqual([value(3, { r: 5 }), slope(3, { r: 5 })], [45, 30]);
});
test("what has no plain value, and a letter without one, are named", () => {
  assert.throws(() => compiled(side(grad(pow(s("z"), 2), s("z"))))({ z: 1 }).left(), /no plain value: grad/);
  assert.throws(() => compiled(side(add(s("z"), 1)))({}).left(), /no value given: z/);
  assert.throws(() => compiled(side(call("g", s("z"))))({ z: 1 }).left(), /no plain value: g, derivative 0/);
});
