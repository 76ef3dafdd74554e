// Rows and columns of every tree, as polynomials in the sizes; what does not fit is refused.
import { Unknown } from "../algebra/session.mjs";
import { UNIT, add, constant, sub } from "../algebra/polynomial.mjs";
import { neverBelowZero } from "../algebra/signs.mjs";
import { FOLDS, parts } from "../statement/grammar.mjs";

export const isOne = (s) => s[0].is(1) && s[1].is(1);
export function fit(p, q) {
  if (p.key !== q.key) throw new Unknown("sizes-do-not-fit");
}

/** `number` lowers a tree of sizes; shape(t) is null for a number, else [rows, columns]. */
export class Shapes {
  constructor(statement, number) {
    this.statement = statement;
    this.number = number;
    this.known = new Map();
  }
  shape(t) {
    if (typeof t !== "object") return null;
    if (!this.known.has(t)) this.known.set(t, this.find(t));
    return this.known.get(t);
  }
  sizes(rows, cols) {
    return [rows, cols].map((t) => {
      const size = this.number(t);
      if (!neverBelowZero(sub(size, UNIT))) throw new Unknown("size-below-one");
      return size;
    });
  }
  find(t) {
    const a = t.args ?? [];
    switch (t.op) {
      case "matrix": return this.table("matrices", t.id);
      case "name": return "rows" in this.statement.names[t.id] ? this.named(t.id) : this.scalar(this.statement.names[t.id].definition);
      case "function-matrix": this.scalar(t.body); return this.sizes(a[0], a[1]);
      case "ones": case "zeros": return this.sizes(a[0], a[1]);
      case "identity": return this.sizes(a[0], a[0]);
      case "rows": t.rows.flat().forEach((x) => this.scalar(x)); return [constant(t.rows.length), constant(t.rows[0].length)];
      case "transpose": case "adjoint": return [...this.matrix(a[0])].reverse();
      case "matadd": case "hadamard": case "hadamard-product": return this.alike(a);
      case "matmul": return this.product(a);
      case "hstack": case "vstack": return this.joined(a, t.op === "vstack" ? 0 : 1);
      case "hadamard-power": this.scalar(a[1]); return this.matrix(a[0]);
      case "matpow": case "inverse": case "diagonal-part": return this.square(a[0]);
      case "diagonal-matrix": { const n = this.length(a[0]); return [n, n]; }
      case "diagonal": return [this.square(a[0])[0], UNIT];
      case "trace": case "determinant": this.square(a[0]); return null;
      case "total": this.matrix(a[0]); return null;
      case "entry": this.matrix(a[0]); this.scalar(a[1]); this.scalar(a[2]); return null;
      case "dot": fit(this.length(a[0]), this.length(a[1])); return null;
      case "apply": this.scalar(t.body); return this.shape(a[0]);
      case "expectation": return this.shape(a[0]);
      case "grad": this.scalar(a[0]); return this.shape(a[1]);
      case "hess": { this.scalar(a[0]); const n = this.length(a[1]); return this.shape(a[1]) && [n, n]; }
      case "jac": return [this.length(a[0]), this.length(a[1])];
    }
    for (const part of FOLDS.has(t.op) ? [t.body] : parts(t)) this.scalar(part);
    return null;
  }
  named(id) {
    const sizes = this.table("names", id), own = this.matrix(this.statement.names[id].definition);
    sizes.forEach((d, k) => fit(d, own[k]));
    return sizes;
  }
  table(table, id) { const m = this.statement[table][id]; return this.sizes(m.rows, m.cols); }
  matrix(t) {
    const s = this.shape(t);
    if (!s) throw new Unknown("number-for-matrix", t.op);
    return s;
  }
  square(t) {
    const s = this.matrix(t);
    fit(s[0], s[1]);
    return s;
  }
  /** A number, or a matrix of one entry. */
  scalar(t) {
    const s = this.shape(t);
    if (s && !isOne(s)) throw new Unknown("matrix-for-number", t.op);
    return null;
  }
  /** How many entries a column, a row or a number has. */
  length(t) {
    const s = this.shape(t);
    if (!s) return UNIT;
    if (!s[0].is(1) && !s[1].is(1)) throw new Unknown("matrix-for-vector", t.op);
    return s[1].is(1) ? s[0] : s[1];
  }
  alike(ts) {
    const [first, ...others] = ts.map((t) => this.matrix(t));
    for (const s of others) s.forEach((d, k) => fit(d, first[k]));
    return first;
  }
  /** Blocks along a side: their lengths there added up, all as long along the other. */
  joined(ts, side) {
    const [first, ...others] = ts.map((t) => this.matrix(t));
    for (const s of others) fit(s[1 - side], first[1 - side]);
    return first.map((d, k) => (k === side ? add(d, ...others.map((s) => s[side])) : d));
  }
  product(ts) {
    const matrices = ts.map((t) => this.shape(t)).filter(Boolean);
    matrices.slice(1).forEach((s, k) => fit(matrices[k][1], s[0]));
    return matrices.length ? [matrices[0][0], matrices.at(-1)[1]] : null;
  }
}
