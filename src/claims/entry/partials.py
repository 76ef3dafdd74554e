"""The derivative of a generic entry: one dispatch, to which the rules of `calculus` and whoever has more register."""

from __future__ import annotations

import functools
from collections.abc import Iterable

import sympy as sp

from claims.language import NamedScalar

from .needs import around, note_all
from .terms import Entry, Index, NotCovered, places_of


def derivative(e: sp.Expr, v: sp.Expr) -> sp.Expr:
    """de/dv for a scalar expression and a symbol or an entry with indices of its own.

    Kinks on the way are noted: the derivative is meant where they are not.
    """
    if not isinstance(v, (sp.Symbol, NamedScalar, Entry)):
        raise NotCovered(f"no slope by {v}, which is neither a symbol nor an entry of one")
    if v.is_integer:
        raise NotCovered(f"no slope by {v}, which is a whole number")
    return Differentiation(v)(e)


def differentiated(value: sp.Expr, variables: Iterable[sp.Expr]) -> sp.Expr:
    """The slope of a value by one variable after the other; each but the last is needed around it, too."""
    for at, v in enumerate(variables):
        if at:
            with around(v):
                note_all(value)
        value = derivative(value, v)
    note_all(value)
    return value


class Differentiation:
    """The derivative by one variable; called with an expression it gives its derivative."""

    def __init__(self, v: sp.Expr) -> None:
        self.v = v
        self.known: dict[sp.Expr, sp.Expr] = {}
        self.opened: set[Index] = set()  # indices that stand for all their values
        self.mark = v.matrix if isinstance(v, Entry) else v

    def __call__(self, e: sp.Expr) -> sp.Expr:
        if e not in self.known:
            if any(place.has(self.mark) for place in places_of(e)):
                raise NotCovered(f"no slope by {self.v} where it decides which term is meant: {e}")
            self.known[e] = slope(e, self) if e.has(self.mark) else sp.S.Zero
        return self.known[e]


@functools.singledispatch
def slope(e: sp.Expr, d: Differentiation) -> sp.Expr:
    """The derivative of e, given d, which differentiates its parts."""
    raise NotCovered(f"no rule for the slope of {type(e).__name__}: {e}")
