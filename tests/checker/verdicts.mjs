// What the second prover says of statements, one a line, and of false twins of each: node verdicts.mjs TWINS SEED < STATEMENTS
// A line of JSON for each.  The proof and the numbers are asked apart: `proved`, then the needs of the proof are conditions
// of the statement; `refuted`, a point where the statement without them fails; `lost`, one that meets its conditions and
// where a side has no value.
// With no arguments the conditions of the statements are those of another prover, and the numbers alone are asked.
import { readFileSync } from "node:fs";
import { misfit, pointOf, prove, read, search, evaluate } from "../../src/checker/index.mjs";
import { Undefined } from "../../src/checker/numbers/duals.mjs";
import { onHypotheses } from "../../src/checker/numbers/hypotheses.mjs";
import { plain } from "../../src/checker/numbers/points.mjs";
import { defined, meets } from "../../src/checker/numbers/search.mjs";
import { indexRanges } from "../../src/checker/statement/indices.mjs";
import { condition } from "../../src/checker/typed.mjs";
import { someTwins } from "./twins.mjs";

const STEPS = 3e5, POINTS = { points: 12, tries: 30, small: false }, OUTSIDE = ["logarithm", "root"];

function verdict(json) {
  const statement = read(json);
  if (misfit(statement)) return { statement: json, fits: false };
  const found = prove(statement, { conditions: "any", steps: STEPS });
  if (found.reason?.code === "internal-error") throw new Error(`${found.reason.about}: ${JSON.stringify(json)}`);
  const proved = found.verdict === "proved" && found.needs.every(({ of }) => of !== null), told = proved ? conditioned(json, found.needs) : json;
  return { statement: told, fits: true, proved, refuted: search(statement, POINTS).counterexample, ...(proved ? numbers(told) : {}) };
}
/** A statement with needs as conditions, each with letters of its own. */
function conditioned(json, needs) {
  const told = needs.map((need, k) => {
    const { tree, tables } = condition(need, json), own = Object.keys(tables.symbols).filter((id) => !(id in json.symbols));
    const named = (id) => (own.includes(id) || id.startsWith("k#p") ? `${id} of need ${k + 1}` : id);
    const renamed = JSON.parse(JSON.stringify(tree), (key, x) => (key === "id" ? named(x) : x));
    return [renamed, own.map((id) => [named(id), { ...tables.symbols[id], name: `${tables.symbols[id].name}${k + 1}` }])];
  });
  return { ...json, conditions: told.map(([tree]) => tree), symbols: { ...json.symbols, ...Object.fromEntries(told.flatMap(([, own]) => own)) } };
}
/** { fails, lost }: points that meet the conditions, at which the sides differ, or one of them has no value. */
function numbers(json) {
  const statement = read(json), sides = [statement.left, ...(statement.kind === "equation" ? [statement.right] : [])];
  if (loose(statement)) return { fails: null, lost: null };
  for (let seed = 0; seed < POINTS.tries; seed++) {
    const point = defined(() => { const p = onHypotheses(pointOf(statement, seed), seed); return p && meets(p) ? p : null; });
    const why = point && sides.map((side) => outside(side, point)).find(Boolean);
    if (why) return { fails: search(statement, POINTS).counterexample, lost: { why, ...plainly(point) } };
  }
  return { fails: search(statement, POINTS).counterexample, lost: null };
}
const plainly = ({ values }) => Object.fromEntries(Object.entries(values).map(([id, x]) => [id, plain(x)]));
/** Does a condition speak of an index that stands in no entry?  No point says over which places it runs. */
function loose(statement) {
  const ranges = indexRanges(statement), held = JSON.stringify([statement.left, statement.right, statement.given, statement.names]);
  return Object.entries(statement.symbols).some(([id, { facts }]) => facts.integer && !facts.positive && !ranges.has(id) && !held.includes(JSON.stringify(id)));
}
/** Why a tree has no value at a point, if it has none for a reason that no condition should allow. */
function outside(tree, point) {
  try { evaluate(tree, point); } catch (error) {
    if (!(error instanceof Undefined)) throw error;
    return OUTSIDE.find((why) => why === error.message);
  }
}

const [most, seed] = process.argv.slice(2).map(Number), lines = readFileSync(0, "utf8").split("\n").filter(Boolean).map(JSON.parse);
for (const [line, statement] of lines.entries()) {
  const twins = most ? someTwins(statement, most, seed + line).map((twin) => twin.statement) : [];
  for (const each of [statement, ...twins]) console.log(JSON.stringify(most === undefined ? numbers(each) : verdict(each)));
}
