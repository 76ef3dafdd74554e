// From a tree to one generic entry of it: a polynomial, and what must hold for it to have a value.
import { HALF, rational } from "../algebra/rational.mjs";
import { INNER, Unknown, session } from "../algebra/session.mjs";
import { UNIT, ZERO, add, atom, constant, entry, index, mul, neg, scale, sub, symbol } from "../algebra/polynomial.mjs";
import { IMAGINARY, complex, known, neverBelowZero, neverZero, nonnegative, positive } from "../algebra/signs.mjs";
import { power } from "../algebra/powers.mjs";
import { PI, derivative } from "../algebra/derivative.mjs";
import { rewrite } from "../algebra/substitution.mjs";
import { apply } from "../algebra/functions.mjs";
import { Cut, before, cut, delta, inRange } from "../algebra/products.mjs";
import { maximumOver } from "../algebra/maxima.mjs";
import { sumOver } from "../algebra/sums.mjs";
import { Needs } from "./needs.mjs";
import { NOWHERE, bindIn, heldName, outside } from "./scope.mjs";
import { Shapes } from "./shapes.mjs";
import { expectation } from "./expectation.mjs";
import { parts } from "../statement/grammar.mjs";
import { indexRanges } from "../statement/indices.mjs";
import { integral } from "./integrals.mjs";
import { partial } from "./slopes.mjs";

const PASSED_ON = new Set(["exp", "tanh", "sinh", "cosh", "sin", "cos", "erf"]);
/** Functions with a kink, or a jump, where their argument is 0. */
const RELATIONS = {
  gt: (u) => apply("above", u),
  lt: (u) => apply("above", neg(u)),
  ge: (u) => sub(UNIT, apply("above", neg(u))),
  le: (u) => sub(UNIT, apply("above", u)),
  eq: (u) => apply("at", u),
  ne: (u) => sub(UNIT, apply("at", u)),
};

export class Lowering {
  /** assuming: what must hold wherever the statement has a value is a fact as soon as it is met. */
  constructor(statement, { assuming = false } = {}) {
    this.statement = statement;
    this.needs = new Needs();
    this.assuming = assuming;
    this.guards = 0;
    this.open = []; // the indices of the sums around
    this.memo = new Map();
    this.free = new Map();
    this.shapes = new Shapes(statement, (t) => this.number(t));
    this.ranges = indexRanges(statement);
    session.functions = new Map();
    for (const [id, f] of Object.entries(statement.functions))
      if (!f.known) session.functions.set(functionName(id), f.slope ? this.byItsSlope(f) : { note: (p, order) => this.smooth(id, p, order) });
  }
  /** A function that may be any is differentiable, and no more. */
  smooth(id, p, order) { this.needs.ofFunction(id, order > 1 ? order : 0, p, order); }
  /** A function that is given by its slope: its slopes at p, and what they need of p. */
  byItsSlope({ slope: { bind: [{ id }], body } }) {
    const t = () => symbol(`${INNER}argument of ${id}`);
    const put = (q) => [new Set([t().leaf]), (a) => (a === t() ? q : null)];
    const slopes = (order) => this.inCase(() => {
      let d = this.number(body, bindIn(NOWHERE, id, atom(t())));
      for (let k = 1; k < order; k++) d = this.differentiated(t().leaf, () => derivative(d, t()));
      return d;
    });
    return {
      slope: (q, order) => rewrite(slopes(order).value, ...put(q)),
      note: (p, order) => this.needs.add(slopes(order).needs.rewritten(...put(p))),
    };
  }
  /** A slope by what has this leaf: all that was noted must hold as slopes need it. */
  differentiated(leaf, what) {
    session.slopes.clear(); // what is remembered would not be noted again
    this.needs = this.needs.steeper(leaf);
    const value = what();
    this.needs = this.needs.differentiated(leaf);
    return value;
  }
  /**
   * What is differentiated by what has this leaf: a slope asks for values around, where what is not negative at a place
   * may be, as -z^2 is at z = 0 alone.  What is positive, or not zero, is so around, and that it is may rest on `here`.
   */
  around(leaf, what) {
    const outer = session.facts, here = outer.filter(({ sign, poly }) => sign === "nonnegative" && poly.has(leaf));
    const strict = here.filter(({ poly }) => known(poly, "positive")).map((fact) => ({ ...fact, sign: "positive" }));
    const inner = [...outer.map((fact) => (here.includes(fact) ? { ...fact, here: true } : fact)), ...strict];
    const anew = () => { if (here.length) this.memo.clear(); };
    session.facts = [...inner];
    anew();
    try { return this.apart(what); } finally {
      session.facts = [...outer, ...session.facts.slice(inner.length)];
      anew();
    }
  }
  /** Of a number, or a matrix of one entry: the first of several stands for none. */
  number(t, scope = NOWHERE) { this.shapes.scalar(t); return this.lower(t, ZERO, ZERO, scope); }
  /** The tree at row i and column j. */
  lower(t, i, j, scope = NOWHERE) {
    if (typeof t === "number") return constant(t);
    return this.once(t, `${i.key},${j.key}${scope.key}`, () => this.node(t, i, j, scope));
  }
  /** What is found of a tree once; what it needs is noted each time. */
  once(t, key, what) {
    let table = this.memo.get(t);
    if (!table) this.memo.set(t, (table = new Map()));
    if (!table.has(key)) table.set(key, this.apart(what));
    const { value, needs } = table.get(key);
    this.needs.add(needs);
    return value;
  }
  /** What a tree needs at all of its places. */
  everywhere(t, scope = NOWHERE) {
    const [rows, cols] = this.shapes.shape(t) ?? [UNIT, UNIT], over = (size, f) => this.over(size, f, ZERO, { of: () => ZERO, together: () => ZERO });
    this.once(t, `everywhere${scope.key}`, () => over(rows, (i) => over(cols, (j) => this.lower(t, i, j, scope))));
  }
  /** A value and the needs that arise on the way, which are not noted yet. */
  apart(what) {
    const outer = this.needs;
    this.needs = new Needs();
    try { return { value: what(), needs: this.needs }; } finally { this.needs = outer; }
  }

