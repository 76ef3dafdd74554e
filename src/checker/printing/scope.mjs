/** Names of leaves and of bound variables in print, and the places of entries, counted from 1. */
import { Lexicon } from "../reading/names.mjs";
import { constant, linear, plus, sizeTree } from "../reading/sizes.mjs";
import { fittingShape } from "../reading/shapes.mjs";
import { isPosition } from "./trees.mjs";

const SPARE = "ijklrstuvpqxyzabcdefgh";
const EMPTY = { symbols: {}, matrices: {}, functions: {}, names: {} };

export class Scope {
  constructor(tables) {
    this.tables = { ...EMPTY, ...tables };
    this.lexicon = new Lexicon(this.tables);
    this.bound = new Map();
  }
  shape(tree) {
    return fittingShape(tree, this.tables);
  }
  /** A name by which the line of a table is found, its id where another line has its name. */
  name(op, id) {
    if (op === "bound") return this.bound.get(id)?.name ?? id.split("#")[0];
    const table = { symbol: "symbols", matrix: "matrices", name: "names", function: "functions" }[op],
      name = this.tables[table][id]?.name ?? id;
    return this.lexicon.known.get(this.spelling(name))?.id === id ? name : id;
  }
  spelling(name) {
    return name.replace(/[{}_\\\s]/g, "");
  }
  /** What `part` gives while variables are bound; each gets a name that no other has. */
  within(variables, part) {
    const outer = this.bound;
    this.bound = new Map(outer);
    for (const { id, name, facts, shifted = false } of variables) {
      const taken = (n) => this.lexicon.known.has(this.spelling(n)) || [...this.bound.values()].some((b) => b.name === n);
      this.bound.set(id, {
        name: taken(name) ? ([...SPARE].find((n) => !taken(n)) ?? id) : name,
        shifted,
        whole: facts?.integer === true,
      });
    }
    const out = part();
    this.bound = outer;
    return out;
  }
  /** The variables of a fold, with whether their ends are shown one later. */
  variables(fold) {
    return fold.bind.map((b) => ({ ...b, shifted: isPosition(fold, b) }));
  }
  /** A tree and a number more. */
  later(tree, by) {
    const size = by ? linear(tree) : null;
    return size ? sizeTree(plus(size, constant(by)), this.tables.symbols) : by ? { op: "add", args: [tree, by] } : tree;
  }
  /** The place of an entry as print counts it. */
  position(tree) {
    const size = linear(tree) ?? new Map();
    const counted = [...size].filter(([id]) => this.bound.get(id)?.shifted || this.lexicon.isIndex(id)).reduce((sum, [, c]) => sum + c, 0);
    return this.later(tree, 1 - counted);
  }
  /** The places of an entry that say something: of a column its row, of a row its column. */
  places({ args: [matrix, i, j] }) {
    const shape = this.shape(matrix),
      one = (size) => size?.size === 1 && size.get("") === 1;
    const [column, row] = [one(shape?.[1]) && !one(shape?.[0]) && j === 0, one(shape?.[0]) && !one(shape?.[1]) && i === 0];
    return (column ? [i] : row ? [j] : [i, j]).map((place) => this.position(place));
  }
}
