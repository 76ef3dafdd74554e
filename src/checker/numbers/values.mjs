// The value of a tree at given sizes and numbers, as it is written: loops over entries, derivatives by dual numbers.
// Nothing here knows of the prover, and the prover knows nothing of this.
import { doubtful, dual, fail, inexact, isKnown, minus, moves, negated, ofFunction, part, plus, power, rounded, times } from "./duals.mjs";
import { LEAVES, parts } from "../statement/grammar.mjs";
import { MOST, above, at, determinant, each, entrywise, inverted, isMatrix, matrix, number, product, products, square, sum, transposed } from "./matrices.mjs";
import { mean } from "./means.mjs";
import { slope } from "./slopes.mjs";

/**
 * point: { values, functions, statement } - a dual or a matrix of them for each symbol and matrix, by id.
 * Where a tree stands, the environment also has: bound (variables), counted (those that run over whole numbers), held
 * (names that a slope is taken by), kept (values of names), level (how many slopes are taken around it), beside.
 */
export function valueOf(tree, point) {
  return value(tree, { ...nowhere(), ...point });
}
const nowhere = () => ({ bound: {}, counted: {}, held: {}, kept: {}, level: 0, ...budget() });
/** How many trees may be evaluated, all loops and all that shares it together; so many entries count as a tree. */
export const budget = (left = 1e6) => ({ work: { left } });
const ENTRIES = 8;
/** Does a condition hold at a point? */
export const holdsAt = (c, point) => holds(c, { ...nowhere(), ...point });

export function value(t, env) {
  if (typeof t === "number") return dual(t);
  spend(env, 1);
  const out = evaluated(t, env);
  if (isMatrix(out) && !Object.hasOwn(LEAVES, t.op)) spend(env, out.a.length / ENTRIES);
  return out;
}
export function spend({ work }, n) { if ((work.left -= n) < 0) fail("too-much-work"); }

