"""Which kinks the algebra may leave out: those that a slope of the claim has, and only where they are thin.

A claim with a slope of |u| says nothing where u = 0, unless u is zero all around: there the slope is 0, and the claim
speaks.  So [u = 0] is 0 only if u is analytic and vanishes identically for no sizes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import sympy as sp

from claims.entry.needs import KINK, Need
from claims.entry.signs import is_positive, is_smooth, numbers_in
from claims.entry.terms import AtZero, Determinant, Entry, Index, InverseEntry, Names, Sigma
from claims.language import sigma

from .canonical_sums import ForAll
from .normal_form import NormalForm
from .polynomial import atom

ANALYTIC = (sp.exp, sp.sin, sp.cos, sp.sinh, sp.cosh, sp.tanh, sp.erf, sigma)
TRIED = (1, -1, 0)  # values for all entries of a matrix at once
MOST = 4  # matrices and scalars, above which no values are tried


def avoidable(
    nf: NormalForm, needs: Iterable[Need], fixed: frozenset[Index], constrained: frozenset[sp.Basic]
) -> ForAll:
    """The kinks of the slopes in a claim that may be left out; `constrained` are the symbols of hypotheses.

    A sum that may have no terms has the kinks of its terms alone.
    """
    kinks = dict.fromkeys((need.value, need.over) for need in needs if need.what == KINK and not need.guards)
    found = dict.fromkeys(v for u, over in kinks for v in zeros_of(nf, u) if v.free_symbols.issuperset(over))
    return ForAll([v for v in found if not _symbols(v) & constrained and is_thin(nf, v)], fixed)


def zeros_of(nf: NormalForm, u: sp.Expr) -> list[sp.Expr]:
    """Arguments v in their normal form with u = 0 wherever v = 0: u itself, or for |v| - 1 both v - 1 and v + 1."""
    kink = nf.poly(AtZero(u))
    inside = dict.fromkeys(x for mono in kink for x, _ in mono if isinstance(x, AtZero))
    return [x.args[0] for x in inside if nf.mul([atom(x), kink]) == atom(x)]


def is_thin(nf: NormalForm, u: sp.Expr) -> bool:
    """Are the zeros of u thin for all sizes, shown by a value that is not zero?"""
    symbols = sorted(_symbols(u), key=str)
    if not is_analytic(u) or not symbols or len(symbols) > MOST:
        return False
    return any(
        _has_sign(nf, u, dict(zip(symbols, map(sp.Integer, values), strict=True)))
        for values in itertools.product(TRIED, repeat=len(symbols))
    )


def is_analytic(u: sp.Expr) -> bool:
    """Is u, by its form alone, an analytic function of the entries and the numbers, continued across its poles?

    atan(z) + atan(1/z) is not: it is constant on either side of 0, and not the same.
    """
    if isinstance(u, sp.atan):
        return is_smooth(u.args[0])
    if isinstance(u, (Entry, InverseEntry, Determinant, sp.Symbol)) or u.is_number:
        return True
    if isinstance(u, Sigma):
        return is_analytic(u.args[0])
    if u.is_Pow:
        return is_analytic(u.base) and u.exp.is_Integer
    return (u.is_Add or u.is_Mul or isinstance(u, ANALYTIC)) and all(map(is_analytic, u.args))


def _symbols(u: sp.Expr) -> set[sp.Basic]:
    """The matrices and the scalars that u depends on; no sizes, no indices."""
    return numbers_in(u) | {x.matrix for x in u.atoms(Entry)}


def _has_sign(nf: NormalForm, u: sp.Expr, values: Names) -> bool:
    """Is u positive, or negative, where all entries of each matrix have one value?"""
    try:
        there = nf.simplify(
            u.replace(lambda x: isinstance(x, Entry) and x.matrix in values, lambda x: values[x.matrix]).xreplace(
                values
            )
        )
    except ZeroDivisionError:
        return False
    return not there.has(Entry) and (is_positive(there) or is_positive(-there))
