"""Mathematics that is proved before it is printed: formulas of matrices of every size, by computer algebra."""

from .definition import define
from .derive import derive, gradients
from .errors import Ambiguous, ProverFault, Refuted, SizesDoNotFit, Undecided
from .printer import latex
from .prover import Proof, claim, prove
from .pullback import pullback
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
    "derive",
    "gradients",
    "hadamard",
    "inner",
    "latex",
    "matrix",
    "named",
    "nonnegative",
    "ones",
    "prove",
    "pullback",
    "scalar",
    "sigma",
    "sizes",
    "softmax",
    "total",
]
