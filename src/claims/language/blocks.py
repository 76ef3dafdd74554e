"""Matrices made of blocks, side by side or one above the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self, TypeVar

import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixElement
from sympy.printing.str import StrPrinter

from .functions import canonical
from .shapes import check_shapes
from .symbols import is_matrix


class Blocks(sp.MatrixExpr):
    """Matrices joined along an axis, in the order written, which stay apart."""

    joined_along: int  # 0 where rows follow rows, 1 where columns follow columns

    def __new__(cls, *blocks: sp.MatrixExpr) -> Self:
        return sp.MatrixExpr.__new__(cls, *blocks)

    @property
    def shape(self) -> tuple[sp.Expr, sp.Expr]:
        sizes = list(self.args[0].shape)
        sizes[self.joined_along] = sp.Add(*[A.shape[self.joined_along] for A in self.args])
        return tuple(sizes)

    def _entry(self, i: sp.Expr, j: sp.Expr, **kwargs: Any) -> MatrixElement:
        return MatrixElement(self, i, j)

    def doit(self, **hints: Any) -> Self:
        return self

    def _sympystr(self, printer: StrPrinter) -> str:
        return f"{type(self).__name__.lower()}({', '.join(map(printer._print, self.args))})"


class HStack(Blocks):
    """[A B]: matrices of as many rows, side by side.

    Shapes:  (m, n), (m, p), ... give (m, n + p + ...)
    """

    joined_along = 1


class VStack(Blocks):
    """[A; B]: matrices of as many columns, one above the other.

    Shapes:  (m, n), (p, n), ... give (m + p + ..., n)
    """

    joined_along = 0


Joined = TypeVar("Joined", bound=Blocks)


def hstack(*matrices: Any) -> HStack:
    """Matrices of as many rows, side by side: hstack(X, ones(m)) is X with a column of ones.

    Raises:  SizesDoNotFit; TypeError for what is no matrix
    """
    return _joined(HStack, matrices)


def vstack(*matrices: Any) -> VStack:
    """Matrices of as many columns, one above the other.

    Raises:  SizesDoNotFit; TypeError for what is no matrix
    """
    return _joined(VStack, matrices)


def _joined(kind: type[Joined], matrices: Iterable[Any]) -> Joined:
    given = [*matrices]
    odd = [M for M in given if not is_matrix(M)]
    if odd or not given:
        name = kind.__name__.lower()
        found = f"not {odd[0]!r}: a column of one number is b * ones(m)" if odd else "at least one"
        raise TypeError(f"{name} takes matrices, {found}")
    joined = kind(*(canonical(sp.sympify(M)) for M in given))
    check_shapes(joined)
    return joined
