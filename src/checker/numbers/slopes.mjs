// Derivatives at a point: one entry after another is given a slope, and the slope of the result is read off.
import { Undefined, fail, part, slopeIn } from "./duals.mjs";
import { asMatrix, isMatrix, matrix, number } from "./matrices.mjs";
import { value, whole } from "./values.mjs";

export function slope(t, env) {
  const [f, by] = t.op === "derivative" ? [t.args[0], t.by[0].variable] : t.args;
  const second = t.op === "hess" || (t.op === "derivative" && t.by[0].times === 2);
  if (t.op === "derivative" && (t.by.length > 1 || ![1, 2].includes(t.by[0].times))) fail("order");
  if (env.level + (second ? 2 : 1) > 2) fail("order");
  const direction = env.level + 1;
  const base = by.op === "entry" ? by.args[0] : by, x = value(base, env);
  /** f with entry k of the variable moved in direction s, for each [k, s]. */
  const moved = (seeds) => {
    const isAlone = seeds.every(([k]) => k === seeds[0][0]);
    const along = (beside) => value(f, { ...env, ...withSeeds(base, x, seeds, env), kept: {}, level: env.level + (second ? 2 : 1), alone: second && isAlone, beside });
    try { return along(); } catch (error) {
      if (env.level || !isAlone || !(error instanceof Undefined && error.message === "kink")) throw error;
    }
    return joined(value(f, env), along(1), along(-1), second ? [1, 3] : [1]);
  };
  const read = (v) => slopeIn(v, direction);
  const first = (k) => read(number(moved([[k, direction]])));
  const one = by.op === "entry" ? place(by, x, env) : isMatrix(x) ? null : 0; // the entry that moves, if no other does
  const mixed = (i, j) => part(number(moved([[i, 1], [j, 2]])), 3);
  if (one !== null && t.op !== "jac") return second ? mixed(one, one) : first(one);
  if (second) return matrix(x.a.length, x.a.length, mixed);
  if (t.op !== "jac") return { ...x, a: x.a.map((_, k) => first(k)) };
  const columns = (one === null ? x.a.map((_, k) => k) : [one]).map((k) => asMatrix(moved([[k, direction]])).a);
  return matrix(columns[0].length, columns.length, (i, j) => read(columns[j][i]));
}
/** On both sides of a kink there is one value, that of the place, and one of each slope: exactly, or there may be none. */
function joined(here, right, left, slopes) {
  const [h, r, l] = [here, right, left].map((v) => asMatrix(v).a);
  const isOne = (x, y, k) => x[k] === y[k] && !x[k + 4] && !y[k + 4];
  const fits = (v, k) => isOne(v, h[k], 0) && isOne(v, l[k], 0) && slopes.every((s) => isOne(v, l[k], s));
  return r.every(fits) ? right : fail("kink");
}
function place({ args }, x, env) {
  const [i, j] = args.slice(1).map((k) => whole(number(value(k, env))));
  return i >= 0 && j >= 0 && i < x.rows && j < x.cols ? i * x.cols + j : fail("entry-outside");
}
function withSeeds(base, x, seeds, env) {
  const m = asMatrix(x), a = m.a.map((v) => [...v]);
  for (const [k, s] of seeds) a[k][s] += 1;
  const seeded = isMatrix(x) ? { ...m, a } : a[0];
  if (base.op === "name") return { held: { ...env.held, [base.id]: seeded } };
  if (base.op !== "symbol" && base.op !== "matrix") fail("slope-by");
  return { values: { ...env.values, [base.id]: seeded } };
}
