// Random expressions with sums, kinks, cases, quotients and slopes, each next to its normal form, printed as a tree:
// node normal.mjs [seconds] [seed].  One that numbers tell from its form is lowered falsely; the exit code is then 1.
import { pathToFileURL } from "node:url";
import { read, search } from "../../src/checker/index.mjs";
import { Unknown, begin } from "../../src/checker/algebra/session.mjs";
import { Lowering } from "../../src/checker/entry/lowering.mjs";
import { generator } from "../../src/checker/numbers/points.mjs";
import { plain } from "../../src/checker/printing/plain.mjs";
import { treeOf } from "../../src/checker/proof/trees.mjs";
import { declare, readStatement } from "../../src/checker/reading/index.mjs";

const TABLES = declare([
  { name: "x", shape: ["n", 1] }, { name: "y", shape: ["n", 1] }, { name: "u", shape: ["m", 1] }, { name: "A", shape: ["n", "n"] },
  { name: "B", shape: ["m", "n"] }, { name: "z" }, { name: "w" }, { name: "g", function: true },
]);
const OF = { n: ["x", "y", "x"], m: ["u"], nn: ["A"], mn: ["B"] };

/** The text of a random expression; indices: [name, size] of the sums around it. */
function expression(depth, indices, pick) {
  const inner = (around = indices) => expression(depth - pick([1, 1, 2]), around, pick), e = () => `(${inner()})`;
  const entries = indices.flatMap(([i, size]) => [
    ...OF[size].map((v) => `${v}_${i}`),
    ...indices.flatMap(([j, other]) => (OF[size + other] ?? []).map((M) => `${M}_{${i},${j}}`)),
  ]);
  const leaf = () => pick(["z", "w", "1", "2", ...entries]), free = ["i", "j", "k"].find((i) => !indices.some(([name]) => name === i));
  if (depth <= 0) return leaf();
  const sum = () => { const size = pick(["n", "n", "m"]); return free ? `(sum_{${free}=1}^{${size}} (${inner([...indices, [free, size]])}))` : leaf(); };
  return pick([
    sum, sum, sum, sum, () => `${e()} + ${e()}`, () => `${e()} - ${e()}`, () => `${e()} * ${e()}`, () => `${e()} * ${e()}`,
    () => `${pick(["exp", "sin", "cos", "tanh", "sigma", "g"])}(${inner()})`, () => `${e()} / ${e()}`, () => `${e()}^${pick([2, 3])}`,
    () => `${pick(["sqrt", "log"])}(${e()}^2 + 1)`, () => `${pick(["max", "min"])}(${inner()}, ${inner()})`, () => `${pick(["abs", "sign"])}(${e()} - ${e()})`,
    () => `{${inner()} if ${e()} ${pick([">", ">=", "<", "="])} ${e()}; ${inner()} otherwise}`, () => `grad(${inner()}, ${pick(["z", "w"])})`,
  ])();
}
/** { compared, open, falseForms } of as many random expressions; open: those with no normal form. */
export function normalForms({ count = Infinity, seconds = Infinity, seed = 1 }) {
  const random = generator(seed), pick = (xs) => xs[Math.floor(random() * xs.length)], end = Date.now() + 1000 * seconds;
  const found = { compared: 0, open: 0 }, falseForms = [];
  for (let k = 0; k < count && Date.now() < end; k++) {
    const text = expression(pick([2, 3, 3, 4]), [], pick), x = read(readStatement(`${text} = 0`, TABLES)), form = normalForm(x);
    found[form ? "compared" : "open"]++;
    if (!form) continue;
    const both = read({ ...x, right: form.tree, symbols: { ...x.symbols, ...form.symbols } }), { counterexample } = search(both, { tries: 20 });
    if (counterexample) falseForms.push({ text, form: plain(form.tree, both), ...counterexample });
  }
  return { ...found, falseForms };
}
function normalForm(x) {
  try {
    begin({ steps: 3e5 });
    return treeOf(new Lowering(x).number(x.left), x, new Map());
  } catch (error) {
    if (error instanceof Unknown) return null;
    throw error;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [seconds, seed] = process.argv.slice(2).map(Number), { falseForms, ...found } = normalForms({ seconds: seconds || 20, seed: seed || 1 });
  for (const form of falseForms) console.log("FALSE FORM:", JSON.stringify(form));
  console.log(found, `${falseForms.length} false forms`);
  process.exitCode = falseForms.length ? 1 : 0;
}
