// A network of two, two and one neurons, forward and back, quantity by quantity; a slope beside a nudge.
import { start } from "../page.mjs";
import { along, apart, column, fixed, panel, plane, power } from "../plot.mjs";

const X = [[1, 2], [2, -1]], Y = column([1, 0]);
const GRADIENTS = { dW_2: "w2", db_2: "b2", dW_1: "w1", db_1: "b1" }, ORDER = ["Z_1", "A_1", "Z_2", "A_2", "L", "dZ_2", "dW_2", "db_2", "dZ_1", "dW_1", "db_1"], TURN = 5;
const PLACES = { x1: [0, 1], x2: [0, 0], h1: [1, 1], h2: [1, 0], out: [2, 0.5] };
// Each with its ends, its slider, its place in the gradient, and where its numbers stand on the way: of two that cross, beside the crossing.
const EDGES = [
  ["x1", "h1", "w11", "dW_1", [0, 0], 0.5], ["x1", "h2", "w12", "dW_1", [0, 1], 0.27], ["x2", "h1", "w21", "dW_1", [1, 0], 0.27], ["x2", "h2", "w22", "dW_1", [1, 1], 0.5],
  ["h1", "out", "v1", "dW_2", [0, 0], 0.5], ["h2", "out", "v2", "dW_2", [1, 0], 0.5],
];

function compute({ at, open }, { w11, w12, w21, w22, b1, b2, v1, v2, c, h }) {
  const functions = open("g", "tanh-derivative");
  const given = { X, y: Y, W_1: [[w11, w12], [w21, w22]], b_1: [[b1, b2]], W_2: column([v1, v2]), b_2: [[c]] };
  const point = at("two-layer-gradient-z1", given, functions);
  const found = Object.fromEntries(["Z_1", "A_1", "Z_2", "A_2", "L", "dZ_2", "dZ_1"].map((name) => [name, point.of(name)]));
  for (const [name, id] of Object.entries(GRADIENTS)) found[name] = at(`two-layer-gradient-${id}`, given, functions).right();
  const loss = (v) => at("two-layer-gradient-z1", { ...given, W_2: column([v1, v]) }, functions).of("L");
  const nudged = at("central-difference", { x: v2, h }, { f: { value: loss } }).of("D");
  return { found, nudged, exact: found.dW_2[1][0] };
}

const written = (x) => (Array.isArray(x) ? `(${x.map((row) => row.map((v) => fixed(v, 3)).join("  ")).join(";  ")})` : fixed(x, 4));
const last = (step) => ORDER.slice(0, step).at(-1);
function tell({ found, nudged, exact }, { step, h }) {
  const name = last(step);
  return { exact: fixed(exact, 6), nudged: fixed(nudged, 6), apart: power(apart(nudged, exact)), h: fixed(h), loss: fixed(found.L, 4), name: name?.replace("_", " ") ?? "–", value: name ? written(found[name]) : "–" };
}
function draw({ found }, { step, ...weights }, said) {
  const on = plane({ x: [-0.4, 2.5], y: [-0.35, 1.35], height: 250, label: said("label"), edge: { left: 2, right: 2, top: 2, bottom: 2 } });
  const seen = (name) => ORDER.indexOf(name) < step, now = last(step);
  const lit = { Z_1: "dW_1", dZ_1: "dW_2", dW_1: "dW_1", Z_2: "dW_2", dW_2: "dW_2" }[now];
  const edges = EDGES.flatMap(([from, to, key, gradient, [row, col], part]) => {
    const [a, b] = [PLACES[from], PLACES[to]], at = along(a, b, part), slope = seen(gradient) && found[gradient][row][col];
    return [on.line([a, b], gradient === lit ? (step > TURN ? "path" : "second") : "axis"), on.text(at, fixed(weights[key], 2), "middle strong", 0, -4), ...(slope === false ? [] : [on.text(at, fixed(slope, 3), "middle strong path", 0, 11)])];
  });
  const values = { x1: X[0][0], x2: X[0][1], h1: seen("A_1") ? found.A_1[0][0] : seen("Z_1") && found.Z_1[0][0], h2: seen("A_1") ? found.A_1[0][1] : seen("Z_1") && found.Z_1[0][1], out: seen("A_2") ? found.A_2[0][0] : seen("Z_2") && found.Z_2[0][0] };
  const nodes = Object.entries(PLACES).flatMap(([key, place]) => [on.mark(place, "node", "now node"), on.text(place, values[key] === false ? "" : fixed(values[key], 2), "middle strong", 0, 4)]);
  const lines = ORDER.map((name) => {
    const [letter, index = ""] = name.split("_");
    return ["tr", { class: name === now ? "lit" : undefined }, ["th", { scope: "row" }, letter, ["sub", {}, index]], ["td", {}, seen(name) ? written(found[name]) : ""]];
  });
  return [panel(said("title"), on.picture([...edges, ...nodes])), panel(said("lines"), ["table", {}, ["tbody", {}, ...lines]])];
}
const truth = ({ exact }) => (exact > 0 ? "rises" : "falls");
export default start("backward", { compute, tell, draw, truth });
