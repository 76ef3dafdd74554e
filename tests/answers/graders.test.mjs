import assert from "node:assert/strict";
import { test } from "node:test";
import { mathml } from "../../src/checker/printing/mathml.mjs";
import { literal } from "../../src/checker/typed.mjs";
import { faults, grade, rowsOf, understood } from "../../src/coursebook/theme/answers/graders.mjs";

const LOSS = { kind: "number", right: "log(27/16)/4", wrong: ["log(27/16)"] };
const ARRAY = { kind: "array", right: "1, 2; 3, 4", wrong: ["2, 4; 6, 8"] };
const GRADIENT = { kind: "formula", letters: ["X: m x n", "w: n x 1", "y: m x 1"], right: "X^T (X w - y) / m", wrong: ["X^T X w / m"] };
const ODDS = { kind: "formula", letters: ["a > 0"], right: "log(a)", wrong: [] };
const verdict = (field, text) => grade(field, text).verdict;

for (const text of ["log(27/16)/4", "1/4 ln(27/16)", "(log 27 - log 16)/4", "3/4 log 3 - log 2", "0.25 log(1.6875)", "0.131", "0.1308", "0.130812"])
  test(`${text} is the difference of the losses`, () => assert.equal(verdict(LOSS, text), "right"));
test("a rounded decimal is right to its digits, an exact one is proved", () => {
  assert.equal(grade(LOSS, "0.1308").by, "digits");
  assert.equal(grade({ ...LOSS, right: "1/4", wrong: [] }, "0.25").by, "proved");
});
test("a decimal that is rounded wrongly is wrong, and one of two digits is no answer yet", () => {
  assert.equal(verdict(LOSS, "0.1307"), "wrong");
  assert.equal(verdict(LOSS, "0.13"), "coarse");
});
test("a decimal may have a power of ten", () => {
  const small = { kind: "number", right: "16/90000", wrong: [] };
  for (const text of ["1.78e-4", "1.778E-4", "17.8e-5", "0.178e-3"]) assert.equal(grade(small, text).by, "digits", text);
  assert.equal(grade({ ...small, right: "9/10^4" }, "9.0e-4").by, "proved");
  assert.deepEqual(["1.79e-4", "1.78e-3", "-1.78e-4"].map((text) => verdict(small, text)), ["wrong", "wrong", "wrong"]);
  assert.equal(verdict(small, "1.8e-4"), "coarse");
});
test("a decimal may have its power of ten written out, as the figures write it and in LaTeX too", () => {
  const small = { kind: "number", right: "16/90000", wrong: [] };
  for (const text of ["1.78*10^-4", "1.778 × 10^(-4)", "17.8 · 10**-5", "1.78·10⁻⁴", "1.78 \\cdot 10^{-4}", "1.78\\times10^{−4}", "1.78 10^-4"]) assert.equal(grade(small, text).by, "digits", text);
  assert.equal(grade({ ...small, right: "34160000" }, "3.416·10⁷").by, "proved");
  assert.equal(verdict({ kind: "array", right: "16/90000, 2", wrong: [] }, "1.78·10⁻⁴, 2"), "right");
  assert.equal(verdict(small, "1.8*10^-4"), "coarse");
  assert.deepEqual(["1.79*10^-4", "1.78*10^4", "1.78*10^-4 + 1", "1.78*10^-4*2", "2*1.78*10^-4"].map((text) => verdict(small, text)), Array(5).fill("wrong"));
  assert.equal(grade(small, "-1.78·10⁻⁴").slip, "sign-turned");
});
test("a decimal with a power of ten is rounded as others are", () => {
  assert.deepEqual(["1.308e-1", "1.31e−1", "13.08E-2", "1.3e-1", "1.309e-1"].map((text) => verdict(LOSS, text)), ["right", "right", "right", "coarse", "wrong"]);
  const small = { ...LOSS, right: "exp(-50)", wrong: [] };
  assert.deepEqual(["1.93e-22", "1.92e-22", "0.000"].map((text) => verdict(small, text)), ["right", "wrong", "coarse"]);
});
test("where an answer needs more slopes than the right one, that is told", () => {
  const slope = { kind: "formula", letters: ["z", "g()"], right: "g'(z)", wrong: [] };
  assert.deepEqual(grade(slope, "g'(z) + g''(z) - g''(z)").where.map(({ tree }) => [tree.op, tree.order]), [["smooth", 2]]);
});
test("a slip is named, as a decimal too", () => {
  assert.equal(grade(LOSS, "log(27/16)").slip, 0);
  assert.equal(grade(LOSS, "0.523").slip, 0);
  assert.equal(grade(LOSS, "log(16/27)/4").slip, "sign-turned");
});
test("a wrong number has no counterexample, which would be the answer", () => assert.equal(grade(LOSS, "1").apart, undefined));
test("what is no formula is not called wrong", () => {
  for (const text of ["log(", "1,5", "x", "1/0"]) assert.equal(verdict(LOSS, text), "unread", text);
});

