import assert from "node:assert/strict";
import { test } from "node:test";
import { judge, prove, read } from "../../src/checker/index.mjs";
import {
  M, abs, add, apply, bound, call, cases, delta, entry, eq, exp, expectation, fold, grad, gt, half, hadamard, hess, hstack, identity, inverse, jac,
  less, log, matadd, matmul, max, mul, name, ne, ones, pow, s, sign, statement, tanh, total, trace, transpose, vstack, zeros,
} from "./statements.mjs";

const verdict = (x, options) => prove(read(x), options).verdict;
const proved = (...args) => { const found = prove(read(statement(...args))); assert.equal(found.verdict, "proved", JSON.stringify(found.reason)); };
const open = (...args) => {
  for (const conditions of ["stated", "implied"]) assert.equal(verdict(statement(...args), { conditions }), "undecided");
  assert.notEqual(judge(statement(...args)).verdict, "proved");
};
const z = s("z"), r = s("r"), n = s("n"), v = M("v"), S = M("S"), R = M("R"), minus = (x) => mul(-1, x), over = (x) => pow(x, -1);
const smooth = (order) => ({ conditions: [{ op: "smooth", function: "g", order }] });
const quadratic = total(matmul(transpose(v), S, v)), step = (x) => cases([1, gt(x, 0)], [0, true]), zero = (x) => cases([1, eq(x, 0)], [0, true]);

