"""What the normal form does not see: sums of a given length, by induction; scalar functions and integrals, by SymPy."""

from __future__ import annotations

import sympy as sp

from claims.entry.terms import AtZero, Delta, Sigma, Step, indices
from claims.language import Partial, is_matrix

from .polynomial import expression
from .zero import is_zero


def by_induction(nf, p: dict):
    """The method if p is zero for every size t, by induction over t; else None.

    p(t) = c(t) S(t) + d(t), with S the sum of t terms b(k).  As S(t + 1) = S(t) + b(t), the step is that
    c(t) p(t + 1) - c(t + 1) p(t) = 0, free of S; where c(t) happens to vanish the step holds by continuity, so c(t) must
    have no factor that is zero for good: no indicator, and nothing that a hypothesis makes one.
    """
    e = expression(nf.fraction(p)[0])
    sums = sorted({x for x in e.atoms(Sigma) if not indices(x)}, key=str)
    if not sums or any(len(S.indices) > 1 or S.body.has(Sigma) for S in sums):
        return None
    t = sums[0].indices[0].size
    if not t.is_Symbol or any(S.indices[0].size != t or S.body.has(t) for S in sums):
        return None
    return f"induction over {t}" if _induction(nf, e, sums, t) else None


def _induction(nf, e, sums, t) -> bool:
    c, *others = (e.coeff(S, 1) for S in sums)
    d = e.xreplace(dict.fromkeys(sums, sp.S.Zero))
    weights = [sp.cancel(other / c) for other in others]
    linear = sp.expand(e - d - sum(e.coeff(S, 1) * S for S in sums)) == 0
    divides = c.is_Rational or not (nf.rules or c.has(Step, AtZero, Delta))
    if (
        not divides
        or not linear
        or any(w.has(t) for w in weights)
        or {k.size for x in (c, d) for k in indices(x)} & {t}
    ):
        return False

    def term(k):
        return sum(w * S.body.xreplace({S.indices[0]: k}) for w, S in zip([1, *weights], sums, strict=True))

    def after(x):
        return x.xreplace({t: t + 1})

    start = (c * term(sp.S.Zero) + d).xreplace({t: sp.S.One})
    step = c * after(c) * term(t) + c * after(d) - after(c) * d
    return all(is_zero(nf, nf.poly(x)) for x in (start, step))


def by_sympy(e):
    """The method by which SymPy shows a scalar expression without matrices to be zero, or None."""
    if any(is_matrix(a) for a in sp.preorder_traversal(e)) or e.has(Partial, sp.Sum):
        return None
    if e.has(sp.Integral):
        whole = e.replace(lambda x: isinstance(x, (sp.Max, sp.Min, sp.Abs)), lambda x: x.rewrite(sp.Piecewise))
        return "integration by SymPy" if sp.simplify(whole.doit()) == 0 else None
    return "simplification by SymPy" if sp.simplify(e) == 0 else None
