// Every figure that moves, as a reader uses it: node tests/browser/live.mjs _build/html [page.html ...]
// The question by the keyboard, sliders and points by their arrows, steps, reset, play without motion, the address and
// back, the state in words; points dragged by a finger, which scrolls the page everywhere else; accessible by axe and no
// wider than its column at two widths and on both grounds; its weight.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { PATIENCE, folder, inTurn, launch, pages, serve } from "./site.mjs";

const BUDGET = 25; // KB, packed, of what a page loads for its figures
const WIDTHS = [390, 1280];
const SCREENS = WIDTHS.flatMap((width) => ["light", "dark"].map((ground) => ({ width, ground })));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const asked = process.argv.slice(3), faults = [];
const figures = pages.filter((page) => !asked.length || asked.includes(page)).map((page) => {
  const found = [...readFileSync(join(folder, page), "utf8").matchAll(/<figure class="live"[^>]*>/g)].map(([tag]) => [/ id="([^"]+)"/.exec(tag)[1], /data-live="([^"]+)"/.exec(tag)[1]]);
  return { page, found };
}).filter(({ found }) => found.length);

/** The figure, ready, with a fault for whatever its page says against it. */
async function opened(browser, base, page, id, { width = 1280, ground = "light", hash = `#${id}`, motion = "no-preference", touch = false } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: ground, reducedMotion: motion, hasTouch: touch, isMobile: touch });
  const tab = await context.newPage();
  tab.on("pageerror", (error) => faults.push(`${page} ${id}: ${error.message}`));
  tab.on("console", (message) => message.type() === "error" && faults.push(`${page} ${id}: console: ${message.text()}`));
  await tab.goto(base + page + hash);
  await tab.locator(`#${id}[data-ready]`).waitFor({ timeout: PATIENCE });
  return { context, tab, figure: tab.locator(`#${id}`), expect: (holds, what) => holds || faults.push(`${page} ${id}: ${what}`) };
}
/** What is said when the hand has rested. */
async function said(figure, before) {
  const spoken = figure.locator(".spoken");
  for (let wait = 0; wait < 40; wait++) {
    const words = await spoken.textContent();
    if (words && words !== before) return words;
    await new Promise((done) => setTimeout(done, 100));
  }
  return spoken.textContent();
}

async function byKeyboard(browser, base, page, id) {
  const { context, tab, figure, expect } = await opened(browser, base, page, id, { motion: "reduce" });
  const shows = (selector) => figure.locator(selector).first().isVisible();
  expect(!(await shows(".verdict")) && !(await shows(".buttons.later")), "the answer or the buttons are there before one has guessed");
  const first = figure.locator(".guesses input").first();
  await first.focus();
  await tab.keyboard.press((await first.getAttribute("type")) === "radio" ? "Space" : "ArrowRight");
  await tab.waitForTimeout(1000);
  expect(!(await figure.locator(".spoken").textContent()), "the state is said, and the answer with it, before one has guessed");
  await figure.locator("[data-do=guess]").focus();
  await tab.keyboard.press("Enter");
  expect((await figure.locator(".found").textContent()).length > 5, "nothing is said of the guess");
  expect(!(await figure.locator(".verdict output").allTextContents()).includes(""), "a place in the answer is empty");
  expect(await shows(".buttons.later"), "no buttons when one has guessed");
  let words = await said(figure, "");
  for (const input of await figure.locator("input[type=range]").all()) {
    await input.focus();
    const before = await input.inputValue(), high = await input.getAttribute("max");
    await tab.keyboard.press(Number(before) >= Number(high) ? "ArrowLeft" : "ArrowRight");
    expect((await input.inputValue()) !== before, `the arrows do not move ${await input.getAttribute("data-key")}`);
  }
  for (const handle of await figure.locator("[data-handle]").all()) {
    await handle.focus();
    const before = await handle.getAttribute("transform");
    await tab.keyboard.press("Shift+ArrowRight");
    await tab.waitForTimeout(100);
    expect((await handle.getAttribute("transform")) !== before, "the arrows do not move the point");
    expect(await handle.evaluate((one) => one === document.activeElement), "the point that was moved has lost the focus");
  }
  await tab.waitForTimeout(1000);
  const moved = await said(figure, "");
  expect(moved !== words, "what has changed is not said");
  const address = new URL(tab.url()).hash;
  expect(address.startsWith(`#${id}?`), `the address is ${address}`);
  await figure.locator("[data-do=reset]").click();
  words = await said(figure, moved);
  expect(words !== moved, "Reset changes nothing");
  await figure.locator("[data-do=step]").click();
  const stepped = await said(figure, words);
  expect(stepped !== words, "Step changes nothing");
  await figure.locator("[data-do=play]").click();
  expect((await said(figure, stepped)) !== stepped, "Play without motion does not go to the end at once");
  await context.close();

  const again = await opened(browser, base, page, id, { hash: address });
  expect((await said(again.figure, "")) === moved, "the address does not lead back to the same state");
  expect(!(await again.figure.locator(".ask").isVisible()), "a link with a state still asks");
  for (const input of await again.figure.locator(".range input").all()) again.expect(await input.isVisible(), "a link with a state leaves a slider out");
  await again.context.close();
}

