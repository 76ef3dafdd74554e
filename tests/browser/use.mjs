// What a reader does with the pages; each answers with what went wrong, or with nothing.
import { PATIENCE } from "./site.mjs";

/** The choice of light or dark outlives the page. */
async function themePersists(tab, base) {
  await tab.goto(base + "index.html");
  const mode = () => tab.evaluate(() => document.documentElement.dataset.mode);
  const before = await mode();
  await tab.locator(".theme-switch-button:visible").first().click();
  const chosen = await mode();
  const told = await tab.locator(".theme-switch-button:visible").first().getAttribute("aria-label");
  if (!told.toLowerCase().startsWith(chosen === "auto" ? "colours of the system" : chosen)) return [`the button of the colours says "${told}" where they are ${chosen}`];
  await tab.goto(base + "notation.html");
  if (before === chosen || chosen !== (await mode())) return [`the choice of light or dark is lost: ${before}, ${chosen}, then ${await mode()}`];
  await tab.evaluate(() => localStorage.setItem("mode", "dark"));
  await tab.goto(base + "404.html");
  const ground = await tab.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  return ground === "rgb(21, 24, 28)" ? [] : [`404.html: its ground is ${ground}, though dark was chosen`];
}

/** A folded proof and folded code open by the keyboard. */
async function foldsOpen(tab, base, ledger) {
  const faults = [], { page } = ledger.find(({ state }) => state.startsWith("proved"));
  await tab.goto(base + page);
  for (const [what, kind] of [["a proof", ":not(.as-code)"], ["the code of a statement", ".as-code"]]) {
    const fold = tab.locator(`.statement > details.fold${kind}`).first();
    await fold.locator("> summary").focus();
    await tab.keyboard.press("Enter");
    if (!(await fold.evaluate((details) => details.open && details.clientHeight > 60))) faults.push(`${page}: ${what} does not open by the keyboard`);
  }
  return faults;
}

/** Formulas of a fold come bare, are fetched as drawn at the first sign of a reader, and are drawn in the frame in which it opens. */
async function foldsDraw(tab, base) {
  const faults = [], page = "two-layers.html", bare = ":is(.math, .katex-display) > math";
  const fetched = () => tab.evaluate(() => performance.getEntriesByType("resource").some(({ name }) => name.includes("/drawings/")));
  await tab.goto(base + page, { waitUntil: "networkidle" });
  if (await fetched()) faults.push(`${page}: what folds show is fetched before there is a sign of a reader`);
  await tab.mouse.move(300, 300);
  await tab.waitForFunction(() => Object.keys(drawings.inline).length, null, { timeout: PATIENCE });
  const seen = await tab.evaluate(async (bare) => {
    const fold = [...document.querySelectorAll(".statement > details.fold")].find((one) => one.querySelector(bare));
    const left = () => [fold.querySelectorAll(bare).length, fold.querySelectorAll(".katex-html").length];
    const before = left();
    fold.querySelector("summary").click();
    await new Promise(requestAnimationFrame);
    return { before, after: left() };
  }, bare);
  if (!seen.before[0] || seen.before[1]) faults.push(`${page}: a closed fold has ${seen.before} bare and drawn formulas`);
  if (seen.after[0] || seen.after[1] < seen.before[0]) faults.push(`${page}: a fold that opens has ${seen.after} bare and drawn formulas, of ${seen.before[0]}`);
  await tab.evaluate(() => dispatchEvent(new Event("beforeprint")));
  if (await tab.locator(bare).count()) faults.push(`${page}: on paper formulas are not as they are drawn`);
  return faults;
}

/** The first stop of the keyboard leads past the sidebar, and can be seen. */
async function skipLink(tab, base) {
  await tab.goto(base + "index.html");
  await tab.keyboard.press("Tab");
  await tab.waitForTimeout(500); // it slides in
  const link = await tab.evaluate(() => ({ text: document.activeElement.textContent.trim(), top: document.activeElement.getBoundingClientRect().top }));
  await tab.keyboard.press("Enter");
  return link.text === "Skip to main content" && link.top >= 0 && tab.url().endsWith("#main-content") ? [] : [`the keyboard does not skip to the text: ${JSON.stringify(link)}`];
}

