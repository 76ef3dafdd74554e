// Numbers with slopes in two directions: v + a e1 + b e2 + c e1 e2, with e1^2 = e2^2 = 0.
// Two directions give second derivatives, and a slope of a slope.
// Each of the four has behind it a bound of its rounding error, 0 where it is exact: [v, a, b, c, bounds of these].

/** What has no value at a point: the point says nothing. */
export class Undefined extends Error {}
export const fail = (why) => { throw new Undefined(why); };

const UNIT = 2 ** -53, TINY = 1e-290, SPLIT = 2 ** 27 + 1;

/** A number with a bound of its error; what is too large for either is none. */
export const inexact = (v, error) =>
  (Number.isFinite(v) && Number.isFinite(error) ? [v, 0, 0, 0, error, 0, 0, 0] : fail("not-finite"));
export const dual = (v) => inexact(v, 0);
export const rounded = (v) => inexact(v, UNIT * Math.abs(v) + TINY);
/** Which way x moves in direction s, itself moved as far as the other direction shows. */
export const slopeIn = (x, s) => (s === 1 ? part(x, 1) : [x[2], x[3], 0, 0, x[6], x[7], 0, 0]);
export const part = (x, k) => inexact(x[k], x[k + 4]);
export const moves = (x) => Boolean(x[1] || x[2] || x[3] || x[5] || x[6] || x[7]);
/** A number that may be 0 for all that is known of it, or of either sign. */
export const doubtful = (x) => x[4] > 0 && Math.abs(x[0]) <= 2 * x[4];

// ---------------------------------------------------------------- sums and products
/** How far s, the sum of x and y as it was rounded, is from it. */
function lost(x, y, s) {
  const t = s - x;
  return Math.abs((x - (s - t)) + (y - t));
}
/** How far p, the product of x and y as it was rounded, is from it: by halves, whose products are exact. */
function lostTimes(x, y, p) {
  if (!x || !y) return 0;
  if (Math.abs(p) < 1e-250) return UNIT * Math.abs(p) + TINY;
  if (Math.max(Math.abs(x), Math.abs(y), Math.abs(p)) > 1e150) return UNIT * Math.abs(p);
  const xs = SPLIT * x, ys = SPLIT * y, xh = xs - (xs - x), yh = ys - (ys - y), xl = x - xh, yl = y - yh;
  return Math.abs(((xh * yh - p) + xh * yl + xl * yh) + xl * yl);
}
export function plus(x, y) {
  const out = Array(8);
  for (let k = 0; k < 4; k++) {
    out[k] = x[k] + y[k];
    out[k + 4] = x[k + 4] + y[k + 4] + lost(x[k], y[k], out[k]);
  }
  return checked(out);
}
export const negated = (x) => [-x[0], -x[1], -x[2], -x[3], x[4], x[5], x[6], x[7]];
export const minus = (x, y) => plus(x, negated(y));

const PAIRS = [[[0, 0]], [[0, 1], [1, 0]], [[0, 2], [2, 0]], [[0, 3], [3, 0], [1, 2], [2, 1]]];
export function times(x, y) {
  const out = [0, 0, 0, 0, 0, 0, 0, 0], still = !moves(x) && !moves(y);
  for (let k = 0; k < (still ? 1 : 4); k++)
    for (const [i, j] of PAIRS[k]) {
      const p = x[i] * y[j], s = out[k] + p, [dx, dy] = [x[i + 4], y[j + 4]];
      out[k + 4] += Math.abs(x[i]) * dy + Math.abs(y[j]) * dx + dx * dy + lostTimes(x[i], y[j], p) + lost(out[k], p, s);
      out[k] = s;
    }
  return checked(out);
}
const checked = (x) => (x.every(Number.isFinite) ? x : fail("not-finite"));

// ---------------------------------------------------------------- functions
/** f(x) from f, and f' and f'' if x moves: numbers with bounds, which need not be finite where they are not asked for. */
function chained(x, f, f1, f2) {
  if (!moves(x)) return f;
  const d = f1(), [a, b, c] = [1, 2, 3].map((k) => part(x, k)), ab = times(a, b);
  const [da, db] = [a, b].map((v) => times(d, v)), dc = times(d, c), bend = ab[0] || ab[4] ? plus(dc, times(f2(), ab)) : dc;
  return [f[0], da[0], db[0], bend[0], f[4], da[4], db[4], bend[4]];
}
/**
 * From f, f' and f'' as numbers: what they change over the bound of x is the bound of each. Each is rounded beside itself
 * or 1, or beside all of them if it is a sum of any size, by so many units.
 */
