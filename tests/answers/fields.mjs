/**
 * node fields.mjs FIELDS.json: is each field of the book judged as it should be? A right answer is accepted in at least
 * five spellings, made from it mechanically; each usual slip that applies to it is refused, and named.
 */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { search } from "../../src/checker/numbers/search.mjs";
import { plain } from "../../src/checker/printing/plain.mjs";
import { ReadingError, declare, fittingShape, read } from "../../src/checker/reading/index.mjs";
import { slips } from "../../src/checker/slips/index.mjs";
import { letters } from "../../src/checker/typed.mjs";
import { everywhere } from "../../src/checker/slips/rewriting.mjs";
import { faults, grade, rowsOf } from "../../src/coursebook/theme/answers/graders.mjs";

/** The tables of a field and its right answer as a tree. */
export function meant({ statement, right, letters: lines = [] }) {
  if (statement) return { tables: statement, tree: statement.right };
  const tables = declare(letters(lines)), { tree, functions } = read(right, tables);
  return { tables: { ...tables, functions }, tree };
}
const COMMUTING = new Set(["add", "matadd", "hadamard", "mul"]);
const turned = (t) => (COMMUTING.has(t.op) ? [{ ...t, args: [...t.args].reverse() }] : []);
/** A number or a formula of which no printer knows in other words. */
const rewritten = [(text) => text, (text) => `-(-(${text}))`, (text) => `2 * (${text}) - (${text})`, (text) => `(${text}) / 1`, (text) => `(${text}) / 2 + (${text}) / 2`];
const WRITTEN = [(rows) => rows.map((row) => row.join(", ")).join("; "), (rows) => `[${rows.map((row) => `[${row.join(", ")}]`).join(", ")}]`, (rows) => rows.map((row) => row.join(",")).join("\n"), (rows) => `\\begin{pmatrix} ${rows.map((row) => row.join(" & ")).join(" \\\\ ")} \\end{pmatrix}`];
const eachEntry = (text, change) => rowsOf(text).map((row) => row.map(change));
const spellingsOf = {
  array: ({ right }) => [...WRITTEN.map((write) => write(rowsOf(right))), ...rewritten.map((change) => WRITTEN[0](eachEntry(right, change)))],
  derivation: ({ from, right }) => rewritten.slice(1).concat((text) => `(${text}) + (${text}) - (${text})`).map((change) => `${change(from)}\n= ${right}`),
};
spellingsOf.numbers = spellingsOf.array;
/** Wrong answers that are no formula, each with the name of its slip, if it has one. */
const slipsOf = {
  array: ({ right }) => {
    const rows = rowsOf(right), turned = rows[0].map((_, j) => rows.map((row) => row[j]));
    return [["sign-turned", WRITTEN[0](eachEntry(right, (text) => `-(${text})`))], ...(rows.length === rows[0].length ? [["transpose-added", WRITTEN[0](turned)]] : [])];
  },
  derivation: ({ from, right }) => [[undefined, `-(${from})\n${right}`]],
  numbers: () => [], // whatever obeys the conditions is right
};
/** What is wrong with how a field is judged of which the printers know nothing. */
function complaintsAsText(field, judged) {
  const all = spellingsOf[field.kind](field), refused = all.filter((text) => judged(field, text).verdict !== "right");
  const wrong = slipsOf[field.kind](field).filter(([, text]) => grade(field, text).verdict !== "right");
  const unnamed = wrong.filter(([name, text]) => {
    const found = judged(field, text);
    return found.verdict !== "wrong" || (name && found.slip === undefined);
  });
  return [...refused.map((text) => `refused: ${text}`), ...unnamed.map(([name, text]) => `${name ?? "a wrong line"}: ${text}`)];
}
/** The same answer in other words. */
export function spellings(field) {
  const { tree, tables } = meant(field), text = field.right ?? plain(tree, tables), one = `(${text})`;
  const isMatrix = fittingShape(tree, tables) !== null;
  const others = [text, plain(tree, tables), one, `-(-${one})`, `2 * ${one} - ${one}`, `${one} / 1`, `1 * ${one}`, `${one} / 2 + ${one} / 2`];
  const swapped = everywhere(tree, turned).map((each) => plain(each, tables));
  return [...new Set([...others, ...(isMatrix ? [`(${one}^T)^T`, `${one}''`] : []), ...swapped])];
}
/** What is wrong with how a field is judged; `judged` is the grader. */
export function complaints(field, judged = grade) {
  if (field.kind in spellingsOf) return complaintsAsText(field, judged);
  const refused = spellings(field).filter((text) => judged(field, text).verdict !== "right");
  const { tree, tables } = meant(field), unnamed = [];
  let met = 0;
  for (const slip of slips(tree, tables)) {
    const text = typed(slip.tree, tables);
    if (text === null || !hasValues(slip.tree, tables) || grade(field, text).verdict === "right") continue;
    met++;
    const { verdict, slip: name } = judged(field, text);
    if (verdict !== "wrong" || name === undefined) unnamed.push(`${slip.code}: ${text} is ${verdict}`);
  }
  if (spellings(field).length < 5) unnamed.push("fewer than five spellings");
  if (!met && field.kind === "formula") unnamed.push("no slip was met");
  return [...refused.map((text) => `refused: ${text}`), ...unnamed];
}
/** Does a slip have values anywhere? The logarithm of a negative number can be neither right nor wrong. */
function hasValues(tree, tables) {
  const statement = { version: 2, kind: "equation", given: [], steps: [], conditions: [], names: {}, ...tables, left: tree, right: tree };
  return search(statement, { points: 1 }).agreed > 0;
}
/** A tree as text, if that can be typed. */
function typed(tree, tables) {
  try {
    const text = plain(tree, tables);
    read(text, tables);
    return text;
  } catch (error) {
    if (error instanceof ReadingError) return null;
    throw error;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const fields = JSON.parse(readFileSync(process.argv[2], "utf8"));
  const found = fields.flatMap((field) =>
    [...faults(field), ...complaints(field)].map((complaint) => `${field.right ?? field.exercise}: ${complaint}`),
  );
  console.log(found.join("\n") || `${fields.length} fields`);
  process.exitCode = found.length ? 1 : 0;
}
