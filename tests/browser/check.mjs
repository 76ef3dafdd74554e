// Looks at every built page as a reader would: node tests/browser/check.mjs _build/html [page.html ...]
// Below a path and from the disk, on a wide and a narrow screen, on light and dark ground, with all folds open, and on
// paper: accessible by axe, no error in the console, nothing from elsewhere, nothing missing, nothing that moves while
// the page loads, nothing wider than the screen, every formula read whole, no markup that was not understood.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { PATIENCE, folder, inTurn, launch, pages, serve } from "./site.mjs";
import { CHILDREN } from "../mathml.mjs";
import { use } from "./use.mjs";

const SCREENS = [
  { width: 390, height: 844, grounds: ["light", "dark"] },
  { width: 1280, height: 900, grounds: ["dark", "light"] },
];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const ledger = JSON.parse(readFileSync(join(folder, "ledger.json"), "utf8"));

/** What a page does while it loads that it must not do. */
function listen(tab, base) {
  const heard = [];
  tab.on("console", (message) => message.type() === "error" && heard.push(`console: ${message.text()}`));
  tab.on("pageerror", (error) => heard.push(`script: ${error.message}`));
  tab.on("response", (response) => response.status() >= 400 && heard.push(`missing: ${response.url()}`));
  tab.on("requestfailed", (request) => request.failure().errorText !== "net::ERR_ABORTED" && heard.push(`failed: ${request.url()}: ${request.failure().errorText}`));
  tab.on("request", (request) => {
    const address = request.url();
    if (!/^(data|blob):/.test(address) && !address.startsWith(base)) heard.push(`request to elsewhere: ${address}`);
    if (/\.woff2?$/.test(address)) heard.push(`letters that the style sheet lacks: ${address}`);
  });
  return heard;
}

/** Runs in the page before anything else: how far things move while it loads. */
function measureShifts() {
  window.moved = 0;
  const add = (list) => list.getEntries().forEach((entry) => (window.moved += entry.value));
  new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
}

/** Runs in the page: what can be seen to be wrong, and where its links lead. */
function inspect(children) {
  const faults = [];
  const main = document.querySelector("main");
  const wider = document.documentElement.scrollWidth - innerWidth;
  if (wider > 0) faults.push(`${wider} px wider than the screen`);
  for (const formula of document.querySelectorAll(".katex-display"))
    if (!formula.closest(".statement, .notation")) faults.push(`a displayed formula outside a statement: ${formula.textContent.slice(0, 60)}`);
  for (const formula of document.querySelectorAll(".katex-error")) faults.push(`a formula that KaTeX refused: ${formula.textContent}`);

  for (const part of document.querySelectorAll(Object.keys(children).map((name) => `math ${name}`).join()))
    if (part.childElementCount !== children[part.localName]) faults.push(`a formula with ${part.childElementCount} parts in its ${part.localName}: ${part.closest("math").textContent}`);

  const cut = (box, right) => {
    for (let above = box.parentElement; above && above !== main; above = above.parentElement) {
      const { overflowX } = getComputedStyle(above);
      if (/auto|scroll/.test(overflowX)) return false;
      if (/hidden|clip/.test(overflowX) && right > above.getBoundingClientRect().right + 1) return true;
    }
    return right > main.getBoundingClientRect().right + 1;
  };
  const parts = [...document.querySelectorAll(".katex-html > .base")];
  const edges = parts.map((part) => part.getBoundingClientRect().right);
  const article = document.querySelector("article")?.getBoundingClientRect().right ?? innerWidth;
  parts.forEach((part, at) => {
    if (edges[at] > Math.min(article, innerWidth) - 8 && cut(part, edges[at])) faults.push(`a formula that is cut off: ${part.closest(".katex").querySelector("annotation").textContent}`);
  });
  for (const code of document.querySelectorAll(".cell_input pre"))
    if (innerWidth > 1000 && !code.closest("details") && code.scrollWidth > code.clientWidth) faults.push(`code wider than its box: ${code.textContent.split("\n").sort((a, b) => b.length - a.length)[0]}`);

  for (const image of document.querySelectorAll("main img")) {
    if (!image.getAttribute("alt")?.trim()) faults.push(`an image without a text in its place: ${image.src}`);
    if (!image.hasAttribute("width") || !image.hasAttribute("height")) faults.push(`an image without its size: ${image.src}`);
    if (image.getAttribute("width") > 580) faults.push(`${image.src} is ${image.getAttribute("width")} px wide, so that its letters are below 9 px on a narrow screen: draw it at most 6 inches wide`);
  }
  for (const mark of document.querySelectorAll(".mark-behind")) {
    const formula = mark.previousElementSibling.querySelector(".base:last-child")?.getBoundingClientRect();
    if (formula?.height && mark.getBoundingClientRect().top >= formula.bottom) faults.push(`a line that begins with ${mark.textContent}: ${mark.parentElement.textContent.slice(0, 60)}`);
  }
  for (const drawing of document.querySelectorAll("main svg"))
    if (!drawing.closest("[aria-label], [aria-hidden=true], button, .katex")) faults.push(`a drawing without a name: ${drawing.outerHTML.slice(0, 80)}`);

  const words = [];
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("pre, code, .katex, script, noscript, option")) words.push(walker.currentNode.data);
  return {
    faults,
    words: words.join(" "),
    ids: [...document.querySelectorAll("[id]")].map((element) => element.id),
    links: [...document.querySelectorAll("a[href]")].map((link) => link.href.baseVal ? new URL(link.href.baseVal, location).href : link.href),
  };
}

