// A verdict in words, as elements.
import { filled, make, numeral, printed, valuesOf } from "../shown.mjs";

const BY = { proved: "proved", "proved-all": "proved_all", digits: "digits", agreed: "agreed", lines: "lines", conditions: "conditions" };
const paragraph = (...inside) => make("p", "", ...inside);

/** What is said of an answer; `said` are the author's sentences, by the places of wrong answers. */
export function verdictOn(text, found, said) {
  return [make("p", "verdict", WORDS[found.verdict]), ...inLine(found), ...TOLD[found.verdict](found, said, text)];
}
const TOLD = {
  right: ({ by, where = [] }, said) => [
    ...(said.right ? [said.right] : []),
    ...(by ? [paragraph(WORDS[BY[by]])] : []),
    ...where.map((condition) => paragraph(...filled(WORDS.where, { condition: printed(condition) }))),
  ],
  wrong: (found, said) => [...named(found.slip, said), ...apart(found), ...broken(found), ...inArray(found)],
  undecided: (found) => [paragraph(WORDS.open), ...broken(found)],
  unfinished: () => [paragraph(WORDS.end)],
  asked: () => [paragraph(WORDS.question)],
  coarse: (found) => [paragraph(WORDS.digits_more), ...inArray(found)],
  misfit: ({ error, shapes }, said, text) => (error ? unread(error, text) : [paragraph(...(shapes ? filled(WORDS.shapes, sized(shapes)) : [WORDS.ragged]))]),
  unread: ({ error }, said, text) => unread(error, text),
};
/** In a derivation, the line that fails, or that is no line yet. */
function inLine({ line, verdict }) {
  if (line === undefined) return [];
  return [paragraph(...filled(["wrong", "undecided"].includes(verdict) ? WORDS.line : WORDS.at_line, { line: String(line) }))];
}
function named(slip, said) {
  if (slip === undefined) return [];
  return [typeof slip === "number" ? said.wrong[slip] : paragraph(Checker.SLIPS[slip])].filter(Boolean);
}
/** A counterexample that can be computed by hand. */
function apart({ apart: found, functions, shown, line }) {
  if (!found) return [];
  const told = { left: numeral(found.left), right: numeral(found.right), row: String(found.row + 1), column: String(found.col + 1) };
  const [number, entry] = line === undefined ? [WORDS.apart, WORDS.apart_entry] : [WORDS.apart_line, WORDS.apart_line_entry];
  return [paragraph(...filled(found.isNumber ? number : entry, told)), valuesOf(found, shown.tables, functions)];
}
const broken = ({ broken: condition }) => (condition ? [paragraph(...filled(WORDS.broken, { condition: printed(condition) }))] : []);
function inArray({ entry, reordered }) {
  if (reordered) return [paragraph(WORDS.reordered)];
  if (!entry) return [];
  return [paragraph(...filled(WORDS.entry, Object.fromEntries(Object.entries(entry).map(([name, value]) => [name, String(value)]))))];
}
const sized = ([right, typed]) => ({ right: right.join(" × "), typed: typed.join(" × ") });
/** What was typed, or the part of it that was read, with the place of the fault marked, and the fault in words. */
function unread(error, typed) {
  const { offset, length, text = typed } = error;
  const fault = make("mark", "", text.slice(offset, offset + length) || " ");
  return [paragraph(make("code", "typed", text.slice(0, offset), fault, text.slice(offset + length))), paragraph(Checker.worded(error))];
}
