// What a reader takes from a page: a copied formula is its TeX, and a button at each statement copies its TeX, its
// address and how it is cited.
import "katex/contrib/copy-tex";

const about = document.getElementById("about");
const status = about?.querySelector("[role=status]");
const plain = (title) => title.replaceAll("$", "");
const written = (annotation) => annotation.textContent.replace("\\displaystyle ", "").replace(/\{\}$/, "").trim();

/** The TeX of a statement; the lines of a derivation are aligned at their relations. */
function tex(box) {
  const shown = box.querySelector(":scope > .numbered");
  const lines = [...(shown?.querySelectorAll(".equalities > li") ?? [])].map((line) => [...line.querySelectorAll(":is(.left, .right) annotation")].map(written).join(" & "));
  if (lines.length) return `\\begin{aligned}\n${lines.join(" \\\\\n")}\n\\end{aligned}`;
  return shown?.querySelector("annotation")?.textContent.trim() ?? "";
}

/** All that can be copied of a statement. */
function copies(box) {
  const known = { title: box.getAttribute("aria-label"), number: box.querySelector(".permalink").textContent.replace(/[()]/g, ""), id: box.id.replace("equation-", "") };
  const page = document.querySelector("link[rel=canonical]")?.href ?? location.href.replace(/#.*/, "");
  const address = `${page}#${box.id}`;
  const filled = (text, values) => text.replace(/\{(title|number|id|address)\}/g, (_, name) => values[name]);
  const { text = "", bibtex = "" } = about.dataset;
  return {
    ...known,
    tex: tex(box),
    address,
    text: filled(text, { ...known, title: plain(known.title), address }),
    bibtex: filled(bibtex, { ...known, address }),
  };
}

/** Below its button or, where there is no room, above it. */
function put(button) {
  const { bottom, top, right } = button.getBoundingClientRect();
  const { width, height } = about.getBoundingClientRect();
  const below = bottom + height <= innerHeight || top < height;
  about.style.left = `${Math.max(16, Math.min(right - width, document.documentElement.clientWidth - width - 16))}px`;
  about.style.top = `${below ? bottom : top - height}px`;
}

let shown = null;

function open(button) {
  const found = copies(button.closest(".statement"));
  shown = found;
  about.querySelector(".name").textContent = `${found.number === "#" ? "" : found.number} ${plain(found.title)}`.trim();
  about.querySelector(".citation").textContent = found.text;
  for (const copy of about.querySelectorAll("[data-copy]")) copy.hidden = !found[copy.dataset.copy];
  const report = about.querySelector("a.report");
  if (report) report.href = report.dataset.address.replace(/%7Bstatement%7D/g, encodeURIComponent(found.id));
  status.textContent = "";
}

if (about) {
  let button = null;
  addEventListener("click", (event) => {
    button = event.target.closest?.(".statement .more") ?? button;
    if (event.target === button) open(button);
  }, true);
  about.addEventListener("toggle", ({ newState }) => {
    if (newState !== "open") return;
    button.scrollIntoView({ block: "nearest" }); // what arrived since the click may have moved it away
    put(button);
  });
  about.addEventListener("click", async ({ target }) => {
    const what = target.dataset.copy;
    if (!what) return;
    await navigator.clipboard.writeText(shown[what]);
    status.textContent = status.dataset.said;
  });
  const follow = () => about.matches(":popover-open") && put(button);
  addEventListener("scroll", follow, { passive: true });
  new ResizeObserver(follow).observe(document.body);
}
