// False twins of a statement: one thing in it is written wrong, as people do.
import { groups } from "../../src/checker/algebra/sums.mjs";
import { generator } from "../../src/checker/numbers/points.mjs";

const LISTS = ["args", "rows", "cases", "by", "bind"];
const INSIDE = ["body", "value", "variable", "low", "high"];

/** Every tree inside a tree, with a function that gives the whole with another tree in its place. */
export function* places(tree, put = (t) => t) {
  yield [tree, put];
  if (typeof tree !== "object") return;
  for (const key of LISTS) for (const [k, inner] of (tree[key] ?? []).entries()) {
    const at = (t) => put({ ...tree, [key]: tree[key].with(k, t) });
    if (Array.isArray(inner)) for (const [j, x] of inner.entries()) yield* places(x, (t) => at(inner.with(j, t)));
    else if (inner?.op || typeof inner === "number") yield* places(inner, at);
    else for (const part of INSIDE) if (part in inner) yield* places(inner[part], (t) => at({ ...inner, [part]: t }));
  }
  if ("body" in tree) yield* places(tree.body, (t) => put({ ...tree, body: t }));
}

const PRODUCTS = ["mul", "matmul"], SUMS = ["add", "matadd"];
const OTHER = {
  max: "min", min: "max", exp: "log", log: "exp", tanh: "exp", abs: "sign", ones: "zeros", matmul: "hadamard",
  hadamard: "matmul", gt: "lt", trace: "total", total: "trace", "diagonal-matrix": "transpose", sin: "cos", cos: "sin",
};
/** { kind, tree }: what may be written wrong at a place. */
function* slips(t, matrices, sizes) {
  if (typeof t === "number") {
    yield ["number", t + 1];
    yield ["sign", -t - (t === 0 ? 1 : 0)];
    return;
  }
  const a = t.args ?? [];
  if (["mul", "add", "pow", "symbol", "call", "total", "grad", "entry", "sum"].includes(t.op)) {
    yield ["sign", { op: "mul", args: [-1, t] }];
    yield ["factor", { op: "mul", args: [2, t] }];
    for (const n of sizes) yield ["factor", { op: "mul", args: [{ op: "pow", args: [n, -1] }, t] }];
  }
  if (["matmul", "matadd", "hadamard", "matrix", "apply", "transpose"].includes(t.op)) {
    yield ["sign", { op: "matmul", args: [-1, t] }];
    yield ["factor", { op: "matmul", args: [{ op: "rational", value: "1/2" }, t] }];
    yield ["transposed", t.op === "transpose" ? a[0] : { op: "transpose", args: [t] }];
  }
  if ([...PRODUCTS, "hadamard"].includes(t.op) && a.length > 1) for (const k of a.keys()) yield ["factor left out", { ...t, args: a.toSpliced(k, 1) }];
  if (SUMS.includes(t.op)) for (const k of a.keys()) if (a.length > 1) yield ["term left out", { ...t, args: a.toSpliced(k, 1) }];
  if (t.op === "matmul") for (const k of a.keys()) if (k) yield ["order", { ...t, args: a.with(k, a[k - 1]).with(k - 1, a[k]) }];
  if (t.op in OTHER) yield [t.op === "matmul" || t.op === "hadamard" ? "product" : "operation", { ...t, op: OTHER[t.op] }];
  if (t.op === "entry") yield ["index swapped", { ...t, args: [a[0], a[2], a[1]] }];
  if (t.op === "pow" || t.op === "hadamard-power") yield ["exponent", { ...t, args: [a[0], { op: "add", args: [a[1], 1] }] }];
  if (t.op === "call") yield ["slope for function", { ...t, order: (t.order ?? 0) + 1 }];
  if (t.op === "call" && t.order) yield ["function for slope", { op: "call", function: t.function, args: a }];
  if (t.op === "apply") yield ["function left out", a[0]];
  if (t.op === "rational") yield ["number", { op: "rational", value: t.value.replace(/\d+$/, (d) => `${Number(d) + 1}`) }];
  if (t.op === "matrix") for (const id of matrices) if (id !== t.id) yield ["letter", { op: "matrix", id }];
}

/** All twins of a statement: { kind, statement }. */
export function twins(statement) {
  const out = [], matrices = Object.keys(statement.matrices).filter((id) => !statement.matrices[id].random);
  const sizes = Object.entries(statement.symbols).filter(([, s]) => s.facts.integer && s.facts.positive).map(([id]) => ({ op: "symbol", id })).slice(0, 2);
  const bare = { ...statement, steps: [] };
  for (const side of ["left", "right"])
    if (side in statement)
      for (const [t, put] of places(statement[side]))
        for (const [kind, wrong] of slips(t, matrices, sizes)) out.push({ kind, statement: { ...bare, [side]: renewed(put(wrong)) } });
  for (const [k] of statement.given.entries()) out.push({ kind: "hypothesis left out", statement: { ...bare, given: statement.given.toSpliced(k, 1) } });
  return out;
}
/** A tree that stands twice binds its variables twice: each binder has an id of its own again. */
function renewed(tree) {
  let count = 0;
  const visit = (t, names) => {
    if (Array.isArray(t)) return t.map((x) => visit(x, names));
    if (t === null || typeof t !== "object") return t;
    if (t.op === "bound") return { ...t, id: names.get(t.id) ?? t.id };
    const inner = t.bind ? new Map([...names, ...t.bind.map((b) => [b.id, `twin#${side}${++count}`])]) : names;
    return Object.fromEntries(Object.entries(t).map(([key, x]) => [key,
      key === "bind" ? x.map((b) => ({ ...visit(b, inner), id: inner.get(b.id) })) : visit(x, key === "args" ? names : inner)]));
  };
  const side = `${(serial += 1)}.`;
  return visit(tree, new Map());
}
let serial = 0;

/** Some of them, the same for one seed: of each kind in turn. */
export function someTwins(statement, most, seed) {
  const random = generator(seed), kinds = groups(twins(statement), (t) => t.kind);
  for (const list of kinds.values()) list.sort(() => random() - 0.5);
  const out = [];
  for (let round = 0; out.length < most && [...kinds.values()].some((list) => list[round]); round++)
    for (const list of kinds.values()) if (list[round] && out.length < most) out.push(list[round]);
  return out;
}