// ---------------------------------------------------------------- what is true
test("a gradient is proved for all sizes", () => {
  proved(grad(total(hadamard(M("A"), matmul(M("A"), S))), S), matmul(transpose(M("A")), M("A")));
  proved(grad(quadratic, v), matmul(matadd(S, transpose(S)), v));
  proved(jac(matmul(S, v), v), S);
  proved(hess(quadratic, v), matadd(S, transpose(S)));
});
test("a size is a product of sizes, and never a difference of them", () => {
  const of = (rows) => ({ tables: { matrices: { A: { name: "A", rows, cols: n } } } }), slope = [grad(total(M("A")), M("A")), matmul(2, M("A"))];
  for (const rows of [mul(s("m"), n), mul(2, n, n), add(mul(s("m"), n), n, -1)]) {
    proved(grad(total(hadamard(M("A"), M("A"))), M("A")), matmul(2, M("A")), of(rows));
    assert.equal(judge(statement(...slope, of(rows))).verdict, "refuted");
  }
  for (const rows of [mul(s("m"), add(n, -1)), add(mul(n, n), mul(-1, n)), mul(n, half), mul(n, over(s("m")))])
    assert.equal(judge(statement(M("A"), M("A"), of(rows))).verdict, "does-not-fit");
});
test("sizes fit inside of functions of entries, too, and one that runs with a sum is none for all sizes", () => {
  const k = bound("k#1"), counted = fold("sum", "k#1", 1, n, total(ones(k, 1)));
  assert.equal(judge(statement(apply("t#1", trace(M("A")), S), S)).verdict, "does-not-fit");
  assert.deepEqual(judge(statement(counted, mul(half, n, add(n, 1)))).reason, { code: "no-rule", about: "bound" });
  assert.equal(judge(statement(counted, n)).verdict, "refuted");
  assert.equal(judge(statement(total(apply("t#2", trace(ones(bound("t#2"), bound("t#2"))), S)), total(S))).verdict, "undecided"); // there are no -1 rows
});
test("a delta of numbers has no slope where they are equal, and is 0 beside a fraction", () => {
  open(grad(delta(z, 1), z), 0);
  open(grad(delta(entry(v, 0, 0), z), z), 0);
  const found = judge(statement(fold("sum", "k#1", 0, less(n, 1), delta(bound("k#1"), half)), 0));
  assert.deepEqual([found.verdict, found.agreed], ["undecided", 6]);
});
test("an explanation says what an entry came to, and by which rules, as data", () => {
  const found = prove(read(statement(grad(total(hadamard(R, matmul(S, R))), S), matmul(R, transpose(R)))));
  assert.deepEqual(found.by, ["generic-entry"]);
  assert.deepEqual(new Set(found.used), new Set(["differentiated", "delta-collapsed"]));
  const { tree, symbols } = found.normal, [i, j] = Object.keys(symbols);
  assert.equal(tree.op, "sum");
  assert.deepEqual(tree.bind[0].high, { op: "add", args: [-1, n] });
  const at = (row) => entry(R, s(row), bound(tree.bind[0].id));
  assert.deepEqual(new Set(tree.body.args.map((x) => JSON.stringify(x))), new Set([at(i), at(j)].map((x) => JSON.stringify(x))));
});
test("blocks: products, transposes, functions, slopes; what holds of one block alone is not proved", () => {
  const A = M("A"), B = M("B"), one = ones(s("m"), 1), row = transpose(v), wide = hstack(A, one);
  proved(matmul(wide, vstack(S, row)), matadd(matmul(A, S), matmul(one, row)));
  proved(transpose(wide), vstack(transpose(A), transpose(one)));
  proved(apply("t#1", exp(bound("t#1")), hstack(S, v)), hstack(apply("t#2", exp(bound("t#2")), S), apply("t#3", exp(bound("t#3")), v)));
  const weights = { tables: { matrices: { A: { name: "A", rows: s("m"), cols: n }, U: { name: "U", rows: add(n, 1), cols: s("K") }, G: { name: "G", rows: s("m"), cols: s("K") } } } };
  const slope = grad(total(hadamard(matmul(wide, M("U")), M("G"))), M("U"));
  proved(slope, matmul(transpose(wide), M("G")), weights);
  open(slope, matmul(transpose(hstack(A, zeros(s("m"), 1))), M("G")), weights);
  open(slope, vstack(matmul(transpose(A), M("G")), matmul(2, transpose(one), M("G"))), weights);
  open(hstack(S, R), hstack(R, S));
  open(hstack(S, v), hstack(S, matmul(2, v)));
  open(hstack(A, one), hstack(one, A));
  open(total(hstack(S, v)), total(S));
  open(matmul(hstack(S, R), vstack(R, S)), matmul(S, R));
  open(matmul(hstack(identity(n), zeros(n, n)), vstack(S, R)), R);
  proved(matmul(hstack(identity(n), zeros(n, n)), vstack(S, R)), S);
  proved(matmul(S, B), matmul(R, B), { given: [eq(hstack(S, v), hstack(R, M("w")))] });
  open(matmul(S, v), matmul(R, M("w")), { given: [eq(hstack(S, v), hstack(v, R))] });
});
test("a fraction is no place of a range, however long", () => {
  const k = bound("k#1"), j = bound("j#2"), m = s("m");
  const pairs = fold("sum", "k#1", 0, mul(2, m), fold("sum", "j#2", 0, mul(2, m), delta(j, mul(half, k))));
  open(pairs, add(mul(2, m), 1));
  open(fold("sum", "k#1", 0, add(n, 5), delta(k, add(n, half))), 1);
  open(entry(ones(add(n, 1), 1), half, 0), 1);
  proved(fold("sum", "k#1", 0, add(n, 5), delta(k, add(n, 1))), 1);
});
test("a delta that speaks of one index twice says of no place what it is", () => {
  const k = bound("k#1"), twice = fold("sum", "k#1", 0, add(n, -1), delta(k, add(n, -1, minus(k))));
  open(twice, 1);
  const even = mul(z, ...Array.from({ length: 13 }, (_, t) => add(n, -2 * (t + 1))));
  open(mul(even, twice), even);
  open(fold("sum", "j#2", 0, add(n, -1), mul(delta(bound("j#2"), add(n, -1, minus(bound("j#2")))), entry(v, bound("j#2"), 0))), 0);
});
test("what is left open is told as a tree", () => {
  const { reason } = prove(read(statement(trace(S), total(S))));
  assert.equal(reason.code, "not-closed");
  assert.equal(reason.left.tree.op, "add");
});
test("functions of one number", () => {
  const sigma = (x) => call("sigma", x);
  proved(grad(sigma(z), z), mul(sigma(z), add(1, minus(sigma(z)))));
  proved(sigma(minus(z)), add(1, minus(sigma(z))));
  proved(grad(tanh(z), z), add(1, minus(pow(tanh(z), 2))));
  proved(grad(call("g", pow(z, 2)), z), mul(2, z, call("g", pow(z, 2), 1)));
  proved(log(mul(s("p"), s("q"))), add(log(s("p")), log(s("q"))));
});
test("kinks: on both sides of them and at them", () => {
  proved(abs(z), max(z, minus(z)));
  proved(add(pow(max(0, z), 2), pow(max(0, minus(z)), 2)), pow(z, 2));
  proved(mul(sign(z), z), abs(z));
});
test("hypotheses: a symmetric matrix, labels, an eigenvector", () => {
  const symmetric = { given: [eq(S, transpose(S))] }, labels = { given: [eq(hadamard(v, v), v)] };
  proved(grad(quadratic, v), matmul(2, S, v), symmetric);
  proved(apply("t#1", exp(mul(z, bound("t#1"))), v), matadd(ones(n, 1), matmul(less(exp(z), 1), v)), labels);
  proved(matmul(S, S, v), matmul(pow(z, 2), v), { given: [eq(matmul(S, v), matmul(z, v))] });
});
test("signs: squares, paired sums, a variance", () => {
  proved(total(matmul(transpose(v), transpose(S), S, v)));
  proved(add(total(hadamard(v, v)), minus(mul(over(n), pow(total(v), 2)))));
  proved(add(exp(z), exp(minus(z)), -2));
});
test("a geometric sum, where its ratio is 1 and where it is not", () => {
  const sum = fold("sum", "k#1", 0, less(n, 1), pow(s("p"), bound("k#1")));
  proved(mul(less(s("p"), 1), sum), less(pow(s("p"), n), 1));
});
test("means of random numbers by mean and variance", () => {
  proved(expectation(pow(total(hadamard(M("E"), v)), 2)), mul(pow(s("p"), 2), total(hadamard(v, v))));
});
test("a line that is proved leads on, one that is not leads nowhere", () => {
  const line = (left, right) => ({ kind: "equation", left, right, why: "", reasons: [] });
  const middle = add(mul(half, z), mul(half, z)), twice = mul(2, z, over(2));
  assert.equal(verdict(statement(z, twice, { steps: [line(z, middle), line(middle, twice)] })), "proved");
  assert.equal(verdict(statement(z, pow(z, 2), { steps: [line(z, middle), line(middle, z)] })), "undecided");
});

