/**
 * The judgement on an answer. A field is { kind, right, wrong, ... }: `kind` is "number", "array", "numbers", "formula" or
 * "derivation", `right` the text of the right answer, `wrong` the texts of the slips that its author names. A formula has `letters`, lines
 * such as "X: m x n", or the `statement` whose right side is asked for, with the trees that are `shown` beside it.
 * Answers are judged by the second prover.
 *
 * Numbers stand for the `letters`, in their order, and are right where all conditions of `where` hold of them, whichever they are.
 *
 * A derivation leads from the formula `from` to the right one, line by line; of a line that fails `line` is the number
 * and `text` what was typed.
 *
 * grade gives { verdict, shown, ... } as data, for a page to word; `shown` is what was read, as { tree, tables }:
 *
 * "right"      by: "proved", "proved-all", "digits" (a rounded decimal), "agreed" (a number, to twelve digits),
 *              "conditions" (numbers of which they hold) or "lines" (of a derivation, each proved);
 *              where: conditions as { tree, tables }
 * "wrong"      slip: the place among `wrong`, or a code of slips/words.mjs; apart: a counterexample, functions: what stands for
 *              functions in it; broken: a condition that does not hold; entry: of an array, with the number of those that are right;
 *              reordered: of an array, all numbers are right and stand in another order
 * "unfinished" a derivation whose equalities hold, but which does not end where it should, or leaves all to one sign
 * "undecided"  neither a proof nor a number against it
 * "asked"      what was asked, in the same words
 * "coarse"     a decimal with too few digits
 * "misfit"     sizes do not fit: error, or the shapes of two arrays
 * "unread"     error, with the text in which it stands: an entry, a line
 */
import { judge } from "../../../checker/judge.mjs";
import { ONE, Rational } from "../../../checker/algebra/rational.mjs";
import { Unknown } from "../../../checker/algebra/session.mjs";
import { decimal } from "../../../checker/entry/lowering.mjs";
import { defined, search } from "../../../checker/numbers/search.mjs";
import { valueOf } from "../../../checker/numbers/values.mjs";
import { plain } from "../../../checker/printing/plain.mjs";
import { keyOf } from "../../../checker/printing/trees.mjs";
import { refuseCounted } from "../../../checker/reading/counted.mjs";
import { ReadingError, declare, read, shapeOf } from "../../../checker/reading/index.mjs";
import { Lexicon } from "../../../checker/reading/names.mjs";
import { worded } from "../../../checker/reading/words.mjs";
import { slips } from "../../../checker/slips/index.mjs";
import { condition, isSized, judgement, letters, literal, standIn } from "../../../checker/typed.mjs";
import { parts } from "../../../checker/statement/grammar.mjs";

