"""Mathematics that is proved before it is printed: formulas of matrices of every size, by computer algebra.

language     what a claim is written with, and whether it fits together
entry        one generic entry of it, differentiated
algebra      equal or not, never negative or not
numbers      the claim as written, put to numbers
proof        `claim`: all of this together, and what a notebook shows of it
gradients    how a gradient is found
printing     how it is written; `numpy_code`: as NumPy
"""

from claims.errors import Ambiguous, ProverFault, Refuted, SizesDoNotFit, Undecided
from claims.gradients.derive import derive, gradients
from claims.gradients.pullback import pullback
from claims.language import (
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
from claims.printing.printer import latex
from claims.proof.definition import define
from claims.proof.prover import Proof, claim, prove

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