/** Whatever the keyboard reaches shows that it is there. */
async function focusShows(tab, base, ledger) {
  await tab.goto(base + ledger[0].page);
  const hidden = new Set();
  for (let stop = 0; stop < 60; stop++) {
    await tab.keyboard.press("Tab");
    const mute = await tab.evaluate(() => {
      const style = getComputedStyle(document.activeElement);
      return document.activeElement !== document.body && style.outlineStyle === "none" && style.boxShadow === "none" && document.activeElement.outerHTML.slice(0, 80);
    });
    if (mute) hidden.add(mute);
  }
  return [...hidden].map((element) => `focus cannot be seen: ${element}`);
}

/** The search finds a statement by its name. */
async function searchFinds(tab, base, ledger) {
  const wanted = ledger.find(({ title }) => !title.includes("$"));
  await tab.goto(`${base}search.html?q=${encodeURIComponent(wanted.title)}`);
  const found = tab.locator(`.found a[href*="${wanted.page}"]`).first();
  try {
    await found.waitFor({ timeout: PATIENCE });
    return [];
  } catch {
    return [`the search does not find "${wanted.title}" on ${wanted.page}`];
  }
}

/** A link to a line of a folded proof, or to a statement, opens what it stands in; the ledger's form sifts. */
async function ledgerSifts(tab, base, ledger) {
  await tab.goto(base + "ledger.html#definition");
  const shown = await tab.evaluate(() => [...document.querySelectorAll(".ledger tr[data-state]")].filter((row) => row.checkVisibility()).map((row) => row.dataset.state));
  const wanted = ledger.filter(({ state }) => state === "definition").length;
  const faults = shown.length === wanted && shown.every((state) => state === "definition") ? [] : [`ledger.html#definition shows ${shown.length} statements, of ${wanted} definitions`];
  await tab.route(/search-data\.js/, (route) => setTimeout(() => route.continue(), 1000));
  for (const key of ["/", "Escape"]) await tab.keyboard.press(key); // what the formulas are in is on its way, asked for by the search
  await tab.check(".ledger-filter [name=formulas]");
  const formulas = await tab.waitForSelector(".with-formulas .formula .katex", { timeout: PATIENCE }).then(() => tab.locator(".ledger tr:not([hidden]) .formula .katex").count(), () => 0);
  if (formulas < wanted / 2) faults.push(`the ledger shows ${formulas} formulas of ${wanted} definitions`); // long ones stand on their pages alone
  return faults;
}

/** The verdict wanted, once a place shows it, or the one that it shows instead. */
async function verdictOf(tab, place, wanted) {
  await place.and(tab.locator(`[data-verdict="${wanted}"]`)).waitFor({ state: "attached", timeout: PATIENCE }).catch(() => {});
  return place.getAttribute("data-verdict");
}

/** A formula that is typed is judged without a click, its address holds it, and what cannot be read is told at its place. */
async function formulaIsJudged(tab, base) {
  const faults = [], answer = tab.locator(".formula-check .answer");
  const expect = async (what, verdict) => {
    const found = await verdictOf(tab, answer, verdict);
    if (found !== verdict) faults.push(`check.html: ${what} is ${found}, not ${verdict}`);
  };
  await tab.goto(base + "check.html");
  await tab.locator(".formula-check [name=letters]").fill("X: m x n\nw: n x 1\ny: m x 1");
  for (const [typed, verdict] of [["X^T (X w - y)", "proved"], ["2 X^T (X w - y)", "refuted"], ["X w - y", "unread"]]) {
    await tab.locator(".formula-check [name=formula]").fill(`grad(||X w - y||^2 / 2, w) = ${typed}`);
    await tab.keyboard.press("Enter");
    await expect(typed, verdict);
  }
  if ((await tab.locator(".formula-check mark").textContent()) !== "=") faults.push("check.html: the place of the fault is not marked");
  await tab.reload();
  await expect("what the address asks", "unread");
  return faults;
}

