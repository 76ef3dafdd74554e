import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Unreadable, judge, read } from "../../src/checker/index.mjs";
import { FOLDS, KINDS, LEAVES, NUMBERS, SIGNATURES, VERSION } from "../../src/checker/statement/grammar.mjs";
import { M, add, bound, fold, matmul, name, pow, s, statement } from "./statements.mjs";

const SCHEMA = JSON.parse(readFileSync(new URL("../../src/claims/data/statement.schema.json", import.meta.url), "utf8"));
const defs = SCHEMA.$defs, ops = (kind) => defs[kind].properties.op.enum ?? [defs[kind].properties.op.const];

test("the grammar has the operations of the schema, each with its number of arguments", () => {
  const count = { many: "+", one: 1, two: 2, three: 3 };
  for (const [kind, takes] of Object.entries(count))
    for (const op of ops(kind)) assert.ok(takes === "+" ? SIGNATURES.get(op)?.endsWith("+") : SIGNATURES.get(op)?.length === takes, op);
  assert.deepEqual(new Set(SIGNATURES.keys()), new Set(Object.keys(count).flatMap(ops)));
  assert.deepEqual(FOLDS, new Set(ops("fold")));
  assert.deepEqual(NUMBERS, new Set(ops("number")));
  assert.deepEqual(new Set([...Object.keys(LEAVES), "bound"]), new Set(ops("leaf")));
  assert.deepEqual(KINDS, new Set(defs.kind.enum));
  assert.equal(VERSION, SCHEMA.properties.version.const);
});

