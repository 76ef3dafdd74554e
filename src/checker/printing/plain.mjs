/** A tree as one line of text that reads back as the same tree, wherever the language can say it. */
import { FUNCTIONS } from "../reading/functions.mjs";
import { isOne, sameSize } from "../reading/sizes.mjs";
import { Scope } from "./scope.mjs";
import { alike, calledWith, isLiteral, isNegative, turned } from "./trees.mjs";

/** How tightly a text holds together; FOLD takes all factors that follow. */
const [OR, AND, NOT, RELATION, SUM, FOLD, ENTRYWISE, PRODUCT, POWER, ATOM] = Array(10).keys();
const RELATIONS = { eq: "=", ne: "!=", lt: "<", le: "<=", gt: ">", ge: ">=" };
const NAMES = {
  trace: "tr",
  determinant: "det",
  identity: "eye",
  "diagonal-matrix": "diag",
  diagonal: "diag",
  total: "sum",
  "diagonal-part": "diagonal_part",
};
const CONSTANTS = { i: "1j", "-oo": "(-oo)" };
const FOLDS = { sum: "sum", product: "prod", maximum: "max", integral: "integral" };
const HALF = '{"op":"rational","value":"1/2"}';

export const plain = (tree, tables) => new Plain(tables).at(tree, OR);

class Plain {
  constructor(tables) {
    this.scope = new Scope(tables);
  }
  at(tree, level) {
    const [text, held] = this.piece(tree);
    return held >= level ? text : `(${text})`;
  }
  call(name, ...args) {
    return [`${name}(${args.map((arg) => this.at(arg, SUM)).join(", ")})`, ATOM];
  }
  piece(tree) {
    if (typeof tree === "number") return [`${tree}`, tree < 0 ? SUM : ATOM];
    const rule = this[`print_${tree.op.replace("-", "_")}`];
    if (rule) return rule.call(this, tree, ...(tree.args ?? []));
    if (RELATIONS[tree.op]) return [tree.args.map((arg) => this.at(arg, SUM)).join(` ${RELATIONS[tree.op]} `), RELATION];
    return this.call(NAMES[tree.op] ?? tree.op, ...(tree.args ?? []));
  }
  leaf({ op, id }) {
    return [this.scope.name(op, id), ATOM];
  }
  print_symbol(tree) {
    return this.leaf(tree);
  }
  print_matrix(tree) {
    return this.leaf(tree);
  }
  print_name(tree) {
    return this.leaf(tree);
  }
  print_bound(tree) {
    return this.leaf(tree);
  }
  print_integer({ value }) {
    return [value, value.startsWith("-") ? SUM : ATOM];
  }
  print_decimal({ value }) {
    return [value, value.startsWith("-") ? SUM : ATOM];
  }
  print_rational({ value }) {
    return [value, value.startsWith("-") ? SUM : PRODUCT];
  }
  print_constant({ value }) {
    return [CONSTANTS[value] ?? value, ATOM];
  }

  /** The terms of a sum, each with its sign. */
  terms(texts) {
    return [texts.map((text, k) => (k ? (text.startsWith("-") ? ` - ${text.slice(1)}` : ` + ${text}`) : text)).join(""), SUM];
  }
  /** A term: a product keeps its minus, all else that is loose gets brackets. */
  term(tree) {
    const [text, held] = this.piece(tree);
    return held > SUM || isLiteral(tree) || ((tree.op === "mul" || tree.op === "matmul") && text.startsWith("-")) ? text : `(${text})`;
  }
  print_add(tree, ...args) {
    return this.terms(args.map((arg) => this.term(arg)));
  }
  print_matadd(tree, ...args) {
    const shape = this.scope.shape(tree),
      numbers = args.map((arg) => this.everywhere(arg));
    const short = shape && !shape.every(isOne) && numbers.some((number) => !number);
    return this.terms(args.map((arg, k) => (short && numbers[k] ? this.factors(numbers[k], false)[0] : this.term(arg))));
  }
  /** The factors of a number at each entry, written c ones(m, n); null for another matrix. */
  everywhere(tree) {
    if (tree.op === "ones") return [1];
    if (tree.op !== "matmul" || tree.args.length < 2 || tree.args.at(-1).op !== "ones") return null;
    const numbers = tree.args.slice(0, -1);
    return numbers.every((arg) => this.scope.shape(arg) === null) && numbers[0] !== 1 && numbers[0] !== 0 ? numbers : null;
  }

