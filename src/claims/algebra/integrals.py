"""Equations with integrals up to t of functions that may be any: equal at t = 0, and with equal slopes by t."""

from __future__ import annotations

import sympy as sp

from claims.language import Activation, sigma

from .normal_form import NormalForm
from .zero import is_zero

ENTIRE = (sp.exp, sp.sin, sp.cos, sp.sinh, sp.cosh)
ORDER = 6  # how often an equation is differentiated at most: Taylor's formula of order n takes n times


def by_differentiation(nf: NormalForm, e: sp.Expr) -> str | None:
    """The method if e is zero for every real t, t being what an integral runs to; else None.

    N is e without its denominator.  If N is zero at t = 0 and its slope is zero for all t, N is zero for all t; the slope
    is shown to be zero in the same way, until no integral is left.  N must be smooth in t on the whole line.
    """
    N = sp.fraction(sp.together(e))[0]
    ends = {limit[2] for x in N.atoms(sp.Integral) for limit in x.limits if len(limit) == 3}
    for t in sorted((end for end in ends if end.is_Symbol and end.is_real and not end.is_integer), key=str):
        if is_smooth(N) and _vanishes(nf, N, t):
            return f"differentiation by {t}"
    return None


def _vanishes(nf: NormalForm, N: sp.Expr, t: sp.Symbol) -> bool:
    for _ in range(ORDER):
        if not _is_zero(nf, _at_zero(N, t)):
            return False
        N = sp.diff(N, t)
        if _is_zero(nf, N):
            return True
    return False


def _at_zero(N: sp.Expr, t: sp.Symbol) -> sp.Expr:
    """N at t = 0, where an integral from 0 to t is empty."""
    empty = {x: sp.S.Zero for x in N.atoms(sp.Integral) if x.limits[0][1:] == (0, t)}
    return N.xreplace(empty).subs(t, 0)


def _is_zero(nf: NormalForm, N: sp.Expr) -> bool:
    return is_zero(nf, nf.poly(sp.expand(N)))


def is_smooth(e: sp.Expr) -> bool:
    """Has e all derivatives at all real values, shown by its form alone?  A function that may be any is taken to have."""
    if isinstance(e, sp.Symbol) or e.is_number and not e.args and e.is_finite:
        return True
    if isinstance(e, Activation):
        any_function = e.base.slope is None
        return is_smooth(e.args[0]) and (any_function or e.base is sigma and bool(e.args[0].is_real))
    if isinstance(e, sp.Integral):
        (_, *ends), *others = e.limits
        return not others and len(ends) == 2 and all(map(is_smooth, (e.function, *ends)))
    if e.is_Pow and not (e.exp.is_Integer and e.exp > 0):
        return False
    return (e.is_Add or e.is_Mul or e.is_Pow or isinstance(e, ENTIRE)) and all(map(is_smooth, e.args))
