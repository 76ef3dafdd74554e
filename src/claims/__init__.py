"""Mathematics that is proved before it is printed: formulas of matrices of every size, by computer algebra.

What a chapter writes:       vocabulary, definition, prover (`claim`), derive
What is claimed:             statement, shapes, ambiguity, errors
Put to numbers:              points, numeric, counterexample
One entry, differentiated:   lowering, calculus, kinks, terms
Equal or not:                identity, normal_form, polynomial, functions, bound, rules, zero, scalars,
                             integrals
Never negative:              signs, certificate
How it was proved:           explanation; budget and cache bound what it costs
How a gradient is found:     sweep, pullback, chain_rule, derivation; written shortly by algebra, entries, products,
                             simplest, rebuild
How it is written:           printer, notation, print_*, plain_text; as NumPy by code, code_*; for a notebook by records
"""

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
