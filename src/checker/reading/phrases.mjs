/** What begins with a word or with ∂: names and their indices, functions, sums over an index, slopes. */
import { Cursor } from "./cursor.mjs";
import { ALIASES, FUNCTIONS } from "./functions.mjs";
import { GREEK, spelt } from "./names.mjs";
import { mentions } from "./positions.mjs";

const FOLDS = { sum: "sum", prod: "product", max: "maximum", integral: "integral" };
const NAMED = { sum: "the sum", product: "the product", maximum: "the maximum" };
const GRADIENTS = new Set(["grad", "hess", "jac"]);
const CLOSE = { "(": ")", "{": "}" };
/** A function of the language of more than one letter, or what is written as one, or a Greek name. */
const isWord = (name) => name.length > 1 && [FUNCTIONS, ALIASES, FOLDS, GREEK].some((table) => Object.hasOwn(table, name));

/** What a minus stands before. */
export const unsigned = (node) => (node.kind === "sum" && node.terms.length === 1 ? unsigned(node.terms[0].node) : node);

export class Phrases extends Cursor {
  /**
   * What follows a first ∂: f/∂X, or /∂X f; `end` is } in a fraction of LaTeX. Of ∂² there are two letters below, or
   * one with a square.
   */
  slope(first, end) {
    const order = this.order();
    const bare = end === "}" ? this.is("}") : this.is("/");
    const above = bare ? null : { of: end === "}" ? this.inside(() => this.chain()) : this.closed(this.power()) };
    if (end === "}") {
      this.expect("}", first);
      this.expect("{");
    } else this.expect("/");
    const by = [],
      start = this.token;
    while (by.length < order) {
      this.expect("∂");
      const variable = this.power(),
        times = order > 1 && variable.kind === "power" && !variable.letter ? Number(variable.exponent.text ?? NaN) : 1;
      if (!(times >= 1 && by.length + times <= order)) this.fail("slope-order", {}, variable);
      by.push(...Array(times).fill(times > 1 ? variable.base : variable));
    }
    if (end === "}") this.expect("}");
    if (order > 1 && this.is("∂") && this.token.glued) this.fail("slope-order", {}, { from: start.from, to: this.token.to });
    const more = { inline: end !== "}", ...(above ?? this.operand()) };
    return order > 1 ? this.node("slopes", first, { ...more, by }) : this.node("gradient", first, { ...more, op: "grad", by: by[0] });
  }
  /** The order of a slope behind its first ∂. */
  order() {
    if (this.is("²", "³")) return this.take().text === "²" ? 2 : 3;
    if (!this.is("^")) return 1;
    this.take();
    const braced = this.is("{") && this.take();
    if (!/^[1-4]$/.test(this.token.text)) this.unexpected();
    const order = Number(this.take().text);
    if (braced) this.expect("}", braced);
    return order;
  }
  /** What an operator such as ∂/∂X is taken of: one factor, and no other may follow, or what stands in [ ]. */
  operand() {
    const square = this.is("["),
      of = this.closed(this.power());
    if (square && of.kind !== "group") this.fail("ambiguous-slope", {}, of);
    return { of, operator: !square };
  }
  /** A sum over an index takes all factors that follow: where it matters how many are meant, brackets are needed. */
  closed(node) {
    const inner = unsigned(node);
    if (inner.loose) this.fail("ambiguous-body", { name: NAMED[inner.op] }, inner);
    return node;
  }
  /** A sum whose index stands in a term behind it, too: sum_i x_i - w_i may be one of differences. */
  ended(node, behind) {
    const last = node.rest?.at(-1).node ?? unsigned(node);
    if (last !== node) return this.ended(last, behind);
    if (node.kind !== "fold" || node.op === "integral") return null;
    const outer = this.lexicon.find(node.bound.name),
      again = outer && behind.find((term) => mentions(term, outer));
    if (again) this.fail("ambiguous-body", { name: NAMED[node.op] }, { from: node.from, to: again.to });
    return this.ended(node.body, behind);
  }