function evaluated(t, env) {
  const a = t.args ?? [], V = (x) => value(x, env), N = (x) => number(value(x, env)), M = (x) => wide(value(x, env));
  switch (t.op) {
    case "integer": return integer(t.value);
    case "rational": { const [n, d] = t.value.split("/"); return quotient(n, d); }
    case "decimal": return decimal(t.value);
    case "constant": return t.value === "pi" ? rounded(Math.PI) : t.value === "e" ? rounded(Math.E) : fail("constant");
    case "bound": return env.bound[t.id];
    case "symbol": case "matrix": return env.values[t.id] ?? fail("no-value");
    case "name": return env.held[t.id] ?? (env.kept[t.id] ??= value(env.statement.names[t.id].definition, { ...env, bound: {} }));
    case "ones": return matrix(whole(N(a[0])), whole(N(a[1])), () => dual(1));
    case "zeros": return matrix(whole(N(a[0])), whole(N(a[1])), () => dual(0));
    case "identity": { const n = whole(N(a[0])); return matrix(n, n, (i, j) => dual(i === j ? 1 : 0)); }
    case "rows": return matrix(t.rows.length, t.rows[0].length, (i, j) => N(t.rows[i][j]));
    case "function-matrix": return matrix(whole(N(a[0])), whole(N(a[1])), (i, j) => number(value(t.body, [i, j].reduce((inner, k, side) => counting(inner, t.bind[side], k), env))));
    case "add": return sum(a.map(N));
    case "mul": return a.map(N).reduce(times);
    case "matadd": return a.map(M).reduce((x, y) => entrywise(plus, x, y));
    case "matmul": return a.map(V).reduce((x, y) => multiplied(x, y, env));
    case "hadamard": case "hadamard-product": return a.map(M).reduce((x, y) => entrywise(times, x, y));
    case "pow": return raised(N(a[0]), N(a[1]), a[0], env);
    case "hadamard-power": { const e = N(a[1]); return each(M(a[0]), (v) => raised(v, e, a[0], env)); }
    case "matpow": return matrixPower(square(M(a[0])), whole(N(a[1])), env);
    case "transpose": case "adjoint": return transposed(M(a[0]));
    case "hstack": return transposed(above(a.map((x) => transposed(M(x)))));
    case "vstack": return above(a.map(M));
    case "diagonal-matrix": { const v = M(a[0]).a; return matrix(v.length, v.length, (i, j) => (i === j ? v[i] : dual(0))); }
    case "diagonal-part": { const m = square(M(a[0])); return matrix(m.rows, m.cols, (i, j) => (i === j ? at(m, i, j) : dual(0))); }
    case "diagonal": { const m = square(M(a[0])); return matrix(m.rows, 1, (i) => at(m, i, i)); }
    case "determinant": { const m = square(M(a[0])); spend(env, products(m.rows) / ENTRIES); return determinant(m); }
    case "inverse": { const m = square(M(a[0])); spend(env, (products(m.rows) * m.a.length) / ENTRIES); return inverted(m); }
    case "total": return sum(M(a[0]).a);
    case "trace": { const m = square(M(a[0])); return sum(Array.from({ length: m.rows }, (_, i) => at(m, i, i))); }
    case "dot": return dotted(...a.map((v) => M(v).a));
    case "entry": return entryOf(M(a[0]), whole(N(a[1])), whole(N(a[2])));
    case "delta": return dual(same(N(a[0]), N(a[1]), a.every((x) => isCounted(x, env)) ? { level: 0 } : env) ? 1 : 0);
    case "sum": case "product": return fold(t, t.bind, env);
    case "maximum": return greatest(t, t.bind, env);
    case "integral": return integral(t, env);
    case "apply": { const x = V(a[0]), f = (v) => bodyAt(t, env, [v]); return isMatrix(x) ? each(x, f) : f(x); }
    case "call": return called(t, N(a[0]), env);
    case "abs": { const x = bent(N(a[0]), env); return side(x, env) < 0 ? negated(x) : x; }
    case "sign": return dual(Math.sign(jumped(N(a[0]), env)));
    case "heaviside": { const x = jumped(N(a[0]), env); return x === 0 ? N(a[1]) : dual(x > 0 ? 1 : 0); }
    case "max": return a.map(N).reduce((x, y) => greater(x, y, env));
    case "min": return negated(a.map(N).map(negated).reduce((x, y) => greater(x, y, env)));
    case "cases": { const found = t.cases.find((c) => holds(c.if, env)); return found ? V(found.value) : fail("no-case"); }
    case "grad": case "hess": case "jac": case "derivative": return slope(t, env);
    case "expectation": return mean(a[0], env);
  }
  return isKnown(t.op) ? ofFunction(t.op, 0, N(a[0])) : fail("no-numbers");
}
const integer = (text) => (Number.isSafeInteger(Number(text)) ? dual : rounded)(Number(text));
/** A quotient of whole numbers, which is exact if the one divides the other in binary. */
function quotient(n, d) {
  const [x, y] = [integer(n), integer(d)], q = x[0] / y[0], off = minus(times(dual(q), y), x);
  return inexact(q, (Math.abs(off[0]) + off[4]) / Math.abs(y[0]));
}
function decimal(text) {
  const [digits, exponent = "0"] = text.split("e"), [before, after = ""] = digits.split(".");
  const shift = Number(exponent) - after.length, power = 10 ** Math.abs(shift);
  if (Math.abs(shift) > 15) return rounded(Number(text));
  return shift < 0 ? quotient(before + after, `${power}`) : times(integer(before + after), dual(power));
}
const wide = (x) => (isMatrix(x) ? x : fail("number-for-matrix"));
export function whole(x) {
  const n = Math.round(x[0]);
  return Math.abs(n - x[0]) + x[4] < 1e-9 ? n : fail("not-whole");
}
const bodyAt = (t, env, args) =>
  number(value(t.body, { ...env, bound: { ...env.bound, ...Object.fromEntries(t.bind.map((b, k) => [b.id, args[k]])) } }));
function entryOf(m, i, j) {
  return i >= 0 && j >= 0 && i < m.rows && j < m.cols ? at(m, i, j) : fail("entry-outside");
}
const dotted = (x, y) => (x.length === y.length ? sum(x.map((v, k) => times(v, y[k]))) : fail("sizes-do-not-fit"));
function multiplied(x, y, env) {
  if (isMatrix(x) && isMatrix(y)) spend(env, (x.a.length * y.cols) / ENTRIES);
  return product(x, y);
}
function matrixPower(m, n, env) {
  if (n < 0 || n > 64) fail("matrix-power");
  let out = matrix(m.rows, m.rows, (i, j) => dual(i === j ? 1 : 0));
  for (let k = 0; k < n; k++) out = multiplied(out, m, env);
  return out;
}
function called({ function: id, order = 0 }, x, env) {
  const known = env.statement.functions[id].known;
  return known ? ofFunction(known, order, x) : ofFunction(id, order, x, env.functions[id] ?? fail("function"));
}

