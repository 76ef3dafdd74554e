// Formulas in folds come as MathML with their TeX: any browser shows it, reads it aloud and finds it. As the build draws
// them they are one script of the page, loaded at the reader's first sign, so that a fold that opens shows them at once.
const drawings = { inline: {}, block: {} };
const BARE = ":is(.math, .katex-display) > math";

/** Formulas of a part of the page that are seen, or all of them, as the build draws them. */
function drawFormulas(part, all = false) {
  for (const math of part.querySelectorAll(BARE)) {
    const drawing = drawings[math.getAttribute("display") ?? "inline"][math.querySelector("annotation")?.textContent];
    if (!drawing || (!all && math.closest("details:not([open])"))) continue;
    const formula = Object.assign(document.createElement("span"), { className: "katex", innerHTML: `<span class="katex-mathml"></span>${drawing}` });
    math.replaceWith(formula);
    formula.firstChild.append(math);
  }
}

/** The script that holds them calls this. */
function keepDrawings(found) {
  for (const [kind, held] of Object.entries(found)) Object.assign(drawings[kind], held);
  drawFormulas(document);
  document.dispatchEvent(new Event("drawn")); // in another width than before
}

function loadDrawings() {
  const src = document.body.dataset.drawings;
  if (src && !document.querySelector(`script[src="${src}"]`)) document.head.append(Object.assign(document.createElement("script"), { src }));
}

/** What a fold keeps as text is made when it is opened. */
function fill(fold) {
  const kept = fold.querySelector(":scope > noscript");
  if (kept) kept.outerHTML = kept.textContent;
}

/** Whoever opens a fold, a reader, a link or a search: it is made before it is painted. */
function opened(changes) {
  for (const { target: fold } of changes) {
    if (!fold.matches("details[open]")) continue;
    loadDrawings();
    fill(fold);
    drawFormulas(fold);
  }
}

new MutationObserver(opened).observe(document.documentElement, { subtree: true, attributeFilter: ["open"] });
for (const sign of ["pointermove", "pointerdown", "keydown", "scroll"]) addEventListener(sign, loadDrawings, { once: true, passive: true });
for (const use of ["beforeprint", "copy"]) addEventListener(use, () => drawFormulas(document, true), true);
