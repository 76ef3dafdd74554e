// What a first visit loads, packed and without figures: node tests/browser/weigh.mjs _build/html _build/default/_build/html
// How many elements it lays out, and the course's pages against those of a default Jupyter Book with the same content, whose formulas MathJax draws.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { fail, folder, launch, pages, serve } from "./site.mjs";

const BUDGETS = { "index.html": 125, heaviest: 200 }; // KB
const ELEMENTS = 26_000; // of any page
const SHARE = 1 / 4; // of the default page
const MATHJAX = /^https:\/\/cdn\.jsdelivr\.net\/npm\/mathjax@3\/(.*)$/;
const mathjax = dirname(createRequire(import.meta.url).resolve("mathjax/package.json"));
const other = resolve(process.argv[3] ?? "_build/default/_build/html");

/** KB and number of files of one page; a foreign address is answered from node_modules, or not at all. */
async function weigh(browser, address) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const tab = await context.newPage();
  const loaded = new Map();
  tab.on("response", async (response) => {
    if (/^(data|blob):/.test(response.url()) || /\/_images\//.test(response.url())) return;
    loaded.set(response.url(), response.body().then((body) => Math.min(body.length, gzipSync(body, { level: 9 }).length), () => 0));
  });
  await tab.route(/^https:/, async (route) => {
    const file = MATHJAX.exec(route.request().url())?.[1];
    if (!file) return route.abort();
    await route.fulfill({ body: await readFile(join(mathjax, file)), contentType: file.endsWith(".js") ? "text/javascript" : "font/woff", headers: { "access-control-allow-origin": "*" } });
  });
  await tab.goto(address, { waitUntil: "networkidle" });
  await tab.evaluate(() => window.MathJax?.startup?.promise);
  await tab.waitForLoadState("networkidle");
  const sizes = await Promise.all(loaded.values());
  const elements = await tab.evaluate(() => document.getElementsByTagName("*").length);
  await context.close();
  return { size: sizes.reduce((a, b) => a + b, 0) / 1024, files: sizes.length, elements };
}

const [ours, theirs, browser] = [await serve(folder), await serve(other, "/"), await launch()];
const faults = [];
try {
  const own = new Map();
  for (const page of pages) own.set(page, await weigh(browser, ours.base + page));
  const largest = [...own].sort(([, a], [, b]) => b.elements - a.elements)[0];
  console.log(`${largest[0]}: ${largest[1].elements} elements, budget ${ELEMENTS}`);
  if (largest[1].elements > ELEMENTS) faults.push(`${largest[0]} has ${largest[1].elements} elements, more than ${ELEMENTS}`);
  const heaviest = [...own].sort(([, a], [, b]) => b.size - a.size)[0][0];
  for (const [name, page] of [["index.html", "index.html"], ["heaviest", heaviest]]) {
    const { size, files } = own.get(page);
    const theirPage = page === "index.html" ? "book/index.html" : `book/${page}`;
    const default_ = await weigh(browser, theirs.base + theirPage);
    console.log(`${page}: ${size.toFixed(0)} KB in ${files} files, budget ${BUDGETS[name]} KB; a default Jupyter Book ${default_.size.toFixed(0)} KB in ${default_.files}: ${((100 * size) / default_.size).toFixed(0)} %`);
    if (size > BUDGETS[name]) faults.push(`${page} weighs ${size.toFixed(0)} KB, more than ${BUDGETS[name]}`);
    if (size > SHARE * default_.size) faults.push(`${page} weighs more than a quarter of the default page`);
  }
} catch (error) {
  fail(error.message);
} finally {
  await browser.close();
  ours.close();
  theirs.close();
}
faults.forEach((fault) => console.error(fault));
process.exitCode = faults.length ? 1 : 0;
