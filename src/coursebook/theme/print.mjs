// node print.mjs page.html book.pdf: the page on paper, with bookmarks, tags, working links, and page numbers in its contents.
import { pathToFileURL } from "node:url";
import { launch } from "./chromium.mjs";

const [source, target] = process.argv.slice(2);
const WIDTH = 612; // pixels of A4 between the margins of book.css

/** Runs in the page: what would be cut off is made smaller instead. */
function fit() {
  for (const box of document.querySelectorAll(".katex-display, .equalities, .graph svg, table, .text_html")) {
    const room = box.parentElement.clientWidth;
    const width = Math.max(box.scrollWidth, box.getBoundingClientRect().width);
    if (room && width > room + 1) box.style.zoom = room / width;
  }
}

/** On which page of the PDF each place is that some link leads to. */
function pageNumbers(pdf) {
  const text = pdf.toString("latin1");
  const sheets = [...text.matchAll(/^(\d+) 0 obj\n<<\/Type \/Page$/gm)].map((found) => found[1]);
  const places = text.matchAll(/\/([^\s/[]+) \[(\d+) 0 R \/XYZ/g);
  return Object.fromEntries([...places].map(([, name, sheet]) => [name, sheets.indexOf(sheet) + 1]));
}

/** Runs in the page: the contents say on which page each chapter and section begins. */
function number(places) {
  for (const link of document.querySelectorAll(".book-contents a")) {
    link.dataset.page = places[link.hash.slice(1)] ?? "";
    if (!link.dataset.page) throw new Error(`${link.hash} in the contents: no such place in the book`);
  }
}

const browser = await launch();
try {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 900 }, colorScheme: "light" });
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  await page.goto(pathToFileURL(source).href, { waitUntil: "load", timeout: 120_000 });
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(fit);
  const paper = { preferCSSPageSize: true, printBackground: true };
  await page.evaluate(number, pageNumbers(await page.pdf(paper)));
  await page.pdf({ path: target, ...paper, outline: true, tagged: true });
} finally {
  await browser.close();
}