test("a chain to an inequality needs its last line", () => {
  const twice = add(z, z), lines = [{ kind: "equation", left: twice, right: mul(2, z), why: "", reasons: [] }, { kind: "nonnegative", left: mul(2, z), why: "", reasons: [] }];
  assert.equal(verdict(statement(twice, undefined, { steps: lines })), "undecided");
  const square = [{ kind: "equation", left: mul(z, z), right: pow(z, 2), why: "", reasons: [] }, { kind: "nonnegative", left: pow(z, 2), why: "", reasons: [] }];
  assert.equal(verdict(statement(mul(z, z), undefined, { steps: square })), "proved");
});

// ---------------------------------------------------------------- what is false, or not true everywhere
test("false identities of matrices", () => {
  open(matmul(S, R), matmul(R, S));
  open(transpose(matmul(S, R)), matmul(transpose(S), transpose(R)));
  open(trace(S), total(S));
  open(hadamard(S, R), matmul(S, R));
  open(grad(quadratic, v), matmul(2, S, v));
  open(total(ones(n, 1)), s("m"));
});
test("roots, logarithms and powers of what may be negative", () => {
  open(pow(pow(z, 2), half), z);
  assert.equal(verdict(statement(log(pow(z, 2)), mul(2, log(z)), { conditions: [ne(z, 0)] })), "undecided");
  proved(log(pow(z, 2)), mul(2, log(z)), { conditions: [gt(z, 0)] });
  proved(log(pow(z, 2)), mul(2, log(abs(z))), { conditions: [ne(z, 0)] });
  open(mul(zero(z), pow(z, less(n, 1))), 0);
});
test("a value that a bracket takes at its kink", () => {
  open(step(z), add(1, minus(step(minus(z)))));
  open(sign(z), less(mul(2, step(z)), 1));
  open(mul(over(z), z, zero(less(r, 1))), zero(r));
});
test("a denominator of one case is not cleared in the other", () => {
  const s2 = pow(sign(z), 2), d = add(1, minus(s2), mul(s2, add(r, z)));
  open(mul(z, over(d), s2, zero(r)), zero(r));
  const e = delta(s("i"), s("j")), inside = (t) => add(1, minus(e), mul(t, e)), t = less(z, 2);
  const sum = add(over(inside(less(z, 1))), over(inside(mul(less(z, 1), t))), minus(over(inside(t))));
  open(mul(add(mul(add(1, minus(e)), zero(t)), mul(sum, e)), entry(v, s("i"), 0), entry(M("w"), s("j"), 0)), 0);
});
test("a slope at a kink is claimed only under a condition", () => {
  open(grad(abs(z), z), sign(z));
  proved(grad(abs(z), z), sign(z), { conditions: [ne(z, 0)] });
  open(grad(abs(z), z), sign(z), { conditions: [ne(r, 0)] });
  open(add(pow(grad(abs(mul(r, z)), r), 2), zero(mul(r, z))), pow(z, 2));
  open(grad(total(apply("t#1", abs(bound("t#1")), v)), v), apply("t#2", sign(bound("t#2")), v));
});
// ---------------------------------------------------------------- functions by their slopes, and functions that may be any
const IMAGINARY_UNIT = { op: "constant", value: "i" };
const bySlope = (slopes) => ({
  functions: Object.fromEntries(Object.entries(slopes).map(([id, body]) => {
    return [id, { name: id, slope: { bind: [{ id: `${id}#1`, name: "t" }], body: body(bound(`${id}#1`)) } }];
  })),
});
test("what the given slope of a function needs is needed of its argument, at every order", () => {
  const u = (t) => less(pow(t, 2), 1), U = u(z), away = { conditions: [ne(U, 0)] };
  const tables = bySlope({ g: (t) => abs(u(t)), h: (t) => cases([minus(u(t)), gt(0, u(t))], [u(t), true]) });
  const difference = (order) => add(call("h", z, order), minus(call("g", z, order)));
  for (const side of [grad(difference(1), z), grad(grad(difference(0), z), z), difference(2)]) {
    open(side, mul(4, z, zero(U)), { tables });
    proved(side, 0, { tables, ...away });
  }
  const inside = total(apply("t#1", call("g", bound("t#1"), 1), v));
  open(grad(inside, v), grad(total(apply("t#2", call("h", bound("t#2"), 1), v)), v), { tables });
  const logarithm = bySlope({ g: over });
  assert.equal(prove(read(statement(mul(grad(call("g", z), z), z), 1, { tables: logarithm }))).reason.code, "condition-not-stated");
  proved(mul(grad(call("g", add(1, pow(z, 2))), z), add(1, pow(z, 2))), mul(2, z), { tables: logarithm });
});
test("the slope of a function holds no letter but its argument", () => {
  const tables = bySlope({ g: (t) => cases([1, gt(t, 0)], [r, true]) });
  const { verdict: found, reason } = judge(statement(grad(call("g", z), r), 0, { tables }));
  assert.deepEqual([found, reason], ["unreadable", { code: "slope-of-letters", about: "r" }]);
});
test("a function that may be any has one slope, and others under a condition", () => {
  const g = call("g", z);
  proved(mul(zero(z), grad(mul(z, g), z)), mul(zero(z), call("g", 0)));
  for (const side of [hess(g, z), grad(grad(g, z), z), grad(call("g", z, 1), z)]) {
    open(side, call("g", z, 2));
    open(side, call("g", z, 2), smooth(1));
    proved(side, call("g", z, 2), smooth(2));
  }
});
test("an adjoint is a transpose where all entries are real", () => {
  const adjoint = (x) => ({ op: "adjoint", args: [x] }), turned = matmul(IMAGINARY_UNIT, S);
  proved(adjoint(matmul(S, R)), matmul(transpose(R), transpose(S)));
  open(adjoint(turned), matmul(IMAGINARY_UNIT, transpose(S)));
  const tables = { names: { N: { name: "N", definition: turned, rows: n, cols: n } } };
  open(grad(total(adjoint(name("N"))), name("N")), ones(n, n), { tables });
});
test("a condition that is not stated leaves a claim undecided, or is listed", () => {
  const quotient = [mul(over(less(z, 1)), less(pow(z, 2), 1)), add(z, 1)];
  assert.equal(prove(read(statement(...quotient))).reason.code, "condition-not-stated");
  proved(...quotient, { conditions: [ne(z, 1)] });
  const { verdict: found, needs } = prove(read(statement(...quotient)), { conditions: "implied" });
  assert.equal(found, "proved");
  assert.equal(needs[0].sign, "nonzero");
  const scaled = [hadamard({ op: "hadamard-power", args: [v, -1] }, v, M("w")), M("w")];
  assert.equal(prove(read(statement(...scaled)), { conditions: "implied" }).needs.length, 1);
  proved(...scaled, { conditions: [ne(entry(v, s("i"), 0), 0)] });
  assert.equal(prove(read(statement(...quotient, { conditions: [ne(z, 2)] }))).reason.code, "condition-not-stated");
  assert.equal(prove(read(statement(...quotient, { conditions: [ne(entry(v, s("i"), 0), 1)] }))).verdict, "undecided");
});
test("a need that all values meet is no condition", () => {
  proved(over(add(1, exp(z))), add(1, minus(mul(exp(z), over(add(1, exp(z)))))));
  proved(log(add(1, pow(z, 2))), minus(log(over(add(1, pow(z, 2))))));
});
test("sums of fewer than no terms have no meaning, and entries outside have no value", () => {
  const sum = (high, body) => fold("sum", "k#1", 0, high, body(bound("k#1")));
  open(sum(less(n, 3), () => 1), less(n, 2));
  proved(sum(less(n, 2), () => 1), less(n, 1));
  open(sum(n, (k) => entry(v, k, 0)), total(v));
  open(entry(v, 1, 0), entry(v, 1, 0));
});
test("a need under a sum that may be empty is no need", () => {
  const sum = (id) => fold("sum", id, 0, less(n, 2), over(z));
  open(add(sum("k#1"), zero(z)), sum("k#2"));
});
test("what may not apply says nothing of the values", () => {
  const later = cases([1, gt(add(1, z), 0)], [2, gt(log(minus(z)), 0)], [3, true]);
  open(add(mul(0, later), step(z)), 0);
  open(add(mul(0, { op: "heaviside", args: [add(1, pow(z, 2)), log(z)] }), sign(z)), mul(sign(z), sign(z)));
  const product = (id) => fold("product", id, 0, less(n, 1), entry(v, bound(id), 0));
  open(product("k#1"), abs(product("k#2")));
  open(mul(step(z), over(z), z), 1);
});
test("the square of i is not one of a real number", () => {
  open(pow({ op: "constant", value: "i" }, 2));
  open(mul(pow({ op: "constant", value: "i" }, 2), pow(z, 2)));
});
test("symbols that are not real, sizes below one, and letters like the prover's own are refused", () => {
  const complex = statement(pow(z, 2));
  assert.equal(prove(read({ ...complex, symbols: { z: { name: "z", facts: {} } } })).reason.code, "not-real");
  assert.equal(judge(statement(total(ones(less(n, 1), 1)), less(n, 1))).verdict, "does-not-fit");
  assert.equal(judge({ ...complex, symbols: { ...complex.symbols, "\u0000i": { name: "i", facts: { real: true } } } }).verdict, "unreadable");
});
test("one entry says nothing of the others", () => {
  open(total(v), n, { given: [eq(entry(v, s("i"), 0), 1)] });
  open(entry(v, s("j"), 0), 1, { given: [eq(entry(v, s("i"), 0), 1)] });
  proved(entry(v, s("i"), 0), 1, { given: [eq(entry(v, s("i"), 0), 1)] });
  const first = entry(M("Y"), s("i"), 0);
  open(hadamard(M("Y"), M("Y")), M("Y"), { given: [eq(mul(first, first), first)] });
});
test("hypotheses do not change a slope", () => {
  const labels = { given: [eq(hadamard(v, v), v)] };
  proved(grad(total(hadamard(v, v)), v), matmul(2, v), labels);
  open(grad(total(hadamard(v, v)), v), ones(n, 1), labels);
});
test("what is given says no more than its values do: its powers and slopes need what those of the sides need", () => {
  const product = fold("product", "k#1", 0, less(n, 1), entry(v, bound("k#1"), 0)), positive = [gt(entry(v, s("i"), 0), 0)];
  open(abs(r), r, { given: [eq(r, product)] });
  assert.equal(judge(statement(abs(r), r, { given: [eq(r, product)] })).verdict, "refuted");
  proved(abs(r), r, { given: [eq(r, product)], conditions: positive });
  open(r, undefined, { given: [eq(r, mul(step(less(z, 1000)), product))] });
  open(abs(r), r, { given: [eq(r, pow(z, n))] });
  proved(abs(r), r, { given: [eq(r, pow(z, n))], conditions: [gt(z, 0)] });
  const even = grad(add(max(0, z), minus(max(0, minus(z)))), z); // 1, also at z = 0
  open(add(r, zero(z)), 1, { given: [eq(r, even)] });
  proved(add(r, zero(z)), 1, { given: [eq(r, even)], conditions: [ne(z, 0)] });
  open(add(zero(add(1, minus(zero(z)))), zero(z)), 0, { conditions: [ne(even, 0)] });
  proved(exp(r), z, { given: [eq(r, log(z))] }); // what is given has a value
});
test("a sign that holds at a place is not one around it, where slopes are taken", () => {
  const weight = mul(-1, pow(z, 2), r), ge = (x, y) => ({ op: "ge", args: [x, y] });
  const top = (id, c) => fold("maximum", id, 0, less(n, 1), mul(c, entry(v, bound(id), 0)));
  const bend = (id) => hess(top(id, weight), z), claimed = (id) => mul(-2, r, top(id, 1)); // at z = 0 and r = 1 it is that of the least
  open(bend("k#1"), claimed("k#2"), { given: [ge(weight, 0)] });
  open(bend("k#1"), claimed("k#2"), { conditions: [ge(weight, 0)] });
  open(add(bend("k#1"), mul(0, pow(weight, half))), claimed("k#2"));
  const N = { tables: { names: { N: { name: "N", definition: top("k#1", weight) } } }, given: [ge(weight, 0)] }; // found outside of a slope, too
  open(add(name("N"), hess(name("N"), z)), add(mul(weight, top("k#2", 1)), claimed("k#3")), N);
  proved(bend("k#1"), claimed("k#2"), { given: [gt(weight, 0)] });
  proved(hess(top("k#1", mul(pow(z, 2), r)), z), mul(2, r, top("k#2", 1)), { given: [{ op: "ge", args: [r, 0] }] }); // r stays where z moves
  proved(top("k#1", weight), mul(weight, top("k#2", 1)), { given: [ge(weight, 0)] });
});
test("a sum of what is never negative and what is positive is positive around, too, where a slope is taken", () => {
  const t = s("t"), { symbols } = statement(add(n, z, r), 0), tables = { symbols: { ...symbols, t: { name: "t", facts: { nonnegative: true } } } };
  for (const more of [1, exp(mul(-1, t))]) proved(grad(abs(add(t, more)), t), grad(add(t, more), t), { tables });
  proved(grad(max(t, -1), t), 1, { tables });
  proved(grad(grad(abs(add(mul(t, r), 1)), t), r), 1, { tables, given: [{ op: "ge", args: [r, 0] }] });
  open(grad(abs(add(mul(t, r), 1)), t), r, { tables });
  open(grad(abs(t), t), 1, { tables });
  open(grad(abs(add(t, z)), t), 1, { tables, given: [{ op: "ge", args: [z, 0] }] });
});
test("a letter that is never negative may be 0, where a slope by it asks for what is below", () => {
  const t = s("t"), { symbols } = statement(add(n, z), 0), tables = { symbols: { ...symbols, t: { name: "t", facts: { nonnegative: true } } } };
  const top = (id, c) => fold("maximum", id, 0, less(n, 1), mul(c, entry(v, bound(id), 0))), slope = grad(top("k#1", t), t);
  open(slope, top("k#2", 1), { tables });
  open(hess(top("k#1", t), t), 0, { tables });
  proved(slope, top("k#2", 1), { tables, conditions: [ne(t, 0)] });
  proved(grad(abs(t), t), 1, { tables, conditions: [ne(t, 0)] });
  assert.equal(verdict(statement(grad(abs(t), t), 1, { tables }), { conditions: "any" }), "proved");
  proved(top("k#1", t), mul(t, top("k#2", 1)), { tables });
  proved(grad(mul(z, top("k#1", t)), z), mul(t, top("k#2", 1)), { tables });
  proved(add(abs(t), pow(pow(t, 2), half)), mul(2, t), { tables });
});
test("a delta of numbers jumps: a sign that it gives to a place is not one around it", () => {
  const near = add(mul(2, delta(z, 0)), r, -1), slope = grad(cases([z, gt(r, 1)], [mul(z, step(near)), true]), z); // 0 at z = 0 and r = 1/2
  open(slope, 1, { given: [gt(near, 0)] });
  open(slope, 1, { conditions: [gt(near, 0)] });
  const here = { tables: { names: { N: { name: "N", definition: near } } }, given: [gt(name("N"), 0)] };
  open(grad(mul(z, step(name("N"))), z), 1, here);
  open(mul(z, zero(add(mul(-1, grad(mul(z, step(near)), z)), 1))), z, { given: [gt(near, 0)] });
  proved(slope, 1, { given: [gt(near, 0)], conditions: [ne(z, 0)] });
});
test("a slope by a name holds the name, and is taken by no size", () => {
  const tables = { names: { a: { name: "a", definition: pow(z, 2) }, b: { name: "b", definition: mul(3, name("a")) } } };
  proved(grad(name("b"), name("a")), 3, { tables });
  proved(grad(name("b"), z), mul(6, z), { tables });
  open(grad(pow(n, 2), n), mul(2, n));
});
test("a slope by what a law is made of needs laws on both sides", () => {
  const needs = (variance) => {
    const random = { E: { name: "E", rows: 1, cols: 1, random: { law: "any", mean: 0, variance } } };
    const square = expectation(total(hadamard(M("E"), M("E")))), x = statement(grad(square, z), grad(variance, z), { tables: { matrices: random } });
    return prove(read({ ...x, symbols: { z: { name: "z", facts: { real: true } } } }), { conditions: "any" }).needs.map(({ sign }) => sign);
  };
  assert.deepEqual(needs(z), ["positive"]);
  assert.deepEqual(needs(pow(z, 2)), []);
});
test("random numbers outside of an expectation, and moments that are not known", () => {
  open(total(M("E")), total(M("E")));
  open(expectation(total(M("E"))), total(M("E")));
  open(expectation(total(apply("t#1", pow(bound("t#1"), 4), M("E")))), mul(3, n, pow(s("p"), 4)));
});
test("a name that is held is held in the law of a random matrix, and is no random number", () => {
  const E = M("E"), x = entry(E, 0, 0), c = name("c"), law = { law: "any", mean: c, variance: pow(c, 2) };
  const tables = { matrices: { E: { name: "E", rows: n, cols: 1, random: law } }, names: { c: { name: "c", definition: add(z, 1) } } };
  proved(grad(expectation(x), c), 1, { tables });
  proved(grad(expectation(pow(x, 2)), c), mul(4, c), { tables });
  open(grad(expectation(x), c), 0, { tables });
  const random = { names: { c: { name: "c", definition: total(E) } } }, mean = expectation(grad(expectation(pow(c, 2)), c));
  for (const right of [0, mul(2, expectation(c))]) open(mean, right, { tables: random });
  proved(expectation(grad(pow(c, 2), c)), 0, { tables: random });
});
test("no condition speaks of a random number", () => {
  const x = entry(M("E"), 0, 0);
  for (const [left, right] of [[mul(x, over(x)), 1], [log(pow(x, 2)), log(pow(x, 2))]])
    for (const conditions of ["stated", "implied", "any"]) assert.equal(verdict(statement(expectation(left), expectation(right)), { conditions }), "undecided");
});
test("what is not known is undecided and never wrong", () => {
  open({ op: "erfc", args: [z] }, 0);
  open({ op: "integral", bind: [{ id: "t#1", name: "t", facts: {}, low: 0, high: z }], body: exp(pow(bound("t#1"), 2)) }, 0);
  assert.equal(prove(read(statement({ op: "erfc", args: [z] }, 0))).reason.code, "no-rule");
  open(zeros(n, 1), inverse(S));
  open(det(transpose(S)), det(S));
});

