// The equations between the words of a page, each judged with the letters of what stands above it.
import { Grammar } from "./reading/grammar.mjs";
import { Lexicon, spelt } from "./reading/names.mjs";
import { ReadingError, declare, read, readStatement } from "./reading/index.mjs";
import { sizeTree } from "./reading/sizes.mjs";
import { tokens } from "./reading/tokens.mjs";
import { worded } from "./reading/words.mjs";
import { LetterError, judgement, letters, pruned } from "./typed.mjs";

const TABLES = { symbol: "symbols", matrix: "matrices", function: "functions", name: "names" };
/** Letters that are part of a number: commands, and e. */
const IN_NUMBERS = /\\(?:[dt]?frac|sqrt|cdot|times|log|exp|pm|pi|left|right|[lc]?dots)(?![A-Za-z])|(?<![A-Za-z])e(?![A-Za-z])/g;
const JUDGED = new Set(["=", "\\le", "\\leq", "\\ge", "\\geq"]);
/** What has a value where two sides are apart, and where the first is above the second. */
const apart = (left, right) => `1 / ((${left}) - (${right}))`;
const above = (left, right) => `log((${left}) - (${right}))`;
const STRICT = { "\\ne": apart, "\\neq": apart, ">": above, "<": (left, right) => above(right, left) };

/**
 * What is wrong with each item of each page of a book, null where nothing is.  An item gives letters a meaning, as
 * { statement } or { letters: "X: m x n; eta > 0" }, or is a formula, { relations: [[left, sign, right], ...], role }.  A
 * letter means what was said of it last; before anything was, what will be said of it first.  Of what is written in
 * letters of which the page says nothing, one of the book's `statements` may be the same.
 *
 * role: "choice"      from here on a letter means this
 *       "value"       one side is a number
 *       "hypothesis"  it is assumed, or holds for some values
 *       ""            it is to be proved
 */
export function faults({ pages, statements }) {
  const known = statements.map(filled);
  return pages.map((items) => faultsOf(items, known));
}
/** A statement with all tables: what is empty may be left out. */
const filled = (statement) => ({ ...Object.fromEntries(Object.values(TABLES).map((table) => [table, {}])), given: [], conditions: [], ...statement });

function faultsOf(items, statements) {
  const scope = new Scope();
  const told = ({ statement, letters: text }) => {
    try {
      if (statement ?? text) scope.tell(statement ? filled(statement) : declare(letters(text.split(";"))));
      return null;
    } catch (error) {
      if (error instanceof LetterError) return error.message;
      if (error instanceof ReadingError) return worded(error);
      throw error;
    }
  };
  [...items].reverse().forEach(told);
  return items.map((item) => told(item) ?? (item.relations ? wrong(item, scope, statements) : null));
}

function wrong({ relations, role }, scope, statements) {
  const isNumber = (side) => !/[A-Za-z]/.test(side.replace(IN_NUMBERS, "")),
    numbers = relations.map(([left, , right]) => [left, right].filter(isNumber).length);
  if (role === "value" && !numbers.some(Boolean)) return "is marked as a value, and no side of it is a number";
  const told = role === "value" || role === "hypothesis";
  return relations.map((each, k) => (told && numbers[k] < 2 ? null : fault(each, role, scope, statements))).find(Boolean) ?? null;
}
function fault(relation, role, scope, statements) {
  try {
    if (role === "choice") return chosen(relation, scope);
    const found = verdict(relation, scope.tables());
    return found?.open && statements.some((each) => says(each, relation, scope)) ? null : (found?.said ?? null);
  } catch (error) {
    if (!(error instanceof ReadingError)) throw error;
    if (role === "" && error.code === "unknown-name" && statements.some((each) => has(each, error.data.name) && says(each, relation, scope))) return null;
    return `is not understood: ${printed(worded(error)).replace(/\.$/, "")}`;
  }
}

