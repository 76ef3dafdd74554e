// A central difference of the sigmoid: its secant, and its error over the step, in sixteen digits.
import { start } from "../page.mjs";
import { between, exponent, fixed, panel, plane, power, raised, tenTo } from "../plot.mjs";

const STEPS = between(-13, 0.5, 109), PLACES = between(-6, 6, 121), UNIT = Number.EPSILON / 2;

function compute({ at, open }, { x, h, T, F }) {
  const functions = open("f", "sigmoid-derivative"), { value: f, slope } = functions.f, exact = slope(x);
  const quotient = (step) => at("central-difference", { x, h: step }, functions).of("D");
  const bound = (step) => at("central-difference-bound", { h: step, T }).right();
  const step = tenTo(h), errors = STEPS.map((k) => Math.abs(quotient(tenTo(k)) - exact));
  return { exact, step, D: quotient(step), error: Math.abs(quotient(step) - exact), errors, bounds: STEPS.map((k) => bound(tenTo(k))), f, best: at("central-difference-best-step", { F, epsilon: UNIT, T }).of("h_0") };
}
/** An error as a height; one of 0 lies on the floor. */
const height = (error) => Math.max(-17, exponent(error));

function tell({ exact, step, D, error, best }) {
  return { exact: fixed(exact, 6), h: power(step), D: fixed(D, 6), error: power(error), best: power(best) };
}
function draw({ step, error, errors, bounds, f, exact }, { x, h }, said) {
  const on = plane({ x: [-6, 6], y: [-0.1, 1.1], names: [said("across"), said("y")], ticks: [[-6, -3, 0, 3, 6], [0, 0.5, 1]], height: 270, label: said("label") });
  const ends = [x - step, x + step].map((u) => [u, f(u)]), middle = f(x);
  const secant = ends[1][0] > ends[0][0] ? [-20, 20].map((u) => [u, ends[0][1] + ((u - ends[0][0]) / (ends[1][0] - ends[0][0])) * (ends[1][1] - ends[0][1])]) : [];
  const valley = plane({ x: [-13, 0.5], y: [-17, 1], names: [said("size"), ""], ticks: [[-12, -8, -4, 0].map((k) => [k, raised(k)]), [-16, -12, -8, -4, 0].map((k) => [k, raised(k)])], height: 270, label: said("valley") });
  return [
    panel(said("title"), on.picture([on.line([-20, 20].map((u) => [u, middle + exact * (u - x)]), "thin"), on.line(PLACES.map((u) => [u, f(u)]), "second"), on.line(secant, "path"), on.dots(ends, "path")])),
    panel(said("valley"), valley.picture([valley.line(STEPS.map((k, i) => [k, height(bounds[i])]), "thin"), valley.dots(STEPS.map((k, i) => [k, height(errors[i])]), "second small"), valley.mark([h, height(error)], "ring", "now")])),
  ];
}
const truth = (after, before) => (after.error < before.error ? "falls" : "rises");
export default start("quotient", { compute, tell, draw, truth });