const POWER_OF_TEN = /\s*(?:[*·⋅×∗]|\\cdot|\\times|\s)\s*10\s*(?:(?:\^|\*\*)\s*[({]?\s*([-+]?\d+)\s*[)}]?|([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))$/;
const DECIMAL = /^([-+]?(\d*)\.(\d+))(?:e([-+]?\d+))?$/i;
const RAISED = Object.fromEntries([..."⁻⁰¹²³⁴⁵⁶⁷⁸⁹"].map((sign, at) => [sign, "-0123456789"[at]]));
const DIGITS = 3;
const SIZES = new Set(["relation-sizes", "product-sizes", "sum-sizes", "entrywise-sizes", "block-sizes", "number-for-matrix", "matrix-for-number", "not-square", "not-vector"]);
const SLOPES = new Set(["grad", "hess", "jac", "derivative"]);

export function grade(field, text) {
  try {
    return GRADERS[field.kind](field, meantBy(text));
  } catch (error) {
    if (!(error instanceof ReadingError)) throw error;
    return { verdict: SIZES.has(error.code) ? "misfit" : "unread", error };
  }
}
/** What a text is; a fault in it is told with the text in which it stands, as an entry of an array. */
function reading(text, ...given) {
  try {
    return read(text, ...given);
  } catch (error) {
    throw Object.assign(error, { text });
  }
}
/** What is read so far, as { tree, tables }; null where nothing can be. */
export function understood(field, typed_) {
  const text = meantBy(typed_);
  try {
    if (["array", "numbers"].includes(field.kind)) return arrayOf(rowsOf(text));
    const { base, right } = question(field.kind === "number" ? { ...field, letters: [] } : field), { tree, decimal, statement } = typed(text, base, right);
    return { tree: decimal?.tree ?? tree, tables: statement };
  } catch (error) {
    if (!(error instanceof ReadingError)) throw error;
    return null;
  }
}
/** An answer without the sign before it, as in = 1/2 and ≈ 0.131. */
const meantBy = (text) => text.trim().replace(/^(=|≈|\\approx\b)\s*/, "");
const GRADERS = {
  number: (field, text) => formula({ ...field, letters: [] }, text),
  formula,
  array,
  numbers,
  derivation,
};

/** The faults of a field: a right answer that is not judged right, a slip that is not read or is right. */
export function faults(field) {
  const found = (text) => {
    const { verdict, slip, error } = grade(field, text);
    return { slip, said: error ? `not understood: ${worded(error)}` : `judged ${slip === undefined ? verdict : `as the slip ${slip}`}`, verdict };
  };
  const right = rightOf(field), own = found(right);
  const slipped = field.wrong.map((text, place) => ({ text, place, ...found(text) })).filter(({ slip, place }) => slip !== place);
  return [
    ...(own.verdict === "right" ? [] : [`the answer ${right} is ${own.said}`]),
    ...slipped.map(({ text, said }) => `the slip ${text} is ${said}`),
  ];
}
/** The right answer as somebody may type it. */
function rightOf({ kind, from, right, statement }) {
  if (kind === "derivation") return `(${from}) / 2 + (${from}) / 2\n${right}`;
  return right ?? plain(statement.right, statement);
}

// ---------------------------------------------------------------- formulas and numbers
function formula(field, text) {
  const { base, right, asked } = question(field);
  const { tree, decimal, statement } = typed(text, base, right);
  const shown = { tree: decimal?.tree ?? tree, tables: statement };
  const equal = (other) => (decimal ? near(decimal, tree, other, statement) : same(tree, other, statement));
  if (asked.has(keyOf(tree)) || (holdsSlope(tree) && !holdsSlope(right))) return { verdict: "asked", shown };
  const found = decimal ? rounded(decimal, tree, right, statement) : compared(tree, right, statement);
  if (found.verdict !== "wrong") return { ...found, shown };
  const named = field.wrong.findIndex((wrong) => equal(typed(wrong, base, right).tree));
  const slip = named >= 0 ? named : slips(right, statement).find((each) => equal(each.tree))?.code;
  return { ...found, slip, shown };
}
/** The right answer as a tree, the tables to read by, and what would be no answer. */
function question({ statement, shown, letters: lines, right }) {
  if (statement) return { base: { ...statement, kind: "equation" }, right: statement.right, asked: new Set(shown.map(keyOf)) };
  const tables = declare(letters(lines)), { tree, functions } = read(right, tables);
  return { base: equationIn({ ...tables, functions }), right: tree, asked: new Set() };
}
/** What all equations have that hold letters of these tables. */
const equationIn = (tables) => ({ version: 2, kind: "equation", given: [], steps: [], conditions: [], ...tables });
function typed(text, base, right) {
  const decimal = isConstant(base) ? decimalOf(text) : null, { tree, functions } = reading(decimal?.text ?? text, base, { like: right });
  refuseCounted([tree, right], new Lexicon(base), text);
  return { tree, decimal, statement: { ...base, functions: { ...base.functions, ...functions } } };
}
const holdsSlope = (t) => SLOPES.has(t.op) || parts(t).some(holdsSlope);
const equation = (left, right, statement) => ({ ...statement, left: renamed(left), right });
/** A tree whose bound variables are not those of another: each is bound once in a statement. */
function renamed(t) {
  if (Array.isArray(t)) return t.map(renamed);
  if (t === null || typeof t !== "object") return t;
  const inner = Object.fromEntries(Object.entries(t).map(([key, part]) => [key, renamed(part)]));
  if (t.bind) inner.bind = inner.bind.map((variable) => ({ ...variable, id: `${variable.id} typed` }));
  return t.op === "bound" ? { ...t, id: `${t.id} typed` } : inner;
}

function compared(tree, right, statement) {
  const claim = equation(tree, right, statement), found = judgement(claim, { conditions: "any" });
  if (found.verdict === "proved") return { verdict: "right", by: isSized(statement) ? "proved-all" : "proved", where: where(found.needs, right, statement) };
  if (found.verdict === "refuted") return { verdict: "wrong", ...(isConstant(statement) ? {} : counterexample(found, claim)) };
  return isConstant(statement) && found.agreed ? byDigits(tree, right, statement) : { verdict: "undecided" };
}
/** What no proof tells of two numbers, their digits may: fractions are apart where they differ, others by more than their rounding. */
function byDigits(tree, right, statement) {
  const exact = [tree, right].map(fraction);
  if (exact.every(Boolean) && exact[0].compare(exact[1])) return { verdict: "wrong" };
  const [a, b] = [tree, right].map((each) => measured(each, statement)), apart = Math.abs(a.value - b.value);
  if (apart > 4 * (a.error + b.error)) return { verdict: "wrong" };
  const least = Math.min(Math.abs(a.value), Math.abs(b.value));
  return apart <= 1e-12 * least && least > SMALLEST ? { verdict: "right", by: "agreed", where: [] } : { verdict: "undecided" };
}
const SMALLEST = 1e-290; // numbers below lose digits, or are kept as 0
/** A number of sums, products and whole powers, exactly; else null. */
function fraction(t) {
  if (typeof t === "number") return Number.isSafeInteger(t) ? new Rational(BigInt(t)) : null;
  const args = t.args?.map(fraction);
  try {
    if (t.op === "integer") return new Rational(BigInt(t.value));
    if (t.op === "rational") return new Rational(...t.value.split("/").map(BigInt));
    if (t.op === "decimal") return decimal(t.value);
    if (t.op === "add") return args.every(Boolean) ? args.reduce((sum, each) => sum.plus(each)) : null;
    if (t.op === "mul") return args.every(Boolean) ? args.reduce((product, each) => product.times(each)) : null;
    if (t.op !== "pow" || !args.every(Boolean) || !args[1].whole) return null;
    const power = args[0].power(args[1].n < 0n ? -args[1].n : args[1].n);
    return args[1].n < 0n ? ONE.over(power) : power;
  } catch (error) {
    if (!(error instanceof Unknown)) throw error;
    return null; // a denominator of 0, or more digits than are computed with
  }
}
function counterexample({ counterexample: apart }, statement) {
  const functions = Object.entries(apart.functions ?? {}).map(([id, numbers]) => standIn(id, numbers, statement));
  return { apart: { ...apart, isNumber: shapeOf(statement.right, statement) === null }, functions };
}
/** Nothing but numbers: then a counterexample would be the answer, and equal digits say something. */
const isConstant = ({ symbols, matrices, names }) => [symbols, matrices, names].every((table) => !Object.keys(table).length);
/** What the answer needs to have a value, beyond what the right one needs. */
function where(needs, right, statement) {
  const own = judge(equation(right, right, statement), { conditions: "any" }).needs ?? [], known = new Set(own.map((need) => JSON.stringify(need)));
  const told = needs.filter((need) => need.of !== null && !known.has(JSON.stringify(need)));
  return told.map((need) => condition(need, statement));
}
/** Are two formulas equal? Numbers, which are quick, speak before the proof. */
function same(tree, other, statement) {
  const claim = equation(tree, other, statement);
  return !search(claim, { points: 2, small: false }).counterexample && judge(claim, { conditions: "any" }).verdict === "proved";
}

// ---------------------------------------------------------------- derivations, line by line
const EQUALS = /(^|[^<>=!:])=(?!=)(?![^([{\n]*[)\]}])/gm; // between two formulas, and in none
/** Each line is judged against the one above it, and against the first, from which the lines between may lead away; the first fault is told. */
function derivation({ from, right, letters: names }, text) {
  const { base, right: goal } = question({ letters: names, right });
  const lines = [from, ...text.replace(EQUALS, "$1\n").split("\n").map((line) => line.trim()).filter(Boolean)], read = [], where = [];
  for (const typed_ of lines) {
    const found = lineOf(typed_, read, base, goal), line = read.length;
    if (found.shown) read.push(found.shown);
    where.push(...(found.where ?? []));
    if (found.verdict) return { ...found, line, text: typed_, shown: found.shown, all: read };
  }
  const isEnd = sorted(read.at(-1).tree) === sorted(goal) && read.length > 2;
  const told = new Map(where.map((each) => [keyOf(each.tree), each]));
  return { verdict: isEnd ? "right" : "unfinished", by: "lines", where: [...told.values()], all: read };
}
function lineOf(text, read, base, goal) {
  try {
    const { tree, statement } = typed(text, read.at(-1)?.tables ?? base, goal), shown = { tree, tables: statement }; // with the functions of the lines above
    if (!read.length) return { shown };
    const [first, above] = [read[0], read.at(-1)];
    if (keyOf(tree) === keyOf(above.tree)) return above === first ? {} : { shown, verdict: "asked" }; // what is derived from may be said again
    const beside = compared(tree, above.tree, statement), whole = above === first ? beside : compared(tree, first.tree, statement);
    const notProved = [beside, whole].find(({ verdict, by }) => verdict !== "right" || by === "agreed");
    if (notProved) return { ...(notProved === beside ? beside : {}), verdict: notProved.verdict === "right" ? "undecided" : notProved.verdict, shown };
    return { shown, where: whole.where };
  } catch (error) {
    if (!(error instanceof ReadingError)) throw error;
    return { verdict: SIZES.has(error.code) ? "misfit" : "unread", error };
  }
}
/** The key of a tree in which terms and factors of numbers may stand in any order. */
function sorted(t) {
  const inner = (part) => (Array.isArray(part) ? part.map(inner) : part?.op ? ordered(part) : part);
  const ordered = (part) => {
    const made = Object.fromEntries(Object.entries(part).map(([key, value]) => [key, inner(value)]));
    return ["add", "matadd", "mul", "hadamard"].includes(part.op) ? { ...made, args: [...made.args].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)) } : made;
  };
  return keyOf(inner(t));
}

