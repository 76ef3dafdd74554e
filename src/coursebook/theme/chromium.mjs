// The browser that looks at the pages and prints them: Chromium or Chrome of this machine; CHROMIUM names another.
import { existsSync } from "node:fs";

const USUAL = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** The started browser, or the end of the program with one line that says what is missing. */
export async function launch() {
  const executablePath = process.env.CHROMIUM || USUAL.find(existsSync);
  if (!executablePath || !existsSync(executablePath))
    end(`${executablePath ?? "Chromium, Chrome"}: no such browser; install one (Debian: apt install chromium), or set CHROMIUM to its path`);
  const { chromium } = await import("playwright-core").catch(() => end("playwright-core is missing: run `npm ci`"));
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

function end(message) {
  console.error(message);
  process.exit(2);
}
