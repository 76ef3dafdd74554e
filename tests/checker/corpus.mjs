// The claims of the corpus, put to the prover without its numbers and to the numbers: node corpus.mjs FILE
// The exit code is 1 if a false claim is proved, or a true one refuted.
// Conditions are not in the file: needs are allowed; for a false claim those alone that hold wherever it has a value.
import { readFileSync } from "node:fs";
import { misfit, prove, read, search } from "../../src/checker/index.mjs";

const counts = { true: {}, false: {} };
let wrong = 0;
for (const { id, true: holds, statement } of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  const s = read(statement), proved = prove(s, { conditions: holds ? "any" : "implied" }).verdict === "proved", { counterexample } = search(s);
  const verdict = misfit(s) ? "does-not-fit" : counterexample ? "refuted" : proved ? "proved" : "undecided";
  counts[holds][verdict] = (counts[holds][verdict] ?? 0) + 1;
  if (holds ? counterexample : proved) {
    wrong++;
    console.log(`WRONG: ${id}: ${verdict}: ${JSON.stringify(counterexample)}`);
  }
}
console.log(JSON.stringify(counts));
process.exitCode = wrong ? 1 : 0;
