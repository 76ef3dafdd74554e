"""Whose index is whose: bound symbols kept apart from free ones, and free indices given the range of their places."""

from __future__ import annotations

import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixElement

from claims.language import unfold

from .terms import Index


def ranged(expressions) -> list:
    """The expressions with a symbol of its own for each sum, and each free index one that knows its range.

    A free index stands for one value, the same in all the expressions.
    """
    known: dict = {}  # equal parts stay equal: a name that something is differentiated by is one thing
    apart = [_apart(e, known) for e in expressions]
    indices = free_indices(apart)
    return [e.xreplace(indices) for e in apart]


def free_indices(expressions) -> dict:
    """The symbols that stand in the place of a row or a column, as indices in the range of all their places."""
    written = [unfold(e) for e in expressions]
    free, places = set().union(*[e.free_symbols for e in written]), {}
    for e in written:
        for x in e.atoms(MatrixElement):
            for k, size in zip(x.indices, x.parent.shape, strict=True):
                if k.is_Symbol and k in free and not isinstance(k, Index):
                    places.setdefault(k, {}).setdefault(size)
    return {k: Index(k.name, *sizes) for k, sizes in places.items()}


def _apart(e, known):
    """The expression with a new symbol wherever one is bound."""
    if not e.args or not e.has(sp.Sum, sp.Product, sp.Integral):
        return e
    if e not in known:
        rebuilt = e.func(*[_apart(a, known) for a in e.args])
        known[e] = _renamed(rebuilt) if isinstance(rebuilt, (sp.Sum, sp.Product, sp.Integral)) else rebuilt
    return known[e]


def _renamed(e):
    body, limits = e.function, [list(limit) for limit in e.limits]
    for at, (k, *_) in enumerate(limits):
        new = {k: sp.Dummy(k.name, **k.assumptions0)}
        body = body.xreplace(new)
        for inner in limits[:at]:  # the ends of an inner sum may depend on an outer index
            inner[1:] = [end.xreplace(new) for end in inner[1:]]
        limits[at][0] = new[k]
    return e.func(body, *map(tuple, limits))
