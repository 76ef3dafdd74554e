import { GREEK } from "../reading/names.mjs";

/** The parts of a name: dZ_1 is the adjoint of Z_1, dmu of mu, x_hat has an accent, KL is one word. */
const NAME = new RegExp(`^(d(?=[A-Z]|(?:[a-z]|${Object.keys(GREEK).join("|")})(?:_|\\d|'|$)))?([A-Za-z\\u0370-\\u03ff]+?)(\\d*|_.*?)('*)$`, "u");
const ACCENTS = new Set(["hat", "bar", "tilde"]);

export function split(name) {
  const found = NAME.exec(name);
  if (!found) return { adjoint: false, base: name, accent: "", low: "", primes: "" };
  const [, adjoint, base, sub, primes] = found,
    [first, ...more] = sub.replace(/^_/, "").split("_");
  const accent = ACCENTS.has(first) ? first : "",
    low = (accent ? more : [first, ...more]).join("_");
  return { adjoint: Boolean(adjoint), base, accent, low: low.replace(/^\{|\}$/g, ""), primes };
}
