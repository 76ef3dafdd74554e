// A counterexample, as small as it can be made; or how many points agreed.
import { Undefined, dual, fail } from "./duals.mjs";
import { asMatrix, isMatrix, number } from "./matrices.mjs";
import { onHypotheses } from "./hypotheses.mjs";
import { plain, pointOf, sizesOf } from "./points.mjs";
import { holds, valueOf } from "./values.mjs";

/** What f gives; null where something has no value. */
function defined(f) {
  try { return f(); } catch (error) {
    if (error instanceof Undefined) return null;
    throw error;
  }
}
const differ = (x, y) => Math.abs(x - y) > 1e-7 * (1 + Math.abs(x) + Math.abs(y));
const slight = ({ left, right }) => Math.abs(left - right) < 1e-3 * (1 + Math.abs(left) + Math.abs(right));

/** Where the statement fails at a point, { row, col, left, right }, else null. */
export function failure(point) {
  const { kind, left, right } = point.statement, l = asMatrix(valueOf(left, point));
  if (kind === "nonnegative") {
    const [v] = finite(number(l));
    return v < -1e-7 ? { row: 0, col: 0, left: v, right: 0 } : null;
  }
  const r = asMatrix(valueOf(right, point));
  if (l.rows !== r.rows || l.cols !== r.cols) fail("sizes-do-not-fit");
  let found = null;
  l.a.forEach((x, k) => {
    const [u] = finite(x), [v] = finite(r.a[k]);
    if (!found && differ(u, v)) found = { row: Math.floor(k / l.cols), col: k % l.cols, left: u, right: v };
  });
  return found;
}
const finite = (x) => (Number.isFinite(x[0]) ? x : fail("not-finite"));
const meets = (point) => [...point.statement.given, ...point.statement.conditions]
  .every((c) => c.op === "eq" || c.op === "smooth" || c.op === "analytic" || holdsFor(c, point));
/** A condition with an index that has no value is one on all places of it: the sides have no value where it fails. */
const holdsFor = (c, point) => defined(() => holds(c, { bound: {}, held: {}, kept: {}, level: 0, ...point })) ?? true;

function tried(statement, seed, sizes) {
  return defined(() => {
    const point = onHypotheses(pointOf(statement, seed, sizes), seed);
    return point && meets(point) ? { point, where: failure(point) } : null;
  });
}
/**
 * { counterexample, agreed }: a point at which the sides differ, or null; and the number of points at which they agree.
 * points: how many are to agree; tries: how many seeds are tried; small: make the counterexample small.
 */
export function search(statement, { points = statement.kind === "nonnegative" ? 16 : 6, tries = 48, small = true } = {}) {
  let agreed = 0, doubtful = 0;
  for (let seed = 0; seed < tries && agreed < points; seed++) {
    const found = tried(statement, seed, sizesOf(statement, seed));
    if (found && !found.where) agreed++;
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
      const again = [seed, seed + 1, seed + 5].map((s) => tried(statement, s, smaller)).find((x) => x?.where && !slight(x.where));
      if (!again) continue;
      sizes = smaller;
      found = again;
      break;
    }
  return found;
}
/** The same failure with each number 0, 1 or -1 where it stays one. */
function simplest(found) {
  const { statement } = found.point;
  if (statement.given.some((t) => t.op === "eq")) return found;
  const attempt = (values) => {
    const point = { ...found.point, values }, where = defined(() => (meets(point) ? failure(point) : null));
    if (where && !slight(where)) found = { point, where };
    return Boolean(where && !slight(where));
  };
  for (const [id, x] of Object.entries(found.point.values)) {
    const facts = statement.symbols[id]?.facts ?? {};
    if (facts.integer) continue;
    asMatrix(x).a.forEach((_, k) => {
      for (const v of [0, 1, -1]) {
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
