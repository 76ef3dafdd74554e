// The loss of one sample of the label 0 and its slope, over the logit: naive, clamped and exact.
import { start } from "../page.mjs";
import { between, fixed, panel, plane, raised, tenTo } from "../plot.mjs";

const PLACES = between(0, 60, 121), KINDS = { exact: "second", clamped: "third", naive: "path" };

function compute({ at, slope }, { z, e }) {
  const epsilon = tenTo(e), clamped = slope("clamp-gradient"), sigma = slope("sigmoid-derivative").value;
  const sample = (z) => ({ X: [[z]], w: [[1]], b: 0, y: [[0]] });
  const loss = {
    exact: (z) => at("softplus-stable", { z }).right(), clamped: (z) => clamped.value(z, { epsilon }), naive: (z) => at("log-loss", sample(z)).of("L"),
  };
  const slopes = { exact: (z) => sigma(z), clamped: (z) => clamped.slope(z, { epsilon }) };
  const here = (all) => Object.fromEntries(Object.entries(all).map(([key, f]) => [key, f(z)]));
  const curves = (all) => Object.entries(all).map(([key, f]) => [key, PLACES.map((x) => [x, f(x)]).filter(([, v]) => Number.isFinite(v))]);
  return { loss: here(loss), slopes: here(slopes), losses: curves(loss), slopeLines: curves(slopes), ceiling: at("clamp-ceiling", { z: PLACES.at(-1), epsilon }).left()};
}
function tell({ loss, slopes, ceiling }, { z, e }) {
  return { z: fixed(z, 1), epsilon: raised(e), exact: fixed(loss.exact), clamped: fixed(loss.clamped), naive: fixed(loss.naive), slope: fixed(slopes.exact, 3), clamped_slope: fixed(slopes.clamped, 3), ceiling: fixed(ceiling, 1) };
}
function draw({ loss, slopes, losses, slopeLines }, { z }, said) {
  const side = (key, [low, high], first, ticks, lines, here) => {
    const on = plane({ x: [0, 60], y: [low, high], names: [said("x"), said(`${key}_y`)], ticks: [[0, 20, 40, 60], ticks], height: 260, label: said(key) });
    const curves = lines.map(([name, points]) => on.line(points, KINDS[name])), dots = Object.entries(here).filter(([, v]) => Number.isFinite(v)).map(([name, v]) => on.dots([[z, v]], KINDS[name]));
    const names = on.legend([2, first], lines.map(([name]) => [said(name), `strong ${KINDS[name]}`]));
    return panel(said(key), on.picture([on.line([[z, low], [z, high]], "axis"), ...curves, ...dots, ...names]));
  };
  return [side("losses", [0, 62], 56.4, [0, 20, 40, 60], losses, loss), side("slopes", [-0.05, 1.35], 1.22, [0, 0.5, 1], slopeLines, slopes)];
}
const truth = ({ slopes }) => (slopes.clamped < 0.1 ? "none" : slopes.clamped > 0.9 ? "full" : "half");
export default start("clamp", { compute, tell, draw, truth });