// ---------------------------------------------------------------- inverses
const det = (x) => ({ op: "determinant", args: [x] }), A = M("A"), gram = matmul(transpose(A), A), X = inverse(S), Y = inverse(R);
const INVERSES = {
  "a matrix and its inverse": [matmul(S, X), identity(n)],
  "of a transpose": [inverse(transpose(S)), transpose(X)],
  "of a product": [inverse(matmul(S, R)), matmul(Y, X)],
  "of a multiple": [inverse(matmul(2, S)), matmul(half, X)],
  "of an inverse": [inverse(X), S],
  "the normal equations": [matmul(transpose(A), A, inverse(gram), transpose(A)), transpose(A)],
  "of what is symmetric": [transpose(inverse(gram)), inverse(gram)],
  "a difference of two": [matadd(X, matmul(-1, Y)), matmul(X, matadd(R, matmul(-1, S)), Y)],
  "through what is added": [inverse(matadd(S, R)), matadd(X, matmul(-1, matmul(inverse(matadd(S, R)), R, X)))],
  "beside a slope by another letter": [grad(total(matmul(transpose(v), X, v)), v), matmul(matadd(X, transpose(X)), v)],
  "a trace": [trace(matmul(X, R, S)), trace(R)],
};
for (const [title, [left, right]] of Object.entries(INVERSES))
  test(`inverses are proved where there are some: ${title}`, () => {
    const found = judge(statement(left, right), { conditions: "any" });
    assert.equal(found.verdict, "proved", JSON.stringify(found));
    assert.ok(found.needs.length && found.needs.every(({ sign, of }) => sign === "nonzero" && of.tree.op === "determinant"));
    assert.equal(verdict(statement(left, right)), "undecided");
    assert.equal(verdict(statement(left, right, { conditions: found.needs.map(({ of }) => ne(of.tree, 0)) })), "proved");
    const wrong = statement(left, (right.op === "trace" ? mul : matmul)(2, right));
    assert.equal(judge(wrong).verdict, "refuted");
    assert.equal(verdict(wrong, { conditions: "any" }), "undecided");
  });
