// What a figure is, in the build and in the page alike.
import { compiled, withSlope } from "../../../checker/plain/values.mjs";
import { filled } from "./plot.mjs";

const NONE = {};

/**
 * The statements of a figure, ready for numbers: `at(id, values, functions)` is a point, `slope(id)` a function with its
 * slope, and `open(letter, id)` the same for a statement that leaves the function open.
 */
export function ready(statements) {
  const kept = new Map();
  const once = (id, functions, make) => {
    if (!(id in statements)) throw new Error(`${id} is not among the statements of the figure`);
    const made = kept.get(functions) ?? kept.set(functions, {}).get(functions);
    return (made[id] ??= make(statements[id], functions));
  };
  const slope = (id) => once(id, "slope", withSlope);
  const opened = {};
  return {
    slope, open: (letter, id) => (opened[`${letter} ${id}`] ??= { [letter]: slope(id) }),
    at: (id, values, functions = NONE) => once(id, functions, compiled)(values),
  };
}

/** All that a figure shows at a state: its numbers, its trees, and the texts for the places of its words. */
export function shown(figure, { words }, state, model) {
  const numbers = figure.compute(model, state), texts = figure.tell(numbers, state);
  const said = (key) => {
    if (!(key in words)) throw new Error(`the figure shows a text "${key}"`);
    return filled(words[key], texts);
  };
  return { numbers, texts, said, trees: figure.draw(numbers, state, said) };
}

/** The state when one has guessed: what the author sets, or so many steps of the figure's own. */
export function answered(figure, { then: { steps = 0, ...set } }, state, model) {
  let found = { ...state, ...set };
  for (let k = 0; k < steps; k++) found = { ...found, ...figure.step(figure.compute(model, found), found) };
  return found;
}

/** The right guess, from the numbers of both states. */
export const truth = (figure, data, state, model) => figure.truth(figure.compute(model, answered(figure, data, state, model)), figure.compute(model, state));
