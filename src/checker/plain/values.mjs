// The value of a tree in plain numbers, for pictures: no bounds of errors, no slopes, and quick enough for each frame.
// Each tree becomes a function once. A matrix is an array of its rows.

const zip = (f) => (x, y) => x.map((row, i) => row.map((v, j) => f(v, y[i][j])));
const each = (x, f) => x.map((row) => row.map(f));
function filled(rows, cols, f) {
  const made = [];
  for (let i = 0; i < rows; i++) {
    const row = made[i] = [];
    for (let j = 0; j < cols; j++) row[j] = f(i, j);
  }
  return made;
}
const turned = (x) => x[0].map((_, j) => x.map((row) => row[j]));
const total = (x) => x.reduce((sum, row) => row.reduce((s, v) => s + v, sum), 0);
const plus = (x, y) => x + y, times = (x, y) => x * y;
function product(x, y) {
  if (!Array.isArray(x)) return Array.isArray(y) ? each(y, (v) => x * v) : x * y;
  if (!Array.isArray(y)) return each(x, (v) => v * y);
  return filled(x.length, y[0].length, (i, j) => {
    let sum = 0;
    for (let k = 0; k < y.length; k++) sum += x[i][k] * y[k][j];
    return sum;
  });
}
const RELATIONS = { gt: (x, y) => x > y, ge: (x, y) => x >= y, lt: (x, y) => x < y, le: (x, y) => x <= y, eq: (x, y) => x === y, ne: (x, y) => x !== y };
const OPERATIONS = {
  add: (...x) => x.reduce(plus), mul: (...x) => x.reduce(times), max: Math.max, min: Math.min, pow: (x, n) => x ** n,
  matadd: (...x) => x.reduce(zip(plus)), matmul: (...x) => x.reduce(product),
  hadamard: (...x) => x.reduce(zip(times)), "hadamard-product": (...x) => x.reduce(zip(times)), "hadamard-power": (x, n) => each(x, (v) => v ** n),
  hstack: (...x) => x[0].map((_, i) => x.flatMap((m) => m[i])), vstack: (...x) => x.flat(),
  transpose: turned, total, trace: (x) => x.reduce((s, row, i) => s + row[i], 0), dot: (x, y) => total(zip(times)(x, y)),
  ones: (m, n) => filled(m, n, () => 1), zeros: (m, n) => filled(m, n, () => 0), identity: (n) => filled(n, n, (i, j) => (i === j ? 1 : 0)),
  "diagonal-matrix": (x) => { const v = x.flat(); return filled(v.length, v.length, (i, j) => (i === j ? v[i] : 0)); },
  diagonal: (x) => x.map((row, i) => [row[i]]), entry: (x, i, j) => x[i][j],
  ...Object.fromEntries(["abs", "sign", "exp", "log", "tanh", "sin", "cos", "sinh", "cosh"].map((name) => [name, Math[name]])),
  and: (...x) => x.every(Boolean), or: (...x) => x.some(Boolean), not: (x) => !x, ...RELATIONS,
};
const sigmoid = (z) => 1 / (1 + Math.exp(-z));
const quotient = (text) => { const [n, d = 1] = text.split("/"); return Number(n) / Number(d); };
const CONSTANTS = { pi: Math.PI, e: Math.E, oo: Infinity, "-oo": -Infinity };

/**
 * A statement, ready for numbers: `at({ X: [[1, 2]], b: 0.5 })` is a point, where `of(name)`, `left()` and `right()` have values.
 * Sizes follow from the matrices. A name that is given a number stands for it. `functions` has { value, slope } of those
 * that the statement leaves open.
 */
export function compiled(statement, functions = {}) {
  const { symbols, matrices, names } = statement, ready = new Map();
  const known = (tree) => ready.get(tree) ?? ready.set(tree, compile(tree)).get(tree);
  const function_ = ({ function: id, order = 0 }) => {
    const { name, known } = statement.functions[id], f = functions[name]?.[["value", "slope"][order]];
    if (!f && !(known === "sigmoid" && !order)) throw new Error(`no plain value: ${name}, derivative ${order}`);
    return f ?? sigmoid;
  };
  function bound(body, binders) {
    const f = known(body), ids = binders.map(({ id }) => id), [id] = ids;
    if (ids.length === 1) return (env) => (value) => { env.bound[id] = value; return f(env); };
    return (env) => (...values) => { ids.forEach((id, k) => (env.bound[id] = values[k])); return f(env); };
  }
  function compile(tree) {
    if (typeof tree !== "object") return () => tree;
    const { op, id, value, bind, body } = tree, a = (tree.args ?? []).map(known);
    switch (op) {
      case "integer": case "decimal": return () => Number(value);
      case "rational": { const q = quotient(value); return () => q; }
      case "constant": return () => CONSTANTS[value];
      case "bound": return (env) => env.bound[id];
      case "symbol": case "matrix": return (env) => env.values[id] ?? missing((op === "symbol" ? symbols : matrices)[id].name);
      case "name": { const f = known(names[id].definition); return (env) => (env.values[id] ??= f(env)); }
      case "rows": { const rows = tree.rows.map((row) => row.map(known)); return (env) => rows.map((row) => row.map((f) => f(env))); }
      case "apply": { const f = bound(body, bind); return (env) => each(a[0](env), f(env)); }
      case "call": { const f = function_(tree); return (env) => f(a[0](env)); }
      case "function-matrix": { const f = bound(body, bind); return (env) => filled(a[0](env), a[1](env), f(env)); }
      case "cases": {
        const cases = tree.cases.map((one) => [known(one.if), known(one.value)]);
        return (env) => cases.find(([holds]) => holds(env))[1](env);
      }
    }
    const f = OPERATIONS[op];
    if (!f) throw new Error(`no plain value: ${op}`);
    if (a.length === 2) return (env) => f(a[0](env), a[1](env));
    return (env) => f(...a.map((x) => x(env)));
  }
  const missing = (name) => { throw new Error(`no value given: ${name}`); };
  const ids = Object.entries({ ...symbols, ...matrices, ...names });
  const named = (name) => Object.keys(names).find((id) => names[id].name === name) ?? missing(name);
  return (given) => {
    const values = {}, env = { values, bound: {} };
    for (const [id, { name }] of ids) if (name in given) values[id] = given[name];
    for (const [id, { rows, cols }] of Object.entries(matrices))
      if (id in values) for (const [size, count] of [[rows, values[id].length], [cols, values[id][0].length]]) if (size.op === "symbol") values[size.id] ??= count;
    return { of: (name) => known({ op: "name", id: named(name) })(env), left: () => known(statement.left)(env), right: () => known(statement.right)(env) };
  };
}

/** A function of a number and its slope, from the statement of its derivative, grad(f(z), z) = f'(z); its other letters are given. */
export function withSlope(statement) {
  const [value, { id }] = statement.left.args, { name } = statement.symbols[id], at = compiled({ ...statement, left: value });
  return { value: (z, given) => at({ ...given, [name]: z }).left(), slope: (z, given) => at({ ...given, [name]: z }).right() };
}
