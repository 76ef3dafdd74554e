// Answers while a reader types: statements, headings, terms and functions, ranked by MiniSearch. The data, window.searched,
// are loaded with this script, at the first question.
import MiniSearch from "minisearch";
import { make } from "../shown.mjs";

const SHOWN = 30; // results
const WEIGHTS = { number: 6, text: 4, words: 1.5, also: 0.8, where: 0.4 };
const KINDS = { statement: 1.25, page: 1.3, term: 1.15, heading: 1, function: 1 };

/** Words and numbers, as 5.3. */
const tokens = (text) => text.match(/\d+(?:\.\d+)*|[\p{L}\p{M}_]+/gu) ?? [];
/** Without accents, in British spelling, without the s of a plural. */
const common = (word) =>
  word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/iz(?=e|ing|ation)/, "is").replace(/([^sui])s$/, "$1");

const { fields, rows, kinds } = window.searched;
const entries = rows.map((row, id) => ({ id, ...Object.fromEntries(fields.map((name, k) => [name, row[k]])) }));
const index = new MiniSearch({ fields: Object.keys(WEIGHTS), tokenize: tokens, processTerm: common });
index.addAll(entries);

const EXACT = {
  boost: WEIGHTS,
  combineWith: "AND",
  prefix: (word, k, all) => k === all.length - 1 && word.length > 1 && !/^\d/.test(word),
  weights: { fuzzy: 0.2, prefix: 0.5 },
  boostDocument: (id) => KINDS[entries[id].kind],
};
const NEAR = { ...EXACT, fuzzy: (word) => (word.length > 4 && !/\d/.test(word) ? 0.2 : false) };

/** What holds all these words or, where nothing does, words like them, or some of them. */
export function find(query) {
  for (const options of [EXACT, NEAR, { ...NEAR, combineWith: "OR" }]) {
    const found = index.search(query, options);
    if (found.length) return found.slice(0, SHOWN).map(({ id }) => entries[id]);
  }
  return [];
}

const root = new URL(document.documentElement.dataset.content_root, location.href);

function result({ kind, address, number, title, formula, words, where }) {
  const item = make("li"), link = make("a", "found-title");
  link.href = new URL(address, root);
  link.innerHTML = [number, title].filter(Boolean).join(" ");
  item.append(link, make("span", "found-where", [kinds[kind], where].filter(Boolean).join(", ")));
  if (formula) {
    const shown = make("div", "found-formula");
    shown.innerHTML = formula;
    item.append(shown);
  } else if (kind === "term" || kind === "function") item.append(make("div", "found-words", words));
  return item;
}

/** A field of a page and the list of its results. */
function serve(form) {
  const [field, list, status] = [form.querySelector("input"), form.parentElement.querySelector(".found"), form.parentElement.querySelector("[role=status]")];
  const answer = () => {
    const query = field.value.trim();
    const results = query ? find(query) : [];
    list.replaceChildren(...results.map(result));
    status.textContent = !query ? "" : results.length ? status.dataset.some.replace("{number}", results.length) : status.dataset.none;
  };
  const links = () => [...list.querySelectorAll(".found-title")];
  const step = (event) => {
    if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
    const stops = [field, ...links()], at = stops.indexOf(document.activeElement);
    const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  };
  field.addEventListener("input", answer);
  form.parentElement.addEventListener("keydown", step);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    links()[0]?.click();
  });
  list.addEventListener("click", ({ target }) => target.closest("a") && form.closest("dialog")?.close());
  answer();
}

for (const form of document.querySelectorAll("form.bd-search")) serve(form);
