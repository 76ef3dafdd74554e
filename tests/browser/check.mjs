// Looks at every built page as a reader would: node tests/browser/check.mjs _build/html
// On a wide and a narrow screen, on light and dark ground, with all folds open: accessible by axe, no error in the
// console, nothing from elsewhere, nothing missing, nothing wider than the screen, no displayed formula outside a statement.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join, resolve } from "node:path";
import { chromium } from "playwright-core";

const WIDTHS = [390, 1280];
const GROUNDS = ["light", "dark"];
const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];
const TYPES = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".png": "image/png" };
const UNRESOLVED = /`{3,}\{|:::+\{|\{(eq|ref|numref|cite|doc|term|glue:\w+|statement|math)\}`/; // directives and roles that were not understood
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const site = resolve(process.argv[2] ?? "_build/html");
const browserPath = process.env.CHROMIUM ?? BROWSERS.find(existsSync);
if (!existsSync(join(site, "index.html"))) fail(`${site}: no index.html; build the book first`);
if (!browserPath) fail("no Chromium or Chrome; install one, or set CHROMIUM to its path");
const pages = readdirSync(site, { recursive: true }).filter((name) => name.endsWith(".html") && !name.startsWith("_")).sort();
const ledger = JSON.parse(readFileSync(join(site, "ledger.json"), "utf8"));

function fail(message) {
  console.error(message);
  process.exit(2);
}

/** The site over HTTP, so that addresses and origins are what readers have. */
async function serve(folder) {
  const server = createServer(async (request, response) => {
    const path = join(folder, decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    try {
      const content = await readFile(path);
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return server;
}

/** What a page does while it loads that it must not do. */
function listen(tab, origin) {
  const heard = [];
  tab.on("console", (message) => message.type() === "error" && heard.push(`console: ${message.text()}`));
  tab.on("pageerror", (error) => heard.push(`script: ${error.message}`));
  tab.on("response", (response) => response.status() >= 400 && heard.push(`missing: ${response.url()}`));
  tab.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(origin)) heard.push(`request to elsewhere: ${request.url()}`);
  });
  return heard;
}

/** Runs in the page: what can be seen to be wrong, and where its links lead. */
function inspect() {
  const faults = [];
  const wider = document.documentElement.scrollWidth - innerWidth;
  if (wider > 0) faults.push(`${wider} px wider than the screen`);
  for (const formula of document.querySelectorAll(".katex-display"))
    if (!formula.closest(".statement, .notation")) faults.push(`a displayed formula outside a statement: ${formula.textContent.slice(0, 60)}`);
  for (const image of document.querySelectorAll("main img"))
    if (!image.complete || !image.naturalWidth) faults.push(`an image that does not show: ${image.src}`);
  return {
    faults,
    text: document.querySelector("main").innerText,
    ids: [...document.querySelectorAll("[id]")].map((element) => element.id),
    links: [...document.querySelectorAll("a[href]")].map((link) => link.href.baseVal ? new URL(link.href.baseVal, location).href : link.href),
  };
}

async function accessibility(tab) {
  await tab.evaluate(axe);
  const { violations } = await tab.evaluate(() => window.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  return violations.map(({ id, help, nodes }) => `axe ${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.target.join(" ")).join(" | ")}`);
}

async function look(browser, origin, page, width, ground) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: ground });
  const tab = await context.newPage();
  const heard = listen(tab, origin);
  await tab.goto(origin + page, { waitUntil: "load" });
  await tab.evaluate(() => document.querySelectorAll("details").forEach((fold) => (fold.open = true)));
  await tab.evaluate(() => document.fonts.ready);
  const seen = await tab.evaluate(inspect);
  const faults = [...heard, ...seen.faults, ...(await accessibility(tab))];
  if (UNRESOLVED.test(seen.text)) faults.push(`markup that was not understood: ${UNRESOLVED.exec(seen.text)[0]}`);
  await context.close();
  return { ...seen, faults: faults.map((fault) => `${page} at ${width} px, ${ground}: ${fault}`) };
}

/** Links of the site lead to a file, and to a place in it; statements of the ledger stand where it says. */
function links(seen, origin) {
  const faults = [];
  const reached = (page, anchor) => !anchor || !seen.has(page) || seen.get(page).ids.includes(anchor);
  for (const [page, { links }] of seen)
    for (const link of links.filter((address) => address.startsWith(origin))) {
      const { pathname, hash } = new URL(link);
      const target = decodeURIComponent(pathname.slice(1)) || "index.html";
      const states = hash.slice(1) in { definition: 1, "proved-all": 1, proved: 1, "proved-sizes": 1, cited: 1, observed: 1 };
      if (!existsSync(join(site, target))) faults.push(`${page}: a link to ${target}, which is not there`);
      else if (!states && !reached(target, decodeURIComponent(hash.slice(1)))) faults.push(`${page}: a link to ${target}${hash}, which is not there`);
    }
  for (const { id, page, label } of ledger) if (!seen.has(page) || !reached(page, label)) faults.push(`ledger.json: ${id} does not stand at ${page}#${label}`);
  return faults;
}

const server = await serve(site);
const origin = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
const seen = new Map();
const faults = [];
try {
  for (const page of pages)
    for (const width of WIDTHS)
      for (const ground of GROUNDS) {
        const result = await look(browser, origin, page, width, ground);
        faults.push(...result.faults);
        seen.set(page, result);
      }
  faults.push(...links(seen, origin));
} finally {
  await browser.close();
  server.close();
}
[...new Set(faults)].forEach((fault) => console.error(fault));
console.log(`${pages.length} pages looked at ${WIDTHS.length * GROUNDS.length} times each: ${faults.length || "no"} faults`);
process.exitCode = faults.length ? 1 : 0;
