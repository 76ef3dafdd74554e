import assert from "node:assert/strict";
import { test } from "node:test";
import { grade } from "../../src/coursebook/theme/answers/graders.mjs";
import { complaints, spellings } from "./fields.mjs";

const FIELD = { kind: "formula", letters: ["X: m x n", "w: n x 1", "y: m x 1"], right: "X^T (X w - y) / m", wrong: [] };

test("a field that is judged well has no complaints", () => assert.deepEqual(complaints(FIELD), []));
test("there are more than five spellings of an answer", () => assert.ok(spellings(FIELD).length > 5));
const PLANTED = {
  "accepts everything": () => ({ verdict: "right" }),
  "refuses everything": () => ({ verdict: "wrong", slip: 0 }),
  "names no slip": (field, text) => ({ ...grade(field, text), slip: undefined }),
  "accepts one spelling alone": (field, text) => (text === field.right ? { verdict: "right" } : { verdict: "wrong", slip: 0 }),
  "forgets the sign": (field, text) => (grade(field, text).slip === "sign-turned" ? { verdict: "right" } : grade(field, text)),
};
for (const [fault, planted] of Object.entries(PLANTED))
  test(`a grader that ${fault} is found out`, () => assert.notDeepEqual(complaints(FIELD, planted), []));
