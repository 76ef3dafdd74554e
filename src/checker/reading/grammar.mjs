/**
 * From signs to a syntax tree: what belongs together, not yet what it means. Loosest first: or, and, not, relation,
 * sum, product (one chain of all its signs), sign, power. Each node has its place, `from` and `to`.
 */
import { Phrases, unsigned } from "./phrases.mjs";

const RELATIONS = { "=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge" };
const CLOSE = { "(": ")", "[": "]", "{": "}", "⟨": "⟩", "<": ">", "|": "|", "‖": "‖" };

const DEEPEST = 60;
/** May it be the number of a layer or of a sample, and no exponent? */
const isLabel = ({ kind, arg }) =>
  kind === "group" && (arg.kind === "sum" ? arg.terms.map(({ node }) => node) : [arg]).every((node) => ["leaf", "number"].includes(node.kind));

/** Is it a norm between bars, or a power of one, with nothing below it yet? */
const isNorm = ({ kind, base, bars, below }) => (kind === "power" ? Boolean(base.bars && !base.below) : Boolean(bars && !below));
/** Does it stand in square brackets, with commas or alone? */
const isList = ({ kind, square }) => kind === "rows" || Boolean(square);
/** Does something in it stand beside something else, as columns would that are parted by spaces? */
function hasColumns(node) {
  const terms = node.kind === "sum" ? node.terms : [{ node }];
  const beside = terms.some(({ node: term }) => term.kind === "chain" && term.rest.some(({ op }) => op === ""));
  return beside || terms.slice(1).some(({ sign, node: term }) => sign.spaced && term.from === sign.to);
}