  node(t, i, j, scope) {
    const a = t.args ?? [], L = (x, p = i, q = j) => this.lower(x, p, q, scope), N = (x) => this.number(x, scope);
    this.shapes.shape(t);
    switch (t.op) {
      case "integer": return constant(rational(t.value));
      case "rational": return constant(rational(...t.value.split("/")));
      case "decimal": return constant(decimal(t.value));
      case "constant": return this.constant(t.value);
      case "symbol": return this.symbol(t.id);
      case "bound": return scope.variables.get(t.id) ?? unknownSize(t);
      case "matrix": return this.matrix(t.id, i, j);
      case "name": return this.name(t.id, i, j, scope);
      case "ones": return UNIT;
      case "zeros": return ZERO;
      case "identity": return delta(i, j);
      case "rows": return this.written(t.rows, i, j, scope);
      case "function-matrix": return this.lower(t.body, ZERO, ZERO, bindIn(bindIn(scope, t.bind[0].id, i), t.bind[1].id, j));
      case "add": case "matadd": return add(...a.map((x) => L(x)));
      case "mul": return mul(...a.map(N));
      case "hadamard": case "hadamard-product": return mul(...a.map((x) => L(x)));
      case "pow": return this.power(N(a[0]), N(a[1]));
      case "hadamard-power": return this.power(L(a[0]), N(a[1]));
      case "transpose": return L(a[0], j, i);
      case "adjoint": return this.adjoint(a[0], j, i, scope);
      case "matmul": return this.product(a, i, j, scope);
      case "matpow": return this.matrixPower(a, i, j, scope);
      case "hstack": return this.block(a, 1, j, (x, k) => L(x, i, k));
      case "vstack": return this.block(a, 0, i, (x, k) => L(x, k, j));
      case "diagonal-matrix": return mul(delta(i, j), this.ofVector(a[0], i, scope));
      case "diagonal-part": return mul(delta(i, j), L(a[0]));
      case "diagonal": return L(a[0], i, i);
      case "total": return this.total(this.shapes.shape(a[0]), (p, q) => L(a[0], p, q));
      case "trace": return this.over(this.shapes.shape(a[0])[0], (k) => L(a[0], k, k));
      case "dot": return this.over(this.shapes.length(a[0]), (k) => mul(this.ofVector(a[0], k, scope), this.ofVector(a[1], k, scope)));
      case "entry": return this.entry(a, scope);
      case "delta": { const [p, q] = a.map(N); return this.kinked(sub(p, q), () => delta(p, q)); }
      case "sum": case "product": return this.fold(t, t.bind, scope);
      case "maximum": return this.maximum(t, t.bind, scope);
      case "integral": return integral(this, t, scope, (id, p) => bindIn(scope, id, p));
      case "apply": return this.lower(t.body, ZERO, ZERO, bindIn(scope, t.bind[0].id, L(a[0])));
      case "call": return this.call(t, N(a[0]));
      case "log": return this.logarithm(N(a[0]));
      case "abs": return this.kinked(N(a[0]), (u) => apply("abs", u));
      case "sign": return this.kinked(N(a[0]), (u) => add(scale(apply("above", u), 2), apply("at", u), constant(-1)));
      case "heaviside": return this.kinked(N(a[0]), (u) => add(apply("above", u), mul(this.perhaps(() => N(a[1])), apply("at", u))));
      case "max": return a.map(N).reduce((p, q) => this.greater(p, q));
      case "min": return a.map(N).reduce((p, q) => this.kinked(sub(p, q), (u) => scale(sub(add(p, q), apply("abs", u)), HALF)));
      case "cases": return this.cases(t.cases, i, j, scope);
      case "grad": return partial(this, a[0], a[1], [[i, j]], null, scope);
      case "hess": return partial(this, a[0], a[1], [i, j].map((k) => this.placeIn(a[1], k)), null, scope);
      case "jac": return partial(this, a[0], a[1], [this.placeIn(a[1], j)], this.placeIn(a[0], i), scope);
      case "derivative": return this.derivative(t, scope);
      case "expectation": return expectation(this, L(a[0]), outside(scope));
    }
    if (PASSED_ON.has(t.op)) return apply(t.op, N(a[0]));
    throw new Unknown("no-rule", t.op);
  }

