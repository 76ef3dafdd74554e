"""The words that mathematics is written with; every expression stays as it was written."""

from .derivatives import Grad, Hess, Jac, Nonnegative, Partial, nonnegative
from .functions import BOUND, Activation, Apply, activation, apply, canonical, sigma
from .names import NAMES, Named, NamedScalar, named, parts
from .predicates import Analytic, Smooth
from .sums import Hadamard, Total, hadamard, inner, softmax, total
from .symbols import is_matrix, matrix, ones, scalar, sizes
from .unfolding import unfold

__all__ = [
    "BOUND",
    "NAMES",
    "Activation",
    "Analytic",
    "Apply",
    "Grad",
    "Hadamard",
    "Hess",
    "Jac",
    "Named",
    "NamedScalar",
    "Nonnegative",
    "Partial",
    "Smooth",
    "Total",
    "activation",
    "apply",
    "canonical",
    "hadamard",
    "inner",
    "is_matrix",
    "matrix",
    "named",
    "nonnegative",
    "ones",
    "parts",
    "scalar",
    "sigma",
    "sizes",
    "softmax",
    "total",
    "unfold",
]
