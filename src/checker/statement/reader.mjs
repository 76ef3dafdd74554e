// A statement from JSON: every tree is one of the grammar, every leaf is defined, every variable is bound once.
import { FOLDS, KINDS, LEAVES, NUMBERS, SIGNATURES, VERSION, isCondition, parts } from "./grammar.mjs";

/** What is not a statement: a code, and the operation or the id that it is about. */
export class Unreadable extends Error {
  constructor(code, about) {
    super(about === undefined ? code : `${code}: ${about}`);
    this.code = code;
    this.about = about;
  }
}

/** The statement, with all that may be left out; its trees stay as they are. */
export function read(json) {
  if (json?.version !== VERSION) throw new Unreadable("version", String(json?.version));
  if (!KINDS.has(json.kind)) throw new Unreadable("kind", String(json.kind));
  const statement = whole({ given: [], steps: [], conditions: [], symbols: {}, matrices: {}, functions: {}, names: {}, ...json });
  const check = new Reader(statement);
  for (const table of TABLES) {
    if (!isObject(statement[table])) throw new Unreadable("not-a-tree", table);
    for (const [id, line] of Object.entries(statement[table])) {
      named(id);
      if (!isObject(line)) throw new Unreadable("not-a-tree", id);
    }
  }
  for (const list of ["given", "steps", "conditions"]) if (!Array.isArray(statement[list])) throw new Unreadable("not-a-tree", list);
  for (const line of statement.steps) if (!isObject(line)) throw new Unreadable("not-a-tree", "steps");
  for (const [id, { facts }] of Object.entries(statement.symbols))
    if (!isObject(facts) || Object.values(facts).some((holds) => typeof holds !== "boolean")) throw new Unreadable("facts", id);
  for (const m of Object.values(statement.matrices)) {
    check.trees([m.rows, m.cols]);
    if (m.random !== undefined && !isObject(m.random)) throw new Unreadable("not-a-tree", "random");
    if (m.random) check.trees([m.random.mean, ...(m.random.variance === undefined ? [] : [m.random.variance])]);
  }
  for (const f of Object.values(statement.functions)) if (f.slope !== undefined) check.slope(f.slope);
  for (const n of Object.values(statement.names)) check.trees([n.definition, ...(n.rows === undefined ? [] : [n.rows, n.cols])]);
  for (const line of [statement, ...statement.steps]) check.trees([line.left, ...(line.right === undefined ? [] : [line.right])]);
  check.conditions([...statement.given, ...statement.conditions]);
  check.names();
  return statement;
}

/** A name alone says that it equals its definition; any other equation has two sides. */
function whole(statement) {
  const { kind, left, right } = statement;
  if (kind !== "equation" || right !== undefined) return statement;
  if (left?.op !== "name") throw new Unreadable("one-side", kind);
  return { ...statement, right: left };
}
const TABLES = ["symbols", "matrices", "functions", "names"];
const isObject = (x) => x !== null && typeof x === "object" && !Array.isArray(x);
/** An id is the key of a plain object: none that every object has. */
function named(id) { if (typeof id !== "string" || id.includes("\u0000") || id in {}) throw new Unreadable("id", String(id)); }
/** How often a slope is taken. */
function order(n, least) { if (!Number.isSafeInteger(n) || n < least) throw new Unreadable("order", String(n)); }

