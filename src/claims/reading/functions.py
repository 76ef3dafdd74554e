"""The functions of the language: how many arguments they take, and their other names."""

from __future__ import annotations

ONE = (
    "abs sign exp log sqrt relu softplus sigma sin cos tan cot sec csc asin acos atan acot asec acsc log1p expm1 sinh cosh "
    "tanh coth sech csch asinh acosh atanh acoth asech acsch sinc erf erfc erfi erfinv gamma loggamma digamma factorial floor ceiling "
    "re im conjugate arg"
)
OF_MATRIX = "trace determinant inverse transpose adjoint diag diagonal-part total mean norm softmax identity"
OTHERS = (
    "sum:total tr:trace Tr:trace ReLU:relu det:determinant inv:inverse eye:identity ln:log sigmoid:sigma σ:sigma δ:delta "
    "maximum:max minimum:min vdot:inner diagonal_part:diagonal-part sgn:sign arcsin:asin arccos:acos arctan:atan "
    "arctan2:atan2 arcsinh:asinh arccosh:acosh arctanh:atanh ceil:ceiling conj:conjugate"
)

# The least and the largest number of arguments of what is of numbers, and of a matrix entry by entry.
SCALAR = {
    **dict.fromkeys(ONE.split(), (1, 1)),
    **dict.fromkeys(["heaviside", "atan2", "beta", "binomial", "polygamma"], (2, 2)),
    "max": (1, 9),  # of one matrix its largest entry
    "min": (2, 9),
}
FUNCTIONS = {
    **SCALAR,
    **dict.fromkeys(OF_MATRIX.split(), (1, 1)),
    **dict.fromkeys(["hstack", "vstack"], (1, 9)),
    **dict.fromkeys(["dot", "inner", "matmul", "multiply", "divide"], (2, 2)),
    **dict.fromkeys(["ones", "zeros"], (1, 2)),
}
KEYS = {"total": ("axis", "keepdims"), "mean": ("axis", "keepdims"), "softmax": ("axis",)}
ALIASES = dict(pair.split(":") for pair in OTHERS.split())
