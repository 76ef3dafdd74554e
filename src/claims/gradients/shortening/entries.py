"""Matrices of one shape as scalar functions of their generic entry, where they can be simplified as scalars.

A column times ones is an entry that varies over the rows only, a row times ones one that varies over the columns only.
What is not entrywise, such as a product, is an entry of its own: an atom.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Protocol

import sympy as sp
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction

from claims.language import Blocks, Named, Total, is_matrix
from claims.language.functions import Powers
from claims.language.products import product

from .simplest import Table, cost, rational, simplest

Shape = tuple[sp.Expr, ...]

FULL, COLUMN, ROW = "full", "column", "row"  # how an atom varies


class Rewriting(Protocol):
    """What is asked of the algebra that matrices are read in: `algebra.Algebra`."""

    names: list[sp.Expr]

    def upto(self, k: int) -> Rewriting: ...
    def normal(self, e: sp.Expr) -> sp.Expr: ...
    def factors(self, M: sp.MatrixExpr) -> tuple[sp.Expr, list[sp.MatrixExpr]]: ...
    def chain(
        self, M: sp.MatrixExpr
    ) -> tuple[sp.Expr, list[sp.MatrixExpr], list[sp.MatrixExpr], list[sp.MatrixExpr]]: ...
    def total(self, M: sp.MatrixExpr) -> sp.Expr: ...


class Entries:
    """The generic entry of matrices of one shape, in a given algebra."""

    def __init__(self, algebra: Rewriting, shape: Iterable[sp.Expr]) -> None:
        self.algebra, self.shape = algebra, tuple(shape)
        self.symbols: dict[tuple[sp.MatrixExpr, str], sp.Dummy] = {}
        self.atoms: dict[sp.Dummy, tuple[sp.MatrixExpr, str]] = {}

    def atom(self, M: sp.MatrixExpr, way: str) -> sp.Expr:
        """The symbol for an entry of M; a 1 x 1 matrix is its total."""
        if tuple(M.shape) == (1, 1):
            return self.algebra.total(M)
        symbol = self.symbols.setdefault((M, way), sp.Dummy(f"e{len(self.symbols):03d}", real=True))
        self.atoms[symbol] = (M, way)
        return symbol

    def whole(self, M: sp.MatrixExpr, way: str) -> sp.Expr:
        """An entry of what is no product; the total of what has but one entry is not taken apart."""
        return self.atom(M, way) if tuple(M.shape) != (1, 1) else Total(M)

    def ways(self, e: sp.Expr) -> set[str]:
        """How a scalar expression varies over the entries; not at all if empty."""
        return {self.atoms[s][1] for s in e.free_symbols if s in self.atoms}

    def narrow(self, way: str, to: str) -> str:
        """How a column (row) of this shape enters: broadcast, or as it is."""
        if way != FULL:
            return way
        return to if self.shape[to == COLUMN] != 1 else FULL

    # ------------------------------------------------------------ reading a matrix
    @functools.singledispatchmethod
    def read(self, M: sp.MatrixExpr, way: str = FULL) -> sp.Expr:
        """The generic entry of M as a scalar expression."""
        return self.whole(M, way)

    @read.register(sp.MatrixSymbol)
    @read.register(sp.Identity)
    def _(self, M: sp.MatrixSymbol | sp.Identity, way: str = FULL) -> sp.Expr:
        return self.atom(M, way)

    @read.register
    def _(self, M: sp.OneMatrix, way: str = FULL) -> sp.Expr:
        return sp.S.One

    @read.register
    def _(self, M: sp.ZeroMatrix, way: str = FULL) -> sp.Expr:
        return sp.S.Zero

    @read.register
    def _(self, M: sp.MatAdd, way: str = FULL) -> sp.Expr:
        return sp.Add(*[self.read(a, way) for a in M.args])

    @read.register
    def _(self, M: sp.HadamardProduct, way: str = FULL) -> sp.Expr:
        return sp.Mul(*[self.read(a, way) for a in M.args])

    @read.register
    def _(self, M: sp.HadamardPower, way: str = FULL) -> sp.Expr:
        return self.read(M.base, way) ** M.exp

    @read.register
    def _(self, M: Powers, way: str = FULL) -> sp.Expr:
        return self.whole(M, way)

    @read.register
    def _(self, M: ElementwiseApplyFunction, way: str = FULL) -> sp.Expr:
        inside = self.read(M.expr, way)
        if M.function.has(sp.Piecewise, sp.Max, sp.Min) and not inside.is_Symbol and self.ways(inside):
            inside = self.atom(self.algebra.normal(M.expr), way)  # a function in pieces takes one entry, not several
        return M.function(inside)

    @read.register
    def _(self, M: sp.Transpose, way: str = FULL) -> sp.Expr:
        return self.read_product(M, way)

    @read.register
    def _(self, M: sp.MatMul, way: str = FULL) -> sp.Expr:
        return self.read_product(M, way)

    @read.register
    def _(self, M: sp.Inverse, way: str = FULL) -> sp.Expr:
        _, (factor,) = self.algebra.factors(M)  # the inverse of a transpose as the transpose of an inverse
        return self.atom(factor, way)

    @read.register
    def _(self, M: Blocks, way: str = FULL) -> sp.Expr:
        blocks = [self.algebra.normal(A) for A in M.args]
        if len(blocks) == 1:
            return self.read(blocks[0], way)
        return sp.S.Zero if all(isinstance(A, sp.ZeroMatrix) for A in blocks) else self.atom(M.func(*blocks), way)

    def read_product(self, M: sp.MatMul | sp.Transpose, way: str) -> sp.Expr:
        """Scalars and scalings of rows and columns come out of a product; ones at its ends broadcast."""
        scalar, factors, columns, rows = self.algebra.chain(M)
        if M in (*columns, *rows):  # by a name it is a multiple of itself
            return self.atom(M, way)
        scalings = [self.read(v, self.narrow(way, COLUMN)) for v in columns]
        scalings += [self.read(v, self.narrow(way, ROW)) for v in rows]
        front = scalar * sp.Mul(*scalings)
        if front == 0:
            return front
        if not factors:
            return front if tuple(self.shape) == (1, 1) else front * self.atom(sp.Identity(M.rows), way)
        return front * self.read_factors(factors, way)

    def read_factors(self, factors: list[sp.MatrixExpr], way: str) -> sp.Expr:
        first, last = factors[0], factors[-1]
        if len(factors) == 1:
            return self.read_transposed(first, way)
        if isinstance(first, sp.OneMatrix) and first.cols == 1:
            return self.read(product(*factors[1:]), self.narrow(way, ROW))
        if isinstance(last, sp.OneMatrix) and last.rows == 1:
            return self.read(product(*factors[:-1]), self.narrow(way, COLUMN))
        return self.atom(product(*factors), way)

    def read_transposed(self, M: sp.MatrixExpr, way: str) -> sp.Expr:
        """A single factor; the transpose of an entrywise expression is that of its leaves."""
        if not isinstance(M, sp.Transpose):
            return self.read(M, way)
        if isinstance(M.arg, (sp.MatAdd, sp.HadamardProduct)):
            return self.read(M.arg.func(*[a.T for a in M.arg.args]), way)
        if isinstance(M.arg, sp.HadamardPower) and not is_matrix(M.arg.exp):
            return self.read(M.arg.base.T, way) ** M.arg.exp
        if isinstance(M.arg, ElementwiseApplyFunction):
            return M.arg.function(self.read(M.arg.expr.T, way))
        return self.atom(M, way)

    # ------------------------------------------------------------ simplifying an entry
    def simplify(self, e: sp.Expr) -> sp.Expr:
        """The shortest form of e, with the named quantities of the algebra where they make it shorter."""
        table: Table = {}
        best = self.shortest(rational(e, table), table)
        for k, name in reversed(list(enumerate(self.algebra.names))):
            if getattr(name, "is_Matrix", False) and tuple(name.shape) == self.shape:
                best = self.fold(best, name, self.definition(k, table), table)
        return best.xreplace({symbol: value for value, symbol in table.items()})

    def shortest(self, r: sp.Expr, table: Table) -> sp.Expr:
        varying = set(self.atoms)
        inside = {symbol: value.free_symbols for value, symbol in table.items()}
        atoms = [s for s in sorted(r.free_symbols, key=str) if s in varying or inside.get(s, set()) & varying]
        return simplest(r, atoms, set(table.values()))

    def definition(self, k: int, table: Table) -> sp.Expr:
        """The entry of the definition of the k-th name, written with the names before it."""
        full, self.algebra = self.algebra, self.algebra.upto(k)
        entry = sp.together(rational(self.read(full.names[k].expr), table))
        self.algebra = full
        return entry

    def fold(self, best: sp.Expr, name: Named, entry: sp.Expr, table: Table) -> sp.Expr:
        """Where the definition of a name is linear in an atom, solve it for the atom; keep the result if shorter."""
        above, below = sp.fraction(entry)
        symbol = self.atom(name, FULL)
        equation = sp.expand(above - symbol * below)
        calls = set(table.values())
        for t in sorted(best.free_symbols & equation.free_symbols - {symbol}, key=str):
            slope, rest = equation.coeff(t, 1), equation.coeff(t, 0)
            if slope == 0 or sp.expand(equation - slope * t - rest) != 0:
                continue
            new = self.shortest(best.xreplace({t: -rest / slope}), table)
            if cost(new, calls) < cost(best, calls):
                return new
        return best
