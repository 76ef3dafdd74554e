"""Symbols: sizes, matrices, numbers."""

from __future__ import annotations

from typing import Any

import sympy as sp


def sizes(names: str) -> Any:
    """Symbols for sizes: positive integers, so that 1 is allowed and 0 is not.

    Raises:  TypeError if they have no names
    """
    if not named_by(names):
        raise TypeError(f"sizes have names, sizes('m n'), unlike {names!r}")
    return sp.symbols(names, integer=True, positive=True)


def matrix(name: str, rows: Any, cols: Any = 1) -> sp.MatrixSymbol:
    """A real matrix of rows x cols.

    Raises:  TypeError if it has no name, or a size is none
    """
    if not named_by(name):
        raise TypeError(f"a matrix has a name, matrix('X', m, n), unlike {name!r}")
    return sp.MatrixSymbol(name, *map(size, (rows, cols)))


def scalar(name: str, **assumptions: bool | None) -> sp.Symbol:
    """A real number; `positive=True` and the like say more of it.

    Raises:  TypeError if it has no name
    """
    if not named_by(name):
        raise TypeError(f"a number has a name, scalar('z'), unlike {name!r}")
    return sp.Symbol(name, real=True, **assumptions)


def ones(rows: Any, cols: Any = 1) -> sp.OneMatrix:
    """The rows x cols matrix of ones, which broadcasts and sums."""
    return sp.OneMatrix(*map(size, (rows, cols)))


def named_by(name: object) -> bool:
    return isinstance(name, str) and bool(name.strip())


def size(given: Any) -> sp.Expr:
    """A size as its author gives it: how large it is for all values of its letters, `check_shapes` looks at.

    Raises:  TypeError for what is no number
    """
    counted = isinstance(given, (int, sp.Expr)) or hasattr(given, "__index__")
    number = sp.sympify(given) if counted and not isinstance(given, (bool, type, sp.Lambda)) else None
    if number is None or is_matrix(number) or number.is_integer is False or number.is_negative:
        raise TypeError(f"a size is a whole number from 1, or made of such, sizes('m n'), unlike {given!r}")
    return number


def is_matrix(expression: object) -> bool:
    return bool(getattr(expression, "is_Matrix", False))
