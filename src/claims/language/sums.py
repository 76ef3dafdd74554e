"""Totals of entries, the largest of them, entrywise products, the softmax."""

from __future__ import annotations

import itertools
from typing import Any, Self

import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixElement

from .functions import apply, expression_of, matrix_of
from .maxima import Maximum
from .shapes import check_shapes
from .symbols import is_matrix, ones


class Total(sp.Expr):
    """The sum of all entries of a matrix, unexpanded."""

    is_commutative = True
    is_real = True

    def __new__(cls, M: sp.MatrixExpr) -> Self:
        return sp.Expr.__new__(cls, M)

    @property
    def arg(self) -> sp.MatrixExpr:
        return self.args[0]

    def doit(self, **hints: Any) -> Self:
        return self


def total(M: Any) -> sp.Expr:
    """The sum of all entries of M."""
    M = expression_of(M, "a total is that of")
    return Total(M) if is_matrix(M) else M


def largest(M: Any) -> sp.Expr:
    """The largest entry of M."""
    M = expression_of(M, "the largest entry is that of")
    if not is_matrix(M):
        return M
    taken = {s.name for s in M.atoms(sp.Symbol)}
    letters = (c for c in itertools.chain("ijkl", (f"i{t}" for t in itertools.count())) if c not in taken)
    places = [0 if size == 1 else sp.Symbol(next(letters), integer=True) for size in M.shape]
    limits = [(k, 0, size - 1) for k, size in zip(places, M.shape, strict=True) if k != 0]
    try:
        entry = M[tuple(places)]
    except NotImplementedError:  # of an operation of ours that SymPy has no entries of
        entry = MatrixElement(M, *places)
    return Maximum(entry, *reversed(limits)) if limits else entry


class Hadamard(sp.HadamardProduct):
    """An entrywise product in the order written; SymPy's own is sorted anew in each sum or product that it enters."""

    def _eval_transpose(self) -> Self:
        return self.func(*[M.T for M in self.args])

    def doit(self, **hints: Any) -> Self:
        return self


def hadamard(*matrices: Any) -> sp.MatrixExpr:
    """The entrywise product, in the order written.

    Raises:  SizesDoNotFit; TypeError for what is no matrix
    """
    factors = [matrix_of(M, "a factor of an entrywise product is") for M in matrices]
    if not factors:
        raise TypeError("an entrywise product has at least one factor: hadamard(A, B)")
    product = Hadamard(*factors) if len(factors) > 1 else factors[0]
    check_shapes(product)
    return product


def inner(A: Any, B: Any) -> sp.Expr:
    """<A, B>, the sum of A[i, j] B[i, j]."""
    return total(hadamard(A, B))


def softmax(Z: sp.MatrixExpr) -> sp.MatrixExpr:
    """The softmax of each row of Z; of each column: `softmax(Z.T).T`."""
    Z = matrix_of(Z, "the softmax is that of the rows of")
    E = apply(sp.exp, Z)
    return hadamard(E, sp.HadamardPower(E * ones(Z.cols, Z.cols), -1))