class Reader {
  constructor(statement) {
    this.statement = statement;
    this.taken = new Set();
  }
  trees(ts, scope = new Set()) { for (const t of ts) this.value(t, scope); }
  conditions(ts, scope = new Set()) { for (const t of ts) this.condition(t, scope); }
  value(t, scope) {
    if (isCondition(t)) throw new Unreadable("condition-for-value", String(t.op ?? t));
    this.tree(t, scope);
  }
  condition(t, scope) {
    if (!isCondition(t)) throw new Unreadable("value-for-condition", String(t?.op ?? t));
    this.tree(t, scope);
  }
  tree(t, scope) {
    if (Number.isSafeInteger(t) || typeof t === "boolean") return;
    if (!isObject(t)) throw new Unreadable("not-a-tree", String(t));
    const takes = SIGNATURES.get(t.op);
    if (takes) this.operation(t, takes, scope);
    else if (Object.hasOwn(LEAVES, t.op)) this.defined(LEAVES[t.op], t.id);
    else if (t.op === "bound") { if (!scope.has(t.id)) throw new Unreadable("not-bound", t.id); }
    else if (NUMBERS.has(t.op)) number(t);
    else if (t.op === "call") { this.called(t, 1); this.arguments(t, 1, scope); }
    else if (t.op === "smooth" || t.op === "analytic") this.called(t, 0);
    else if (t.op === "apply") { this.arguments(t, 1, scope); this.bound(t.bind, [t.body], scope, 1); }
    else if (t.op === "function-matrix") { this.arguments(t, 2, scope); this.bound(t.bind, [t.body], scope, 2); }
    else if (FOLDS.has(t.op)) this.bound(t.bind, [t.body], scope, undefined, true);
    else if (t.op === "rows" && filled(t.rows, Array.isArray) && t.rows.every((r) => r.length === t.rows[0].length)) this.trees(parts(t), scope);
    else if (t.op === "cases" && filled(t.cases, isObject)) t.cases.forEach((c) => (this.value(c.value, scope), this.condition(c.if, scope)));
    else if (t.op === "derivative" && filled(t.by, isObject)) this.derivative(t, scope);
    else throw new Unreadable("operation", String(t.op));
  }
  operation(t, takes, scope) {
    this.counted(t, takes.endsWith("+") ? Math.max(t.args?.length ?? 0, 1) : takes.length);
    t.args.forEach((arg, k) => (takes[takes.endsWith("+") ? 0 : k] === "c" ? this.condition(arg, scope) : this.value(arg, scope)));
  }
  called(t, least) {
    this.defined("functions", t.function);
    if (t.order !== undefined) order(t.order, least);
  }
  derivative(t, scope) {
    this.arguments(t, 1, scope);
    this.trees(t.by.flatMap(({ variable, times }) => [variable, times]), scope);
    for (const { times } of t.by) if (typeof times === "number") order(times, 1);
  }
  counted(t, count) { if (!Array.isArray(t.args) || t.args.length !== count) throw new Unreadable("arguments", t.op); }
  arguments(t, count, scope) {
    this.counted(t, count);
    this.trees(t.args, scope);
  }
  /** Variables, each with its ends, which may depend on those before, and what they are bound in. */
  bound(bind, bodies, scope, count, ends = false) {
    if (!filled(bind, isObject) || (count && bind.length !== count)) throw new Unreadable("binders");
    let inner = scope;
    for (const b of bind) {
      named(b.id);
      if (this.taken.has(b.id)) throw new Unreadable("bound-twice", b.id);
      this.taken.add(b.id);
      if (ends || "low" in b) this.trees([b.low, b.high], inner);
      inner = new Set([...inner, b.id]);
    }
    this.trees(bodies, inner);
  }
  /** The slope of a function: of its argument alone, not of letters that a claim could differentiate by. */
  slope(slope) {
    if (!isObject(slope)) throw new Unreadable("binders");
    const { bind, body } = slope;
    this.bound(bind, [body], new Set(), 1);
    const [letter] = lettersIn(body);
    if (letter) throw new Unreadable("slope-of-letters", letter);
  }
  defined(table, id) {
    if (!Object.hasOwn(this.statement[table], id)) throw new Unreadable("not-defined", String(id));
  }
  /** No name may stand in its own definition. */
  names() {
    const done = new Set();
    const visit = (id, above) => {
      if (above.includes(id)) throw new Unreadable("defined-by-itself", id);
      if (done.has(id)) return;
      for (const inner of namesIn(this.statement.names[id].definition)) visit(inner, [...above, id]);
      done.add(id);
    };
    Object.keys(this.statement.names).forEach((id) => visit(id, []));
  }
}
const filled = (list, each) => Array.isArray(list) && list.length > 0 && list.every(each);
const lettersIn = (t) => (t.op in LEAVES ? [t.id] : parts(t).flatMap(lettersIn));
const namesIn = (t) => (t.op === "name" ? [t.id] : parts(t).flatMap(namesIn));

function number(t) {
  const pattern = { integer: /^-?\d+$/, rational: /^-?\d+\/0*[1-9]\d*$/, decimal: /^-?\d+(\.\d*)?(e[-+]?\d+)?$/, constant: /^(pi|e|i|-?oo)$/ };
  if (!pattern[t.op].test(t.value)) throw new Unreadable("number", String(t.value));
}
