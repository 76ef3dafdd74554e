/** A free index says which entry is meant, and print counts those from 1; a number beside that would be one less. */
import { ReadingError } from "./errors.mjs";
import { spelt } from "./names.mjs";
import { tokens } from "./tokens.mjs";
import { places } from "./undeclared.mjs";

const PLACES = { entry: 1, delta: 0 }; // from which argument on

/** The ids of the symbols in a tree that stand in the places of entries, or elsewhere. */
function* standing(tree, placed = false) {
  if (tree === null || typeof tree !== "object") return;
  if (tree.op === "symbol") yield [tree.id, placed];
  const from = PLACES[tree.op] ?? Infinity;
  for (const [key, part] of Object.entries(tree))
    if (key === "args") for (const [k, arg] of part.entries()) yield* standing(arg, placed || k >= from);
    else yield* standing(part, placed);
}

/** The ids of the symbols that say which entry is meant, and are counted from 1 in print. */
export const countedIn = (tree) => new Set([...standing(tree)].filter(([, placed]) => placed).map(([id]) => id));

/** Throws for a letter that is an index and a number. */
export function refuseCounted(tree, lexicon, text) {
  const found = [...standing(tree)],
    numbers = new Set(found.filter(([, placed]) => !placed).map(([id]) => id));
  const id = found.find(([id, placed]) => placed && numbers.has(id) && lexicon.isIndex(id))?.[0];
  if (id === undefined) return;
  const signs = tokens(text),
    at = signs[places(spelt(id), signs)[0]] ?? { from: 0, to: text.length };
  throw new ReadingError("index-and-number", at.from, at.to, { name: id });
}