// ---------------------------------------------------------------- decimals, which may be rounded
/** What somebody means by 0.131, 1.31e-1, 1.31 * 10^(-1) or 1.31·10⁻¹: how it is read, its digits, and the power of ten of its last place. */
function decimalOf(typed_) {
  const text = typed_.replaceAll("−", "-").replace(POWER_OF_TEN, (_all, power, raised) => `e${power ?? [...raised].map((sign) => RAISED[sign]).join("")}`);
  const [, , whole, after, power = 0] = DECIMAL.exec(text) ?? [];
  if (after === undefined) return null;
  return { text, tree: literal(Number(text)), digits: (whole + after).replace(/^0+/, "").length, end: power - after.length };
}
function measured(tree, statement) {
  const found = valueOf(tree, { statement, values: {}, functions: {} }), number = found.a ? found.a[0] : found;
  return { value: number[0], error: number[4] };
}
/** Is a decimal what a number is, rounded to its digits? Fractions say so exactly; null where the number has no value, or one too large. */
function near({ text, end }, tree, other, statement) {
  const below = (low, high) => fraction({ op: "add", args: [high, { op: "mul", args: [-1, low] }, { op: "decimal", value: `5e${end - 1}` }] }); // half a digit more
  const exact = [below(tree, other), below(other, tree)], right = defined(() => measured(other, statement).value);
  if (exact.every(Boolean)) return exact.every(({ sign }) => sign >= 0);
  return right === null ? null : Math.abs(Number(text) - right) <= 0.5 * 10 ** end * (1 + 1e-9) + 1e-15 * Math.abs(right);
}
function rounded(decimal, tree, right, statement) {
  const isNear = near(decimal, tree, right, statement);
  if (!isNear) return { verdict: isNear === null ? "undecided" : "wrong" };
  const exact = judge(equation(tree, right, statement), { conditions: "any" }).verdict === "proved";
  if (exact) return { verdict: "right", by: "proved", where: [] };
  return decimal.digits < DIGITS ? { verdict: "coarse" } : { verdict: "right", by: "digits", where: [] };
}

