// What people type as the second prover reads it, a line of JSON each: { formula, letters, statement }, or with `code` in
// place of the statement where it is refused: node asked.mjs < MORE, where MORE are lines [formula, letters].
import { readFileSync } from "node:fs";
import { ReadingError } from "../../src/checker/reading/index.mjs";
import { LetterError, asked } from "../../src/checker/typed.mjs";
import { SAME } from "./reading-examples.mjs";
import { LINES } from "./reading-trees.mjs";
import { WRONG } from "./reading-wrong.mjs";

const found = (formula, letters) => {
  try {
    return { statement: asked(formula, letters) };
  } catch (error) {
    if (error instanceof ReadingError) return { code: error.code };
    if (error instanceof LetterError) return { code: "letter" };
    throw error;
  }
};
const same = Object.values(SAME).flatMap(([, [first, ...others]]) => [first, ...others].map((text) => [`${text} = ${first}`, LINES])),
  wrong = WRONG.map(([marked]) => marked.replace(/[‹›]/g, "")).map((text) => [`${text} = ${text}`, LINES]),
  more = readFileSync(0, "utf8").split("\n").filter(Boolean).map(JSON.parse);
for (const [formula, letters] of [...same, ...wrong, ...more]) console.log(JSON.stringify({ formula, letters, ...found(formula, letters) }));