/** Two tabs do not take from each other what was solved; a file that is no export is refused; what is forgotten is shuffled again. */
async function answersAreKept(tab, base) {
  const faults = [], other = await tab.context().newPage(), kept = () => tab.evaluate(() => Object.keys(JSON.parse(localStorage.getItem("exercises") ?? "{}")).sort().join());
  await other.goto(base + "sigmoid.html");
  await tab.goto(base + "cats-and-dogs.html");
  for (const [page, exercise, place, text] of [[tab, "start-forgotten", 0, "w_0 x"], [other, "double-the-logit", 1, "log 3"]]) {
    const field = page.locator(`#${exercise} form.answer`).nth(place);
    await page.bringToFront(); // a tab behind another one draws nothing
    await field.locator("input").fill(text);
    await field.locator(".check").click();
    await field.locator("[data-verdict=right]").waitFor();
  }
  if ((await kept()) !== "double-the-logit,start-forgotten") faults.push(`of what two tabs solved ${await kept()} is kept`);
  await other.close();
  await tab.bringToFront();
  const lines = tab.locator("#negatives ol.order > li .line"), shuffled = await lines.allTextContents();
  await tab.evaluate(() => localStorage.setItem("exercises", JSON.stringify({ negatives: { 1: "" } })));
  await tab.reload();
  if ((await lines.allTextContents()).join() === shuffled.join()) faults.push("lines that were put in order are shuffled");
  const [chooser] = await Promise.all([tab.waitForEvent("filechooser"), tab.locator(".kept button").nth(1).click()]);
  await chooser.setFiles({ name: "exercises.json", mimeType: "application/json", buffer: Buffer.from("[]") });
  await tab.locator(".kept > [role=status]:not(:empty)").waitFor({ timeout: PATIENCE }).catch(() => faults.push("nothing is said of a file that is no export"));
  tab.once("dialog", (dialog) => dialog.accept());
  await tab.locator(".kept button").nth(2).click();
  if ((await lines.allTextContents()).join() !== shuffled.join()) faults.push("lines whose order is forgotten still stand in it");
  return faults;
}

/** An exercise judges what is typed, names a slip, and remembers what was solved, here and in the list of chapters. */
async function answersAreJudged(tab, base) {
  const faults = [], field = tab.locator("#three-forecasters form.answer").nth(1), told = field.locator(".told");
  await tab.goto(base + "log-loss.html");
  for (const [typed, verdict] of [["log(27/16)", "wrong"], ["log(", "unread"], ["0.1308", "right"]]) {
    await field.locator("input").fill(typed);
    await tab.keyboard.press("Enter");
    const found = await verdictOf(tab, told, verdict);
    if (found !== verdict) faults.push(`log-loss.html: the answer ${typed} is ${found}, not ${verdict}`);
  }
  const solution = tab.locator("#three-forecasters + details.solution");
  await solution.locator("> summary").click();
  if (await solution.evaluate((details) => details.open)) faults.push("log-loss.html: the solution of an exercise that is not solved opens at once");
  await tab.locator(".sure button").click();
  if (!(await solution.evaluate((details) => details.open))) faults.push("log-loss.html: a solution does not open at the second asking");
  await tab.evaluate(() => localStorage.setItem("exercises", JSON.stringify({ "three-forecasters": { 0: "", 1: "0.1308", 2: "0" } })));
  await tab.reload();
  if ((await tab.locator("#three-forecasters .admonition-title .solved").count()) !== 1) faults.push("log-loss.html: a solved exercise has no mark");
  if (!(await tab.locator(".bd-sidenav .active .solved").first().textContent()).startsWith("1/")) faults.push("log-loss.html: the list of chapters does not count");
  tab.once("dialog", (dialog) => dialog.accept());
  await tab.locator(".kept button").last().click();
  if (await tab.locator(".solved").count()) faults.push("log-loss.html: what was solved is not forgotten");
  return faults;
}

/** A statement gives its TeX, its address, which lands on its name, and its citation. */
async function statementIsTaken(tab, base, ledger) {
  const { id, page, title } = ledger.find(({ state, title }) => state === "proved-all" && !title.includes("$")), faults = [];
  await tab.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await tab.goto(base + page);
  const box = tab.locator(`#equation-${id}`);
  await tab.evaluate(() => document.getElementById("about").addEventListener("beforetoggle", () => { // what arrives late moves the page
    document.documentElement.style.overflowAnchor = "none";
    document.querySelector("article").prepend(Object.assign(document.createElement("div"), { style: "height: 3000px" }));
  }, { once: true }));
  await box.locator(".more").click();
  const taken = {};
  for (const what of ["tex", "address", "text", "bibtex"]) {
    await tab.locator(`#about [data-copy=${what}]`).click();
    await tab.waitForFunction(() => document.querySelector("#about [role=status]").textContent);
    taken[what] = await tab.evaluate(() => navigator.clipboard.readText());
  }
  if (!taken.tex.includes("\\")) faults.push(`${page}: no TeX of ${id}: ${taken.tex}`);
  for (const what of ["text", "bibtex"]) if (!taken[what].includes(title) || !taken[what].includes(taken.address)) faults.push(`${page}: the citation of ${id} lacks its title or address: ${taken[what]}`);
  await tab.goto(taken.address);
  const { top, bar } = await box.evaluate((found) => ({ top: found.getBoundingClientRect().top, bar: document.querySelector(".bd-header-article, .header-article").getBoundingClientRect().bottom }));
  if (top < bar - 1 || top > 300) faults.push(`${page}: a link to ${id} lands ${top} px from the top, below a bar of ${bar}`);
  return faults;
}