// ---------------------------------------------------------------- arrays
function array(field, text) {
  const right = rowsOf(field.right), rows = rowsOf(text), shown = arrayOf(rows);
  if (!shown) return { verdict: "misfit", shapes: null };
  const named = field.wrong.findIndex((wrong) => allRight(rowsOf(wrong), rows));
  if (named >= 0) return { verdict: "wrong", slip: named, shown };
  if (!fits(right, rows)) return { verdict: "misfit", shapes: [right, rows].map((each) => [each.length, each[0].length]), shown };
  const judged = rows.map((row, i) => row.map((entry, j) => number(right[i][j], entry))), all = judged.flat();
  if (all.every(({ verdict }) => verdict === "right")) return { verdict: "right", by: all.find(({ by }) => by !== "proved")?.by ?? "proved", where: [], shown };
  const slip = Object.entries(SLIPS_OF_ARRAYS).find(([, made]) => allRight(made(right), rows))?.[0];
  if (slip) return { verdict: "wrong", slip, shown };
  if (isReordered(right.flat(), rows.flat())) return { verdict: "wrong", reordered: true, shown };
  const k = all.findIndex(({ verdict }) => verdict !== "right"), count = all.filter(({ verdict }) => verdict === "right").length;
  const entry = { row: Math.floor(k / rows[0].length) + 1, column: (k % rows[0].length) + 1, count, total: all.length };
  return { verdict: all[k].verdict, entry, shown };
}

