// The verdict on a statement for all sizes: proved, or undecided, with what was done as data.
import { Unknown, begin, session } from "../algebra/session.mjs";
import { UNIT, ZERO, add, atom, constant, index, sub } from "../algebra/polynomial.mjs";
import { Cut } from "../algebra/products.mjs";
import { complex } from "../algebra/signs.mjs";
import { Lowering } from "../entry/lowering.mjs";
import { fit, isOne } from "../entry/shapes.mjs";
import { parts } from "../statement/grammar.mjs";
import { neverNegative } from "./certificate.mjs";
import { declared, factOf, isRelation, met } from "./conditions.mjs";
import { Hypotheses } from "./hypotheses.mjs";
import { multiplied, restored, withLetters } from "./inverses.mjs";
import { treeOf } from "./trees.mjs";
import { isZero } from "./zero.mjs";

/**
 * { verdict: "proved", by, used, normal, needs }, or { verdict: "undecided", reason }.
 *
 * conditions: "stated": what must hold for a value is among the statement's conditions, or met by all values;
 * "implied": it may also be what holds wherever both sides have a value; "any": also what a slope needs where a part of
 * it has a kink.  What was not stated is listed in `needs`, and the statement is proved where these hold.
 * by: how it was closed; used: which rules were used, as codes; normal: what an entry of the left side came to, as a
 * tree with symbols of its own.  reason: { code, about, left }; left: what remains, as such a tree.
 */
export function prove(written, { conditions = "stated", steps } = {}) {
  begin({ steps });
  const { statement, inverses } = withLetters(written);
  const tried = (what) => {
    try { return what(); } catch (error) { return { reason: reasonOf(error) }; }
  };
  let attempt = null;
  const whole = tried(() => {
    attempt = new Attempt(statement, conditions, inverses);
    return attempt.whole();
  });
  const told = (found) => restored(found.by ? proved(found) : { verdict: "undecided", reason: found.reason }, inverses);
  if (whole.by) return told(whole);
  const chain = attempt && statement.steps.length && whole.reason.code !== "out-of-time" ? tried(() => attempt.chain()) : whole;
  return told(chain.by ? chain : whole);
}
const proved = (found) => ({ verdict: "proved", ...found, used: [...session.used] });
/** An error of the prover is a reason like others, and never a proof. */
function reasonOf(error) {
  if (error instanceof Unknown) return { code: error.code, ...(error.about === undefined ? {} : { about: error.about }) };
  return { code: error instanceof RangeError ? "too-deep" : "internal-error", about: String(error.message) };
}

