// How large the signal is that goes forward through many layers, and the slope that comes back.
import { start } from "../page.mjs";
import { between, fixed, kept, lastWhere, normals, panel, plane, power, share, size, slots } from "../plot.mjs";

const WIDTH = 16, SAMPLES = 8, MOST = 12, ACTIVATIONS = { relu: "relu-slope", tanh: "tanh-derivative", sigmoid: "sigmoid-derivative" };
const INPUT = normals(SAMPLES, WIDTH, 1), BACK = normals(SAMPLES, WIDTH, 2), DRAWN = between(3, 14, MOST).map((seed) => normals(WIDTH, WIDTH, seed));

/** The spread of weights that keeps a sum as large as its inputs. */
const keeping = kept((x, at) => lastWhere((s) => at("signal-variance", { x, s }).right() < at("initialisation-keeps-variance", { x }).right(), 0, 1));
const ODD = [[0, "1"], [2, "3"], [4, "5"], [6, "7"], [8, "9"], [10, "11"]];
const ONES = [Array(WIDTH).fill(1)], NO_BIAS = [Array(WIDTH).fill(0)];

function compute({ at, open }, { depth, scale, activation }) {
  const functions = open("g", ACTIVATIONS[activation]), s = keeping(ONES, at);
  const times = (c, G) => at("gradient-of-scaled-sum", { c, G }).right(), weights = DRAWN.slice(0, depth).map((W) => times(scale, times(s, W)));
  const sums = [], answers = [INPUT];
  for (const W_l of weights) {
    sums.push(at("layer-forward", { "A_{l-1}": answers.at(-1), W_l, b_l: NO_BIAS }).of("Z_l"));
    answers.push(at("backprop-step", { "Z_{l-1}": sums.at(-1) }, functions).of("A_{l-1}"));
  }
  const slopes = weights.slice(1).reduceRight((found, W_l, l) => [at("backprop-step", { dZ_l: found[0], "Z_{l-1}": sums[l], W_l }, functions).right(), ...found], [BACK]);
  return { input: INPUT, weights, slopes, signal: answers.slice(1).map(size), back: slopes.map(size) };
}

function tell({ signal, back }, { depth, scale }) {
  return { depth, scale: fixed(scale, 1), signal: short(signal.at(-1)), back: short(back[0]), kept: short(arriving(back)) };
}
const arriving = (back) => share(back[0], back.at(-1));
const short = (x) => (x < 0.01 || x > 1000 ? power(x) : fixed(x, 2));

function draw({ signal, back }, { depth }, said) {
  const side = (key, values, kind) => {
    const on = plane({ x: slots(depth), y: [-8, 4], powers: true, names: [said("x"), ""], height: 230, label: said(key), ticks: [ODD, [-8, -4, 0, 4]] });
    return panel(said(key), on.picture([on.line([[-1, 1], [MOST, 1]], "thin"), ...values.map((x, l) => on.bar(l, x, 0.7, kind))]));
  };
  return [side("forward", signal, "zero"), side("backward", back, "path")];
}
const truth = ({ back }) => (arriving(back) < 0.01 ? "vanishes" : arriving(back) > 100 ? "explodes" : "stays");
export default start("layers", { compute, tell, draw, truth });
