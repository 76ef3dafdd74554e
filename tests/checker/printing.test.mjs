import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { mathml, mathmlOfStatement } from "../../src/checker/printing/mathml.mjs";
import { split } from "../../src/checker/printing/letters.mjs";
import { latex } from "../../src/checker/printing/latex.mjs";
import { plain } from "../../src/checker/printing/plain.mjs";
import { keyOf } from "../../src/checker/printing/trees.mjs";
import { parts } from "../../src/checker/statement/grammar.mjs";
import { declare, read, readStatement } from "../../src/checker/reading/index.mjs";
import { examples, fits, sizes } from "./printing-examples.mjs";
import { tables } from "./reading-trees.mjs";
import { part } from "./samples.mjs";
import { CHILDREN } from "../mathml.mjs";

const ledger = process.env.LEDGER ?? new URL("../../_build/html/ledger.json", import.meta.url);
const absent = !existsSync(ledger) && "no ledger: build the book, or set LEDGER";
const statements = absent ? [] : JSON.parse(readFileSync(ledger, "utf8")).flatMap(({ id, statement }) => (statement ? [[id, statement]] : []));
const treesOf = ({ left, right, given, conditions, steps, names }) =>
  [left, right, ...given, ...conditions, ...steps.flatMap((line) => [line.left, line.right]), ...Object.values(names).map((name) => name.definition)].filter((tree) => tree !== undefined && tree !== null);
const readsBack = (tree, names) => {
  const text = plain(tree, names);
  assert.deepEqual(JSON.parse(keyOf(read(text, names).tree)), JSON.parse(keyOf(tree)), text);
};
const visible = (markup) => markup.replace(/<[^>]*>|[\u2061\u2062]/g, "").replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(code));
const shown = (text, names = tables) => visible(mathml(read(text, names).tree, names));

