// What people type in two ways, as equations of both, a statement as JSON a line: node spelled.mjs
import { readStatement } from "../../src/checker/reading/index.mjs";
import { SAME } from "./reading-examples.mjs";
import { tables } from "./reading-trees.mjs";

for (const [what, [, texts]] of Object.entries(SAME)) {
  const [first, last] = [texts[0], texts.at(-1)];
  console.log(JSON.stringify({ what, statement: readStatement(`${first} = ${last}`, tables) }));
}
