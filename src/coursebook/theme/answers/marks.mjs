// Marks of what is solved: at the titles of exercises, in the list of chapters, and the line that exports and forgets.
import { filled, make } from "../shown.mjs";
import { exported, forget, imported, isSolved } from "./memory.mjs";

const pageOf = (address) => new URL(address, location.href).pathname.split("/").pop() || "index.html";
const PAGES = new Map(Object.entries(EXERCISES).map(([address, exercises]) => [address.split("/").pop(), Object.entries(exercises)]));
const HERE = PAGES.get(pageOf(location.href)) ?? [];
const count = (exercises) => exercises.filter(([exercise, fields]) => isSolved(exercise, fields)).length;

/** A mark that is read out as words. */
function mark(sign, words) {
  const seen = make("span", "", sign);
  seen.setAttribute("aria-hidden", "true");
  return make("span", "solved", seen, make("span", "visually-hidden", ` (${words})`));
}
function marked(element, sign) {
  element.querySelector(":scope > .solved")?.remove();
  if (sign) element.append(" ", sign);
}
function show() {
  for (const [exercise, fields] of HERE) {
    const title = document.querySelector(`#${CSS.escape(exercise)} > .admonition-title`);
    if (title) marked(title, isSolved(exercise, fields) && mark("✓", WORDS.solved));
  }
  for (const link of document.querySelectorAll(".bd-sidenav a[href]")) {
    const exercises = PAGES.get(pageOf(link.href)), solved = exercises ? count(exercises) : 0, total = String(exercises?.length);
    marked(link, solved > 0 && mark(`${solved}/${total}`, filled(WORDS.count, { solved: String(solved), total }).join("")));
  }
  const kept = document.querySelector(".kept > p");
  if (kept) kept.textContent = filled(WORDS.kept, { solved: String(count(HERE)), total: String(HERE.length), all: String([...PAGES.values()].map(count).reduce((sum, each) => sum + each, 0)) }).join("");
}

function button(words, act) {
  const made = make("button", "", words);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}
function save() {
  const link = make("a", "");
  link.href = URL.createObjectURL(new Blob([exported()], { type: "application/json" }));
  link.download = "exercises.json";
  link.click();
  URL.revokeObjectURL(link.href);
}
function fetchFile() {
  const field = make("input", "");
  Object.assign(field, { type: "file", accept: ".json,application/json" });
  field.addEventListener("change", async () => {
    const told = document.querySelector(".kept > [role=status]");
    told.textContent = "";
    try {
      imported(await field.files[0].text());
    } catch {
      told.textContent = WORDS.no_export;
    }
  });
  field.click();
}
/** Below the exercises of a page. */
export function begin() {
  const last = [...document.querySelectorAll("form.answer")].pop();
  const part = last?.closest("section[id='exercises'], .bd-article > section > section");
  if (part) {
    const remove = button(WORDS.forget, () => confirm(WORDS.sure) && forget());
    const told = make("p", "");
    told.setAttribute("role", "status");
    part.append(make("div", "kept", make("p", ""), button(WORDS.export, save), button(WORDS.import, fetchFile), remove, told));
  }
  addEventListener("solved", show);
  show();
}