/** A finger goes from the middle of an element; how far the page scrolls. */
async function swiped(tab, element, [across, down]) {
  const session = await tab.context().newCDPSession(tab), scrolled = () => tab.evaluate(() => scrollY), before = await scrolled();
  const { x, y, width, height } = await element.boundingBox();
  const touch = (type, part) => session.send("Input.dispatchTouchEvent", { type, touchPoints: part === undefined ? [] : [{ x: x + width / 2 + across * part, y: y + height / 2 + down * part }] });
  await touch("touchStart", 0);
  for (let part = 0.1; part < 1.05; part += 0.1) {
    await touch("touchMove", part);
    await tab.waitForTimeout(20);
  }
  await touch("touchEnd");
  await tab.waitForTimeout(500);
  return (await scrolled()) - before;
}
async function byTouch(browser, base, page, id) {
  const { context, tab, figure, expect } = await opened(browser, base, page, id, { width: 390, hash: `#${id}?%=1.5`, touch: true });
  for (const point of await figure.locator("[data-handle]").all()) {
    await point.evaluate((one) => one.scrollIntoView({ block: "center" }));
    const before = await point.boundingBox(), scrolled = await swiped(tab, point.locator(".ink"), [40, -30]), after = await point.boundingBox();
    expect(Math.hypot(after.x - before.x - 40, after.y - before.y + 30) < 4, `a finger that goes 40 px takes the point ${Math.round(after.x - before.x)} px`);
    expect(scrolled === 0, "a finger on a point scrolls the page");
  }
  for (const [what, selector] of [["a slider", ".controls input[type=range]"], ["a picture", ".stage .plane, .stage table"]]) {
    const words = await figure.locator(".says").textContent(), element = figure.locator(selector).first();
    await element.evaluate((one) => one.scrollIntoView({ block: "center" }));
    expect((await swiped(tab, element, [0, -200])) > 50, `a finger that goes up over ${what} does not scroll the page`);
    expect((await figure.locator(".says").textContent()) === words, `a finger that scrolls the page over ${what} changes the figure`);
  }
  await context.close();
}

/** What is far rests while one drags; nothing moves by that, and all is back when one lets go, or scrolls. */
async function whatRests(browser, base, page, id, screen) {
  const { context, tab, figure, expect } = await opened(browser, base, page, id, screen);
  await figure.locator("[data-do=skip]").click();
  await tab.waitForTimeout(300);
  const look = () => figure.evaluate((one) => ({
    top: one.getBoundingClientRect().top,
    rest: [...document.querySelectorAll("main *")].filter(({ style }) => style.contentVisibility === "hidden").length,
  }));
  const slider = figure.locator(".controls input[type=range]").first(), awake = await look();
  for (const [what, end] of Object.entries({ "has let go": () => dispatchEvent(new Event("pointerup")), scrolls: () => scrollBy({ top: 400, behavior: "instant" }) })) {
    await slider.dispatchEvent("pointerdown");
    const resting = await look();
    expect(resting.rest > 5, `${resting.rest} blocks rest at ${screen.width} px while one drags`);
    expect(Math.abs(resting.top - awake.top) <= 2, `the figure moves by ${resting.top - awake.top} px when other blocks rest at ${screen.width} px`);
    await tab.evaluate(end);
    await tab.waitForTimeout(300);
    expect((await look()).rest === 0, `blocks rest still at ${screen.width} px when one ${what}`);
  }
  await context.close();
}