// ---------------------------------------------------------------- numbers of which conditions hold
function numbers({ letters: names, where, wrong }, text) {
  const rows = rowsOf(text), shown = arrayOf(rows);
  if (!shown || !fits([names], rows)) return { verdict: "misfit", shapes: shown && [[1, names.length], [rows.length, rows[0].length]], shown };
  const named = wrong.findIndex((other) => allRight(rowsOf(other), rows));
  if (named >= 0) return { verdict: "wrong", slip: named, shown };
  const tables = declare(letters(names)), values = rows[0].map((entry) => reading(entry, declare([]), { like: 1 }).tree);
  const given = new Map(Object.entries(tables.symbols).map(([id, { name }]) => [id, values[names.indexOf(name)]]));
  for (const condition of where) {
    const { tree } = read(condition, tables);
    if (!(tree.op in COMPARED)) throw new ReadingError("condition-expected", 0, condition.length);
    const held = holds(replaced(tree, given));
    if (held !== true) return { verdict: held === false ? "wrong" : "undecided", broken: { tree, tables }, shown };
  }
  return { verdict: "right", by: "conditions", where: [], shown };
}
const replaced = (t, given) => {
  if (Array.isArray(t)) return t.map((part) => replaced(part, given));
  if (t === null || typeof t !== "object") return t;
  if (t.op === "symbol") return given.get(t.id);
  return Object.fromEntries(Object.entries(t).map(([key, part]) => [key, replaced(part, given)]));
};
const COMPARED = { gt: (sign) => sign > 0, ge: (sign) => sign >= 0, lt: (sign) => sign < 0, le: (sign) => sign <= 0, eq: (sign) => sign === 0, ne: (sign) => sign !== 0 };
/** Does a relation of two numbers hold? Undefined where they are too close to tell, or one has no value. */
function holds({ op, args: [left, right] }) {
  const statement = equationIn(declare([])), apart = { op: "add", args: [left, { op: "mul", args: [-1, right] }] }, exact = fraction(apart);
  if (exact) return COMPARED[op](exact.sign);
  if (judge(equation(left, right, statement)).verdict === "proved") return COMPARED[op](0);
  const found = defined(() => measured(apart, statement));
  return found && Math.abs(found.value) > 4 * found.error ? COMPARED[op](Math.sign(found.value)) : undefined;
}

