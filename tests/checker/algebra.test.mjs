import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Unknown, begin } from "../../src/checker/algebra/session.mjs";
import { rational } from "../../src/checker/algebra/rational.mjs";
import { UNIT, add, atom, constant, entry, index, mul, neg, scale, sub, symbol } from "../../src/checker/algebra/polynomial.mjs";
import { delta } from "../../src/checker/algebra/products.mjs";
import { divided, inverse, power, root } from "../../src/checker/algebra/powers.mjs";
import { apply } from "../../src/checker/algebra/functions.mjs";
import { derivative } from "../../src/checker/algebra/derivative.mjs";
import { replace } from "../../src/checker/algebra/substitution.mjs";
import { sumOver } from "../../src/checker/algebra/sums.mjs";

beforeEach(() => begin());
const size = (name) => atom(symbol(name, { integer: true, positive: true }));
const number = (name, facts) => atom(symbol(name, facts));
const X = (i, j) => atom(entry("X", i, j));
const half = rational(1, 2);

test("rationals are exact and in lowest terms", () => {
  assert.equal(`${rational(1, 3).plus(rational(1, 6))}`, "1/2");
  assert.equal(`${rational(-2, -4)}`, "1/2");
  assert.equal(`${rational(10n ** 30n, 3n).times(rational(3, 10n ** 29n))}`, "10");
  assert.throws(() => rational(1).over(rational(0)), { code: "division-by-zero" });
});
test("sums that differ in the names of their indices are one, others are not", () => {
  const n = size("n"), sum = (f) => { const i = index(n), j = index(n); return sumOver([i, j], f(atom(i), atom(j))); };
  assert.equal(sum((i, j) => mul(X(i, j), X(j, i))).key, sum((i, j) => mul(X(j, i), X(i, j))).key);
  assert.equal(sum((i, j) => mul(X(i, j), X(i, i))).key, sum((j, i) => mul(X(i, j), X(i, i))).key);
  assert.notEqual(sum((i, j) => mul(X(i, j), X(j, i))).key, sum((i, j) => mul(X(i, j), X(i, j))).key);
});
test("an index that is put into a sum is not caught by it", () => {
  const n = size("n"), i = index(n), k = index(n), zero = constant(0);
  const row = sumOver([k], mul(X(atom(i), atom(k)), X(atom(k), atom(i))));
  const outer = index(n), whole = sumOver([outer], mul(X(atom(outer), zero), replace(row, i, atom(outer))));
  const [a, b] = [index(n), index(n)];
  assert.equal(whole.key, sumOver([a, b], mul(X(atom(a), zero), X(atom(a), atom(b)), X(atom(b), atom(a)))).key);
});
test("a delta picks one term, a sum of ones counts, and ranges are not confused", () => {
  const n = size("n"), k = index(n), j = index(n), other = index(size("m"));
  assert.equal(sumOver([k], mul(delta(atom(k), atom(j)), X(atom(k), atom(k)))).key, X(atom(j), atom(j)).key);
  assert.equal(sumOver([k], constant(3)).key, scale(n, 3).key);
  assert.throws(() => sumOver([k], mul(delta(atom(k), atom(other)), X(atom(k), atom(k)))), Unknown);
});
test("a sum of n + 1 terms is one of n terms and the last", () => {
  const n = size("n"), long = index(add(n, UNIT)), short = index(n), f = (k) => X(atom(k), atom(k));
  assert.equal(sumOver([long], f(long)).key, add(sumOver([short], f(short)), X(n, n)).key);
});
test("powers keep to what holds for all real numbers", () => {
  const z = number("z"), p = number("p", { positive: true });
  assert.equal(power(mul(p, p), half).key, p.key);
  assert.equal(power(mul(z, z), half).key, apply("abs", z).key);
  assert.notEqual(power(power(z, half), rational(2)).key, power(mul(z, z), half).key);
  assert.equal(mul(power(constant(8), half), power(constant(2), half)).key, constant(4).key);
  assert.throws(() => inverse(sub(z, z)), { code: "division-by-zero" });
});
test("a logarithm is split at positive factors alone", () => {
  const z = number("z"), p = number("p", { positive: true }), q = number("q", { positive: true });
  assert.equal(apply("log", mul(p, q)).key, add(apply("log", p), apply("log", q)).key);
  assert.notEqual(apply("log", mul(z, z)).key, scale(apply("log", z), 2).key);
  assert.equal(apply("log", apply("exp", z)).key, z.key);
});
test("a bracket is its own square, and what lies on one side of a kink is known there", () => {
  const z = number("z"), up = apply("above", z), at = apply("at", z);
  assert.equal(mul(up, up).key, up.key);
  assert.ok(mul(at, z).zero);
  assert.ok(mul(up, at).zero);
  assert.equal(mul(apply("above", sub(z, UNIT)), up).key, apply("above", sub(z, UNIT)).key);
  assert.equal(add(up, at, apply("above", neg(z))).key, UNIT.key);
});
test("what a case divides by must not vanish where it does not apply", () => {
  const z = number("z"), r = number("r"), at = apply("at", z);
  assert.throws(() => inverse(add(at, mul(sub(UNIT, at), add(r, z)))), { code: "guarded-denominator" });
});
test("slopes", () => {
  const x = symbol("x"), y = number("y"), s = apply("sigmoid", atom(x));
  assert.equal(derivative(add(mul(atom(x), atom(x), y), scale(atom(x), 3)), x).key, add(scale(mul(atom(x), y), 2), constant(3)).key);
  assert.equal(derivative(apply("log", add(UNIT, apply("exp", atom(x)))), x).key, s.key);
});
test("division and square roots of polynomials", () => {
  const x = number("x"), y = number("y"), d = add(x, y);
  assert.equal(divided(mul(d, sub(x, y)), d).key, sub(x, y).key);
  assert.equal(divided(add(x, UNIT), d), null);
  assert.equal(mul(root(mul(d, d)), root(mul(d, d))).key, mul(d, d).key);
  assert.equal(root(add(mul(x, x), UNIT)), null);
});
