// False twins of every statement of a ledger, put to the prover without its numbers: node attack.mjs LEDGER.json [twins] [seed]
// A twin that it proves and numbers refute is a false proof: the exit code is then 1.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { misfit, prove, read, search } from "../../src/checker/index.mjs";
import { someTwins } from "./twins.mjs";

/** { refuted, proved, open, misfits, falseProofs }: counts, and the twins that were proved though numbers refute them. */
export function attack(records, { most = 8, seed = 1 } = {}) {
  const counts = { refuted: 0, proved: 0, open: 0, misfits: 0 }, falseProofs = [], provedTwins = [];
  for (const { id, statement } of records)
    for (const { kind, statement: twin } of someTwins(statement, most, seed)) {
      let s;
      try { s = read(twin); } catch (error) { throw new Error(`${id}: ${kind}: ${error.message}`); }
      if (misfit(s)) { counts.misfits++; continue; }
      const found = prove(s, { conditions: "implied", steps: 1e6 }), proved = found.verdict === "proved";
      const { counterexample } = search(s, proved ? { points: 30, tries: 90, small: false } : { points: 4, tries: 12, small: false });
      counts[counterexample ? "refuted" : proved ? "proved" : "open"]++;
      if (proved && counterexample) falseProofs.push({ id, kind, counterexample, statement: twin });
      if (proved && !counterexample) provedTwins.push(`${id}: ${kind}`);
      if (found.reason?.code === "internal-error") throw new Error(`${id}: ${kind}: ${found.reason.about}`);
    }
  return { ...counts, falseProofs, provedTwins };
}
/** The statements of a ledger that claim something. */
export const claimsOf = (file) =>
  JSON.parse(readFileSync(file, "utf8")).filter(({ statement }) => statement && statement.kind !== "definition");

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [file, most, seed] = process.argv.slice(2);
  const { falseProofs, provedTwins, ...counts } = attack(claimsOf(file), { most: Number(most ?? 8), seed: Number(seed ?? 1) });
  for (const { id, kind, counterexample } of falseProofs) console.log(`FALSE PROOF: ${id}: ${kind}: ${JSON.stringify(counterexample)}`);
  console.log(counts, `${falseProofs.length} false proofs`);
  process.exitCode = falseProofs.length ? 1 : 0;
}
