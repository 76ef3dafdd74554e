// The judgement on a statement: do its sizes fit, do numbers speak against it, is it proved for all sizes?
import { Unknown, begin } from "./algebra/session.mjs";
import { Lowering } from "./entry/lowering.mjs";
import { fit, isOne } from "./entry/shapes.mjs";
import { search } from "./numbers/search.mjs";
import { prove } from "./proof/prove.mjs";
import { Unreadable, read } from "./statement/reader.mjs";

/**
 * { verdict, ... } with data alone, for a page to word; all codes stand in codes.json:
 *
 * "unreadable"    reason: { code, about }
 * "definition"    a name for an expression, which claims nothing
 * "does-not-fit"  reason: { code, about }
 * "refuted"       counterexample: { values, functions, row, col, left, right }
 * "proved"        by, used, normal, needs (see proof/prove.mjs), agreed: at how many points numbers agree
 * "undecided"     reason: { code, about, left }, agreed
 */
export function judge(json, options = {}) {
  try { return judged(json, options); } catch (error) {
    if (error instanceof RangeError) return { verdict: "undecided", reason: { code: "too-deep" } };
    throw error;
  }
}
function judged(json, { conditions, steps, points, tries }) {
  let statement;
  try { statement = read(json); } catch (error) {
    if (error instanceof Unreadable) return { verdict: "unreadable", reason: { code: error.code, about: error.about } };
    throw error;
  }
  if (statement.kind === "definition" && (statement.left.op === "name" || statement.right === undefined)) return { verdict: "definition" };
  const reason = misfit(statement);
  if (reason) return { verdict: "does-not-fit", reason };
  const against = (numbers, where = statement) => {
    const { counterexample, agreed } = search(where, numbers);
    if (counterexample && provedWhereDefined(statement, steps)) return { verdict: "undecided", reason: { code: "numbers-disagree" }, agreed };
    return counterexample ? { verdict: "refuted", counterexample, agreed } : { agreed };
  };
  const { agreed, ...first } = against({ points, tries });
  if (first.verdict) return { ...first, agreed };
  const found = prove(statement, { conditions, steps });
  const more = found.verdict === "undecided" ? [[FARTHER]] : edges(statement, found.needs).map((edge) => [EDGE, edge]);
  for (const numbers of agreed && points === undefined ? more : []) {
    const second = against(...numbers);
    if (second.verdict === "refuted") return second;
  }
  // a proof that no point could be put to says nothing that anybody could see
  if (found.verdict === "proved" && !agreed) return { verdict: "undecided", reason: { code: "no-point" }, agreed };
  return { ...found, agreed };
}

/** What is not proved is compared at more points, before it is called open. */
const FARTHER = { points: 40, tries: 160 };
/** What is proved under a condition is compared where that just fails: it may have a value there, as a slope at a kink has. */
const EDGE = { points: 4, tries: 12 };
const edges = (statement, needs) =>
  needs.filter(({ of }) => of && !Object.keys(of.symbols).length).map(({ of }) => ({ ...statement, given: [...statement.given, { op: "eq", args: [of.tree, 0] }] }));
/** The longest proof of the book takes 14000 steps; a reader waits for this one, of what numbers refute. */
const AGAINST_NUMBERS = 1e5;
/** Is it proved wherever its sides have values?  Then numbers that speak against it are not believed, and neither is the proof. */
const provedWhereDefined = (statement, steps) =>
  ["implied", ...(statement.steps.length ? ["stated"] : [])].some((conditions) =>
    prove(statement, { conditions, steps: steps ?? AGAINST_NUMBERS }).verdict === "proved");

const SIZES = new Set(["sizes-do-not-fit", "number-for-matrix", "matrix-for-number", "matrix-for-vector", "size-below-one"]);
/** Why the sizes of a statement do not fit together; null if they do. */
export function misfit(statement) {
  begin();
  try {
    const { shapes } = new Lowering(statement), [a, b] = [statement.left, statement.right ?? statement.left].map((t) => shapes.shape(t));
    if (statement.kind === "nonnegative") shapes.scalar(statement.left);
    else if (a && b) a.forEach((d, k) => fit(d, b[k]));
    else if (![a, b].every((s) => !s || isOne(s))) throw new Unknown("sizes-do-not-fit");
    return null;
  } catch (error) {
    if (!(error instanceof Unknown)) throw error;
    return SIZES.has(error.code) ? { code: error.code, ...(error.about === undefined ? {} : { about: error.about }) } : null;
  }
}
