// Numbers with slopes in two directions: v + a e1 + b e2 + c e1 e2, with e1^2 = e2^2 = 0.
// Two directions give second derivatives, and a slope of a slope.

/** What has no value at a point: the point says nothing. */
export class Undefined extends Error {}
export const fail = (why) => { throw new Undefined(why); };

/** A number that is not 0, but may be by rounding: where that matters, the point says nothing. */
export const doubtful = (v) => v !== 0 && Math.abs(v) < 1e-12;

export const dual = (v, a = 0, b = 0, c = 0) => [v, a, b, c];
export const plus = (x, y) => [x[0] + y[0], x[1] + y[1], x[2] + y[2], x[3] + y[3]];
export const minus = (x, y) => [x[0] - y[0], x[1] - y[1], x[2] - y[2], x[3] - y[3]];
export const negated = (x) => minus(dual(0), x);
export const times = (x, y) =>
  [x[0] * y[0], x[0] * y[1] + x[1] * y[0], x[0] * y[2] + x[2] * y[0], x[0] * y[3] + x[3] * y[0] + x[1] * y[2] + x[2] * y[1]];
export const moves = (x) => x[1] !== 0 || x[2] !== 0 || x[3] !== 0;

/** f(x), from f, f' and f'' at the value of x. */
export function chained(x, [f, f1, f2]) {
  if (!Number.isFinite(f)) fail("not-finite");
  return moves(x) ? [f, f1 * x[1], f1 * x[2], f1 * x[3] + f2 * x[1] * x[2]] : dual(f);
}
export function power(x, y) {
  const [v] = x, [n] = y;
  if (moves(y)) return v > 0 ? ofFunction("exp", 0, times(y, ofFunction("log", 0, x))) : fail("power");
  if ((n < 0 && (v === 0 || doubtful(v))) || (v < 0 && !Number.isInteger(n))) fail("power");
  const down = (k) => (Number.isInteger(n) && n >= 0 && k > n ? 0 : v ** (n - k));
  return chained(x, [v ** n, n * down(1), n * (n - 1) * down(2)]);
}

const KNOWN = {
  exp: (z) => { const e = Math.exp(z); return [e, e, e]; },
  log: (z) => (z > 0 && !doubtful(z) ? [Math.log(z), 1 / z, -1 / (z * z)] : fail("logarithm")),
  tanh: (z) => { const t = Math.tanh(z), d = 1 - t * t; return [t, d, -2 * t * d]; },
  sin: (z) => [Math.sin(z), Math.cos(z), -Math.sin(z)],
  cos: (z) => [Math.cos(z), -Math.sin(z), -Math.cos(z)],
  sinh: (z) => [Math.sinh(z), Math.cosh(z), Math.sinh(z)],
  cosh: (z) => [Math.cosh(z), Math.sinh(z), Math.cosh(z)],
};
export const isKnown = (f) => f in KNOWN;
function sigmoidSlopes(z) {
  const s = 1 / (1 + Math.exp(-z)), d = s * (1 - s);
  return [s, d, d * (1 - 2 * s), d * (1 - 6 * d), d * (1 - 2 * s) * (1 - 12 * d)];
}
/** f, or its derivative of an order, at x; `any` gives what stands for an unknown function: its derivatives by order. */
export function ofFunction(f, order, x, any) {
  if (f === "sigmoid") return order > 2 ? fail("order") : chained(x, sigmoidSlopes(x[0]).slice(order, order + 3));
  if (any) return chained(x, [0, 1, 2].map((k) => any(x[0], order + k)));
  return chained(x, KNOWN[f](x[0]));
}
/** In place of any function: p z + q z^2 + r sin z, and its derivative of order n. */
export const standIn = ([p, q, r]) => (z, n) =>
  ([p * z + q * z * z, p + 2 * q * z, 2 * q][n] ?? 0) + r * Math.sin(z + (n * Math.PI) / 2);