class Attempt {
  constructor(statement, conditions, inverses) {
    this.statement = statement;
    this.inverses = inverses;
    this.conditions = conditions;
    this.generic = new Map(); // the indices of the generic entry: what is known of it is known of all lines
    this.lowering = new Lowering(statement, { assuming: conditions !== "stated" });
    session.facts.push(...declared(statement, this.lowering));
    this.determinants = inverses.map(({ det }) => this.lowering.symbol(det));
    const { given } = statement, relations = given.filter(isRelation), equations = given.filter((t) => t.op === "eq");
    if (relations.length + equations.length < given.length) throw new Unknown("hypothesis");
    this.stated = statement.conditions.filter((t) => !isRelation(t));
    const sides = [statement.left, statement.right ?? true, ...given, ...Object.values(statement.names).map((n) => n.definition)];
    const facts = [
      ...relations.map((t) => factOf(t, this.lowering, [...sides, ...statement.conditions])),
      ...statement.conditions.filter(isRelation).map((t) => factOf(t, this.lowering, sides)),
    ];
    session.facts.push(...facts);
    for (const line of [statement, ...statement.steps]) [line.left, line.right ?? true].forEach((t) => this.noRandom(t));
    const laws = Object.values(statement.matrices).flatMap(({ random: law }) => (law ? [law.mean, law.variance ?? 0] : []));
    [...given, ...statement.conditions, ...laws].forEach((t) => this.noRandom(t));
    this.renew();
    this.hypotheses = new Hypotheses(equations.map((t) => t.args), this.lowering, (l, r) => this.entries(l, r, { stock: new Map() }));
    this.reduced = (p) => this.hypotheses.reduced(p);
    // what is given has values, and all that these imply
    this.assumed = [...this.lowering.needs.all.values()].filter((need) => need.guarded || !need.implied);
    this.factsReduced();
  }
  /** Facts as the equations that are given write them. */
  factsReduced() { session.facts.push(...session.facts.map((f) => ({ ...f, poly: this.reduced(f.poly) }))); }
  /** What was lowered before a fact was known is lowered again. */
  renew() {
    this.lowering.memo.clear();
    session.slopes.clear();
  }
  whole() {
    const { kind, left, right } = this.statement;
    if (kind === "every-depth") throw new Unknown("kind", kind);
    if (kind === "nonnegative") return this.line({ kind, left });
    const found = this.line({ left, right });
    for (const line of found.by ? [] : multiplied({ left, right }, this.inverses)) {
      const other = this.ifItFits(line);
      if (other.by) return other;
    }
    return found;
  }
  /** A line that may have no meaning. */
  ifItFits(line) {
    try { return this.line(line); } catch (error) {
      if (error instanceof Unknown && error.code !== "out-of-time") return {};
      throw error;
    }
  }
  /** The lines of its author, which lead from one side to the other. */
  chain() {
    const { steps, kind, left, right } = this.statement;
    // what a line between needs is not implied by what the sides need
    if (this.conditions !== "stated" || kind === "derivation" || steps.some((s) => s.kind === "definition")) throw new Unknown("steps");
    const needs = this.needsOf(left, right);
    let here = left;
    for (const step of steps) {
      this.must(this.same(here, step.left));
      if (step.kind === "nonnegative") {
        this.must(step === steps.at(-1) && kind === "nonnegative");
        this.must(this.line(step).by);
        return { by: ["lines"], needs };
      }
      this.must(this.line(step).by);
      here = step.right ?? this.statement.names[step.left.id].definition;
    }
    this.must(kind !== "nonnegative" && this.same(here, right));
    return { by: ["lines"], needs };
  }
  must(fact) { if (!fact) throw new Unknown("steps"); }
  same(l, r) { return this.entries(l, r).every(({ p }) => isZero(p, this.reduced)); }

  /** One line: what it needs to be defined, and whether it holds wherever it is. */
  line({ kind, left, right }) {
    const needs = this.needsOf(left, right);
    if (kind === "nonnegative") {
      const by = this.neverNegative(left);
      const normal = this.tree(this.lowering.number(left));
      return by ? { by: [by], needs, normal } : { reason: { code: "no-certificate", left: normal } };
    }
    const entries = this.entries(left, right);
    for (const { p } of entries)
      if (!isZero(p, this.reduced)) return { reason: { code: "not-closed", left: this.tree(this.reduced(p)) } };
    const [row, col] = entries[0].places;
    return { by: ["generic-entry"], needs, normal: this.tree(this.lowering.lower(left, row, col)) };
  }
  tree(p) {
    return treeOf(p, this.statement, new Map([...this.lowering.free].map(([id, k]) => [k, id])));
  }
  neverNegative(t) {
    if (this.lowering.shapes.shape(t) && !isOne(this.lowering.shapes.shape(t))) throw new Unknown("matrix-for-number", t.op);
    const p = this.lowering.number(t);
    return this.asWritten(t) ? "factors-as-written" : neverNegative(p) ?? neverNegative(this.reduced(p));
  }
  /** A product or a sum, as it is written, of what is never negative. */
  asWritten(t) {
    if (t.op === "name") return this.asWritten(this.statement.names[t.id].definition);
    if (t.op === "mul" || t.op === "add") return t.args.every((x) => this.asWritten(x));
    if (t.op === "pow" && Number.isInteger(t.args[1]) && t.args[1] % 2 === 0) return !complex(this.lowering.number(t.args[0]));
    return neverNegative(this.lowering.number(t)) === "terms-never-negative";
  }