const refused = (change, code) => assert.throws(() => read(change(statement(s("z"), pow(s("z"), 1)))), (e) => e instanceof Unreadable && e.code === code);
test("what is no statement is refused, and what is wrong with it is named", () => {
  refused((x) => ({ ...x, version: 1 }), "version");
  refused((x) => ({ ...x, kind: "lemma" }), "kind");
  refused((x) => ({ ...x, left: { op: "frobnicate", args: [1] } }), "operation");
  refused((x) => ({ ...x, left: pow(1) }), "arguments");
  for (const args of ["z", 1, null, [], { length: 1 }]) refused((x) => ({ ...x, left: { op: "add", args } }), "arguments");
  refused((x) => ({ ...x, left: s("unheard of") }), "not-defined");
  refused((x) => ({ ...x, left: s("constructor") }), "not-defined");
  refused((x) => ({ ...x, left: bound("k#1") }), "not-bound");
  refused((x) => ({ ...x, left: null }), "not-a-tree");
  refused((x) => ({ ...x, left: 0.5 }), "not-a-tree");
  refused((x) => ({ ...x, left: { op: "rational", value: "1/0" } }), "number");
  const one = fold("sum", "k#1", 0, 1, bound("k#1"));
  refused((x) => ({ ...x, left: add(one, one) }), "bound-twice");
  refused((x) => ({ ...x, left: add(one, bound("k#1")) }), "not-bound");
  refused((x) => ({ ...x, names: { a: { name: "a", definition: name("a") } } }), "defined-by-itself");
});
test("a condition is no value, and a value no condition", () => {
  const holds = { op: "gt", args: [s("z"), 0] };
  for (const left of [true, holds, add(s("z"), holds), { op: "cases", cases: [{ value: holds, if: true }] }]) refused((x) => ({ ...x, left }), "condition-for-value");
  for (const given of [1, s("z"), { op: "and", args: [holds, s("z")] }, { op: "not", args: [1] }]) refused((x) => ({ ...x, given: [given] }), "value-for-condition");
  for (const bad of [1, s("z")]) refused((x) => ({ ...x, left: { op: "cases", cases: [{ value: 1, if: bad }] } }), "value-for-condition");
});
test("a name alone equals its definition, and nothing else is an equation of one side", () => {
  refused((x) => ({ ...x, right: undefined }), "one-side");
  const names = { a: { name: "a", definition: add(s("z"), s("z")) } };
  assert.deepEqual(read({ ...statement(s("z")), kind: "equation", left: name("a"), names, right: undefined }).right, name("a"));
});
test("orders, facts, binders and tables that are none are refused", () => {
  const call = (order) => ({ op: "call", function: "g", order, args: [s("z")] }), by = (...times) => ({ op: "derivative", args: [s("z")], by: times.map((n) => ({ variable: s("z"), times: n })) });
  for (const order of [-1, 0, 0.5, "1", null]) refused((x) => ({ ...x, functions: { g: { name: "g" } }, left: call(order) }), "order");
  for (const times of [-1, 0]) refused((x) => ({ ...x, left: by(times) }), "order");
  for (const times of [0.5, "1", undefined]) refused((x) => ({ ...x, left: by(times) }), "not-a-tree");
  refused((x) => ({ ...x, left: { op: "derivative", args: [s("z")], by: [null] } }), "operation");
  for (const facts of [undefined, null, { real: "yes" }]) refused((x) => ({ ...x, symbols: { z: { name: "z", facts } } }), "facts");
  for (const bind of [null, [], [null], "k"]) refused((x) => ({ ...x, left: { op: "sum", bind, body: 1 } }), "binders");
  refused((x) => ({ ...x, left: { op: "sum", bind: [{ id: "k#1", name: "k", facts: {} }], body: 1 } }), "not-a-tree");
  refused((x) => ({ ...x, left: { op: "sum", bind: [{ id: 1, name: "k", low: 0, high: 1 }], body: 1 } }), "id");
  for (const id of ["constructor", "toString", "__proto__"]) {
    refused((x) => ({ ...x, symbols: JSON.parse(`{"${id}": {"name": "c", "facts": {"real": true}}}`), left: s(id) }), "id");
    refused((x) => ({ ...x, left: { op: id, id: "z" } }), "operation");
  }
  for (const key of ["symbols", "names", "given", "steps", "conditions"]) refused((x) => ({ ...x, [key]: null }), "not-a-tree");
  refused((x) => ({ ...x, symbols: { z: null } }), "not-a-tree");
  refused((x) => ({ ...x, left: { op: "cases", cases: [null] } }), "operation");
  refused((x) => ({ ...x, left: { op: "rows", rows: [null] } }), "operation");
});
test("what is too deep, too long or too large is given up, not waited for", () => {
  let deep = s("z");
  for (let k = 0; k < 20000; k++) deep = pow(deep, 1);
  const z = statement(s("z"), s("z"));
  assert.equal(judge({ ...z, left: deep }).reason.code, "too-deep");
  for (const left of [pow(2, -1000000000), pow({ op: "rational", value: "1/3" }, { op: "rational", value: "1000000001/2" }),
    { op: "decimal", value: "1e-999999999" }, fold("sum", "k#1", 0, 1000000000, bound("k#1")),
    { op: "total", args: [{ op: "ones", args: [100000, 100000] }] }, { op: "trace", args: [{ op: "matpow", args: [M("S"), 1000000000] }] }])
    assert.notEqual(judge(statement(left, 7)).verdict, "proved");
});
test("orders above ten, large sizes and proofs of what numbers refute are not waited for", () => {
  const X = M("X"), large = (left, right, size) => statement(left, right, { tables: { symbols: statement(s("z")).symbols, matrices: { X: { name: "X", rows: size, cols: size } } } });
  const often = (times) => ({ op: "derivative", args: [s("z")], by: [{ variable: s("z"), times }] });
  assert.equal(judge(statement(often(10), 0)).verdict, "undecided"); // the numbers take two slopes and no more: no point
  for (const times of [11, 1e9]) assert.equal(judge(statement(often(times), 0)).reason.code, "high-order");
  assert.equal(judge(statement({ op: "call", function: "g", order: 11, args: [s("z")] }, 0)).verdict, "refuted");
  for (const [x, size] of [[matmul(X, X), 60], [{ op: "hadamard", args: [X, X] }, 30], [{ op: "matpow", args: [X, 6] }, 100]])
    assert.notEqual(judge(large(x, X, size)).verdict, "proved");
  const z = s("z"), sigma = (x) => ({ op: "call", function: "sigma", args: [x] }), deep = { op: "hess", args: [sigma(sigma(sigma(sigma(sigma(z))))), z] };
  assert.equal(judge(statement(deep, 1)).verdict, "refuted");
});
test("the judgement on what cannot be read, or does not fit, says so and claims nothing", () => {
  assert.deepEqual(judge({}).verdict, "unreadable");
  assert.equal(judge(statement(matmul(M("A"), M("A")), M("A"))).verdict, "does-not-fit");
  assert.equal(judge(statement(M("A"), M("S"))).verdict, "does-not-fit");
  const defined = { ...statement(name("a"), 1, { tables: { names: { a: { name: "a", definition: 1 } } } }), kind: "definition" };
  assert.equal(judge(defined).verdict, "definition");
});
