// The solution of an exercise that is not solved opens at the second asking; without a script it is a fold like others.
import { make } from "../shown.mjs";
import { hint } from "./hints.mjs";
import { isSolved } from "./memory.mjs";

function guard(exercise, solution) {
  const fields = exercise.querySelectorAll("form.answer").length, summary = solution.querySelector(":scope > summary");
  let question = null;
  summary.addEventListener("click", (event) => {
    if (solution.open || question || isSolved(exercise.id, fields)) return;
    event.preventDefault();
    const show = make("button", "", WORDS.show);
    show.type = "button";
    show.addEventListener("click", () => {
      question.remove();
      solution.open = true;
      summary.focus();
    });
    question = make("p", "sure", WORDS.give_up, " ", show);
    solution.after(question);
    show.focus();
  });
  solution.addEventListener("toggle", () => question?.remove());
}
export function begin() {
  for (const exercise of document.querySelectorAll(".exercise:has(form.answer)")) {
    const next = exercise.nextElementSibling;
    if (!next?.matches("details.solution")) continue;
    hint(exercise, next);
    guard(exercise, next);
  }
}
