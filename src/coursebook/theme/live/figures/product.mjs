// A product of matrices: which entries an entry of a factor touches, and how its slope sums over them.
import { start } from "../page.mjs";
import { fixed, numbers, panel } from "../plot.mjs";

const A = [[1, 2, 0], [-1, 1, 3]], B = [[2, 1], [0, -1], [1, 2]], G = [[1, -2], [0.5, 3]], OTHER = 9; // no entry of B

function compute({ at }, { row, col }) {
  const i = [1, 2, 3].indexOf(row), j = [1, 2].indexOf(col), product = (W_l) => at("layer-forward", { "A_{l-1}": A, W_l, b_l: [[0, 0]] }).of("Z_l");
  const C = product(B), changed = product(B.map((line, k) => line.map((b, l) => (k === i && l === j ? OTHER : b))));
  return { i, j, C, slope: at("gradient-of-product-right", { A, G }).right(), touched: C.map((line, k) => line.map((c, l) => changed[k][l] !== c)) };
}
function tell({ i, j, slope, touched }, { row, col }) {
  const terms = A.map((line, k) => `${fixed(line[i], 0)} · ${fixed(G[k][j], 1)}`);
  return { row, col, slope: fixed(slope[i][j], 1), terms: terms.join(" + ").replaceAll("+ −", "− "), count: touched.flat().filter(Boolean).length };
}
/** A matrix, with some of its entries lit. */
function shown(name, X, lit, digits = 0) {
  const rows = X.map((line, k) => ["tr", {}, ...line.map((x, l) => ["td", { class: lit(k, l) ? "lit" : undefined }, fixed(x, digits)])]);
  return ["div", { class: "matrix" }, ["p", { class: "title" }, name], ["table", {}, ["tbody", {}, ...rows]]];
}
function draw({ i, j, C, slope, touched }, state, said) {
  const here = (k, l) => k === i && l === j, column = (k, l) => l === j;
  return [
    panel(said("forward"), ["div", { class: "matrices" }, shown("A", A, (k, l) => l === i), shown("B", B, here), shown("AB", C, (k, l) => touched[k][l])]),
    panel(said("backward"), ["div", { class: "matrices" }, shown("Aᵀ", numbers(3, (k) => A.map((line) => line[k])), (k) => k === i), shown("G", G, column, 1), shown("AᵀG", slope, here, 1)]),
  ];
}
const truth = ({ touched }) => ["none", "one", "column"][touched.flat().filter(Boolean).length];
export default start("product", { compute, tell, draw, truth });
