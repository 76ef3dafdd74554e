/** How products are arranged: a sign, a fraction of what does not vary, and the factors in their order. */
import { isLiteral, isNegative, turned } from "./trees.mjs";
import { parts } from "../statement/grammar.mjs";

const [SUM, FOLD, ENTRYWISE, PRODUCT, POWER] = Array(5).keys();
const VARYING = { total: 1, sum: 1, entry: 1, delta: 1 };
const FOLDS = { sum: 1, product: 1, maximum: 1, integral: 1 };

export class Products {
  /** The factors of a product, those of products in it among them. */
  flat(tree) {
    return tree.op === "mul" || tree.op === "matmul" ? tree.args.flatMap((arg) => this.flat(arg)) : [tree];
  }
  /** Is there a minus, and the tree without it. */
  signed(tree) {
    if (isLiteral(tree)) return isNegative(tree) ? [true, turned(tree)] : [false, tree];
    if (FOLDS[tree.op]) {
      const [minus, body] = this.signed(tree.body);
      return minus && (tree.op === "sum" || tree.op === "integral") ? [true, { ...tree, body }] : [false, tree];
    }
    if (tree.op === "total") {
      const [minus, inside] = this.signed(tree.args[0]);
      return minus ? [true, { ...tree, args: [inside] }] : [false, tree];
    }
    if (tree.op !== "mul" && tree.op !== "matmul") return [false, tree];
    let minus = false;
    const factors = this.flat(tree).map((factor) => {
      const [down, rest] =
        isLiteral(factor) || FOLDS[factor.op] || factor.op === "total"
          ? this.signed(factor)
          : this.allNegative(factor)
            ? [true, this.turnedSum(factor)]
            : [false, factor];
      minus = minus !== down;
      return rest;
    });
    const left = factors.filter((factor) => factor !== 1);
    if (!left.length) return [minus, 1];
    return [minus, left.length > 1 ? { ...tree, args: left } : left[0]];
  }
  allNegative(tree) {
    return tree.op === "add" && tree.args.every((arg) => this.signed(arg)[0]);
  }
  turnedSum(tree) {
    return { ...tree, args: tree.args.map((arg) => this.signed(arg)[1]) };
  }
  print_mul(tree) {
    const [minus, rest] = this.signed(tree);
    return this.scaled(minus, this.flat(rest), null);
  }
  print_matmul(tree) {
    const [minus, rest] = this.signed(tree),
      list = this.flat(rest);
    const numbers = list.filter((arg) => this.scope.shape(arg) === null),
      matrices = list.filter((arg) => !numbers.includes(arg));
    if (matrices.every((arg) => arg.op === "ones" && arg.args.every((size) => size === 1)))
      return this.scaled(minus, numbers.length ? numbers : [1], null);
    if (matrices.length > 1) return this.scaled(minus, numbers, [this.n.factors(matrices.map((arg) => this.at(arg, POWER))), PRODUCT]);
    const piece = this.piece(matrices[0]),
      bare = !minus && !numbers.length;
    return this.scaled(minus, numbers, bare || piece[1] >= ENTRYWISE ? piece : [this.n.fence("(", piece[0], ")"), PRODUCT]);
  }
  /** Numbers and, behind them, the matrices that they multiply. */
  scaled(minus, numbers, body) {
    const { n } = this,
      above = [],
      below = [];
    for (const factor of numbers) {
      if (factor.op === "rational") {
        const [top, low] = factor.value.split("/").map(Number);
        if (top !== 1) above.push(top);
        below.push(low);
      } else if (factor.op === "pow" && isLiteral(factor.args[1]) && isNegative(factor.args[1])) {
        const exponent = turned(factor.args[1]);
        below.push(exponent === 1 ? factor.args[0] : { op: "pow", args: [factor.args[0], exponent] });
      } else if (factor !== 1 || numbers.length === 1) above.push(factor);
    }
    const varies = (tree) => Boolean(VARYING[tree.op]) || parts(tree).some(varies);
    const [piece, held] = this.arranged(above, below, body, varies);
    return minus ? [n.row(n.minus(), held < FOLD ? n.fence("(", piece, ")") : piece), SUM] : [piece, held];
  }
  arranged(above, below, body, varies) {
    const { n } = this,
      one = () => n.number("1");
    if (!below.length) {
      if (!above.length) return body ?? [one(), PRODUCT + 2];
      if (!body) return this.numberRow(above);
      return [n.factors([...this.sorted(above).map((factor) => this.at(factor, POWER)), body[0]]), Math.min(body[1], PRODUCT)];
    }
    const low = this.numberRow(below)[0],
      row = (list) => (list.length ? this.numberRow(list)[0] : one());
    if (below.some(varies)) {
      const top = body && above.length ? n.factors([row(above), body[0]]) : body ? body[0] : row(above);
      return [n.fraction(top, low), PRODUCT];
    }
    if (body) return [n.factors([n.fraction(row(above), low), body[0]]), Math.min(body[1], PRODUCT)];
    const varying = above.filter(varies),
      constant = above.filter((factor) => !varies(factor));
    if (!varying.length) return [n.fraction(row(constant), low), PRODUCT];
    const [tail, held] = varying.length > 1 || FOLDS[varying[0].op] ? this.numberRow(varying) : [this.at(varying[0], PRODUCT), PRODUCT];
    return [n.factors([n.fraction(row(constant), low), tail]), Math.min(held, PRODUCT)];
  }
  /** Numbers, letters, functions, sums in brackets; what takes all that follows comes last. */
  sorted(list) {
    const isSum = (t) => t.op === "add" || (t.op === "pow" && t.args[0].op === "add");
    const rank = (t) => (FOLDS[t.op] ? 4 : isSum(t) ? 2 : isLiteral(t) ? 0 : t.op === "call" || t.op === "log" ? 3 : 1);
    return [...list].sort((a, b) => rank(a) - rank(b));
  }
  numberRow(list) {
    if (list.length === 1) return this.piece(list[0]);
    const factors = this.sorted(list),
      last = factors.at(-1),
      many = factors.filter((factor) => this.isEntrywise(factor)).length > 1;
    const contents = factors.map((factor, k) =>
      this.at(factor, factor === last && k && (FOLDS[factor.op] || factor.op === "total") ? FOLD : POWER),
    );
    const signs = contents
      .slice(1)
      .map((content, k) => (many && this.isEntrywise(factors[k]) && this.isEntrywise(factors[k + 1]) ? this.n.sign("⊙") : null));
    return [this.n.factors(contents, signs), many ? ENTRYWISE : FOLDS[last.op] ? FOLD : PRODUCT];
  }
}
