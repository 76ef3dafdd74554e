// The equations between the words of a page: with which letters they are read, and what is said of those that do not hold.
import assert from "node:assert/strict";
import { test } from "node:test";
import { faults } from "../../src/checker/inline.mjs";
import { declare, readStatement } from "../../src/checker/reading/index.mjs";
import { letters } from "../../src/checker/typed.mjs";

const SIGN = /(\\(?:le|ge|ne|approx)\b|[=<>])/;
const formula = (latex, role = "") => {
  const parts = latex.split(SIGN).map((part) => part.trim());
  return { relations: parts.slice(2).flatMap((right, k) => (k % 2 ? [] : [[parts[k], parts[k + 1], right]])), role };
};
const told = (text) => ({ letters: text });
const of = (items, statements = []) => faults({ pages: [items.map((item) => (typeof item === "string" ? formula(item) : item))], statements })[0];
const last = (...items) => of(items).at(-1);
/** What a cell states, in letters of its own. */
const statement = (text, ...lines) => ({ statement: readStatement(text, declare(letters(lines))) });
/** { name: "Z", ... } defined by a text. */
function definition(name, text, ...lines) {
  const { left, ...more } = readStatement(`${text} = ${text}`, declare(letters(lines)));
  const [rows, cols] = [{ op: "symbol", id: "m" }, 1];
  return { ...more, kind: "definition", left: { op: "name", id: name }, right: undefined, names: { [name]: { name, rows, cols, definition: left } } };
}
const LOGITS = definition("Z", "X w", "X: m x n", "w: n x 1");

