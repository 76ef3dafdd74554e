// The numbers of a figure at many states: node tests/live/numbers.mjs KIND < {"statements", "states"}
import { readFileSync } from "node:fs";
import { ready } from "../../src/coursebook/theme/live/figure.mjs";

const { default: figure } = await import(`../../src/coursebook/theme/live/figures/${process.argv[2]}.mjs`);
const { statements, states } = JSON.parse(readFileSync(0, "utf8")), model = ready(statements);
// A number beyond all is written as what Python reads.
const plain = (key, value) => (typeof value === "number" && !Number.isFinite(value) ? (value > 0 ? "inf" : value < 0 ? "-inf" : "nan") : value);
console.log(JSON.stringify(states.map((state) => figure.compute(model, state)), plain));
