/** The functions a reader may write, by how many arguments they take, and other names for them. */
const scalar = { args: 1, scalar: true };
export const FUNCTIONS = {
  ...Object.fromEntries(
    (
      "abs sign exp log sin cos tan cot sec csc asin acos atan acot asec acsc sinh cosh tanh coth sech csch asinh acosh atanh acoth asech acsch " +
      "sinc erf erfc erfi erfinv gamma loggamma digamma factorial floor ceiling re im conjugate arg"
    )
      .split(" ")
      .map((name) => [name, scalar]),
  ),
  sqrt: scalar,
  relu: scalar,
  sigma: scalar,
  max: { args: [2, 9], scalar: true },
  min: { args: [2, 9], scalar: true },
  heaviside: { args: 2, scalar: true },
  atan2: { args: 2, scalar: true },
  beta: { args: 2, scalar: true },
  binomial: { args: 2, scalar: true },
  polygamma: { args: 2, scalar: true },
  trace: { args: 1 },
  determinant: { args: 1 },
  inverse: { args: 1 },
  transpose: { args: 1 },
  adjoint: { args: 1 },
  "diagonal-part": { args: 1 },
  diag: { args: 1 },
  total: { args: 1 },
  mean: { args: 1 },
  norm: { args: 1 },
  expectation: { args: 1 },
  softmax: { args: 1 },
  ones: { args: [1, 2] },
  zeros: { args: [1, 2] },
  identity: { args: 1 },
  dot: { args: 2 },
  inner: { args: 2 },
};
export const ALIASES = {
  sum: "total",
  tr: "trace",
  det: "determinant",
  inv: "inverse",
  eye: "identity",
  ln: "log",
  sigmoid: "sigma",
  σ: "sigma",
  maximum: "max",
  minimum: "min",
  vdot: "inner",
  δ: "delta",
  diagonal_part: "diagonal-part",
  sgn: "sign",
  arcsin: "asin",
  arccos: "acos",
  arctan: "atan",
};
