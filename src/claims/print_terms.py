"""The prover's generic entries in SymPy's words, so that its steps are printed like everything else."""

from __future__ import annotations

import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixElement

from .terms import AtZero, Delta, Entry, Index, Magnitude, Sigma, Step

WORDS = {
    Entry: MatrixElement,
    Delta: sp.KroneckerDelta,
    Magnitude: sp.Abs,
    Step: lambda u: sp.Heaviside(u, 0),
    AtZero: lambda u: sp.Piecewise((1, sp.Eq(u, 0)), (0, True)),
    Sigma: lambda body, *indices: sp.Sum(body, *[(k, 0, k.size - 1) for k in indices]),
}


def in_words(e):
    """The expression with entries, sums and deltas of SymPy in the place of the prover's."""
    if not e.args or not e.has(*WORDS):
        return e
    args = [in_words(a) for a in e.args]
    word = WORDS.get(type(e), e.func)
    return word(*args)


def free_indices(e) -> list[Index]:
    """The indices that e is about, in the order of writing."""
    if isinstance(e, Index):
        return [e]
    bound = e.indices if isinstance(e, Sigma) else ()
    return [k for k in dict.fromkeys(k for a in e.args for k in free_indices(a)) if k not in bound]
