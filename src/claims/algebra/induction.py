"""Sums of a given length, by induction over it."""

from __future__ import annotations

from collections.abc import Iterable

import sympy as sp

from claims.entry.signs import is_positive
from claims.entry.terms import Index, Sigma, indices

from .domain import defined_for_all
from .normal_form import NormalForm
from .polynomial import Polynomial, expression
from .zero import is_zero

FEW = 4  # terms of a sum that are written out


def by_induction(
    nf: NormalForm, p: Polynomial, given: Iterable[sp.Basic] = (), kinks: Iterable[sp.Expr] = ()
) -> str | None:
    """The method if p is zero for every size t, by induction over t; else None.

    A hypothesis that speaks of t holds at this t only, and so does that there is no kink.

    p(t) = c(t) S(t) + d(t), with S(t) the sum of t terms b(k).  The factor c(t) is divided out: S(t) = r(t) is shown for
    t = 1 and, as S(t + 1) = S(t) + b(t), for every later t by r(t + 1) = r(t) + b(t); then c(t) r(t) + d(t) = 0.
    There t is any whole number from 1: a size may be known to be even, its predecessors are not.
    A sum of t + 1 terms is one of t terms, and the last.
    """
    e = expression(nf.fraction(p)[0])
    longer = {S: shortened for S in e.atoms(Sigma) if not indices(S) and (shortened := _shortened(S)) is not S}
    if longer:
        e = sp.expand(e.xreplace(longer))
    sums = sorted({x for x in e.atoms(Sigma) if not indices(x)}, key=str)
    if not sums or any(len(S.sizes) > 1 for S in sums):
        return None
    (t,), *others = [S.sizes for S in sums]
    if not (t.is_Symbol and t.is_positive and t.is_integer):
        return None
    if (
        any(e.has(t) for e in (*given, *kinks))
        or any(sizes != (t,) for sizes in others)
        or any(S.args[0].has(t) for S in sums)
    ):
        return None
    any_size = sp.Dummy(integer=True, positive=True)
    e, *sums = (x.xreplace({t: any_size}) for x in (e, *sums))
    return f"induction over {t}" if _Induction(nf, e, sums, any_size).holds() else None


def _shortened(S: Sigma) -> sp.Expr:
    """A sum of t + 1 terms, or of a few more, as one of t terms and those that follow; any other sum itself."""
    more, t = S.sizes[0].as_coeff_Add()
    if len(S.sizes) > 1 or not (t.is_Symbol and more.is_Integer and 0 < more <= FEW):
        return S
    body, (k,) = S.open()
    first = Index("k", t)
    return Sigma.over(body.xreplace({k: first}), first) + sum(body.xreplace({k: t + j}) for j in range(more))


class _Induction:
    """e = 0 for every t, where e is linear in the sums S, each of t terms."""

    def __init__(self, nf: NormalForm, e: sp.Expr, sums: list[Sigma], t: sp.Symbol) -> None:
        self.nf, self.e, self.sums, self.t = nf, e, sums, t

    def holds(self) -> bool:
        d = self.e.xreplace(dict.fromkeys(self.sums, sp.S.Zero))
        coefficients = [self.e.coeff(S) for S in self.sums]
        if not self.is_zero(self.e - d - sum(c * S for c, S in zip(coefficients, self.sums, strict=True))):
            return False
        if not all(defined_for_all(x, self.t) for x in (d, *coefficients)):
            return False
        if not any(c.has(self.t) for c in coefficients):
            return self.steps(coefficients, d)
        return self.divided(coefficients, d)

    def divided(self, coefficients: list[sp.Expr], d: sp.Expr) -> bool:
        """The factor that depends on t divided out of all; what it leaves below the line must have no zeros."""
        factor = _varying(coefficients[0], self.t)
        weights = [sp.cancel(c / factor) for c in coefficients]
        r = sp.cancel(d / factor)
        below = [sp.fraction(x)[1] for x in (*weights, r)]
        if any(w.has(self.t) for w in weights) or not all(map(is_positive, below)):
            return False
        back = self.e - factor * (r + sum(w * S for w, S in zip(weights, self.sums, strict=True)))
        return self.is_zero(back) and self.steps(weights, r)

    def steps(self, weights: list[sp.Expr], r: sp.Expr) -> bool:
        """Is the sum of w S(t) + r(t) zero for t = 1, and does it stay so?"""

        def term(k: sp.Expr) -> sp.Expr:
            bodies = [(S.open(), w) for S, w in zip(self.sums, weights, strict=True)]
            return sum(w * body.xreplace({index: k}) for (body, (index,)), w in bodies)

        start = term(sp.S.Zero) + r.xreplace({self.t: sp.S.One})
        step = term(self.t) + r.xreplace({self.t: self.t + 1}) - r
        return self.is_zero(start) and self.is_zero(step)

    def is_zero(self, e: sp.Expr) -> bool:
        return is_zero(self.nf, self.nf.poly(e))


def _varying(c: sp.Expr, t: sp.Symbol) -> sp.Expr:
    """The factors of c that depend on t."""
    return sp.Mul(*[f for f in sp.Mul.make_args(sp.factor(c)) if f.has(t)])
