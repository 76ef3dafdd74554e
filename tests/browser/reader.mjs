// Uses the built site as a reader would: node tests/browser/reader.mjs _build/html [python]
// Over HTTP, below another path than the root, and from the disk. With a python that has the course's packages, a
// downloaded notebook is run as well.
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { folder as site, inTurn, launch, serve } from "./site.mjs";

const python = process.argv[3] && resolve(process.argv[3]);
const disk = `${pathToFileURL(site).href}/`;
const REFERENCE = 'main .given a[href^="#equation-"]:visible'; // to a statement of the same page
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const ledger = JSON.parse(readFileSync(join(site, "ledger.json"), "utf8"));
const cited = ledger.find(({ id, page }) => ledger.some((other) => other.page === page && other.uses.includes(id)));

const { base: web, close } = await serve(site, "/some/course/");

function check(fact, what) {
  if (!fact) throw new Error(what);
}

/** A page of the site, and what it asked for and complained of. */
async function open(tab, address) {
  tab.heard = [];
  tab.asked = [];
  tab.on("console", (message) => message.type() === "error" && tab.heard.push(message.text()));
  tab.on("pageerror", (error) => tab.heard.push(error.message));
  tab.on("request", (request) => tab.asked.push(request.url()));
  await tab.goto(address);
}

/** Waits until a part of the page has not moved for half a second: results of the search push each other about. */
async function settled(tab, part) {
  let before, now;
  do {
    before = now;
    await tab.waitForTimeout(500);
    now = JSON.stringify(await part.boundingBox());
  } while (now !== before);
}

async function find(tab, root, words) {
  await open(tab, `${root}index.html`);
  await tab.keyboard.press("Control+k");
  await tab.locator("#pst-search-dialog input").fill(words);
  const found = tab.locator(`#pst-search-dialog .found a[href$="#${cited.label}"]`).first();
  await found.waitFor();
  await found.click();
  await tab.waitForURL((url) => url.hash === `#${cited.label}`);
  check(await tab.locator(`[id="${cited.label}"]`).isVisible(), "the result leads to no statement");
  check(!tab.heard.length, tab.heard.join("; "));
}

async function preview(tab, root) {
  await open(tab, `${root}${cited.page}`);
  const link = tab.locator(REFERENCE).first();
  const bubble = tab.locator("#preview");
  check(!tab.asked.some((url) => url.includes("/previews/")), "previews are loaded before they are wanted");
  await tab.keyboard.press("Tab"); // from here on the keyboard leads
  await link.focus();
  await bubble.waitFor();
  check(await bubble.locator(".statement .katex").count(), "the preview has no formula");
  check((await link.getAttribute("aria-describedby")) === "preview", "the preview does not describe its reference");
  check((await bubble.getAttribute("role")) === "tooltip", "the preview is no tooltip");
  await tab.evaluate(axe);
  const violations = await tab.evaluate(async () => {
    const { violations } = await window.axe.run({ preload: false });
    return violations.filter(({ nodes }) => nodes.some(({ target }) => document.querySelector(target[0])?.closest("#preview")));
  });
  check(!violations.length, violations.map(({ id }) => id).join(", "));
  await tab.keyboard.press("Escape");
  check(await bubble.isHidden(), "Escape leaves the preview open");
  check(await link.evaluate((element) => element === document.activeElement), "Escape takes the focus away");
  await link.evaluate((element) => element.blur());
  await link.hover();
  await bubble.waitFor();
  await bubble.hover();
  await tab.waitForTimeout(500);
  check(await bubble.isVisible(), "the preview goes when the pointer moves onto it");
  const box = await bubble.boundingBox();
  check(box.x >= 0 && box.x + box.width <= tab.viewportSize().width, "the preview leaves the window");
  await tab.mouse.move(1, 1);
  await bubble.waitFor({ state: "hidden" });
  check(!tab.heard.length, tab.heard.join("; "));
}

