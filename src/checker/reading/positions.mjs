/** Where a bound variable stands in a syntax tree: as an index of an entry, or elsewhere. */
const children = (node) => Object.values(node).filter((part) => part && typeof part === "object");

export const mentions = (node, bound) => node.found === bound || children(node).some((part) => part !== bound && mentions(part, bound));

export const outsidePositions = (node, bound) =>
  node.found === bound ||
  Object.entries(node).some(
    ([key, part]) => part && typeof part === "object" && part !== bound && key !== "indices" && outsidePositions(part, bound),
  );
