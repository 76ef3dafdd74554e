// Random statements of one or two numbers, full of kinks, cases, roots and quotients, next to what is almost the same:
// node fuzz.mjs [seconds] [seed].  One that is proved and that numbers refute is a false proof; the exit code is then 1.
import { pathToFileURL } from "node:url";
import { evaluate, prove, read } from "../../src/checker/index.mjs";
import { Undefined, dual } from "../../src/checker/numbers/duals.mjs";
import { generator } from "../../src/checker/numbers/points.mjs";
import { abs, add, bound, cases, eq, exp, fold, gt, half, log, max, mul, pow, s, sign, statement } from "./statements.mjs";
import { places } from "./twins.mjs";

const LETTERS = [s("z"), s("r")], minus = (x) => mul(-1, x), over = (x) => pow(x, -1);
const step = (u) => cases([1, gt(u, 0)], [0, true]), zero = (u) => cases([1, eq(u, 0)], [0, true]), away = (u) => add(1, minus(zero(u)));

let count = 0;
/** The largest f(k) of k = 0, 1, 2. */
const most = (f) => { const id = `k#${++count}`; return fold("maximum", id, 0, 2, f(bound(id))); };
/** A tree whose variables are bound once each. */
function apart(t, names = {}) {
  if (typeof t !== "object") return t;
  if (Array.isArray(t)) return t.map((x) => apart(x, names));
  const inside = t.bind ? { ...names, ...Object.fromEntries(t.bind.map(({ id }) => [id, `k#${++count}`])) } : names;
  const copy = Object.fromEntries(Object.entries(t).map(([key, x]) => [key, apart(x, inside)]));
  return "id" in t && t.id in inside ? { ...copy, id: inside[t.id] } : copy;
}

function expression(depth, pick) {
  if (!depth) return pick([...LETTERS, ...LETTERS, 0, 1, 2, -1]);
  const e = () => expression(depth - 1, pick);
  return pick([
    () => add(e(), e()), () => mul(e(), e()), () => mul(e(), e()), () => over(e()), () => pow(e(), 2), () => pow(e(), half),
    () => abs(e()), () => sign(e()), () => step(e()), () => zero(e()), () => max(e(), e()), () => most((k) => add(e(), mul(k, e()))), () => exp(e()), () => log(e()),
    () => cases([e(), gt(e(), 0)], [e(), true]), () => cases([e(), eq(e(), 0)], [e(), true]), () => add(e(), minus(e())),
  ])();
}
/** What stands for u, wherever it is defined, or almost. */
const NEAR = [
  (u) => mul(u, away(u)), (u) => mul(sign(u), abs(u)), (u) => pow(pow(u, 2), half), (u) => pow(pow(u, half), 2), (u) => exp(log(u)),
  (u) => log(exp(u)), (u) => over(over(u)), (u) => mul(u, u, over(u)), (u) => add(max(0, u), minus(max(0, minus(u)))),
  (u) => add(mul(u, step(u)), mul(u, step(minus(u)))), (u) => mul(u, step(u)), (u) => mul(abs(u), step(u)), (u) => cases([u, gt(u, 0)], [minus(u), true]),
  (u) => cases([mul(pow(u, 2), over(u)), gt(pow(u, 2), 0)], [0, true]), (u) => add(u, zero(add(u, -1))), (u) => mul(u, add(1, zero(u))),
  (u) => mul(u, over(add(away(u), zero(u)))), (u) => mul(u, u, over(add(mul(u, away(u)), zero(u)))), (u) => minus(minus(u)), (u) => abs(u),
  (u) => most(() => u), (u) => most((k) => add(u, minus(k))), (u) => mul(half, most((k) => mul(k, u))), (u) => minus(most((k) => minus(mul(u, add(k, -1))))),
];
const VALUES = [-2, -1, -0.5, 0, 0.5, 1, 2];

/** Does the statement fail where z and r are such numbers? */
function fails(x) {
  for (const z of VALUES) for (const r of VALUES) {
    const point = { statement: x, values: { z: dual(z), r: dual(r) }, functions: {} };
    try {
      const [[l], [right]] = [x.left, x.right].map((t) => evaluate(t, point));
      if (Math.abs(l - right) > 1e-6 * (1 + Math.abs(l) + Math.abs(right))) return { z, r, left: l, right };
    } catch (error) { if (!(error instanceof Undefined)) throw error; }
  }
  return null;
}
/** { proved, refuted, open, falseProofs } of as many random statements. */
export function fuzz({ count = Infinity, seconds = Infinity, seed = 1 }) {
  const random = generator(seed), pick = (xs) => xs[Math.floor(random() * xs.length)], end = Date.now() + 1000 * seconds;
  const found = { proved: 0, refuted: 0, open: 0 }, falseProofs = [];
  for (let k = 0; k < count && Date.now() < end; k++) {
    const left = expression(pick([1, 2, 2, 3]), pick);
    const [u, put] = pick([...places(left)].filter(([t]) => typeof t === "number" || !["gt", "eq"].includes(t.op) && typeof t !== "boolean"));
    const x = read(statement(...[left, put(pick(NEAR)(u))].map((t) => apart(t)))), proved = prove(x, { conditions: "implied", steps: 5e5 }), bad = fails(x);
    if (proved.reason?.code === "internal-error") throw new Error(`${proved.reason.about}: ${JSON.stringify(x)}`);
    if (bad && proved.verdict === "proved") falseProofs.push({ ...bad, statement: x });
    found[bad ? "refuted" : proved.verdict === "proved" ? "proved" : "open"]++;
  }
  return { ...found, falseProofs };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [seconds, seed] = process.argv.slice(2).map(Number), { falseProofs, ...found } = fuzz({ seconds: seconds || 20, seed: seed || 1 });
  for (const { statement: x, ...where } of falseProofs) console.log("FALSE PROOF:", JSON.stringify(where), JSON.stringify(x));
  console.log(found, `${falseProofs.length} false proofs`);
  process.exitCode = falseProofs.length ? 1 : 0;
}
