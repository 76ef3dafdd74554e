// The browser that looks at the pages and prints them: Chromium or Chrome of this machine; CHROMIUM names another.
import { existsSync } from "node:fs";

const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

export const browserPath = process.env.CHROMIUM || BROWSERS.find(existsSync);
if (!browserPath || !existsSync(browserPath)) fail("no Chromium or Chrome; install one (apt-get install chromium), or set CHROMIUM to its path");
export const { chromium } = await needed("playwright-core");

/** A package of npm. */
export async function needed(name) {
  try {
    return await import(name);
  } catch {
    return fail(`${name} is not installed; \`npm ci\` installs what package-lock.json names`);
  }
}

export function fail(message) {
  console.error(message);
  process.exit(2);
}

export function launch() {
  return chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
}
