// A polynomial as a tree of the schema, for whoever shows what a proof came to.

import { INNER } from "../algebra/session.mjs";

const LETTERS = [..."ijklpqrstuv"];
/** Indices that the prover chose are new symbols: { tree, symbols }; null if something has no tree. */
export function treeOf(p, statement, names = new Map()) {
  const writer = new Writer(statement, names);
  const tree = writer.poly(p);
  return writer.closed ? { tree, symbols: writer.symbols } : null;
}

class Writer {
  constructor(statement, names) {
    this.statement = statement;
    this.names = names; // index -> the id of a free index of the statement
    this.symbols = {};
    const { symbols, matrices, functions, names: quantities } = statement;
    this.taken = new Set([symbols, matrices, functions, quantities].flatMap((table) => Object.values(table).map(({ name }) => name)));
    this.bound = new Map();
    this.closed = true;
    this.count = 0;
  }
  poly(p) {
    const terms = p.terms.map(({ m, c }) => {
      const factors = m.map(([a, e]) => this.power(a, e));
      return c.is(1) && factors.length ? many("mul", factors) : many("mul", [number(c), ...factors]);
    });
    return terms.length ? many("add", terms) : 0;
  }
  power(a, e) {
    const base = this.atom(a);
    return e.is(1) ? base : { op: "pow", args: [base, number(e)] };
  }
  atom(a) {
    switch (a.kind) {
      case "index": return this.index(a);
      case "symbol": return this.symbol(a.name);
      case "entry": return { op: "entry", args: [this.matrix(a.name), ...a.args.map((p) => this.poly(p))] };
      case "delta": return { op: "delta", args: a.args.map((p) => this.poly(p)) };
      case "factor": return this.poly(a.args[0]);
      case "sum": return this.over("sum", a);
      case "peak": return this.over("maximum", a);
    }
    const u = this.poly(a.args[0]);
    if (a.f === "above") return { op: "heaviside", args: [u, 0] };
    if (a.f === "at") return { op: "cases", cases: [{ value: 1, if: { op: "eq", args: [u, 0] } }, { value: 0, if: true }] };
    if (!a.f.startsWith("any ")) return { op: a.f, args: [u] };
    return { op: "call", function: a.f.slice("any ".length), ...(a.order ? { order: a.order } : {}), args: [u] };
  }
  index(a) {
    if (this.bound.has(a)) return { op: "bound", id: this.bound.get(a) };
    if (!this.names.has(a)) {
      const id = `place ${Object.keys(this.symbols).length + 1}`;
      this.names.set(a, id);
      this.symbols[id] = { name: this.letter(id), facts: { integer: true } };
    }
    return { op: "symbol", id: this.names.get(a) };
  }
  /** A letter that nothing else has. */
  letter(otherwise) {
    const name = LETTERS.find((c) => !this.taken.has(c)) ?? otherwise;
    this.taken.add(name);
    return name;
  }
  symbol(name) {
    if (name in this.statement.symbols) return { op: "symbol", id: name };
    if (name === `${INNER}pi` || name === `${INNER}i`) return { op: "constant", value: name.slice(INNER.length) };
    return this.unknown();
  }
  matrix(name) {
    const id = name.replace(`${INNER}label of `, "");
    return id in this.statement.matrices ? { op: "matrix", id } : this.unknown();
  }
  over(op, a) {
    const bind = a.vars.map((v) => {
      const id = `k#p${++this.count}`;
      this.bound.set(v, id);
      return { id, name: this.letter(id), facts: { integer: true }, low: 0, high: many("add", [-1, this.poly(v.size)]) };
    });
    return { op, bind, body: this.poly(a.args[0]) };
  }
  unknown() {
    this.closed = false;
    return 0;
  }
}
const many = (op, args) => (args.length === 1 ? args[0] : { op, args });
const number = (c) => (c.whole && Number.isSafeInteger(Number(c.n)) ? Number(c.n)
  : c.whole ? { op: "integer", value: `${c.n}` } : { op: "rational", value: `${c}` });
