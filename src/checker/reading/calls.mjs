/** What functions mean: those of numbers at each entry of a matrix, those of matrices by a method of their own. */
import { countedIn } from "./counted.mjs";
import { FUNCTIONS } from "./functions.mjs";
import { isLiteral, isMatrix, product, Products } from "./products.mjs";
import { CONDITION, constant, isOne, joined, lengthOf, Open, plus, sameShape, settled, shapeText, sizeTree, unify } from "./sizes.mjs";
import { op, Values } from "./values.mjs";

const HALF = { op: "rational", value: "1/2" };
/** The slope of a function of the language, of t; that of the rectifier is max(0, t) / t, and there is none at 0. */
const SLOPES = {
  exp: (t) => op("exp", t),
  log: (t) => op("pow", t, -1),
  sin: (t) => op("cos", t),
  cos: (t) => op("mul", -1, op("sin", t)),
  tanh: (t) => op("add", 1, op("mul", -1, op("pow", op("tanh", t), 2))),
  relu: (t) => op("mul", op("max", 0, t), op("pow", t, -1)),
};

/** Functions that the schema does not have. */
const LONG = {
  sqrt: (t) => op("pow", t, HALF),
  relu: (t) => op("max", 0, t),
  softplus: (t) => op("log", op("add", 1, op("exp", t))),
  log1p: (t) => op("log", op("add", 1, t)),
  expm1: (t) => op("add", -1, op("exp", t)),
};
const KEYS = { total: ["axis", "keepdims"], mean: ["axis", "keepdims"], softmax: ["axis"] };