export class Grammar extends Phrases {
  whole() {
    const out = this.either();
    if (this.token.kind !== "end") this.unexpected();
    return out;
  }
  either() {
    return this.joined("or", () => this.joined("and", () => this.negated()));
  }
  joined(op, part) {
    const first = this.token,
      args = [part()];
    while (this.is(op) || this.isWord(op)) {
      this.take();
      args.push(part());
    }
    return args.length > 1 ? this.node("logic", first, { op, args }) : args[0];
  }
  negated() {
    const first = this.token;
    if (!this.is("not") && !this.isWord("not")) return this.relation();
    this.take();
    return this.node("logic", first, { op: "not", args: [this.negated()] });
  }
  relation() {
    const first = this.token,
      left = this.sum();
    if (this.token.kind !== "op" || !RELATIONS[this.token.text]) return left;
    const sign = this.take();
    return this.node("relation", first, { op: RELATIONS[sign.text], left, right: this.sum(), sign });
  }
  sum() {
    const first = this.token,
      terms = [];
    do {
      const start = this.token,
        minus = (this.is("+", "-") ? this.take() : start).text === "-" && start.kind === "op";
      terms.push({ minus, sign: start, node: this.chain() });
    } while (this.is("+", "-"));
    terms.forEach(({ node }, k) => this.ended(node, terms.slice(k + 1).map((term) => term.node)));
    return terms.length > 1 || terms[0].minus ? this.node("sum", first, { terms }) : terms[0].node;
  }
  /** Factors and the signs between them; "" where they stand side by side. */
  chain() {
    const first = this.token,
      head = this.signed(),
      rest = [];
    for (;;) {
      if (this.is("‖") && this.token.pair && this.token.glued && this.bars === "|") this.parted(); // |a||b|
      const sign = this.token,
        before = rest.at(-1)?.node ?? head;
      if (this.is("*", "·", "×", "@", "/", "⊙", "⊙*", "./", "⊘")) {
        this.alone(before, sign);
        this.take();
        const node = this.signed();
        rest.push({ op: sign.text, sign, node: ["/", "./", "⊘"].includes(sign.text) ? this.closed(node) : node });
      } else if (this.startsFactor()) {
        this.alone(before, sign);
        if (sign.glued && (rest.at(-1)?.op === "/" || before.inline))
          this.fail("ambiguous-division", {}, { from: before.from, to: sign.to });
        if (sign.kind === "number" && before.kind === "number") this.unexpected();
        rest.push({ op: "", sign, node: this.power() });
      } else break;
    }
    return rest.length ? this.node("chain", first, { head, rest }) : head;
  }
  /** No factor follows an operator such as ∂/∂X, which might be taken of the product. */
  alone(before, sign) {
    const { operator, from } = unsigned(before);
    if (operator) this.fail("ambiguous-slope", {}, { from, to: sign.to });
  }
  startsFactor() {
    if (this.token.kind === "number") return true;
    if (this.token.kind === "word") return !this.isWord("if", "otherwise", "and", "or", "for");
    return this.is("(", "⟨", "√", "\\frac", "[", "{", "∂") || (this.is("|", "‖") && this.opensBar());
  }
  /** Does a bar begin something?  Inside a bar of its kind only one that says so. */
  opensBar() {
    const { side, text } = this.token;
    return side === "left" || (side !== "right" && this.bars !== text);
  }
  signed() {
    const first = this.token;
    if (this.is("-")) {
      this.take();
      return this.node("sum", first, { terms: [{ minus: true, sign: first, node: this.deeper(() => this.signed()) }] });
    }
    return this.power();
  }
  power() {
    return this.deeper(() => this.raisedAtom());
  }
  deeper(part) {
    if (++this.lexicon.depth > DEEPEST) this.fail("too-deep");
    const out = part();
    this.lexicon.depth -= 1;
    return out;
  }
  raisedAtom() {
    const first = this.token;
    let out = this.atom();
    for (;;) {
      const sign = this.token;
      if (this.is("ᵀ", "'")) {
        this.take();
        out = this.node("transpose", first, { base: out });
      } else if (this.is("_") && isNorm(out) && ["2", "F"].includes(sign.sub.text.trim())) {
        (out.base ?? out).below = this.take().sub.text.trim(); // ‖x‖₂², ‖X‖^2_F
        out.to = sign.to;
      } else if (this.is("_")) {
        this.take();
        out = this.node("index", first, { base: out, indices: this.subscript(sign.sub) });
      } else if (out.kind === "power" && !out.letter && this.isRaised()) this.fail("ambiguous-exponent");
      else if (this.is("²", "³")) out = this.squared(first, out);
      else if (this.is("^", "**", ".^")) {
        this.take();
        out = this.raised(first, out, sign.text);
      } else if (this.is("[") && sign.glued && out.kind !== "number") out = this.bracketed(first, out);
      else return out;
    }
  }
  raised(first, base, sign) {
    const braced = this.is("{") && this.take();
    const entrywise = this.is("⊙") ? Boolean(this.take()) : sign !== "^" && sign;
    if (!entrywise && base.found?.id !== "e" && this.isTurnedInverse(braced)) return this.turnedInverse(first, base, braced);
    const { kind, text, sub } = this.token,
      alone = sub ? !braced && !this.lexicon.find(`T_${sub.text}`) : !braced || this.peek(1).text === "}",
      letter = !entrywise && kind === "word" && text === "T" && alone;
    const number = !letter || this.lexicon.find("T");
    if (!number && sub) {
      this.take(); // A^T_{1,2} is an entry of the transpose
      return this.node("index", first, { base: this.node("power", first, { base, letter }), indices: this.subscript(sub) });
    }
    const exponent = !number ? this.take() : braced ? this.inside(() => this.sum()) : this.exponent();
    if (braced && this.isWord("if", "otherwise")) return this.node("power", first, { base, exponent: this.cases(braced, exponent), entrywise });
    if (braced) this.expect("}", braced);
    if (braced && isLabel(exponent) && base.found?.id !== "e") this.fail("ambiguous-exponent", {}, exponent); // z^{(l)}, z^{[2]}
    const beside = !braced && number && this.token.glued && ["word", "number"].includes(this.token.kind);
    const halved = !braced && number && unsigned(exponent).text === "1" && this.is("/") && this.token.glued && this.peek(1).kind === "number";
    if (halved) this.fail("ambiguous-exponent"); // a^1/2, a^-1/2
    if (beside && (unsigned(exponent).kind === "leaf" || base.found?.id === "e" || this.isSignT(this.token))) this.fail("ambiguous-exponent"); // e^xy, e^2x, a^-bc, A^-1T
    return this.node("power", first, { base, exponent: number && exponent, entrywise, letter });
  }
  /** Is here the -T of A^{-T}? */
  isTurnedInverse(braced) {
    const turned = this.peek(1).text === "ᵀ" || this.isSignT(this.peek(1));
    return this.is("-") && turned && (!braced || this.peek(2).text === "}");
  }
  /** A T without a subscript that nobody declared. */
  isSignT({ text, sub }) { return text === "T" && !sub && !this.lexicon.find("T"); }
  turnedInverse(first, base, braced) {
    const minus = this.take(), { from, to } = this.take();
    if (braced) this.expect("}", braced);
    const exponent = this.node("sum", minus, { terms: [{ minus: true, sign: minus, node: { kind: "number", text: "1", from, to } }] });
    return this.node("transpose", first, { base: this.node("power", first, { base, exponent, entrywise: false, letter: false }) });
  }
  /** Is there a power, and not the sign of a transpose? */
  isRaised() {
    if (this.is("²", "³", "**", ".^")) return true;
    const letter = this.peek(1).text === "{" ? this.peek(3).text === "}" && this.peek(2) : this.peek(1);
    return this.is("^") && !(letter && this.isSignT(letter));
  }
  squared(first, base) {
    const { text, from, to } = this.take();
    return this.node("power", first, { base, exponent: { kind: "number", text: text === "²" ? "2" : "3", from, to } });
  }
  /** An exponent without braces; powers in it group to the right. */
  exponent() {
    const first = this.token;
    if (this.is("-")) {
      this.take();
      return this.node("sum", first, { terms: [{ minus: true, sign: first, node: this.deeper(() => this.exponent()) }] });
    }
    const base = this.closed(this.atom());
    if (!this.isRaised()) return base;
    if (this.is("²", "³")) return this.squared(first, base);
    const sign = this.take();
    return this.deeper(() => this.raised(first, base, sign.text));
  }
  /** A[i, j]: letters alone, since a number would be counted from 0 by some and from 1 by others. */
  bracketed(first, base) {
    const open = this.take(),
      indices = this.list("]", open, () => this.sum());
    const bad = indices.find((index) => index.kind !== "leaf");
    if (bad) this.fail("index-form", {}, bad);
    return this.node("index", first, { base, indices });
  }
  list(close, open, part, between = ",") {
    const out = [];
    while (!this.is(close)) {
      out.push(part());
      if (!this.is(close)) this.expect(between, open);
    }
    this.take();
    return out;
  }

