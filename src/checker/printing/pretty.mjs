/**
 * How a formula is arranged for the eye, as the book arranges it: signs first, fractions, norms, transposes. A notation
 * says how each arrangement is written, in MathML or in LaTeX.
 */
import { isOne, isSingle, sameSize } from "../reading/sizes.mjs";
import { Products } from "./fractions.mjs";
import { Scope } from "./scope.mjs";
import { alike, isLiteral, isNegative, turned } from "./trees.mjs";
import { parts } from "../statement/grammar.mjs";

export const [SUM, FOLD, ENTRYWISE, PRODUCT, POWER, ATOM] = Array(6).keys();
const RELATIONS = { eq: "=", ne: "≠", lt: "<", le: "≤", gt: ">", ge: "≥" };
const NAMES = {
  trace: "tr",
  determinant: "det",
  "diagonal-matrix": "diag",
  diagonal: "diag",
  "diagonal-part": "diag",
  loggamma: "log Γ",
};
const CONSTANTS = { pi: "π", oo: "∞", "-oo": "−∞", e: "e", i: "i" };
const SIGNS = { sum: "∑", product: "∏", maximum: "max", integral: "∫" };
export const ENGLISH = { if: "if", otherwise: "otherwise", and: "and", or: "or", not: "not" };
const isHalf = (t) => t.op === "rational" && t.value === "1/2";

export class Pretty extends Products {
  constructor(notation, tables, words = ENGLISH) {
    super();
    this.n = notation;
    this.words = words;
    this.scope = new Scope(tables);
    this.arguments = new Map(); // a matrix in the place of the number that stands for its entries
  }
  /** A whole statement: both sides, or a left side that is never negative. */
  statement({ kind, left, right, names }) {
    if (kind === "nonnegative") return this.piece({ op: "ge", args: [left, 0] })[0];
    const other = right ?? (left.op === "name" ? names[left.id].definition : undefined);
    return other === undefined ? this.at(left, SUM) : this.piece({ op: "eq", args: [left, other] })[0];
  }
  at(tree, level) {
    const [content, held] = this.piece(tree);
    return held >= level ? content : this.n.fence("(", content, ")");
  }
  list(trees) {
    return this.n.row(...trees.flatMap((tree, k) => [...(k ? [this.n.comma()] : []), this.at(tree, SUM)]));
  }
  called(name, args) {
    return [this.n.call(this.n.function(name), this.n.fence("(", this.list(args), ")")), ATOM];
  }
  piece(tree) {
    const { n } = this;
    if (isLiteral(tree)) return this.literal(tree);
    const rule = this[`print_${tree.op.replaceAll("-", "_")}`];
    if (rule) return rule.call(this, tree, ...(tree.args ?? []));
    if (RELATIONS[tree.op]) return [n.row(...this.between(tree.args, n.relation(RELATIONS[tree.op]))), SUM];
    if (SIGNS[tree.op]) return this.fold(tree);
    return this.called(NAMES[tree.op] ?? tree.op, tree.args ?? []);
  }
  between(trees, sign, level = SUM) {
    return trees.flatMap((tree, k) => [...(k ? [sign] : []), this.at(tree, level)]);
  }
  literal(tree) {
    const { n } = this,
      negative = isNegative(tree),
      size = negative ? turned(tree) : tree;
    const content = size.op === "rational" ? n.fraction(...size.value.split("/").map(n.number)) : n.number(`${size.value ?? size}`);
    return negative ? [n.row(n.minus(), content), SUM] : [content, size.op === "rational" ? PRODUCT : ATOM];
  }
  print_symbol({ op, id }) {
    return [this.n.name(this.scope.name(op, id)), ATOM];
  }
  print_matrix(tree) {
    return this.print_symbol(tree);
  }
  print_bound(tree) {
    return this.arguments.get(tree.id) ?? this.print_symbol(tree);
  }
  print_name({ op, id }) {
    const name = this.scope.name(op, id);
    return [name === "L" && this.scope.tables.names[id].rows === undefined ? this.n.loss() : this.n.name(name), ATOM];
  }
  print_constant({ value }) {
    return [this.n.constant(CONSTANTS[value]), ATOM];
  }
  print_decimal({ value }) {
    return [this.n.number(value), ATOM];
  }

