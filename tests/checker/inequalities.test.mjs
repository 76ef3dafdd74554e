// What is never negative, sums of powers of places, squares of the cosine: what the proof, which never evaluates, shows,
// and what it must not.
import assert from "node:assert/strict";
import test from "node:test";
import { judge, prove } from "../../src/checker/index.mjs";
import { asked } from "../../src/checker/typed.mjs";

const LETTERS = ["X: m x n", "x: n x 1", "y: n x 1", "a", "b", "u > 0", "v > 0", "z", "i: index", "g()"];
const stated = (text) => asked(text, LETTERS);

const TRUE = [
  "exp(z) >= 1 + z", "1 - z <= exp(-z)", "e^z + e^{-z} >= 2", "u e^z >= u + u z", "e^{a + b} >= 1 + a + b", "sum(exp(x)) >= n + sum(x)",
  "log(u) <= u - 1", "log(u) >= 1 - 1 / u", "log(1 + z) <= z", "u log(u) >= u - 1", "u log(u / v) >= u - v", "z - 1 - log(z) >= 0", "log(u) <= u",
  "|a + b| <= |a| + |b|", "|a - b| >= |a| - |b|", "||a| - |b|| <= |a - b|", "|a + b + z| <= |a| + |b| + |z|", "|x_i + y_i| <= |x_i| + |y_i|",
  "sum(abs(x + y)) <= sum(abs(x)) + sum(abs(y))", "max(a + b, 0) <= max(a, 0) + max(b, 0)", "max(a, b) <= |a| + |b|", "||z| - 1| <= |z| + 1",
  "sum_{k=1}^n k = n (n + 1) / 2", "sum_{k=1}^n k^2 = n (n + 1) (2 n + 1) / 6", "sum_{k=1}^n k^3 = (sum_{k=1}^n k)^2", "sum_{k=1}^n (2 k - 1) = n^2",
  "sum_{k=1}^n k^7 = n^8/8 + n^7/2 + 7n^6/12 - 7n^4/24 + n^2/12", "sum_{i=1}^m sum_{j=1}^n i j = m (m + 1) n (n + 1) / 4", "sum_{k=1}^n k z^2 = n (n + 1) z^2 / 2",
  "sin(z)^2 + cos(z)^2 = 1", "cos(z)^4 - sin(z)^4 = cos(z)^2 - sin(z)^2", "∂/∂z [sin(z) cos(z)] = cos(z)^2 - sin(z)^2", "norm([cos(z); sin(z)]) = 1",
];
const FALSE = [
  "exp(z) >= 1 + 2 z", "exp(z) >= 1 + z + z^2 / 2", "exp(z) <= 1 + z", "-exp(z) >= -1 - z", "a e^z >= a + a z", "e^z - e^{-z} >= 2 z", "sum(exp(x)) >= n + sum(x) + 1 / 9",
  "log(u) <= u - 2", "log(u) >= 1 - u", "log(u) >= u - 1", "u log(u) >= u", "u log(v / u) >= u - v", "a log(u) <= a (u - 1)", "log(u) + log(v) <= u + v - 3", "log(u) - log(v) <= u - v",
  "|a + b| >= |a| + |b|", "|a + b| <= |a| - |b|", "||a| - |b|| >= |a - b|", "|a + b| <= |a|", "|x_i + y_i| <= |x_i| + y_i", "|a - b| <= ||a| - |b||", "|a| <= a",
  "sum(abs(x + y)) >= sum(abs(x)) + sum(abs(y))", "sum(abs(x)) <= abs(sum(x))", "max(a + b, 0) >= max(a, 0) + max(b, 0)", "max(a, b) <= |a + b|", "1[a > 0] + 1[b > 0] <= 1", "1[a > 0] 1[b > 0] >= 1[a > 0]", "a 1[b > 0] >= 0",
  "sum_{k=1}^n k = n^2 / 2", "sum_{k=1}^n k^2 = n (n + 1) (2 n + 1) / 3", "sum_{k=1}^n k^2 = (sum_{k=1}^n k)^2", "sum_{i=1}^m sum_{j=1}^n i j = n^2 (n + 1)^2 / 4", "sum_{k=1}^n k x_k = n (n + 1) / 2 sum(x)",
  "cos(z)^2 + sin(a)^2 = 1", "cos(z)^3 = cos(z) - sin(z)^2", "cos(z)^2 = 1 + sin(z)^2", "cos(z)^4 = 1 - sin(z)^4", "cos(a + b)^2 = 1 - sin(a)^2 - sin(b)^2",
];

test("tangent lines, kinks, sums of powers and squares of the cosine are proved, for all sizes", () => {
  for (const text of TRUE) {
    const found = judge(stated(text), { conditions: "any" });
    assert.equal(found.verdict, "proved", `${text}: ${JSON.stringify(found.reason)}`);
  }
});
test("what is false of them is not proved, without numbers", () => {
  for (const text of FALSE) assert.equal(prove(stated(text), { conditions: "any" }).verdict, "undecided", text);
});
test("what is false of them is refuted by numbers", () => {
  for (const text of FALSE) assert.equal(judge(stated(text)).verdict, "refuted", text);
});
test("the distance from a kink is a number of its own in each case, also in a sum within others", () => {
  const text = "sum(exp(x)) - n - sum(x) + |a| + |b| - y_i^2 |z| u^2 + z^2 max_k (y_k^2 |u|) >= 0", letters = LETTERS.map((line) => (line === "u > 0" ? "u" : line));
  assert.equal(prove(asked(text, letters), { conditions: "any" }).verdict, "undecided"); // x = 0, a = b = 0, y = 1, z = 1, u = 10
});
test("a factor that a bracket brings back is not divided out again and again", () => {
  assert.equal(prove(stated("|a - b| >= log(a) max(1[u > a], b)"), { conditions: "any" }).reason.code, "no-certificate");
});
