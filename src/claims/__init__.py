"""Mathematics that is proved before it is printed: formulas of matrices of every size, by computer algebra.

What a claim says (the book's page *How the proofs work* says the same at length):

for all sizes, for all real values of all entries, numbers and functions that meet the hypotheses and the assumptions on
symbols, wherever both sides are defined, both sides are equal, entry by entry.

- Sizes are whole numbers from 1; two may be equal.
- Values are real.  A logarithm is defined for u > 0, a root for u >= 0, a quotient where nothing is divided by zero, an
  inverse for a matrix with a determinant other than zero; a function of what is not defined is not defined.  u**0 is 1.
- A function in pieces has the value of the piece that applies; the other pieces need not be defined.
- A sum without terms, from a to a - 1, is 0; a sum of fewer has no meaning.  A maximum over no index has no value.
- A free index stands for one place, in the range of all places where it stands; so in a hypothesis too.
- A slope is defined where the difference quotients from both sides have one limit: not at a kink, and not where one side
  has no value.  There is no slope by a whole number.
- A random number has moments of every order, and is independent of all others; an expectation is over all random numbers
  in it, and is defined where there is such a law: a variance is not negative, a probability lies from 0 to 1.
- An equation as a hypothesis restricts the values to those for which it holds; a slope is still taken in all directions.

What else a statement needs (a != 0, u > 0, f three times differentiable) is a condition: found, and either shown to hold
for all values or carried in `Proof.conditions`.  Nothing is assumed in silence.

The rooms, each of which imports only from those above it and says more in README.md:

language     what a claim is written with, and whether it fits together
entry        one generic entry of it, differentiated, and what it needs to be defined
algebra      equal or not, never negative or not
reasons      a line of a proof, from the reason that its author gives; what a line rests on
numbers      the claim as written, put to numbers: it knows the language alone
printing     how it is written; `numpy_code`: as NumPy; `data`: as JSON
reading      `read`: a formula as people type it
proof        `claim`: all of this together, and what a notebook shows of it
gradients    how a gradient is found
depth        networks of any depth, by induction over their layers
"""

from claims.depth.claimed import claim_every_depth
from claims.depth.layers import Layers
from claims.errors import Ambiguous, Misread, ProverFault, Refuted, SizesDoNotFit, Undecided
from claims.gradients.derive import derive, gradients
from claims.gradients.pullback import pullback
from claims.language import (
    Grad,
    Hess,
    Jac,
    Maximum,
    activation,
    apply,
    bernoulli,
    expectation,
    hadamard,
    hstack,
    inner,
    largest,
    matrix,
    named,
    nonnegative,
    normal,
    ones,
    random,
    scalar,
    sigma,
    sizes,
    softmax,
    total,
    vstack,
)
from claims.language.reasons import algebra, by, chain_rule, definition, entries
from claims.printing.printer import latex
from claims.proof.cited import cite, observed
from claims.proof.definition import define
from claims.proof.library import recall
from claims.proof.prover import Proof, claim, prove
from claims.proof.refuted import refute
from claims.reading import read

__all__ = [
    "Ambiguous",
    "Grad",
    "Hess",
    "Jac",
    "Layers",
    "Maximum",
    "Misread",
    "Proof",
    "ProverFault",
    "Refuted",
    "SizesDoNotFit",
    "Undecided",
    "activation",
    "algebra",
    "apply",
    "bernoulli",
    "by",
    "chain_rule",
    "cite",
    "claim",
    "claim_every_depth",
    "define",
    "definition",
    "derive",
    "entries",
    "expectation",
    "gradients",
    "hadamard",
    "hstack",
    "inner",
    "largest",
    "latex",
    "matrix",
    "named",
    "nonnegative",
    "normal",
    "observed",
    "ones",
    "prove",
    "pullback",
    "random",
    "read",
    "recall",
    "refute",
    "scalar",
    "sigma",
    "sizes",
    "softmax",
    "total",
    "vstack",
]
