/** What a part of a syntax tree is asked for: a number, a matrix, a condition, a size; and sizes that are told late. */
import { ReadingError } from "./errors.mjs";
import { fraction, isMatrix, Products } from "./products.mjs";
import { CONDITION, isSingle, lengthOf, linear, Open, settled, shapeText, sizeTree, unify } from "./sizes.mjs";

export const op = (name, ...args) => ({ op: name, args });

export class Values {
  constructor(lexicon) {
    this.lexicon = lexicon;
    this.tables = { ...lexicon.tables, functions: { ...lexicon.tables.functions } };
    this.trail = [];
    this.open = [];
    this.shifted = new Set(); // bound variables that are counted from 0 where print counts from 1
    this.ranges = new Map(); // of bound variables, as far as what they index tells
    this.unclear = new Set(); // of those, which index what has no one length
    this.count = 0;
    this.norms = 0;
    this.products = new Products(this.tables, this.trail);
  }
  fail(code, place, data) {
    throw new ReadingError(code, place.from, place.to, data);
  }
  /** The value of a node: its tree, its shape, and its place. */
  value(node) {
    return { from: node.from, to: node.to, ...this[node.kind](node) };
  }
  numeral(text) {
    const [digits, power = "0"] = text.toLowerCase().split("e"),
      [whole, part = ""] = digits.split("."),
      shift = Number(power) - part.length;
    return shift < 0 ? fraction(BigInt(whole + part), 10n ** BigInt(-shift)) : fraction(BigInt(whole + part) * 10n ** BigInt(shift), 1n);
  }
  /** A number, or the one entry of a matrix. */
  scalar(node, operation, value = this.value(node)) {
    if (value.shape === CONDITION) this.fail("condition-for-value", node);
    if (isMatrix(value) && !isSingle(value.shape)) this.fail("matrix-for-number", node, { operation, shape: shapeText(value.shape) });
    return this.products.total(value);
  }
  noCondition(node) {
    const value = this.value(node);
    if (value.shape === CONDITION) this.fail("condition-for-value", node);
    return value;
  }
  matrix(node, operation) {
    const value = this.value(node);
    if (!isMatrix(value)) this.fail("number-for-matrix", node, { operation });
    return value;
  }
  square(node, operation, value = this.matrix(node, operation)) {
    if (!unify(value.shape[0], value.shape[1], this.trail)) this.fail("not-square", node, { operation, shape: shapeText(value.shape) });
    return value;
  }
  vector(node, operation) {
    const value = this.matrix(node, operation),
      length = lengthOf(value.shape);
    if (!length) this.fail("not-vector", node, { operation, shape: shapeText(value.shape) });
    return { ...value, length };
  }
  condition(node) {
    const value = this.value(node);
    if (value.shape !== CONDITION) this.fail("condition-expected", node);
    return value.tree;
  }
  size(node) {
    const { tree } = this.scalar(node, "size"),
      size = linear(tree);
    if (!size) this.fail("size-expected", node);
    return { tree, size };
  }
  /** Trees of one shape: a number beside matrices is one at each entry. */
  levelled(values, code) {
    const matrices = values.filter(isMatrix);
    if (matrices.length < values.length && matrices.every((value) => isSingle(value.shape)))
      return { shape: null, level: values.map((value) => this.products.total(value).tree) };
    const [first] = matrices;
    for (const value of matrices)
      if (!this.products.meet(first, value))
        this.products.fail(code, first, value, value.sign ?? value, Products.hint(first.shape, value.shape));
    const sizes = () => first.shape.map((size) => this.counted(size));
    const level = values.map((value) => {
      if (isMatrix(value)) return value.tree;
      if (value.columns) this.fail("ambiguous-columns", value.columns); // [a b] = x^T
      if (value.tree === 0) return op("zeros", ...sizes());
      return value.tree === 1 ? op("ones", ...sizes()) : op("matmul", ...(value.factors ?? [value.tree]), op("ones", ...sizes()));
    });
    return { shape: first.shape, level };
  }
  /** The tree of a size, or the size itself while it is open. */
  counted(size) {
    return settled(size) instanceof Open ? size : sizeTree(settled(size), this.tables.symbols);
  }
  fresh(name) {
    return { id: `${name}#r${++this.count}`, name };
  }
  /** A tree a second time, whose bound variables are others: each is defined once. */
  again(tree, ids = new Map()) {
    const change = (part) => {
      if (Array.isArray(part)) return part.map(change);
      if (part === null || typeof part !== "object" || part instanceof Open) return part;
      for (const { id, name } of part.bind ?? []) ids.set(id, this.fresh(name).id);
      return Object.fromEntries(
        Object.entries(part).map(([key, value]) => [key, key === "id" ? (ids.get(value) ?? value) : change(value)]),
      );
    };
    return change(tree);
  }
  /** A tree with all sizes told. */
  settled(tree) {
    const lost = this.open.find(({ size }) => settled(size) instanceof Open);
    if (lost) this.fail("open-size", lost);
    const told = (t) => {
      if (t instanceof Open) return sizeTree(settled(t), this.tables.symbols);
      if (Array.isArray(t)) return t.map(told);
      return t && typeof t === "object" ? Object.fromEntries(Object.entries(t).map(([key, part]) => [key, told(part)])) : t;
    };
    return told(tree);
  }
}
