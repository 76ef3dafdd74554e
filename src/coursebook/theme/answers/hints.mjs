// The last hint of an exercise: the lines of its solution, shuffled, to be put in order. It is made when it is opened.
import { make } from "../shown.mjs";
import { ordered } from "./order.mjs";

const LEAST = 3;

/** What holds the lines of a solution: its paragraphs, and the lines of its proofs. */
const parts = (solution) =>
  [...solution.querySelectorAll("p, .statement > .fold > .equalities > li")].filter((part) => part.tagName === "LI" || !part.closest(".cell, .statement, form, figure"));
const breaks = (paragraph) => [...paragraph.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).flatMap((text) => text.data.split("\n").slice(1));
const countOf = (part) => (part.tagName === "LI" ? 1 : 1 + breaks(part).length);

/** The lines of a solution: its sentences, each a line of its source, and the lines of its proofs. */
function linesOf(solution) {
  const lines = parts(solution).flatMap((part) => (part.tagName === "LI" ? [equality(part)] : sentences(part)));
  lines.flatMap((line) => [...line.querySelectorAll("[id]")]).forEach((copy) => copy.removeAttribute("id"));
  return lines.filter((line) => line.textContent.trim());
}
function sentences(paragraph) {
  const lines = [make("li", "")];
  for (const node of paragraph.childNodes) {
    const [first, ...others] = node.nodeType === Node.TEXT_NODE ? node.data.split("\n") : [node.cloneNode(true)];
    lines.at(-1).append(first);
    lines.push(...others.map((text) => make("li", "", text)));
  }
  return lines;
}
const equality = (line) => make("li", "", ...[...line.querySelectorAll(":scope > .left > *, :scope > .right > *")].map((side) => side.cloneNode(true)));

export function hint(exercise, solution) {
  if (parts(solution).reduce((count, part) => count + countOf(part), 0) < LEAST) return;
  const fold = make("details", "fold solution dropdown shuffled", make("summary", "", WORDS.last_hint));
  fold.addEventListener("toggle", () => fill(fold, linesOf(solution)), { once: true });
  (exercise.querySelector(":scope > section") ?? exercise).append(fold);
}
function fill(fold, lines) {
  fold.append(...sorting(lines));
  drawFormulas(fold);
  for (const line of fold.querySelectorAll(".line")) if (line.scrollWidth > line.clientWidth) line.tabIndex = 0; // what scrolls sideways is reached by the keyboard
}
/** Nothing is called wrong: other orders may do as well. */
function sorting(lines) {
  const order = ordered(lines, [lines.map((_, k) => k + 1)]), told = make("p", "told", "");
  told.setAttribute("role", "status");
  order.list.addEventListener("input", () => (told.textContent = order.count() === order.total ? WORDS.solution_order : ""));
  return [order.list, told];
}
