// The four corners of XOR in their plane and, by the same network, in the plane of its two hidden neurons.
import { start } from "../page.mjs";
import { column, fixed, grid, numbered, panel, plane } from "../plot.mjs";

const CORNERS = [[0, 0], [0, 1], [1, 0], [1, 1]], LABELS = [0, 1, 1, 0], BESIDE = [[-22, 16], [8, 16], [-22, -8], [8, -8]];
const CURVED = 25, STRAIGHT = 2; // values along an edge of a plane: where the level is one line, its corners tell all
const ACTIVATIONS = { relu: "relu-slope", tanh: "tanh-derivative" };

function compute({ at, open }, { w11, w12, w21, w22, b1, b2, v1, v2, c, activation }) {
  const functions = open("g", ACTIVATIONS[activation]), parameters = { W_1: [[w11, w12], [w21, w22]], b_1: [[b1, b2]], W_2: column([v1, v2]), b_2: [[c]] };
  const network = (X) => at("two-layer-logits", { X, ...parameters }, functions);
  const there = network(CORNERS), hidden = there.of("A_1"), logits = there.of("Z_2").flat();
  return {
    hidden, logits, right: logits.filter((z, k) => z > 0 === LABELS[k] > 0).length, field: (X) => network(X).of("Z_2").flat(),
    // The last layer alone, on what would be hidden answers.
    last: (A_1) => at("two-layer-logits", { ...parameters, m: A_1.length, A_1 }, functions).of("Z_2").flat(),
  };
}

function tell({ hidden, logits, right }) {
  return { ...numbered("h", hidden.map(([u, v]) => `(${fixed(u)}; ${fixed(v)})`)), ...numbered("z", logits.map((x) => fixed(x))), right };
}
function draw({ hidden, logits, field, last }, state, said) {
  const side = (key, limits, places, values, size, names) => {
    const on = plane({ ...limits, height: 290, names: names.map(said), ticks: [[-1, 0, 1, 2], [-1, 0, 1, 2]], label: said(key) }), z = values(grid(size, on.limits));
    const marks = places.map((place, k) => on.mark(place, LABELS[k] ? "one" : "zero", `${LABELS[k] ? "one" : "zero"}${logits[k] > 0 === LABELS[k] > 0 ? "" : " mistaken"}`));
    const texts = places.map((place, k) => on.text(place, CORNERS[k].join(""), "strong", ...BESIDE[k]));
    return panel(said(key), on.picture([on.region(z, 0, "one"), on.below(z, 0, "zero"), on.level(z, 0, "edge"), ...marks, ...texts]));
  };
  return [
    side("title", { x: [-0.8, 1.8], y: [-0.8, 1.8] }, CORNERS, field, CURVED, ["x", "y"]),
    side("hidden", { x: [-1.3, 2.7], y: [-1.3, 2.7] }, hidden, last, STRAIGHT, ["h1", "h2"]),
  ];
}
export default start("hidden", { compute, tell, draw, truth: ({ right }) => (right === CORNERS.length ? "yes" : "no") });
