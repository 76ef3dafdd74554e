r"""Expressions as a mathematician writes them, in LaTeX or in plain text.

Everything is printed from the structure of the expression, in an order that depends on what is printed only: matrix and
Hadamard products keep the order in which they were written; SymPy sorts the rest itself, so it is sorted again here.
"""

from __future__ import annotations

from types import FunctionType, NoneType

import sympy as sp
from sympy.core.relational import Relational

from claims.language import Grad, Hess, Jac, NamedScalar, Nonnegative
from claims.language.ambiguity import named_things, operations
from claims.language.letters import counting, seen
from claims.language.scopes import free_symbols

from .entrywise import EntrywiseRules
from .notation import Bind, Latex, Piece
from .plain_text import Text
from .sums import SumRules, is_number, places


class Printer(EntrywiseRules, SumRules):
    """The arrangement of an expression, with the rules for statements and derivatives."""

    # ------------------------------------------------------------ statements and derivatives
    def _print_Relational(self, e: Relational) -> Piece:
        signs = {sp.Eq: "Eq", sp.Ne: "Ne", sp.Ge: "Ge", sp.Gt: "Gt", sp.Le: "Le", sp.Lt: "Lt"}
        return Piece(f"{self.show(e.lhs)} {self.notation.relations[signs[type(e)]]} {self.show(e.rhs)}", Bind.SUM)

    def _print_Nonnegative(self, e: Nonnegative) -> Piece:
        return Piece(f"{self.show(e.expr)} {self.notation.relations['Ge']} 0", Bind.SUM)

    def _print_Grad(self, e: Grad) -> Piece:
        if isinstance(e.scalar, sp.Function) and e.scalar.args == (e.wrt,):  # sigma'(z)
            return self.call(type(e.scalar).__name__ + "'", e.scalar.args)
        return self.derivative(e.scalar, [self.show(e.wrt)])

    def _print_Hess(self, e: Hess) -> Piece:
        wrt = self.show(e.wrt)
        if not getattr(e.wrt, "is_Matrix", False):
            return self.derivative(e.scalar, [wrt, wrt])
        transposed = self.notation.transpose(self.show(e.wrt, Bind.ATOM))
        return self.derivative(e.scalar, [wrt, transposed] if e.wrt.cols == 1 else [transposed, wrt])

    def _print_Jac(self, e: Jac) -> Piece:
        """Down its rows go the entries of what is differentiated, along them those of what it is differentiated by."""
        what = sp.Transpose(e.column) if self.is_vector(e.column, 1) else e.column
        by = sp.Transpose(e.wrt) if self.is_vector(e.wrt, 0) else e.wrt
        return self.derivative(what, [self.show(by)])

    def is_vector(self, e: sp.Basic, way: int) -> bool:
        """Is e a column (0) or a row (1) of more than one entry?"""
        return getattr(e, "is_Matrix", False) and e.shape[way] != 1 and e.shape[1 - way] == 1

    def _print_Derivative(self, e: sp.Derivative) -> Piece:
        return self.derivative(e.expr, [self.show(v) for v, count in e.variable_count for _ in range(count)])

    def derivative(self, what: sp.Basic, by: list[str]) -> Piece:
        bare = what.arg if isinstance(what, sp.Transpose) else what
        if isinstance(bare, (sp.MatrixSymbol, sp.Symbol, NamedScalar)):
            return Piece(self.notation.derivative(self.show(what), by), Bind.PRODUCT)
        return Piece(self.notation.derivative_of(self.show(what), by), Bind.PRODUCT)


def _written(e: sp.Basic | sp.MatrixBase, notation: Latex) -> str:
    if isinstance(e, (str, type, NoneType, FunctionType)) or not isinstance(
        e := sp.sympify(e), (sp.Basic, sp.MatrixBase)
    ):
        raise TypeError(f"an expression or a statement is written, not {e!r}")
    printer = Printer(notation)
    for s in free_symbols(e):
        if s.is_integer and not s.is_positive and places(s, e) and is_number(s, e):
            raise NotImplementedError(f"no way to write {e}: {s} is a position and a number")
    names = {name for name, _ in named_things(e)}
    printer.taken = {seen(name) for name in [*names, *operations(e)]}.union(*map(counting, names))
    return printer.show(e)


def latex(e: sp.Basic | sp.MatrixBase) -> str:
    """LaTeX of an expression or a statement.

    Raises:  NotImplementedError for an expression that there is no way to write
    """
    return _written(e, Latex())


def text(e: sp.Basic | sp.MatrixBase) -> str:
    """Plain text of an expression or a statement, for a terminal and for screen readers."""
    return _written(e, Text())


def definition(name: sp.Basic) -> str:
    """LaTeX of the definition of a named quantity: A = \\sigma(Z)."""
    return f"{latex(name)} = {latex(name.expr)}"