test("numbers need no letters", () => {
  assert.deepEqual(of(["4^3 = 64", "\\frac{1}{2} + \\frac12 = 1", "2 < 3", "2 \\le 2", "560 \\cdot 100 = 56\\,000"]), [null, null, null, null, null]);
  assert.equal(last("4^3 = 65"), "is false: its sides are 64 and 65");
});
test("each equality of a chain is judged", () => {
  assert.equal(last("1 + 1 = 2 = 4 / 2"), null);
  assert.equal(last("1 + 1 = 2 = 4 / 3"), "is false: its sides are 2 and 1.33333");
});
test("a letter of which nothing is said is not understood, though it were a number", () => {
  assert.equal(last("A B = B A"), "is not understood: A is not declared");
  assert.equal(last(told("A; B"), "A B = B A"), null);
  assert.match(last(told("A: n x n; B: n x n"), "A B = B A"), /^is false: its sides are .* at n = 2, A = \[\[/);
});
test("a letter means what the nearest statement above says, and before the first what that says", () => {
  const column = statement("w = w", "w: n x 1"), row = statement("w = w", "w: 1 x n"), square = "\\lVert w \\rVert^2 = w^\\top w";
  assert.deepEqual(of([square, column, square, row, square]).map((each) => each === null), [true, true, true, true, false]);
  assert.deepEqual(of([square, row, square, column, square]).map((each) => each === null), [false, true, false, true, true]);
});
test("letters of two statements are one where they mean the same", () => {
  const [first, second] = [statement("X w = X w", "X: m x n", "w: n x 1"), statement("v^T w = v^T w", "v: n x 1", "w: n x 1")];
  assert.equal(last(first, second, "(X w)^\\top = w^\\top X^\\top"), null);
});
test("a choice gives a letter its meaning from there on", () => {
  const page = [told("z"), "1 - a = \\sigma(-z)", formula("a = \\sigma(z)", "choice"), "1 - a = \\sigma(-z)", formula("a = e^z", "choice"), "1 - a = \\sigma(-z)"];
  assert.deepEqual(of(page).map((each) => each?.split(":")[0] ?? null), [null, "is not understood", null, null, null, "is false"]);
});
test("a definition on the page is a meaning", () => {
  assert.equal(last({ statement: LOGITS }, "Z = X w"), null);
  assert.match(last({ statement: LOGITS }, "Z = 2 X w"), /^is false/);
});
test("what a statement of another page says may be said where nothing else is said of its letters", () => {
  assert.deepEqual(of(["Z = X w", "X w = Z", "2 Z = 2 X w"], [LOGITS]).map((each) => each === null), [true, true, false]);
  assert.deepEqual(of([told("X: m x n"), "Z = X w"], [LOGITS]), [null, null]);
  assert.deepEqual(of([told("X: n x n"), "Z = X w"], [LOGITS]), [null, "is not understood: Z is not declared"]);
});
test("what this prover leaves open may be said as a statement of the book says it, of the same letters and without hypotheses", () => {
  const open = "2 z \\le e^z",
    { statement: stated } = statement("e^z >= 2 z", "z");
  assert.deepEqual(of([told("z"), open], []).at(-1), "is neither proved nor refuted (no-certificate)");
  assert.equal(of([told("z"), open], [stated]).at(-1), null);
  for (const [lines, known] of [["z > 0", stated], ["z", { ...stated, given: [true] }]]) assert.match(of([told(lines), open], [known]).at(-1), /^is neither/);
});
test("what a statement says under a condition is not said without it", () => {
  const { statement: stated } = statement("1[a > b + 1/7] + 1[b + 1/7 > a] = 1", "a", "b"), { left, right } = readStatement("a = b + 1/7", declare(letters(["a", "b"])));
  const said = (conditions) => of([told("a; b"), { relations: [["1[a > b + 1/7] + 1[b + 1/7 > a]", "=", "1"]], role: "" }], [{ ...stated, conditions }]).at(-1);
  assert.equal(said([]), null);
  assert.match(said([{ op: "ne", args: [left, right] }]), /^is neither/);
});
test("a slope at the kink of a part is compared, too, where it may have a value", () => {
  const judged = (left, right) => of([told("z"), { relations: [[left, "=", right]], role: "" }]).at(-1);
  assert.match(judged("\\nabla_z |z|^2", "2 z + 1[z = 0]"), /^is false: its sides are 0 and 1 at z = 0/);
  assert.equal(judged("relu'(z)", "1[z > 0]"), null); // which has none there
});
test("a choice has a letter on its left, and is understood", () => {
  const choice = (latex) => last(told("X: m x n; w: n x 1; g(); z; i: index; j: index"), formula(latex, "choice"));
  assert.deepEqual(["g(z) = z^2", "X^\\top_{ij} = X_{ji}", "Q = X^\\top X"].map(choice), [null, null, null]);
  for (const latex of ["\\nabla_w (w^\\top w) = w", "2 = 3", "w \\ge 0", "X w = z"]) assert.equal(choice(latex), "is marked as a choice, and gives no letter a meaning", latex);
  assert.equal(choice("Q = X X"), "is not understood: A matrix product needs as many columns on the left as rows on the right: m × n times m × n");
});
test("a value holds a number, and numbers are judged in what is marked, too", () => {
  assert.deepEqual(of([formula("w_1 = w_2 = 2", "value"), formula("c = (\\frac32, e)", "value"), formula("f = 1 + 1 = 2", "value")]), [null, null, null]);
  assert.equal(last(formula("w_1 = w_2", "value")), "is marked as a value, and no side of it is a number");
  for (const role of ["value", "hypothesis"]) assert.match(last(formula("f = 1 + 1 = 3", role)), /^is false/);
});
test("a hypothesis is not judged", () => assert.equal(last(formula("X^\\top X v = \\lambda v", "hypothesis")), null));
test("strict inequalities are proved where they hold for all values", () => {
  const page = [told("z; u > 0"), "e^z > 0", "0 < u", "1 + e^{-z} \\ne 0", "z > 0", "u > 1"];
  assert.deepEqual(of(page).map((each) => each === null), [true, true, true, true, false, false]);
});
test("what is neither proved nor refuted, or has a sign that nobody judges, is a fault", () => {
  const doubled = (end) => last(told("z"), { relations: [["\\cos(2 z)", "=", `2 \\cos(z)^2 - ${end}`]], role: "" });
  assert.equal(doubled("1"), "is neither proved nor refuted (not-closed)");
  assert.match(doubled("2"), /^is false/);
  assert.equal(last({ relations: [["\\pi", "\\equiv", "3"]], role: "" }), "is not understood: the sign \\equiv is not judged");
});
test("a decimal is what stands left of it, rounded", () => {
  const right = ["\\frac{32}{7} \\approx 4.57", "\\log 3 \\approx 1.1", "\\sqrt{10} \\approx 3.16", "-\\log 2 \\approx -0.6931", "\\frac12 \\approx 0.50", "\\sqrt{10} \\approx 3"];
  assert.deepEqual(right.filter((latex) => last(latex) !== null), []);
  assert.equal(last("\\frac{32}{7} \\approx 4.58"), "is false: its sides are 4.57143 and 4.58");
  for (const latex of ["\\sqrt{10} \\approx 3.17", "\\log 2 \\approx -0.6931", "\\log 3 \\approx 1.09"]) assert.match(last(latex), /^is false/);
  assert.match(last(told("z"), "z \\approx 1.1"), /^is false/);
  assert.match(last(told("z > 0"), "\\frac{3 z}{7 z} \\approx 0.44"), /^is false/);
  assert.match(last(told("z > 0"), "\\frac{3 z}{7 z} \\approx 0.43"), /^is neither proved nor refuted/); // which is true
  assert.match(last("\\sqrt{10} \\approx \\pi"), /^is not understood: right of/);
});
test("where the digits of numbers are used up, nothing is said of a decimal", () => {
  const left = "10^{14} \\cdot \\sqrt{2} - 141421356237309 - 0.0028"; // 0.50208, and 0.4972 as computed
  for (const right of ["0", "1"]) assert.match(last(`${left} \\approx ${right}`), /^is neither proved nor refuted/);
});
test("a decimal with an end in 5 is rounded to neither side, and what is far below its last digit is 0", () => {
  for (const right of ["2", "3"]) assert.match(last(`2.5 \\approx ${right}`), /^is false/);
  assert.equal(last("e^{-50} \\approx 0.000"), null);
});
test("letters that declare nothing are a fault of their own", () => {
  assert.match(last(told("X m n")), /^"X m n" declares no letter/);
  assert.match(last(told("X: m x (")), /^"X: m x \(" has a size that is none/);
});
