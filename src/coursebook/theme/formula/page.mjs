// The form on which a reader's formula is judged; everything is computed in the page.
import { filled, make, math, numeral, printed, valuesOf } from "../shown.mjs";

const { LetterError, ReadingError, isSized, judged, mathmlOfStatement, shapeOf, worded } = Checker;
const form = document.querySelector("form.formula-check");
const answer = form.querySelector(".answer");
const words = JSON.parse(form.dataset.words);
const { formula, letters } = form.elements;

const lines = () => letters.value.split(/[\n;]/).map((line) => line.trim()).filter(Boolean);

// ---------------------------------------------------------------- answers
/** Are the sides numbers, and not matrices? */
const isNumber = ({ left, ...tables }) => shapeOf(left, tables) === null;
function proved({ found, conditions }) {
  const where = conditions.map((each) => make("p", "", ...filled(words.where, { condition: printed(each) })));
  return [...where, make("p", "quiet", ...filled(words.agreed, { points: String(found.agreed) }))];
}
function refuted({ statement, found, functions }) {
  const { row, col, left, right } = found.counterexample;
  const told = { left: numeral(left), right: numeral(right), row: String(row + 1), column: String(col + 1) };
  return [make("p", "", ...filled(isNumber(statement) ? words.apart : words.apart_entry, told)), valuesOf(found.counterexample, statement, functions)];
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
    const asked = judged(formula.value, lines()), { statement, found } = asked;
    verdict = ["proved", "refuted"].includes(found.verdict) ? found.verdict : "undecided";
    const more = { proved, refuted, undecided: () => [make("p", "", words.open)] }[verdict](asked);
    told = [make("div", "read", math(mathmlOfStatement(statement))), make("p", "verdict", words[verdict === "proved" && isSized(statement) ? "proved_all" : verdict]), ...more];
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
