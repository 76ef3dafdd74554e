// What scripts of pages show: elements, sentences with elements in them, formulas and numbers that the prover's printer writes.

/** An element with its class, and what stands in it: texts and elements. */
export function make(tag, name, ...inside) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...inside);
  return element;
}
/** A sentence with elements in its places. */
export const filled = (message, places) => message.split(/\{(\w+)\}/).map((part, at) => (at % 2 ? places[part] : part));

/** A formula that our printer wrote, which escapes what was typed. */
export function math(markup) {
  const holder = make("span", "");
  holder.innerHTML = markup;
  return holder;
}
export const printed = ({ tree, tables }) => math(Checker.mathml(tree, tables));
export const numeral = (value) => math(Checker.mathml(Checker.literal(value), {}));

/** A letter with the number or the matrix that it is. */
function setting(id, found, tables) {
  const op = id in tables.matrices ? "matrix" : "symbol", rows = op === "matrix" && found.map((row) => row.map(Checker.literal));
  const value = rows ? { op: "rows", rows, shape: [rows.length, rows[0].length] } : Checker.literal(found);
  return printed({ tree: { op: "eq", args: [{ op, id }, value] }, tables });
}
/** The numbers of a counterexample, and what stands for its functions. */
export function valuesOf({ values }, tables, functions) {
  const all = [...Object.entries(values).map(([id, value]) => setting(id, value, tables)), ...functions.map(printed)];
  return make("ul", "values", ...all.map((shown) => make("li", "", shown)));
}