for (const text of ["[[1, 2], [3, 4]]", "1 2; 3 4", "1, 2\n3, 4", "(1, 2; 3, 4)", "[1.0 2.0; 6/2 2^2]", "[[1,2],[3,4]]", "\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}"])
  test(`${JSON.stringify(text)} is the array`, () => assert.equal(verdict(ARRAY, text), "right"));
test("rows in round brackets are rows, and entries in round brackets are entries", () => {
  for (const text of ["(1, 2), (3, 4)", "(1, 2); (3, 4)", "((1, 2), (3, 4))", "[1, 2], [3, 4]", "[1 2] [3 4]", "(1), (2); (3), (4)", "1, 2,\n3, 4,", "\\left(1, 2; 3, 4\\right)"]) assert.equal(verdict(ARRAY, text), "right", text);
  const row = { kind: "array", right: "1/6, 1/3, 6", wrong: [] };
  for (const text of ["(1/6), (1/3), (6)", "(1/2)(1/3), (1/3), (2)(3)", "((1/2)(1/3), 1/3, 6)", "\\left(\\frac16, \\frac13, 6\\right)"]) assert.equal(verdict(row, text), "right", text);
  assert.deepEqual(["(1, 2), (4, 3)", "(3, 4), (1, 2)"].map((text) => verdict(ARRAY, text)), ["wrong", "wrong"]);
});
test("a fault is told with the text in which it stands", () => {
  const marked = (field, text) => { const { error } = grade(field, text); return [error.text, error.text.slice(error.offset, error.offset + error.length)]; };
  assert.deepEqual(marked(ARRAY, "1, 2; 3, 1 + x"), ["1 + x", "x"]);
  assert.deepEqual(marked(LOSS, "= 2 + x"), ["2 + x", "x"]);
  assert.deepEqual(marked({ kind: "numbers", letters: ["a", "b"], where: ["a > b"], wrong: [] }, "2, y"), ["y", "y"]);
  assert.deepEqual(marked(MIRROR, "e^(-z)/(e^(-z) + 1)\n= 1 - q"), ["1 - q", "q"]);
});
test("an answer may begin with an equals sign", () => {
  assert.deepEqual(["= log(27/16)/4", "≈ 0.1308", "\\approx 0.131", "= 0.1307"].map((text) => verdict(LOSS, text)), ["right", "right", "right", "wrong"]);
  assert.deepEqual([verdict(ARRAY, "= (1, 2; 3, 4)"), verdict(LOSS, "= "), understood(LOSS, "= 1/2") !== null], ["right", "unread", true]);
});
test("slips of an array are named: the author's, a transpose, a sign", () => {
  assert.deepEqual(["2 4; 6 8", "1 3; 2 4", "-1 -2; -3 -4"].map((text) => grade(ARRAY, text).slip), [0, "transpose-added", "sign-turned"]);
});
test("the right numbers in another order are named, in any spelling, and others are not", () => {
  const row = { kind: "array", right: "3/5, 4/5, 3/5", wrong: [] };
  assert.deepEqual(["0.8, 3/5, 6/10", "4/5, 3/5, 3/5", "3/5, 4/5, 4/5", "3/5, 3/5, 1"].map((text) => grade(row, text).reordered), [true, true, undefined, undefined]);
  assert.deepEqual([grade(ARRAY, "4 3; 2 1").reordered, grade(ARRAY, "1 3; 2 4").slip], [true, "transpose-added"]);
});
test("an array says how much of it is right", () => {
  assert.deepEqual(grade(ARRAY, "1 2; 3 5").entry, { row: 2, column: 2, count: 3, total: 4 });
});
test("an array with its sign turned is named though an entry is 0", () => {
  assert.equal(grade({ kind: "array", right: "1/4, -1/2, 0", wrong: [] }, "-1/4, 1/2, 0").slip, "sign-turned");
});
test("the right numbers in a column in place of a row are not called wrong: their sizes do not fit", () => {
  assert.deepEqual(grade({ kind: "array", right: "3/5, 16/25", wrong: [] }, "3/5; 16/25").shapes, [[1, 2], [2, 1]]);
});
test("an array of other sizes does not fit", () => {
  assert.deepEqual(grade(ARRAY, "1 2 3").shapes, [[2, 2], [1, 3]]);
  assert.equal(verdict(ARRAY, "[[1, 2], [3]]"), "misfit");
});
test("rows are told by brackets, semicolons and lines", () => {
  for (const text of ["[[1], [2]]", "1; 2", "1\n2", "[1; 2]"]) assert.deepEqual(rowsOf(text), [["1"], ["2"]], text);
});