/** Throws unless each element is closed by its own end. */
function wellFormed(text) {
  const open = [];
  for (const [, end, name, empty] of text.matchAll(/<(\/?)(\w+)[^<>]*?(\/?)>/g)) {
    if (end) assert.equal(open.pop(), name, text);
    else if (!empty) open.push(name);
  }
  assert.deepEqual(open, [], text);
  assert.doesNotMatch(text.replace(/<[^<>]*>/g, ""), /[<>]|undefined|NaN|\[object/);
}
/** How many children a MathML element with a fixed number of them has. */
function children(text) {
  const open = [{ name: "", count: 0 }];
  for (const [, end, name] of text.matchAll(/<(\/?)(\w+)[^<>]*>/g)) {
    if (!end) {
      open.at(-1).count += 1;
      open.push({ name, count: 0 });
      continue;
    }
    const { count } = open.pop();
    if (CHILDREN[name]) assert.equal(count, CHILDREN[name], `${name}: ${text}`);
  }
}

test("a column of products is printed as it is read", () => {
  for (const text of ["[(a b); z]", "[-(a b); z + (2 a)]", "[(a b), z; a, b]"]) readsBack(read(text, tables).tree, tables);
});
test("each tree of the book's statements reads back from its text", { skip: absent }, () => {
  const trees = statements.flatMap(([, statement]) => treesOf(statement).map((tree) => [tree, statement]));
  assert.ok(trees.length > 1000);
  for (const [tree, statement] of trees) readsBack(tree, statement);
});
test("each tree of the book's statements reads from its LaTeX, and that prints as it reads", { skip: absent }, () => {
  const isOfFunctions = (tree) => tree.op === "smooth" || tree.op === "analytic"; // said in words
  for (const [, statement] of statements)
    for (const tree of treesOf(statement).filter((part) => !isOfFunctions(part))) {
      const again = (text) => latex(read(text, statement, { like: tree }).tree, statement), second = again(latex(tree, statement));
      assert.equal(again(second), second);
    }
});
test("random trees read back from their text", () => {
  let count = 0;
  for (let seed = 0; seed < part(1200); seed++) {
    const { number, matrix } = examples(seed), tree = seed % 2 ? number(1 + (seed % 4)) : matrix(1 + (seed % 3), sizes[1 + (seed % 3)], sizes[seed % 4]);
    assert.ok(fits(tree), keyOf(tree));
    readsBack(tree, tables);
    count += tree.op !== undefined;
  }
  assert.ok(count > part(1000));
});
test("random trees are well-formed MathML", () => {
  for (let seed = 0; seed < part(400); seed++) {
    const { number, matrix } = examples(seed), tree = seed % 2 ? number(1 + (seed % 4)) : matrix(1 + (seed % 3), sizes[1 + (seed % 3)], sizes[seed % 4]);
    const text = mathml(tree, tables);
    wellFormed(text);
    children(text);
  }
});
test("each statement of the book is well-formed MathML", { skip: absent }, () => {
  for (const [, statement] of statements) {
    const text = mathmlOfStatement(statement);
    wellFormed(text);
    children(text);
    assert.match(text, /^<math display="block">.*<\/math>$/);
    for (const tree of treesOf(statement)) wellFormed(mathml(tree, statement));
  }
});
test("each operation of the schema has a way to be shown", () => {
  const schema = JSON.parse(readFileSync(new URL("../../src/claims/data/statement.schema.json", import.meta.url), "utf8"));
  const numbers = { one: 1, two: 2, three: 3, many: 2 }, square = { op: "matrix", id: "Q" }, z = { op: "symbol", id: "z" };
  const ofMatrix = new Set(["transpose", "adjoint", "inverse", "trace", "determinant", "total", "diagonal", "diagonal-part", "matadd", "matmul", "hadamard", "hadamard-product", "hadamard-power", "matpow", "entry", "hstack", "vstack"]);
  const ofVector = new Set(["diagonal-matrix", "dot", "jac"]);
  for (const [kind, count] of Object.entries(numbers))
    for (const op of schema.$defs[kind].properties.op.enum) {
      const first = ofMatrix.has(op) ? square : ofVector.has(op) ? { op: "matrix", id: "x" } : z;
      const rest = { "matpow": 2, "hadamard-power": 2, "entry": 0, "matadd": square, "matmul": square, "hadamard": square, "hadamard-product": square, "hstack": square, "vstack": square }[op] ?? first;
      const text = mathml({ op, args: [first, ...Array(count - 1).fill(rest)] }, tables);
      wellFormed(text);
      assert.doesNotMatch(text, /-product|-part|-matrix|-power/, op);
    }
});

test("a matrix made of a function and a mixed derivative are shown", () => {
  const [i, k] = ["i", "k"].map((name) => ({ id: `${name}#1`, name, facts: { integer: true } })), [I, K] = [i, k].map(({ id }) => ({ op: "bound", id }));
  const made = { op: "function-matrix", bind: [i, k], body: { op: "entry", args: [{ op: "matrix", id: "X" }, K, I] }, args: [2, 2] };
  assert.equal(visible(mathml(made, tables)), "(Xki)ik");
  const [z, b] = ["z", "b"].map((id) => ({ op: "symbol", id }));
  const mixed = { op: "derivative", args: [{ op: "symbol", id: "L" }], by: [{ variable: z, times: 1 }, { variable: b, times: 1 }] };
  assert.equal(visible(mathml(mixed, tables)), "∂2L∂z∂b");
});

const SHOWN = [
  ["X^T (A - y) / m", "1mX⊤(A−y)"], ["-y + A", "A−y"], ["A ⊙ (1 - A)", "A⊙(1−A)"], ["||x||^2", "‖x‖2"], ["x^T Q x", "x⊤Qx"], ["sum(r w)", "rw"],
  ["<w, x>", "w⊤x"], ["<X, Y>", "⟨X,Y⟩"], ["sum(A)", "𝟏⊤A"], ["sum(X)", "𝟏⊤X𝟏"], ["sigma(Z)", "σ(Z)"], ["g'(Z)", "g′(Z)"], ["exp(-z)", "e−z"],
  ["1/(1 + exp(-Z))", "1⊘(1+e−Z)"], ["grad(L, w)", "∂L∂w"], ["grad(x^T Q x, x)", "∂∂x[x⊤Qx]"], ["hess(L, w)", "∂2L∂w∂w⊤"], ["dZ_2 W_2^T", "dZ2W2⊤"],
  ["X w + b", "Xw+b𝟏"], ["sum_i x_i^2", "∑i=1nxi2"], ["sum_i i x_i", "∑i=1nixi"], ["x_{j+1}", "xj+1"], ["W_1 ⊙ W_1", "W1⊙W1"], ["tr(S)", "tr(S)"],
  ["max(0, Z)", "max(0,Z)"], ["2 * 3^z", "2·3z"], ["-1/2 z", "−z2"], ["a (1 - z) / m", "a(1−z)m"], ["x_hat", "x^"], ["A_{l-1}", "Al−1"], ["1[z > 0]", "𝟏[z>0]"],
  ["{a if z < 0; b otherwise}", "{aif z<0botherwise"], ["E[R]", "E[R]"], ["Q + I", "Q+I"], ["lambda eta", "λη"], ["-(a + b)", "−(a+b)"], ["z^(-2)", "1z2"],
  ["a - (z - b)", "a−(z−b)"], ["a - (-z)", "a+z"], ["(a + b) z", "z(a+b)"], ["sqrt(z)", "z"], ["X_{12}", "X12"], ["(X w)_j", "(Xw)j"], ["|z|", "|z|"],
];
for (const [text, expected] of SHOWN) test(`${text} is shown as ${expected}`, () => assert.equal(shown(text), expected));

test("LaTeX is the book's", () => {
  const written = { "X^T (A - y) / m": "\\frac{1}{m} X^\\top (A - y)", "||x||^2": "\\lVert x \\rVert^{2}", "sum_i x_i": "\\sum_{i = 1}^{n} x_{i}", "grad(L, W_1)": "\\frac{\\partial L}{\\partial W_{1}}", "x_hat": "\\hat{x}", "dZ_2": "\\mathrm{d}Z_{2}", "E[R]": "\\operatorname{E}[R]" };
  for (const [text, expected] of Object.entries(written)) assert.equal(latex(read(text, tables).tree, tables), expected);
});
test("d before a letter, also a Greek one, is the adjoint's; a word is one", () => {
  const parts = (name) => [split(name).adjoint, split(name).base, split(name).low];
  assert.deepEqual(["dZ_1", "dmu_2", "delta", "dim"].map(parts), [[true, "Z", "1"], [true, "mu", "2"], [false, "delta", ""], [false, "dim", ""]]);
});
test("the gamma function is no letter in LaTeX, and a product keeps its factors together", () => {
  for (const text of ["gamma(z)", "beta(a, z)", "prod_i (x_i z)", "1 / (sum_i x_i z)"]) {
    const tree = read(text, tables).tree, key = (written) => JSON.parse(keyOf(read(written, tables).tree));
    assert.deepEqual(key(plain(tree, tables)), JSON.parse(keyOf(tree)));
    assert.equal(latex(read(latex(tree, tables), tables).tree, tables), latex(tree, tables));
  }
});
test("a matrix product in brackets is transposed as a whole", () => assert.equal(shown("(X w)'"), "(Xw)⊤"));
test("a name cannot put markup into the page", () => {
  const names = declare([{ name: "x" }]);
  names.symbols["<img>"] = { name: "<img src=x>", facts: { real: true } };
  assert.doesNotMatch(mathml({ op: "symbol", id: "<img>" }, names), /<img/);
});
test("words between formulas can be translated", () => {
  const { tree } = read("{1 if z > 0; 2 otherwise}", tables);
  assert.match(mathml(tree, tables, { words: { if: "falls", otherwise: "sonst" } }), /falls .*sonst/);
});
test("a statement is shown with its sign, a definition with what it stands for", () => {
  const text = (statement) => visible(mathmlOfStatement(statement));
  assert.equal(text(readStatement("X w = Z", { ...tables })), "Xw=Z");
  assert.equal(text(readStatement("||x||^2 >= 0", tables)), "‖x‖2≥0");
  const names = { L: { name: "L", definition: read("sum(A) / m", tables).tree } };
  assert.equal(text({ kind: "definition", left: { op: "name", id: "L" }, ...tables, names }), "ℒ=1m𝟏⊤A");
});
test("a bound variable does not take the name of another letter", () => {
  const tree = read("sum_i x_i", tables).tree, clash = { ...tree, bind: [{ ...tree.bind[0], name: "b" }] };
  assert.doesNotMatch(plain(clash, tables), /_b/);
  readsBack({ op: "mul", args: [{ op: "symbol", id: "b" }, clash] }, tables);
});
test("parts of a tree are all its trees", () => {
  const tree = read("sum_{i=2}^{n} {x_i if z > 0; a otherwise}", tables).tree;
  assert.equal(parts(tree).length, 3);
});