async function accessible(browser, base, page, id, screen) {
  const { context, tab, figure, expect } = await opened(browser, base, page, id, screen);
  await figure.locator("[data-do=skip]").click();
  await tab.waitForTimeout(300);
  const wide = await figure.evaluate((one) => Math.max(...[...one.querySelectorAll("*:not(.spoken, .katex-mathml, .katex-mathml *, svg *)")].map((each) => each.getBoundingClientRect().right)) - one.getBoundingClientRect().right);
  expect(wide <= 12, `${wide.toFixed(0)} px wider than its column at ${screen.width}`);
  await tab.evaluate((id) => { // the page around it has its own check
    const one = document.getElementById(id), main = document.querySelector("main");
    main.replaceChildren(one);
  }, id);
  await tab.evaluate(axe);
  const { violations } = await tab.evaluate((id) => window.axe.run(`#${id}`, { preload: false }), id);
  for (const { id: rule, nodes } of violations) expect(false, `axe ${rule} at ${screen.width}, ${screen.ground}: ${nodes[0].html.slice(0, 120)}`);
  await context.close();
}

/** Tables and words, which follow a drag more slowly than the picture, show in the end what the address says. */
async function keepsUp(browser, base, page, id) {
  const { context, tab, figure, expect } = await opened(browser, base, page, id);
  await figure.locator("[data-do=skip]").click();
  await dragged(figure, 20);
  await tab.waitForTimeout(1000);
  const seen = (one) => [one.querySelector(".stage").innerHTML, one.querySelector(".says").textContent, ...[...one.querySelectorAll(".range output")].map((each) => each.textContent)].join("\n");
  const last = await figure.evaluate(seen), again = await opened(browser, base, page, id, { hash: new URL(tab.url()).hash });
  expect((await again.figure.evaluate(seen)) === last, "what stands there after a drag is not what its address shows");
  await again.context.close();
  await context.close();
}

/** A slider goes from one end nearly to the other, a step with each frame; how many milliseconds that took. */
function dragged(figure, steps) {
  return figure.evaluate(async (one, steps) => {
    const input = one.querySelector("input[type=range]");
    input.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
    const began = performance.now();
    for (let k = 0; k < steps; k++) {
      input.value = Number(input.min) + ((Number(input.max) - Number(input.min)) * k) / steps;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise(requestAnimationFrame);
    }
    return performance.now() - began;
  }, steps);
}

/** Frames a second while a slider is dragged, on a machine four times as slow. */
async function frames(browser, base, page, id) {
  const { context, tab, figure } = await opened(browser, base, page, id, { width: 390 });
  await figure.locator("[data-do=skip]").click();
  const session = await context.newCDPSession(tab);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await tab.waitForTimeout(1000);
  const took = await dragged(figure, 60);
  await context.close();
  return (60 * 1000) / took;
}

const packed = (name) => gzipSync(readFileSync(join(folder, "_static", name)), { level: 9 }).length / 1024;
const [site, browser] = [await serve(folder), await launch()];
try {
  for (const { page, found } of figures) {
    const weight = ["live.js", ...new Set(found.map(([, kind]) => `live-${kind}.js`))].map(packed).reduce((a, b) => a + b);
    console.log(`${page}: ${weight.toFixed(1)} KB for ${found.length} figure${found.length > 1 ? "s" : ""}, of ${BUDGET} KB`);
    if (weight > BUDGET) faults.push(`${page}: its figures weigh ${weight.toFixed(1)} KB, more than ${BUDGET}`);
  }
  await inTurn(figures.flatMap(({ page, found }) => found.map(([id]) => async () => {
    await byKeyboard(browser, site.base, page, id);
    await byTouch(browser, site.base, page, id);
    await keepsUp(browser, site.base, page, id);
    for (const screen of SCREENS) await accessible(browser, site.base, page, id, screen);
    for (const width of WIDTHS) await whatRests(browser, site.base, page, id, { width });
  })));
  for (const { page, found } of figures) // one at a time, for they are timed
    for (const [id] of found)
      console.log(`  ${id}: ${(await frames(browser, site.base, page, id)).toFixed(0)} frames a second while dragging, at a quarter of the speed`);
  for (const page of pages.filter((name) => !readFileSync(join(folder, name), "utf8").includes('class="live"')))
    if (readFileSync(join(folder, page), "utf8").includes("_static/live")) faults.push(`${page}: has no figure and loads their script`);
} finally {
  await browser.close();
  site.close();
}
faults.forEach((fault) => console.error(fault));
console.log(faults.length ? `${faults.length} faults` : "no faults");
process.exitCode = faults.length ? 1 : 0;
