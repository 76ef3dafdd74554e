// A formula, judged: node src/checker/check.mjs "grad(||X w - y||^2 / 2, w) = X^T (X w - y)" "X: m x n" "w: n x 1" "y: m x 1"
// Single letters that are not declared are real numbers; "eta > 0" is a positive one, "g()" a function.
// With --json before the formula nothing is judged: its statement is written as JSON, which `python -m claims` judges, too.
// The exit code is 0 for what is proved, 1 for what is refuted, 2 for what cannot be read or is undecided.
import { plain } from "./printing/plain.mjs";
import { ReadingError } from "./reading/index.mjs";
import { worded } from "./reading/words.mjs";
import { asked, judged } from "./typed.mjs";

/** Whatever a text states, judged: { code, lines }. */
export function checked(text, declared) {
  const { statement, found, conditions, functions } = judged(text, declared);
  const sides = [statement.left, ...("right" in statement ? [statement.right] : [0])].map((side) => plain(side, statement));
  const read = `read as    ${sides.join("right" in statement ? " = " : " >= ")}`;
  if (found.verdict === "proved") return { code: 0, lines: [read, `proved     for all sizes; numbers agree at ${found.agreed} points`, ...conditions.map((each) => `where      ${line(each)}`)] };
  if (found.verdict === "refuted") return { code: 1, lines: [read, ...against(found.counterexample, functions)] };
  return { code: 2, lines: [read, `${found.verdict}  ${found.reason.code}`] };
}

const line = ({ tree, tables }) => plain(tree, tables);
const shown = (value) => (Array.isArray(value) ? `[${value.map(shown).join(", ")}]` : String(value));
function against({ values, row, col, left, right }, functions) {
  const all = [...Object.entries(values).map(([name, value]) => `${name} = ${shown(value)}`), ...functions.map(line)];
  return [`refuted    entry ${row + 1}, ${col + 1}: left ${shown(left)}, right ${shown(right)}`, ...all.map((each) => `at         ${each}`)];
}

if (process.argv[1] === import.meta.filename) {
  const written = process.argv[2] === "--json",
    [text = "", ...declared] = process.argv.slice(written ? 3 : 2);
  try {
    const { code, lines } = written ? { code: 0, lines: [JSON.stringify(asked(text, declared))] } : checked(text, declared);
    console.log(lines.join("\n"));
    process.exitCode = code;
  } catch (error) {
    const place = error instanceof ReadingError ? `${text}\n${" ".repeat(error.offset)}${"^".repeat(Math.max(1, error.length))}\n` : "";
    console.error(place + (place ? worded(error) : error.message));
    process.exitCode = 2;
  }
}