const MARKUP = [
  /`{3,}|:::+|~~~+/, // fences
  /\{(eq|ref|numref|cite|doc|term|glue:\w+|statement|math)\}/, // directives and roles
  /\\(frac|sum|prod|int|left|right|begin|end|partial|nabla|mathbb|mathcal|mathrm|operatorname|text|cdot|times|top|sigma|log|exp|le|ge|in)\b|\\[[(]/, // formulas
  /\$\S[^$]*\$/,
];

function unread(words) {
  return MARKUP.flatMap((pattern) => pattern.exec(words)?.[0] ?? []).map((found) => `markup that was not understood: ${found}`);
}

/** Runs in the page: images that wait for the reader are fetched, too. */
async function fetchImages() {
  const images = [...document.querySelectorAll("main img")];
  images.forEach((image) => (image.loading = "eager"));
  await Promise.all(images.map((image) => image.complete || new Promise((done) => (image.onload = image.onerror = done))));
  return images.filter((image) => !image.naturalWidth).map((image) => `an image that does not show: ${image.src}`);
}

/** Runs in the page: each formula becomes one text of its size and colour. What axe can say of KaTeX's many boxes is whether they can be read. */
function flattenFormulas() {
  const ofOneColour = [...document.querySelectorAll(".katex:has(> .katex-html)")].filter((formula) => !formula.querySelector(".katex-html [style*='color']"));
  const shown = ofOneColour.map((formula) => formula.querySelector(".katex-html"));
  const sizes = shown.map((box) => box.getBoundingClientRect()); // all of them before the page changes
  for (const [k, { width, height }] of sizes.entries()) {
    const text = document.createElement("span");
    text.textContent = shown[k].textContent;
    Object.assign(text.style, { display: "inline-block", fontFamily: "serif", width: `${width}px`, height: `${height}px`, overflow: "hidden", whiteSpace: "nowrap" });
    ofOneColour[k].replaceChildren(text);
  }
}

async function accessibility(tab, rules, where = { include: ["html"] }) {
  const { violations } = await tab.evaluate(([where, runOnly]) => window.axe.run(where, { runOnly, preload: false, resultTypes: ["violations"] }), [where, rules]);
  return violations.map(({ id, help, nodes }) => `axe ${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.target.join(" ")).join(" | ")}`);
}

/** Two frames later: the page has seen which folds were opened, and on paper nothing scrolls. */
const settled = (tab) => tab.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))));

/** A page on one screen, on both grounds; on the ground after the first, only colours can be other, and the text's are looked at on another screen. */
async function look(browser, base, page, { grounds: [first, second], ...viewport }) {
  const context = await browser.newContext({ viewport, colorScheme: first });
  context.setDefaultTimeout(PATIENCE);
  const tab = await context.newPage();
  const heard = listen(tab, base);
  await tab.addInitScript(measureShifts);
  await tab.goto(base + page, { waitUntil: "load" });
  await tab.waitForFunction(() => "laidOut" in document.body.dataset || !document.querySelector("script[src*='course.js']"));
  const moved = await tab.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(window.moved)))));
  await tab.evaluate(() => document.querySelectorAll("details").forEach((fold) => (fold.open = true)));
  await tab.waitForFunction(() => !document.querySelector("details[open] > noscript, details[open] :is(.math, .katex-display) > math")); // what folds keep is made
  const seen = await tab.evaluate(inspect, CHILDREN);
  const faults = [...(moved < 0.01 ? [] : [`things move while it loads: ${moved.toFixed(3)}`]), ...seen.faults, ...unread(seen.words), ...(await tab.evaluate(fetchImages))];
  await settled(tab);
  await tab.emulateMedia({ media: "print" });
  await tab.evaluate(() => document.fonts.ready);
  await tab.emulateMedia({ media: null });
  await settled(tab);
  await tab.evaluate(flattenFormulas);
  await tab.evaluate(axe);
  faults.push(...(await accessibility(tab, RULES)));
  await tab.emulateMedia({ colorScheme: second });
  await tab.waitForFunction((ground) => [ground, undefined].includes(document.documentElement.dataset.theme), second).catch(() => faults.push(`the page does not follow the reader to ${second} ground`));
  await tab.waitForFunction(() => !document.getAnimations().some((moving) => moving instanceof CSSTransition && moving.playState === "running")); // colours go over into each other
  faults.push(...(await accessibility(tab, ["color-contrast"], { exclude: ["article"] })).map((fault) => `${second}: ${fault}`));
  await context.close();
  return { ...seen, faults: [...heard, ...faults].map((fault) => `${page} at ${viewport.width} px, ${first}: ${fault}`) };
}

/** A page opened from the disk. */
async function open(browser, page) {
  const tab = await browser.newPage();
  const base = pathToFileURL(folder).href;
  const heard = listen(tab, base);
  await tab.goto(`${base}/${page}`, { waitUntil: "load" });
  await tab.close();
  return heard.map((fault) => `${page} from the disk: ${fault}`);
}

/** Links of the site lead to a file, and to a place in it; statements of the ledger stand where it says. */
function links(seen, base) {
  const faults = [];
  const reached = (page, anchor) => !anchor || !seen.has(page) || seen.get(page).ids.includes(anchor);
  const isQuestion = (page, anchor) => page === "check.html" && anchor.startsWith("formula="); // which the page's script reads
  const states = ["definition", "proved-all", "proved", "proved-sizes", "cited", "observed", "refuted"];
  for (const [page, { links }] of seen)
    for (const link of links.filter((address) => address.startsWith(new URL(base).origin))) {
      const { pathname, hash } = new URL(link);
      const anchor = decodeURIComponent(hash.slice(1));
      const target = decodeURIComponent(pathname.slice(new URL(base).pathname.length)) || "index.html";
      if (!link.startsWith(base) || !existsSync(join(folder, target))) faults.push(`${page}: a link to ${link}, which is not there`);
      else if (!states.includes(anchor) && !isQuestion(target, anchor) && !reached(target, anchor)) faults.push(`${page}: a link to ${target}${hash}, which is not there`);
    }
  for (const { id, page, label } of ledger) if (!existsSync(join(folder, page)) || !reached(page, label)) faults.push(`ledger.json: ${id} does not stand at ${page}#${label}`);
  return faults;
}

const start = Date.now();
const chosen = process.argv.length > 3 ? process.argv.slice(3) : pages;
const server = await serve(folder, "/course/", true); // what moves when the rest comes, moves here on each machine
const browser = await launch();
const seen = new Map();
const faults = [];
try {
  await inTurn(
    chosen.map((page) => async () => {
      for (const screen of SCREENS) {
        const result = await look(browser, server.base, page, screen).catch((error) => { throw new Error(`${page}: ${error.message}`); });
        faults.push(...result.faults);
        seen.set(page, result);
      }
      faults.push(...(await open(browser, page)));
    }),
  );
  faults.push(...links(seen, server.base), ...(chosen === pages ? await use(browser, server.base, ledger) : []));
} finally {
  await browser.close();
  server.close();
}
[...new Set(faults)].sort().forEach((fault) => console.error(fault));
console.log(`${chosen.length} pages looked at on ${SCREENS.length} screens and both grounds in ${Math.round((Date.now() - start) / 1000)} s: ${faults.length || "no"} faults`);
process.exitCode = faults.length ? 1 : 0;
