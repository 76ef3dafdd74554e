// What was solved, in this browser alone: { exercise: { place of the field: the answer as given } }.
const KEY = "exercises";
const isTable = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/** Only what this script may have written. */
function read(text) {
  const found = JSON.parse(text);
  if (!isTable(found)) throw new TypeError("no table of exercises");
  return Object.fromEntries(Object.entries(found).filter(([, fields]) => isTable(fields)));
}

function begin() {
  try {
    return read(localStorage.getItem(KEY) ?? "{}");
  } catch {
    return {}; // a browser that keeps nothing, or something else under our key
  }
}
let all = begin();
/** What another tab wrote is known here, too, before more is added to it. */
function renew() {
  all = begin();
  dispatchEvent(new Event("solved"));
}
addEventListener("storage", renew);
addEventListener("pageshow", ({ persisted }) => persisted && renew());

function write() {
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
  } catch {
    // it is remembered until the page is left
  }
  dispatchEvent(new Event("solved"));
}
export const answerTo = (exercise, place) => all[exercise]?.[place];
export function keep(exercise, place, answer) {
  all[exercise] = { ...all[exercise], [place]: answer };
  write();
}
export function forget() {
  all = {};
  write();
  dispatchEvent(new Event("forgotten"));
}
export const exported = () => JSON.stringify(all, null, 2);
/** Put what was exported to what is there. */
export function imported(text) {
  for (const [exercise, fields] of Object.entries(read(text))) all[exercise] = { ...all[exercise], ...fields };
  write();
  dispatchEvent(new Event("imported"));
}
/** Has every field of an exercise been answered? */
export const isSolved = (exercise, fields) => Object.keys(all[exercise] ?? {}).length >= fields;
