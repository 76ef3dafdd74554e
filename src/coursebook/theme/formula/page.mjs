// The form on which a reader's formula is judged; everything is computed in the page.
import { mathml, mathmlOfStatement } from "../../../checker/printing/mathml.mjs";
import { ReadingError, shapeOf } from "../../../checker/reading/index.mjs";
import { worded } from "../../../checker/reading/words.mjs";
import { LetterError, judged } from "../../../checker/typed.mjs";

const form = document.querySelector("form.formula-check");
const answer = form.querySelector(".answer");
const words = JSON.parse(form.dataset.words);
const { formula, letters } = form.elements;

/** An element with its class, and what stands in it: texts and elements. */
function make(tag, name, ...inside) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...inside);
  return element;
}
/** A formula that our printer wrote, which escapes what was typed. */
function math(markup) {
  const holder = make("span", "");
  holder.innerHTML = markup;
  return holder;
}
/** A sentence with elements in its places. */
const filled = (message, places) => message.split(/\{(\w+)\}/).map((part, at) => (at % 2 ? places[part] : part));
const lines = () => letters.value.split(/[\n;]/).map((line) => line.trim()).filter(Boolean);

// ---------------------------------------------------------------- numbers
const number = (value) => `<mn>${String(+Number(value).toPrecision(6)).replace("-", "−")}</mn>`;
const row = (cells) => `<mtr>${cells.map((cell) => `<mtd>${number(cell)}</mtd>`).join("")}</mtr>`;
function value(found) {
  if (!Array.isArray(found)) return number(found);
  return `<mrow><mo>(</mo><mtable>${found.map(row).join("")}</mtable><mo>)</mo></mrow>`;
}
const equal = (left, right) => math(`<math><mrow>${left}<mo>=</mo>${right}</mrow></math>`);
const inner = (tree, tables) => mathml(tree, tables).replace(/^<math[^>]*>|<\/math>$/g, "");
function letter(id, statement) {
  return inner({ op: id in statement.matrices ? "matrix" : "symbol", id }, statement);
}
/** Are the sides numbers, and not matrices? */
const isNumber = ({ left, ...tables }) => shapeOf(left, tables) === null;
function stand(id, [p, q, r]) {
  const t = "<mi>t</mi>";
  const term = (c, what) => (c ? [`${number(c)}${what}`] : []);
  const terms = [...term(p, t), ...term(q, `<msup>${t}<mn>2</mn></msup>`), ...term(r, `<mi>sin</mi><mo>&#8289;</mo>${t}`)];
  return equal(`<mi>${id}</mi><mo>(</mo>${t}<mo>)</mo>`, terms.join("<mo>+</mo>") || number(0));
}

// ---------------------------------------------------------------- answers
const RELATIONS = { positive: "&gt;", nonnegative: "≥", nonzero: "≠" };
function condition({ sign, of }) {
  const tables = { matrices: {}, functions: {}, names: {}, ...of };
  return math(`<math><mrow>${inner(of.tree, tables)}<mo>${RELATIONS[sign]}</mo><mn>0</mn></mrow></math>`);
}
function proved({ needs, agreed }) {
  const where = needs.map((need) => make("p", "", ...filled(words.where, { condition: condition(need) })));
  return [...where, make("p", "quiet", ...filled(words.agreed, { points: String(agreed) }))];
}
function refuted({ counterexample: { values, functions, row: i, col: j, left, right } }, statement) {
  const all = Object.entries(values).map(([id, found]) => equal(letter(id, statement), value(found)));
  all.push(...Object.entries(functions).map(([id, found]) => stand(id, found)));
  const told = { left: math(`<math>${number(left)}</math>`), right: math(`<math>${number(right)}</math>`), row: String(i + 1), column: String(j + 1) };
  return [
    make("p", "", ...filled(isNumber(statement) ? words.apart : words.apart_entry, told)),
    make("ul", "values", ...all.map((shown) => make("li", "", shown))),
  ];
}
/** What was typed, with the place of the fault marked, and the fault in words. */
function unread(error) {
  if (error instanceof LetterError) return [make("p", "", ...filled(words.letter, { line: make("code", "", error.line) }))];
  const { offset, length } = error, text = formula.value;
  const marked = make("code", "typed", text.slice(0, offset), make("mark", "", text.slice(offset, offset + length) || " "), text.slice(offset + length));
  return [make("p", "", marked), make("p", "", worded(error))];
}
function judge() {
  let verdict = "unread", told;
  try {
    const { statement, found } = judged(formula.value, lines());
    verdict = ["proved", "refuted"].includes(found.verdict) ? found.verdict : "undecided";
    const more = { proved, refuted, undecided: () => [make("p", "", words.open)] }[verdict](found, statement);
    const sized = verdict === "proved" && Object.values(statement.matrices).some(({ rows, cols }) => [rows, cols].some((size) => typeof size !== "number"));
    told = [make("div", "read", math(mathmlOfStatement(statement))), make("p", "verdict", words[sized ? "proved_all" : verdict]), ...more];
  } catch (error) {
    if (!(error instanceof ReadingError || error instanceof LetterError)) throw error;
    told = [make("p", "verdict", words.unread), ...unread(error)];
  }
  answer.dataset.verdict = verdict;
  answer.replaceChildren(...told);
}

// ---------------------------------------------------------------- what is asked stands in the address
function ask(event) {
  event?.preventDefault();
  const asked = `#${new URLSearchParams({ formula: formula.value, letters: lines().join("; ") })}`;
  if (location.hash === asked) judge();
  else location.hash = asked;
}
function fromAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  if (!asked.has("formula")) return;
  formula.value = asked.get("formula");
  letters.value = (asked.get("letters") ?? "").split("; ").join("\n");
  judge();
}
form.addEventListener("submit", ask);
form.addEventListener("click", ({ target }) => {
  const example = target.closest("button[data-formula]");
  if (!example) return;
  formula.value = example.dataset.formula;
  letters.value = example.dataset.letters.split("; ").join("\n");
  ask();
});
addEventListener("hashchange", fromAddress);
fromAddress();