test("what was found of inverses is told with them, and not with letters for them", () => {
  const { normal, needs } = prove(read(statement(matmul(X, v), matmul(X, v))), { conditions: "any" });
  assert.ok(JSON.stringify(normal).includes('"inverse"') && !JSON.stringify([normal, needs]).includes("\\u0000"));
  assert.deepEqual(needs.map(({ of }) => of.tree), [det(S)]);
});
test("an inverse that moves, that differs from place to place, or that a case does without is none of its letters", () => {
  const unread = (left, right) => assert.equal(prove(read(statement(left, right)), { conditions: "any" }).verdict, "undecided");
  unread(grad(trace(X), S), zeros(n, n));
  unread(grad(trace(inverse(matmul(z, S))), z), 0);
  const named = { tables: { names: { N: { name: "N", definition: matadd(S, S), rows: n, cols: n } } } };
  assert.equal(prove(read(statement(grad(trace(inverse(name("N"))), name("N")), zeros(n, n), named)), { conditions: "any" }).verdict, "undecided");
  unread(total(apply("t#1", trace(inverse(matmul(bound("t#1"), S))), v)), total(apply("t#2", trace(inverse(matmul(bound("t#2"), S))), v)));
  unread(cases([trace(X), gt(z, 0)], [0, true]), cases([trace(X), gt(z, 0)], [0, true]));
});
test("the letter of an inverse is real, and what holds i has none", () => {
  const conditions = [ne(det(matmul({ op: "constant", value: "i" }, S)), 0)], turned = inverse(matmul({ op: "constant", value: "i" }, S));
  open(pow(total(turned), 2), undefined, { conditions });
  open({ op: "adjoint", args: [turned] }, transpose(turned), { conditions });
  const tables = { names: { q: { name: "q", definition: { op: "constant", value: "i" } } } }, named = inverse(matmul(name("q"), S));
  open(pow(abs(total(named)), 2), pow(total(named), 2), { conditions: [ne(det(matmul(name("q"), S)), 0)], tables });
});
test("an inverse needs what is needed at any place of what is inverted, not at its corner alone", () => {
  const power = pow(z, n), hidden = mul(step(less(minus(z), 1000)), add(abs(power), minus(power))); // 0 where z > 0
  const sum = matadd(identity(2), { op: "rows", rows: [[0, hidden], [0, 0]] }), conditions = [ne(det(sum), 0)];
  open(inverse(sum), identity(2), { conditions });
  assert.equal(verdict(statement(inverse(sum), identity(2), { conditions: [...conditions, gt(z, 0)] })), "proved");
});
test("that there is an inverse follows from no line, name, case or sum that a value does without", () => {
  const given = [eq(matmul(S, v), zeros(n, 1))], without = (left, right, more = {}) => {
    open(left, right, { given, ...more });
    assert.equal(judge(statement(left, right, { given, ...more })).verdict, "refuted");
    assert.equal(verdict(statement(left, right, { given, ...more, conditions: [ne(det(S), 0)] }), { conditions: "implied" }), "proved");
  };
  const line = (left, right) => ({ kind: "equation", left, right });
  without(v, zeros(n, 1), { steps: [line(v, matmul(X, S, v)), line(matmul(X, S, v), zeros(n, 1))] });
  without(v, zeros(n, 1), { tables: { names: { N: { name: "N", rows: n, cols: n, definition: X } } } });
  const sums = ["k#1", "k#2"].map((id) => fold("sum", id, 1, less(n, 1), trace(X))), tables = { names: { t: { name: "t", definition: trace(X) } } };
  without(matadd(v, matmul(sums[0], ones(n, 1))), matmul(sums[1], ones(n, 1)));
  for (const guarded of [cases([name("t"), gt(z, 0)], [0, true]), { op: "heaviside", args: [z, name("t")] }])
    without(matadd(v, matmul(guarded, ones(n, 1))), matmul(guarded, ones(n, 1)), { tables });
});
test("the error function is odd, and has its slope", () => {
  const erf = (x) => ({ op: "erf", args: [x] }), root = pow({ op: "constant", value: "pi" }, minus(half));
  proved(erf(minus(z)), minus(erf(z)));
  proved(grad(erf(mul(z, r)), z), mul(2, r, root, exp(minus(pow(mul(z, r), 2)))));
  proved(erf(add(z, minus(z))), 0);
  assert.equal(judge(statement(grad(erf(z), z), mul(root, exp(minus(pow(z, 2)))))).verdict, "refuted");
  assert.equal(judge(statement(erf(z), tanh(z))).verdict, "refuted");
});
test("an error of the prover is no proof", () => {
  const broken = statement(z, z);
  broken.symbols = new Proxy(broken.symbols, { get: (table, id) => (id === "z" ? new Proxy({}, { get() { throw new TypeError("broken"); } }) : table[id]) });
  const found = prove(broken);
  assert.equal(found.verdict, "undecided");
  assert.equal(found.reason.code, "internal-error");
});
test("a sum over ten indices that are all alike is left open before its names are tried", () => {
  const fifth = { op: "matpow", args: [S, 5] }, begun = Date.now();
  assert.equal(prove(read(statement(trace(matmul(fifth, fifth)), 0))).reason.code, "indices-alike");
  assert.ok(Date.now() - begun < 5000);
});
test("a proof that takes too long is given up", () => {
  const many = Array.from({ length: 14 }, (_, k) => add(exp(mul(k + 1, z)), call("g", mul(k + 1, r)), k + 1));
  assert.equal(prove(read(statement(mul(...many), mul(...many.toReversed(), z))), { steps: 1000 }).reason.code, "out-of-time");
});
test("to compare brackets is work that is counted", () => {
  const nested = statement(["r", "y", "x"].reduce((inner, id) => abs(add(inner, minus(s(id)))), abs(z)));
  assert.equal(prove(read(nested), { steps: 10000 }).reason.code, "out-of-time"); // all else takes two thirds of them
});
test("a relation of matrices says nothing of their first entries", () => {
  const same = cases([0, eq(entry(v, 0, 0), entry(M("w"), 0, 0))], [1, true]), first = entry(v, 0, 0);
  for (const where of ["given", "conditions"]) {
    open(same, 1, { [where]: [ne(v, M("w"))] });
    open(cases([0, eq(first, 0)], [1, true]), 1, { [where]: [ne(v, zeros(n, 1))] });
    open(abs(first), first, { [where]: [gt(v, 0)] });
    proved(same, 1, { [where]: [ne(first, entry(M("w"), 0, 0))] });
  }
  open(fold("integral", "t#1", 0, v, 1), first);
});
test("where a slope moves it needs one more, also if it falls out", () => {
  const slope = call("g", z, 1), given = [gt(slope, 0)];
  for (const u of [slope, grad(call("g", z), z)])
    for (const nothing of [add(abs(u), minus(u)), add(log(u), minus(log(u))), mul(u, over(u))]) {
      open(grad(nothing, z), 0, { given });
      open(grad(nothing, z), 0, { given, ...smooth(1) });
      proved(grad(nothing, z), 0, { given, ...smooth(2) });
      proved(grad(nothing, r), 0, { given });
    }
});
test("an integral by parts moves with one slope more of what it is of", () => {
  const mean = fold("integral", "t#1", 0, 1, call("g", add(r, mul(z, bound("t#1"))), 1)), rise = add(call("g", add(r, z)), minus(call("g", r)));
  proved(mul(z, mean), rise, smooth(1));
  const slopes = [[z, mul(pow(z, 2), grad(mean, z)), add(mul(z, call("g", add(r, z), 1)), minus(rise))], [r, mul(z, grad(mean, r)), add(call("g", add(r, z), 1), minus(call("g", r, 1)))]];
  for (const [, left, right] of slopes) {
    open(left, right, smooth(1)); // at z = 0 there is none where g' is |z|
    proved(left, right, smooth(2));
  }
});
test("a slope by a name is taken where the name has a value", () => {
  const tables = { names: { a: { name: "a", definition: pow(z, half) } } }, slope = grad(mul(3, name("a")), name("a"));
  assert.equal(verdict(statement(slope, 3, { tables })), "undecided");
  proved(slope, 3, { tables, conditions: [{ op: "ge", args: [z, 0] }] });
  const roots = { names: { Q: { name: "Q", rows: n, cols: 1, definition: apply("t#1", pow(bound("t#1"), half), v) } } };
  assert.equal(verdict(statement(grad(total(name("Q")), name("Q")), ones(n, 1), { tables: roots })), "undecided");
});
test("names that are held are told apart by whatever ids they have", () => {
  const names = (d) => ({
    [d]: { name: "D", definition: z }, A: { name: "A", definition: mul(3, name(d)) }, B: { name: "B", definition: mul(5, name(d)) },
    C: { name: "C", definition: mul(name("A"), name("B")) },
  });
  for (const d of ["D", "B;held A", 'B";held "A', "A;held B"]) {
    const left = add(grad(grad(name("C"), name("A")), name("B")), grad(name("C"), name(d)));
    const claim = (right) => ({ ...statement(left, right), names: names(d), symbols: { z: { name: "z", facts: { real: true } } }, matrices: {} });
    assert.equal(verdict(claim(1)), "undecided", d);
    assert.equal(verdict(claim(add(1, mul(30, z)))), "proved", d);
  }
});
