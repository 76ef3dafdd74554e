// What belongs to one proof: the atoms met so far, what is known of their signs, and how much work is left.

/** What the prover cannot do, as a code and what it is about: the verdict is then "undecided". */
export class Unknown extends Error {
  constructor(code, about) {
    super(about === undefined ? code : `${code}: ${about}`);
    this.code = code;
    this.about = about;
  }
}

/** What the prover names itself begins so, and no letter of a statement does. */
export const INNER = "\u0000";

export const session = {};

/** Start anew: nothing of an earlier proof is known. */
export function begin({ steps = 4e6 } = {}) {
  Object.assign(session, {
    atoms: new Map(), // key -> atom
    indices: new Map(), // leaf -> index
    slopes: new Map(), // atom and variable -> derivative
    labels: new Set(), // matrices whose entries are 0 or 1
    facts: [], // { sign, poly, places }
    used: new Set(), // rules that were used, as codes
    fresh: 0,
    left: steps,
  });
}

/** Count work; a proof that takes too much of it is given up. */
export function spend(n) {
  session.left -= n;
  if (session.left < 0) throw new Unknown("out-of-time");
}
