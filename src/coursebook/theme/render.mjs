// Answers each line of its input, a request as JSON, with one line: {"result": ...} or {"error": ...}.
// Its arguments are the folder that holds the libraries, and that of the second prover.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const library = createRequire(`${process.argv[2]}/`);
const TO_NOTHING = /<mo>\u2061<\/mo>(?=<\/)/g; // KaTeX applies the max of a subscript to nothing, which is a part too many
let graphviz, checker, typed;

const answers = {
  formula: ({ latex, display }) => library("katex").renderToString(latex, { displayMode: display, strict: "error" }).replaceAll(TO_NOTHING, ""),
  graph: async ({ dot }) => {
    graphviz ??= await library("@viz-js/viz").instance();
    return graphviz.renderString(dot, { format: "svg" });
  },
  judge: async ({ statement }) => {
    checker ??= await import(pathToFileURL(`${process.argv[3]}/index.mjs`));
    return checker.judge(JSON.parse(statement));
  },
  typing: async ({ statement, verdict }) => {
    typed ??= await import(pathToFileURL(`${process.argv[3]}/typed.mjs`));
    return typed.typing(JSON.parse(statement), verdict);
  },
  inline: async ({ book }) => (await import(pathToFileURL(`${process.argv[3]}/inline.mjs`))).faults(JSON.parse(book)),
  live: async ({ kind, data }) => {
    const { still } = await import("./live/still.mjs");
    return still({ kind, data: JSON.parse(data) });
  },
  answer: async ({ field }) => (await import("./answers/graders.mjs")).faults(JSON.parse(field)),
};

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  let answer;
  try {
    answer = { result: await answers[request.what](request) };
  } catch (error) {
    answer = { error: error.message };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
