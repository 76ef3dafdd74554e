/** A place in the list of signs, and what may be asked there. */
import { ReadingError } from "./errors.mjs";
import { partials } from "./differentials.mjs";
import { tokens } from "./tokens.mjs";

const OPENING = ["(", "[", "{", "⟨"], CLOSING = [")", "]", "}", "⟩"];
/** What a factor ends with, other than words and numbers. */
const ENDING = [...CLOSING, "ᵀ", "'", "²", "³", "_"];

export class Cursor {
  constructor(text, lexicon, shift = 0) {
    this.lexicon = lexicon;
    this.signs = partials(tokens(text, shift), lexicon);
    this.at = 0;
    this.bars = null; // the bar that closes, inside |...| and ‖...‖
  }
  get token() {
    return this.peek(0);
  }
  peek(ahead) {
    return this.signs[this.at + ahead] ?? this.signs.at(-1);
  }
  is(...texts) {
    return this.token.kind === "op" && texts.includes(this.token.text);
  }
  isWord(...texts) {
    return this.token.kind === "word" && texts.includes(this.token.text) && !this.token.sub && !this.lexicon.find(this.token.text);
  }
  take() {
    const { token } = this;
    this.at = Math.min(this.at + 1, this.signs.length);
    return token;
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
  /** || where one bar closes and another opens, or two close or open: it is parted into both. */
  parted() {
    const bar = { ...this.token, text: "|", pair: false }, middle = bar.from + 1;
    this.signs.splice(this.at, 1, { ...bar, to: middle }, { ...bar, from: middle, glued: true, spaced: false });
  }
  /** Do two bars open at ||, of which the inner one is the next to close, as in ||a| - b|? */
  opensTwo() {
    let depth = 0;
    for (let k = 1; this.peek(k).kind !== "end"; k++) {
      const { text, glued, side } = this.peek(k), before = this.peek(k - 1);
      depth += OPENING.includes(text) - CLOSING.includes(text);
      if (depth < 0 || text === "‖") return false;
      if (!depth && text === "|") return glued && !side && (["word", "number"].includes(before.kind) || ENDING.includes(before.text));
    }
    return false;
  }
  /** A node over what was read since the token `first`. */
  node(kind, first, more) {
    return { kind, from: first.from, to: this.signs[this.at - 1]?.to ?? first.to, ...more };
  }
}