function smooth(x, slopes, exact, isSum = false, units = 16) {
  const [v] = x, error = x[4], reach = error + 2 * UNIT * Math.abs(v); // beside a large v its error would be rounded away
  const mid = slopes(v), ends = error ? [slopes(v - reach), slopes(v + reach)] : [];
  if (error > 0.01) fail("rounding");
  const all = mid.reduce((sum, y) => sum + Math.abs(y), 0);
  const own = (k) => (exact && !error ? 0 : units * UNIT * (isSum ? all : Math.min(all, 1 + Math.abs(mid[k]))) + TINY);
  const f = (k) => inexact(mid[k], own(k) + 2 * Math.max(0, ...ends.map((e) => Math.abs(e[k] - mid[k]))));
  return chained(x, f(0), () => f(1), () => f(2));
}
/** What is not known to a hundredth of itself has no inverse, as it has no function: an integral sees how steep it is. */
export function inverse(x) {
  const [v] = x, error = x[4];
  if (!v || error > 0.01 * Math.abs(v)) fail("power");
  const q = 1 / v, p = v * q, missed = (Math.abs(1 - p) + lostTimes(v, q, p)) / Math.abs(v);
  const f = inexact(q, missed + (Math.abs(q) * error) / (Math.abs(v) - error)), f1 = () => negated(times(f, f));
  return chained(x, f, f1, () => times(dual(-2), times(f, f1())));
}
export function rooted(x) {
  const [v] = x, error = x[4];
  if (doubtful(x)) fail("rounding");
  if (v < 0) fail("root");
  const q = Math.sqrt(v), p = q * q;
  const f = v ? inexact(q, (Math.abs(v - p) + lostTimes(q, q, p) + error) / Math.sqrt(v - error)) : dual(0), f1 = () => inverse(times(dual(2), f));
  return chained(x, f, f1, () => times(dual(-0.25), wholePower(inverse(f), 3)));
}
function wholePower(x, n) {
  let out = dual(1);
  for (let base = x, left = n; left; left = Math.floor(left / 2)) {
    if (left % 2) out = times(out, base);
    if (left > 1) base = times(base, base);
  }
  return out;
}
export function power(x, y) {
  const [v] = x, [n] = y, exact = !y[4], whole = exact && Number.isInteger(n);
  const byLogarithm = () => ofFunction("exp", 0, times(y, ofFunction("log", 0, x))); // n - 1 would be rounded
  if (moves(y)) return v > 0 ? byLogarithm() : fail("power");
  if (whole && Math.abs(n) <= 64) return n < 0 ? inverse(wholePower(x, -n)) : wholePower(x, n);
  if (exact && n === 0.5) return rooted(x);
  if (doubtful(x) || doubtful(y) || (v < 0 && !whole) || (v === 0 && n < 0)) fail("power");
  if (v > 0) return byLogarithm();
  if (v < 0) return (n % 2 ? negated : (p) => p)(power(negated(x), y));
  if (moves(x) && !exact) fail("rounding");
  return smooth(x, (z) => [z ** n, n * z ** (n - 1), n * (n - 1) * z ** (n - 2)]);
}

const KNOWN = {
  exp: (z) => { const e = Math.exp(z); return [e, e, e]; },
  log: (z) => (z > 0 ? [Math.log(z), 1 / z, -1 / (z * z)] : fail("logarithm")),
  tanh: (z) => { const t = Math.tanh(z), d = 1 - t * t; return [t, d, -2 * t * d]; },
  sin: (z) => [Math.sin(z), Math.cos(z), -Math.sin(z)],
  cos: (z) => [Math.cos(z), -Math.sin(z), -Math.cos(z)],
  sinh: (z) => [Math.sinh(z), Math.cosh(z), Math.sinh(z)],
  cosh: (z) => [Math.cosh(z), Math.sinh(z), Math.cosh(z)],
  erf: (z) => { const d = (2 / Math.sqrt(Math.PI)) * Math.exp(-z * z); return [errorFunction(z), d, -2 * z * d]; },
};
/** By 2 z exp(-z^2) / sqrt(pi) times a sum of positive terms, which add up to within 600 units for |z| < 6; then it is 1 but for less than a unit. */
function errorFunction(z) {
  if (Math.abs(z) >= 6) return Math.sign(z);
  let term = 1, sum = 0;
  for (let k = 1; term > sum * UNIT; k++) {
    sum += term;
    term *= (2 * z * z) / (2 * k + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * z * Math.exp(-z * z) * sum;
}
export const isKnown = (f) => f in KNOWN;
function sigmoidSlopes(z) {
  const s = 1 / (1 + Math.exp(-z)), r = 1 / (1 + Math.exp(z)), d = s * r; // r is 1 - s, also where s rounds to 1
  return [s, d, d * (r - s), d * (1 - 6 * d), d * (r - s) * (1 - 12 * d)];
}
/** f, or its derivative of an order, at x; `any` gives what stands for an unknown function: its derivatives by order. */
export function ofFunction(f, order, x, any) {
  const atZero = x[0] === 0; // where all of these have values and slopes that are exact
  if (f === "sigmoid") return order > 2 ? fail("order") : smooth(x, (z) => sigmoidSlopes(z).slice(order, order + 3), atZero);
  if (f === "log" && doubtful(x)) fail("rounding");
  if (any) return smooth(x, (z) => [0, 1, 2].map((k) => any(z, order + k)), atZero, true);
  if (f === "erf") return smooth(x, KNOWN[f], false, false, 1024);
  return smooth(x, KNOWN[f], f === "log" ? x[0] === 1 : atZero);
}
const turned = [Math.sin, Math.cos, (z) => -Math.sin(z), (z) => -Math.cos(z)];
/** In place of any function: p z + q z^2 + r sin z, and its derivative of order n. */
export const standIn = ([p, q, r]) => (z, n) => ([p * z + q * z * z, p + 2 * q * z, 2 * q][n] ?? 0) + r * turned[n % 4](z);
