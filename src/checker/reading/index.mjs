/**
 * Reading what people type: `read` for one side, `readStatement` for an equation or an inequality, `declare` for the
 * tables of the names. Every error is a ReadingError with a code, a place and data.
 */
import { isCondition } from "../statement/grammar.mjs";
import { refuseCounted } from "./counted.mjs";
import { ReadingError } from "./errors.mjs";
import { Grammar } from "./grammar.mjs";
import { Meaning } from "./meaning.mjs";
import { Lexicon, spelt } from "./names.mjs";
import { CONDITION, isSingle } from "./sizes.mjs";
import { shapeOf } from "./shapes.mjs";

export { ReadingError } from "./errors.mjs";
export { fittingShape, Misfit, shapeOf } from "./shapes.mjs";

const TABLES = ["symbols", "matrices", "functions", "names"];
const EMPTY = Object.fromEntries(TABLES.map((table) => [table, {}]));
const LONGEST = 2000;
const SIZE = { integer: true, positive: true };
const SIGNS = { positive: { positive: true }, nonnegative: { nonnegative: true }, negative: { negative: true } };

/** The letters of a size. */
export const sizesIn = (text) => String(text).match(/[A-Za-z]\w*(\{[^}]*\})?/g) ?? [];
/**
 * Tables of declared names. Each has a `name`, and is a matrix by `shape` (two sizes: whole numbers, or text such as
 * "n" or "n + 1", whose letters are sizes), a function by `function: true`, a free index by `index: true`, a size by
 * `size: true`, else a real number, of a `sign` if one is given.
 */
export function declare(names) {
  const tables = { symbols: {}, matrices: {}, functions: {}, names: {} };
  const sized = (text) => {
    for (const name of sizesIn(text)) if (!Object.keys(tables.symbols).some((id) => spelt(id) === spelt(name))) tables.symbols[name] = { name, facts: SIZE };
    return read(String(text), tables).tree;
  };
  for (const { name, shape, sign, size, index, function: callable } of names) {
    if (shape) tables.matrices[name] = { name, rows: sized(shape[0]), cols: sized(shape[1]) };
    else if (callable) tables.functions[name] = spelt(name) === "sigma" ? { name, known: "sigmoid" } : { name };
    else tables.symbols[name] = { name, facts: size ? SIZE : index ? { integer: true } : (SIGNS[sign] ?? { real: true }) };
  }
  return tables;
}

/**
 * The tree of a text, its shape, and the functions of the statement with what the text brought in. `like` is a tree
 * whose shape the text has to have: the left side, where the right one is asked for.
 */
export function read(text, tables = {}, { like } = {}) {
  if (text.length > LONGEST) throw new ReadingError("too-long", LONGEST, text.length, { most: LONGEST });
  const lexicon = new Lexicon({ ...EMPTY, ...tables }),
    meaning = new Meaning(lexicon);
  const value = meaning.value(new Grammar(text, lexicon).whole());
  if (like !== undefined && !(value.shape === CONDITION && isCondition(like))) {
    if (value.shape === CONDITION) throw new ReadingError("condition-for-value", 0, text.length);
    const wanted = { tree: like, shape: shapeOf(like, meaning.tables), from: 0, to: text.length };
    const { level } = meaning.levelled([wanted, { ...value, sign: wanted }], "relation-sizes");
    if (wanted.shape || !isSingle(value.shape)) [value.tree, value.shape] = [level[1], wanted.shape];
    else [value.tree, value.shape] = [level[1], null];
  }
  return { tree: meaning.settled(value.tree), shape: value.shape, functions: meaning.tables.functions };
}

/** A statement of the schema: `=` is an equation, an inequality says that a difference is never negative. */
export function readStatement(text, tables = {}) {
  const { tree, functions } = read(text, tables),
    filled = { ...EMPTY, ...tables, functions };
  refuseCounted(tree, new Lexicon(filled), text);
  const statement = (kind, sides) => ({
    version: 2,
    kind,
    ...sides,
    given: [],
    steps: [],
    conditions: [],
    ...Object.fromEntries(TABLES.map((table) => [table, filled[table]])),
  });
  const [left, right] = tree.args ?? [];
  if (tree.op === "eq") return statement("equation", { left, right });
  if (tree.op !== "ge" && tree.op !== "le") throw new ReadingError("condition-expected", 0, text.length);
  const [high, low] = tree.op === "ge" ? [left, right] : [right, left];
  return statement("nonnegative", { left: low === 0 ? high : { op: "add", args: [high, { op: "mul", args: [-1, low] }] } });
}