const NAMED = new Set(["leaf", "index", "call", "power", "transpose"]);
/** A letter gets a meaning; what stands for one, such as g(z) or A_{ij}, has to be understood. */
function chosen([left, sign, right], scope) {
  const [name, next] = tokens(left),
    tables = scope.tables(),
    isName = name.kind === "word" && next.kind === "end";
  if (sign !== "=" || !(isName || NAMED.has(new Grammar(left, new Lexicon(tables)).whole().kind))) return "is marked as a choice, and gives no letter a meaning";
  if (!isName) return readStatement(`${left} = ${right}`, tables) && null;
  const { tree, shape, functions } = read(right, tables), // which may bring in the sigmoid
    [rows, cols] = (shape ?? []).map((size) => sizeTree(size, tables.symbols));
  scope.choose({ name: called(name), definition: tree, ...(shape && { rows, cols }) }, { ...tables, functions });
  return null;
}
const called = ({ text, sub }) => (sub ? `${text}_${sub.text}` : text);

const has = (statement, name) => Object.values(TABLES).some((table) => Object.values(statement[table]).some((line) => spelt(line.name) === spelt(name)));
/** Does a statement say this without a hypothesis or a condition, in letters of which the page says nothing else? */
function says(statement, relation, scope) {
  if (statement.given.length || statement.conditions.length || !scope.agrees(statement, relation)) return false;
  try {
    const { kind, left, right } = readStatement(relation.join(" "), statement),
      defined = statement.right ?? statement.names[statement.left?.id]?.definition;
    const isOne = (a, b) => judgement(pruned({ ...statement, kind: "equation", left: a, right: b, steps: [] }), { conditions: "implied" }).verdict === "proved";
    if (kind === "nonnegative") return statement.kind === kind && isOne(left, statement.left);
    if (defined === undefined || statement.kind === "nonnegative") return false;
    return (isOne(left, statement.left) && isOne(right, defined)) || (isOne(right, statement.left) && isOne(left, defined));
  } catch (error) {
    if (error instanceof ReadingError) return false;
    throw error;
  }
}

/** What speaks against a relation that is to hold wherever both sides have a value; `open` if nothing speaks for it either; null for nothing. */
function verdict([left, sign, right], tables) {
  if (sign === "\\approx") return rounded(left, right, tables);
  const strict = STRICT[sign]?.(left, right);
  if (!strict && !JUDGED.has(sign)) return { said: `is not understood: the sign ${sign} is not judged` };
  const statement = pruned(readStatement(strict ? `${strict} = ${strict}` : `${left} ${sign} ${right}`, tables)),
    { verdict: found, needs = [], counterexample, reason } = judgement(statement, { conditions: strict ? "stated" : "implied" });
  if (found === "refuted") return { said: `is false: ${printed(against(counterexample))}` };
  if (found === "proved" && needs.every(({ of }) => of !== null)) return null;
  return { said: `is neither proved nor refuted (${reason?.code ?? "condition-not-stated"})`, open: true };
}
/** Is the decimal on the right what is on the left, rounded?  Numbers say so where their own rounding leaves no doubt. */
function rounded(left, right, tables) {
  const after = /^-?\d+(?:\.(\d+))?$/.exec(right)?.slice(1);
  if (!after) return { said: "is not understood: right of \\approx stands a decimal" };
  const found = (text) => judgement(pruned(readStatement(text, tables)), { conditions: "implied" }),
    distance = `(2 \\cdot 10^{${after[0]?.length ?? 0}} ((${left}) - (${right})))^2`, // 1 where it is half a digit
    equal = found(`${left} = ${right}`),
    apart = found(`${distance} \\ge 1`);
  if (equal.verdict === "proved" || (apart.verdict === "refuted" && isOfNumbers(apart))) return null;
  const isFar = () => (isOfNumbers(equal) ? apart.agreed : found(`1 \\ge ${distance}`).verdict === "refuted");
  if (equal.verdict === "refuted" && isFar()) return { said: `is false: ${printed(against(equal.counterexample))}` };
  return { said: `is neither proved nor refuted (${(equal.reason ?? apart.reason)?.code ?? "not-closed"})`, open: true };
}
/** Has the statement no letters that could have other values than these? */
const isOfNumbers = ({ counterexample: { values, functions = {} } }) => Object.keys({ ...values, ...functions }).length === 0;
const shown = (value) => (Array.isArray(value) ? `[${value.map(shown).join(", ")}]` : String(Number(Number(value).toPrecision(6))));
function against({ values, left, right }) {
  const where = Object.entries(values).map(([name, value]) => `${name} = ${shown(value)}`);
  return `its sides are ${shown(left)} and ${shown(right)}${where.length ? ` at ${where.join(", ")}` : ""}`;
}
const printed = (text) => text.replace(/~\d+/g, "");

