// What a person types: a formula by its text, its letters by lines such as "X: m x n"; read, and judged.
import { judge } from "./judge.mjs";
import { plain } from "./printing/plain.mjs";
import { countedIn } from "./reading/counted.mjs";
import { ReadingError, declare, readStatement, sizesIn } from "./reading/index.mjs";
import { Lexicon, asWord, spelt } from "./reading/names.mjs";
import { linear } from "./reading/sizes.mjs";
import { isCount, isNumber, places } from "./reading/undeclared.mjs";
import { tokens } from "./reading/tokens.mjs";
import { unfolded } from "./slips/rewriting.mjs";
import { read } from "./statement/reader.mjs";

const FORMS = [
  [/^(\w+(?:\{[^{}]*\})?)\s*:\s*(.+?)\s*(?:x|×|,)\s*(.+)$/, ([name, rows, cols]) => ({ name, shape: [rows, cols] })],
  [/^(\w+)\s*:\s*index$/, ([name]) => ({ name, index: true })],
  [/^(\w+)\s*:\s*size$/, ([name]) => ({ name, size: true })],
  [/^(\w+)\(\)$/, ([name]) => ({ name, function: true })],
  [/^(\w+)\s*>\s*0$/, ([name]) => ({ name, sign: "positive" })],
  [/^(\w+)$/, ([name]) => ({ name })],
];

/** A line that declares no letter, or one that another line declares. */
export class LetterError extends Error {
  constructor(line, wrong = `declares no letter: write "X: m x n", "n: size", "i: index", "eta > 0", "z" or "g()"`) {
    super(`"${line}" ${wrong}`);
    this.line = line;
  }
}
const isSize = (tree) => linear(tree) !== null && !(tree < 1);

