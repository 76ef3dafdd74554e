// A point moved onto the equations that are given, by Newton's method; null if that fails.
import { dual, minus } from "./duals.mjs";
import { asMatrix, isMatrix, matrix } from "./matrices.mjs";
import { parts } from "../statement/grammar.mjs";
import { spend, valueOf } from "./values.mjs";

export function onHypotheses(point, seed) {
  const { statement } = point, equations = statement.given.filter((t) => t.op === "eq").map((t) => t.args);
  if (!equations.length) return point;
  const start = labelled(equations, point, seed), used = new Set();
  equations.flat().forEach((t) => letters(t, statement, used));
  const free = [...used].filter((id) => id in start && !statement.symbols[id]?.facts.integer);
  const values = { ...start };
  for (const id of free) values[id] = isMatrix(start[id]) ? { ...start[id], a: start[id].a.map((v) => [...v]) } : [...start[id]];
  const slots = free.flatMap((id) => asMatrix(values[id]).a), moved = { ...point, values };
  if (!solved(equations, moved, slots)) return null;
  return free.every((id) => allowed(values[id], start[id], statement.symbols[id])) ? moved : null;
}
/** The differences of the sides, one after another. */
const residual = (equations, point) => equations.flatMap(([l, r]) => {
  const [x, y] = [l, r].map((t) => asMatrix(valueOf(t, point)).a);
  return x.map((v, k) => minus(v, y[k] ?? dual(0)));
});
/**
 * How many steps of Newton's method a solution may be away, and by what each step has to be less than the one before: at
 * a root of order k it is k - 1 steps, each 1 - 1/k of the one before; where there is none, as of exp(z) = 0, they stay.
 */
const FARTHER = 10, SHRINK = 0.85, SLIGHT = 1e-12;
function solved(equations, point, slots) {
  let before = null;
  for (let step = 0; step < 40; step++) {
    const left = residual(equations, point), worst = Math.max(...left.map(([v]) => Math.abs(v)));
    const close = worst < 1e-12 || (step > 20 && worst < 1e-10);
    if (left.every((v) => v[0] === 0 && v[4] === 0)) return true;
    if (!(worst < 1e6)) return false;
    const r = left.map((v) => v[0] + (close ? (v[0] < 0 ? -v[4] : v[4]) : 0));
    const columns = slots.map((slot) => {
      slot[1] = 1;
      const slopes = residual(equations, point).map((v) => v[1]);
      slot[1] = 0;
      return slopes;
    });
    spend(point, (r.length ** 2 * slots.length) / 100);
    const normal = r.map((_, i) => r.map((_, j) => columns.reduce((sum, c) => sum + c[i] * c[j], 0)));
    const x = solution(normal, r);
    if (!x) return false;
    const move = columns.map((c) => c.reduce((sum, v, i) => sum + v * x[i], 0));
    // an equation that the step leaves as it is says nothing of how far a solution is
    const stays = (i) => Math.abs(columns.reduce((sum, c, k) => sum + c[i] * move[k], 0) - r[i]) > 0.5 * Math.abs(r[i]);
    if (close && r.some((_, i) => stays(i))) return false;
    const shrunk = (v, k) => Math.abs(v) <= SLIGHT * (1 + Math.abs(slots[k][0])) || (before && Math.abs(v) <= SHRINK * Math.abs(before[k]));
    const near = close && move.every(shrunk);
    slots.forEach((slot, k) => {
      if (near) slot[4] = FARTHER * Math.abs(move[k]);
      else slot[0] -= move[k];
    });
    if (near) return true;
    before = move;
  }
  return false;
}
/** A solution of A x = b by elimination; what has no pivot is 0, so that A may be singular. */
function solution(A, b) {
  const n = b.length, rows = A.map((row, i) => [...row, b[i]]), found = [];
  const least = 1e-11 * Math.max(...A.flat().map(Math.abs));
  for (let c = 0, top = 0; c < n && top < n; c++) {
    const best = rows.reduce((p, row, i) => (i >= top && Math.abs(row[c]) > Math.abs(rows[p][c]) ? i : p), top);
    if (!(Math.abs(rows[best][c]) > least)) continue;
    [rows[top], rows[best]] = [rows[best], rows[top]];
    rows.forEach((row, i) => {
      const by = i === top ? 0 : row[c] / rows[top][c];
      if (by) for (let k = c; k <= n; k++) row[k] -= by * rows[top][k];
    });
    found.push([c, top++]);
  }
  const x = Array(n).fill(0);
  for (const [c, i] of found) x[c] = rows[i][n] / rows[i][c];
  return found.length ? x : null;
}
/** Equations that are met only where a number runs to 0 say nothing; a number keeps its sign. */
function allowed(x, start, symbol) {
  if (isMatrix(x)) return x.a.every(([v]) => Number.isFinite(v));
  const facts = symbol?.facts ?? {};
  if (start[0] !== 0 && Math.abs(x[0]) < 1e-5) return false;
  return !(facts.positive && x[0] <= 0) && !(facts.nonnegative && x[0] < 0);
}
/** A start near labels, for equations that say of each entry that it is 0 or 1: one in each row, or some of a column. */
function labelled(equations, { values }, seed) {
  const out = { ...values };
  for (const [l, r] of equations) {
    if (l.op !== "hadamard" || r.op !== "matrix" || seed % 3 === 0) continue;
    const { rows, cols } = values[r.id], long = Math.max(rows, cols), one = equations.length > 1;
    const bit = (k) => dual(one ? (k === seed % long ? 1 : 0) : (k * 7 + seed * 3) % 5 < 2 ? 1 : 0);
    out[r.id] = rows > 1 && cols > 1
      ? matrix(rows, cols, (i, j) => dual((i + seed) % cols === j ? 1 : 0))
      : matrix(rows, cols, (i, j) => bit(i + j));
  }
  return out;
}
function letters(t, statement, found) {
  if (typeof t !== "object") return;
  if (t.op === "symbol" || t.op === "matrix") found.add(t.id);
  if (t.op === "name") letters(statement.names[t.id].definition, statement, found);
  parts(t).forEach((x) => letters(x, statement, found));
}
