// Every statement of a ledger, judged: node src/checker/ledger.mjs LEDGER.json
// A line for each that is not proved, and totals; the exit code is 1 if numbers refute what the ledger calls proved.
import { readFileSync } from "node:fs";
import { judge } from "./judge.mjs";

const [file] = process.argv.slice(2);
if (!file) {
  console.error("usage: node ledger.mjs LEDGER.json");
  process.exit(2);
}
const stated = JSON.parse(readFileSync(file, "utf8")).filter((record) => record.statement);
const counts = {}, times = [];
for (const { id, state, statement } of stated) {
  const started = performance.now(), found = judge(statement);
  if (found.verdict !== "definition") times.push(performance.now() - started);
  const claimed = state.startsWith("proved");
  const verdict = claimed && ["refuted", "does-not-fit", "unreadable"].includes(found.verdict) ? "DISAGREEMENT" : found.verdict;
  counts[verdict] = (counts[verdict] ?? 0) + 1;
  if (!["proved", "definition"].includes(found.verdict)) console.log(`${id}: ${verdict}: ${JSON.stringify(found.reason ?? found.counterexample)}`);
}
times.sort((x, y) => x - y);
const at = (share) => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(1);
const totals = Object.entries(counts).map(([verdict, n]) => `${n} ${verdict}`).join(", ");
console.log(`${totals}; median ${at(0.5)} ms, 90 % ${at(0.9)} ms, longest ${at(1)} ms`);
process.exitCode = counts.DISAGREEMENT ? 1 : 0;