  // ---------------------------------------------------------------- leaves
  constant(name) {
    if (name === "pi") return PI();
    if (name === "e") return apply("exp", UNIT);
    if (name === "i") return atom(symbol(IMAGINARY.slice(2)));
    throw new Unknown("no-rule", name);
  }
  symbol(id) {
    const range = this.ranges.get(id);
    if (!range) return atom(symbol(id, realFacts(id, this.statement.symbols[id].facts)));
    if (!this.free.has(id)) this.free.set(id, index(range.map((r) => this.rangeOf(r)).reduce(shorter)));
    return atom(this.free.get(id));
  }
  /** An entry of a matrix; that of an inverse needs all of what is inverted, and its determinant. */
  matrix(id, i, j) {
    const { inverse } = this.statement.matrices[id];
    if (inverse) {
      this.everywhere(inverse.of);
      this.note(this.symbol(inverse.det), "nonzero");
    }
    return atom(entry(id, i, j));
  }
  rangeOf({ matrix, side }) { return this.shapes.matrix(matrix)[side]; }
  name(id, i, j, scope) {
    const defined = this.statement.names[id];
    if (scope.held.includes(id)) return atom("rows" in defined ? entry(heldName(id), i, j) : symbol(heldName(id)));
    return this.lower(defined.definition, i, j, outside(scope));
  }
  written(rows, i, j, scope) {
    const [r, c] = [i.value, j.value];
    if (r && c) return this.number(rows[Number(r.n)][Number(c.n)], scope);
    const at = (p, k) => (p.value ? (p.is(k) ? UNIT : ZERO) : delta(p, constant(k)));
    return add(...rows.flatMap((row, p) => row.map((x, q) => mul(this.number(x, scope), at(i, p), at(j, q)))));
  }

