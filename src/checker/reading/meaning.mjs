/** From a syntax tree to a tree of the schema: what each kind of node means, by the shapes of its parts. */
import { Calls } from "./calls.mjs";
import { mentions, outsidePositions } from "./positions.mjs";
import { isLiteral, isMatrix, negative, opposite, parts, product } from "./products.mjs";
import {
  CONDITION,
  constant,
  isOne,
  isSingle,
  lengthOf,
  linear,
  Open,
  plus,
  sameSize,
  settled,
  shapeText,
  sizeTree,
  unify,
} from "./sizes.mjs";
import { shapeOf } from "./shapes.mjs";
import { op } from "./values.mjs";

const BUILTIN = { pi: "pi", π: "pi", e: "e", oo: "oo", inf: "oo", "∞": "oo", "1j": "i" };

/** Is it xᵀ, or x^T? */
const isTransposed = ({ kind, letter }) => kind === "transpose" || Boolean(letter);

export class Meaning extends Calls {
  number(node) {
    return { tree: this.numeral(node.text), shape: null, literal: true };
  }
  leaf({ from, to, found }) {
    const { op: kind, id } = found;
    if (kind === "bound") return { tree: { op: "bound", id: found.id }, shape: null };
    if (kind !== "builtin") return { tree: { op: kind, id }, shape: shapeOf({ op: kind, id }, this.tables) };
    if (id !== "𝟏" && id !== "I") return { tree: { op: "constant", value: BUILTIN[id] }, shape: null };
    const n = new Open();
    this.open.push({ size: n, from, to });
    return id === "I" ? { tree: op("identity", n), shape: [n, n] } : { tree: op("ones", n, 1), shape: [n, constant(1)], column: true };
  }
  group({ arg, columns }) {
    const { tree, shape } = this.value(arg);
    return { tree, shape, grouped: true, columns: columns ? arg : null };
  }
  sum({ terms }) {
    const values = terms.map(({ node, minus, sign }) => {
      const value = this.noCondition(node);
      if (!minus) return { ...value, sign };
      if (value.literal) return { ...value, tree: negative(value.tree), sign };
      return { ...product(opposite(value.factors ?? [value.tree]), value.shape, value), sign };
    });
    if (values.length === 1) return values[0];
    const { shape, level } = this.levelled(values, "sum-sizes");
    return { tree: op(shape ? "matadd" : "add", ...level), shape };
  }
  chain(node) {
    const head = this.noCondition(node.head),
      rest = node.rest.map((link) => ({ ...link, value: this.noCondition(link.node) }));
    this.refuse([{ op: "", node: node.head, value: head }, ...rest]);
    const value = this.products.chain(head, rest);
    return { ...value, fraction: node.fraction };
  }
  /** Refuses z / a b, where b may stand below the line, and a 1 beside a matrix, which may be a column of ones. */
  refuse(links) {
    const isOne = ({ node }) => node.kind === "number" && node.text === "1";
    const isSum = ({ kind, name }) => kind === "fold" || (kind === "call" && ["total", "norm", "expectation"].includes(name)); // 1/m sum(A)
    const isFactor = ({ node, value }) => !isMatrix(value) && !isSum(node);
    links.slice(1).forEach((link, k) => {
      const before = links[k],
        one = [before, link].find(isOne),
        other = one === link ? before : link;
      const tight = ["", "*", "·", "×", "@", "/"].includes(link.op);
      if (["./", "⊘"].includes(before.op) && tight) this.fail("ambiguous-division", { from: before.node.from, to: link.node.to });
      if (link.op !== "") return;
      let { node } = link;
      while (node.base) node = node.base;
      const isEntry = node.square || (node.kind === "group" && this.isPlace(node.arg, link));
      if (isEntry && isMatrix(before.value)) this.fail("index-form", link.node); // x [i] is no product, nor x(i), and x[i] an entry
      if (link.sign.divides && isMatrix(before.value)) this.fail("ambiguous-division", { from: before.node.from, to: link.node.to });
      const coefficient = k === 1 && links[0].value.literal && before.value.literal; // 1/2 z
      if (before.op === "/" && (isFactor(link) || isMatrix(before.value)) && !coefficient) this.fail("ambiguous-division", { from: before.node.from, to: link.node.to });
      if (one && before.op !== "/" && isMatrix(other.value)) this.fail("ambiguous-one", one.node);
    });
  }
  /** (2), and what holds letters that are whole alone, such as (i) and (n - 1)^2, may say which entry is meant, right behind a matrix. */
  isPlace({ kind }, { sign, value: { tree } }) {
    while (tree.op === "pow") [tree] = tree.args;
    const letters = [...(linear(tree)?.keys() ?? [])].filter((id) => id),
      isWhole = letters.every((id) => !(id in this.tables.symbols) || this.tables.symbols[id].facts.integer);
    return sign.glued && (kind === "number" || (letters.length > 0 && isWhole));
  }
  /** |z|: of a matrix it might be the determinant, and what is meant entry by entry is abs(A). */
  bars({ args: [arg] }) {
    return { tree: op("abs", this.scalar(arg, "| |").tree), shape: null };
  }
  transpose({ base }, known) {
    if (!known && base.kind === "number" && base.text === "1")
      base = { kind: "leaf", from: base.from, to: base.to, found: { op: "builtin", id: "𝟏" } }; // 1ᵀ sums a column
    const value = known && isMatrix(known) ? known : this.matrix(base, "transpose"),
      [rows, cols] = value.shape;
    return value.column ? { tree: op("ones", 1, rows), shape: [cols, rows] } : { tree: op("transpose", value.tree), shape: [cols, rows] };
  }
  power(node) {
    const { base, exponent, entrywise, letter } = node;
    if (base.found?.id === "e" && base.found.op === "builtin" && !letter) return this.exponential(exponent);
    const value = this.noCondition(base);
    if (letter && (isMatrix(value) || (value.literal && value.tree === 1 && !exponent))) {
      if (exponent && sameSize(...value.shape)) this.fail("ambiguous-power", node);
      return this.transpose({ base }, isMatrix(value) ? value : undefined);
    }
    if (!exponent) this.fail("number-for-matrix", base, { operation: "transpose" });
    if (exponent.letter && isMatrix(value)) this.fail("ambiguous-power", exponent); // A^2^T
    const { tree } = this.scalar(exponent, "exponent");
    if (value.norm) return { tree: this.normPower(value.norm, tree), shape: null };
    if (!isMatrix(value))
      return {
        tree:
          value.literal && tree === -1 && value.tree
            ? this.products.divided({ ...value, tree: 1 }, value).tree
            : op("pow", value.tree, tree),
        shape: null,
      };
    if (!entrywise && isLiteral(tree) && parts(tree)[0] < 0n) this.square(base, "inverse", value);
    if (entrywise || !sameSize(...value.shape)) return { tree: op("hadamard-power", value.tree, tree), shape: value.shape };
    return { tree: tree === -1 ? op("inverse", value.tree) : op("matpow", value.tree, tree), shape: value.shape };
  }
  /** e^z; that of a square matrix is for most no exponential of each entry, which exp(A) is. */
  exponential(exponent) {
    const value = this.value(exponent);
    if (isMatrix(value) && !isSingle(value.shape) && sameSize(...value.shape)) this.fail("matrix-exponential", exponent);
    return this.applied([exponent], (t) => op("exp", t), [value]);
  }
  /** Where an entry stands: print counts from 1, trees from 0; free indices are already counted from 0. */
  position(node) {
    const size = linear(this.scalar(node, "index").tree);
    if (!size) this.fail("index-unclear", node);
    const shift = [...size].filter(([id]) => this.shifted.has(id) || this.lexicon.isIndex(id)).reduce((sum, [, c]) => sum + c, 0);
    const at = plus(size, constant(shift - 1));
    if (at.size === 1 && at.get("") < 0) this.fail("index-form", node);
    return { at, from: size, tree: at.size ? sizeTree(at, this.tables.symbols) : 0 };
  }
  index(node) {
    const { tree, shape } = this.matrix(node.base, "index"),
      { indices } = node;
    const length = lengthOf(shape),
      row = isOne(shape[0]) && !isOne(shape[1]);
    const joined = length && indices.length === 2 && indices[0].to === indices[1].from; // x_{12} of a column
    if (indices.length < 1 || indices.length > 2 || (indices.length === 1 && !length) || joined)
      this.fail("index-count", node, { shape: shapeText(shape), expected: length ? 1 : 2, found: indices.length });
    const places = indices.map((index) => this.position(index));
    const [i, j] = places.length === 2 ? places : row ? [null, places[0]] : [places[0], null];
    [i, j].forEach((place, k) => {
      for (const [id, c] of place?.from ?? []) {
        const range = this.ranges.get(id);
        if (range && !(place.from.size === 1 && c === 1 && unify(range, shape[k], this.trail))) this.unclear.add(id);
      }
    });
    return { tree: op("entry", tree, i ? i.tree : 0, j ? j.tree : 0), shape: null };
  }
  delta({ indices, ...node }) {
    if (indices.length !== 2) this.fail("index-count", node, { shape: "delta", expected: 2, found: indices.length });
    return { tree: op("delta", ...indices.map((index) => this.position(index).tree)), shape: null };
  }
  fold(node) {
    const { op: kind, bound, low, high, body } = node;
    const line = this.fresh(bound.name),
      range = new Open();
    const shifted = kind !== "integral" && !outsidePositions(body, bound) && mentions(body, bound);
    const end = (part, name) => this.ended(this.scalar(part, name).tree, shifted);
    const ends = low && high ? { low: end(low, "sum"), high: end(high, "sum") } : null;
    bound.id = line.id;
    if (shifted) this.shifted.add(line.id);
    this.ranges.set(line.id, range);
    const inside = this.scalar(body, kind);
    if (!ends && (settled(range) instanceof Open || this.unclear.has(line.id))) this.fail("unknown-range", bound.at, { name: bound.name });
    const last = ends ?? {
      low: shifted ? 0 : 1,
      high: sizeTree(plus(settled(range), constant(shifted ? -1 : 0)), this.tables.symbols),
    };
    const bind = { ...line, facts: kind === "integral" ? { real: true } : { integer: true }, ...last };
    const inner = inside.tree.op === kind && body.kind === "fold" ? inside.tree : { bind: [], body: inside.tree };
    return { tree: { op: kind, bind: [bind, ...inner.bind], body: inner.body }, shape: null };
  }
  /** An end of a sum, less 1 where its index is counted from 0. */
  ended(tree, shifted) {
    const size = shifted && linear(tree);
    return size ? sizeTree(plus(size, constant(-1)), this.tables.symbols) : shifted ? op("add", tree, -1) : tree;
  }
  map({ bound, body, arg }) {
    const line = this.fresh(bound.name);
    bound.id = line.id;
    const inside = this.scalar(body, "apply"),
      { tree, shape } = this.matrix(arg, "apply");
    return { tree: { op: "apply", bind: [line], body: inside.tree, args: [tree] }, shape };
  }
  gradient({ op: kind, of, by, ...node }, known) {
    const isTurned = isTransposed(by),
      variable = this.value(isTurned ? by.base : by),
      value = known ?? this.value(of);
    const turned = value.tree.op === "transpose" ? { ...value, tree: value.tree.args[0] } : value;
    if (kind === "grad" && (isTurned || (turned !== value && isMatrix(variable))))
      return this.laidOut(this.jacobian(turned, variable, of, by), value, variable, of, by, isTurned);
    if (!["symbol", "matrix", "name", "entry"].includes(variable.tree.op)) this.fail("gradient-by", by);
    const n = isMatrix(variable) ? lengthOf(variable.shape) : null;
    if (kind === "jac") return this.jacobian(value, variable, of, by);
    if (value.shape && !(isMatrix(value) && isSingle(value.shape)))
      this.fail("gradient-of-matrix", of, { shape: isMatrix(value) ? shapeText(value.shape) : CONDITION });
    if (kind === "hess" && variable.shape && !n) this.fail("not-vector", by, { operation: "hess", shape: shapeText(variable.shape) });
    return {
      ...node,
      tree: op(kind, this.products.total(value).tree, variable.tree),
      shape: kind === "hess" && n ? [n, n] : variable.shape,
    };
  }
  /** ∂²f of two letters or of one twice: a Hessian, or slopes by numbers one after the other. */
  slopes({ of, by, ...node }) {
    const bare = by.map((one) => (isTransposed(one) ? one.base : one)),
      trees = bare.map((one) => JSON.stringify(this.value(one).tree)),
      turned = by.map((one, k) => one !== bare[k]);
    const [first] = bare,
      { shape } = this.value(first),
      same = trees.every((tree) => tree === trees[0]);
    const wrong = isMatrix({ shape })
      ? !same || by.length > 2 || (turned[0] || turned[1] ? turned[0] === turned[1] || turned[0] !== !isOne(shape[1]) : false)
      : turned.includes(true) || bare.some((one) => isMatrix(this.value(one)));
    if (wrong) this.fail("slope-order", { from: by[0].from, to: by.at(-1).to });
    if (same && by.length === 2) return this.gradient({ ...node, op: "hess", of, by: first });
    return bare.reduceRight((inner, one) => this.gradient({ ...node, op: "grad", of: inner, by: one }, inner === of ? undefined : inner), of);
  }
  /** Row i is of the i-th entry above the line, column j by the j-th below: a column stands above, and a row below. */
  laidOut(jacobian, above, variable, of, by, isTurned) {
    if (!isOne(above.shape[1]) || !isOne(variable.shape[isTurned ? 1 : 0])) this.fail("slope-layout", { from: Math.min(of.from, by.from), to: Math.max(of.to, by.to) });
    return jacobian;
  }
  /** Also written ∂u/∂vᵀ for columns, and ∂uᵀ/∂v for rows. */
  jacobian(value, variable, of, by) {
    const lengths = [
      [value, of],
      [variable, by],
    ].map(([{ shape }, place]) => {
      const length = isMatrix({ shape }) && lengthOf(shape);
      return length || this.fail("not-vector", place, { operation: "jac", shape: isMatrix({ shape }) ? shapeText(shape) : ["1", "1"] });
    });
    return { tree: op("jac", value.tree, variable.tree), shape: lengths };
  }
  rows({ rows, ...node }) {
    const short = rows.find((row) => row.length !== rows[0].length);
    if (short) this.fail("index-count", node, { shape: "row", expected: rows[0].length, found: short.length });
    const values = rows.map((row) => row.map((x) => this.value(x)));
    if (values.flat().some((value) => isMatrix(value) && !isSingle(value.shape))) return this.grid(rows, values);
    const shape = [rows.length, rows[0].length];
    return {
      tree: { op: "rows", rows: rows.map((row, i) => row.map((x, j) => this.scalar(x, "rows", values[i][j]).tree)), shape },
      shape: shape.map(constant),
    };
  }
  /** Rows of blocks, one above the other. */
  grid(nodes, values) {
    nodes.flat().forEach((node, k) => isMatrix(values.flat()[k]) || this.fail("number-for-matrix", node, { operation: "hstack" }));
    const across = values.map((row) => (row.length > 1 ? { ...row[0], ...this.blocks("hstack", row) } : row[0]));
    return across.length > 1 ? this.blocks("vstack", across) : across[0];
  }
  cases({ cases }) {
    const tree = {
      op: "cases",
      cases: cases.map((c) => ({ value: this.scalar(c.value, "cases").tree, if: c.if === true ? true : this.condition(c.if) })),
    };
    return { tree, shape: null };
  }
  /** 1[z > 0], and 1[Z > 0] entry by entry. */
  indicator({ condition }) {
    const cases = (tree) => ({
      op: "cases",
      cases: [
        { value: 1, if: tree },
        { value: 0, if: true },
      ],
    });
    if (condition.kind !== "relation") return { tree: cases(this.condition(condition)), shape: null };
    const sides = [condition.left, condition.right],
      values = sides.map((side) => this.value(side));
    if (values.some(isMatrix)) return this.applied(sides, (a, b) => cases(op(condition.op, a, b)), values);
    return { tree: cases(this.relation(condition, values).tree), shape: null };
  }
  relation(node, values) {
    const [a, b] = [node.left, node.right].map((side, k) =>
      node.op === "eq" || node.op === "ne" ? (values?.[k] ?? this.noCondition(side)) : this.scalar(side, "relation", values?.[k]),
    );
    const { level } = this.levelled([a, { ...b, sign: node.sign }], "relation-sizes");
    return { tree: op(node.op, ...level), shape: CONDITION };
  }
  logic({ op: kind, args }) {
    return { tree: op(kind, ...args.map((arg) => this.condition(arg))), shape: CONDITION };
  }
  property({ op: kind, id, order }) {
    return { tree: { op: kind, function: id, ...(order && { order: Number(order.text) }) }, shape: CONDITION };
  }
}