for (const text of ["X' (X w - y) / m", "1/m * X^T X w - X^T y / m", "-X^T (y - X w) / m", "((X w - y)^T X)^T / m", "X^T (X w / m - y / m)"])
  test(`${text} is the gradient`, () => assert.equal(grade(GRADIENT, text).by, "proved-all"));
test("numbers against a formula count its indices from 1", () => {
  const { values } = grade({ kind: "formula", letters: ["v: n x 1", "i: index"], right: "v_i", wrong: [] }, "v_1").apart;
  assert.deepEqual(values, { n: 2, v: [[0], [1]], i: 2 });
});
test("an index that stands as a number, too, is refused, not called wrong", () => {
  const graded = (right, text) => grade({ kind: "formula", letters: ["x: n x 1", "i: index"], right, wrong: [] }, text).error?.code;
  assert.equal(graded("x_i", "x_i 1[i >= 1]"), "index-and-number");
  assert.equal(graded("sum_{k=1}^i x_k", "sum_{k=1}^{i-1} x_k + x_i"), "index-and-number");
});
test("a wrong formula has its slip and a counterexample of small sizes", () => {
  const { verdict, slip, apart } = grade(GRADIENT, "X^T (X w - y)");
  assert.deepEqual([verdict, slip, apart.values.m, apart.values.n], ["wrong", "sum-for-mean", 2, 1]);
  assert.equal(grade(GRADIENT, "X^T (y - X w) / m").slip, "sign-turned");
  assert.equal(grade(GRADIENT, "X^T X w / m").slip, 0);
  assert.equal(grade(GRADIENT, "7 X^T y").slip, undefined);
});
test("what does not fit is not called wrong", () => {
  for (const text of ["X (X w - y)", "(X w - y)^T X / m"]) assert.equal(verdict(GRADIENT, text), "misfit", text);
});
test("a slope that was to be found is no answer", () => assert.equal(verdict(GRADIENT, "grad(||X w - y||^2 / (2 m), w)"), "asked"));
test("sums and slopes of functions are judged, whatever their variables are called", () => {
  const sum = { kind: "formula", letters: ["x: n x 1", "g()"], right: "sum_{i=1}^n g'(x_i)", wrong: [] };
  assert.deepEqual(["sum_{i=1}^n g'(x_i)", "sum_{k=1}^n g'(x_k)", "sum_{k=1}^n g(x_k)"].map((text) => grade(sum, text).slip ?? grade(sum, text).verdict), ["right", "right", "function-for-slope"]);
});
test("what neither proof nor numbers decide is not called wrong", () => {
  const turned = { kind: "formula", letters: ["x: n x 1", "g()"], right: "sum_{i=1}^n g(x_i)", wrong: [] };
  assert.equal(verdict(turned, "sum_{i=1}^n g(x_{n + 1 - i})"), "undecided");
});
test("a formula that holds in fewer places is right where it holds", () => {
  const found = grade({ ...ODDS, letters: ["a"], right: "a", wrong: [] }, "a^2 / a");
  assert.deepEqual([found.verdict, found.where.map(({ tree }) => tree.op)], ["right", ["ne"]]);
  assert.deepEqual(grade(ODDS, "2 log(a) - log(a)").where, []);
});
test("a root of a small number is the number that it is", () => {
  for (const text of ["(10^(-6))^(1/3)", "0.000001^(1/3)", "exp(log(10^-6)/3)"]) assert.equal(grade({ kind: "number", right: "1/100", wrong: [] }, text).by, "proved", text);
});
const MIRROR = { kind: "derivation", letters: ["z"], from: "1/(1 + e^z)", right: "1 - 1/(1 + e^(-z))", wrong: [] };
test("a derivation is right if each line equals the one above it and the last is the end", () => {
  const found = grade(MIRROR, "= e^(-z)/(e^(-z) + 1)\n= (1 + e^(-z) - 1)/(1 + e^(-z))\n= 1 - 1/(1 + e^(-z))");
  assert.deepEqual([found.verdict, found.by, found.all.length], ["right", "lines", 4]);
  assert.equal(verdict(MIRROR, "e^(-z)/(e^(-z) + 1)\n-1/(e^(-z) + 1) + 1"), "right");
});
test("a function of one line of a derivation is known to the next", () => {
  assert.equal(verdict(MIRROR, "sigma(-z)\n1 - sigma(z)\n1 - 1/(1 + e^(-z))"), "right");
});
test("the first equals sign of a derivation that fails is told, with numbers against it", () => {
  const found = grade(MIRROR, "e^(-z)/(e^(-z) + 1)\n1/(1 + e^(-z))\n1 - 1/(1 + e^(-z))");
  assert.deepEqual([found.verdict, found.line, found.apart.left === found.apart.right], ["wrong", 2, false]);
});
test("a derivation that leaves all to one sign, stops early or repeats a line is not finished", () => {
  assert.equal(verdict(MIRROR, "1 - 1/(1 + e^(-z))"), "unfinished");
  assert.equal(verdict(MIRROR, "e^(-z)/(e^(-z) + 1)\n(1 + e^(-z) - 1)/(1 + e^(-z))"), "unfinished");
  assert.equal(verdict(MIRROR, "1/(1 + e^z)\n1 - 1/(1 + e^(-z))"), "unfinished");
  assert.equal(verdict(MIRROR, "e^(-z)/(e^(-z) + 1)\ne^(-z)/(e^(-z) + 1)\n1 - 1/(1 + e^(-z))"), "asked");
  assert.deepEqual([grade(MIRROR, "e^(-z)/(").verdict, grade(MIRROR, "e^(-z)/(").text], ["unread", "e^(-z)/("]);
});
test("a derivation may begin with what it is derived from, and have several equals signs in a line", () => {
  for (const text of ["1/(1 + e^z)\n= e^(-z)/(e^(-z) + 1)\n= 1 - 1/(1 + e^(-z))", "1/(1 + e^z) = e^(-z)/(e^(-z) + 1) = 1 - 1/(1 + e^(-z))", "e^(-z)/(e^(-z) + 1) = 1 - 1/(1 + e^(-z))"])
    assert.equal(verdict(MIRROR, text), "right", text);
  const found = grade(MIRROR, "1/(1 + e^z) = e^(-z)/(e^(-z) + 1) = 1/(1 + e^(-z)) = 1 - 1/(1 + e^(-z))");
  assert.deepEqual([found.verdict, found.line, found.all.length, found.text], ["wrong", 2, 3, "1/(1 + e^(-z))"]);
});
test("the equals sign of a sum's first index parts no line of a derivation", () => {
  const summed = { kind: "derivation", letters: ["v: n x 1"], from: "sum(v)", right: "2 sum(v) - sum(v)", wrong: [] };
  assert.equal(verdict(summed, "sum_{i=1}^n v_i = 3 sum(v) - 2 sum_{i=1}^n v_i = 2 sum(v) - sum(v)"), "right");
});
test("a derivation whose ends are not equal is a fault", () => {
  assert.deepEqual(faults(MIRROR), []);
  assert.match(faults({ ...MIRROR, right: "1/(1 + e^(-z))" })[0], /is judged wrong/);
});
test("a negative decimal is printed with a minus, as a whole number is", () => {
  for (const value of [-0.47, -2]) assert.match(mathml(literal(value), {}), /<mo[^>]*>−<\/mo><mn>[\d.]+<\/mn>/);
});
test("what is typed is understood before it is judged", () => {
  assert.equal(understood(GRADIENT, "X^T y").tree.op, "matmul");
  assert.equal(understood(GRADIENT, "X^T ("), null);
  assert.equal(understood(ARRAY, "[[1, 2], [3]]"), null);
});

