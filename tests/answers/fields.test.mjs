import assert from "node:assert/strict";
import { test } from "node:test";
import { grade } from "../../src/coursebook/theme/answers/graders.mjs";
import { complaints, spellings } from "./fields.mjs";

const FIELD = { kind: "formula", letters: ["X: m x n", "w: n x 1", "y: m x 1"], right: "X^T (X w - y) / m", wrong: [] };

const OTHERS = [
  { kind: "array", right: "1/4, -1/2; 0, 3", wrong: [] },
  { kind: "numbers", letters: ["w", "b"], where: ["w + b > 0"], right: "2, -1", wrong: [] },
  { kind: "derivation", letters: ["z"], from: "1/(1 + e^z)", right: "1 - 1/(1 + e^(-z))", wrong: [] },
];
test("a field that is judged well has no complaints", () => [FIELD, ...OTHERS].forEach((field) => assert.deepEqual(complaints(field), [])));
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
const FOUND = { array: ["accepts everything", "refuses everything", "names no slip", "forgets the sign"], numbers: ["refuses everything"], derivation: ["accepts everything", "refuses everything"] };
for (const field of OTHERS)
  for (const fault of FOUND[field.kind]) test(`a grader of ${field.kind} that ${fault} is found out`, () => assert.notDeepEqual(complaints(field, PLANTED[fault]), []));
