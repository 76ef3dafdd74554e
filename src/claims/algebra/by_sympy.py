"""Scalar functions and integrals by SymPy, where the normal form sees nothing."""

from __future__ import annotations

import sympy as sp

from claims.language import Partial, is_matrix


def by_sympy(e):
    """The method by which SymPy shows a scalar expression without matrices to be zero, or None."""
    if any(is_matrix(a) for a in sp.preorder_traversal(e)) or e.has(Partial, sp.Sum):
        return None
    if e.has(sp.Integral):
        whole = e.replace(lambda x: isinstance(x, (sp.Max, sp.Min, sp.Abs)), lambda x: x.rewrite(sp.Piecewise))
        return "integration by SymPy" if sp.simplify(whole.doit()) == 0 else None
    return "simplification by SymPy" if sp.simplify(e) == 0 else None
