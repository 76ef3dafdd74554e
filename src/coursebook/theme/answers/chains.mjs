// In which orders lines may stand: those of each chain in its order, and otherwise anywhere. Lines are numbers from 1.

/** How many lines stand right, from the top on: up to one that has to come after a line below it. */
export function standing(lines, chains) {
  const before = (line) => chains.flatMap((chain) => (chain.includes(line) ? chain.slice(0, chain.indexOf(line)) : []));
  const fault = lines.findIndex((line, k) => before(line).some((other) => !lines.slice(0, k).includes(other)));
  return fault < 0 ? lines.length : fault;
}
/** The same shuffle for each reader, never a right order where there are two lines in a chain: every other line, beginning with the second. */
export const shuffled = (lines) => [...lines.filter((_, k) => k % 2), ...lines.filter((_, k) => k % 2 === 0)];
