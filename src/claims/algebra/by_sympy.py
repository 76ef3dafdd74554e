"""Scalar functions and integrals by SymPy, where the normal form sees nothing."""

from __future__ import annotations

import sympy as sp

from claims.language import Partial, is_matrix

HIDING = (sp.Piecewise, sp.Heaviside, sp.sign, sp.KroneckerDelta)


def by_sympy(e):
    """The method by which SymPy shows a scalar expression without matrices to be zero, or None.

    A slip of SymPy's shows in numbers, unless it hides in a case that they do not meet: pieces are allowed only in what is
    integrated.
    """
    if any(is_matrix(a) for a in sp.preorder_traversal(e)) or e.has(Partial, sp.Sum):
        return None
    integrals = e.atoms(sp.Integral)
    if e.xreplace({x: sp.Dummy() for x in integrals}).has(*HIDING):
        return None
    if integrals:
        whole = e.replace(lambda x: isinstance(x, (sp.Max, sp.Min, sp.Abs)), lambda x: x.rewrite(sp.Piecewise))
        return "integration by SymPy" if sp.simplify(whole.doit()) == 0 else None
    return "simplification by SymPy" if sp.simplify(e) == 0 else None
