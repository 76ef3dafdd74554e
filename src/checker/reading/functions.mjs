/** The functions a reader may write, by how many arguments they take, and other names for them. */
const each = (names, line) => Object.fromEntries(names.split(" ").map((name) => [name, line]));

/** Those that are `scalar` are of numbers, and of a matrix entry by entry. */
export const FUNCTIONS = {
  ...each("abs sign exp log sqrt relu softplus sigma sin cos tan cot sec csc asin acos atan acot asec acsc", { args: 1, scalar: true }),
  ...each("log1p expm1 sinh cosh tanh coth sech csch asinh acosh atanh acoth asech acsch sinc erf erfc erfi erfinv", { args: 1, scalar: true }),
  ...each("gamma loggamma digamma factorial floor ceiling re im conjugate arg", { args: 1, scalar: true }),
  ...each("heaviside atan2 beta binomial polygamma", { args: 2, scalar: true }),
  max: { args: [1, 9], scalar: true }, // of one matrix its largest entry
  min: { args: [2, 9], scalar: true },
  ...each("trace determinant inverse transpose adjoint diag diagonal-part total mean norm expectation softmax identity", { args: 1 }),
  ...each("hstack vstack", { args: [1, 9] }),
  ...each("dot inner matmul multiply divide", { args: 2 }),
  ...each("ones zeros", { args: [1, 2] }),
};
const OTHERS =
  "sum total,tr trace,Tr trace,ReLU relu,det determinant,inv inverse,eye identity,ln log,sigmoid sigma,σ sigma,δ delta,maximum max,minimum min," +
  "vdot inner,diagonal_part diagonal-part,sgn sign,arcsin asin,arccos acos,arctan atan,arctan2 atan2,arcsinh asinh," +
  "arccosh acosh,arctanh atanh,ceil ceiling,conj conjugate";
export const ALIASES = Object.fromEntries(OTHERS.split(",").map((pair) => pair.split(" ")));