/** A chapter whose end was seen has a mark in the list, also on other pages, until all is forgotten. */
async function readingIsRemembered(tab, base) {
  const faults = [], marks = tab.locator(".bd-docs-nav .been-read");
  await tab.goto(base + "sigmoid.html");
  if (await marks.count()) faults.push("sigmoid.html: a chapter counts as read before it was");
  for (let more = 80; more && !(await marks.count()); more--) {
    await tab.keyboard.press("End"); // parts of the page get their height when they are near, so the end moves away
    await tab.waitForTimeout(250);
  }
  if (!(await marks.count())) faults.push("sigmoid.html: its end was seen, and it has no mark");
  await tab.goto(base + "neuron.html");
  const read = await tab.locator(".toctree-l1:has(.been-read) > a").evaluateAll((links) => links.map(({ href }) => href.split("/").pop()));
  if (read.join() !== "sigmoid.html") faults.push(`neuron.html: read are ${read.join()}, not sigmoid.html`);
  return faults;
}

/** Of the list of chapters no entry is half hidden below what stays at the top, on whatever page one begins. */
async function listIsWhole(first, base, ledger) {
  const faults = [];
  for (const page of new Set(ledger.map(({ page }) => page))) {
    const tab = await first.context().newPage(); // which has no place of the list to keep
    await tab.goto(base + page);
    const cut = await tab.evaluate(() => {
      const bar = document.getElementById("pst-primary-sidebar"), edge = bar.querySelector(".top").getBoundingClientRect().bottom;
      const seen = [...bar.querySelectorAll("a")].map((link) => [link.textContent.trim(), link.getBoundingClientRect()]);
      return seen.filter(([, { top, bottom }]) => top < edge && bottom > edge && bottom - edge < 24).map(([name]) => name);
    });
    if (cut.length) faults.push(`${page}: of the list of chapters ${cut} is half hidden`);
    await tab.close();
  }
  return faults;
}

/** Keys lead to the chapters beside this one, to the search and to the list of keys, but not while one types. */
async function keysLead(tab, base) {
  const faults = [], at = () => tab.url().split("/").pop();
  await tab.goto(base + "sigmoid.html");
  for (const [key, page] of [["n", "log-loss.html"], ["p", "sigmoid.html"], ["ArrowRight", "log-loss.html"], ["ArrowLeft", "sigmoid.html"]]) {
    await tab.keyboard.press(key);
    await tab.waitForURL(base + page, { timeout: PATIENCE }).catch(() => faults.push(`the key ${key} leads to ${at()}, not to ${page}`));
  }
  await tab.keyboard.press("?");
  if (!(await tab.locator("#keys").evaluate((dialog) => dialog.open))) faults.push("the key ? does not show the keys");
  await tab.keyboard.press("Escape");
  await tab.locator("#keys").waitFor({ state: "hidden" });
  await tab.keyboard.press("/");
  await tab.keyboard.type("5.3 n");
  if (!(await tab.locator("#pst-search-dialog").evaluate((dialog) => dialog.open)) || at() !== "sigmoid.html") faults.push("the key / does not begin a search in which n can be typed");
  return faults;
}

export async function use(browser, base, ledger) {
  const faults = [];
  for (const act of [themePersists, foldsOpen, foldsDraw, skipLink, focusShows, searchFinds, ledgerSifts, formulaIsJudged, answersAreJudged, answersAreKept, statementIsTaken, readingIsRemembered, listIsWhole, keysLead]) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    context.setDefaultTimeout(PATIENCE);
    faults.push(...(await act(await context.newPage(), base, ledger)));
    await context.close();
  }
  return faults;
}
