// A central difference of the sigmoid: its secant, and its error over the step, in sixteen digits.
import { start } from "../page.mjs";
import { apart, around, between, fixed, GAP, panel, plane, power, raised, tenTo } from "../plot.mjs";

const STEPS = between(-13, 0.5, 109), PLACES = between(-6, 6, 121);

function compute({ at, open }, { x, h, T, F }) {
  const functions = open("f", "sigmoid-derivative"), { value: f, slope } = functions.f, exact = slope(x);
  const quotient = (step) => at("central-difference", { x, h: step }, functions).of("D");
  const bound = (step) => at("central-difference-bound", { h: step, T }).right();
  const step = tenTo(h), D = quotient(step), errors = STEPS.map((k) => apart(quotient(tenTo(k)), exact));
  return { exact, step, D, error: apart(D, exact), errors, bounds: STEPS.map((k) => bound(tenTo(k))), f, best: at("central-difference-best-step", { F, epsilon: GAP, T }).of("h_0") };
}
function tell({ exact, step, D, error, best }) {
  return { exact: fixed(exact, 6), h: power(step), D: fixed(D, 6), error: power(error), best: power(best) };
}
function draw({ step, D, error, errors, bounds, f, exact }, { x, h }, said) {
  const on = plane({ x: [-6, 6], y: [-0.1, 1.1], names: [said("across"), said("y")], ticks: [[-6, -3, 0, 3, 6], [0, 0.5, 1]], height: 270, label: said("label") });
  const ends = around(x, step).map((u) => [u, f(u)]);
  const valley = plane({ x: [-13, 0.5], y: [-17, 1], powers: true, names: [said("size"), ""], ticks: [[-12, -8, -4, 0].map((k) => [k, raised(k)]), [-16, -12, -8, -4, 0]], height: 270, label: said("valley") });
  return [
    panel(said("title"), on.picture([on.tangent([x, f(x)], exact, "thin"), on.line(PLACES.map((u) => [u, f(u)]), "second"), on.tangent(ends[0], D, "path"), on.dots(ends, "path")])),
    panel(said("valley"), valley.picture([valley.line(STEPS.map((k, i) => [k, bounds[i]]), "thin"), valley.dots(STEPS.map((k, i) => [k, errors[i]]), "second small"), valley.mark([h, error], "ring", "now")])),
  ];
}
const truth = (after, before) => (after.error < before.error ? "falls" : "rises");
export default start("quotient", { compute, tell, draw, truth });
