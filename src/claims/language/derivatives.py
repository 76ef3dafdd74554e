"""Derivatives as a reader writes them, not yet carried out."""

from __future__ import annotations

from typing import Any, Self

import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixElement
from sympy.printing.str import StrPrinter

from claims.errors import SizesDoNotFit

from .functions import expression_of
from .names import NamedScalar
from .sums import Total
from .symbols import is_matrix


class Partial(sp.Basic):
    """A derivative as a reader writes it, not yet carried out."""

    is_commutative = True
    symbol: str

    @property
    def wrt(self) -> sp.Expr:
        return self.args[1]

    def doit(self, **hints: Any) -> Self:
        return self

    def _sympystr(self, printer: StrPrinter) -> str:
        return f"{self.symbol}({', '.join(map(printer._print, self.args))})"


class Grad(Partial):
    """The gradient of a scalar: its [i, j] entry is the derivative with respect to wrt[i, j].

    Shapes:  that of wrt; a scalar if wrt is one
    """

    symbol = "Grad"

    def __new__(cls, scalar: Any, wrt: sp.Expr) -> Self:
        scalar, wrt = _scalar(scalar), _variable(wrt)
        return sp.Basic.__new__(_MatrixGrad if is_matrix(wrt) else _ScalarGrad, scalar, wrt)

    @property
    def scalar(self) -> sp.Expr:
        return self.args[0]

    @property
    def shape(self) -> tuple[sp.Expr, sp.Expr]:
        return self.wrt.shape


class Hess(Partial):
    """The Hessian of a scalar with respect to a vector of n entries, a column or a row.

    Shapes:  (n, n); a scalar if wrt is one
    """

    symbol = "Hess"

    def __new__(cls, scalar: Any, wrt: sp.Expr) -> Self:
        scalar, wrt = _scalar(scalar), _variable(wrt)
        return sp.Basic.__new__(_MatrixHess if is_matrix(wrt) else _ScalarHess, scalar, wrt)

    @property
    def scalar(self) -> sp.Expr:
        return self.args[0]

    @property
    def shape(self) -> tuple[sp.Expr, sp.Expr]:
        return (_length(self.wrt), _length(self.wrt))


class Jac(Partial, sp.MatrixExpr):
    """The Jacobian of a vector by a vector: its [i, j] entry is d column[i] / d wrt[j]; either may be a row or a scalar.

    Shapes:  (length of column, length of wrt)
    """

    symbol = "Jac"

    def __new__(cls, column: Any, wrt: sp.Expr) -> Self:
        return sp.Basic.__new__(cls, expression_of(column, "a Jacobian is that of"), _variable(wrt))

    @property
    def column(self) -> sp.Expr:
        return self.args[0]

    @property
    def shape(self) -> tuple[sp.Expr, sp.Expr]:
        return (_length(self.column), _length(self.wrt))


class _MatrixGrad(Grad, sp.MatrixExpr):
    pass


class _MatrixHess(Hess, sp.MatrixExpr):
    pass


class _ScalarGrad(Grad, sp.Expr):
    is_real = True


class _ScalarHess(Hess, sp.Expr):
    is_real = True


def _scalar(expression: Any) -> sp.Expr:
    """A scalar to differentiate; a matrix of one entry is one."""
    expression = expression_of(expression, "what has a slope, or a sign, is")
    if not is_matrix(expression):
        return expression
    if tuple(expression.shape) != (1, 1):
        raise SizesDoNotFit(f"a gradient is of a scalar, and {expression} is {expression.rows} x {expression.cols}")
    return Total(expression)


def _variable(wrt: sp.Expr) -> sp.Expr:
    """What is differentiated by: a symbol, a name, or an entry of a matrix that is one.

    Raises:  TypeError
    """
    of = wrt.parent if isinstance(wrt, MatrixElement) else wrt
    if not isinstance(of, (sp.MatrixSymbol, sp.Symbol, NamedScalar)):
        raise TypeError(f"differentiate with respect to a symbol or a name, or an entry of one, not {wrt}")
    if wrt.is_integer:
        raise TypeError(f"no slope by {wrt}, which is a whole number: it does not change little by little")
    return wrt


def _length(vector: sp.Expr) -> sp.Expr:
    """How many entries a vector has, a column or a row or a scalar."""
    shape = vector.shape if is_matrix(vector) else (1, 1)
    if 1 not in shape:
        raise SizesDoNotFit(f"{vector} is {shape[0]} x {shape[1]}, not a vector")
    return shape[0] if shape[1] == 1 else shape[1]


class Nonnegative(sp.Basic):
    """The statement that a scalar is never negative."""

    @property
    def expr(self) -> sp.Expr:
        return self.args[0]


def nonnegative(expression: Any) -> Nonnegative:
    """The statement expression >= 0, for `claim`."""
    return Nonnegative(_scalar(expression))
