"""One backward sweep: the adjoint of every named quantity of a loss, simplified as it is found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import sympy as sp

from claims.gradients.shortening.algebra import Algebra
from claims.language import NAMES, Named, NamedScalar
from claims.language.products import is_ones, product_parts

from .pullback import add_up, contributions


class Step(NamedTuple):
    """The adjoint of an operand: by which rule, as the rule gives it, and simplified."""

    rule: str
    operand: sp.Basic
    raw: sp.Basic
    value: sp.Basic


class Line(NamedTuple):
    """The adjoint of a quantity under a name of its own: dZ2 = dZ3 W3^T o g'(Z2)."""

    quantity: sp.Basic
    symbol: Named | NamedScalar
    expr: sp.Basic

    @property
    def name(self) -> str:
        return self.symbol.name


class Sweep:
    """Adjoints from the scalar down to the quantities in `wrt`."""

    def __init__(self, algebra: Algebra, wrt: Iterable[sp.Expr]) -> None:
        self.algebra, self.wrt = algebra, list(wrt)
        self.adjoints: dict[sp.Expr, list[sp.Expr]] = {}
        self.steps: list[Step] = []
        self.lines: list[Line] = []

    def run(self, scalar: sp.Expr, names: list[sp.Expr]) -> None:
        """Pull one back through the scalar, then through its named quantities, outer ones first."""
        if self.moves(scalar):
            self.pull(scalar, sp.S.One)
        for name in reversed(names):
            if name in self.adjoints:
                adjoint = self.adjoint(name)
                if has_line(name.expr):
                    adjoint = Named(f"d{name.name}", name.rows, name.cols, adjoint)
                    self.lines.append(Line(name, adjoint, adjoint.expr))
                self.pull_operands(name, adjoint)

    def pull(self, e: sp.Expr, adjoint: sp.Expr) -> None:
        if isinstance(e, (sp.MatrixSymbol, sp.Symbol, *NAMES)):
            self.adjoints.setdefault(e, []).append(adjoint)
        else:
            self.pull_operands(e, adjoint)

    def pull_operands(self, e: sp.Expr, adjoint: sp.Expr) -> None:
        for rule, operand, raw in contributions(e, adjoint):
            if self.moves(operand):
                self.pull(operand, raw if rule in ("definition", "sum") else self.simplified(rule, operand, raw))

    def moves(self, e: sp.Expr) -> bool:
        """May e change with a quantity that is asked for?"""
        return any(e.has(w) for w in self.wrt)

    def simplified(self, rule: str, operand: sp.Expr, raw: sp.Expr) -> sp.Expr:
        value = self.algebra.normal(raw)
        self.steps.append(Step(rule, operand, raw, value))
        return value

    def adjoint(self, quantity: sp.Expr) -> sp.Expr:
        """The sum of all that was handed to a quantity."""
        found = self.adjoints.get(quantity, [])
        if len(found) > 1:
            whole = self.simplified("sum of contributions", quantity, add_up(found, quantity))
            self.adjoints[quantity] = found = [whole]
        return add_up(found, quantity)


def has_line(e: sp.Expr) -> bool:
    """Does the adjoint of a quantity defined as e deserve a line?  Products of matrices, and sums of products do."""
    if isinstance(e, sp.MatAdd):
        return any(isinstance(a, sp.HadamardProduct) or _is_true_product(a) for a in e.args)
    return _is_true_product(e)


def _is_true_product(M: sp.MatrixExpr) -> bool:
    return isinstance(M, sp.MatMul) and sum(not is_ones(f) for f in product_parts(M)[1]) > 1
