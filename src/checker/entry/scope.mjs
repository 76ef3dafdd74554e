// Where a tree stands: what is bound there, and which names a slope is taken by.
import { INNER } from "../algebra/session.mjs";

/** What is bound or held where a tree stands: variables by id, and the names that a slope is taken by.  No two have one key. */
export const NOWHERE = { variables: new Map(), held: [], key: "" };
export const bindIn = (scope, id, p) => ({
  ...scope, variables: new Map(scope.variables).set(id, p), key: `${scope.key};${JSON.stringify(id)}=${p.key}`,
});
const heldKey = (held) => held.map((id) => `;held ${JSON.stringify(id)}`).join("");
/** What is held, without the variables: where a definition or a law stands. */
export const outside = ({ held }) => ({ ...NOWHERE, held, key: heldKey(held) });
export const holdIn = (scope, id) => ({ ...scope, held: [...scope.held, id], key: `${scope.key}${heldKey([id])}` });
/** The letter of a name that is held. */
export const heldName = (id) => `${INNER}held ${id}`;
