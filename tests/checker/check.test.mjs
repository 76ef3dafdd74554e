// The command that judges a formula: what it says, and with which exit code it ends.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { checked } from "../../src/checker/check.mjs";
import { letters, typing } from "../../src/checker/typed.mjs";
import { declare, readStatement } from "../../src/checker/reading/index.mjs";

const COMMAND = fileURLToPath(new URL("../../src/checker/check.mjs", import.meta.url));
const LETTERS = ["X: m x n", "w: n x 1", "y: m x 1", "eta > 0", "g()"];
const run = (...typed) => spawnSync(process.execPath, [COMMAND, ...typed], { encoding: "utf8" });

test("a right gradient is proved for all sizes", () => {
  const { code, lines } = checked("grad(||X w - y||^2/2, w) = X'(X w - y)", LETTERS);
  assert.equal(code, 0);
  assert.deepEqual(lines.map((line) => line.slice(11)), [
    "grad(||X w - y||^2 / 2, w) = X^T (X w - y)", "for all sizes; numbers agree at 6 points",
  ]);
});
test("a wrong one is refuted with the letters that it holds, and no others", () => {
  const { code, lines } = checked("grad(||X w - y||^2/2, w) = 2 X^T (X w - y)", LETTERS);
  assert.equal(code, 1);
  const at = lines.filter((line) => line.startsWith("at ")).map((line) => line.slice(11).split(" ")[0]);
  assert.deepEqual(at, ["m", "n", "X", "w", "y"]);
});
test("numbers against a formula count its indices from 1, as it does itself", () => {
  const at = (text) => Object.fromEntries(checked(text, ["v: n x 1", "i: index", "j: index"]).lines.filter((line) => line.startsWith("at ")).map((line) => line.slice(11).split(" = ")));
  assert.deepEqual(at("v_i = v_1"), { n: "2", v: "[[0], [1]]", i: "2" });
  assert.deepEqual(at("v_{i+1} = v_i"), { n: "2", v: "[[0], [1]]", i: "1" });
  const { i, j } = at("delta_{i,j} = 1");
  assert.ok(i !== j && i >= 1 && j >= 1);
});
test("numbers against a formula leave a letter that is no index as it is", () => {
  const at = (text) => checked(text, ["v: n x 1", "c"]).lines.filter((line) => line.startsWith("at ")).map((line) => line.slice(11));
  assert.deepEqual(at("delta_{c,1} = 1"), ["c = 0"]);
  assert.deepEqual(at("v_{c} = v_2"), ["n = 2", "c = 1", "v = [[0], [1]]"]);
});
test("a word of the language is not cut into letters that are declared", () => {
  for (const [word, ...declared] of ["tana = 0", "sinb = 0", "trab = 0", "\\nabla z = 0", "∇ z = 0"].map((text) => [text, ..."abilnrst"]))
    assert.throws(() => checked(word, declared), { name: "ReadingError" }, word);
});
test("a letter that is a size is nothing else", () => {
  const both = (...lines) => assert.throws(() => letters(lines), { name: "Error", message: /says what . is, and so does/ }, lines.join("; "));
  for (const other of ["n", "n > 0", "n: index", "n()", "n: m x m"]) {
    both("X: m x n", other);
    both(other, "X: m x n");
  }
  both("X: X x n");
  assert.equal(letters(["X: m x n", "w: n x 1", "Y: m_1 x m1"]).length, 3);
  assert.equal(checked("tr(Y) = tr(Y^T)", ["Y: m_1 x m1"]).code, 0);
});
test("other signs for a Greek letter are that letter", () => {
  for (const [sign, letter] of ["µμ", "ϕφ", "ϑθ", "ϱρ", "ϵε"]) assert.equal(checked(`${sign}^2 = ${letter}^2`, []).code, 0, sign);
  assert.equal(checked("\\varepsilon + \\varphi_1 = ε + φ_1", []).code, 0);
});
test("a Π or a Σ with an index that nobody declared is no number", () => {
  for (const text of ["Π_i x_i = x_i Π_i", "\\Pi_i x_i = x_i \\Pi_i", "\\Sigma_i x_i = x_i \\Sigma_i"]) assert.throws(() => checked(text, ["x: n x 1", "i: index"]), { name: "ReadingError" }, text);
  assert.equal(checked("Π_i x_i = x_i Π_i", ["x: n x 1", "i: index", "Pi_i"]).code, 0);
});
test("where a formula holds is told", () => {
  assert.deepEqual(checked("z / z = 1", []).lines.at(-1), "where      z != 0");
  assert.deepEqual(checked("exp(log(z)) = z", []).lines.at(-1), "where      z > 0");
  assert.equal(checked("exp(log(eta)) = eta", LETTERS).lines.length, 2);
});
test("inequalities are judged, too", () => {
  assert.equal(checked("sum(sigma(X w)) <= m", LETTERS).code, 0);
  assert.equal(checked("sum(sigma(X w)) >= m", LETTERS).code, 1);
});
test("what is proved under a condition is compared where that just fails", () => {
  for (const place of ["7", "1/2", "a", "1"]) {
    const kink = `∂/∂z ((z - ${place})|z - ${place}|) = 2|z - ${place}|`;
    assert.deepEqual([kink, `${kink} + 1[z = ${place}]`].map((text) => checked(text, []).code), [0, 1], place);
  }
});
test("what is not proved is compared at more points before it is left open", () => {
  for (const text of ["z + 2 = max(z + 2, 0)", "cos(eta) = max(cos(eta), 0)"]) assert.equal(checked(text, LETTERS).code, 1, text);
  assert.equal(checked("z^2 + z + 1 = |z^2 + z + 1|", LETTERS).code, 2);
});
test("what nobody knows is undecided", () => {
  assert.equal(checked("cos(2 z) = 2 cos(z)^2 - 1", LETTERS).code, 2);
});
test("a letter at which a sum ends is a size, whatever stands behind it", () => {
  for (const letters of [[], ["n: size"], ["n: size", "x: n x 1"], ["x: n x 1", "n: size"]]) {
    assert.equal(checked("sum_{k=1}^n k = n(n+1)/2", letters).code, 0);
    assert.equal(checked("\\sum_{k=0}^{n-1} (2 k + 1) = n^2", letters).code, 0);
  }
  assert.throws(() => checked("sum_{k=1}^{n} k = 1", ["n: size", "n"]), /leave one out/);
  assert.throws(() => checked("sum_{k=1}^{long} k = long", []), { code: "unknown-name" });
});
test("a letter that is not declared is a number", () => {
  assert.equal(checked("a (b + c) = a b + a c", []).code, 0);
});
test("what is no single letter, or stands for a function or a slope, has to be declared", () => {
  const undeclared = {
    "f(a + b) = f(a) + f(b)": "f", "f (a + b) = f (a) + f (b)": "f", "var(2 x) = 4 var(x)": "var", "Exp(2 z) = Exp(z)": "Exp", "foo = foo": "foo",
    "∂L/∂z = 0": "L", "dt/ds = 0": "t", "grad(c, z) = 0": "c", "∂(a^2)/∂z = 0": "z", "\\frac{d}{d z} z^2 = 2 z": "d", "a + a(b + c) = 0": "a", "h + h\\left(2 z\\right) = 0": "h",
    "a^H = a": "H", "a^t b = a b": "t", "e^(i pi) = -1": "i",
  };
  for (const [text, name] of Object.entries(undeclared))
    assert.throws(() => checked(text, []), (error) => error.code === "unknown-name" && error.data.name === name, text);
});
test("a letter that may be a function, a slope, a transpose, an identity, an entry, an index or a product is no number", () => {
  const taken = {
    d: ["(d a)/(d b) = a / b", "d (z^2) / (dz) = z", "(d z^2) / (dz) = z", "\\frac{d (z^2)}{(d z)} = z", "(d z^2)/(d\\lambda) = z", "\\frac d{dz} z^2 = 2 z", "\\dfrac d {d\\lambda} z = 0"], D_x: ["D_x a^2 = 2 a"],
    T: ["X^{-T + 1} = X", "X^-(T) = X", "X^{(T)} = X", "X^{-1T} = X", "X^(2 T) = X"], I_n: ["I_n w = w", "X I_n = X"],
    k: ["sum_k w_k - w_k = 0", "sum_{k=1}^n w_k - k = 0", "sum(k=1..n) w_k - k = 0"],
    L: ["∂(L (a))/∂a = L", "\\mathcal{L} (a - b) = a \\mathcal{L}"], J: ["J (a) = a J"], Π: ["Π w_j = Π w_j"], Sigma: ["\\Sigma w = w \\Sigma"], X11: ["d/dX11 sum(X) = 0"], w2: ["∂(w^T w)/∂w2 = 0"], C: ["C (a + b) = C a + C b"], p: ["p (a) = a p"], u_t: ["u_t (z) = z u_t"],
  };
  for (const [name, texts] of Object.entries(taken)) for (const text of texts)
    assert.throws(() => checked(text, LETTERS), (error) => error.code === "unknown-name" && error.data.name === name, text);
});
test("a letter with another number below than a matrix has may be one more matrix, and is no number", () => {
  for (const name of ["W_2", "W2", "W_{11}"])
    for (const matrix of ["W_1", "W_{1}", "W1"])
      assert.throws(() => checked(`${name} x = x ${name}`, [`${matrix}: n x n`, "x: n x 1"]), { code: "unknown-name" }, name);
  assert.equal(checked("w_2 x = x w_2", ["W_1: n x n", "x: n x 1"]).code, 0);
});
test("a T right behind an exponent is a number only if it is declared", () => {
  for (const text of ["Q^-1T = Q", "Q^2T = Q", "z^2T = T z^2"]) assert.throws(() => checked(text, ["Q: n x n"]), { code: "ambiguous-exponent" }, text);
  for (const [text, letters] of [["z^2T = T z^2", ["T"]], ["z^2 T = T z^2", []]]) assert.equal(checked(text, letters).code, 0, text);
});
test("a letter that says which entry is meant, and over which no sum runs, is read: a false gradient there is refuted", () => {
  assert.equal(checked("grad(w^T w, w_k) = 3 w_k", LETTERS).code, 1);
  assert.notEqual(checked("grad(w^T w, w_k) = 2 w_k", LETTERS).code, 1);
});
test("a letter beside a bracket of several terms is a number, and one in a power of e", () => {
  for (const text of ["p (1 - p) = p - p^2", "e^{-t} e^t = 1", "e^{T} e^{-T} = 1", "k + lambda_k = lambda_k + k", "a d - b c = d a - c b"]) assert.equal(checked(text, []).code, 0, text);
});
test("the letter that a slope is by is a number, and d is none", () => {
  for (const text of ["d/dz sin(z) = cos(z)", "\\frac{d}{dz} sin(z) = cos(z)", "a d - b c = d a - c b", "lambda_1 + x_0 = x_0 + \\lambda_1", "\\gamma x + \\beta = \\beta + x \\gamma"]) assert.equal(checked(text, []).code, 0, text);
});
test("the slope of the rectifier is none at 0", () => {
  for (const text of ["relu'(z) = 1[z > 0]", "relu'(z) = 1[z >= 0]"]) assert.equal(checked(text, []).lines.at(-1), "where      z != 0", text);
});
test("a condition on the entries of a matrix is told by its letters", () => {
  assert.equal(checked("relu'(X) = 1[X > 0]", LETTERS).lines.at(-1), "where      X_{i, j} != 0");
  assert.equal(checked("X / X = ones(m, n)", LETTERS).lines.at(-1), "where      X_{i, j} != 0");
});
test("a condition on all entries has a letter that the formula does not have", () => {
  for (const [text, letter] of [["x_i sum_{j=1}^n log(x_j) = sum_{j=1}^n x_i log(x_j)", "i: index"], ["i + sum(log(x)) = sum(log(x)) + i", "i"]])
    assert.equal(checked(text, ["x: n x 1", letter]).lines.at(-1), "where      x_{j} > 0", text);
});
test("how often a function has slopes is told as a condition", () => {
  assert.deepEqual(checked("g''(z) = grad(g'(z), z)", ["g()"]).lines.slice(2), ["where      smooth(g, 2)"]);
});
test("a power of ten may be written with the minus sign of print", () => {
  assert.equal(checked("1e−3 = 1/1000", []).code, 0);
  assert.equal(checked("1e–3 = 1/1000", []).code, 0);
});
test("what does not fit is told at its place, in one sentence", () => {
  const { status, stderr } = run("grad(||X w - y||^2/2, w) = X w - y", ...LETTERS);
  assert.equal(status, 2);
  assert.deepEqual(stderr.split("\n"), [
    "grad(||X w - y||^2/2, w) = X w - y", `${" ".repeat(25)}^`, "Both sides need one shape: n × 1 and m × 1.", "",
  ]);
});
test("a letter of a line is spelt as in a formula", () => {
  assert.deepEqual(["λ", "Θ: n x n", "W₁₂: n x 1", "α_1 > 0", "φ()", "ϵ"].map((line) => letters([line])[0].name), ["lambda", "Theta", "W_12", "alpha_1", "phi", "epsilon"]);
  assert.equal(checked("\\lambda W₁ = λ W_1", ["λ", "W₁: n x 1"]).code, 0);
  assert.throws(() => letters(["λ", "lambda"]), /"lambda" says what lambda is/);
  assert.throws(() => letters(["ŷ"]), /declares no letter/);
});
test("a line that declares no letter is named with the remedy", () => {
  assert.throws(() => letters(["X m"]), /"X m" declares no letter: write "X: m x n"/);
  assert.equal(run("z = z", "X m").status, 2);
});
test("a letter has one meaning, and a size is a sum of letters and whole numbers", () => {
  for (const lines of [["X: m x n", "X"], ["W_1: m x n", "W1: n x m"], ["z", "z > 0"]]) assert.throws(() => letters(lines), /leave one out/, lines.join());
  for (const line of ["X: m x n^2", "X: 0 x n", "X: m + x n", "X: 1/2 x n", "X: m n x 1"]) assert.throws(() => letters([line]), /a size is a whole number/, line);
  assert.equal(letters(["X: m x n", "G: T + 1 x 1", "Y: 2 n x 3"]).length, 3);
});
test("a letter with several below it is not taken for a number: x_ab is x_a b for some", () => {
  for (const name of ["x_ab", "x_1b", "x_new"]) assert.throws(() => checked(`grad(${name} + b, b) = 1`, ["b"]), { code: "unknown-name" });
  for (const name of ["x_a", "x_12", "x_\\alpha", "\\bar x"]) assert.equal(checked(`${name} + b = b + ${name}`, ["b"]).code, 0);
});
test("a formula is not read otherwise than it is written", () => {
  const names = ["x: n x 1", "Q: n x n", "S: n x n", "a", "b", "a_b", "a_hat", "b_hat"];
  for (const text of ["sum_{i=2} x_i = sum(x)", "a & b = a b", "\\hat ab = a b_hat", "1*1*1*1*1*1*1*1*1*1*Q * S = Q S"]) {
    const verdict = () => checked(text, names).code;
    try {
      assert.notEqual(verdict(), 0, text);
    } catch (error) {
      assert.ok(error.code, `${text}: ${error.stack}`);
      assert.notEqual(error.code, "ERR_ASSERTION", text);
    }
  }
  assert.equal(checked("a_b = ab", names).code, 1);
  assert.equal(checked("a &= a", names).code, 0);
});
test("nothing that is typed ends in a traceback", () => {
  for (const typed of ["", "=", "z", "X w", "(", "sum_", "z = = z", "\\frac", "det(X) = 1", "x".repeat(3000)]) {
    const { status, stderr } = run(typed, ...LETTERS);
    assert.equal(status, 2, typed);
    assert.doesNotMatch(stderr, /\bat .*:\d+|Error:/, typed);
  }
});
test("what the page tells to write is read, in either way", () => {
  const letters = ["X: m x n", "w: n x 1", "A: m x n", "B: m x n", "x: m x 1", "z", "g()"];
  for (const [one, other] of [
    ["X w", "X @ w"], ["A ⊙ B", "A .* B"], ["X^T x", "X' x"], ["X^T x", "Xᵀ x"], ["grad(x^T x, x)", "∂(x^T x)/∂x"],
    ["sum_{i=1}^m x_i", "\\sum_{i=1}^{m} x_i"], ["‖x‖", "\\lVert x \\rVert"], ["‖x‖", "||x||"], ["g'(z)", "g'(z)"],
    ["(A - B) / m", "1/m (A - B)"], ["(A - B) / m", "\\frac{1}{m} (A - B)"], ["ones(m, 1)", "ones(m, 1)"],
  ]) assert.equal(checked(`${one} = ${other}`, letters).code, 0, `${one} = ${other}`);
});