  /** The needs that are not met by all values; refused unless they are allowed, and then facts. */
  needsOf(left, right) {
    const { needs } = this.lowering.apart(() => this.entries(left, right ?? 0, { alone: right === undefined }));
    for (const det of this.determinants) if (!needs.asks(det, "nonzero")) needs.note(det, "nonzero", { guarded: true }); // its equations are used everywhere
    for (const need of this.assumed) needs.put(need);
    const unmet = [...needs.all.values()].filter((need) => !met(need, this.reduced, this.stated));
    const refused = unmet.find((need) => need.guarded || this.isRandom(need) || this.conditions === "stated" || !(need.implied || this.conditions === "any"));
    if (refused) throw new Unknown("condition-not-stated", this.named(refused));
    const fresh = unmet.filter(({ sign, poly }) => sign && !session.facts.some((f) => f.asked && f.sign === sign && f.poly.key === poly.key));
    session.facts.push(...fresh.map((need) => ({ ...need, assumed: true, asked: true })));
    if (fresh.length) {
      this.factsReduced();
      this.renew();
    }
    return [...new Map(unmet.map((need) => this.named(need)).map((told) => [JSON.stringify(told), told])).values()]; // each once
  }
  named({ function: id, order, sign, poly }) { return id ? { function: id, order } : { sign, of: this.tree(poly) }; }

  /** left - right at a generic entry, or at every one where their number is known and small. */
  entries(left, right, { alone = false, stock = this.generic } = {}) {
    const { shapes } = this.lowering, a = shapes.shape(left), b = alone ? a : shapes.shape(right);
    if (a && b) a.forEach((d, k) => fit(d, b[k]));
    else if (![a, b].every((s) => !s || isOne(s))) throw new Unknown("sizes-do-not-fit");
    const [rows, cols] = (a ?? b ?? [UNIT, UNIT]).map((d, side) => places(d, side, stock));
    try {
      return rows.flatMap((i) => cols.map((j) => {
        return { p: sub(this.lowering.lower(left, i, j), this.lowering.lower(right, i, j)), places: [i, j] };
      }));
    } catch (error) {
      if (!(error instanceof Cut) || !recut(stock, error)) throw error;
      return this.entries(left, right, { alone, stock });
    }
  }
  /** A condition stands outside of all expectations, and what some values of a random number leave without a value may have no mean. */
  isRandom({ sign, poly }) { return Boolean(sign) && Object.entries(this.statement.matrices).some(([id, { random }]) => random && poly.has(`e:${id}`)); }
  /** Outside of an expectation a random number has no value. */
  noRandom(t) {
    if (t.op === "matrix" && this.statement.matrices[t.id].random) throw new Unknown("random-outside-expectation", t.id);
    if (t.op === "name") this.noRandom(this.statement.names[t.id].definition);
    if (t.op !== "expectation") parts(t).forEach((x) => this.noRandom(x));
  }
}
function places(size, side, stock) {
  const count = size.value?.whole && size.value.n <= 6n ? Number(size.value.n) : 0;
  if (size.is(1)) return [ZERO];
  if (count) return Array.from({ length: count }, (_, k) => constant(k));
  const key = `${side} ${size.key}`;
  if (!stock.has(key)) stock.set(key, [atom(index(size))]);
  return stock.get(key);
}
/** Two generic places for one, before and after the end of a block; false if the index is none of theirs. */
function recut(stock, { index: k, at, rest }) {
  for (const [key, list] of stock) {
    const n = list.findIndex((p) => p.has(k.leaf));
    if (n < 0) continue;
    const start = sub(list[n], atom(k)), within = (size) => (size.is(1) ? ZERO : atom(index(size)));
    stock.set(key, list.toSpliced(n, 1, add(start, within(at)), add(start, at, within(rest))));
    return true;
  }
  return false;
}
