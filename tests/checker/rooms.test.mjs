import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";

const READING = ["printing", "reading", "slips"];
const ROOT = fileURLToPath(new URL("../../src/checker", import.meta.url));
const MAY = {
  statement: [], algebra: [], entry: ["algebra", "statement"], proof: ["algebra", "entry", "statement"],
  numbers: ["statement"], plain: [],
  "judge.mjs": ["algebra", "entry", "numbers", "proof", "statement"], "index.mjs": ["judge.mjs", "numbers", "proof", "statement"],
  "ledger.mjs": ["judge.mjs"], "typed.mjs": ["judge.mjs", "printing", "reading", "slips", "statement"], "inline.mjs": ["judge.mjs", "reading", "typed.mjs"], "check.mjs": ["typed.mjs", "printing", "reading"], ...Object.fromEntries(READING.map((room) => [room, [...READING, "statement"]])),
};
const modules = (folder) => readdirSync(folder).flatMap((entry) => {
  const path = join(folder, entry);
  return statSync(path).isDirectory() ? modules(path) : path.endsWith(".mjs") ? [path] : [];
});
const ours = modules(ROOT).filter((path) => relative(ROOT, path).split("/")[0] in MAY);
const text = (path) => readFileSync(path, "utf8");

test("a room imports no other than the table says", () => {
  for (const path of ours) {
    const [room] = relative(ROOT, path).split("/");
    for (const [, target] of text(path).matchAll(/from "([^"]+)"/g)) {
      if (target.startsWith("node:")) { assert.equal(room, "ledger.mjs"); continue; }
      const to = relative(ROOT, resolve(dirname(path), target));
      assert.ok([room, ...MAY[room]].some((allowed) => to === allowed || to.startsWith(`${allowed}/`)), `${relative(ROOT, path)} imports ${to}`);
    }
  }
});
test("the table of the README is this one", () => {
  const readme = text(join(ROOT, "README.md"));
  for (const room of Object.keys(MAY)) assert.match(readme, new RegExp(`^\\| [^|]*\`${room}\``, "m"), room);
});
test("the codes that a page has to word are those of the modules", () => {
  const source = ours.filter((path) => !READING.includes(relative(ROOT, path).split("/")[0])).map(text).join("\n"), codes = JSON.parse(text(join(ROOT, "codes.json")));
  const thrown = (error) => [...source.matchAll(new RegExp(`${error}\\("([a-z-]+)"`, "g"))].map(([, code]) => code);
  const told = [...source.matchAll(/"([a-z-]+)"/g)].map(([, word]) => word);
  assert.deepEqual(new Set(codes.unreadable), new Set(thrown("Unreadable")));
  for (const code of thrown("Unknown")) assert.ok([...codes.undecided, ...codes["does-not-fit"]].includes(code), code);
  assert.deepEqual(new Set(codes.used), new Set(thrown("used.add")));
  for (const code of Object.values(codes).flat()) assert.ok(told.includes(code), code);
});
test("nothing is evaluated from text, and no module is longer than 400 lines", () => {
  for (const path of ours) {
    assert.doesNotMatch(text(path), /\beval\(|new Function|import\(/, path);
    assert.ok(text(path).split("\n").length <= 400, path);
  }
});
