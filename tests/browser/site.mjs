// The built site as a browser gets it, and the browser.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { existsSync, readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { extname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { fail } from "../../src/coursebook/theme/chromium.mjs";

export { browserPath, chromium, fail, launch, needed } from "../../src/coursebook/theme/chromium.mjs";

const TYPES = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".png": "image/png", ".txt": "text/plain", ".xml": "application/xml" };
const PACKED = /html|css|javascript|json|svg|text|xml/;

export const PATIENCE = 90000; // ms: what never comes ends a check, and a busy machine does not
export const folder = resolve(process.argv[2] ?? "_build/html");
if (!existsSync(join(folder, "index.html"))) fail(`${folder}: no index.html; build the book first`);

/** The pages, with the files that are no page of the course left out. */
export const pages = readdirSync(folder).filter((name) => name.endsWith(".html")).sort();

/** The first screens of a page in pieces, each painted before the next one comes, as a slow line brings them. */
async function sendInPieces(response, content) {
  const [piece, start] = [1000, Math.max(0, content.indexOf("<main"))];
  response.write(content.subarray(0, start));
  for (let at = start; at < start + 10 * piece; at += piece) {
    response.write(content.subarray(at, at + piece));
    await new Promise((done) => setTimeout(done, 40));
  }
  response.end(content.subarray(start + 10 * piece));
}

/** The folder over HTTP, below a path of its own, packed as servers pack, or `slowly`. Ends with `close`. */
export async function serve(site, path = "/course/", slowly = false) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    try {
      if (!pathname.startsWith(path)) throw new Error("outside of the site");
      const type = TYPES[extname(pathname)] ?? "application/octet-stream";
      const content = await readFile(join(site, decodeURIComponent(pathname.slice(path.length))));
      if (slowly && type === TYPES[".html"]) {
        response.writeHead(200, { "content-type": type });
        return await sendInPieces(response, content);
      }
      const packed = PACKED.test(type) && /gzip/.test(request.headers["accept-encoding"]);
      response.writeHead(200, { "content-type": type, ...(packed && { "content-encoding": "gzip" }) });
      response.end(packed ? gzipSync(content) : content);
    } catch {
      const lost = await readFile(join(site, "404.html")).catch(() => "not here");
      response.writeHead(404, { "content-type": "text/html" }).end(lost);
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { origin: `http://127.0.0.1:${server.address().port}`, base: `http://127.0.0.1:${server.address().port}${path}`, close: () => server.close() };
}

/** As many at a time as the machine has cores. */
export async function inTurn(tasks) {
  const waiting = [...tasks];
  const worker = async () => {
    while (waiting.length) await waiting.shift()();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}
