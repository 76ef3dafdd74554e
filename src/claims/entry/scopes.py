"""Whose index is whose: bound symbols kept apart from free ones, and free indices given the range of their places."""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixElement

from claims.language import unfold
from claims.language.scopes import apart

from .terms import Index, put


def ranged(expressions: Sequence[sp.Basic]) -> tuple[list[sp.Basic], list[Index]]:
    """(expressions, free indices): the expressions with a symbol of its own for each sum, and each free index one that knows its range.

    A free index stands for one value, the same in all the expressions.
    """
    alone = apart(expressions)
    indices = free_indices(alone)
    return [put(e, indices) for e in alone], list(indices.values())


def free_indices(expressions: Sequence[sp.Basic]) -> dict[sp.Symbol, Index]:
    """The symbols that stand in the place of a row or a column, as indices in the range of all their places.

    A size in such a place stays what it is.
    """
    written = [unfold(e) for e in expressions]
    sizes = {s for e in written for M in e.atoms(sp.MatrixSymbol) for d in M.shape for s in d.free_symbols}
    free = set().union(*[e.free_symbols for e in written]) - sizes
    places: dict[sp.Symbol, dict[sp.Expr, None]] = {}
    for e in written:
        for x in e.atoms(MatrixElement):
            for k, size in zip(x.indices, x.parent.shape, strict=True):
                if k.is_Symbol and k in free and not isinstance(k, Index):
                    places.setdefault(k, {}).setdefault(size)
    return {k: Index(k.name, *sizes) for k, sizes in places.items()}
