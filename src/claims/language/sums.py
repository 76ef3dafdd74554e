"""Totals of entries, entrywise products, the softmax."""

from __future__ import annotations

import sympy as sp

from .functions import apply, canonical
from .shapes import check_shapes
from .symbols import is_matrix, ones


class Total(sp.Expr):
    """The sum of all entries of a matrix, unexpanded."""

    is_commutative = True
    is_real = True

    def __new__(cls, M):
        return sp.Expr.__new__(cls, M)

    @property
    def arg(self):
        return self.args[0]

    def doit(self, **hints):
        return self


def total(M) -> sp.Expr:
    """The sum of all entries of M."""
    M = canonical(sp.sympify(M))
    return Total(M) if is_matrix(M) else M


class Hadamard(sp.HadamardProduct):
    """An entrywise product in the order written; SymPy's own is sorted anew in each sum or product that it enters."""

    def _eval_transpose(self):
        return self.func(*[M.T for M in self.args])

    def doit(self, **hints):
        return self


def hadamard(*factors):
    """The entrywise product, in the order written."""
    factors = [canonical(sp.sympify(M)) for M in factors]
    product = Hadamard(*factors) if len(factors) > 1 else factors[0]
    check_shapes(product)
    return product


def inner(A, B) -> sp.Expr:
    """<A, B>, the sum of A[i, j] B[i, j]."""
    return total(hadamard(A, B))


def softmax(Z):
    """The softmax of each row of Z; of each column: `softmax(Z.T).T`."""
    E = apply(sp.exp, Z)
    return hadamard(E, sp.HadamardPower(E * ones(Z.cols, Z.cols), -1))
