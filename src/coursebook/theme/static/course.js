// Everything here improves a page that is whole without it.
/** What the address asks for; one that nobody can decode asks for nothing. */
function wanted() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}

/** The ledger's form shows only the statements that hold the words, in the state chosen. */
function filterLedger(form) {
  const pages = [...document.querySelectorAll(".ledger tbody")];
  const { text, state } = form.elements;
  const matches = (row) =>
    row.textContent.toLowerCase().includes(text.value.toLowerCase()) && (!state.value || row.dataset.state === state.value);
  const filter = () => {
    let shown = 0, total = 0;
    for (const page of pages) {
      const [heading, ...rows] = page.rows;
      for (const row of rows) row.hidden = !matches(row);
      const visible = rows.filter((row) => !row.hidden).length;
      heading.hidden = !visible;
      shown += visible;
      total += rows.length;
    }
    const output = form.querySelector("output");
    output.textContent = output.dataset.message.replace("{shown}", shown).replace("{number}", total);
  };
  const fromAddress = () => {
    if (![...state.options].some((option) => option.value && option.value === wanted())) return;
    state.value = wanted();
    filter();
    form.scrollIntoView();
  };
  form.elements.formulas.addEventListener("change", showFormulas);
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", fromAddress);
  fromAddress();
}

/** Under each title the formula, if the search keeps it for a line: a page with all of them would be slow to come. */
async function showFormulas({ target: box }) {
  const ledger = document.querySelector(".ledger");
  if (box.checked) await loadSearch();
  if (box.checked && !ledger.querySelector(".formula")) {
    const [address, formula] = ["address", "formula"].map((name) => searched.fields.indexOf(name));
    const found = new Map(searched.rows.map((row) => [row[address], row[formula]]));
    for (const link of ledger.querySelectorAll("td:first-child a")) {
      const kept = found.get(link.getAttribute("href"));
      if (kept) link.closest("tr").cells[1].insertAdjacentHTML("beforeend", `<div class="formula">${kept}</div>`);
    }
  }
  ledger.classList.toggle("with-formulas", box.checked);
}

/** A link to something inside a fold opens it. */
function unfold() {
  const target = wanted() && document.getElementById(wanted());
  for (let fold = target?.closest?.("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

const SCROLLING = ".katex-display, .equalities, .ledger-box, .graph, pre, .pst-scrollable-table-container";

/** What scrolls sideways is reached by the keyboard. */
function reachScrolling(boxes = document.querySelectorAll(SCROLLING)) {
  for (const box of boxes) {
    if (box.closest("details:not([open])")) continue; // to ask for its width would lay it out
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}

/** Once for all folds that open together: each question for a width lays out the page. */
let asked = 0;
function reachSoon() {
  asked ||= requestAnimationFrame(() => {
    asked = 0;
    reachScrolling();
  });
}

/** A long page is laid out part by part, from its second section on, so that it answers its reader meanwhile; ground.js asks for it. */
async function layOutInTurn() {
  const idle = () => new Promise((done) => (window.requestIdleCallback ?? setTimeout)(done));
  let since = -Infinity;
  for (const part of document.querySelectorAll(".bd-article > section > section ~ section :is(.cell, p):is(section > *)")) {
    if (performance.now() - since > 4) {
      await idle();
      since = performance.now();
    }
    part.style.contentVisibility = "visible";
    part.getBoundingClientRect(); // laid out now, by itself
    reachScrolling(part.querySelectorAll(SCROLLING));
  }
  await idle();
  reachScrolling();
  document.body.dataset.laidOut = "";
}

document.querySelectorAll(".ledger-filter").forEach(filterLedger);
addEventListener("hashchange", unfold);
unfold();
addEventListener("resize", () => reachScrolling());
for (const change of ["toggle", "drawn"]) document.addEventListener(change, reachSoon, true);
document.fonts.ready.then(layOutInTurn);
