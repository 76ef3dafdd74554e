/** How names are spelt, and which are known: W_1, W1, W_{1} and W₁ are one; so are λ, \lambda and lambda. */
const NAMES =
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega " +
  "Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega";
/** The letters of Greek names. */
export const GREEK = Object.fromEntries(NAMES.split(" ").map((name, k) => [name, "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ"[k]]));
/** Other signs for a letter; µ is that of a millionth. */
export const VARIANTS = { ϵ: "epsilon", ϑ: "theta", ϕ: "phi", ϱ: "rho", µ: "mu", ℒ: "L" };
const LETTERS = new Map([...Object.entries(GREEK).map(([name, letter]) => [letter, name]), ...Object.entries(VARIANTS)]);
const LOW = "₀₁₂₃₄₅₆₇₈₉";

/** A name without signs of its own: λ is lambda, W₁ is W_1. */
export const asWord = (name) => name.replace(/[₀-₉]+/, (low) => `_${spelt(low)}`).replace(/(?<!\p{L})\p{L}(?!\p{L})/gu, (c) => LETTERS.get(c) ?? c);

/** One spelling for all ways to write a name; what is below a letter stays apart unless it is a number: a_b is not ab. */
export const spelt = (name) =>
  [...name]
    .map((c) => LETTERS.get(c) ?? (LOW.includes(c) ? LOW.indexOf(c) : c))
    .join("")
    .replace(/\\(var)?|[{}\s]/g, "")
    .replace(/_(?=\d)/g, "");

/** The known names of a statement, and the bound variables around the place that is read. */
export class Lexicon {
  constructor(tables) {
    this.tables = tables;
    this.known = new Map();
    this.scopes = [];
    this.depth = 0; // of brackets around the place that is read
    for (const [table, op] of [
      ["functions", "function"],
      ["symbols", "symbol"],
      ["matrices", "matrix"],
      ["names", "name"],
    ])
      for (const [id, line] of Object.entries(tables[table]))
        for (const name of [id, line.name]) this.known.set(spelt(name), { op, id, name });
  }
  find(name) {
    const spelling = spelt(name);
    return this.scopes.findLast((bound) => spelt(bound.name) === spelling) ?? this.known.get(spelling);
  }
  /** Free indices, whole and not only positive, are counted from 0 in trees and from 1 in print. */
  isIndex(id) {
    const facts = this.tables.symbols[id]?.facts;
    return Boolean(facts?.integer && !facts.positive);
  }
  /**
   * Up to two ways to cut a word into known names, the last of them with what is below it: Xw_1 is X w_1.  Pieces
   * may be words of the language, too.
   */
  cuts(word, below = "", isWord = () => false) {
    const ways = Array.from({ length: word.length }, () => []).concat([[[]]]); // from each place on
    for (let from = word.length - 1; from >= 0; from--)
      for (let end = from + 1; end <= word.length; end++) {
        const head = word.slice(from, end),
          last = end === word.length,
          known = (this.find(last ? head + below : head) || isWord(head)) && !/\d/.test(word[end]);
        if (known) ways[from] = [...ways[from], ...ways[end].map((rest) => [head, ...rest])].slice(0, 2);
      }
    return ways[0];
  }
  /** Does a subscript hold a variable that is bound around it? */
  binds(below) {
    const runs = below.match(/\\?\p{L}+/gu) ?? [];
    return this.scopes.some(({ name }) => runs.some((run) => spelt(run) === spelt(name) || (run.length === 2 && run.includes(name))));
  }
  /** Known names a slip of the keyboard away: the nearest. */
  near(name, more) {
    const word = spelt(name),
      names = [...this.scopes, ...this.known.values()].map((known) => known.name);
    const apart = (other) =>
      other.toLowerCase() === word.toLowerCase() || (word.length > 2 && other.startsWith(word)) ? 0.5 : distance(word, other);
    const near = [...new Set([...names, ...more])].map((other) => [other, apart(spelt(other)), spelt(other).length]);
    const close = near
      .filter(([, d, length]) => d <= (Math.max(word.length, length) > 3 ? 2 : 1) && d < Math.max(word.length, length))
      .sort((a, b) => a[1] - b[1]);
    return close
      .filter(([, d]) => d - close[0][1] <= 0.5)
      .slice(0, 3)
      .map(([other]) => other);
  }
}

/** How many letters are put in, left out or replaced. */
function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, k) => k);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] !== b[j - 1]));
    row = next;
  }
  return row[b.length];
}
