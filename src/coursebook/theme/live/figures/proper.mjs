// Three ways to charge a forecast, and the log loss as entropy and divergence.
import { start } from "../page.mjs";
import { between, fixed, least, panel, plane, slots } from "../plot.mjs";

const CHARGES = { log: "log-loss-proper", squared: "squared-error-proper", absolute: "absolute-error-improper" }, KINDS = { log: "path", squared: "second", absolute: "third" };
const PLACES = between(0.005, 0.995, 199);

function compute({ at, slope }, { q, a }) {
  const charges = Object.entries(CHARGES).map(([key, id]) => {
    const { value } = slope(id), costs = PLACES.map((x) => value(x, { q }));
    return { key, cost: value(a, { q }), costs, best: PLACES[costs.indexOf(least(costs))] };
  });
  const one = at("cross-entropy-decomposition", { m: 1, q: [[q]], A: [[a]] });
  return { charges, entropy: one.of("Entropy"), divergence: one.of("KL"), cross: one.of("L") };
}
function tell({ charges, entropy, divergence, cross }, { q, a }) {
  const costs = charges.flatMap(({ key, cost, best }) => [[key, fixed(cost, 3)], [`${key}_best`, fixed(best)]]);
  return { ...Object.fromEntries(costs), q: fixed(q), a: fixed(a), entropy: fixed(entropy, 3), divergence: fixed(divergence, 3), cross: fixed(cross, 3) };
}
function draw({ charges, entropy, divergence, cross }, { q, a }, said) {
  const on = plane({ x: [-0.04, 1.04], y: [0, 1.6], names: [said("x"), said("y")], ticks: [[0, 0.5, 1], [0, 0.5, 1, 1.5]], height: 270, label: said("label") });
  const curves = charges.map(({ key, costs }) => on.line(PLACES.map((x, k) => [x, costs[k]]), KINDS[key]));
  const places = charges.map(({ key, cost }) => on.dots([[a, cost]], KINDS[key])), lowest = charges.map(({ key, best, costs }) => on.mark([best, least(costs)], "ring", `now ${KINDS[key]}`));
  const names = on.legend([0.4, 1.5], charges.map(({ key }) => [said(key), `strong ${KINDS[key]}`]));
  const split = plane({ x: slots(2), y: [0, 1.6], ticks: [[[0, said("cross")], [1, said("parts")]], [0, 0.5, 1, 1.5]], height: 270, label: said("split") });
  const bars = [...split.stack(0, 0.6, [[cross, "path", fixed(cross, 3)]]), ...split.stack(1, 0.6, [[entropy, "zero", fixed(entropy, 3)], [divergence, "third", fixed(divergence, 3)]])];
  return [panel(said("title"), on.picture([on.line([[q, 0], [q, 2]], "thin"), on.line([[a, 0], [a, 2]], "axis"), ...curves, ...lowest, ...places, ...names])), panel(said("split"), split.picture(bars))];
}
const truth = ({ charges: [, , { best }] }) => (best < 0.1 ? "zero" : best > 0.9 ? "one" : "truth");
export default start("proper", { compute, tell, draw, truth });