  // ---------------------------------------------------------------- sums
  print_add(tree, ...args) {
    const whole = this.isWhole(tree); // n + 1, and 1 + z
    const terms = args
      .map((arg) => this.signed(arg))
      .map(([minus, term]) => {
        const content = this.at(term, FOLD);
        return { minus, content, rank: [+minus, +this.has(term, SIGNS), +(isLiteral(term) === whole), this.n.width(content)] };
      });
    return this.terms(terms);
  }
  print_matadd(tree, ...args) {
    const terms = args
      .map((arg) => this.signed(arg))
      .map(([minus, term]) => {
        const number = this.everywhere(term),
          content = number !== null ? this.at(number, PRODUCT) : this.at(term, ENTRYWISE);
        return { minus, content, rank: [+minus, this.kind(term, number), this.n.width(content)] };
      });
    return this.terms(terms);
  }
  /** A literal at each entry, which print writes as the number alone. */
  everywhere(term) {
    if (term.op === "ones") return 1;
    return term.op === "matmul" && term.args.length === 2 && term.args[1].op === "ones" && isLiteral(term.args[0]) ? term.args[0] : null;
  }
  /** Numbers, products, letters, what is entrywise, and what ones spread over rows. */
  kind(term, number) {
    if (number !== null) return 0;
    const factors = term.op === "matmul" ? term.args.filter((arg) => this.scope.shape(arg) !== null) : [term];
    if (factors.some((factor) => factor.op === "ones")) return 4;
    return factors.length > 1 ? 1 : ["matrix", "transpose"].includes(factors[0].op) ? 2 : 3;
  }
  terms(terms) {
    const { n } = this,
      rank = (a, b) => a.rank.findIndex((x, k) => x !== b.rank[k]);
    terms.sort((a, b) => (rank(a, b) < 0 ? 0 : a.rank[rank(a, b)] - b.rank[rank(a, b)]));
    return [
      n.row(
        ...terms.flatMap(({ minus, content }, k) => [...(k ? [minus ? n.sign("−") : n.sign("+")] : minus ? [n.minus()] : []), content]),
      ),
      SUM,
    ];
  }
  /** Is a tree made of sizes and indices alone? */
  isWhole(tree) {
    if (tree.op === "bound") return !this.arguments.has(tree.id) && this.scope.bound.get(tree.id)?.whole === true;
    if (tree.op === "symbol") return Boolean(this.scope.tables.symbols[tree.id]?.facts.integer);
    return Number.isInteger(tree) || ((tree.op === "add" || tree.op === "mul") && tree.args.every((arg) => this.isWhole(arg)));
  }
  has(tree, table) {
    return table[tree.op] !== undefined || parts(tree).some((part) => this.has(part, table));
  }

  // ---------------------------------------------------------------- entrywise
  print_hadamard(tree, ...args) {
    const isBelow = (arg) => arg.op === "hadamard-power" && isLiteral(arg.args[1]) && isNegative(arg.args[1]);
    const above = args.filter((arg) => !isBelow(arg)),
      below = args.filter(isBelow).map((arg) => (arg.args[1] === -1 ? arg.args[0] : { ...arg, args: [arg.args[0], turned(arg.args[1])] }));
    const joined = (list, level) =>
      list.length > 1
        ? [this.n.row(...this.between(list, this.n.sign("⊙"), PRODUCT)), ENTRYWISE]
        : list.length
          ? [this.at(list[0], level), level]
          : this.literal(1);
    if (!below.length) return joined(above, PRODUCT);
    const bracket = ([content, held], level) => (held >= level ? content : this.n.fence("(", content, ")"));
    return [this.n.row(bracket(joined(above, PRODUCT), PRODUCT), this.n.sign("⊘"), bracket(joined(below, POWER), POWER)), ENTRYWISE];
  }
  print_hadamard_product(tree, ...args) {
    return this.print_hadamard(tree, ...args);
  }
  print_hadamard_power(tree, base, exponent) {
    if (isLiteral(exponent) && isNegative(exponent)) return this.print_hadamard(tree, tree);
    return this.entrywisePower(base, exponent);
  }
  entrywisePower(base, exponent) {
    return [this.n.sup(this.at(base, ATOM), this.n.row(this.n.sign("⊙"), this.at(exponent, SUM))), POWER];
  }
  print_apply({ bind: [{ id }], body }, arg) {
    this.arguments.set(id, this.piece(arg));
    const out = this.piece(body);
    this.arguments.delete(id);
    return out;
  }
  /** Does a matrix stand in the tree in the place of its entries? */
  isEntrywise(tree) {
    return (
      this.arguments.size > 0 &&
      ((tree.op === "bound" && this.arguments.has(tree.id)) || parts(tree).some((part) => this.isEntrywise(part)))
    );
  }