/** The letters that lines declare, as `declare` takes them: matrices, positive numbers, numbers, functions. */
export function letters(lines) {
  const known = new Map();
  const put = (name, line, size = false) => {
    const other = known.get(spelt(name));
    if (other && !(size && other.size)) throw new LetterError(line, `says what ${name} is, and so does "${other.line}": leave one out`);
    known.set(spelt(name), { line, size });
  };
  return lines.map((text) => {
    const line = text.trim(),
      letter = declares(line.replace(/^[^\s:>(]+/, asWord));
    for (const size of (letter.shape ?? []).flatMap(sizesIn)) put(size, line, true);
    put(letter.name, line, letter.size);
    return letter;
  });
}
function declares(line) {
  for (const [form, made] of FORMS) {
    const found = form.exec(line);
    if (!found) continue;
    const letter = made(found.slice(1));
    if (letter.shape && !sized(letter)) throw new LetterError(line, "has a size that is none: a size is a whole number from 1, a letter, or a sum of these");
    return letter;
  }
  throw new LetterError(line);
}
function sized(letter) {
  try {
    return Object.values(declare([letter]).matrices).every(({ rows, cols }) => isSize(rows) && isSize(cols));
  } catch (error) {
    if (error instanceof ReadingError) return false;
    throw error;
  }
}

/**
 * { statement, found, conditions, functions }: what was read, with the letters that it holds; the verdict on it (see
 * judge.mjs); where it holds, and what stands for its functions where it does not, as { tree, tables } to be printed.
 * One letter, or a Greek one, that no line declares is a real number, unless it stands where a function or a slope is meant,
 * and a number of terms where a sum ends at it.
 */
export function judged(text, lines) {
  const statement = asked(text, lines),
    found = judgement(statement, { conditions: "any" }),
    { needs = [], counterexample: { functions = {} } = {} } = found;
  if (needs.some(({ of }) => of === null)) return { statement, found: UNWRITTEN, conditions: [], functions: [] };
  return { statement, found, conditions: needs.map((need) => condition(need, statement)), functions: Object.entries(functions).map(([id, numbers]) => standIn(id, numbers, statement)) };
}
/** The judgement on a statement; in numbers against it an index is counted from 1, as print counts entries. */
export function judgement(statement, options) {
  const found = judge(statement, options);
  if (!found.counterexample) return found;
  const { values } = found.counterexample, lexicon = new Lexicon(statement), indices = [...countedIn(statement)].filter((id) => id in values && lexicon.isIndex(id));
  return { ...found, counterexample: { ...found.counterexample, values: { ...values, ...Object.fromEntries(indices.map((id) => [id, values[id] + 1])) } } };
}
/** Does a statement speak of a size? */
export const isSized = ({ symbols }) => Object.values(symbols).some(({ facts }) => facts.integer && facts.positive);
/** The statement that a text makes, with the letters that it holds. */
export const asked = (text, lines) => pruned(stated(text, letters(lines)));
/** What the prover needs, as a condition: the sign of a number, or how often a function has slopes. */
export function condition({ sign, of, function: id, order }, statement) {
  if (of) return printed({ op: RELATIONS[sign], args: [of.tree, 0] }, statement, of.symbols);
  return printed(order === "analytic" ? { op: order, function: id } : { op: "smooth", function: id, order }, statement);
}
const RELATIONS = { positive: "gt", nonnegative: "ge", nonzero: "ne" };
const UNWRITTEN = { verdict: "undecided", reason: { code: "condition-not-stated" } }; // it holds where nobody can say
const printed = (tree, statement, symbols) => ({ tree, tables: { ...statement, symbols: { ...statement.symbols, ...symbols } } });
/** g(t) = p t + q t^2 + r sin(t) */
export function standIn(id, numbers, statement) {
  const t = { op: "symbol", id: "argument" };
  const terms = [t, { op: "pow", args: [t, 2] }, { op: "sin", args: [t] }].flatMap((term, k) => (numbers[k] ? [{ op: "mul", args: [literal(numbers[k]), term] }] : []));
  const value = terms.length > 1 ? { op: "add", args: terms } : (terms[0] ?? 0);
  return printed({ op: "eq", args: [{ op: "call", function: id, args: [t] }, value] }, statement, { argument: { name: "t", facts: { real: true } } });
}
/** A number as a tree, to six digits; its sign is one, so that it is printed as a minus. */
export function literal(value) {
  const short = Number(Number(value).toPrecision(6)), decimal = { op: "decimal", value: String(Math.abs(short)) };
  if (Number.isInteger(short)) return short;
  return short < 0 ? { op: "mul", args: [-1, decimal] } : decimal;
}

/** An equation as a person may type it, { formula, letters }; null where the text would not get the verdict of the equation. */
export function typing(json, verdict = judge(read(json)).verdict) {
  const statement = read(json),
    { kind, left, right, given, symbols, matrices, functions } = statement;
  const unsaid = [...Object.values(matrices).map(({ random }) => random), ...Object.values(functions).map(({ name, slope }) => slope && name !== "sigma")];
  if (kind !== "equation" || given.length || unsaid.some(Boolean)) return null;
  const printed = (tree) => plain(unfolded(tree, statement), statement);
  const shapes = JSON.stringify(Object.values(matrices).map(({ rows, cols }) => [rows, cols]));
  const lines = [
    ...Object.entries(matrices).map(([id, { rows, cols }]) => `${printed({ op: "matrix", id })}: ${printed(rows)} x ${printed(cols)}`),
    ...Object.entries(symbols).flatMap(([id, { facts }]) => {
      const name = printed({ op: "symbol", id });
      if (facts.integer) return facts.positive && !shapes.includes(`"id":${JSON.stringify(id)}`) ? [`${name}: size`] : [];
      return [facts.positive ? `${name} > 0` : name];
    }),
    ...Object.values(functions).flatMap(({ name, slope }) => (slope ? [] : [`${name}()`])),
  ];
  try {
    const formula = `${printed(left)} = ${printed(right)}`;
    return judged(formula, lines).found.verdict === verdict ? { formula, letters: lines.join("; ") } : null;
  } catch (error) {
    if (error instanceof ReadingError || error instanceof LetterError) return null;
    throw error;
  }
}

function stated(text, declared, silent = []) {
  try {
    const statement = readStatement(text, declare([...declared, ...silent]));
    refuseSlopes(silent.map(({ name }) => name), [statement.left, statement.right], text);
    return statement;
  } catch (error) {
    const { name } = error instanceof ReadingError && error.code === "unknown-name" ? error.data : {};
    const matrices = declared.filter(({ shape }) => shape).map((letter) => letter.name);
    if (name === undefined || [...declared, ...silent].some((letter) => letter.name === name)) throw error;
    const size = isCount(name, text);
    if (!size && !isNumber(name, text, matrices)) throw error;
    return stated(text, declared, [...silent, { name, size }]);
  }
}

/** A slope of a letter that is a number because nobody said otherwise would be 0, and one by it of what does not hold it. */
function refuseSlopes(silent, trees, text) {
  const some = (what) => (tree) => tree !== null && typeof tree === "object" && (what(tree) || Object.values(tree).some(some(what)));
  const isName = (name) => ({ op, id }) => op === "symbol" && id === name;
  const inSlope = (what) => (name) => trees.some(some(({ op, args }) => ["grad", "hess", "jac"].includes(op) && what(isName(name), ...args)));
  const name = silent.find(inSlope((is, of, by) => is(of) && !is(by))) ?? silent.find(inSlope((is, of, by) => is(by) && !some(is)(of)));
  if (name === undefined) return;
  const signs = tokens(text),
    [k] = [...places(name, signs), ...places(name, signs, "d")],
    at = signs[k] ?? { from: 0, to: text.length };
  throw new ReadingError("unknown-name", at.from, at.to, { name, near: [] });
}

/** A statement with the letters that it holds, and those that they need. */
export function pruned(statement) {
  const tables = ["symbols", "matrices", "functions", "names"],
    held = new Set();
  const visit = (trees) => {
    for (const [, written] of JSON.stringify(trees).matchAll(/"(?:id|function)":("(?:[^"\\]|\\.)+")/g)) {
      const id = JSON.parse(written);
      if (held.has(id)) continue;
      held.add(id);
      visit(tables.map((table) => statement[table][id] ?? null));
    }
  };
  visit([statement.left, statement.right ?? null]);
  return { ...statement, ...Object.fromEntries(tables.map((table) => [table, Object.fromEntries(Object.entries(statement[table]).filter(([id]) => held.has(id)))])) };
}
