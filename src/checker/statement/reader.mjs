// A statement from JSON: every tree is one of the grammar, every leaf is defined, every variable is bound once.
import { FOLDS, KINDS, LEAVES, NUMBERS, SIGNATURES, VERSION, parts } from "./grammar.mjs";

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
  const statement = { given: [], steps: [], conditions: [], symbols: {}, matrices: {}, functions: {}, names: {}, ...json };
  const check = new Reader(statement);
  for (const table of ["symbols", "matrices", "functions", "names"])
    for (const id of Object.keys(statement[table])) if (id.includes("\u0000")) throw new Unreadable("id", id);
  for (const m of Object.values(statement.matrices)) {
    check.trees([m.rows, m.cols]);
    if (m.random) check.trees([m.random.mean, ...(m.random.variance === undefined ? [] : [m.random.variance])]);
  }
  for (const f of Object.values(statement.functions)) if (f.slope) check.slope(f.slope);
  for (const n of Object.values(statement.names)) check.trees([n.definition, ...(n.rows === undefined ? [] : [n.rows, n.cols])]);
  for (const line of [statement, ...statement.steps]) check.trees([line.left, ...(line.right === undefined ? [] : [line.right])]);
  check.trees([...statement.given, ...statement.conditions]);
  check.names();
  return statement;
}

class Reader {
  constructor(statement) {
    this.statement = statement;
    this.taken = new Set();
  }
  trees(ts, scope = new Set()) { for (const t of ts) this.tree(t, scope); }
  tree(t, scope) {
    if (Number.isSafeInteger(t) || typeof t === "boolean") return;
    if (t === null || typeof t !== "object") throw new Unreadable("not-a-tree", String(t));
    const takes = SIGNATURES.get(t.op);
    if (takes) this.operation(t, takes, scope);
    else if (t.op in LEAVES) this.defined(LEAVES[t.op], t.id);
    else if (t.op === "bound") { if (!scope.has(t.id)) throw new Unreadable("not-bound", t.id); }
    else if (NUMBERS.has(t.op)) number(t);
    else if (t.op === "call") { this.defined("functions", t.function); this.arguments(t, 1, scope); }
    else if (t.op === "smooth" || t.op === "analytic") this.defined("functions", t.function);
    else if (t.op === "apply") { this.arguments(t, 1, scope); this.bound(t.bind, [t.body], scope, 1); }
    else if (t.op === "function-matrix") { this.arguments(t, 2, scope); this.bound(t.bind, [t.body], scope, 2); }
    else if (FOLDS.has(t.op)) this.bound(t.bind, [t.body], scope);
    else if (t.op === "rows" && t.rows?.length && t.rows.every((r) => r.length === t.rows[0].length)) this.trees(parts(t), scope);
    else if (t.op === "cases" && t.cases?.length) this.trees(parts(t), scope);
    else if (t.op === "derivative" && t.by?.length && t.args?.length === 1) this.trees(parts(t), scope);
    else throw new Unreadable("operation", String(t.op));
  }
  operation(t, takes, scope) {
    if (takes.endsWith("+") && t.args?.length) this.trees(t.args, scope);
    else this.arguments(t, takes.length, scope);
  }
  arguments(t, count, scope) {
    if (!Array.isArray(t.args) || t.args.length !== count) throw new Unreadable("arguments", t.op);
    this.trees(t.args, scope);
  }
  /** Variables, each with its ends, which may depend on those before, and what they are bound in. */
  bound(bind, bodies, scope, count) {
    if (!bind?.length || (count && bind.length !== count)) throw new Unreadable("binders");
    let inner = scope;
    for (const b of bind) {
      if (this.taken.has(b.id)) throw new Unreadable("bound-twice", b.id);
      this.taken.add(b.id);
      if ("low" in b) this.trees([b.low, b.high], inner);
      inner = new Set([...inner, b.id]);
    }
    this.trees(bodies, inner);
  }
  /** The slope of a function: of its argument alone, not of letters that a claim could differentiate by. */
  slope({ bind, body }) {
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
const lettersIn = (t) => (t.op in LEAVES ? [t.id] : parts(t).flatMap(lettersIn));
const namesIn = (t) => (t.op === "name" ? [t.id] : parts(t).flatMap(namesIn));

function number(t) {
  const pattern = { integer: /^-?\d+$/, rational: /^-?\d+\/0*[1-9]\d*$/, decimal: /^-?\d+(\.\d*)?(e[-+]?\d+)?$/, constant: /^(pi|e|i|-?oo)$/ };
  if (!pattern[t.op].test(t.value)) throw new Unreadable("number", String(t.value));
}
