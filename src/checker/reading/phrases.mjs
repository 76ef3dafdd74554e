/** What begins with a word or with ∂: names and their indices, functions, sums over an index, slopes. */
import { Cursor } from "./cursor.mjs";
import { ALIASES, FUNCTIONS } from "./functions.mjs";

const FOLDS = { sum: "sum", prod: "product", integral: "integral" };
const GRADIENTS = new Set(["grad", "hess", "jac"]);
const CLOSE = { "(": ")", "{": "}" };

export class Phrases extends Cursor {
  /**
   * What follows a first ∂: f/∂X, or /∂X f; `end` is } in a fraction of LaTeX. A Hessian has ∂² above and two letters
   * below, or one with a square.
   */
  slope(first, end) {
    const braced = this.is("^") && this.peek(1).text === "{",
      second = this.is("²") || (this.is("^") && this.peek(braced ? 2 : 1).text === "2");
    if (second) this.at += this.is("²") ? 1 : braced ? 4 : 2;
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
    return this.node("gradient", first, {
      inline: end !== "}",
      op: second ? "hess" : "grad",
      of: of ?? this.power(),
      by: second && by.kind !== "leaf" ? by.base : by,
    });
  }

  word() {
    const token = this.take(),
      { text, sub } = token,
      { lexicon } = this;
    const leaf = (found, end = token.to, from = token.from) => ({ kind: "leaf", from, to: end, found });
    const whole = lexicon.find(sub ? `${text}_${sub.text}` : text);
    if (whole) return whole.op === "function" ? this.functionCall(token, whole) : leaf(whole);
    const ranged = this.is("(") && this.peek(2).text === "=" && this.peek(1).text !== "axis";
    if (FOLDS[text] && (sub || ranged || text !== "sum")) return this.fold(token);
    const known = ALIASES[text] ?? text;
    if (text === "nabla" && sub)
      return this.node("gradient", token, {
        op: "grad",
        by: new this.constructor(sub.text, lexicon, sub.from).whole(),
        of: this.power(),
      });
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
    if (base && base.op !== "function")
      return {
        kind: "index",
        from: token.from,
        to: token.to,
        base: leaf(base, token.from + text.length),
        indices: this.subscript(sub),
      };
    return this.differential(token) ?? this.cut(token);
  }
  /** df/dX and d/dX f, where df and dX are not names themselves. */
  differential(token) {
    const next = this.peek(1),
      { lexicon } = this;
    if (token.text[0] !== "d" || !this.is("/") || next.text[0] !== "d" || next.kind !== "word") return null;
    const named = (word, inner) => inner && lexicon.find(word.sub ? `${inner}_${word.sub.text}` : inner);
    const by = named(next, next.text.slice(1)),
      of = named(token, token.text.slice(1));
    if (!by || (token.text !== "d" && !of)) return null;
    this.at += 2;
    const leaf = (word, found) => ({ kind: "leaf", from: word.from + 1, to: word.to, found });
    return this.node("gradient", token, { inline: true, op: "grad", by: leaf(next, by), of: of ? leaf(token, of) : this.power() });
  }
  /** Xw is X w where that is the only way to cut it into known names. */
  cut(token) {
    const { lexicon } = this,
      spelling = token.sub ? `${token.text}_${token.sub.text}` : token.text;
    const ways = lexicon.cuts(token.text).filter((way) => !token.sub || lexicon.find(`${way.at(-1)}_${token.sub.text}`));
    if (ways.length > 1) this.fail("ambiguous-name", { name: spelling }, token);
    if (!ways.length) this.fail("unknown-name", { name: spelling, near: lexicon.near(spelling, Object.keys(FUNCTIONS)) }, token);
    let from = token.from;
    const pieces = ways[0].map((piece, k, all) => {
      const last = k === all.length - 1,
        out = {
          kind: "word",
          text: piece,
          from,
          to: last ? token.to : from + piece.length,
          glued: k ? true : token.glued,
          sub: last ? token.sub : null,
        };
      from += piece.length;
      return out;
    });
    this.at -= 1;
    this.signs.splice(this.at, 1, ...pieces);
    return this.atom();
  }
  /** A subscript as indices: "ij" and "i, j" are two. */
  subscript({ text, from }) {
    const letters = text.trim(),
      start = from + text.indexOf(letters);
    const one = (part, at) => new this.constructor(part, this.lexicon, at).whole();
    if (letters.includes(",")) {
      let at = from;
      return text.split(",").map((part) => {
        const out = one(part, at);
        at += part.length + 1;
        return out;
      });
    }
    const pair = /^([\p{L}\d])\s*([\p{L}\d])$/u.exec(letters);
    if (pair && (/^\d\s*\d$/.test(letters) || !this.lexicon.find(letters)))
      return [one(pair[1], start), one(pair[2], start + letters.length - 1)];
    return [one(text, from)];
  }

