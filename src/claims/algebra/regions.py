"""Values with kinks, on each side of each: a variable x with a kink at b is b - t, b or b + t, with t > 0.

A variable that is positive itself is b s/(1 + s) below the kink, so that it stays so.  What is shown in every region
holds everywhere; a region in which a claim does not speak is left out.
"""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp

from claims.entry.needs import NONZERO
from claims.entry.signs import is_positive, numbers_in, ranges_freely
from claims.entry.terms import AtZero, Entry, Names, Slot, Step

from .equation import Equation, Sides
from .normal_form import NormalForm

DEEPEST = 6  # kinks that are gone through one inside the other


def in_regions(equality: Sides, decided: Callable[[Sides], bool], depth: int = 0) -> bool | None:
    """Does `decided` hold of the equality in every region; None if there is no kink to part them."""
    nf = equality.normal_form()
    try:
        where = _kink(nf.simplify(equality.difference), equality.constrained)
    except ZeroDivisionError:
        return False
    if where is None:
        return None

    def holds(here: Sides) -> bool:
        further = in_regions(here, decided, depth + 1)
        return decided(here) if further is None else further

    return depth < DEEPEST and all(map(holds, _regions(equality, nf, *where)))


def _kink(e: sp.Expr, constrained: frozenset[sp.Basic]) -> tuple[sp.Expr, sp.Expr] | None:
    """(x, b): where one of the kinks of e is, of those whose place is known."""
    for u in sorted({kink.args[0] for kink in e.atoms(Step, AtZero)}, key=lambda u: (sp.count_ops(u), str(u))):
        if u.has(Step, AtZero, Slot):
            continue
        for factor in sp.Mul.make_args(sp.factor(u)):
            for x in sorted(_variables(factor, constrained), key=str):
                b = _root(factor, x)
                if b is not None and (not x.is_positive or is_positive(b)):
                    return x, b
    return None


def _variables(u: sp.Expr, constrained: frozenset[sp.Basic]) -> set[sp.Expr]:
    """What can be put to other values: numbers, and entries, each by itself, of which no hypothesis speaks."""
    numbers = set(filter(ranges_freely, numbers_in(u))) - constrained
    return numbers | {x for x in u.atoms(Entry) if x.matrix not in constrained}


def _root(u: sp.Expr, x: sp.Expr) -> sp.Expr | None:
    """Where u, linear in x with a slope that has a sign, is zero; else None."""
    u = sp.expand(u)
    slope = u.coeff(x, 1)
    rest = sp.expand(u - slope * x)
    if slope == 0 or rest.has(x) or slope.has(x) or not (is_positive(slope) or is_positive(-slope)):
        return None
    return sp.cancel(-rest / slope)


def _regions(equality: Sides, nf: NormalForm, x: sp.Expr, b: sp.Expr) -> list[Sides]:
    """The equality below, at and above x = b; at a kink of a slope the claim says nothing."""
    t = sp.Dummy("t", positive=True)
    values = [b * t / (1 + t) if x.is_positive else b - t, b + t]
    if nf.poly(AtZero(x - b)):
        values.insert(1, b)
    return [here for here in (_at(equality, {x: value}) for value in values) if _speaks(here)]


def _at(equality: Sides, names: Names) -> Sides:
    left, right = (side.xreplace(names) for side in (equality.left, equality.right))
    return equality.of(left, right, [need.at(names) for need in equality.needs])


def _speaks(here: Equation) -> bool:
    """Does the claim speak in a region: is nothing zero there that must not be?"""
    plain = NormalForm()
    needed = [need.value for need in here.needs if need.what == NONZERO and not need.guards and not need.over]
    return not any(value == 0 or not value.has(sp.zoo, sp.nan) and not plain.poly(value) for value in needed)
