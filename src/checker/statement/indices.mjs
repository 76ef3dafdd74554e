// Free indices: integers that stand as the row or the column of an entry, in the range of the places where they stand.
import { parts } from "./grammar.mjs";

/** The id of each free index -> the sides of matrices at which it stands, as { matrix, side }. */
export function indexRanges(statement) {
  const found = new Map();
  const note = (t, matrix, side) => {
    if (t.op !== "symbol") return;
    const { facts } = statement.symbols[t.id];
    if (facts.integer && !facts.positive) found.set(t.id, [...(found.get(t.id) ?? []), { matrix, side }]);
  };
  const visit = (t) => {
    if (typeof t !== "object") return;
    if (t.op === "entry") [0, 1].forEach((side) => note(t.args[side + 1], t.args[0], side));
    parts(t).forEach(visit);
  };
  const lines = [statement, ...statement.steps].flatMap((line) => [line.left, line.right ?? true]);
  const defined = Object.values(statement.names).map((n) => n.definition);
  [...lines, ...defined, ...statement.given, ...statement.conditions].forEach(visit);
  return found;
}
