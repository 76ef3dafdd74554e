"""Names for expressions: a named quantity prints as its symbol and is proved as its definition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

import sympy as sp
from sympy.core.symbol import Str
from sympy.printing.str import StrPrinter

from .functions import expression_of
from .shapes import check_shapes
from .symbols import is_matrix


class Named(sp.MatrixSymbol):
    """A matrix symbol that knows its definition, and equals only the same name with the same definition."""

    def __new__(cls, name: str | Str, rows: Any, cols: Any, expr: sp.MatrixExpr) -> Self:
        name = name if isinstance(name, Str) else Str(str(name))
        return sp.Basic.__new__(cls, name, sp.sympify(rows), sp.sympify(cols), expr)

    @property
    def expr(self) -> sp.Expr:
        return self.args[3]

    def doit(self, **hints: Any) -> Self:
        return self


class NamedScalar(sp.Expr):
    """A scalar that knows its definition: the loss, printed by its name."""

    is_commutative = True
    is_real = True

    def __new__(cls, name: str | Str, expr: sp.Expr) -> Self:
        name = name if isinstance(name, Str) else Str(str(name))
        return sp.Expr.__new__(cls, name, expr)

    @property
    def name(self) -> str:
        return self.args[0].name

    @property
    def expr(self) -> sp.Expr:
        return self.args[1]

    def doit(self, **hints: Any) -> Self:
        return self

    def _sympystr(self, printer: StrPrinter) -> str:
        return self.name


def named(symbol: Any, expression: Any) -> Named | NamedScalar:
    """A name for an expression: it prints as the symbol and is proved as the expression.

    Raises:  SizesDoNotFit if the expression does not fit together; TypeError if it is none
    """
    meant = expression_of(expression, "a name stands for")
    check_shapes(meant)
    name = getattr(symbol, "name", symbol)
    return Named(name, meant.rows, meant.cols, meant) if is_matrix(meant) else NamedScalar(name, meant)


NAMES = (Named, NamedScalar)


def parts(expression: sp.Basic, kinds: type | tuple[type, ...]) -> list[sp.Basic]:
    """The distinct subexpressions of the given kinds, inner ones first, in the order of writing."""
    return [x for x in _distinct(expression, set()) if isinstance(x, kinds)]


def _distinct(e: sp.Basic, met: set[sp.Basic]) -> Iterator[sp.Basic]:
    if e in met:
        return
    met.add(e)
    for part in getattr(e, "args", ()):
        yield from _distinct(part, met)
    yield e
