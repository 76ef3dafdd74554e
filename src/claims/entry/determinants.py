"""A determinant by its entries or by its parts, or left whole."""

from __future__ import annotations

import functools
from collections.abc import Callable

import sympy as sp

from claims.language.shapes import same_size

from .needs import power_of
from .signs import is_positive
from .terms import Determinant, EntryAt, Lowering, OfMatrix, fresh, summed


def determinant(M: sp.MatrixExpr, entry: EntryAt, scalar: Lowering, whole: Callable[[OfMatrix], sp.Expr]) -> sp.Expr:
    """By its entries where the size is a number; else of a product, a transpose, an inverse, a diagonal by their parts.

    `entry`, `scalar`: how entries and numbers are written out; `whole`: how a determinant of any size is left.
    """
    of = functools.partial(determinant, entry=entry, scalar=scalar, whole=whole)
    size = sp.sympify(M.rows)  # of an explicit matrix it is a number of Python
    if isinstance(M, sp.Identity):
        return sp.S.One
    if isinstance(M, sp.Transpose):
        return of(M.arg)
    if isinstance(M, sp.MatMul):
        coefficient, factors = M.as_coeff_matrices()
        if all(same_size(*f.shape) for f in factors):
            return power_of(scalar(coefficient), size) * sp.Mul(*map(of, factors))
    if isinstance(M, (sp.MatPow, sp.Inverse)) and M.args[1].is_Integer:
        return power_of(of(M.args[0]), M.args[1])
    if isinstance(M, sp.DiagMatrix) and not size.is_Integer:
        k = fresh(size)
        if is_positive(body := entry(M.args[0], *((k, sp.S.Zero) if M.args[0].cols == 1 else (sp.S.Zero, k)))):
            return sp.exp(summed(sp.log(body), k))
    if not size.is_Integer:
        return whole(Determinant(M))
    places = list(map(sp.Integer, range(int(size))))
    return sp.Matrix([[entry(M, i, j) for j in places] for i in places]).det(method="berkowitz")
