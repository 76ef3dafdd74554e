// What a person types: a formula by its text, its letters by lines such as "X: m x n"; read, and judged.
import { judge } from "./judge.mjs";
import { ReadingError, declare, readStatement } from "./reading/index.mjs";

const FORMS = [
  [/^(\w+)\s*:\s*(.+?)\s*(?:x|×|,)\s*(.+)$/, ([name, rows, cols]) => ({ name, shape: [rows, cols] })],
  [/^(\w+)\(\)$/, ([name]) => ({ name, function: true })],
  [/^(\w+)\s*>\s*0$/, ([name]) => ({ name, sign: "positive" })],
  [/^(\w+)$/, ([name]) => ({ name })],
];

/** A line that declares no letter. */
export class LetterError extends Error {
  constructor(line) {
    super(`"${line}" declares no letter: write "X: m x n", "eta > 0", "z" or "g()"`);
    this.line = line;
  }
}

/** The letters that lines declare, as `declare` takes them: matrices, positive numbers, numbers, functions. */
export function letters(lines) {
  return lines.map((line) => {
    for (const [form, made] of FORMS) {
      const found = form.exec(line.trim());
      if (found) return made(found.slice(1));
    }
    throw new LetterError(line);
  });
}

/**
 * { statement, found }: what was read, with the letters that it holds, and the verdict on it (see judge.mjs).
 * A letter that no line declares is a real number.
 */
export function judged(text, lines) {
  const statement = pruned(stated(text, letters(lines)));
  return { statement, found: judge(statement, { conditions: "any", ms: Infinity }) };
}

function stated(text, declared) {
  try {
    return readStatement(text, declare(declared));
  } catch (error) {
    const { name } = error instanceof ReadingError && error.code === "unknown-name" ? error.data : {};
    if (name === undefined || !/^\w+$/.test(name) || declared.some((letter) => letter.name === name)) throw error;
    return stated(text, [...declared, { name }]);
  }
}

function pruned(statement) {
  const named = (trees) => new Set(Array.from(JSON.stringify(trees).matchAll(/"(?:id|function)":"([^"]+)"/g), (found) => found[1]));
  const held = (table, ...trees) => Object.fromEntries(Object.entries(table).filter(([id]) => named(trees).has(id)));
  const { left, right } = statement, matrices = held(statement.matrices, left, right), functions = held(statement.functions, left, right);
  return { ...statement, matrices, functions, symbols: held(statement.symbols, left, right, matrices) };
}
