// Lines that are to be put in order: by buttons, or by dragging them.
import { filled, make } from "../shown.mjs";

/** The same shuffle for each reader, and never the right order: every other line, beginning with the second. */
const shuffled = (lines) => [...lines.filter((_, k) => k % 2), ...lines.filter((_, k) => k % 2 === 0)];

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
/** Turn a list into one whose lines can be moved; gives what tells how many lines stand right from the first on. */
export function ordered(list) {
  const right = [...list.children], sorted = make("ol", "order");
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
  list.replaceWith(sorted);
  const standing = () => [...sorted.children].findIndex((line, k) => line !== right[k]);
  return {
    count: () => (standing() < 0 ? right.length : standing()),
    total: right.length,
    arrange: () => sorted.append(...right),
  };
}
