// Fields in which a reader answers an exercise. The prover, which is large, is loaded when somebody begins to type.
import { filled, make, printed } from "../shown.mjs";
import { begin as beginMarks } from "./marks.mjs";
import { answerTo, keep } from "./memory.mjs";
import { ordered } from "./order.mjs";
import { begin as beginSolutions } from "./solutions.mjs";
import { verdictOn } from "./verdicts.mjs";

const CHECKER = new URL("checker.js", document.currentScript.src);
let loading = null;
const checker = () =>
  (loading ??= new Promise((resolve, reject) => {
    const script = make("script", "");
    script.src = CHECKER;
    script.addEventListener("load", () => resolve(Checker));
    script.addEventListener("error", reject);
    document.head.append(script);
  }));

class Field {
  constructor(form) {
    this.form = form;
    this.data = JSON.parse(form.dataset.field);
    this.verdict = make("div", "told");
    this.verdict.setAttribute("role", "status");
    const sentences = [...form.querySelectorAll(".said > p")].map((p) => (p.childNodes.length ? p : null)), hasRight = this.data.right !== null;
    this.said = { right: hasRight ? sentences[0] : null, wrong: hasRight ? sentences.slice(1) : sentences };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.judge();
    });
    form.addEventListener("input", () => this.clear());
    addEventListener("forgotten", () => {
      this.show();
      this.clear();
    });
    addEventListener("imported", () => this.answer !== undefined && this.show());
  }
  get answer() {
    return answerTo(this.data.exercise, this.data.place);
  }
  button() {
    const button = make("button", "check", WORDS.check);
    button.type = "submit";
    return button;
  }
  clear() {
    delete this.verdict.dataset.verdict;
    this.verdict.replaceChildren();
  }
  tell(found, text = "", said = this.said) {
    this.verdict.dataset.verdict = found.verdict;
    this.verdict.replaceChildren(...verdictOn(text, found, said));
    if (found.verdict === "right") keep(this.data.exercise, this.data.place, text);
  }
}

/** A field of text, which is not corrected for those who type formulas. */
class Text extends Field {
  constructor(form, tag, more) {
    super(form);
    this.input = make(tag, "");
    Object.assign(this.input, { autocomplete: "off", autocapitalize: "off", spellcheck: false, ...more });
    this.input.setAttribute("aria-labelledby", form.dataset.asked);
    form.addEventListener("focusin", checker, { once: true });
    this.show();
  }
  show() {
    this.input.value = this.answer ?? "";
  }
}

/** A number, an array, numbers that have to obey conditions, or a formula. */
class Typed extends Text {
  constructor(form) {
    super(form, "input", { type: "text" });
    this.echo = make("div", "read");
    form.append(make("div", "line", this.input, this.button()), this.echo, this.verdict);
  }
  async clear() {
    super.clear();
    this.echo.replaceChildren();
    if (!this.input.value.trim()) return;
    const { understood } = await checker(), shown = understood(this.data, this.input.value);
    this.echo.replaceChildren(...(shown ? [printed(shown)] : []));
  }
  async judge() {
    const { grade } = await checker(), text = this.input.value.trim();
    if (!text) return this.input.focus();
    const found = grade(this.data, text);
    if (found.shown) this.echo.replaceChildren(printed(found.shown));
    this.tell(found, text);
  }
}

/** Lines, each equal to the one above it. */
class Derivation extends Text {
  constructor(form) {
    super(form, "textarea", { rows: 4 });
    this.echo = make("ol", "lines");
    form.append(this.input, this.button(), this.echo, this.verdict);
  }
  clear() {
    super.clear();
    this.echo.replaceChildren();
  }
  async judge() {
    const { grade } = await checker(), text = this.input.value.trim();
    if (!text) return this.input.focus();
    const found = grade(this.data, text);
    this.echo.replaceChildren(...found.all.map((line, k) => make("li", k === found.line ? "fault" : "", k ? "= " : "", printed(line))));
    this.tell(found, found.text ?? text);
  }
}

/** One of several sentences. */
class Choice extends Field {
  constructor(form) {
    super(form);
    const list = form.querySelector(".options");
    this.options = [...list.children].map((item, k) => {
      const radio = make("input", "");
      Object.assign(radio, { type: "radio", name: form.dataset.asked, value: String(k) });
      item.replaceChildren(make("label", "", radio, make("span", "", ...item.childNodes)));
      return radio;
    });
    const group = make("div", "");
    group.setAttribute("role", "radiogroup");
    group.setAttribute("aria-labelledby", form.dataset.asked);
    list.replaceWith(group);
    group.append(list);
    form.append(this.button(), this.verdict);
    this.show();
  }
  show() {
    this.options.forEach((option, k) => (option.checked = this.answer === String(k)));
  }
  judge() {
    const at = this.options.findIndex((option) => option.checked);
    if (at < 0) return this.verdict.replaceChildren(make("p", "", WORDS.choose));
    const isRight = this.options[at].closest("li").dataset.right === "true", sentence = this.form.querySelectorAll(".said > p")[at] ?? null;
    this.tell(isRight ? { verdict: "right" } : { verdict: "wrong", slip: 0 }, String(at), { right: sentence, wrong: [sentence] });
  }
}

/** Lines that are to be put in order. */
class Order extends Field {
  constructor(form) {
    super(form);
    const list = form.querySelector(".options");
    this.order = ordered([...list.children], this.data.chains);
    list.replaceWith(this.order.list);
    form.append(this.button(), this.verdict);
    this.show();
  }
  show() {
    this.order.arrange(this.answer !== undefined);
  }
  judge() {
    const count = this.order.count(), isRight = count === this.order.total;
    const sentence = make("p", "", ...filled(WORDS.order, { line: String(count + 1) }));
    this.tell({ verdict: isRight ? "right" : "wrong", slip: 0 }, "", { right: null, wrong: [sentence] });
  }
}

const KINDS = { number: Typed, array: Typed, numbers: Typed, formula: Typed, derivation: Derivation, choice: Choice, order: Order };
for (const form of document.querySelectorAll("form.answer")) new KINDS[JSON.parse(form.dataset.field).kind](form);
beginMarks();
beginSolutions();
