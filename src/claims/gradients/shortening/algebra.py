"""Normal forms of matrix and scalar expressions, given names to write them with and hypotheses to apply."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import sympy as sp

from claims.gradients.selection import chosen_factor, entry_chosen, selection_factor
from claims.language import NAMES, Named, Total, is_matrix, ones
from claims.language.products import entrywise, product, product_parts

from .entries import Entries
from .rebuild import rebuild
from .simplest import Table, rational, simplest

LEAVES = (sp.MatrixSymbol, sp.OneMatrix, sp.Identity, sp.ZeroMatrix)

Factors = list[sp.MatrixExpr]
Product = tuple[sp.Expr, Factors]  # a number, and the factors after it
Rule = tuple[Factors, sp.Expr, Factors]  # factors, and what stands for them: a number, shorter or earlier factors


class Algebra:
    """Rewriting under equations: between products, and `H.T = H`."""

    def __init__(self, names: Iterable[sp.Expr] = (), equations: Iterable[sp.Eq] = ()) -> None:
        self.names, self.symmetric = list(names), {eq.rhs for eq in equations if eq.lhs == sp.Transpose(eq.rhs)}
        self.known: dict[sp.MatrixExpr, sp.MatrixExpr] = {}  # normal forms, by what they are of
        self.rules: list[Rule] = []
        for eq in equations:
            if is_matrix(eq.lhs) and eq.rhs not in self.symmetric:
                self.rules += self.rewriting(eq)

    def rewriting(self, eq: sp.Eq) -> list[Rule]:
        """An equation of matrices as rules for factors, and its transpose: (factors, number, shorter or earlier factors)."""
        (c, left), (d, right) = self.factors(eq.lhs), self.factors(eq.rhs)
        turned = [[f.T for f in reversed(factors)] for factors in (left, right)]
        return _rule(c, left, d, right) + _rule(c, turned[0], d, turned[1])

    def upto(self, k: int) -> Algebra:
        """The same algebra with the first k names only: what a definition may be written with."""
        out = Algebra(self.names[:k])
        out.rules, out.symmetric = self.rules, self.symmetric
        return out

    def normal(self, e: sp.Expr) -> sp.Expr:
        """The shortest form of an expression that this algebra finds."""
        if not is_matrix(e):
            return self.scalar(e)
        if isinstance(e, LEAVES):
            return e
        if e not in self.known:
            entries = Entries(self, e.shape)
            self.known[e] = rebuild(entries, entries.simplify(entries.read(e)))
        return self.known[e]

    # ------------------------------------------------------------ products as lists of factors
    def factors(self, M: sp.MatrixExpr, transposed: bool = False) -> Product:
        """M as (scalar, list of factors), transposes on the factors, ones(m, n) as two vectors."""
        if isinstance(M, sp.MatPow) and M.exp.is_Integer and M.exp > 0:
            M = sp.MatMul(*[M.base] * int(M.exp))
        if isinstance(M, sp.MatMul):
            return self.product_factors(M, transposed)
        if isinstance(M, sp.Transpose):
            return self.factors(M.arg, not transposed)
        if isinstance(M, sp.Inverse):
            turned = isinstance(M.arg, sp.Transpose)
            inverse = M.arg.arg.inverse() if turned else M
            return sp.S.One, [sp.Transpose(inverse) if transposed != turned else inverse]
        if isinstance(M, sp.OneMatrix):
            return sp.S.One, _ones_factors(*(reversed(M.shape) if transposed else M.shape))
        if isinstance(M, sp.Identity):
            return sp.S.One, []
        if isinstance(M, sp.ZeroMatrix):
            return sp.S.Zero, [M.T if transposed else M]
        if isinstance(M, (sp.MatrixSymbol, sp.DiagMatrix)):
            fixed = M in self.symmetric or isinstance(M, sp.DiagMatrix)
            return sp.S.One, [sp.Transpose(M) if transposed and not fixed else M]
        if (selection := selection_factor(M, transposed)) is not None:
            return sp.S.One, [selection]
        return self.normal_factors(M, transposed)

    def product_factors(self, M: sp.MatMul, transposed: bool) -> Product:
        scalar, matrices = product_parts(M)
        parts = [self.factors(f, transposed) for f in (reversed(matrices) if transposed else matrices)]
        return scalar * sp.Mul(*[c for c, _ in parts]), [f for _, factors in parts for f in factors]

    def normal_factors(self, M: sp.MatrixExpr, transposed: bool) -> Product:
        """What is no product may become one in normal form; its sign comes out."""
        N = self.normal(M)
        if N != M and isinstance(N, (sp.MatMul, *LEAVES)):
            return self.factors(N, transposed)
        sign, N = self.signed(N)
        return sign, [sp.Transpose(N) if transposed else N]

    def signed(self, M: sp.MatrixExpr) -> tuple[sp.Expr, sp.MatrixExpr]:
        """M up to sign, the same for M and -M: what was computed comes before what was given, as in A - Y."""
        if isinstance(M, sp.HadamardProduct):
            parts = [self.signed(f) for f in M.args]
            return sp.Mul(*[sign for sign, _ in parts]), entrywise(*[f for _, f in parts])
        if not isinstance(M, sp.MatAdd):
            return sp.S.One, M
        terms = [product_parts(a) for a in M.args]
        minus = [c.could_extract_minus_sign() for c, _ in terms]
        first = min(range(len(terms)), key=lambda k: _given_rank(terms[k][1]))
        if 2 * sum(minus) > len(minus) or 2 * sum(minus) == len(minus) and minus[first]:
            return sp.S.NegativeOne, sp.MatAdd(*[product(*factors, scalar=-c) for c, factors in terms])
        return sp.S.One, M

    def chain(self, M: sp.MatrixExpr) -> tuple[sp.Expr, Factors, Factors, Factors]:
        """A product as (scalar, factors, columns that scale its rows, rows that scale its columns)."""
        scalar, factors = self.factors(M)
        scalar, factors = self.contract(self.scalar(scalar), factors)
        columns, rows, before = [], [], None
        while factors and factors != before:  # (v 1^T o R) S = v 1^T o (R S), and on the right
            before = list(factors)
            columns += self.scaling(factors, 0)
            rows += self.scaling(factors, -1)
            scalar, factors = self.contract(scalar, factors)
        return scalar, factors, columns, rows

    def scaling(self, factors: Factors, end: int) -> Factors:
        """Takes the vectors that scale the factor at an end of the product out of it."""
        if len(factors) < 2:
            return []
        if isinstance(factors[end], sp.DiagMatrix):
            v = factors.pop(end).args[0]
            return [v if (v.cols == 1) == (end == 0) else v.T]
        if not isinstance(factors[end], sp.HadamardProduct):
            return []
        out = [f for f in factors[end].args if _is_broadcast(f, end)]
        if not out:
            return []
        rest = [f for f in factors[end].args if not _is_broadcast(f, end)]
        kept = self.factors(entrywise(*rest) if rest else ones(*factors[end].shape))[1]
        factors[end : end + 1 or None] = kept
        return [product(*(f.args[:-1] if end == 0 else f.args[1:])) for f in out]

    # ------------------------------------------------------------ contractions
    def contract(self, scalar: sp.Expr, factors: Factors) -> Product:
        """1^T 1 = m, the hypotheses, and 1 x 1 segments as scalars."""
        while (step := self.contraction(factors)) is not None:
            more, factors = step
            scalar *= more
        for i, first in enumerate(factors):
            j = next((j for j in range(i, len(factors)) if factors[j].cols == 1), None)
            if first.rows == 1 and j is not None:
                inside = self.total(product(*factors[i : j + 1]))
                return self.contract(scalar * inside, factors[:i] + factors[j + 1 :])
        return scalar, factors

    def contraction(self, factors: Factors) -> Product | None:
        """One step: (scalar, factors), or None when there is none."""
        for k in range(len(factors)):
            first, second = factors[k], factors[k + 1] if k + 1 < len(factors) else None
            if isinstance(first, sp.OneMatrix) and isinstance(second, sp.OneMatrix) and first.rows == second.cols == 1:
                return first.cols, factors[:k] + factors[k + 2 :]
            if second is not None and _undo_each_other(first, second):
                return sp.S.One, factors[:k] + factors[k + 2 :]
            if second is not None and (found := chosen_factor(first, second)) is not None:
                scalar, new = self.factors(found)
                return scalar, factors[:k] + new + factors[k + 2 :]
            for old, scalar, new in self.rules:
                if factors[k : k + len(old)] == old:
                    return scalar, factors[:k] + new + factors[k + len(old) :]
        return None

    # ------------------------------------------------------------ scalars
    def total(self, M: sp.MatrixExpr) -> sp.Expr:
        """The sum of the entries of M, with constants taken out, and without needless ones."""
        scalar, factors = self.factors(self.normal(M) if tuple(M.shape) != (1, 1) else M)
        if scalar == 0 or not factors:
            return scalar * M.rows
        if (known := self.known_total(M, factors)) is not None:
            return scalar * known
        more, factors = _without_ones(factors)
        return scalar * more * (self.bare_total(factors) if factors else 1)

    def known_total(self, M: sp.MatrixExpr, factors: Factors) -> sp.Expr | None:
        """1^T Y 1 by the hypotheses on Y 1, or None."""
        full = [ones(1, M.rows), *factors, ones(M.cols, 1)]
        for old, number, new in self.rules:
            for k in range(len(full)):
                if full[k : k + len(old)] == old:
                    scalar, rest = self.contract(number, full[:k] + new + full[k + len(old) :])
                    return scalar * (self.total(product(*rest)) if rest else 1)
        return None

    def bare_total(self, factors: Factors) -> sp.Expr:
        if len(factors) == 2 and factors[0].rows == 1 and factors[1].cols == 1:
            if (entry := entry_chosen(*factors)) is not None:
                return entry
            scalar, factors = self.factors(self.normal(entrywise(factors[0].T, factors[1])))
            return scalar * (Total(product(*factors)) if factors else 1)
        if len(factors) == 1 and isinstance(factors[0], sp.Transpose):
            return Total(factors[0].arg)
        return Total(product(*factors))

    def scalar(self, e: Any) -> sp.Expr:
        """A scalar expression, its totals in normal form."""
        e = sp.sympify(e)
        totals: list[Total] = []
        table: Table = {}

        def in_normal_form(T: Total) -> sp.Expr:
            totals.append(T)
            return self.total(T.arg)

        e = with_outer_totals(e, in_normal_form)
        if not totals:
            return e
        return simplest(rational(e, table), []).xreplace({symbol: value for value, symbol in table.items()})


def with_outer_totals(e: sp.Basic, total: Callable[[Total], sp.Expr]) -> sp.Basic:
    """e with another value for each total that is inside no other and in no name; e itself if there is none."""
    if isinstance(e, Total):
        return total(e)
    if isinstance(e, NAMES):
        return e
    args = [with_outer_totals(a, total) for a in e.args]
    return e if all(a is b for a, b in zip(args, e.args, strict=True)) else e.func(*args)


def _rule(c: sp.Expr, left: Factors, d: sp.Expr, right: Factors) -> list[Rule]:
    """c times the left factors is d times the right ones, read so that no factors are ever met again; or nothing."""
    if _rank(left) < _rank(right):
        c, left, d, right = d, right, c, left
    return [(left, d / c, right)] if c.is_nonzero and left != right else []


def _undo_each_other(first: sp.MatrixExpr, second: sp.MatrixExpr) -> bool:
    """Is one of them the inverse of the other, or of its transpose where it is transposed itself?"""
    if isinstance(first, sp.Transpose) and isinstance(second, sp.Transpose):
        first, second = first.arg, second.arg
    return any(isinstance(A, sp.Inverse) and A.arg == B for A, B in ((first, second), (second, first)))


def _rank(factors: Factors) -> tuple[Any, ...]:
    """What is written with more stands for nothing that holds it: x o x is read as x, and not the other way round."""
    written = sum(not isinstance(part, sp.Transpose) for f in factors for part in sp.preorder_traversal(f))
    return written, len(factors), [sp.default_sort_key(f) for f in factors]


def _ones_factors(rows: sp.Expr, cols: sp.Expr) -> Factors:
    """ones(m, n) as a column and a row; ones(1, 1) as nothing."""
    shapes = [(rows, 1), (1, cols)] if rows != 1 and cols != 1 else [(rows, cols)]
    return [ones(*shape) for shape in shapes if shape != (1, 1)]


def _given_rank(factors: Factors) -> tuple[Any, ...]:
    """What is computed before what is given, in a reproducible order."""
    given = len(factors) == 1 and isinstance(factors[0], sp.MatrixSymbol) and not isinstance(factors[0], Named)
    return not isinstance(factors[0], sp.OneMatrix), given, sp.default_sort_key(sp.MatMul(*factors))


def _is_broadcast(f: sp.MatrixExpr, end: int) -> bool:
    """Is f a column times a row of ones (end 0), or a column of ones times a row (end -1)?"""
    if not isinstance(f, sp.MatMul):
        return False
    one = f.args[-1 - end]
    return isinstance(one, sp.OneMatrix) and one.shape[end] == 1


def _without_ones(factors: Factors) -> Product:
    """Ones at the ends of a product whose entries are summed; what they counted."""
    count, factors = sp.S.One, list(factors)
    while factors and isinstance(factors[0], sp.OneMatrix) and (factors[0].cols == 1 or len(factors) > 1):
        one = factors.pop(0)
        count *= one.rows
    while factors and isinstance(factors[-1], sp.OneMatrix):
        count *= factors.pop().cols
    return count, factors
