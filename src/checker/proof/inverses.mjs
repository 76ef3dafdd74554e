// Inverses as letters: a statement with A^-1 is one for every B with A B = I and B A = I, of which there is one or none.
import { INNER } from "../algebra/session.mjs";
import { parts } from "../statement/grammar.mjs";

const SLOPES = new Set(["grad", "hess", "jac", "derivative"]);
const op = (name, ...args) => ({ op: name, args });

/**
 * { statement, inverses }: each inverse of what is the same at all places of the statement is a matrix of its own, and
 * `inverses` says of which tree it is the inverse, as `of` with letters and as `written`; others stay.  What is slope by
 * a letter of such a matrix would have to know how its inverse moves, and a case how it does without: they stay, too.
 * Its determinant is a symbol of its own, `det`, in the conditions and in what the letter needs.
 */
export function withLetters(statement) {
  const { left, right = true, given, steps, conditions, names } = statement;
  const trees = [left, right, ...given, ...steps.flatMap((s) => [s.left, s.right ?? true]), ...Object.values(names).map((n) => n.definition)];
  if (!trees.some(holdsInverse)) return { statement, inverses: [] };
  const letters = new Letters(statement, trees), replaced = (t) => letters.replaced(t);
  const line = (s) => ({ ...s, left: replaced(s.left), ...("right" in s ? { right: replaced(s.right) } : {}) });
  const defined = Object.fromEntries(Object.entries(names).map(([id, n]) => [id, { ...n, definition: replaced(n.definition) }]));
  const out = { ...line(statement), steps: steps.map(line), names: defined, given: given.map(replaced) }, inverses = [...letters.found.values()];
  const symbols = new Map(inverses.map(({ det, written }) => [key(op("determinant", written)), { op: "symbol", id: det }]));
  return {
    statement: {
      ...out,
      conditions: conditions.map((c) => (c.args ? { ...c, args: c.args.map((t) => symbols.get(key(t)) ?? t) } : c)),
      given: [...out.given, ...inverses.flatMap(({ id, of, size }) => inverseOf({ op: "matrix", id }, of, size))],
      matrices: { ...statement.matrices, ...Object.fromEntries(inverses.map(({ id, size, of, det }) => [id, { name: id, rows: size, cols: size, inverse: { of, det } }])) },
      symbols: { ...statement.symbols, ...Object.fromEntries(inverses.map(({ det }) => [det, { name: det, facts: { real: true } }])) },
    },
    inverses,
  };
}
const inverseOf = (b, a, size) => [op("matmul", a, b), op("matmul", b, a)].map((product) => op("eq", product, op("identity", size)));
const key = (t) => JSON.stringify(t);
const holdsInverse = (t) => t.op === "inverse" || parts(t).some(holdsInverse);

class Letters {
  constructor(statement, trees) {
    this.statement = statement;
    this.found = new Map();
    const bodies = Object.values(statement.functions).flatMap((f) => (f.slope ? [f.slope.body] : []));
    this.moved = new Set([...trees, ...bodies].flatMap((t) => this.slopesIn(t)));
  }
  /** The letters and names that slopes are taken by. */
  slopesIn(t) {
    const by = !SLOPES.has(t.op) ? [] : t.op === "derivative" ? t.by.map((b) => b.variable) : [t.args[1]];
    return [...by.map((x) => (x.op === "entry" ? x.args[0] : x).id), ...parts(t).flatMap((x) => this.slopesIn(x))];
  }
  /** All letters and names that a value depends on. */
  lettersIn(t) {
    const own = ["symbol", "matrix", "name"].includes(t.op) ? [t.id] : [];
    return [...own, ...(t.op === "name" ? [this.statement.names[t.id].definition] : parts(t)).flatMap((x) => this.lettersIn(x))];
  }
  isFixed(t) {
    const random = (id) => this.statement.matrices[id]?.random, letters = this.lettersIn(t);
    return !letters.some((id) => this.moved.has(id) || random(id)) && !hasBound(t) && !holdsPlace(t) && !this.isComplex(t);
  }
  /** Does it hold i?  The entries of a letter are real. */
  isComplex(t) {
    if (t.op === "constant") return t.value === "i";
    return (t.op === "name" ? [this.statement.names[t.id].definition] : parts(t)).some((x) => this.isComplex(x));
  }
  replaced(t) {
    if (typeof t !== "object" || !t.op || t.op === "cases") return t;
    if (t.op === "inverse") return this.inverse(t) ?? t;
    const made = { ...t };
    if (t.args) made.args = t.args.map((x) => this.replaced(x));
    if (t.body !== undefined) made.body = this.replaced(t.body);
    return made;
  }
  /** The letter of an inverse; of a transpose, the transpose of one. */
  inverse({ args: [written] }) {
    if (written.op === "transpose") {
      const inverse = this.inverse({ args: written.args });
      return inverse && op("transpose", inverse);
    }
    const of = this.replaced(written), size = this.isFixed(written) && !holdsInverse(of) ? this.size(written) : null;
    if (size === null) return null;
    const count = this.found.size + 1;
    if (!this.found.has(key(of))) this.found.set(key(of), { id: `${INNER}inverse ${count}`, det: `${INNER}determinant ${count}`, of, written, size });
    return { op: "matrix", id: this.found.get(key(of)).id };
  }
  /** How many rows a square matrix has, as a tree; null where that is not written anywhere. */
  size(t, side = "rows") {
    const { matrices, names } = this.statement, across = side === "rows" ? "cols" : "rows";
    switch (t.op) {
      case "matrix": return matrices[t.id][side];
      case "name": return names[t.id][side] ?? null;
      case "identity": return t.args[0];
      case "transpose": return this.size(t.args[0], across);
      case "inverse": case "hadamard-power": case "matpow": return this.size(t.args[0], side);
      case "matadd": case "hadamard": case "hadamard-product": return this.size(t.args[0], side);
      case "matmul": {
        const sizes = t.args.map((x) => this.size(x, side)).filter((s) => s !== null);
        return (side === "rows" ? sizes[0] : sizes.at(-1)) ?? null;
      }
    }
    return null;
  }
}
/** Does it hold an entry, or a delta, whose index may be any? */
const holdsPlace = (t) => ["entry", "delta"].includes(t.op) || parts(t).some(holdsPlace);
/** Does it hold a variable that is bound outside of it? */
function hasBound(t, own = []) {
  if (t.op === "bound") return !own.includes(t.id);
  const inside = [...own, ...(t.bind ?? []).map((b) => b.id)];
  return parts(t).some((x) => hasBound(x, inside));
}

/** What was found of the statement with letters, told of the inverses that they are. */
export function restored(found, inverses) {
  const written = new Map(inverses.flatMap(({ id, det, written: of }) => [[id, op("inverse", of)], [det, op("determinant", of)]]));
  const back = (x) => {
    if (Array.isArray(x)) return x.map(back);
    if (typeof x !== "object" || x === null || x instanceof Map) return x;
    if ((x.op === "matrix" || x.op === "symbol") && written.has(x.id)) return written.get(x.id);
    return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, back(v)]));
  };
  return inverses.length ? back(found) : found;
}
/** A line and what it is once both sides are multiplied by what is inverted, from the left or from the right: one holds where the other does. */
export function multiplied({ left, right }, inverses) {
  const by = inverses.flatMap(({ of }) => [(side) => op("matmul", of, side), (side) => op("matmul", side, of)]);
  return by.map((times) => ({ left: times(left), right: times(right) }));
}