export class Calls extends Values {
  normPower(squares, exponent) {
    const half = isLiteral(exponent)
      ? this.products.divided({ tree: exponent, literal: true }, { tree: 2, literal: true }).tree
      : op("mul", HALF, exponent);
    return half === 1 ? squares : op("pow", squares, half);
  }
  /** A function of numbers: at each entry where one argument is a matrix. */
  applied(nodes, make, values = nodes.map((node) => this.value(node))) {
    const at = values.findIndex(isMatrix);
    values.forEach((value, k) => {
      if (value.shape === CONDITION) this.fail("condition-for-value", nodes[k]);
      if (isMatrix(value) && k !== at) this.fail("matrix-for-number", nodes[k], { operation: "function", shape: shapeText(value.shape) });
    });
    if (at < 0) return { tree: make(...values.map((value) => value.tree)), shape: null };
    const t = this.fresh("t");
    const body = make(...values.map((value, k) => (k === at ? { op: "bound", id: t.id } : value.tree)));
    return { tree: { op: "apply", bind: [t], body, args: [values[at].tree] }, shape: values[at].shape };
  }
  call(node) {
    const { name, found, order = 0, args, keys = {} } = node,
      expected = found ? 1 : [FUNCTIONS[name].args].flat();
    if (found ? args.length !== 1 : args.length < expected[0] || args.length > expected.at(-1))
      this.fail("argument-count", node, {
        function: found?.id ?? name,
        expected: [expected].flat().join(" – "),
        found: args.length,
      });
    const key = Object.values(keys).find((one) => !KEYS[name]?.includes(one.name));
    if (key) this.fail("unexpected", key, { found: key.name });
    if (found || name === "sigma")
      return this.applied(args, (t) => ({
        op: "call",
        function: found?.id ?? this.sigmoid(),
        ...(order && { order }),
        args: [t],
      }));
    if (name === "max" && args.length === 1) return this.largest(args[0], node);
    if (order) return SLOPES[name] && order === 1 ? this.applied(args, SLOPES[name]) : this.fail("function-expected", node, { name });
    if (LONG[name]) return this.applied(args, LONG[name]);
    if (name === "ones" || name === "zeros") return this.filled(name, args);
    return FUNCTIONS[name].scalar
      ? this.applied(args, (...ts) => op(name, ...ts))
      : (this[`call_${name}`]?.(...args, node) ?? this.ofSquare(name, args[0]));
  }
  /** \\sqrt[3]{z} */
  root({ arg, index }) {
    const { tree } = this.products.divided({ tree: 1, literal: true, shape: null }, this.scalar(index, "root"));
    return this.applied([arg], (t) => op("pow", t, tree));
  }
  /** The sigmoid, put into the table where the statement has none. */
  sigmoid() {
    const known = Object.entries(this.tables.functions).find(([, line]) => line.known === "sigmoid");
    if (!known) this.tables.functions.sigma = { name: "sigma", known: "sigmoid" };
    return known?.[0] ?? "sigma";
  }
  ofSquare(name, arg, value) {
    const { tree, shape } = this.square(arg, name, value);
    return { tree: op(name, tree), shape: name === "trace" || name === "determinant" ? null : shape };
  }
  call_transpose(arg) {
    return this.transpose({ base: arg });
  }
  call_adjoint(arg) {
    const { tree, shape } = this.matrix(arg, "adjoint");
    return { tree: op("adjoint", tree), shape: [...shape].reverse() };
  }
  call_diag(arg) {
    const value = this.matrix(arg, "diag"),
      { tree, shape } = value,
      n = lengthOf(shape);
    return n
      ? { tree: op("diagonal-matrix", tree), shape: [n, n] }
      : { tree: op("diagonal", this.square(arg, "diag", value).tree), shape: [shape[0], constant(1)] };
  }
  /** The square of a norm holds its argument twice, so that norms of norms would grow without end. */
  call_norm(arg, { below }) {
    if (++this.norms > 4) this.fail("too-deep", arg);
    const { tree, shape } = this.noCondition(arg);
    this.norms -= 1;
    if (below === "2" && shape && !lengthOf(shape)) this.fail("not-vector", arg, { operation: "norm_2", shape: shapeText(shape) }); // its largest singular value
    if (!shape) return { tree: op("abs", tree), shape: null };
    const norm = op("total", op("hadamard", tree, this.again(tree)));
    return { tree: op("pow", norm, HALF), shape: null, norm };
  }
  call_hstack(...args) {
    return this.blocks("hstack", args.slice(0, -1).map((arg) => this.matrix(arg, "hstack")));
  }
  call_vstack(...args) {
    return this.blocks("vstack", args.slice(0, -1).map((arg) => this.matrix(arg, "vstack")));
  }
  /** Matrices side by side, or one above the other. */
  blocks(name, values) {
    const side = name === "vstack" ? 0 : 1,
      [first] = values;
    for (const value of values)
      if (!unify(first.shape[1 - side], value.shape[1 - side], this.trail)) this.products.fail("block-sizes", first, value, value);
    const shapes = values.map((value) => value.shape);
    return { tree: op(name, ...values.map((value) => value.tree)), shape: joined(shapes, side) ?? this.fail("open-size", values[0]) };
  }
  /** Of what is not random it would be that itself: E[x^2] = E[x]^2 would be true. */
  call_expectation(arg) {
    const { tree, shape } = this.value(arg);
    if (!this.isRandom(tree)) this.fail("nothing-random", arg);
    return { tree: op("expectation", tree), shape };
  }
  isRandom(tree) {
    if (tree === null || typeof tree !== "object") return false;
    const { matrices, names } = this.tables,
      isOne = tree.op === "matrix" && matrices[tree.id].random;
    return Boolean(isOne) || (tree.op === "name" && this.isRandom(names[tree.id].definition)) || Object.values(tree).some((part) => this.isRandom(part));
  }
  call_total(arg, { keys }) {
    const value = keys?.axis ? this.matrix(arg, "axis") : this.value(arg);
    return isMatrix(value) ? this.summed(value.tree, value.shape, keys).sum : this.ownSum(arg, value);
  }
  call_mean(arg, { keys }) {
    const value = keys?.axis ? this.matrix(arg, "axis") : this.value(arg);
    if (!isMatrix(value)) return this.ownSum(arg, value);
    const { sum, over } = this.summed(value.tree, value.shape, keys);
    const below = over.filter((size) => !isOne(size)).map((size) => op("pow", this.counted(size), -1));
    return product([...below, ...(sum.factors ?? [sum.tree])], sum.shape, value);
  }
  /** A number is its own sum; but one at a free index, as in \sum x_i, is meant to be summed over it. */
  ownSum(arg, { tree, shape }) {
    const id = [...countedIn(tree)].find((letter) => this.lexicon.isIndex(letter));
    if (id !== undefined) this.fail("unknown-range", arg, { name: this.tables.symbols[id].name });
    return { tree, shape };
  }
  /** The largest entry of a matrix: one number alone has none beside it. */
  largest(arg, node) {
    const { tree, shape } = this.value(arg);
    if (!shape) this.fail("argument-count", node, { function: "max", expected: "2 – 9", found: 1 });
    const bind = [], places = shape.map((size, k) => {
      if (settled(size) instanceof Open) this.fail("open-size", node);
      if (isOne(size)) return 0;
      const line = this.fresh("ij"[k]);
      bind.push({ ...line, facts: { integer: true }, low: 0, high: sizeTree(plus(settled(size), constant(-1)), this.tables.symbols) });
      return { op: "bound", id: line.id };
    });
    const entry = op("entry", tree, ...places);
    return { tree: bind.length ? { op: "maximum", bind, body: entry } : entry, shape: null };
  }
  /** The sum of all entries, or along one axis, and the sizes that it goes over. */
  summed(tree, shape, { axis } = {}) {
    const [rows, cols] = shape;
    if (!axis) return { sum: { tree: op("total", tree), shape: null }, over: shape };
    if (axis.text === "0") return { sum: product([op("ones", 1, this.counted(rows)), tree], [constant(1), cols]), over: [rows] };
    if (axis.text === "1" || axis.text === "-1")
      return { sum: product([tree, op("ones", this.counted(cols), 1)], [rows, constant(1)]), over: [cols] };
    return this.fail("unexpected", axis, { found: axis.name });
  }
  /** Each row by itself: a column would be ones. */
  call_softmax(arg, { keys }) {
    const { tree, shape } = this.matrix(arg, "softmax"),
      n = this.counted(shape[1]),
      axis = keys?.axis;
    if (axis && !["1", "-1"].includes(axis.text)) this.fail("unexpected", axis, { found: axis.name });
    if (isOne(shape[1])) this.fail("softmax-of-column", arg, { shape: shapeText(shape) });
    const exp = (inside) => {
      const t = this.fresh("t");
      return { op: "apply", bind: [t], body: op("exp", { op: "bound", id: t.id }), args: [inside] };
    };
    return { tree: op("hadamard", exp(tree), op("hadamard-power", op("matmul", exp(this.again(tree)), op("ones", n, n)), -1)), shape };
  }
  filled(name, args) {
    const sizes = args.map((arg) => this.size(arg));
    if (sizes.length < 2) sizes.push({ tree: 1, size: constant(1) });
    return { tree: op(name, ...sizes.map((s) => s.tree)), shape: sizes.map((s) => s.size) };
  }
  call_identity(arg) {
    const { tree, size } = this.size(arg);
    return { tree: op("identity", tree), shape: [size, size] };
  }
  /** Of two columns or rows their inner product; else NumPy's: the matrix product. */
  call_dot(a, b) {
    const [u, v] = [a, b].map((arg) => this.value(arg));
    if (isMatrix(u) && lengthOf(u.shape) && sameShape(u.shape, v.shape)) return { tree: op("dot", u.tree, v.tree), shape: null };
    return this.products.times(u, v, b);
  }
  call_matmul(a, b) {
    return this.products.times(this.matrix(a, "matmul"), this.matrix(b, "matmul"), b);
  }
  call_multiply(a, b) {
    return this.products.entrywise(this.value(a), this.value(b), b);
  }
  call_divide(a, b) {
    return this.products.divided(this.value(a), { ...this.value(b), grouped: true }, b);
  }
  call_inner(a, b) {
    return this.inner({ args: [a, b] });
  }
  inner({ args }) {
    const [a, b] = args.map((arg) => this.matrix(arg, "inner"));
    if (!this.products.meet(a, b)) this.products.fail("entrywise-sizes", a, b, b, Products.hint(a.shape, b.shape));
    return { tree: op("total", op("hadamard", a.tree, b.tree)), shape: null };
  }
}