const number = (right, text) => GRADERS.number({ kind: "number", right, wrong: [] }, text);
const fits = (a, b) => a.length === b.length && a.every((row, i) => row.length === b[i].length);
const SLIPS_OF_ARRAYS = {
  "sign-turned": (rows) => rows.map((row) => row.map((entry) => `-(${entry})`)),
  "transpose-added": (rows) => rows[0].map((_, j) => rows.map((row) => row[j])),
};
const allRight = (right, rows) => fits(right, rows) && rows.every((row, i) => row.every((entry, j) => number(right[i][j], entry).verdict === "right"));
/** Are these all the right numbers, each as often as it should be, in another order? */
function isReordered(right, typed_) {
  const left = [...typed_];
  return right.every((entry) => {
    const k = left.findIndex((text) => number(entry, text).verdict === "right");
    if (k >= 0) left.splice(k, 1);
    return k >= 0;
  });
}
/** Rows of texts as a matrix of numbers; null if they are not equally long. */
function arrayOf(rows) {
  const tables = declare([]), entries = rows.map((row) => row.map((entry) => shownNumber(entry, tables)));
  return rows.some((row) => row.length !== rows[0].length) ? null : { tree: { op: "rows", rows: entries, shape: [rows.length, rows[0].length] }, tables };
}
function shownNumber(text, tables) {
  return decimalOf(text)?.tree ?? reading(text, tables, { like: 1 }).tree;
}
/** A text without the brackets that are around all of it. */
function bare(typed_) {
  const text = typed_.trim();
  let depth = 0;
  const end = /^[[(]/.test(text) ? [...text].findIndex((sign) => (depth += "[(".includes(sign) ? 1 : "])".includes(sign) ? -1 : 0) === 0) : -1;
  return end === text.length - 1 && end > 0 ? text.slice(1, -1).trim() : text;
}
/** [[1, 2], [3, 4]], or 1 2; 3 4, or (1, 2), or a matrix of LaTeX: rows of entries, which are texts. */
export function rowsOf(text) {
  const inner = bare(text.replace(/\\(begin|end)\{[a-z]*matrix\}|\\(left|right)\b/g, "").replaceAll("\\\\", ";").replaceAll("&", ","));
  const pieces = /^[[(].*[\])]$/s.test(inner) ? inner.slice(1, -1).split(/\]\s*[,;]?\s*\[|\)\s*[,;]\s*\(/) : [];
  const isRows = pieces.length > 1 && (inner.startsWith("[") || pieces.some((piece) => piece.includes(","))); // (1/2), (1/3) are two entries
  return (isRows ? pieces : inner.split(/[;\n]/)).map((line) => {
    const row = bare(line.replace(/,\s*$/, ""));
    return row.includes(",") ? row.split(",").map((entry) => entry.trim()) : row.split(/\s+/);
  });
}