  // ---------------------------------------------------------------- sums and products
  /** The sum of f over all places of a range, or what else it comes to, cut where f meets the end of a block; the first place is `start`. */
  over(size, f, start = ZERO, { of, together } = { of: sumOver, together: add }) {
    if (size.is(1)) return f(start);
    const k = index(size);
    try {
      const { value, needs } = this.under(k, () => f(add(start, atom(k))));
      this.needs.add(needs.under(k));
      return of([k], value);
    } catch (error) {
      if (!(error instanceof Cut) || error.index !== k) throw error;
      return together(this.over(error.at, f, start, { of, together }), this.over(error.rest, f, add(start, error.at), { of, together }));
    }
  }
  /** Inside a sum over k, which may be one of no terms. */
  under(k, what, guarded = false) {
    this.open.push(k);
    try { return guarded ? this.inCase(what) : this.apart(what); } finally { this.open.pop(); }
  }
  /** What f gives for the block in which place k along a side is, and for the place in it. */
  block(blocks, side, k, f) {
    for (const t of blocks.slice(0, -1)) {
      const size = this.shapes.matrix(t)[side];
      if (before(k, size)) return f(t, k);
      if (!before(sub(size, UNIT), k)) throw cut(k, size, "index-of-two-ranges");
      k = sub(k, size);
    }
    return f(blocks.at(-1), k);
  }
  /** What may not apply: nothing in it is a fact. */
  inCase(what) {
    this.guards++;
    try { return this.apart(what); } finally { this.guards--; }
  }
  /** The value of what may not apply. */
  perhaps(what) {
    const { value, needs } = this.inCase(what);
    this.needs.add(needs.guarded());
    return value;
  }
  note(poly, sign, options = {}) {
    this.needs.note(poly, sign, options);
    if (!this.assuming || this.guards || options.implied === false) return;
    if (positive(poly) || (sign === "nonnegative" ? nonnegative(poly) : sign === "nonzero" && neverZero(poly))) return;
    session.facts.push({ sign, poly, assumed: true, places: this.open.filter((k) => poly.has(k.leaf)) });
  }
  total([rows, cols], f) { return this.over(rows, (p) => this.over(cols, (q) => f(p, q))); }
  product(trees, i, j, scope) {
    const numbers = trees.filter((x) => !this.shapes.shape(x)), matrices = trees.filter((x) => this.shapes.shape(x));
    const from = (k, p) => (k === matrices.length - 1 ? this.lower(matrices[k], p, j, scope)
      : this.over(this.shapes.shape(matrices[k])[1], (q) => mul(this.lower(matrices[k], p, q, scope), from(k + 1, q))));
    return mul(...numbers.map((x) => this.number(x, scope)), matrices.length ? from(0, i) : UNIT);
  }
  matrixPower([m, n], i, j, scope) {
    if (!Number.isInteger(n) || n < 0 || n > 6) throw new Unknown("power-of-matrix");
    return n ? this.product(Array(n).fill(m), i, j, scope) : delta(i, j);
  }
  /** A sum or a product from low to high, which may have no terms but never fewer. */
  fold(t, [b, ...others], scope) {
    const low = this.number(b.low, scope), count = add(this.number(b.high, scope), neg(low), UNIT);
    if (!neverBelowZero(count)) throw new Unknown("fewer-than-no-terms");
    const k = index(count), inner = bindIn(scope, b.id, add(low, atom(k)));
    const some = neverBelowZero(sub(count, UNIT));
    const { value, needs } = this.under(k, () => (others.length ? this.fold(t, others, inner) : this.number(t.body, inner)), !some);
    this.needs.add(some ? needs.under(k) : needs.under(k).guarded());
    if (t.op === "sum") return sumOver([k], value);
    this.needs.note(value, "positive", { places: [k], guarded: !some, implied: false });
    return apply("exp", sumOver([k], apply("log", value)));
  }

  /** The largest value from low to high, of which there must be one for all sizes. */
  maximum(t, [b, ...others], scope) {
    const low = this.number(b.low, scope), count = add(this.number(b.high, scope), neg(low), UNIT);
    if (!neverBelowZero(sub(count, UNIT))) throw new Unknown("maximum-over-nothing");
    const value = (inner) => (others.length ? this.maximum(t, others, inner) : this.number(t.body, inner));
    return this.over(count, (k) => value(bindIn(scope, b.id, add(low, k))), ZERO, { of: maximumOver, together: (p, q) => this.greater(p, q) });
  }
  greater(p, q) { return this.kinked(sub(p, q), (u) => scale(add(p, q, apply("abs", u)), HALF)); }

  // ---------------------------------------------------------------- entries of vectors and matrices
  ofVector(t, k, scope) { return this.lower(t, ...this.placeIn(t, k), scope); }
  placeIn(t, k) {
    const s = this.shapes.shape(t);
    return !s ? [ZERO, ZERO] : s[1].is(1) ? [k, ZERO] : [ZERO, k];
  }
  /** Row and column of an entry, which must be inside its matrix. */
  placeOf([m, row, col], scope) {
    const place = [this.number(row, scope), this.number(col, scope)];
    this.shapes.matrix(m).forEach((d, k) => { if (!inRange(place[k], d)) throw new Unknown("entry-outside"); });
    return place;
  }
  entry(a, scope) { return this.lower(a[0], ...this.placeOf(a, scope), scope); }
  /** Of real entries alone: that of others is conjugated. */
  adjoint(t, i, j, scope) {
    const value = this.lower(t, i, j, scope);
    if (complex(value) || this.holdsImaginary(t)) throw new Unknown("adjoint-of-complex");
    return value;
  }
  holdsImaginary(t) {
    if (t.op === "name") return this.holdsImaginary(this.statement.names[t.id].definition);
    return (t.op === "constant" && t.value === "i") || parts(t).some((x) => this.holdsImaginary(x));
  }

