"""Mathematics that is proved before it is printed: formulas of matrices of every size, by computer algebra."""

from .definition import define
from .errors import Ambiguous, ProverFault, Refuted, SizesDoNotFit, Undecided
from .prover import Proof, claim, prove
from .vocabulary import (
    Grad,
    Hess,
    Jac,
    activation,
    apply,
    hadamard,
    inner,
    matrix,
    named,
    nonnegative,
    ones,
    scalar,
    sigma,
    sizes,
    softmax,
    total,
)

__all__ = [
    "Ambiguous",
    "Grad",
    "Hess",
    "Jac",
    "Proof",
    "ProverFault",
    "Refuted",
    "SizesDoNotFit",
    "Undecided",
    "activation",
    "apply",
    "claim",
    "define",
    "hadamard",
    "inner",
    "matrix",
    "named",
    "nonnegative",
    "ones",
    "prove",
    "scalar",
    "sigma",
    "sizes",
    "softmax",
    "total",
]
