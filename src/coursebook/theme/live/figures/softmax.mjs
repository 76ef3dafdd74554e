// Three logits and their softmax: temperature, a shift of all, and the slope of the cross-entropy.
import { start } from "../page.mjs";
import { apart, column, fixed, most, numbered, panel, plane, slots, table } from "../plot.mjs";

const KINDS = ["zero", "path", "third"], LABELS = { first: [1, 0, 0], second: [0, 1, 0], third: [0, 0, 1] };

function compute({ at }, { z1, z2, z3, shift, T, label }) {
  // What is added to all is the bias of a neuron with the weight 1.
  const Z = [at("logits", { X: column([z1, z2, z3]), w: [[1]], b: shift }).of("Z").flat()], Y = [LABELS[label]], P = at("temperature", { Z, T }).of("P_T");
  return {
    Z: Z[0], P: P[0], entropy: at("temperature-entropy", { Z, T }).of("U"), loss: at("cross-entropy", { m: 1, P, Y }).of("L"),
    slopes: at("softmax-cross-entropy-gradient", { m: 1, P, Y }).right()[0],
  };
}
function tell({ P, entropy, loss, slopes }) {
  const all = (name, list) => numbered(name, list.map((x) => fixed(x, 3)));
  return { ...all("p", P), ...all("d", slopes), entropy: fixed(entropy, 3), loss: fixed(loss, 3) };
}
function draw({ Z, P, slopes }, { label }, said) {
  const names = ["first", "second", "third"].map(said);
  const bars = (key, values, low, high, ticks, digits) => {
    const on = plane({ x: slots(3), y: [low, high], height: 190, ticks: [names.map((name, k) => [k, name]), ticks], label: said(key) });
    const above = values.map((x, k) => on.text([k, most([x, 0])], fixed(x, digits), "middle strong", 0, -4));
    return panel(said(key), on.picture([...values.map((x, k) => on.bar(k, x, 0.6, KINDS[k])), on.line([[-1, 0], [3, 0]], "axis"), ...above]));
  };
  return [
    bars("logits", Z, -15, 15, [-10, 0, 10], 1), bars("answers", P, 0, 1.2, [0, 0.5, 1], 3), bars("slopes", slopes, -1.2, 1.2, [-1, 0, 1], 3),
    panel(said("all"), table([said("kind"), said("logit"), said("probability"), said("truth")], names.map((name, k) => [name, fixed(Z[k], 1), fixed(P[k], 3), String(LABELS[label][k])])))];
}
const truth = (after, before) => {
  const change = most(after.P.map((p, k) => apart(p, before.P[k])));
  return change < 1e-9 ? "same" : after.entropy > before.entropy ? "even" : "sharp";
};
export default start("softmax", { compute, tell, draw, truth });
