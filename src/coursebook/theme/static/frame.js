// What stands around the text: light or dark, search, the two sidebars. The theme's own script lays out the whole page,
// folds and all, before it lets a reader do anything.
const page = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");
const byId = (id) => document.getElementById(id);
const whenClicked = (selector, act) => document.querySelectorAll(selector).forEach((button) => button.addEventListener("click", act));

/** The mode as chosen, and the ground that follows from it. */
function show(mode) {
  Object.assign(page.dataset, { mode, theme: mode === "auto" ? (dark.matches ? "dark" : "light") : mode });
}

/** The button says which mode it is. */
function tellMode() {
  for (const button of document.querySelectorAll(".theme-switch-button")) {
    button.title = button.dataset[page.dataset.mode];
    button.setAttribute("aria-label", button.title);
  }
}

function switchMode() {
  const modes = dark.matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
  const mode = modes[(modes.indexOf(page.dataset.mode) + 1) % modes.length];
  localStorage.setItem("mode", mode);
  show(mode);
  tellMode();
}

/** A click beside a dialog closes it. */
function closeBeside(event) {
  const { left, right, top, bottom } = event.currentTarget.getBoundingClientRect();
  const inside = left <= event.clientX && event.clientX <= right && top <= event.clientY && event.clientY <= bottom;
  if (!inside && event.target === event.currentTarget) event.currentTarget.close();
}

let searchLoaded;

/** What answers a question is loaded at the first one; a promise of it. */
function loadSearch() {
  const load = (src) => new Promise((onload) => document.head.append(Object.assign(document.createElement("script"), { src, async: false, onload })));
  return (searchLoaded ??= Promise.all(document.querySelector("form.bd-search").dataset.load.split(" ").filter(Boolean).map(load)));
}

/** The page's own field where it has one, else a dialog. */
function search() {
  const field = document.querySelector(":not(dialog) > form.bd-search input");
  const dialog = byId("pst-search-dialog");
  loadSearch();
  if (field) field.focus();
  else if (dialog.open) dialog.close();
  else {
    dialog.showModal();
    dialog.querySelector("input").select();
  }
}

/** An address may hold a question. */
function searchFromAddress(field) {
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  if (field.value) loadSearch();
  field.addEventListener("focus", loadSearch, { once: true });
  field.focus();
}

/** On a narrow screen a sidebar is a dialog; its parts and their style move there and back. */
function sidebar(side, toggles) {
  const [bar, dialog] = [byId(`pst-${side}-sidebar`), byId(`pst-${side}-sidebar-modal`)];
  if (!bar || !dialog) return;
  const move = (from, to) => {
    to.append(...from.childNodes);
    [from.className, to.className] = ["", from.className];
  };
  whenClicked(toggles, () => {
    if (side === "primary" && matchMedia("(min-width: 992px)").matches) {
      bar.classList.toggle("pst-sidebar-hidden");
      return;
    }
    move(bar, dialog);
    dialog.showModal();
  });
  dialog.addEventListener("click", (event) => (event.target.closest("a") ? dialog.close() : closeBeside(event)));
  dialog.addEventListener("close", () => move(dialog, bar));
  bar.querySelector(".sidebar-close")?.addEventListener("click", () => dialog.close());
}

/** The list of chapters stands where it stood on the last page, unless what is read would be out of sight. */
function keepPlace(bar) {
  bar.scrollTop = sessionStorage.getItem("sidebar") ?? 0;
  const here = bar.querySelector(".current.active");
  const top = bar.querySelector(".top")?.offsetHeight ?? 0;
  const out = here && (here.offsetTop < bar.scrollTop + top || here.offsetTop + here.offsetHeight > bar.scrollTop + bar.clientHeight);
  if (out) bar.scrollTop = here.offsetTop - bar.clientHeight / 3;
  const edge = bar.querySelector(".top")?.getBoundingClientRect().bottom ?? 0;
  const cut = [...bar.querySelectorAll("a")].map((link) => link.getBoundingClientRect()).find(({ top, bottom }) => top < edge && edge < bottom);
  if (cut) bar.scrollTop = Math.ceil(bar.scrollTop - edge + cut.top); // no entry stands half below what stays at the top
  addEventListener("pagehide", () => sessionStorage.setItem("sidebar", bar.scrollTop));
}