  primes() {
    let order = 0;
    while (this.is("'")) order += Boolean(this.take());
    return order;
  }
  functionCall(token, found) {
    const order = this.primes();
    if (!this.is("(")) this.fail("function-without-argument", { function: token.text }, token);
    return this.node("call", token, { found, order, args: this.arguments(token) });
  }
  builtinCall(token, name) {
    const raised = this.square(),
      order = this.primes(),
      args = this.arguments(token);
    const call = this.node("call", token, { name, order, args, keys: this.keys });
    return raised ? this.node("power", token, { base: call, exponent: raised }) : call;
  }
  /** The 2 or 3 between a function and its bracket: tanh^2(z) is the square of tanh(z). */
  square() {
    const caret = this.is("^") && this.peek(1).kind === "number" && this.peek(2).text === "(" && this.take();
    if (!caret && !this.is("²", "³")) return null;
    const sign = this.take(),
      text = { "²": "2", "³": "3" }[sign.text] ?? sign.text;
    return { kind: "number", text, from: sign.from, to: sign.to };
  }
  /** What stands in brackets behind a function; without brackets, the one factor that follows. */
  arguments(token) {
    const open = this.token;
    this.keys = {};
    if (this.is("(", "{")) {
      this.take();
      return this.inside(() => this.list(CLOSE[open.text], open, () => this.argument())).filter(Boolean);
    }
    const arg = this.startsFactor() && !this.is("[") && this.power();
    if (!arg || this.startsFactor()) this.fail("function-without-argument", { function: token.text }, token);
    return [arg];
  }
  /** An argument; axis=0 and keepdims=True are kept apart. */
  argument() {
    if (!this.isWord("axis", "keepdims") || this.peek(1).text !== "=") return this.sum();
    const key = this.take().text;
    this.take();
    this.keys[key] = this.take();
    return null;
  }
  gradientCall(token) {
    const open = this.take(),
      args = this.inside(() => this.list(")", open, () => this.sum()));
    if (args.length !== 2) this.fail("argument-count", { function: token.text, expected: 2, found: args.length }, token);
    return this.node("gradient", token, { op: token.text, of: args[0], by: args[1] });
  }
  property(token, op) {
    const open = this.take(),
      name = this.take(),
      found = this.lexicon.find(name.sub ? `${name.text}_${name.sub.text}` : name.text);
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
    const open = this.take(),
      name = this.take(),
      bound = { op: "bound", name: name.text };
    this.expect("->");
    const body = this.inside(() => this.scoped(bound, () => this.sum()));
    this.expect(",");
    const arg = this.inside(() => this.sum());
    this.expect(")", open);
    return this.node("map", token, { bound, body, arg });
  }
  /** sum_i body, sum_{i=1}^{n} body, sum(i=1..n) body: the body is the term that follows. */
  fold(token) {
    const { sub, text } = token,
      open = !sub && this.is("(") && this.take();
    if (!sub && !open) this.fail("function-without-argument", { function: token.text }, token);
    if (text === "integral" && sub && !sub.text.includes("=")) return this.integral(token);
    const inner = sub ? new this.constructor(sub.text, this.lexicon, sub.from) : this,
      name = inner.take();
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
    const low = new this.constructor(token.sub.text, this.lexicon, token.sub.from).whole();
    this.expect("^");
    const high = this.is("{") ? this.group() : this.atom();
    const last =
      this.signs.slice(this.at).find(({ kind, text }) => kind === "word" && /^d\p{L}/u.test(text) && !this.lexicon.find(text)) ??
      this.fail("ends-early", {}, this.signs.at(-1));
    last.kind = "differential";
    const bound = { op: "bound", name: last.text.slice(1), at: last };
    const body = this.scoped(bound, () => this.chain());
    if (this.take() !== last) this.fail("unexpected", { found: last.text }, last);
    return this.node("fold", token, { op: "integral", bound, low, high, body });
  }
}
