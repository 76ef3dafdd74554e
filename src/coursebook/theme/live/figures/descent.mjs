// Descent on a bowl, and the same path in its two parts along the eigenvectors.
import { start } from "../page.mjs";
import { apart, column, fixed, grid, kept, lastWhere, panel, plane, power, share } from "../plot.mjs";

const VECTORS = [[0.8, 0.6], [-0.6, 0.8]], AS_COLUMNS = [[0.8, -0.6], [0.6, 0.8]], WINDOW = { x: [-3.2, 3.2], y: [-2.9, 2.9] }, SIZE = 33, SHOWN = 20;
const LOWEST = column([0, 0]);

function compute({ at }, { eta, kappa, start: [u, v], step }) {
  const product = (A, G) => at("gradient-of-product-right", { A, G }).right(); // the transpose of A times G
  const H = product(VECTORS, product([[1, 0], [0, kappa]], VECTORS)), w_hat = LOWEST; // with these eigenvectors and the eigenvalues 1 and kappa
  const path = [column([u, v])];
  while (path.length <= step) path.push(at("descent-on-a-quadratic", { H, w_hat, eta, w: path.at(-1) }).right());
  const factors = [1, kappa].map((lambda) => at("step-along-an-eigenvector", { eta, lambda, v: [[1]] }).right()[0][0]);
  const parts = VECTORS.map((_, k) => path.map((w) => product(AS_COLUMNS, w)[k][0]));
  const loss = (w) => at("quadratic", { H, w_hat, w }).of("q");
  const descends = (rate) => at("rate-on-a-quadratic", { eta: rate, lambda: kappa }).right() > 0;
  return { path: path.map((w) => w.flat()), factors, parts, loss: loss(path.at(-1)), limit: lastWhere(descends, 0.001, 3), lossAt: loss };
}
function tell({ path, factors, loss, limit }, { eta, step }) {
  const [x, y] = path.at(-1);
  return {
    step, x: fixed(x), y: fixed(y), eta: fixed(eta, 3), flat: fixed(factors[0]), steep: fixed(factors[1]),
    loss: loss && (loss < 1e-3 || loss > 1e4) ? power(loss) : fixed(loss, 3), limit: fixed(limit, 3),
  };
}
const map = (label, names = ["", ""]) => plane({ ...WINDOW, names, ticks: [[-3, 0, 3], [-2, 0, 2]], label, height: 286 });
const levels = kept((kappa, { lossAt }) => {
  const on = map(""), values = grid(SIZE, on.limits).map((place) => lossAt(column(place)));
  return on.levels(values, 7, "level");
});

function draw(v, { kappa, start, step }, said) {
  const on = map(said("label"), [said("x"), said("y")]);
  const rays = VECTORS.map((v) => on.ray(v, "direction"));
  const trail = [on.line(v.path, "path"), on.dots(v.path, "path"), on.mark(v.path.at(-1), "ring", "now"), on.mark([0, 0], "cross")];
  const strip = (key, k) => {
    const first = apart(v.parts[k][0], 0) || 1, steps = v.parts[k].map((z, t) => [t, share(z, first)]).filter(([t]) => t <= SHOWN);
    const chart = plane({ x: [0, SHOWN], y: [-2, 2], height: 110, ticks: [[0, 5, 10, 15, 20], [-1, 0, 1]], label: said(key) });
    return ["div", {}, ["p", { class: "title" }, said(key)], ["p", { class: apart(v.factors[k], 0) > 1 ? "factor grows" : "factor" }, said(`${key}_factor`)],
      chart.picture([chart.line([[0, 0], [SHOWN, 0]], "axis"), chart.line(steps, "path"), chart.dots(steps, "path")])];
  };
  return [
    panel(said("title"), on.picture([...levels(kappa, v), ...rays, ...trail], [on.handle("start", start, said("start"))])),
    ["div", { class: "panel" }, strip("flat", 0), strip("steep", 1)],
  ];
}
export default start("descent", { compute, tell, draw, truth: ({ limit }) => limit });