/** Which pages were read to their end, in this browser alone. */
const READ = "read";
const pageName = (address) => new URL(address, location.href).pathname.split("/").pop() || "index.html";
function readPages() {
  try {
    const kept = JSON.parse(localStorage.getItem(READ));
    return new Set(Array.isArray(kept) ? kept : []);
  } catch {
    return new Set();
  }
}

function markRead(list) {
  const pages = readPages();
  for (const link of list.querySelectorAll(".toctree-l1 > a.internal")) {
    link.querySelector(".been-read")?.remove();
    if (!pages.has(pageName(link.href))) continue;
    const mark = Object.assign(document.createElement("span"), { className: "been-read", title: list.dataset.read });
    mark.append(Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: list.dataset.read }));
    link.append(mark);
  }
}

/** A page is read when its end is reached. */
function rememberReading(list, end) {
  const seen = new IntersectionObserver(([{ isIntersecting }]) => {
    if (!isIntersecting) return;
    localStorage.setItem(READ, JSON.stringify([...readPages().add(pageName(location.href))]));
    markRead(list);
    seen.disconnect();
  });
  addEventListener("scroll", () => seen.observe(end), { once: true, passive: true });
}

/** Keys for who does not type: / search, ? these keys, n and p, or arrows, the chapters. */
function obey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest("input, textarea, select, dialog, [popover], [contenteditable], [tabindex]:not(main), .live")) return;
  const chapter = (rel) => document.querySelector(`link[rel=${rel}]`)?.href;
  const leads = { n: chapter("next"), ArrowRight: chapter("next"), p: chapter("prev"), ArrowLeft: chapter("prev") };
  if (event.key === "/") search();
  else if (event.key === "?") byId("keys").showModal();
  else if (leads[event.key] && !event.shiftKey) location.href = leads[event.key];
  else return;
  event.preventDefault();
}

/** The list of sections marks the one that is read. */
function followReading(contents) {
  const entries = new Map();
  for (const link of contents.querySelectorAll("a[href^='#']")) {
    const heading = byId(decodeURIComponent(link.hash.slice(1)))?.querySelector("h1, h2, h3, h4");
    if (heading) entries.set(heading, link);
  }
  const mark = (seen) => {
    const read = seen.filter((entry) => entry.isIntersecting).pop();
    if (!read) return;
    for (const link of entries.values()) {
      const current = link === entries.get(read.target);
      current ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
      link.classList.toggle("active", current);
    }
  };
  const watcher = new IntersectionObserver(mark, { rootMargin: "0px 0px -70% 0px" });
  for (const heading of entries.keys()) watcher.observe(heading);
}

dark.addEventListener("change", () => show(page.dataset.mode));
tellMode();
whenClicked(".theme-switch-button", switchMode);
whenClicked(".search-button__button", search);
byId("pst-search-dialog")?.addEventListener("click", closeBeside);
addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    search();
  }
});
addEventListener("keydown", obey);
byId("keys")?.addEventListener("click", closeBeside);
sidebar("primary", ".primary-toggle");
sidebar("secondary", ".secondary-toggle");
if (byId("pst-primary-sidebar")) keepPlace(byId("pst-primary-sidebar"));
const chapters = document.querySelector(".bd-docs-nav"), end = document.querySelector(".prev-next-footer");
if (chapters) markRead(chapters);
if (chapters && end) rememberReading(chapters, end);
addEventListener("forgotten", () => {
  localStorage.removeItem(READ);
  markRead(chapters);
});
const questions = document.querySelector(":not(dialog) > form.bd-search input");
if (questions) searchFromAddress(questions);
if (byId("pst-page-toc-nav")) followReading(byId("pst-page-toc-nav"));