const TYPED = {
  matrices: ["grad(||X w - y||^2/2, w) = X' (X w - y)", ["X: m x n", "w: n x 1", "y: m x 1"]],
  functions: ["grad(sum(g(X w)), w) = X' g'(X w)", ["X: m x n", "w: n x 1", "g()"]],
  "a positive number": ["log(a b) = log(a) + log(b)", ["a > 0", "b > 0"]],
};
for (const [what, [formula, lines]] of Object.entries(TYPED))
  test(`an equation is typed as it is judged: ${what}`, () => {
    const found = typing(readStatement(formula, declare(letters(lines))));
    assert.deepEqual(found.letters.split("; ").sort(), [...lines].sort());
    assert.equal(checked(found.formula, found.letters.split("; ")).code, 0);
  });
test("what cannot be typed, or would be another claim, is not", () => {
  const statement = readStatement("A' = A", declare(letters(["A: n x n"])));
  assert.notEqual(typing(statement), null);
  assert.equal(typing({ ...statement, given: [{ op: "eq", args: [statement.left, statement.right] }] }), null);
  const [id] = Object.keys(statement.matrices);
  assert.equal(typing({ ...statement, matrices: { [id]: { ...statement.matrices[id], random: { law: "normal", mean: 0, variance: 1 } } } }), null);
});
