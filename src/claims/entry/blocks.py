"""Ranges that are cut where the blocks of a matrix end: what is in no block alone is looked at part by part.

Whoever opens an index over a range does so by `in_parts` or `over`.  Where a place may lie in one of several blocks,
`block` says at which value of the index that changes (`Cut`), and each part gets an index of its own.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar

import sympy as sp

from claims.language import Blocks
from claims.language.shapes import is_size

from .needs import in_terms, nothing_if
from .terms import Binder, Index, Lowering, NotCovered, Place, fresh, indices, is_below, is_from, summed

Value = TypeVar("Value")


class Cut(NotCovered):
    """That an index ranges over places of two blocks: from `at` on they are in another."""

    def __init__(self, index: Index, at: sp.Expr) -> None:
        super().__init__(f"no rule for a place that may be in one of several blocks: {index}")
        self.index, self.at = index, at


def block(M: Blocks, k: sp.Expr) -> tuple[sp.MatrixExpr, sp.Expr]:
    """(the block in which a place along the axis of a matrix is, the place in the block).

    Raises:  Cut where it may be in several; NotCovered where it cannot be told at which value of an index that changes
    """
    *before, last = M.args
    for A in before:
        size = A.shape[M.joined_along]
        if is_below(k, size):
            return A, k
        if not is_from(k, size):
            raise _cut(k, size)
        k = sp.expand(k - size)
    return last, k


def _cut(k: sp.Expr, size: sp.Expr) -> NotCovered:
    """That a place k, an index and what is added to it, is below the size for some values of the index alone."""
    for index in indices(k):
        at = sp.expand(size - k + index)
        if not indices(at) and is_size(at) and is_size(index.size - at):
            return Cut(index, at)
    return NotCovered(f"no rule for a place that may be in one of several blocks: {k}")


def in_parts(f: Callable[..., Value], *sizes: sp.Expr, names: str = "kk") -> list[tuple[Value, Place]]:
    """[(f at places, the indices in them)] for each part of some ranges; an index counts from the start of its part."""
    if not sizes:
        return [(f(), ())]
    return _from(sp.S.Zero, f, *sizes, names=names)


def _from(
    start: sp.Expr, f: Callable[..., Value], size: sp.Expr, *others: sp.Expr, names: str
) -> list[tuple[Value, Place]]:
    """The same where the first range starts at a place."""
    k = fresh(size, names[0])
    try:
        with nothing_if(Cut):
            inside = in_parts(functools.partial(f, start + k), *others, names=names[1:])
            return [(value, (k, *indices)) for value, indices in inside]
    except Cut as cut:
        if cut.index != k:
            raise
        parts = [(start, cut.at), (start + cut.at, size - cut.at)]
    return [found for first, length in parts for found in _from(first, f, length, *others, names=names)]


def over(f: Callable[..., sp.Expr], *sizes: sp.Expr) -> sp.Expr:
    """The sum of f over all places of some ranges."""
    return sp.Add(*[summed(value, *indices) for value, indices in in_parts(f, *sizes)])


def over_terms(e: Binder, f: Lowering) -> sp.Expr:
    """A sum or a maximum with f of its body."""
    return _over_terms(type(e), *e.open(), f)


def _over_terms(kind: type[Binder], body: sp.Expr, indices: list[Index], f: Lowering) -> sp.Expr:
    try:
        with nothing_if(Cut), in_terms(indices):
            return kind.over(f(body), *indices)
    except Cut as cut:
        if cut.index not in indices:
            raise
        others, k, at = [t for t in indices if t != cut.index], cut.index, cut.at
    parts = [(fresh(at), sp.S.Zero), (fresh(k.size - at), at)]
    return kind.together(
        _over_terms(kind, body.xreplace({k: first + t}), [*others, *([t] if t != 0 else [])], f) for t, first in parts
    )
