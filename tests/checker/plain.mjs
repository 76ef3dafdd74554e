// Plain numbers beside those with bounds: node tests/checker/plain.mjs LEDGER.json
// Every side of every statement that has a plain value, at random points, agrees with the value within its bound.
import { readFileSync } from "node:fs";
import { compiled } from "../../src/checker/plain/values.mjs";
import { evaluate, pointOf, read } from "../../src/checker/index.mjs";
import { Undefined } from "../../src/checker/numbers/duals.mjs";
import { plain } from "../../src/checker/numbers/points.mjs";

/** Values by their letters, and the functions in place of any, as `compiled` takes them. */
function given(statement, { values, functions }) {
  const letters = Object.entries({ ...statement.symbols, ...statement.matrices }).filter(([id]) => id in values);
  const named = Object.entries(functions).map(([id, f]) => [statement.functions[id].name, { value: (z) => f(z, 0), slope: (z) => f(z, 1) }]);
  return [Object.fromEntries(letters.map(([id, { name }]) => [name, plain(values[id])])), Object.fromEntries(named)];
}
export const apart = (x, y) => Math.max(...[x].flat(2).map((v, k) => Math.abs(v - [y].flat(2)[k]) / (1 + Math.abs(v))));

/** How far apart the two values of a side are at a seed; undefined where one of them has none. */
export function difference(statement, side, seed) {
  try {
    const point = pointOf(statement, seed), exact = plain(evaluate(statement[side], point));
    const [letters, functions] = given(statement, point);
    return apart(exact, compiled(statement, functions)(letters)[side]());
  } catch (error) {
    if (error instanceof Undefined || error.message.startsWith("no plain value")) return undefined;
    throw error;
  }
}

if (process.argv[2]) {
  let compared = 0, most = 0;
  for (const { id, statement: written } of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
    if (!written) continue;
    const statement = read(written);
    for (const side of ["left", "right"].filter((side) => statement[side] !== undefined))
      for (let seed = 0; seed < 5; seed++) {
        const found = difference(statement, side, seed);
        if (found === undefined) continue;
        compared++;
        most = Math.max(most, found);
        if (!(found < 1e-9)) { console.log(`${id}: ${side} is ${found} apart at seed ${seed}`); process.exitCode = 1; }
      }
  }
  console.log(`${compared} values compared, at most ${most} apart`);
}
