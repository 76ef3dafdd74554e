// How large the signal is that goes forward through many layers, and the slope that comes back.
import { start } from "../page.mjs";
import { between, exponent, fixed, kept, lastWhere, normal, numbers, panel, plane, power, raised, size } from "../plot.mjs";

const WIDTH = 16, SAMPLES = 8, MOST = 12, FLOOR = -8, ACTIVATIONS = { relu: "relu-slope", tanh: "tanh-derivative", sigmoid: "sigmoid-derivative" };
const matrix = (rows, seed) => numbers(rows, (i) => normal(WIDTH, seed * 7919 + i + 1));
const INPUT = matrix(SAMPLES, 1), DRAWN = numbers(MOST, (l) => matrix(WIDTH, l + 3)), BACK = matrix(SAMPLES, 2);

/** The spread of weights that keeps a sum as large as its inputs. */
const keeping = kept((x, at) => lastWhere((s) => at("signal-variance", { x, s }).right() < at("initialisation-keeps-variance", { x }).right(), 0, 1));
const ONES = [Array(WIDTH).fill(1)], NO_BIAS = [Array(WIDTH).fill(0)];

function compute({ at, open }, { depth, scale, activation }) {
  const functions = open("g", ACTIVATIONS[activation]), s = keeping(ONES, at);
  const weights = DRAWN.slice(0, depth).map((W) => W.map((row) => row.map((w) => scale * s * w)));
  const sums = [], answers = [INPUT];
  for (const W_l of weights) {
    sums.push(at("layer-forward", { "A_{l-1}": answers.at(-1), W_l, b_l: NO_BIAS }).of("Z_l"));
    answers.push(at("backprop-step", { "Z_{l-1}": sums.at(-1) }, functions).of("A_{l-1}"));
  }
  const slopes = [BACK];
  for (let l = depth - 1; l > 0; l--) slopes.unshift(at("backprop-step", { dZ_l: slopes[0], "Z_{l-1}": sums[l - 1], W_l: weights[l] }, functions).right());
  return { input: INPUT, weights, slopes, signal: answers.slice(1).map(size), back: slopes.map(size) };
}

function tell({ signal, back }, { depth, scale }) {
  return { depth, scale: fixed(scale, 1), signal: short(signal.at(-1)), back: short(back[0]), kept: short(back[0] / back.at(-1)) };
}
const short = (x) => (x < 0.01 || x > 1000 ? power(x) : fixed(x, 2));

function draw({ signal, back }, { depth }, said) {
  const side = (key, values, kind) => {
    const on = plane({ x: [0.4, depth + 0.6], y: [FLOOR, 4], names: [said("x"), ""], height: 230, label: said(key), ticks: [between(1, depth, depth).filter((l) => l % 2), [-8, -4, 0, 4].map((k) => [k, raised(k)])] });
    return panel(said(key), on.picture([on.line([[0, 0], [99, 0]], "thin"), ...values.map((x, l) => on.bar(l + 1, Math.max(FLOOR, exponent(x)), 0.7, kind, FLOOR))]));
  };
  return [side("forward", signal, "zero"), side("backward", back, "path")];
}
const truth = ({ back }) => (back[0] / back.at(-1) < 0.01 ? "vanishes" : back[0] / back.at(-1) > 100 ? "explodes" : "stays");
export default start("layers", { compute, tell, draw, truth });
