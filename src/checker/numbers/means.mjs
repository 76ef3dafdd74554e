// An expectation at a point: over all values of random entries that take two each, with the mean and the variance given.
import { dual, fail, minus, plus, rooted, rounded, times } from "./duals.mjs";
import { asMatrix, isMatrix, matrix } from "./matrices.mjs";
import { randomIn } from "../statement/random.mjs";
import { raised, value, whole } from "./values.mjs";

const MOST = 12; // random entries

export function mean(t, env) {
  const ids = [...randomIn(t, env.statement)], slots = ids.flatMap((id) => twoValues(id, env));
  if (slots.length > MOST) fail("too-many-random-entries");
  let out = null;
  for (let choice = 0; choice < 2 ** slots.length; choice++) {
    const drawn = {};
    let weight = dual(1);
    slots.forEach(({ id, shape, outcomes }, k) => {
      const [x, chance] = outcomes[(choice >> k) & 1];
      (drawn[id] ??= { ...shape, a: [] }).a.push(x);
      weight = times(weight, chance);
    });
    const inside = value(t, { ...env, kept: {}, values: { ...env.values, ...drawn } });
    const weighed = { ...asMatrix(inside), a: asMatrix(inside).a.map((v) => times(weight, v)) };
    out = out ? { ...out, a: out.a.map((v, k) => plus(v, weighed.a[k])) } : weighed;
    if (choice === 2 ** slots.length - 1) return isMatrix(inside) ? out : out.a[0];
  }
}
/** For each entry its two values, with their chances. */
function twoValues(id, env) {
  const m = env.statement.matrices[id], [rows, cols] = [m.rows, m.cols].map((d) => whole(value(d, env)));
  const entries = (t) => { const x = value(t, env); return isMatrix(x) ? x.a : Array(rows * cols).fill(x); };
  const means = entries(m.random.mean), spread = m.random.law === "bernoulli" ? means : entries(m.random.variance);
  return matrix(rows, cols, () => null).a.map((_, k) => ({ id, shape: { rows, cols }, outcomes: outcomes(m.random, means[k], spread[k], env) }));
}
function outcomes({ law, variance: tree }, mu, variance, env) {
  if (law === "bernoulli") {
    if (mu[0] < 0 || mu[0] > 1) fail("probability");
    return [[dual(1), mu], [dual(0), minus(dual(1), mu)]];
  }
  if (law === "normal") fail("normal");
  const s = raised(variance, dual(0.5), tree, env), q = law === "any" ? 0.2 : 0.5; // any law: a skewed one
  const up = times(s, rooted(rounded((1 - q) / q))), down = times(s, rooted(rounded(q / (1 - q))));
  return [[plus(mu, up), rounded(q)], [minus(mu, down), minus(dual(1), rounded(q))]];
}