const uses = {
  "the search finds a statement by its title": (tab) => find(tab, web, cited.title),
  "the search finds a statement by its id": (tab) => find(tab, web, cited.id),
  "the search works from the disk": (tab) => find(tab, disk, cited.title),
  "a reference shows its statement": (tab) => preview(tab, web),
  "a reference shows its statement from the disk": (tab) => preview(tab, disk),
  "a reference shows its statement on a narrow screen": async (tab) => {
    await tab.setViewportSize({ width: 390, height: 800 });
    await preview(tab, web);
  },
  "a result of the search shows its statement": async (tab) => {
    await open(tab, `${web}search.html?q=${cited.id}`);
    const result = tab.locator(`.bd-search-container .found a[href$="#${cited.label}"]`).first();
    await result.waitFor();
    await settled(tab, result);
    await result.hover();
    await tab.locator("#preview .statement").waitFor();
  },
  "a tap follows a reference": async (_, browser) => {
    const context = await browser.newContext({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } });
    const tab = await context.newPage();
    await open(tab, web + cited.page);
    await tab.locator(REFERENCE).first().tap();
    await tab.waitForURL((url) => url.hash.startsWith("#equation-"));
    check(await tab.locator("#preview").isHidden(), "a tap opens a preview");
    await context.close();
  },
  "whatever has the focus shows it": async (tab) => {
    for (const page of ["index.html", "ledger.html", "search.html", cited.page]) {
      await open(tab, web + page);
      const unseen = await tab.evaluate(() => {
        const parts = [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")];
        const looks = (part) => ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "borderColor"].map((name) => getComputedStyle(part)[name]).join();
        const around = (part) => [part, part.parentElement].map(looks).join();
        const able = parts.filter((part) => !part.disabled && part.checkVisibility({ visibilityProperty: true }));
        return able.filter((part) => {
          document.activeElement.blur();
          const before = around(part);
          part.focus({ focusVisible: true });
          return document.activeElement !== part || around(part) === before;
        }).map((part) => part.outerHTML.slice(0, 80));
      });
      check(!unseen.length, `${page}: ${unseen.slice(0, 3).join(" | ")}`);
    }
  },
  "next and previous lead through all pages and back": async (tab) => {
    await open(tab, `${web}index.html`);
    const listed = await tab.locator(".bd-sidebar-primary .toctree-l1 > a.internal").evaluateAll((links) => links.map((link) => link.href));
    for (const address of listed) {
      await tab.goto(await tab.locator('link[rel="next"]').evaluate((link) => link.href));
      check(tab.url() === address, `${tab.url()} instead of ${address}`);
      const back = tab.locator(".prev-next-area a.left-prev");
      check((await back.count()) === 1 && (await back.isVisible()), `${address}: no way back`);
    }
  },
  "a button copies the code": async (tab) => {
    await tab.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await open(tab, web + cited.page);
    const cell = tab.locator("div.cell_input .highlight").first();
    check((await tab.locator("div.cell_input pre").count()) === (await tab.locator("div.cell_input .copybtn").count()), "some code has no button");
    await cell.hover();
    await cell.locator(".copybtn").click();
    const copied = await tab.evaluate(() => navigator.clipboard.readText());
    check(copied.trim() === (await cell.locator("pre").innerText()).trim(), `copied: ${copied.slice(0, 60)}`);
  },
  "each statement has a link to itself": async (tab) => {
    for (const page of new Set(ledger.map(({ page }) => page))) {
      await open(tab, web + page);
      const places = await tab.locator('.statement a.permalink[href^="#equation-"]').evaluateAll((links) => links.map((link) => decodeURIComponent(link.hash.slice(1))));
      const missing = ledger.filter((statement) => statement.page === page && !places.includes(statement.label));
      check(!missing.length, `${page}: none at ${missing.map(({ id }) => id).join(", ")}`);
    }
  },
  "a chapter is there as a notebook that runs, and as a script": async (tab) => {
    const folder = mkdtempSync(join(tmpdir(), "course-"));
    await open(tab, web + cited.page);
    for (const kind of [".ipynb", ".py"]) {
      if (!(await tab.locator("#run").isVisible())) await tab.locator("[popovertarget=run]").click();
      const [download] = await Promise.all([tab.waitForEvent("download"), tab.locator(`a[download][href$="${kind}"]`).first().click()]);
      await download.saveAs(join(folder, `chapter${kind}`));
    }
    const { cells, nbformat } = JSON.parse(readFileSync(join(folder, "chapter.ipynb"), "utf8"));
    check(nbformat === 4 && cells.some(({ cell_type: kind }) => kind === "code"), "it is no notebook");
    if (!python) return;
    const run = "import nbclient, nbformat; nbclient.execute(nbformat.read('chapter.ipynb', 4), timeout=900)";
    for (const command of [["-c", run], ["chapter.py"]]) {
      const env = { ...process.env, MPLBACKEND: command[1] ? "" : "agg", OMP_NUM_THREADS: "1" };
      await promisify(execFile)(python, command, { cwd: folder, env }).catch(({ message, stderr }) => check(false, `${command.at(-1)}: ${(stderr || message).slice(-400)}`));
    }
  },
  "what is not there is answered by a page whose links work, at any depth": async (tab) => {
    for (const address of ["nothing.html", "a/b/nothing", "a/b/c/"]) {
      await open(tab, web + address);
      check((await tab.locator("h1").innerText()) === "No such page", "another page");
      await tab.waitForFunction(() => document.querySelector("base"));
      const links = await tab.locator("main a").evaluateAll((all) => all.map((link) => link.href));
      check(links.length > 2 && links.every((link) => link.startsWith(web) && existsSync(join(site, link.slice(web.length)))), links.join(" "));
    }
  },
  "every page says its language, its icon and what it is": async (tab) => {
    for (const page of new Set(["index.html", ...ledger.map(({ page }) => page)])) {
      await open(tab, web + page);
      check((await tab.locator("html").getAttribute("lang")) === "en", `${page}: no language`);
      for (const name of ["title", "description", "type", "site_name"]) check(await tab.locator(`meta[property="og:${name}"]`).getAttribute("content"), `${page}: no og:${name}`);
      const icon = await tab.locator('link[rel="icon"]').evaluate((link) => link.href);
      check(existsSync(join(site, icon.slice(web.length).split("?")[0])), `${page}: no icon`);
    }
  },
  "the site is there as one file": async (tab) => {
    await open(tab, `${web}index.html`);
    const [download] = await Promise.all([
      tab.waitForEvent("download"),
      tab.locator('a[download][href$=".zip"]').first().evaluate((link) => link.click()),
    ]);
    check(readFileSync(await download.path()).subarray(0, 2).toString() === "PK", "it is no zip");
  },
};

const browser = await launch();
let faults = 0;
await inTurn(Object.entries(uses).map(([fact, use]) => async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const tab = await context.newPage();
  tab.setDefaultTimeout(20_000);
  try {
    await use(tab, browser);
  } catch (error) {
    faults += 1;
    console.error(`not so: ${fact}: ${error.message}`);
  }
  await context.close();
}));
await browser.close();
close();
console.log(`${Object.keys(uses).length} uses of the site: ${faults || "no"} faults${python ? "" : "; no notebook was run, for no python was given"}`);
process.exitCode = faults ? 1 : 0;