  word() {
    const token = this.take(),
      { text, sub } = token,
      { lexicon } = this;
    const leaf = (found, end = token.to, from = token.from) => ({ kind: "leaf", from, to: end, found });
    const whole = lexicon.find(sub ? `${text}_${sub.text}` : text);
    if (whole) return whole.op === "function" ? this.functionCall(token, whole) : leaf(whole);
    const ranged = this.is("(") && this.peek(2).text === "=" && this.peek(1).text !== "axis";
    if (FOLDS[text] && (sub || ranged || (text !== "sum" && text !== "max"))) return this.fold(token);
    const isLetter = token.command && ["gamma", "beta"].includes(text), // \gamma
      known = isLetter ? "" : (ALIASES[text] ?? text);
    if (text === "nabla" && sub)
      return this.node("gradient", token, {
        op: "grad",
        by: new this.constructor(sub.text, lexicon, sub.from).whole(),
        ...this.operand(),
      });
    if (GRADIENTS.has(text) && this.is("(")) return this.gradientCall(token);
    if ((known === "smooth" || known === "analytic") && this.is("(")) return this.property(token, known);
    if (known === "apply" && this.is("(")) return this.mapped(token);
    if (!sub && ["pi", "π", "e", "oo", "inf", "1j", "𝟏", "I", "E"].includes(text) && !(text === "E" && !this.is("[", "("))) {
      if (text === "E") return this.told(token, this.node("call", token, { name: "expectation", args: [this.group()] }));
      return leaf({ op: "builtin", id: text });
    }
    if (text === "delta" && sub) return this.node("delta", token, { indices: this.subscript(sub) });
    if (FUNCTIONS[known] && !sub) return this.builtinCall(token, known);
    if (known === "log" && sub && !lexicon.find(text)) return this.logarithm(token);
    if (FUNCTIONS[known] && this.is("(") && !lexicon.find(text)) this.fail("function-subscript", { function: text }, token);
    return this.entry(token) || (this.is("/") && this.differential(token, 1, 2)) || this.cut(token);
  }
  /** A known name with what is below it, as an entry; its name begins so many letters into the word; null if it is none. */
  entry({ text, sub, from, to }, skipped = 0) {
    const found = sub && this.lexicon.find(text.slice(skipped));
    if (!found || found.op === "function") return null;
    const start = from + skipped;
    return { kind: "index", from: start, to, base: { kind: "leaf", from: start, to: from + text.length, found }, indices: this.subscript(sub) };
  }
  /** df/dX and d/dX f, where df and dX are not names themselves; dX is some signs ahead, and so many are taken. */
  differential(token, ahead, taken, first = token) {
    const next = this.peek(ahead),
      { lexicon } = this,
      whole = (word) => (word.sub ? `${word.text}_${word.sub.text}` : word.text);
    const isSlope = (word) => word.kind === "word" && /^d(\p{L}|$)/u.test(word.text) && !GREEK[spelt(word.text)];
    if (!isSlope(token) || !isSlope(next) || next.text === "d" || FUNCTIONS[ALIASES[next.text] ?? next.text]) return null;
    if (lexicon.find(whole(token))) return null;
    const moved = (word) => {
      const name = whole(word).slice(1), place = { from: word.from + 1, to: word.to }, found = lexicon.find(name);
      if (found?.op === "function") this.fail("function-without-argument", { function: name }, place);
      return found ? { kind: "leaf", ...place, found } : this.entry(word, 1);
    };
    const by = moved(next),
      of = token.text !== "d" && moved(token);
    if (!by && lexicon.find(whole(next))) return null;
    const unknown = !by ? next : token.text !== "d" && !of ? token : null;
    if (unknown) this.unknown(whole(unknown).slice(1), { from: unknown.from + 1, to: unknown.to });
    this.at += taken;
    return this.node("gradient", first, { inline: first === token, op: "grad", by, ...(of ? { of } : this.operand()) });
  }
  unknown(name, place) {
    this.fail("unknown-name", { name, near: this.lexicon.near(name, Object.keys(FUNCTIONS)).filter((other) => other !== name) }, place);
  }
  /** Xw is X w where that is the only way to cut it into known names. */
  cut(token) {
    const { lexicon } = this,
      spelling = token.sub ? `${token.text}_${token.sub.text}` : token.text;
    const whole = token.command || GREEK[token.text], // \mu is not m u
      ways = (words) => lexicon.cuts(token.text, token.sub ? `_${token.sub.text}` : "", words),
      [way] = whole ? [] : ways();
    if (way && ways(isWord).length > 1) this.fail("ambiguous-name", { name: spelling }, token); // sina may be sin a, pix pi x
    if (!way && token.sub && lexicon.binds(token.sub.text)) this.unknown(token.text, token); // x_i in a sum is an entry
    if (!way) this.unknown(spelling, token);
    let from = token.from;
    const pieces = way.map((piece, k, all) => {
      const last = k === all.length - 1,
        out = {
          kind: "word",
          text: piece,
          from,
          to: last ? token.to : from + piece.length,
          glued: k ? true : token.glued,
          divides: !k && token.divides,
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
    return this.told(token, this.node("call", token, { found, order, ...this.arguments(token) }));
  }
  /** A function, where no power or factor follows that may belong to what it is taken of: sum (x - y)^2, \sum x ⊙ y. */
  told(token, call) {
    const open = this.signs[this.signs.indexOf(token) + 1],
      isSign = token.to - token.from !== token.text.length && token.text === "sum", // \sum
      bare = !["(", "{", "[", "^", "²", "³", "'"].includes(open.text);
    if (!isSign && !open.spaced && !bare) return call;
    const unclear = () => this.fail("ambiguous-argument", { function: token.text }, { from: token.from, to: this.token.to });
    if (this.is("^", "**", ".^", "²", "³", "ᵀ", "'") || (bare && this.is("/", "*", "·", "×", "@", "⊙", "⊙*", "./", "⊘"))) unclear();
    if (["total", "mean"].includes(call.name) && (this.startsFactor() || this.is("*", "·", "×", "@", "⊙", "⊙*", "./", "⊘"))) unclear();
    return call;
  }
  builtinCall(token, name) {
    const raised = this.square(),
      order = this.primes(),
      call = this.told(token, this.node("call", token, { name, order, ...this.arguments(token) }));
    if (raised && name === "sigma") this.fail("ambiguous-exponent", {}, raised); // a variance, most of the time
    return raised ? this.node("power", token, { base: call, exponent: raised }) : call;
  }
  /** log_2(z) is log(z) / log(2). */
  logarithm(token) {
    const base = new this.constructor(token.sub.text, this.lexicon, token.sub.from).whole();
    const log = (more) => this.node("call", token, { name: "log", order: 0, ...more });
    if (!this.is("(") && !this.startsFactor()) this.fail("function-without-argument", { function: token.text }, token);
    const head = log(this.arguments(token));
    return this.node("group", token, { arg: this.node("chain", token, { head, rest: [{ op: "/", sign: token, node: log({ args: [base] }) }] }) });
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
    const open = this.token,
      keys = {};
    if (this.is("(", "{")) {
      this.take();
      const args = this.inside(() => this.list(CLOSE[open.text], open, () => this.argument(keys))).filter(Boolean);
      return { args, keys };
    }
    const arg = !GREEK[spelt(token.text)] && this.startsFactor() && !this.is("[") && this.closed(this.power());
    if (!arg || this.startsFactor()) this.fail("function-without-argument", { function: token.text }, token);
    return { args: [arg], keys };
  }
  /** An argument; axis=0 and keepdims=True are kept apart. */
  argument(keys) {
    if (!this.isWord("axis", "keepdims") || this.peek(1).text !== "=") return this.sum();
    const first = this.take();
    this.take();
    const minus = this.is("-") ? this.take().text : "",
      { text, to } = this.take();
    keys[first.text] = { text: minus + text, name: first.text, from: first.from, to };
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
  /** sum_i body, sum_{i=1}^{n} body, sum(i=1..n) body, and so for prod and max: the body is the term that follows. */
  fold(token) {
    const { sub, text } = token,
      open = !sub && this.is("(") && this.take();
    if (!sub && !open) this.fail("function-without-argument", { function: token.text }, token);
    if (text === "integral" && sub && !sub.text.includes("=")) return this.integral(token);
    const inner = sub ? new this.constructor(sub.text, this.lexicon, sub.from) : this,
      name = inner.take();
    if (name.kind !== "word" || name.sub) inner.fail("unexpected", { found: name.text }, name);
    const low = inner.is("=") && inner.take() ? inner.sum() : null;
    if (sub && inner.token.kind !== "end") inner.unexpected();
    let high = null;
    if (open) {
      this.expect("..", open);
      high = this.sum();
      this.expect(")", open);
    } else if (this.is("^")) {
      this.take();
      high = this.upper();
    }
    if (!low !== !high || (text === "integral" && !low)) this.fail("one-end", {}, token);
    const bound = { op: "bound", name: name.text, at: name };
    const body = this.scoped(bound, () => this.chain()),
      last = body.rest?.at(-1).node,
      loose = text !== "integral" && (last ? Boolean(last.loose) || !mentions(last, bound) : Boolean(body.loose));
    const out = this.node("fold", token, { op: FOLDS[text], bound, low, high, body, loose });
    return text === "prod" || text === "max" ? this.closed(out) : out;
  }
  /** The upper end of a sum: one sign, where what follows cannot belong to it, or a bracket. */
  upper() {
    const first = this.token;
    if (this.is("{")) return this.group();
    const high = this.deeper(() => this.atom()),
      { glued, kind, command } = this.token,
      beside = glued && (kind === "number" || (kind === "word" && !command)); // ^n\sum is clear
    if (beside || this.is("+", "-")) this.fail("ambiguous-end", {}, { from: first.from, to: this.token.to });
    return high;
  }
  /** Is it d and one letter, such as ds, and no name? */
  isVariable({ kind, text, sub }) {
    const letter = text.slice(1);
    return kind === "word" && !sub && text[0] === "d" && (/^\p{L}$/u.test(letter) || Boolean(GREEK[letter])) && !this.lexicon.find(text);
  }
  /** An integral of LaTeX, whose variable stands behind its body: \int_{0}^{h} f(s) \, \mathrm{d}s. */
  integral(token) {
    const low = new this.constructor(token.sub.text, this.lexicon, token.sub.from).whole();
    this.expect("^");
    const high = this.upper();
    const last =
      this.signs.slice(this.at).find((sign) => this.isVariable(sign)) ??
      this.fail("ends-early", {}, this.signs.at(-1));
    last.kind = "differential";
    const bound = { op: "bound", name: last.text.slice(1), at: last };
    const body = this.scoped(bound, () => this.chain());
    if (this.take() !== last) this.fail("unexpected", { found: last.text }, last);
    return this.node("fold", token, { op: "integral", bound, low, high, body });
  }
}
