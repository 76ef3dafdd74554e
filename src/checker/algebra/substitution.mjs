// One thing put for another.  A sum or a maximum is opened with fresh indices before anything is put into it: nothing is captured.
import { spend } from "./session.mjs";
import { add, atom, entry, mul, single } from "./polynomial.mjs";
import { power } from "./powers.mjs";
import { apply } from "./functions.mjs";
import { delta } from "./products.mjs";
import { maximumOver } from "./maxima.mjs";
import { open, sumOver } from "./sums.mjs";

/** p with f(a) for each atom a where f gives a polynomial; only what holds one of the leaves is looked at. */
export function rewrite(p, leaves, f, seen = new Map()) {
  if (![...leaves].some((leaf) => p.has(leaf))) return p;
  return add(...p.terms.map(({ m, c }) => {
    const same = [], changed = [];
    for (const [a, e] of m) {
      const q = rewritten(a, leaves, f, seen);
      if (q) changed.push(power(q, e));
      else same.push([a, e]);
    }
    return changed.length ? mul(single(same, c), ...changed) : single(m, c);
  }));
}
/** What stands for an atom; null if it stays. */
function rewritten(a, leaves, f, seen) {
  if (![...leaves].some((leaf) => a.leaves.has(leaf))) return null;
  if (!seen.has(a)) {
    spend(2);
    seen.set(a, f(a) ?? inside(a, leaves, f, seen));
  }
  return seen.get(a);
}
function inside(a, leaves, f, seen) {
  if (a.kind === "index" || a.kind === "symbol") return null;
  if (a.kind === "sum") {
    const { vars, body } = open(a);
    return sumOver(vars, rewrite(body, leaves, f, seen));
  }
  if (a.kind === "peak") {
    const { vars, body } = open(a);
    return maximumOver(vars, rewrite(body, leaves, f, seen));
  }
  const args = a.args.map((p) => rewrite(p, leaves, f, seen));
  return args.every((p, k) => p.key === a.args[k].key) ? null : rebuilt(a, args);
}

/** The atom with other arguments. */
export function rebuilt(a, args) {
  switch (a.kind) {
    case "entry": return atom(entry(a.name, ...args));
    case "delta": return delta(...args);
    case "factor": return args[0];
    default: return apply(a.f, args[0], a.order);
  }
}
/** q for the index or symbol x in p. */
export const replace = (p, x, q) => rewrite(p, new Set([x.leaf]), (a) => (a === x ? q : null));
/** Several at once. */
export function renamed(p, names) {
  return rewrite(p, new Set([...names.keys()].map((v) => v.leaf)), (a) => names.get(a) ?? null);
}