// ---------------------------------------------------------------- kinks, where a slope is taken
const NEAR = 1e-9;
/** u, which is no kink: |u| has no slope at u = 0, unless u has slope 0 there. */
function bent(u, env) {
  const isNear = Math.abs(u[0]) < NEAR || doubtful(u), isFixed = env.level === 1 && !moves(u);
  if (env.level && isNear && !isFixed && !touches(u, env) && !leaves(u, env)) fail("kink");
  return u;
}
/** On one side of the place where it is 0, is it surely not?  `beside` is 1 or -1 where a slope is taken on that side alone. */
const leaves = (u, { beside }) => Boolean(beside) && u[0] === 0 && u[4] === 0 && u[1] !== 0 && !doubtful(part(u, 1));
/**
 * Is it exactly 0, with slope 0, where one entry moves?  Then |u| has slope 0, and by that entry the second slope |u''|.
 * Where another moves, too, u may be on both sides of 0 beside the place, and |u| has no slope there to be differentiated.
 */
function touches(u, { alone }) {
  return alone && [0, 1, 2].every((k) => u[k] === 0 && u[k + 4] === 0) && !doubtful(part(u, 3));
}
/** Below 0, or above it: where one is 0, as it leaves the place, or without a slope as it bends. */
const side = (u, { beside = 0 }) => Math.sign(u[0] || beside * u[1] || u[3]);
/** The greater of two; where rounding hides which it is, either, as far as the other may be above it. */
function greater(x, y, env) {
  const d = bent(minus(x, y), env), more = side(d, env) > 0 ? x : y;
  return doubtful(d) ? plus(more, inexact(0, 3 * d[4])) : more;
}
/** The power of a tree: a root of what is 0 has no slope there that the slope of the tree would tell. */
export function raised(x, e, tree, env) {
  if (env.level && x[0] === 0 && !Number.isInteger(e[0]) && !fixed(tree)) fail("kink");
  return power(x, e);
}
const fixed = (t) => !Object.hasOwn(LEAVES, t.op) && t.op !== "bound" && parts(t).every(fixed);
/** On which side of its jump is u? */
function jumped(u, env) {
  if (leaves(u, env)) return side(u, env);
  if (doubtful(u) || (env.level && Math.abs(u[0]) < NEAR)) fail("kink");
  return u[0];
}
/** Are two numbers equal, which do not move?  Numbers that are not counted may touch where a slope is taken, and leave each other. */
function same(x, y, env) {
  const d = minus(x, y);
  if (leaves(d, env)) return false;
  return doubtful(d) || moves(d) || (env.level && Math.abs(d[0]) < NEAR) ? fail("kink") : d[0] === 0;
}
/** Is it made of whole numbers, and of variables that run over them? */
const isCounted = (t, env) =>
  typeof t === "number" || t.op === "integer" || (t.op === "bound" && t.id in env.counted) || (t.op === "symbol" && env.statement.symbols[t.id].facts.integer) ||
  (["add", "mul"].includes(t.op) && t.args.every((x) => isCounted(x, env)));
const RELATIONS = { gt: (d) => d > 0, ge: (d) => d >= 0, lt: (d) => d < 0, le: (d) => d <= 0, eq: (d) => d === 0, ne: (d) => d !== 0 };
function holds(c, env) {
  if (typeof c === "boolean") return c;
  if (c.op === "and") return c.args.every((x) => holds(x, env));
  if (c.op === "or") return c.args.some((x) => holds(x, env));
  if (c.op === "not") return !holds(c.args[0], env);
  if (c.op === "smooth" || c.op === "analytic") return true; // what stands for a function has all slopes
  const [x, y] = c.args.map((v) => number(value(v, env)));
  return (RELATIONS[c.op] ?? fail("condition"))(jumped(minus(x, y), env));
}

