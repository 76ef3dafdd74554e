"""Matrix products taken apart and put together again, nothing sorted and nothing multiplied out."""

from __future__ import annotations

from typing import Any

import sympy as sp

from .sums import Hadamard


def product_parts(M: sp.MatrixExpr) -> tuple[sp.Expr, list[sp.MatrixExpr]]:
    """A matrix as (scalar, factors)."""
    if isinstance(M, sp.MatMul):
        scalar, factors = M.as_coeff_matrices()
        return scalar, list(factors)
    return sp.S.One, [M]


def product(*matrices: sp.MatrixExpr, scalar: Any = sp.S.One) -> sp.MatrixExpr:
    """scalar times the matrices, one flat product; of one matrix and no scalar, itself."""
    scalar = sp.sympify(scalar)
    factors: list[sp.MatrixExpr] = []
    for M in matrices:
        inner, more = product_parts(M)
        scalar, factors = scalar * inner, factors + more
    if scalar == 0 or any(isinstance(f, sp.ZeroMatrix) for f in factors):
        return sp.ZeroMatrix(factors[0].rows, factors[-1].cols)
    return factors[0] if scalar == 1 and len(factors) == 1 else sp.MatMul(*([] if scalar == 1 else [scalar]), *factors)


def entrywise(*factors: sp.MatrixExpr) -> sp.MatrixExpr:
    """The entrywise product; of one factor, itself."""
    return Hadamard(*factors) if len(factors) > 1 else factors[0]


def entrywise_parts(M: sp.MatrixExpr) -> tuple[sp.Expr, list[sp.MatrixExpr]]:
    """An entrywise product as (scalar, factors), nested ones flattened."""
    if not isinstance(M, sp.HadamardProduct):
        scalar, factors = product_parts(M)
        if len(factors) > 1 or not isinstance(factors[0], sp.HadamardProduct):
            return scalar, [product(*factors)]
        inner, factors = entrywise_parts(factors[0])
        return scalar * inner, factors
    parts = [entrywise_parts(f) for f in M.args]
    return sp.Mul(*[scalar for scalar, _ in parts]), [f for _, factors in parts for f in factors]


def is_ones(M: sp.MatrixExpr) -> bool:
    """Does M only sum or broadcast?"""
    if isinstance(M, sp.Transpose):
        return is_ones(M.arg)
    if isinstance(M, sp.MatMul):
        return all(map(is_ones, product_parts(M)[1]))
    return isinstance(M, (sp.OneMatrix, sp.Identity))
