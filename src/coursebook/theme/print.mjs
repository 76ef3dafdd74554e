// node print.mjs page.html book.pdf: the page on paper, with bookmarks, tags and working links.
import { pathToFileURL } from "node:url";
import { launch } from "./chromium.mjs";

const [source, target] = process.argv.slice(2);
const WIDTH = 642; // pixels of A4 between the margins of book.css

/** Runs in the page: what would be cut off is made smaller instead. */
function fit() {
  for (const box of document.querySelectorAll(".katex-display, .equalities, .graph svg, table, .text_html")) {
    const room = box.parentElement.clientWidth;
    const width = Math.max(box.scrollWidth, box.getBoundingClientRect().width);
    if (room && width > room + 1) box.style.zoom = room / width;
  }
}

const browser = await launch();
try {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 900 }, colorScheme: "light" });
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  await page.goto(pathToFileURL(source).href, { waitUntil: "load", timeout: 120_000 });
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(fit);
  await page.pdf({ path: target, preferCSSPageSize: true, printBackground: true, outline: true, tagged: true });
} finally {
  await browser.close();
}
