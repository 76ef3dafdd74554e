// node epub.mjs page.html book.json: the chapters of the page as XHTML for a reader without scripts, formulas as MathML.
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { launch } from "./chromium.mjs";

const [source, target] = process.argv.slice(2);

/** Runs in the page, as it is on paper: what is not seen there, or only moves, goes; what is left are plain elements. */
function written() {
  const GONE = "script, noscript, style, button, input, .headerlink, .spoken, .katex-html", DRAWN = "svg, svg *";
  const KEPT = ["id", "class", "href", "src", "alt", "colspan", "rowspan", "scope", "lang"];
  const LOOKS = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-size", "font-style", "font-weight", "text-anchor"];
  const all = (selector) => [...document.querySelectorAll(`article ${selector}`)];
  const unseen = all("*:not(math *)").filter((one) => one.matches(GONE) || getComputedStyle(one).display === "none");
  for (const one of all(".live svg *")) { // what a style sheet of the site says of a drawing, the drawing says itself
    const look = getComputedStyle(one);
    one.setAttribute("style", LOOKS.map((name) => `${name}: ${look.getPropertyValue(name)}`).join("; "));
  }
  unseen.forEach((one) => one.remove());
  const named = (tag, one) => {
    const made = document.createElement(tag);
    for (const { name, value } of one.attributes) made.setAttribute(name, value);
    made.append(...one.childNodes);
    one.replaceWith(made);
    return made;
  };
  for (const one of all(".katex[data-tex]")) { // the head of a column, which has letters alone: `epub.py` sets it
    one.textContent = one.dataset.tex;
    one.className = "tex";
  }
  for (const one of all(".katex")) one.replaceWith(...one.querySelectorAll("math"));
  for (const math of all("math")) {
    const tex = math.querySelector("annotation")?.textContent, inside = math.querySelector("semantics");
    if (tex) math.setAttribute("alttext", tex);
    math.querySelector("annotation")?.remove();
    inside?.replaceWith(...inside.childNodes);
  }
  for (const tag of ["summary", "legend"]) for (const one of all(tag)) named("p", one).classList.add("summary");
  for (const one of all(":is(details, fieldset, form)")) named("div", one);
  for (const one of all(":is(label, output)")) named("span", one);
  for (const one of all(`*:not(math, math *, ${DRAWN})`)) for (const { name } of [...one.attributes]) if (!KEPT.includes(name)) one.removeAttribute(name);
  for (const one of all(DRAWN)) for (const { name } of [...one.attributes]) if (/^(data-|tabindex$|role$|aria-value)/.test(name)) one.removeAttribute(name);
  const writer = new XMLSerializer();
  const chapters = [...document.querySelectorAll("article")].map((article) => ({
    name: article.id,
    part: article.dataset.part,
    title: article.querySelector("h1").textContent.trim(),
    sections: [...article.querySelectorAll("section > h2")].map((one) => [one.parentElement.id, one.textContent.trim()]),
    images: [...article.querySelectorAll("img")].map((image) => image.getAttribute("src")),
    content: [...article.children].map((one) => writer.serializeToString(one)).join("\n"),
    properties: Object.entries({ "math, .tex": "mathml", svg: "svg" }).filter(([tag]) => article.querySelector(tag)).map(([, told]) => told),
  }));
  return { language: document.documentElement.lang, title: document.title, chapters };
}

const browser = await launch();
try {
  const page = await browser.newPage({ colorScheme: "light" });
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  await page.goto(pathToFileURL(source).href, { waitUntil: "load", timeout: 120_000 });
  writeFileSync(target, JSON.stringify(await page.evaluate(written)));
} finally {
  await browser.close();
}