test("a field without fault has none", () => assert.deepEqual([LOSS, ARRAY, GRADIENT].map(faults), [[], [], []]));
test("a right answer that cannot be read, and slips that are right or not told apart, are faults", () => {
  assert.match(faults({ ...LOSS, right: "log(" })[0], /the answer log\( is not understood/);
  assert.match(faults({ ...LOSS, wrong: ["1/4 log(27/16)"] })[0], /the slip 1\/4 log\(27\/16\) is judged right/);
  assert.match(faults({ ...LOSS, wrong: ["1", "2/2"] })[0], /the slip 2\/2 is judged as the slip 0/);
  assert.match(faults({ ...GRADIENT, wrong: ["X w"] })[0], /the slip X w is not understood: Both sides need one shape/);
});

test("a condition in place of a value is told as one", () => {
  const gate = { kind: "formula", letters: ["z"], right: "1[z > 0]", wrong: [] };
  for (const [field, text] of [[gate, "z > 0"], [gate, "1[z > 0] = 1[z > 0]"], [{ kind: "number", right: "1", wrong: [] }, "1 = 1"], [ARRAY, "1 = 1, 2; 3, 4"]])
    assert.equal(grade(field, text).error?.code, "condition-for-value", text);
});

const CLOSE = { "sigma(20)": ["1"], "10^-9": ["2*10^-9"], "10^-5": ["1.0001*10^-5"], "exp(-30)": ["2 exp(-30)", "0"], 0: ["10^-9", "exp(-40)"], "1/4": ["1/4 + 10^-9"] };
for (const [right, texts] of Object.entries(CLOSE))
  test(`numbers that are only near ${right} are not called right`, () => {
    for (const text of texts) assert.notEqual(grade({ kind: "number", right, wrong: [] }, text).verdict, "right", text);
  });
test("an array with an entry that is only near is not right", () => {
  assert.notEqual(grade({ kind: "array", right: "0 1", wrong: [] }, "10^-10 1").verdict, "right");
});
const derived = (from, right, ...lines) => grade({ kind: "derivation", from, right, letters: ["z"], wrong: [] }, lines.join("\n"));
test("a derivation may not lead away from its first line, though each line equals the one above it for some values", () => {
  assert.equal(derived("(z+1)^2", "z^2+2z+1", "(z+1)(z+1)", "z^2+2z+1").verdict, "right");
  assert.deepEqual(
    [["(z+1)^2+|z|-sqrt(z)^2", "(z+1)^2+|z|-z", "(z+1)^2+sqrt(z)^2-z"], ["(sqrt(z)^2+1)^2", "(|z|+1)^2", "(exp(log(z))+1)^2"]].map((lines) => derived("(z+1)^2", "z^2+2z+1", ...lines, "z^2+2z+1")).map(({ verdict, line }) => [verdict, line]),
    [["wrong", 2], ["wrong", 2]],
  );
  assert.equal(derived("|z|", "z", "sqrt(z)^2", "z").verdict, "wrong");
});

const WEIGHTS = { kind: "numbers", letters: ["w_1", "w_2", "b"], where: ["b < 0", "w_1 + b > 0", "w_1 w_2 = 0", "w_1 != 7"], right: "2, 0, -1", wrong: ["1, 1, 1"] };
for (const text of ["2, 0, -1", "[3 0 -2]", "sqrt(2), 0, -1", "1/2, 0, -1/4", "0.5, 0, -0.25"])
  test(`${text} has what is asked of the weights`, () => assert.equal(grade(WEIGHTS, text).by, "conditions"));
test("of numbers the condition is told that does not hold", () => {
  const broken = (text) => WEIGHTS.where.findIndex((condition) => condition.includes({ lt: "<", gt: "> ", eq: " = ", ne: "!=" }[grade(WEIGHTS, text).broken.tree.op]));
  assert.deepEqual(["2, 0, 1", "1, 0, -1", "2, 1, -1", "7, 0, -1"].map(broken), [0, 1, 2, 3]);
  for (const text of ["2, 0, 1", "1, 0, -1", "2, 1, -1", "7, 0, -1"]) assert.equal(verdict(WEIGHTS, text), "wrong", text);
});
test("numbers on a bound are on neither side of it", () => assert.equal(verdict(WEIGHTS, "1, 0, -1"), "wrong"));
test("numbers that are too close to a bound to tell are not called wrong", () => {
  assert.equal(verdict({ ...WEIGHTS, where: ["w_1 < 1"] }, "cos(1/10^9), 0, 0"), "undecided");
});
test("fractions and decimals are held against a bound with all their digits", () => {
  const bound = (condition, text) => verdict({ ...WEIGHTS, where: [condition] }, text);
  assert.deepEqual(["1 - 1/10^12, 0, 0", "0.9999999, 0, 0", "1, 0, 0"].map((text) => bound("w_1 < 1", text)), ["right", "right", "wrong"]);
  assert.deepEqual(["0.9999999, 0, 0", "1.0000001, 0, 0"].map((text) => bound("w_1 >= 1", text)), ["wrong", "right"]);
  assert.equal(bound("w_1 + 2 w_2 + b > 0", "10^16 + 3, 1.5, -10^16 - 6.9"), "wrong");
});
test("roots and logarithms are held against a bound no closer than their rounding", () => {
  assert.equal(verdict({ ...WEIGHTS, where: ["w_1 + 2 w_2 + b > 0"] }, "10^16 + 3 + exp(-50), 1.5, -10^16 - 6.9"), "undecided");
});
test("of numbers without a value, or too large for one, no condition is told to hold", () => {
  for (const text of ["log(-1), 0, 0", "sqrt(-2), 0, 0", "exp(1000), 0, 0"])
    for (const condition of ["w_1 != 0", "w_1 <= 0", "w_1 > 0"]) assert.equal(verdict({ ...WEIGHTS, where: [condition] }, text), "undecided", text);
});
test("a slip among numbers is named, and too few numbers do not fit", () => {
  assert.equal(grade(WEIGHTS, "1, 1, 1").slip, 0);
  assert.deepEqual(grade(WEIGHTS, "2, 0").shapes, [[1, 3], [1, 2]]);
});
test("an example that breaks a condition is a fault of the field", () => assert.equal(faults({ ...WEIGHTS, right: "1, 0, -1" }).length, 1));

const number = (right) => ({ kind: "number", right, wrong: [] });
test("a right number that loses its digits is not called wrong", () => {
  for (const [right, text] of [["sin(1/1000)", "sqrt(1-cos(1/1000)^2)"], ["2*10^6 sin(1/2000)^2", "10^6 (1-cos(1/1000))"], ["0", "10^6 (sqrt(3+2 sqrt(2)) - 1 - sqrt(2))"], ["1/2000 + 0", "(1-cos(1/1000)^2) / (2000 sin(1/1000)^2)"], ["cos(1)", "cos(1+200000 pi)"]])
    assert.notEqual(verdict(number(right), text), "wrong", text);
});
test("numbers that are too small to be kept apart are not called right", () => {
  for (const [right, text] of [["exp(-800)", "0"], ["exp(-800)", "exp(-900)"], ["0", "exp(-800)"]]) assert.notEqual(verdict(number(right), text), "right", text);
  assert.notEqual(grade({ kind: "array", right: "0 1", wrong: [] }, "exp(-800) 1").verdict, "right");
});
test("fractions are equal or not, however near", () => {
  for (const [right, text] of [["1", "1+10^-13"], ["10^20", "10^20+1"], ["10^20", "10^20+10^7"], ["100^(-10)", "-1/100^10"], ["0", "10^-400"]]) assert.equal(verdict(number(right), text), "wrong", text);
  assert.equal(grade(number("100^(-10)"), "10^-20").by, "proved");
});
test("a decimal is held against a fraction with all its digits", () => {
  const verdicts = (right, ...texts) => texts.map((text) => verdict(number(right), text));
  assert.deepEqual(verdicts("1/10", "0.1000000000000000000001", "0.1000000000000000000000"), ["wrong", "right"]);
  assert.deepEqual(verdicts("1/3", "0.33333333333333333333334", "0.33333333333333333333333"), ["wrong", "right"]);
  assert.deepEqual(verdicts("12345678901234567890", "12345678901234567891.0", "12345678901234567890.0"), ["wrong", "right"]);
  assert.deepEqual(verdicts("1/8", "0.1250", "0.125", "0.12", "0.13", "0.126"), ["right", "right", "coarse", "coarse", "wrong"]);
});
test("a decimal of more digits than a number has, and a number too large for one, are judged", () => {
  const long = `0.${"0".repeat(330)}123`, longest = `0.${"3".repeat(1990)}`, large = `${"1".repeat(400)}.0`;
  assert.deepEqual([["0", long], ["log(2)", long], ["1/3", longest], ["log(2)", large]].map(([right, text]) => verdict(number(right), text)), ["wrong", "wrong", "right", "wrong"]);
  assert.equal(verdict(number("exp(1000)"), "1.000"), "undecided");
});
test("the lines of a derivation of numbers are proved, not agreed on", () => {
  for (const [from, right, ...lines] of [["1", "1+exp(-40)", "1+exp(-50)", "1+exp(-40)"], ["exp(-800)", "0", "exp(-900)", "0"]]) assert.notEqual(grade({ kind: "derivation", from, right, letters: [], wrong: [] }, lines.join("\n")).verdict, "right");
});
