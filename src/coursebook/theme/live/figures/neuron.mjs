// One neuron on six samples: its boundary, the feet of the samples on it, and what longer weights do to the answers.
import { start } from "../page.mjs";
import { column, fixed, grid, least, most, panel, plane, table } from "../plot.mjs";

const SAMPLES = [[1, 2], [2, 3], [3, 2.5], [2, 0], [3, 1], [1, 0.5]], LABELS = [1, 1, 1, 0, 0, 0], NAMES = ["1", "2", "3", "4", "5", "6"];
const SHADES = [0.1, 0.25, 0.5, 0.75, 0.9];

function compute({ at }, { tip: [u, v], b, alpha }) {
  const w = column([u, v]), longer = at("same-boundary", { X: [[1, 0], [0, 1]], w, b: 0, alpha }).left(), bias = at("same-boundary", { X: [[0, 0]], w, b, alpha }).left()[0][0];
  const each = SAMPLES.map((place) => ({
    z: at("signed-distance", { x: [place], w: longer, b: bias }).of("z"),
    d: at("signed-distance", { x: [place], w: longer, b: bias }).of("d"),
    foot: at("foot", { x: [place], w: longer, b: bias }).of("x_hat")[0],
    a: at("neuron", { X: [place], w: longer, b: bias }).of("A")[0][0],
    before: at("logit", { x: [place], w, b }).of("z"),
  }));
  const logits = (X) => at("neuron", { X, w: longer, b: bias }).of("Z").flat(), shades = SHADES.map((a) => at("log-odds", { a }).of("z"));
  const turned = each.filter(({ z, before }) => z > 0 !== before > 0).length;
  return { each, w: longer.flat(), b: bias, logits, shades, turned, mistakes: each.filter(({ z }, k) => z > 0 !== LABELS[k] > 0).length };
}
function tell({ each, w, b, turned, mistakes }, { alpha }) {
  const answers = each.map(({ a }) => a);
  return { alpha: fixed(alpha, 1), w1: fixed(w[0]), w2: fixed(w[1]), b: fixed(b), turned, mistakes, least: fixed(least(answers), 3), most: fixed(most(answers), 3) };
}
function draw(v, { tip, alpha }, said) {
  const on = plane({ x: [-1, 4], y: [-1, 4], height: 310, names: [said("x"), said("y")], ticks: [[0, 2, 4], [0, 2, 4]], label: said("label") });
  const field = v.logits(grid(2, on.limits));
  const above = v.shades.map((z) => on.region(field, z, "one")), below = v.shades.map((z) => on.below(field, z, "zero"));
  const feet = v.each.map(({ foot }, k) => on.line([SAMPLES[k], foot], "thin"));
  const marks = v.each.map(({ z }, k) => on.mark(SAMPLES[k], LABELS[k] ? "one" : "zero", `${LABELS[k] ? "one" : "zero"}${z > 0 !== LABELS[k] > 0 ? " mistaken" : ""}`));
  const numbers = v.each.map(({ z }, k) => on.text(SAMPLES[k], NAMES[k], "strong", 9, -6));
  const rows = v.each.map(({ z, d, a }, k) => [NAMES[k], fixed(d), fixed(z), [fixed(a, 3), (z > 0) === (LABELS[k] > 0) ? "right" : "wrong"]]);
  return [
    panel(said("title"), on.picture([...below, ...above, ...feet, on.level(field, 0, "edge"), on.line([[0, 0], tip], "direction"), ...marks, ...numbers], [on.handle("tip", tip, said("tip"))])),
    panel(said("answers"), table([said("sample"), said("distance"), said("logit"), said("a")], rows)),
  ];
}
export default start("neuron", { compute, tell, draw, truth: ({ turned }) => (turned === 0 ? "none" : turned === 6 ? "all" : "some") });
