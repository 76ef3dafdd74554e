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
    if not all(map(is_plain, integrals)):
        return None
    if integrals:
        whole = e.replace(lambda x: isinstance(x, (sp.Max, sp.Min, sp.Abs)), lambda x: x.rewrite(sp.Piecewise))
        return "integration by SymPy" if sp.simplify(whole.doit()) == 0 else None
    return "simplification by SymPy" if sp.simplify(e) == 0 else None


PIECES = (*HIDING, sp.Max, sp.Min, sp.Abs, sp.floor, sp.ceiling)
PERIODIC = (sp.sin, sp.cos, sp.tan, sp.cot, sp.sec, sp.csc)


def is_plain(integral) -> bool:
    """Is it an integral that SymPy is trusted with?

    It loses kinks of periodic functions; and a piece whose case depends on more than what is integrated over may hide.
    """
    bound = {limit[0] for limit in integral.limits}
    pieces = [x for x in sp.preorder_traversal(integral.function) if isinstance(x, PIECES)]
    periodic = integral.function.has(*PERIODIC)
    return not (periodic and (pieces or integral.function.has(sp.atan, sp.asin, sp.acos))) and all(
        x.free_symbols <= bound or not isinstance(x, HIDING) for x in pieces
    )
