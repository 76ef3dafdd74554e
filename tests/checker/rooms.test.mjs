import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";

const ROOT = fileURLToPath(new URL("../../src/checker", import.meta.url));
const MAY = {
  statement: [], algebra: [], entry: ["algebra", "statement"], proof: ["algebra", "entry", "statement"],
  numbers: ["statement", "entry/indices.mjs"],
  "judge.mjs": ["algebra", "entry", "numbers", "proof", "statement"], "index.mjs": ["judge.mjs", "numbers", "proof", "statement"],
  "ledger.mjs": ["judge.mjs"],
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
  for (const room of Object.keys(MAY)) assert.ok(readme.includes(`| \`${room}\` |`), room);
});
test("nothing is evaluated from text, and no module is longer than 400 lines", () => {
  for (const path of ours) {
    assert.doesNotMatch(text(path), /\beval\(|new Function|import\(/, path);
    assert.ok(text(path).split("\n").length <= 400, path);
  }
});
