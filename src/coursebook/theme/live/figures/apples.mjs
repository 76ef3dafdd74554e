// One neuron by hand on four apples: each sample with its logit, answer, loss and slopes, and steps of descent.
import { start } from "../page.mjs";
import { column, fixed, grid, panel, plane, slots, table } from "../plot.mjs";

const SAMPLES = [[1, 2], [2, 3], [2, 0], [3, 1]], LABELS = [1, 1, 0, 0], STEPS = 30;

function compute({ at }, { w1, w2, b, eta }) {
  const all = { X: SAMPLES, y: column(LABELS), w: column([w1, w2]), b };
  const one = (k) => ({ ...all, X: [SAMPLES[k]], y: [[LABELS[k]]] });
  const each = SAMPLES.map((_, k) => ({
    z: at("neuron", one(k)).of("Z")[0][0],
    a: at("neuron", one(k)).of("A")[0][0],
    loss: at("log-loss", one(k)).of("L"),
    dw: at("log-loss-gradient-weights", one(k)).right().flat(),
    db: at("log-loss-gradient-bias", one(k)).right(),
  }));
  const mean = { loss: at("log-loss", all).of("L"), dw: at("log-loss-gradient-weights", all).right().flat(), db: at("log-loss-gradient-bias", all).right() };
  // The bias is one weight more, of a feature that is always 1.
  const next = at("gradient-step", { X: SAMPLES.map((x) => [...x, 1]), y: all.y, w: column([w1, w2, b]), b: 0, eta }).of("w_{t+1}").flat();
  return { each, mean, next, logits: (X) => at("neuron", { ...all, X }).of("Z").flat() };
}
function tell({ each, mean, next }, { w1, w2, b }) {
  return {
    w1: fixed(w1), w2: fixed(w2), b: fixed(b), loss: fixed(mean.loss, 3), dw1: fixed(mean.dw[0]), dw2: fixed(mean.dw[1]), db: fixed(mean.db),
    first: fixed(each[0].loss), right: each.filter(({ z }, k) => (LABELS[k] ? z > 0 : z < 0)).length,
  };
}
function draw({ each, mean, logits }, state, said) {
  const names = ["a1", "a2", "a3", "a4"].map(said);
  const on = plane({ x: [0, 4], y: [-0.5, 3.5], height: 250, names: [said("x"), said("y")], ticks: [[0, 1, 2, 3, 4], [0, 1, 2, 3]], label: said("label") });
  const corners = logits(grid(2, on.limits));
  const kind = (k) => (LABELS[k] ? "one" : "zero"), right = ({ z }, k) => (LABELS[k] ? z > 0 : z < 0);
  const marks = SAMPLES.map((place, k) => on.mark(place, kind(k), right(each[k], k) ? kind(k) : `${kind(k)} mistaken`));
  const texts = SAMPLES.map((place, k) => on.text(place, names[k], "middle strong", 0, -11));
  const plain = each.map((one, k) => [names[k], String(LABELS[k]), fixed(one.z), [fixed(one.a), right(one, k) ? "right" : "wrong"], ...[one.loss, one.db, ...one.dw].map((x) => fixed(x))]);
  const bold = (text) => [text, "sum"];
  return [
    ["div", { class: "panel wide" }, table([said("apple"), "y", "z", "a", said("loss"), said("off"), said("by1"), said("by2")],
      [...plain, [[said("mean"), "sum"], "", "", "", bold(fixed(mean.loss, 3)), bold(fixed(mean.db)), bold(fixed(mean.dw[0])), bold(fixed(mean.dw[1]))]])],
    panel(said("title"), on.picture([on.region(corners, 0, "one"), on.below(corners, 0, "zero"), on.level(corners, 0, "edge"), ...marks, ...texts])),
    panel(said("losses"), lossesOf(each, names, said)),
  ];
}
function lossesOf(each, names, said) {
  const on = plane({ x: slots(names.length), y: [0, 3], height: 250, ticks: [names.map((name, k) => [k, name]), [0, 1, 2, 3]], label: said("losses") });
  return on.picture(each.map(({ loss }, k) => on.bar(k, loss, 0.6, LABELS[k] ? "one" : "zero")));
}
const step = ({ next: [w1, w2, b] }) => ({ w1, w2, b });
const truth = (after, before) => (after.each[0].loss < before.each[0].loss ? "falls" : "rises");
export default start("apples", { compute, tell, draw, truth, step, steps: STEPS });
