// The operations of a statement and what they take, a letter an argument: n a number, m a matrix, c a condition,
// a a number or a matrix; + is one or more.

const ONE_NUMBER =
  "abs sign exp log sin cos tan cot sec csc asin acos atan acot asec acsc sinh cosh tanh coth sech csch asinh acosh " +
  "atanh acoth asech acsch sinc erf erfc erfi erfinv gamma loggamma digamma factorial floor ceiling re im conjugate arg";
const TAKES = {
  "n+": "add mul max min",
  "m+": "matadd hadamard hadamard-product hstack vstack",
  "a+": "matmul",
  "c+": "and or",
  "n": `${ONE_NUMBER} identity`,
  "m": "inverse transpose adjoint diagonal-matrix diagonal-part diagonal trace determinant total",
  "a": "expectation",
  "c": "not",
  "nn": "pow heaviside delta atan2 beta binomial polygamma ones zeros lt le gt ge",
  "mn": "matpow",
  "mm": "dot",
  "aa": "hadamard-power jac eq ne",
  "na": "grad hess",
  "mnn": "entry",
};
export const SIGNATURES = new Map(Object.entries(TAKES).flatMap(([takes, ops]) => ops.split(" ").map((op) => [op, takes])));
/** What says that something holds; all else has a value. */
export const CONDITIONS = new Set(["and", "or", "not", "lt", "le", "gt", "ge", "eq", "ne", "smooth", "analytic"]);
export const isCondition = (t) => typeof t === "boolean" || CONDITIONS.has(t?.op);
export const LEAVES = { symbol: "symbols", matrix: "matrices", name: "names" };
export const NUMBERS = new Set(["integer", "rational", "decimal", "constant"]);
export const FOLDS = new Set(["sum", "product", "maximum", "integral"]);
export const KINDS = new Set(["equation", "nonnegative", "definition", "derivation", "every-depth"]);
export const VERSION = 2;

/** The trees directly inside a tree. */
export function parts(t) {
  if (typeof t !== "object") return [];
  return [
    ...(t.args ?? []), ...(t.body === undefined ? [] : [t.body]), ...(t.rows ?? []).flat(),
    ...(t.cases ?? []).flatMap((c) => [c.value, c.if]), ...(t.by ?? []).flatMap((b) => [b.variable, b.times]),
    ...(FOLDS.has(t.op) ? t.bind.flatMap((b) => [b.low, b.high]) : []),
  ];
}
