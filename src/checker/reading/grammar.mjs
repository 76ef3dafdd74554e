/**
 * From signs to a syntax tree: what belongs together, not yet what it means. Loosest first: or, and, not, relation,
 * sum, product (one chain of all its signs), sign, power. Each node has its place, `from` and `to`.
 */
import { ReadingError } from "./errors.mjs";
import { ALIASES, FUNCTIONS } from "./functions.mjs";
import { tokens } from "./tokens.mjs";

const RELATIONS = { "=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge" };
const FOLDS = { sum: "sum", prod: "product", integral: "integral" };
const CLOSE = { "(": ")", "[": "]", "{": "}", "⟨": "⟩", "<": ">", "|": "|", "‖": "‖" };
const GRADIENTS = new Set(["grad", "hess", "jac"]);

export class Grammar {
  constructor(text, lexicon, shift = 0) {
    this.lexicon = lexicon;
    this.list = tokens(text, shift);
    this.at = 0;
    this.bars = null; // the bar that closes, inside |...| and ‖...‖
  }
  get token() {
    return this.list[this.at];
  }
  is(...texts) {
    return this.token.kind === "op" && texts.includes(this.token.text);
  }
  isWord(...texts) {
    return this.token.kind === "word" && texts.includes(this.token.text) && !this.token.sub && !this.lexicon.find(this.token.text);
  }
  take() {
    return this.list[this.at++];
  }
  fail(code, data, token = this.token) {
    throw new ReadingError(code, token.from, token.to, data);
  }
  unexpected() {
    if (this.token.kind === "end") this.fail("ends-early");
    if (this.is(")", "]", "}", "⟩")) this.fail("unopened", { close: this.token.text });
    return this.fail("unexpected", { found: this.token.text });
  }
  expect(text, open) {
    if (this.is(text)) return this.take();
    return open && this.token.kind === "end" ? this.fail("unclosed", { open: open.text }, open) : this.unexpected();
  }
  /** A node over what was read since the token `first`. */
  node(kind, first, more) {
    return { kind, from: first.from, to: this.list[this.at - 1]?.to ?? first.to, ...more };
  }

