// Matrices of dual numbers: { rows, cols, a } with the entries row by row.
import { dual, fail, inverse, negated, plus, times } from "./duals.mjs";

/** More entries, or more terms of a sum, are not computed. */
export const MOST = 4096;

export const isMatrix = (x) => !Array.isArray(x);
export function matrix(rows, cols, f) {
  if (rows < 1 || cols < 1) fail("size-below-one");
  if (rows * cols > MOST) fail("too-large");
  const a = [];
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) a.push(f(i, j));
  return { rows, cols, a };
}
export const at = (m, i, j) => m.a[i * m.cols + j];
export const each = (m, f) => ({ ...m, a: m.a.map(f) });
export const sum = (xs) => xs.reduce(plus, dual(0));
/** A number, or the entry of a matrix that has but one. */
export const number = (x) => (!isMatrix(x) ? x : x.a.length === 1 ? x.a[0] : fail("matrix-for-number"));
export const asMatrix = (x) => (isMatrix(x) ? x : { rows: 1, cols: 1, a: [x] });
export const square = (m) => (m.rows === m.cols ? m : fail("sizes-do-not-fit"));
export const transposed = (m) => matrix(m.cols, m.rows, (i, j) => at(m, j, i));
/** One above the other. */
export function above(blocks) {
  if (blocks.some((m) => m.cols !== blocks[0].cols)) fail("sizes-do-not-fit");
  const rows = blocks.reduce((n, m) => n + m.rows, 0);
  if (rows * blocks[0].cols > MOST) fail("too-large");
  return { rows, cols: blocks[0].cols, a: blocks.flatMap((m) => m.a) };
}

export function entrywise(f, x, y) {
  if (x.rows !== y.rows || x.cols !== y.cols) fail("sizes-do-not-fit");
  return { ...x, a: x.a.map((v, k) => f(v, y.a[k])) };
}
export function product(x, y) {
  if (!isMatrix(x)) return isMatrix(y) ? each(y, (v) => times(x, v)) : times(x, y);
  if (!isMatrix(y)) return each(x, (v) => times(v, y));
  if (x.cols !== y.rows) fail("sizes-do-not-fit");
  return matrix(x.rows, y.cols, (i, j) => {
    let s = dual(0);
    for (let k = 0; k < x.cols; k++) s = plus(s, times(at(x, i, k), at(y, k, j)));
    return s;
  });
}
/** How many products a determinant of this size is made of; larger ones are not computed. */
export const products = (n) => (n <= 10 ? n * 2 ** n : fail("too-large"));
/** By the first rows and some columns, without a division: a singular matrix has slopes, too. */
export function determinant(m) {
  const found = [dual(1)];
  for (let columns = 1; columns < 2 ** m.rows; columns++) {
    const chosen = Array.from({ length: m.rows }, (_, j) => j).filter((j) => (columns >> j) % 2), row = chosen.length - 1;
    found.push(sum(chosen.map((j, k) => {
      const product = times(at(m, row, j), found[columns - 2 ** j]);
      return (row - k) % 2 ? negated(product) : product;
    })));
  }
  return found.at(-1);
}
/** By the determinants without a row and a column; none where the determinant may be 0. */
export function inverted(m) {
  const over = inverse(determinant(m)), others = (k) => Array.from({ length: m.rows - 1 }, (_, i) => i + (i >= k));
  return matrix(m.rows, m.rows, (i, j) => {
    const minor = { rows: m.rows - 1, cols: m.rows - 1, a: others(j).flatMap((r) => others(i).map((c) => at(m, r, c))) };
    const cofactor = determinant(minor);
    return times(over, (i + j) % 2 ? negated(cofactor) : cofactor);
  });
}
