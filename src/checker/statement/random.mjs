// The random matrices that a tree speaks of.
import { parts } from "./grammar.mjs";

/** Their ids, also of those in the definitions of its names. */
export function randomIn(t, statement, found = new Set()) {
  if (typeof t !== "object") return found;
  if (t.op === "matrix" && statement.matrices[t.id].random) found.add(t.id);
  if (t.op === "name") randomIn(statement.names[t.id].definition, statement, found);
  parts(t).forEach((x) => randomIn(x, statement, found));
  return found;
}
