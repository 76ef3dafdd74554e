/** Trees made from a tree: a part replaced, names opened, a rule applied at each place in turn. */
import { isTree } from "../printing/trees.mjs";

/** How many arguments are formulas: not what is differentiated by, not sizes, not places of entries. */
const FORMULAS = { grad: 1, hess: 1, jac: 1, entry: 1, ones: 0, zeros: 0, identity: 0, delta: 0 };

/** The tree with every part of it changed by `change`; the same object where nothing is. */
export function mapped(t, change) {
  const inner = (part) => {
    if (!isTree(part)) return part;
    if (!Array.isArray(part)) return "op" in part ? change(part) : mapped(part, change);
    const list = part.map(inner);
    return list.every((x, k) => x === part[k]) ? part : list;
  };
  const entries = Object.entries(t).map(([key, value]) => [key, inner(value)]);
  return entries.every(([key, value]) => value === t[key]) ? t : Object.fromEntries(entries);
}

/** Every leaf that is `from` replaced by `to`. */
export function replaced(t, from, to) {
  const change = (part) => (part.op === from.op && part.id === from.id ? to : mapped(part, change));
  return change(t);
}

/** The names of a tree in the form of their definitions, once; bound variables get names of their own. */
export function unfolded(t, { names }) {
  let count = 0;
  const fresh = (definition) => {
    const ids = new Map();
    const text = JSON.stringify(definition),
      mark = `~${++count}`;
    for (const [, id] of text.matchAll(/"id":"([^"]*#[^"]*)"/g)) ids.set(id, id + mark);
    return JSON.parse(text, (key, value) => (key === "id" ? (ids.get(value) ?? value) : value));
  };
  const change = (part) => {
    if (["grad", "hess", "jac"].includes(part.op)) return part; // a derivative by a name needs the name
    const definition = part.op === "name" ? names[part.id].definition : undefined;
    return definition === undefined ? mapped(part, change) : fresh(definition);
  };
  return isTree(t) ? change(t) : t;
}

/** The trees in which a rule is applied at one place. */
export function everywhere(tree, rule) {
  const at = (t, put, top) => {
    if (!isTree(t)) return rule(t, top).map(put);
    const own = rule(t, top).map(put);
    const args = (t.args ?? []).slice(0, FORMULAS[t.op]);
    const slots = [
      ...args.map((part, k) => [part, (x) => ({ ...t, args: t.args.map((y, j) => (j === k ? x : y)) })]),
      ...(t.rows ?? []).flatMap((row, i) =>
        row.map((part, k) => [part, (x) => ({ ...t, rows: t.rows.map((r, j) => (j === i ? r.map((y, l) => (l === k ? x : y)) : r)) })]),
      ),
      ...("body" in t ? [[t.body, (x) => ({ ...t, body: x })]] : []),
      ...(t.cases ?? []).map((c, k) => [c.value, (x) => ({ ...t, cases: t.cases.map((y, j) => (j === k ? { ...c, value: x } : y)) })]),
    ];
    return [...own, ...slots.flatMap(([part, set]) => at(part, (x) => put(set(x)), false))];
  };
  return at(tree, (x) => x, true);
}
