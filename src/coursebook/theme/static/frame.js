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

function switchMode() {
  const modes = dark.matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
  const mode = modes[(modes.indexOf(page.dataset.mode) + 1) % modes.length];
  localStorage.setItem("mode", mode);
  show(mode);
}

/** A click beside a dialog closes it. */
function closeBeside(event) {
  const { left, right, top, bottom } = event.currentTarget.getBoundingClientRect();
  const inside = left <= event.clientX && event.clientX <= right && top <= event.clientY && event.clientY <= bottom;
  if (!inside && event.target === event.currentTarget) event.currentTarget.close();
}

/** The page's own field where it has one, else a dialog. */
function search() {
  const field = document.querySelector(":not(dialog) > form.bd-search input");
  const dialog = byId("pst-search-dialog");
  if (field) field.focus();
  else if (dialog.open) dialog.close();
  else dialog.showModal();
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
}

/** The list of chapters stands where it stood on the last page, or shows where one is. */
function keepPlace(bar) {
  const kept = sessionStorage.getItem("sidebar");
  const here = bar.querySelector(".current.active");
  if (kept !== null) bar.scrollTop = +kept;
  else if (here && here.offsetTop > bar.clientHeight / 2) bar.scrollTop = here.offsetTop - bar.clientHeight / 4;
  addEventListener("pagehide", () => sessionStorage.setItem("sidebar", bar.scrollTop));
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
whenClicked(".theme-switch-button", switchMode);
whenClicked(".search-button__button", search);
byId("pst-search-dialog")?.addEventListener("click", closeBeside);
addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    search();
  }
});
if (/^(Mac|iP)/.test(navigator.platform)) document.querySelectorAll(".kbd-shortcut__modifier").forEach((key) => (key.textContent = "⌘"));
sidebar("primary", ".primary-toggle");
sidebar("secondary", ".secondary-toggle");
if (byId("pst-primary-sidebar")) keepPlace(byId("pst-primary-sidebar"));
if (byId("pst-page-toc-nav")) followReading(byId("pst-page-toc-nav"));
