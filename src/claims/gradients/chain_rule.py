"""The chain rule as a lemma: what each line of a derivation claims, so that it can be proved on its own.

If the scalar depends on Q only through the quantities P, then its gradient with respect to Q is that of the sum of
<dP, P(Q)>, where each dP, the gradient with respect to P, is held constant.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import sympy as sp

from claims.language import Grad, Named, NamedScalar, Total, is_matrix, matrix
from claims.language.products import entrywise
from claims.language.reasons import ByChainRule, Reason, entries
from claims.printing.printer import definition

from .sweep import Line


class Statement(NamedTuple):
    """A gradient and the value claimed for it, all quantities with a line of their own held as free matrices."""

    gradient: Grad
    value: sp.Basic
    through: tuple[sp.Expr, ...]  # what the scalar depends on this one through; nothing for the scalar itself
    letters: dict[sp.Expr, sp.Expr]  # what stands for each of these quantities, in hypotheses too

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What makes the line true."""
        return (ByChainRule(self.through),) if self.through else (entries,)

    @property
    def reason(self) -> dict[str, Any]:
        """What the line is the derivative of, as data."""
        if not self.through:
            return {"code": "derivative"}
        return {"code": "chain-rule", "through": [definition(P) for P in self.through]}

    @property
    def why(self) -> str:
        """The same in words, with LaTeX between dollars."""
        if not self.through:
            return "differentiated where it stands in the scalar"
        return f"the chain rule through {' and '.join(f'${definition(P)}$' for P in self.through)}"


def statement(line: Line, lines: list[Line], scalar: sp.Expr) -> Statement:
    """What a line claims: the gradient, with respect to its quantity, of the scalar by way of the later lines."""
    quantity = line.quantity
    free = {other.quantity: freed(other.quantity) for other in lines}
    if isinstance(quantity, (Named, NamedScalar)):
        free.setdefault(quantity, freed(quantity))
    adjoints = {other.symbol: matrix(other.symbol.name, *other.symbol.shape) for other in lines}
    variable = free.get(quantity, quantity)
    direct, through = scalar.xreplace(free), []
    terms = [direct] if direct.has(variable) else []
    for other in lines:
        definition = other.quantity.expr.xreplace(free)
        if other.quantity != quantity and definition.has(variable):
            terms.append(Total(entrywise(adjoints[other.symbol], definition)))
            through.append(other.quantity)
    value = line.expr.xreplace(adjoints).xreplace(free)
    return Statement(Grad(sp.Add(*terms), variable), value, tuple(through), free)


def freed(quantity: sp.Expr) -> sp.Expr:
    """A letter of the name of a quantity, which stands for any."""
    return matrix(quantity.name, *quantity.shape) if is_matrix(quantity) else sp.Symbol(quantity.name, real=True)
