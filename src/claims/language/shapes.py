"""Do the sizes fit?  SymPy takes X*Y for X of n columns and Y of m rows, since n might equal m; a claim must not."""

from __future__ import annotations

import functools
import itertools
from typing import Any

import sympy as sp
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction

from claims.errors import SizesDoNotFit

from .symbols import is_matrix


@functools.lru_cache(65536)  # names hold what they stand for, which may be met in many places
def check_shapes(expression: sp.Basic) -> None:
    """Refuse an expression that fits for some sizes only, or has a matrix that may be without entries.

    Raises:  SizesDoNotFit, naming the operands and their sizes
    """
    if is_matrix(expression) and not all(map(is_size, expression.shape)):
        raise SizesDoNotFit(f"a size may be less than one, or not whole: {_describe(expression)}")
    for left, right, fits in _joints(expression):
        if not fits:
            raise SizesDoNotFit(f"sizes do not fit: {_describe(left)}, {_describe(right)}, in {expression}")
    for part in getattr(expression, "args", ()):
        check_shapes(part)


@functools.cache
def is_size(d: Any) -> bool:
    """Is it whole and at least one for all sizes from one, shown by its form?  n + p - 1 is, n - 1 and n/p are not."""
    d = sp.sympify(d)
    more = {s: 1 + sp.Dummy(integer=True, nonnegative=True) for s in d.free_symbols if s.is_integer and s.is_positive}
    size = sp.expand(d.xreplace(more))
    return bool(size.is_positive and size.is_integer)


def same_size(a: Any, b: Any) -> bool:
    """Are two sizes the same expression?"""
    return bool(a == b or sp.expand(sp.sympify(a) - sp.sympify(b)) == 0)


def same_shape(A: sp.MatrixExpr, B: sp.MatrixExpr) -> bool:
    return all(same_size(a, b) for a, b in zip(A.shape, B.shape))


def _joints(node: sp.Basic) -> list[tuple[sp.MatrixExpr, sp.MatrixExpr, bool]]:
    """Pairs of operands that meet at a node, and whether they fit there."""
    if (axis := getattr(node, "joined_along", None)) is not None:
        return [(A, B, same_size(A.shape[1 - axis], B.shape[1 - axis])) for A, B in itertools.pairwise(node.args)]
    if isinstance(node, sp.MatMul):
        factors = node.as_coeff_matrices()[1]
        return [(A, B, same_size(A.cols, B.rows)) for A, B in itertools.pairwise(factors)]
    if isinstance(node, (sp.MatAdd, sp.HadamardProduct)):
        return [(A, B, same_shape(A, B)) for A, B in itertools.pairwise(node.args)]
    if isinstance(node, (sp.Trace, sp.MatPow, sp.Inverse, sp.Determinant)):
        return [(node.args[0], node.args[0], same_size(*node.args[0].shape))]
    if isinstance(node, sp.DiagMatrix):
        return [(node.args[0], node.args[0], 1 in node.args[0].shape)]
    return []


def _describe(M: sp.MatrixExpr) -> str:
    rows, cols = M.shape
    return f"{_brief(M)} is {rows} x {cols}"


def _brief(M: sp.MatrixExpr) -> str:
    if isinstance(M, ElementwiseApplyFunction):
        x = sp.Symbol("x")
        body = str(M.function(x))
        return body.replace("x", str(M.expr)) if body.count("x") == 1 else f"f({M.expr})"
    return str(M)