/** The letters of a page at one of its places. */
class Scope {
  lines = new Map(); // id -> { table, line }
  ids = new Map(); // what a letter means, in full -> its id: letters of two statements that mean the same are one
  meant = new Map(); // how a letter is spelt -> the id that it has here

  tell(statement) {
    this.kept = null;
    const own = new Map();
    for (const table of Object.values(TABLES))
      for (const [id, { name }] of Object.entries(statement[table])) this.meant.set(spelt(name), this.add(statement, table, id, own));
  }
  /** A letter means a value from here on, in the letters of tables of here. */
  choose(line, tables) {
    const own = new Map([...this.lines].map(([id, { table }]) => [`${table} ${id}`, id]));
    this.kept = null;
    this.meant.set(spelt(line.name), this.add({ ...tables, names: { [line.name]: line } }, "names", line.name, own));
  }
  /** The id here of a letter of a statement; `own` keeps those that are known. */
  add(statement, table, id, own) {
    const key = `${table} ${id}`;
    if (!own.has(key)) own.set(key, this.identified(table, this.renamed(statement, statement[table][id], own)));
    return own.get(key);
  }
  identified(table, line) {
    const meaning = JSON.stringify([table, line]);
    if (!this.ids.has(meaning)) {
      const id = `${line.name}~${this.ids.size}`;
      this.ids.set(meaning, id);
      this.lines.set(id, { table, line: JSON.parse(JSON.stringify(line), (key, value) => (key === "id" && value[0] === "#" ? id + value : value)) });
    }
    return this.ids.get(meaning);
  }
  /** What a letter means with the ids of here; bound variables are counted. */
  renamed(statement, line, own) {
    const bound = new Map();
    const inner = (t) => {
      if (Array.isArray(t)) return t.map(inner);
      if (t === null || typeof t !== "object") return t;
      for (const { id } of t.bind ?? []) bound.set(id, `#${bound.size}`);
      const leaf = t.op in TABLES && { id: this.add(statement, TABLES[t.op], t.id, own) };
      const known = bound.has(t.id) && (t.op ?? "bound") === "bound" && { id: bound.get(t.id) };
      const call = typeof t.function === "string" && { function: this.add(statement, "functions", t.function, own) };
      return { ...Object.fromEntries(Object.entries(t).map(([k, part]) => [k, inner(part)])), ...leaf, ...known, ...call };
    };
    return inner(line);
  }
  tables() {
    return (this.kept ??= this.made());
  }
  made() {
    const out = Object.fromEntries(Object.values(TABLES).map((table) => [table, {}]));
    for (const [id, { table, line }] of this.lines) out[table][id] = { ...line, name: this.meant.get(spelt(line.name)) === id ? line.name : id };
    return out;
  }
  /** Means every letter of a relation what it means in a statement, if anything is said of it here? */
  agrees(statement, [left, , right]) {
    const lexicon = new Lexicon(statement),
      own = new Map();
    return [left, right].flatMap((side) => tokens(side)).every((sign) => {
      const found = sign.kind === "word" && lexicon.find(called(sign)),
        here = found && this.meant.get(spelt(called(sign)));
      return !here || here === this.add(statement, TABLES[found.op], found.id, own);
    });
  }
}