  // ---------------------------------------------------------------- powers, functions
  print_pow(tree, base, exponent) {
    if (isLiteral(exponent) && isNegative(exponent)) return this.print_mul(tree, tree);
    const root = this.norm(base);
    if (root && isLiteral(exponent)) return this.normPower(root, exponent);
    if (isHalf(exponent)) return [this.n.root(this.at(base, SUM)), ATOM];
    return this.isEntrywise(base) ? this.entrywisePower(base, exponent) : [this.n.sup(this.at(base, ATOM), this.at(exponent, SUM)), POWER];
  }
  /** What stands between the bars, where a total is the sum of squares. */
  norm({ op, args: [inside] = [] }) {
    if (op !== "total") return null;
    if (inside.op === "hadamard-power" && inside.args[1] === 2) return inside.args[0];
    return inside.op === "hadamard" && inside.args.length === 2 && alike(...inside.args) ? inside.args[0] : null;
  }
  normPower(root, half) {
    const bars = this.n.fence("‖", this.at(root, SUM), "‖");
    if (isHalf(half)) return [bars, ATOM];
    const twice = typeof half === "number" ? 2 * half : { op: "mul", args: [2, half] };
    return [this.n.sup(bars, this.at(twice, SUM)), POWER];
  }
  print_matpow(tree, base, exponent) {
    return [this.n.sup(this.at(base, ATOM), this.at(exponent, SUM)), POWER];
  }
  print_inverse(tree, arg) {
    return this.print_matpow(tree, arg, -1);
  }
  print_exp(tree, arg) {
    return [this.n.sup(this.n.constant("e"), this.at(arg, SUM)), POWER];
  }
  print_abs(tree, arg) {
    if (this.isEntrywise(arg)) return this.called("abs", [arg]);
    return [this.n.fence("|", this.at(arg, SUM), "|"), ATOM];
  }
  print_call({ function: id, order = 0 }, arg) {
    const name = this.n.function(this.scope.name("function", id));
    return [this.n.call(order ? this.n.primed(name, order) : name, this.n.fence("(", this.at(arg, SUM), ")")), ATOM];
  }
  print_expectation(tree, arg) {
    return [this.n.call(this.n.function("E"), this.n.fence("[", this.at(arg, SUM), "]")), ATOM];
  }

  // ---------------------------------------------------------------- matrices
  print_ones(tree, rows, cols) {
    const one = this.n.constant("𝟏"),
      [r, c] = this.scope.shape(tree);
    if (isOne(c)) return [one, ATOM];
    return [isOne(r) ? this.n.transposed(one) : this.n.row(one, this.n.transposed(one)), POWER];
  }
  print_zeros() {
    return this.literal(0);
  }
  print_identity() {
    return [this.n.name("I"), ATOM];
  }
  print_transpose(tree, arg) {
    return [this.n.transposed(this.at(arg, ATOM)), POWER];
  }
  print_rows({ rows }) {
    return this.grid(rows);
  }
  print_hstack(tree, ...args) {
    return this.grid([args]);
  }
  /** A column of blocks; a grid where all are rows of blocks of the same widths. */
  print_vstack(tree, ...args) {
    const rows = args.map((arg) => (arg.op === "hstack" ? arg.args : [arg])),
      widths = rows.map((row) => row.map((x) => this.scope.shape(x)?.[1]));
    const alike = widths.every((w) => w.length === widths[0].length && w.every((size, k) => size && sameSize(size, widths[0][k])));
    return this.grid(alike ? rows : args.map((arg) => [arg]));
  }
  grid(rows) {
    return [this.n.table(rows.map((row) => row.map((x) => this.at(x, SUM)))), ATOM];
  }
  /** 1ᵀ v, uᵀ v, ⟨A, B⟩, ‖v‖², 1ᵀ A 1. */
  print_total(tree, inside) {
    const root = this.norm(tree),
      shape = this.scope.shape(inside);
    if (root) return this.normPower(root, 1);
    if (isSingle(shape)) return this.piece(inside);
    if (inside.op === "hadamard" && inside.args.length === 2) {
      const [a, b] = inside.args;
      if (isOne(shape[1])) return [this.n.factors([this.n.transposed(this.at(a, ATOM)), this.at(b, POWER)]), PRODUCT];
      return [this.n.fence("⟨", this.list([a, b]), "⟩"), ATOM];
    }
    const ones = (k) => (isOne(shape[k]) ? [] : [this.n.constant("𝟏")]);
    const [minus, body] = this.signed(inside),
      list = body.op === "matmul" ? body.args : [body];
    const numbers = list.filter((arg) => this.scope.shape(arg) === null),
      matrices = list.filter((arg) => !numbers.includes(arg));
    const row = this.n.factors([
      ...ones(0).map((one) => this.n.transposed(one)),
      ...matrices.map((arg) => this.at(arg, POWER)),
      ...ones(1),
    ]);
    return minus || numbers.length ? this.scaled(minus, numbers, [row, PRODUCT]) : [row, PRODUCT];
  }
  print_entry(tree, matrix) {
    const places = this.scope.places(tree),
      name = this.at(matrix, ATOM);
    const bare = matrix.id && /^\p{L}+$/u.test(this.scope.name(matrix.op, matrix.id));
    return [this.n.sub(bare ? name : this.n.fence("(", this.at(matrix, SUM), ")"), this.indices(places)), ATOM];
  }
  indices(places) {
    const single = places.every((place) => (typeof place === "number" ? place < 10 : place.op === "bound" || place.op === "symbol"));
    return single ? this.n.row(...places.map((place) => this.at(place, SUM))) : this.list(places);
  }
  print_delta(tree, ...places) {
    return [this.n.sub(this.n.name("delta"), this.indices(places.map((place) => this.scope.position(place)))), ATOM];
  }

