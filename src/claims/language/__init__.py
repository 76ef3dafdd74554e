"""The words that mathematics is written with; every expression stays as it was written."""

from .blocks import Blocks, HStack, VStack, hstack, vstack
from .derivatives import Grad, Hess, Jac, Nonnegative, Partial, nonnegative
from .expectation import Expectation, Random, bernoulli, expectation, normal, random
from .functions import BOUND, Activation, Apply, activation, apply, canonical, sigma
from .maxima import Maximum
from .names import NAMES, Named, NamedScalar, named, parts
from .predicates import Analytic, Smooth
from .sums import Hadamard, Total, hadamard, inner, largest, softmax, total
from .symbols import is_matrix, matrix, ones, scalar, sizes
from .unfolding import unfold

__all__ = [
    "BOUND",
    "NAMES",
    "Activation",
    "Analytic",
    "Apply",
    "Blocks",
    "Expectation",
    "Grad",
    "HStack",
    "Hadamard",
    "Hess",
    "Jac",
    "Maximum",
    "Named",
    "NamedScalar",
    "Nonnegative",
    "Partial",
    "Random",
    "Smooth",
    "Total",
    "VStack",
    "activation",
    "apply",
    "bernoulli",
    "canonical",
    "expectation",
    "hadamard",
    "hstack",
    "inner",
    "is_matrix",
    "largest",
    "matrix",
    "named",
    "nonnegative",
    "normal",
    "ones",
    "parts",
    "random",
    "scalar",
    "sigma",
    "sizes",
    "softmax",
    "total",
    "unfold",
    "vstack",
]