// ---------------------------------------------------------------- sums, products, integrals
const counting = (env, { id }, k) => ({ ...env, bound: { ...env.bound, [id]: dual(k) }, counted: { ...env.counted, [id]: true } });
function fold(t, [b, ...others], env) {
  const low = whole(number(value(b.low, env))), high = whole(number(value(b.high, env)));
  if (high < low - 1) fail("fewer-than-no-terms");
  if (high - low > MOST) fail("too-large");
  let out = dual(t.op === "sum" ? 0 : 1);
  for (let k = low; k <= high; k++) {
    const inner = counting(env, b, k);
    const x = others.length ? fold(t, others, inner) : number(value(t.body, inner));
    out = t.op === "sum" ? plus(out, x) : times(out, x);
  }
  return out;
}
/** The largest value, of which there is one at least. */
function greatest(t, [b, ...others], env) {
  const low = whole(number(value(b.low, env))), high = whole(number(value(b.high, env)));
  if (high < low) fail("maximum-over-nothing");
  if (high - low > MOST) fail("too-large");
  const found = Array.from({ length: high - low + 1 }, (_, k) => {
    const inner = counting(env, b, low + k);
    return others.length ? greatest(t, others, inner) : number(value(t.body, inner));
  });
  return found.reduce((x, y) => greater(x, y, env));
}
const far = 13 * Math.sqrt(70), wave = 2 * Math.sqrt(10 / 7);
/** Places and weights of Gauss and Legendre, five points on [-1, 1]. */
const GAUSS = [[0, 128 / 225], ...[[5 - wave, 322 + far], [5 + wave, 322 - far]].flatMap(([x, w]) =>
  [[Math.sqrt(x) / 3, w / 900], [-Math.sqrt(x) / 3, w / 900]])];
const BENT = new Set(["abs", "sign", "heaviside", "max", "min", "maximum", "delta", "gt", "ge", "lt", "le", "eq", "ne"]);
/** Does a tree hold a variable that has no value yet? */
const open = (t, { bound }) => (t.op === "bound" ? !(t.id in bound) : parts(t).some((x) => open(x, { bound })));
/** Has a tree a kink, or a jump, where such a variable runs?  Between the places of an integral it would not be seen. */
const bends = (t, env) => (BENT.has(t.op) && open(t, env)) || parts(t).some((x) => bends(x, env));
const MULTIPLIED = new Set(["mul", "hadamard", "hadamard-product", "matmul", "dot"]), REPEATED = new Set(["product", "matpow"]);
/** How many factors that hold such a variable are multiplied: a function, and what is below a line, may not be steep alone. */
function degree(t, env) {
  if (!open(t, env)) return 0;
  if (t.op === "bound" || t.op === "call" || isKnown(t.op)) return 1;
  if (REPEATED.has(t.op)) return Infinity;
  const [base, ...others] = parts(t).map((x) => degree(x, env));
  if (t.op === "pow" || t.op === "hadamard-power") {
    const n = others[0] ? Infinity : number(value(t.args[1], env))[0];
    return n < 0 || !base ? 1 : n * base;
  }
  return others.reduce((n, k) => (MULTIPLIED.has(t.op) ? n + k : t.op === "apply" ? n * k : Math.max(n, k)), base);
}
/** Pieces on each of which no function may be steep: a number of half a piece's width as its bound must have a value; so many factors may be steeper. */
const LEVEL = 256, FACTORS = 64;
/** By pieces, and again by others: where the two differ, the point says nothing. */
function integral(t, env) {
  if (t.bind.length !== 1 || bends(t.body, env) || !(degree(t.body, env) <= FACTORS)) fail("integral");
  const [b] = t.bind, low = number(value(b.low, env)), width = minus(number(value(b.high, env)), low);
  const inside = (share) => bodyAt(t, env, [plus(low, times(width, share))]);
  for (let k = 0; k < LEVEL; k++) inside(inexact((k + 0.5) / LEVEL, 0.5 / LEVEL));
  const by = (pieces) => times(width, sum(Array.from({ length: pieces }, (_, k) =>
    GAUSS.map(([x, w]) => times(rounded(w / 2 / pieces), inside(rounded((k + 0.5 + x / 2) / pieces))))).flat()));
  const [rough, fine] = [by(5), by(8)], apart = minus(rough, fine);
  if ([0, 1, 2, 3].some((k) => Math.abs(apart[k]) > 1e-6 * (1 + Math.abs(fine[k])))) fail("integral");
  return fine.map((x, k) => (k < 4 ? x : x + 2 * Math.abs(apart[k - 4])));
}
