// Lines that are to be put in order: by buttons, or by dragging them.
import { filled, make } from "../shown.mjs";
import { shuffled, standing } from "./chains.mjs";

function mover(line, sign, words, move) {
  const button = make("button", "", sign);
  button.type = "button";
  button.setAttribute("aria-label", filled(words, { line: line.querySelector(".line").textContent }).join(""));
  button.addEventListener("click", () => {
    move();
    button.focus();
    line.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return button;
}
/** A list whose lines can be moved, shuffled; with what tells how many of them stand right from the top on. */
export function ordered(right, chains) {
  const sorted = make("ol", "order");
  for (const line of shuffled(right)) {
    line.replaceChildren(make("span", "line", ...line.childNodes));
    line.draggable = true;
    line.append(
      mover(line, "↑", WORDS.up, () => line.previousElementSibling?.before(line)),
      mover(line, "↓", WORDS.down, () => line.nextElementSibling?.after(line)),
    );
    sorted.append(line);
  }
  let dragged = null;
  sorted.addEventListener("dragstart", ({ target }) => (dragged = target.closest("li")));
  sorted.addEventListener("dragover", (event) => {
    const under = event.target.closest("li");
    if (!dragged || under?.parentElement !== sorted) return;
    event.preventDefault();
    const { top, height } = under.getBoundingClientRect();
    if (under !== dragged) event.clientY > top + height / 2 ? under.after(dragged) : under.before(dragged);
  });
  sorted.addEventListener("dragend", () => {
    dragged = null;
    sorted.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const places = () => [...sorted.children].map((line) => right.indexOf(line) + 1);
  return {
    list: sorted,
    count: () => standing(places(), chains),
    total: right.length,
    arrange: (isSolved) => sorted.append(...(isSolved ? right : shuffled(right))),
  };
}
