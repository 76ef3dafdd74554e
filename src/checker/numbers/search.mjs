// A counterexample, as small as it can be made; or how many points agreed.
import { parts } from "../statement/grammar.mjs";
import { Undefined, dual, fail, minus } from "./duals.mjs";
import { asMatrix, isMatrix, number } from "./matrices.mjs";
import { onHypotheses } from "./hypotheses.mjs";
import { ORIGIN, plain, pointOf, sizesOf } from "./points.mjs";
import { budget, holdsAt, valueOf } from "./values.mjs";

/** What f gives; null where something has no value. */
export function defined(f) {
  try { return f(); } catch (error) {
    if (error instanceof Undefined) return null;
    throw error;
  }
}
/** Is x above y by more than rounding?  Where that is not known, the point says nothing. */
const above = (x, y) => {
  const d = minus(x, y), size = 1 + Math.abs(x[0]) + Math.abs(y[0]);
  if (d[0] > 1e-9 * size + 4 * d[4]) return true;
  return 4 * d[4] > 1e-6 * size ? null : false;
};
const slight = ({ left, right }) => Math.abs(left - right) < 1e-3 * (1 + Math.abs(left) + Math.abs(right));

/** Where the statement fails at a point, { row, col, left, right }, else null. */
export function failure(point) {
  const { kind, left, right } = point.statement, l = asMatrix(valueOf(left, point));
  if (kind === "nonnegative") {
    const v = number(l), below = above(dual(0), v);
    return below ? { row: 0, col: 0, left: v[0], right: 0 } : below === false ? null : fail("rounding");
  }
  const r = asMatrix(valueOf(right, point));
  if (l.rows !== r.rows || l.cols !== r.cols) fail("sizes-do-not-fit");
  const apart = l.a.map((x, k) => above(x, r.a[k]) || above(r.a[k], x)), k = apart.indexOf(true);
  if (k >= 0) return { row: Math.floor(k / l.cols), col: k % l.cols, left: l.a[k][0], right: r.a[k][0] };
  return apart.includes(null) ? fail("rounding") : null;
}
/** Does a point meet what is given and stated?  An index that stands in a condition alone is any of its places. */
export function meets(point) {
  const { given, conditions, left, right = true, names } = point.statement;
  const sides = new Set([left, right, ...given, ...Object.values(names).map((n) => n.definition)].flatMap(symbolsIn));
  return given.every((c) => c.op === "eq" || holdsAt(c, point)) && conditions.every((c) => {
    const any = [...new Set(symbolsIn(c))].filter((id) => id in point.counts && !sides.has(id));
    return everywhere(any, point, (p) => holdsAt(c, p));
  });
}
const symbolsIn = (t) => (t.op === "symbol" ? [t.id] : parts(t).flatMap(symbolsIn));
function everywhere([id, ...others], point, holds) {
  if (id === undefined) return holds(point);
  const at = (k) => ({ ...point, values: { ...point.values, [id]: dual(k) } });
  return Array.from({ length: point.counts[id] }, (_, k) => at(k)).every((p) => everywhere(others, p, holds));
}

function tried(statement, seed, sizes, shared) {
  return defined(() => {
    const point = onHypotheses(pointOf(statement, seed, sizes, shared), seed);
    return point && meets(point) ? { point, where: failure(point) } : null;
  });
}
/**
 * { counterexample, agreed }: a point at which the sides differ, or null; and the number of points at which they agree.
 * points: how many are to agree; tries: how many seeds are tried; small: make the counterexample small.
 */
export function search(statement, { points = statement.kind === "nonnegative" ? 16 : 6, tries = 48, small = true } = {}) {
  const shared = budget(1e6);
  let agreed = 0, doubtful = 0;
  for (const seed of [...Array(tries).keys(), ORIGIN]) {
    if (agreed >= points && seed !== ORIGIN) continue;
    const found = tried(statement, seed, sizesOf(statement, seed), shared);
    if (found && !found.where) agreed += seed !== ORIGIN;
    // what is but little apart may be rounding: a second such point is asked for
    else if (found && (!slight(found.where) || doubtful++)) {
      const least = small ? simplest(fewest(found, seed)) : found;
      return { counterexample: told(least), agreed };
    }
  }
  return { counterexample: null, agreed };
}
/** The same failure at smaller sizes. */
function fewest(found, seed) {
  const { statement } = found.point;
  let sizes = sizesOf(statement, seed);
  for (const id of Object.keys(sizes))
    for (let n = 1; n < sizes[id]; n++) {
      const smaller = { ...sizes, [id]: n };
      const again = [seed, seed + 1, seed + 5].map((s) => tried(statement, s, smaller, { work: found.point.work })).find((x) => x?.where && !slight(x.where));
      if (!again) continue;
      sizes = smaller;
      found = again;
      break;
    }
  return found;
}
/** What may be spent on simpler numbers: in a large matrix those that are first get them. */
const SIMPLER = 1e5;
/** The same failure with each number 0, 1 or -1 where it stays one. */
function simplest(found) {
  const { statement } = found.point, { work } = budget(Math.min(SIMPLER, found.point.work.left));
  if (statement.given.some((t) => t.op === "eq")) return found;
  const attempt = (values) => {
    const point = { ...found.point, values, work }, where = defined(() => (meets(point) ? failure(point) : null));
    if (where && !slight(where)) found = { point, where };
    return Boolean(where && !slight(where));
  };
  for (const [id, x] of Object.entries(found.point.values)) {
    const facts = statement.symbols[id]?.facts ?? {};
    if (facts.integer) continue;
    asMatrix(x).a.forEach((_, k) => {
      for (const v of work.left > 0 ? [0, 1, -1] : []) {
        const now = found.point.values[id];
        if (asMatrix(now).a[k][0] === v) break;
        if ((facts.positive && v <= 0) || (facts.nonnegative && v < 0) || (facts.nonzero && !v) || (facts.negative && v >= 0)) continue;
        const next = isMatrix(now) ? { ...now, a: now.a.map((w, j) => (j === k ? dual(v) : w)) } : dual(v);
        if (attempt({ ...found.point.values, [id]: next })) break;
      }
    });
  }
  return found;
}
/** The counterexample as data; functions are p z + q z^2 + r sin z. */
function told({ point, where }) {
  const values = Object.fromEntries(Object.entries(point.values).map(([id, x]) => [id, plain(x)]));
  return { values, functions: point.parameters, ...where };
}