  whole() {
    const out = this.either();
    if (this.token.kind !== "end") this.unexpected();
    return out;
  }
  either() {
    return this.joined("or", () => this.joined("and", () => this.negated()));
  }
  joined(op, part) {
    const first = this.token, args = [part()];
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
    const first = this.token, left = this.sum();
    if (this.token.kind !== "op" || !RELATIONS[this.token.text]) return left;
    const sign = this.take();
    return this.node("relation", first, { op: RELATIONS[sign.text], left, right: this.sum(), sign });
  }
  sum() {
    const first = this.token, terms = [];
    do {
      const start = this.token, minus = (this.is("+", "-") ? this.take() : start).text === "-" && start.kind === "op";
      terms.push({ minus, sign: start, node: this.chain() });
    } while (this.is("+", "-"));
    return terms.length > 1 || terms[0].minus ? this.node("sum", first, { terms }) : terms[0].node;
  }
  /** Factors and the signs between them; "" where they stand side by side. */
  chain() {
    const first = this.token, head = this.signed(), rest = [];
    for (;;) {
      const sign = this.token;
      if (this.is("*", "@", "/", "⊙", "⊙*", "./")) {
        this.take();
        rest.push({ op: sign.text, sign, node: this.signed() });
      } else if (this.startsFactor()) {
        if (rest.at(-1)?.op === "/" && sign.glued) this.fail("ambiguous-division", {}, { from: rest.at(-1).node.from, to: sign.to });
        rest.push({ op: "", sign, node: this.power() });
      } else break;
    }
    return rest.length ? this.node("chain", first, { head, rest }) : head;
  }
  startsFactor() {
    if (this.token.kind === "number") return true;
    if (this.token.kind === "word") return !this.isWord("if", "otherwise", "and", "or", "for");
    return this.is("(", "⟨", "√", "\\frac", "[", "{", "∂") || (this.is("|", "‖") && this.bars !== this.token.text);
  }
  signed() {
    const first = this.token;
    if (this.is("-")) {
      this.take();
      return this.node("sum", first, { terms: [{ minus: true, sign: first, node: this.signed() }] });
    }
    return this.power();
  }
  power() {
    const first = this.token;
    let out = this.atom();
    for (;;) {
      const sign = this.token;
      if (this.is("ᵀ", "'")) {
        this.take();
        out = this.node("transpose", first, { base: out });
        if (sign.sub) out = this.node("index", first, { base: out, indices: this.subscript(sign.sub) });
      } else if (this.is("²", "³")) {
        this.take();
        out = this.node("power", first, { base: out, exponent: { kind: "number", text: sign.text === "²" ? "2" : "3", from: sign.from, to: sign.to } });
      } else if (this.is("^", "**", ".^")) {
        this.take();
        out = this.raised(first, out, sign.text);
      } else if (this.is("[") && sign.glued && out.kind !== "number") out = this.bracketed(first, out);
      else return out;
    }
  }
  raised(first, base, sign) {
    const braced = this.is("{") && this.take();
    const entrywise = this.is("⊙") ? Boolean(this.take()) : sign !== "^" && sign;
    const { kind, text, sub } = this.token, letter = !entrywise && kind === "word" && text === "T" && !sub && (!braced || this.list[this.at + 1].text === "}");
    const number = !letter || this.lexicon.find("T");
    const exponent = number ? (braced ? this.sum() : this.is("-") ? this.signed() : this.atom()) : this.take();
    if (braced) this.expect("}", braced);
    return this.node("power", first, { base, exponent: number && exponent, entrywise, letter });
  }
  /** A[i, j]: letters alone, since a number would be counted from 0 by some and from 1 by others. */
  bracketed(first, base) {
    const open = this.take(), indices = this.list_("]", open, () => this.sum());
    const bad = indices.find((index) => index.kind !== "leaf");
    if (bad) this.fail("index-form", {}, bad);
    return this.node("index", first, { base, indices });
  }
  list_(close, open, part, between = ",") {
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
    if ((first.text === "1" || (first.text === "𝟏" && !first.sub)) && this.list[this.at + 1].text === "[" && this.list[this.at + 1].glued) return this.indicator();
    if (first.kind === "number") return this.take() && this.node("number", first, { text: first.text });
    if (first.kind === "word") return this.word();
    if (this.is("\\frac")) return this.fraction();
    if (this.is("∂")) return this.slope(this.take(), "∂");
    if (this.is("√")) {
      this.take();
      const arg = this.is("{") ? this.group() : this.power();
      return this.node("call", first, { name: "sqrt", args: [arg] });
    }
    if (this.is("⟨", "<")) {
      const args = this.inside(() => this.list_(CLOSE[first.text], this.take(), () => this.sum()));
      if (args.length !== 2) this.fail("argument-count", { function: "⟨ , ⟩", expected: 2, found: args.length }, first);
      return this.node("inner", first, { args });
    }
    if (this.is("|", "‖")) {
      this.take();
      const arg = this.inside(() => this.sum(), first.text);
      this.expect(first.text, first);
      return this.node("call", first, { name: first.text === "|" ? "abs" : "norm", args: [arg] });
    }
    if (this.is("(", "[", "{")) return this.group();
    return this.unexpected();
  }
  /** 1[z > 0]: 1 where the condition holds, else 0. */
  indicator() {
    const first = this.take(), open = this.take(), number = (text) => ({ kind: "number", text, from: first.from, to: first.to });
    const condition = this.inside(() => this.either());
    this.expect("]", open);
    return this.node("indicator", first, { condition, cases: [{ value: number("1"), if: condition }, { value: number("0"), if: true }] });
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
    const open = this.take(), close = CLOSE[open.text];
    return this.inside(() => {
      const head = open.text === "[" ? this.sum() : this.either();
      if (open.text === "[" && this.is(",", ";")) return this.rows(open, head);
      if (open.text === "{" && (this.isWord("if", "otherwise") || this.is(";"))) return this.cases(open, head);
      const end = this.expect(close, open);
      const out = this.node("group", open, { arg: head });
      return end.sub ? this.node("index", open, { base: out, indices: this.subscript(end.sub) }) : out;
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
    return this.node("rows", open, { rows });
  }
  cases(open, head) {
    const cases = [];
    for (let value = head; ; value = this.sum()) {
      const word = this.isWord("if", "otherwise", "for") ? this.take() : this.unexpected();
      cases.push({ value, if: word.text === "otherwise" ? true : this.either() });
      if (this.is(";")) this.take();
      if (this.is("}")) break;
      if (this.token.kind === "end") this.expect("}", open);
    }
    this.take();
    return this.node("cases", open, { cases });
  }
  /** \frac{a}{b}, and \frac{\partial f}{\partial X}. */
  fraction() {
    const first = this.take(), open = this.token;
    if (this.is("{") && this.list[this.at + 1].text === "∂") {
      this.take();
      return this.slope(this.take(), "}");
    }
    const [top, low] = [0, 1].map(() => (this.is("{") ? this.group() : this.power()));
    return this.node("chain", first, { fraction: true, head: top.arg ?? top, rest: [{ op: "/", sign: open, node: low.arg?.kind === "number" || low.arg?.kind === "leaf" ? low.arg : low }] });
  }
  /**
   * What follows a first ∂: f/∂X, or /∂X f; `end` is } in a fraction of LaTeX. A Hessian has ∂² above and two letters
   * below, or one with a square.
   */
  slope(first, end) {
    const second = this.is("²") || (this.is("^") && this.list[this.at + 1].text === "2");
    if (second) this.at += this.is("²") ? 1 : 2;
    const bare = end === "}" ? this.is("}") : this.is("/");
    const of = bare ? null : this.power();
    if (end === "}") {
      this.expect("}", first);
      this.expect("{");
    } else this.expect("/");
    this.expect("∂");
    const by = this.power();
    if (second && by.kind !== "power") {
      this.expect("∂");
      this.power();
    }
    if (end === "}") this.expect("}");
    return this.node("gradient", first, { op: second ? "hess" : "grad", of: of ?? this.power(), by: second && by.kind !== "leaf" ? by.base : by });
  }

  word() {
    const token = this.take(), { text, sub } = token, { lexicon } = this;
    const leaf = (found, end = token.to, from = token.from) => ({ kind: "leaf", from, to: end, found });
    const whole = lexicon.find(sub ? `${text}_${sub.text}` : text);
    if (whole) return whole.op === "function" ? this.functionCall(token, whole) : leaf(whole);
    const ranged = this.is("(") && this.list[this.at + 2].text === "=" && this.list[this.at + 1].text !== "axis";
    if (FOLDS[text] && (sub || ranged || text !== "sum")) return this.fold(token);
    const known = ALIASES[text] ?? text;
    if (text === "nabla" && sub) return this.node("gradient", token, { op: "grad", by: new Grammar(sub.text, lexicon, sub.from).whole(), of: this.power() });
    if (GRADIENTS.has(text) && this.is("(")) return this.gradientCall(token);
    if ((known === "smooth" || known === "analytic") && this.is("(")) return this.property(token, known);
    if (known === "apply" && this.is("(")) return this.mapped(token);
    if (!sub && ["pi", "π", "e", "oo", "inf", "1j", "𝟏", "I", "E"].includes(text) && !(text === "E" && !this.is("[", "("))) {
      if (text === "E") return this.node("call", token, { name: "expectation", args: [this.group()] });
      return leaf({ op: "builtin", id: text });
    }
    if (text === "delta" && sub) return this.node("delta", token, { indices: this.subscript(sub) });
    if (FUNCTIONS[known] && (!sub || this.is("("))) return this.builtinCall(token, known);
    const base = sub && lexicon.find(text);
    if (base && base.op !== "function") return { kind: "index", from: token.from, to: token.to, base: leaf(base, token.from + text.length), indices: this.subscript(sub) };
    return this.differential(token) ?? this.cut(token);
  }
  /** df/dX and d/dX f, where df and dX are not names themselves. */
  differential(token) {
    const next = this.list[this.at + 1], { lexicon } = this;
    if (token.text[0] !== "d" || !this.is("/") || next.text[0] !== "d" || next.kind !== "word") return null;
    const named = (word, inner) => inner && lexicon.find(word.sub ? `${inner}_${word.sub.text}` : inner);
    const by = named(next, next.text.slice(1)), of = named(token, token.text.slice(1));
    if (!by || (token.text !== "d" && !of)) return null;
    this.at += 2;
    const leaf = (word, found) => ({ kind: "leaf", from: word.from + 1, to: word.to, found });
    return this.node("gradient", token, { op: "grad", by: leaf(next, by), of: of ? leaf(token, of) : this.power() });
  }
  /** Xw is X w where that is the only way to cut it into known names. */
  cut(token) {
    const { lexicon } = this, spelling = token.sub ? `${token.text}_${token.sub.text}` : token.text;
    const ways = lexicon.cuts(token.text).filter((way) => !token.sub || lexicon.find(`${way.at(-1)}_${token.sub.text}`));
    if (ways.length > 1) this.fail("ambiguous-name", { name: spelling }, token);
    if (!ways.length) this.fail("unknown-name", { name: spelling, near: lexicon.near(spelling, Object.keys(FUNCTIONS)) }, token);
    let from = token.from;
    const pieces = ways[0].map((piece, k, all) => {
      const last = k === all.length - 1, out = { kind: "word", text: piece, from, to: last ? token.to : from + piece.length, glued: k ? true : token.glued, sub: last ? token.sub : null };
      from += piece.length;
      return out;
    });
    this.at -= 1;
    this.list.splice(this.at, 1, ...pieces);
    return this.atom();
  }
  /** A subscript as indices: "ij" and "i, j" are two. */
  subscript({ text, from }) {
    const letters = text.trim(), start = from + text.indexOf(letters);
    const one = (part, at) => new Grammar(part, this.lexicon, at).whole();
    if (letters.includes(",")) {
      let at = from;
      return text.split(",").map((part) => {
        const out = one(part, at);
        at += part.length + 1;
        return out;
      });
    }
    const single = /^[\p{L}\d]{2}$/u.test(letters) && !/^\d\d$/.test(letters) && !this.lexicon.find(letters);
    if (single || /^\d\d$/.test(letters)) return [...letters].map((c, k) => one(c, start + k));
    return [one(text, from)];
  }

  primes() {
    let order = 0;
    while (this.is("'")) order += Boolean(this.take());
    return order;
  }
  functionCall(token, found) {
    const order = this.primes();
    return this.node("call", token, { found, order, args: this.arguments(token) });
  }
  builtinCall(token, name) {
    return this.node("call", token, { name, order: this.primes(), args: this.arguments(token), keys: this.keys });
  }
  /** What stands in brackets behind a function; without brackets, the one factor that follows. */
  arguments(token) {
    const open = this.token;
    this.keys = {};
    if (this.is("(", "{")) {
      this.take();
      return this.inside(() => this.list_(CLOSE[open.text], open, () => this.argument())).filter(Boolean);
    }
    const arg = this.startsFactor() && !this.is("[") && this.power();
    if (!arg || this.startsFactor()) this.fail("function-without-argument", { function: token.text }, token);
    return [arg];
  }
  /** An argument; axis=0 and keepdims=True are kept apart. */
  argument() {
    if (!this.isWord("axis", "keepdims") || this.list[this.at + 1].text !== "=") return this.sum();
    const key = this.take().text;
    this.take();
    this.keys[key] = this.take();
    return null;
  }
  gradientCall(token) {
    const open = this.take(), args = this.inside(() => this.list_(")", open, () => this.sum()));
    if (args.length !== 2) this.fail("argument-count", { function: token.text, expected: 2, found: args.length }, token);
    return this.node("gradient", token, { op: token.text, of: args[0], by: args[1] });
  }
  property(token, op) {
    const open = this.take(), name = this.take(), found = this.lexicon.find(name.sub ? `${name.text}_${name.sub.text}` : name.text);
    if (found?.op !== "function") this.fail("function-expected", { name: name.text }, name);
    const order = this.is(",") && this.take() ? this.take() : null;
    this.expect(")", open);
    return this.node("property", token, { op, id: found.id, order });
  }
  /** A name that is bound while a part is read; `bound` is the same object in every place. */
  scoped(bound, part) {
    this.lexicon.scopes.push(bound);
    const out = part();
    this.lexicon.scopes.pop();
    return out;
  }
  /** apply(t -> body, M) */
  mapped(token) {
    const open = this.take(), name = this.take(), bound = { op: "bound", name: name.text };
    this.expect("->");
    const body = this.inside(() => this.scoped(bound, () => this.sum()));
    this.expect(",");
    const arg = this.inside(() => this.sum());
    this.expect(")", open);
    return this.node("map", token, { bound, body, arg });
  }
  /** sum_i body, sum_{i=1}^{n} body, sum(i=1..n) body: the body is the term that follows. */
  fold(token) {
    const { sub, text } = token, open = !sub && this.is("(") && this.take();
    if (!sub && !open) this.fail("function-without-argument", { function: token.text }, token);
    if (text === "integral" && sub && !sub.text.includes("=")) return this.integral(token);
    const inner = sub ? new Grammar(sub.text, this.lexicon, sub.from) : this, name = inner.take();
    if (name.kind !== "word") inner.fail("unexpected", { found: name.text }, name);
    const low = inner.is("=") && inner.take() ? inner.sum() : null;
    if (sub && inner.token.kind !== "end") inner.unexpected();
    let high = null;
    if (open) {
      this.expect("..", open);
      high = this.sum();
      this.expect(")", open);
    } else if (this.is("^")) {
      this.take();
      high = this.is("{") ? this.group() : this.atom();
    }
    const bound = { op: "bound", name: name.text, at: name };
    const body = this.scoped(bound, () => this.chain());
    return this.node("fold", token, { op: FOLDS[text], bound, low, high, body });
  }
  /** An integral of LaTeX, whose variable stands behind its body: \int_{0}^{h} f(s) \, \mathrm{d}s. */
  integral(token) {
    const low = new Grammar(token.sub.text, this.lexicon, token.sub.from).whole();
    this.expect("^");
    const high = this.is("{") ? this.group() : this.atom();
    const last = this.list.slice(this.at).find(({ kind, text }) => kind === "word" && /^d\p{L}/u.test(text) && !this.lexicon.find(text)) ?? this.fail("ends-early", {}, this.list.at(-1));
    last.kind = "differential";
    const bound = { op: "bound", name: last.text.slice(1), at: last };
    const body = this.scoped(bound, () => this.chain());
    if (this.take() !== last) this.fail("unexpected", { found: last.text }, last);
    return this.node("fold", token, { op: "integral", bound, low, high, body });
  }
}