  // ---------------------------------------------------------------- slopes, folds, cases
  derivative(of, by) {
    const bare = of.op === "transpose" ? of.args[0] : of,
      d = this.n.constant("∂"),
      n = this.n;
    const top = by.length > 1 ? n.sup(d, n.number(`${by.length}`)) : d,
      below = n.factors(by.map((name) => n.row(d, name)));
    if (["symbol", "matrix", "name"].includes(bare.op)) return [n.fraction(n.row(top, this.at(of, POWER)), below), POWER];
    return [n.factors([n.fraction(top, below), n.fence("[", this.at(of, SUM), "]")]), PRODUCT];
  }
  print_grad(tree, of, by) {
    return this.derivative(of, [this.at(by, SUM)]);
  }
  print_hess(tree, of, by) {
    const shape = this.scope.shape(by),
      name = this.at(by, SUM),
      turn = () => this.n.transposed(this.at(by, ATOM));
    return this.derivative(of, !shape ? [name, name] : isOne(shape[1]) ? [name, turn()] : [turn(), name]);
  }
  print_jac(tree, of, by) {
    const isVector = (t, k) => isOne(this.scope.shape(t)[1 - k]) && !isOne(this.scope.shape(t)[k]);
    const turn = (t) => ({ op: "transpose", args: [t] });
    return this.derivative(isVector(of, 1) ? turn(of) : of, [this.at(isVector(by, 0) ? turn(by) : by, SUM)]);
  }
  print_derivative({ by }, of) {
    return this.derivative(
      of,
      by.flatMap(({ variable, times }) => Array(times).fill(this.at(variable, SUM))),
    );
  }
  fold(tree) {
    const variables = this.scope.variables(tree),
      { n } = this;
    return this.scope.within(variables, () => {
      const ends = variables.map(({ id, low, high, shifted }) => ({
        name: this.at({ op: "bound", id }, SUM),
        low: this.at(this.scope.later(low, +shifted), SUM),
        high: this.at(this.scope.later(high, +shifted), SUM),
      }));
      const body = this.at(tree.body, { integral: PRODUCT, product: POWER }[tree.op] ?? FOLD);
      if (tree.op === "integral")
        return [n.row(...ends.map((end) => n.integral(end)), body, ...ends.map((end) => n.row(n.gap(), n.d(), end.name))), FOLD];
      return [n.row(...ends.map((end) => n.over(SIGNS[tree.op], n.row(end.name, n.relation("="), end.low), end.high)), body), FOLD];
    });
  }
  /** The matrix of what a function of row and column gives. */
  print_function_matrix(tree) {
    const variables = this.scope.variables(tree),
      names = () => variables.map(({ id }) => this.at({ op: "bound", id }, SUM));
    return this.scope.within(variables, () => [this.n.sub(this.n.fence("(", this.at(tree.body, SUM), ")"), this.n.row(...names())), ATOM]);
  }
  print_cases({ cases }) {
    const { n, words } = this,
      last = cases[1];
    if (cases.length === 2 && cases[0].value === 1 && last.value === 0 && last.if === true)
      return [n.call(n.constant("𝟏"), n.fence("[", this.at(cases[0].if, SUM), "]")), ATOM];
    return [
      n.cases(
        cases.map((c) => [
          this.at(c.value, SUM),
          c.if === true ? n.word(words.otherwise) : n.row(n.word(`${words.if} `), this.at(c.if, SUM)),
        ]),
      ),
      ATOM,
    ];
  }
  print_and(tree, ...args) {
    return [this.n.row(...this.between(args, this.n.word(` ${this.words.and} `))), SUM];
  }
  print_or(tree, ...args) {
    return [this.n.row(...this.between(args, this.n.word(` ${this.words.or} `))), SUM];
  }
  print_not(tree, arg) {
    return [this.n.row(this.n.word(`${this.words.not} `), this.at(arg, ATOM)), SUM];
  }
  print_smooth({ op, function: id, order }) {
    return [
      this.n.row(this.n.function(this.scope.name("function", id)), this.n.word(` ${op}${order === undefined ? "" : ` ${order}`}`)),
      SUM,
    ];
  }
  print_analytic(tree) {
    return this.print_smooth(tree);
  }
}