  atom() {
    const first = this.token;
    if ((first.text === "1" || (first.text === "𝟏" && !first.sub)) && this.peek(1).text === "[" && this.peek(1).glued)
      return this.indicator();
    if (first.kind === "number") return this.number();
    if (first.kind === "word") return this.word();
    if (this.is("\\frac")) return this.fraction();
    if (this.is("∂")) return this.slope(this.take(), "∂");
    if (this.is("√")) return this.root();
    if (this.is("⟨", "<")) {
      const args = this.inside(() => this.list(CLOSE[first.text], this.take(), () => this.sum()));
      if (args.length !== 2) this.fail("argument-count", { function: "⟨ , ⟩", expected: 2, found: args.length }, first);
      return this.node("inner", first, { args });
    }
    if (this.is("|", "‖")) {
      if (first.pair && this.opensTwo()) return this.parted() ?? this.atom();
      this.take();
      const arg = this.inside(() => this.sum(), first.text);
      const last = this.expect(first.text, first);
      if (last.spaced && !last.side && this.token.glued && this.startsFactor()) this.fail("ambiguous-bar", {}, last); // |a |b| c|
      return this.node(first.text === "|" ? "bars" : "call", first, { name: "norm", args: [arg], bars: first.text === "‖" });
    }
    if (this.is("(", "[", "{")) return this.group();
    return this.unexpected();
  }
  number() {
    const first = this.take(),
      { text } = first,
      letter = /e(\d*)/i.exec(text);
    if (letter && [letter[0], letter[0][0]].some((name) => this.lexicon.find(name))) this.fail("number-form", { number: text }, first);
    return this.node("number", first, { text });
  }
  /** √ of what stands in brackets, or of one sign where nothing stands beside it; \\sqrt takes one as TeX does. */
  root() {
    const first = this.take(),
      tex = first.to - first.from > 1,
      open = this.token;
    let index = null;
    if (tex && this.is("[")) {
      this.take();
      index = this.inside(() => this.sum());
      this.expect("]", open);
    }
    const bracket = this.is("(", "{"),
      braced = this.is("{"),
      { text, sub, from, to } = this.token;
    const single = this.is("\\frac") || (!sub && ([...text].length === 1 || to - from > text.length));
    const unclear = () => this.fail("ambiguous-root", {}, { from: first.from, to: this.token.to });
    if (tex && !bracket && !single) unclear();
    const arg = bracket ? this.group() : this.deeper(() => this.atom());
    if (!braced && !(tex && !bracket) && this.isRaised()) unclear();
    if (!bracket && !tex && (this.startsFactor() || this.is("ᵀ", "'", "_", "^"))) unclear();
    return index ? this.node("root", first, { arg, index }) : this.node("call", first, { name: "sqrt", args: [arg] });
  }
  /** 1[z > 0]: 1 where the condition holds, else 0. */
  indicator() {
    const first = this.take(),
      open = this.take(),
      condition = this.inside(() => this.either());
    this.expect("]", open);
    return this.node("indicator", first, { condition });
  }
  inside(part, bars = null) {
    const outer = this.bars;
    this.bars = bars;
    const out = part();
    this.bars = outer;
    return out;
  }
  /** A bracket: a group, a matrix written out, or cases. */
  group() {
    const open = this.take(),
      close = CLOSE[open.text];
    return this.inside(() => {
      const head = open.text === "[" ? this.sum() : this.either();
      if (open.text === "[" && this.is(",", ";")) return this.rows(open, head);
      if (open.text === "{" && (this.isWord("if", "otherwise") || this.is(";", "&"))) return this.cases(open, head);
      this.expect(close, open);
      const square = open.text === "[", columns = square && open.to - open.from === 1 && hasColumns(head);
      return this.node("group", open, { arg: head, square, columns });
    });
  }
  rows(open, head) {
    const rows = [[head]];
    while (!this.is("]")) {
      const sign = this.is(",", ";") ? this.take() : this.expect("]", open);
      if (this.is("]")) break;
      if (sign.text === ";") rows.push([]);
      rows.at(-1).push(this.sum());
    }
    this.take();
    const typed = open.to - open.from === 1; // and no environment of LaTeX
    if (typed && rows[0].length === 1) rows.flat().forEach((node) => this.refuseColumns(node));
    if (typed && rows.length === 1 && rows[0].length > 1 && rows[0].every(isList)) this.fail("ambiguous-rows", {}, { from: open.from, to: rows[0].at(-1).to });
    return this.node("rows", open, { rows });
  }
  /** [a b; c d] and [1 -1; 0 1]: some part columns by spaces alone. */
  refuseColumns(node) {
    if (hasColumns(node)) this.fail("ambiguous-columns", {}, node);
  }
  cases(open, head) {
    const cases = [];
    for (let value = head; ; value = this.sum()) {
      if (this.is("&")) this.take();
      const word = this.isWord("if", "otherwise", "for") ? this.take() : this.unexpected();
      cases.push({ value, if: word.text === "otherwise" ? true : this.either() });
      if (this.is(";")) this.take();
      if (this.is("}")) break;
      if (this.token.kind === "end") this.expect("}", open);
    }
    this.take();
    return this.node("cases", open, { cases });
  }
  /** \frac{a}{b}, \frac12, \frac{\partial f}{\partial X} and \frac{df}{dX}. */
  fraction() {
    const first = this.take(),
      open = this.token;
    if (this.is("{") && this.peek(1).text === "∂") {
      this.take();
      return this.slope(this.take(), "}");
    }
    const slope = this.is("{") && this.peek(2).text === "}" && this.peek(3).text === "{" && this.peek(5).text === "}";
    const differential = slope && this.differential(this.peek(1), 4, 6, first);
    if (differential) return differential;
    const [top, low] = [0, 1].map(() => this.braced());
    return this.node("chain", first, {
      fraction: true,
      head: top.arg ?? top,
      rest: [{ op: "/", sign: open, node: low.arg?.kind === "number" || low.arg?.kind === "leaf" ? low.arg : low }],
    });
  }
  /** What stands in braces, or what TeX takes without them: one digit, one letter, one command. */
  braced() {
    if (this.is("{")) return this.group();
    const token = this.token,
      { kind, text, sub, from, to } = token;
    if ((kind !== "word" && kind !== "number") || sub) this.unexpected();
    if (to - from === text.length && text.length > 1) {
      if (!/^(\d+|\p{L}+)$/u.test(text)) this.unexpected();
      const split = [
        { ...token, text: text[0], to: from + 1 },
        { ...token, text: text.slice(1), from: from + 1, glued: true },
      ];
      this.signs.splice(this.at, 1, ...split);
    }
    return this.deeper(() => this.atom());
  }
}
