// The sigmoid with its tangent, and what a change of the logit does to odds and to the answer.
import { start } from "../page.mjs";
import { apart, between, fixed, panel, plane, table } from "../plot.mjs";

const PLACES = between(-8, 8, 161);

function compute({ at, slope }, { z }) {
  const { value, slope: derivative } = slope("sigmoid-derivative"), a = value(z), odds = (a) => at("log-odds", { a }).of("z");
  return { a, slope: derivative(z), curve: PLACES.map((x) => value(x)), steep: PLACES.map((x) => derivative(x)), back: odds(a) };
}
function tell({ a, slope, back }, { z }) {
  return { z: fixed(z, 1), a: fixed(a, 4), slope: fixed(slope, 4), back: fixed(back, 1) };
}
function draw({ a, slope, curve, steep, back }, { z }, said) {
  const on = plane({ x: [-8.4, 8.4], y: [-0.1, 1.1], names: [said("x"), said("y")], ticks: [[-8, -4, 0, 4, 8], [0, 0.5, 1]], height: 230, label: said("label") });
  const tangent = on.tangent([z, a], slope, "thin");
  const below = plane({ x: [-8.4, 8.4], y: [-0.02, 0.3], names: [said("x"), said("y2")], ticks: [[-8, -4, 0, 4, 8], [0, 0.1, 0.2]], height: 230, label: said("slopes") });
  const rows = [[said("logit"), fixed(z, 1)], [said("answer_now"), fixed(a, 4)], [said("slope"), fixed(slope, 4)], [said("back"), fixed(back, 1)]];
  return [
    panel(said("title"), on.picture([on.line([[-9, 0], [9, 0]], "axis"), on.line([[-9, 1], [9, 1]], "axis"), tangent, on.line(PLACES.map((x, k) => [x, curve[k]]), "path"), on.dots([[z, a]], "big")])),
    panel(said("slopes"), below.picture([below.line([[z, 0], [z, 1]], "axis"), below.line(PLACES.map((x, k) => [x, steep[k]]), "second"), below.dots([[z, slope]], "big")])),
    ["div", { class: "panel wide" }, table([said("quantity"), said("value")], rows)],
  ];
}
const truth = (after, before) => {
  const gained = apart(after.a, before.a);
  return gained > 0.2 ? "much" : gained > 0.03 ? "some" : "little";
};
export default start("sigmoid", { compute, tell, draw, truth });
