// Points at which a statement is tried: small sizes that differ, some of them 1; simple numbers, ties and zeros among them.
import { indexRanges } from "../statement/indices.mjs";
import { dual, fail, standIn } from "./duals.mjs";
import { asMatrix, isMatrix, matrix } from "./matrices.mjs";
import { budget, valueOf, whole } from "./values.mjs";

/** Random numbers in [0, 1), the same on every machine. */
export function generator(seed) {
  let s = (2654435761 * (seed + 1)) >>> 0 || 1;
  return () => {
    s ^= s << 13; s >>>= 0;
    s ^= s >>> 17;
    s ^= s << 5; s >>>= 0;
    return s / 2 ** 32;
  };
}
const SIMPLE = [1, -1, 2, 0.5, -0.5, -2, 1.5, 0], BITS = [0, 1, -1];
const FINE = Array.from({ length: 24 }, (_, k) => (k - 12) / 8).filter(Boolean);
/** The seed at which all numbers are 0 and every function is t^2, which touches 0 there: no other point stands on so many kinks. */
export const ORIGIN = -1;
const STYLES = [SIMPLE, FINE, FINE.map((x) => Math.abs(x) * 0.75), FINE.map((x) => x * 2), BITS];

/** The point of a seed; sizes may be given, and a budget that points share. */
export function pointOf(statement, seed, sizes = sizesOf(statement, seed), shared = budget()) {
  const random = generator(seed), pick = (xs) => xs[Math.floor(random() * xs.length)], style = seed === ORIGIN ? [0] : STYLES[seed % STYLES.length];
  const ranges = indexRanges(statement), values = {}, functions = {};
  const point = { statement, values, functions, parameters: {}, counts: {}, ...shared };
  const size = (t) => whole(valueOf(t, point)); // a random matrix has sizes, and no value
  const length = (m, side) => (m.op === "matrix" ? size(statement.matrices[m.id][side]) : asMatrix(valueOf(m, point))[side]);
  for (const [id, n] of Object.entries(sizes)) values[id] = dual(signed(n, statement.symbols[id].facts));
  for (const [id, { facts }] of Object.entries(statement.symbols))
    if (!(id in values) && !ranges.has(id)) values[id] = dual(signed(facts.integer ? Math.floor(random() * 5) - 1 : pick(style), facts));
  for (const [id, m] of Object.entries(statement.matrices))
    if (!m.random) values[id] = matrix(size(m.rows), size(m.cols), () => dual(pick(style)));
  for (const id of Object.keys(statement.functions).filter((f) => !statement.functions[f].known && !statement.functions[f].slope)) {
    point.parameters[id] = seed === ORIGIN ? [0, 1, 0] : [pick([0.5, 1, -1, 2]), pick([1, 0.5, -0.5]), pick([0, 1, 2])];
    functions[id] = standIn(point.parameters[id]);
  }
  for (const [id, places] of ranges) {
    point.counts[id] = Math.min(...places.map(({ matrix: m, side }) => length(m, side ? "cols" : "rows")));
    values[id] = dual(Math.floor(random() * point.counts[id]));
  }
  return point;
}
const KNOWN = new Set(["real", "integer", "rational", "positive", "nonnegative", "negative", "nonzero"]);
function signed(x, facts) {
  if (Object.entries(facts).some(([fact, holds]) => !holds || !KNOWN.has(fact))) fail("facts");
  if (facts.negative) return -(Math.abs(x) || 1);
  if (facts.positive) return Math.abs(x) || 1;
  return facts.nonnegative ? Math.abs(x) : facts.nonzero ? x || 1 : x;
}
/** Sizes from 2 on, all different; at other seeds in another order, and now and then a 1 or two that are equal. */
export function sizesOf(statement, seed) {
  const ids = Object.entries(statement.symbols).filter(([, s]) => s.facts.integer && s.facts.positive).map(([id]) => id);
  const random = generator(seed + 1000), pool = ids.map((_, k) => k + 2);
  if (seed) {
    if (ids.length < 4) pool.push(ids.length + 2);
    for (let k = pool.length - 1; k > 0; k--) {
      const r = Math.floor(random() * (k + 1));
      [pool[k], pool[r]] = [pool[r], pool[k]];
    }
    if (ids.length && seed % 4 === 3) pool[Math.floor(random() * ids.length)] = 1;
    if (ids.length > 1 && seed % 7 === 5) pool[0] = pool[1];
  }
  return Object.fromEntries(ids.map((id, k) => [id, pool[k]]));
}
export const plain = (x) => (isMatrix(x) ? Array.from({ length: x.rows }, (_, i) => x.a.slice(i * x.cols, (i + 1) * x.cols).map(([v]) => v)) : x[0]);