  // ---------------------------------------------------------------- functions, and where they are defined
  power(base, e) {
    if (e.value?.whole) {
      if (e.value.sign < 0) this.note(base, "nonzero");
      return power(base, e.value);
    }
    if (complex(base)) throw new Unknown("power-of-complex");
    const up = e.value && e.value.sign > 0;
    // an exponent that may be whole allows any base, and then nothing follows for it
    this.note(base, up ? "nonnegative" : "positive", { smooth: "positive", implied: Boolean(e.value) });
    return e.value ? power(base, e.value) : apply("exp", mul(e, apply("log", base)));
  }
  logarithm(p) {
    this.note(p, "positive");
    return apply("log", p);
  }
  kinked(u, f) {
    this.needs.note(u, "none", { smooth: "nonzero" });
    return f(u);
  }
  call(t, p) {
    const known = this.statement.functions[t.function].known;
    orderOf(t.order ?? 0);
    if (known && known !== "sigmoid") throw new Unknown("no-rule", known);
    if (!known && complex(p)) this.needs.ofFunction(t.function, "analytic", p);
    return apply(known ?? functionName(t.function), p, t.order ?? 0);
  }
  derivative(t, scope) {
    if (t.by.length !== 1 || !Number.isInteger(t.by[0].times)) throw new Unknown("no-rule", t.op);
    const [{ variable, times }] = t.by;
    orderOf(times);
    return partial(this, t.args[0], variable, Array.from({ length: times }, () => [ZERO, ZERO]), null, scope);
  }
  /** The first case whose condition holds; what the others need is needed only there. */
  cases(cases, i, j, scope) {
    let left = UNIT, out = ZERO;
    for (const { value: v, if: condition } of cases) {
      const here = left.is(1) ? this.bracket(condition, scope) : this.perhaps(() => this.bracket(condition, scope));
      const value = left.is(1) && here.is(1) ? this.lower(v, i, j, scope) : this.perhaps(() => this.lower(v, i, j, scope));
      out = add(out, mul(value, here, left));
      left = mul(left, sub(UNIT, here));
    }
    if (!left.zero) throw new Unknown("no-case");
    return out;
  }
  bracket(c, scope) {
    if (typeof c === "boolean") return c ? UNIT : ZERO;
    if (c.op in RELATIONS) return this.kinked(sub(this.number(c.args[0], scope), this.number(c.args[1], scope)), RELATIONS[c.op]);
    const inner = c.args?.map((x, k) => (k ? this.perhaps(() => this.bracket(x, scope)) : this.bracket(x, scope))), not = (p) => sub(UNIT, p);
    if (c.op === "not") return not(inner[0]);
    if (c.op === "and") return mul(...inner);
    if (c.op === "or") return not(mul(...inner.map(not)));
    throw new Unknown("no-rule", c.op);
  }
}

/** A variable outside of what binds it: only sizes are asked for there. */
function unknownSize({ op }) { throw new Unknown("no-rule", op); }
const HIGHEST = 10;
function orderOf(n) { if (n > HIGHEST) throw new Unknown("high-order", `${n}`); }
const REAL = ["real", "positive", "negative", "nonnegative", "nonpositive", "nonzero", "integer", "rational", "even", "odd", "zero"];
function realFacts(id, facts) {
  if (!REAL.some((fact) => facts[fact])) throw new Unknown("not-real", id);
  return Object.fromEntries(Object.entries(facts).filter(([fact]) => fact !== "nonnegative")); // which is one of the session: see `declared`
}
export const functionName = (id) => `any ${id}`;
const shorter = (p, q) => {
  if (neverBelowZero(sub(q, p))) return p;
  if (neverBelowZero(sub(p, q))) return q;
  throw new Unknown("index-of-two-ranges");
};
/** A decimal as a fraction. */
export function decimal(text) {
  const [digits, exponent = "0"] = text.split("e"), [whole, part = ""] = digits.split(".");
  const shift = Number(exponent) - part.length;
  if (Math.abs(shift) > 1000) throw new Unknown("number-too-large");
  const n = rational(whole + part);
  return shift >= 0 ? n.times(rational(10n ** BigInt(shift))) : n.over(rational(10n ** BigInt(-shift)));
}
