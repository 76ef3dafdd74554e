"""Symbols: sizes, matrices, numbers."""

from __future__ import annotations

from typing import Any

import sympy as sp


def sizes(names: str) -> Any:
    """Symbols for sizes: positive integers, so that 1 is allowed and 0 is not."""
    return sp.symbols(names, integer=True, positive=True)


def matrix(name: str, rows: Any, cols: Any = 1) -> sp.MatrixSymbol:
    """A real matrix of rows x cols."""
    return sp.MatrixSymbol(name, rows, cols)


def scalar(name: str, **assumptions: bool | None) -> sp.Symbol:
    """A real number; `positive=True` and the like say more of it."""
    return sp.Symbol(name, real=True, **assumptions)


def ones(rows: Any, cols: Any = 1) -> sp.OneMatrix:
    """The rows x cols matrix of ones, which broadcasts and sums."""
    return sp.OneMatrix(rows, cols)


def is_matrix(expression: object) -> bool:
    return bool(getattr(expression, "is_Matrix", False))