  print_mul(tree, ...args) {
    return this.factors(args, false);
  }
  print_matmul(tree, ...args) {
    return this.factors(args, true);
  }
  /** Factors side by side; powers with a negative exponent stand behind a line. */
  factors([head, ...tail], matrices) {
    const minus = isLiteral(head) && isNegative(head),
      first = minus ? turned(head) : head;
    const list = minus && first === 1 && tail.length && !isLiteral(tail[0]) ? tail : [first, ...tail];
    const line = (arg, k) =>
      this.divisor(arg) ?? (k && !list.slice(0, k).every(isLiteral) && /^1\//.test(arg.value) ? arg.value.slice(2) : null);
    let divided = Boolean(line(list[0], 0)),
      several = false,
      open = false;
    const isMatrix = (arg) => matrices && this.scope.shape(arg) !== null;
    let text = divided ? `1 / ${line(list[0], 0)}` : this.factor(list[0], list.length === 1);
    if (list[0] === 1 && list.length > 1 && (matrices || line(list[1], 1))) text = "(1)";
    list.slice(1).forEach((arg, n) => {
      const k = n + 1,
        below = line(arg, k);
      several ||= isMatrix(list[n]);
      open = !below && FOLDS[arg.op] && k === list.length - 1;
      if (below) text += ` / ${below}`;
      else {
        const bracketed = isLiteral(arg) && (matrices || arg.op || arg < 0),
          factor = bracketed ? `(${this.piece(arg)[0]})` : this.factor(arg, open);
        text += (divided ? (several && isMatrix(arg) ? " @ " : " * ") : /^\d/.test(factor) ? " * " : " ") + factor;
      }
      divided = Boolean(below);
    });
    return [minus ? `-${text}` : text, minus ? SUM : open || FOLDS[list.at(-1).op] ? FOLD : PRODUCT];
  }
  factor(arg, last) {
    return isLiteral(arg) ? this.piece(arg)[0] : this.at(arg, last && FOLDS[arg.op] ? FOLD : POWER);
  }
  /** What a power with a negative exponent divides by. */
  divisor({ op, args: [base, exponent] = [] }) {
    if (op !== "pow" || !isLiteral(exponent) || !isNegative(exponent)) return null;
    if (exponent !== -1) return this.at({ op, args: [base, turned(exponent)] }, POWER);
    return base.op === "pow" || isLiteral(base) ? `(${this.piece(base)[0]})` : this.at(base, ATOM);
  }
  print_pow(tree, base, exponent) {
    const below = this.divisor(tree);
    if (below) return [`1 / ${below}`, PRODUCT];
    if (JSON.stringify(exponent) !== HALF)
      return [`${base.op === "constant" && base.value === "e" ? "(e)" : this.at(base, ATOM)}^${this.at(exponent, ATOM)}`, POWER];
    const root = this.norm(base);
    return root ? [`||${root}||`, ATOM] : this.call("sqrt", base);
  }
  /** What stands between the bars, where a sum of squares is the square of a norm. */
  norm({ op, args: [inside] = [] }) {
    return op === "total" && inside.op === "hadamard" && inside.args.length === 2 && alike(...inside.args)
      ? this.at(inside.args[0], SUM)
      : null;
  }
  print_total(tree, inside) {
    const root = this.norm(tree);
    if (root) return [`||${root}||^2`, POWER];
    return inside.op === "hadamard" && inside.args.length === 2
      ? [`⟨${inside.args.map((arg) => this.at(arg, SUM)).join(", ")}⟩`, ATOM]
      : this.call("sum", inside);
  }
  print_hadamard(tree, ...args) {
    const texts = args.map((arg, k) => {
      const below = k && arg.op === "hadamard-power" && arg.args[1] === -1;
      return (k ? (below ? " ⊘ " : " ⊙ ") : "") + (below ? this.at(arg.args[0], POWER) : this.at(arg, PRODUCT));
    });
    return [texts.join(""), ENTRYWISE];
  }
  print_hadamard_power(tree, base, exponent) {
    const shape = this.scope.shape(base);
    if (exponent === -1 && !(shape && sameSize(...shape))) return [`1 / ${this.at(base, ATOM)}`, PRODUCT];
    return [`${this.at(base, ATOM)}.^${this.at(exponent, ATOM)}`, POWER];
  }
  print_matpow(tree, base, exponent) {
    return [`${this.at(base, ATOM)}^${this.at(exponent, ATOM)}`, POWER];
  }
  print_transpose(tree, arg) {
    return [`${this.at(arg, ATOM)}${this.scope.lexicon.find("T") ? "'" : "^T"}`, POWER];
  }
  /** A product alone in its row stands in brackets: [a b; c d] parts columns for some. */
  print_rows({ rows }) {
    return [
      `[${rows.map((row) => row.map((x) => this.at(x, row.length > 1 ? SUM : POWER)).join(", ")).join("; ")}${rows.length === 1 && rows[0].length === 1 ? ";" : ""}]`,
      ATOM,
    ];
  }
  print_entry(tree, matrix) {
    const places = this.scope.places(tree).map((place) => this.at(place, SUM)),
      name = this.at(matrix, ATOM);
    const plainName = /^\p{L}+$/u.test(name) && !this.scope.lexicon.find(`${name}_${places.join(",")}`);
    return [`${plainName ? name : `(${this.at(matrix, SUM)})`}_{${places.join(", ")}}`, ATOM];
  }
  print_delta(tree, ...places) {
    return [`delta_{${places.map((place) => this.at(this.scope.position(place), SUM)).join(", ")}}`, ATOM];
  }
  print_call({ function: id, order = 0 }, arg) {
    return this.call(this.scope.name("function", id) + "'".repeat(order), arg);
  }
  print_apply(tree, arg) {
    const called = calledWith(tree);
    if (called && (called.op === "call" || FUNCTIONS[called.op]?.scalar)) return this.piece(called);
    return this.scope.within(tree.bind, () => [
      `apply(${this.scope.name("bound", tree.bind[0].id)} -> ${this.at(tree.body, SUM)}, ${this.at(arg, SUM)})`,
      ATOM,
    ]);
  }
  print_sum(tree) {
    return this.fold(tree);
  }
  print_product(tree) {
    return this.fold(tree);
  }
  print_maximum(tree) {
    return this.fold(tree);
  }
  print_integral(tree) {
    return this.fold(tree);
  }
  fold(tree) {
    const variables = this.scope.variables(tree);
    return this.scope.within(variables, () => {
      const signs = variables.map(({ id, low, high, shifted }) => {
        const [from, to] = [low, high].map((end) => this.at(this.scope.later(end, +shifted), SUM));
        return `${FOLDS[tree.op]}_{${this.scope.name("bound", id)}=${from}}^{${to}} `;
      });
      return [signs.join("") + this.at(tree.body, tree.body.op === tree.op ? ATOM : tree.op === "product" ? POWER : FOLD), FOLD];
    });
  }
  print_cases({ cases }) {
    return [
      `{${cases.map((c) => `${this.at(c.value, SUM)} ${c.if === true ? "otherwise" : `if ${this.at(c.if, OR)}`}`).join("; ")}}`,
      ATOM,
    ];
  }
  print_and(tree, ...args) {
    return [args.map((arg) => this.at(arg, NOT)).join(" and "), AND];
  }
  print_or(tree, ...args) {
    return [args.map((arg) => this.at(arg, AND)).join(" or "), OR];
  }
  print_not(tree, arg) {
    return [`not ${this.at(arg, NOT)}`, NOT];
  }
  print_smooth({ op, function: id, order }) {
    return [`${op}(${this.scope.name("function", id)}${order === undefined ? "" : `, ${order}`})`, ATOM];
  }
  print_analytic(tree) {
    return this.print_smooth(tree);
  }
}
