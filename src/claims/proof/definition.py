"""Definitions: a name for an expression, shown like a statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from claims.algebra.equality import conditions
from claims.budget import guarded
from claims.data import Stated
from claims.language import canonical, named
from claims.language.ambiguity import check_names
from claims.reasons.measured import Need, written_with

from . import library
from .printed import SECONDS
from .prover import Audit, prove
from .records import definition_record, emit

NOT_NEEDED = Audit(0, 0.0)


@dataclass(frozen=True)
class Definition:
    id: str
    symbol: sp.Basic
    expr: sp.Basic
    title: str | None
    needs: tuple[Need, ...]
    seconds: float
    conditions: tuple[sp.Basic, ...] = ()  # where the expression has a value
    state: str = "definition"
    method: str = "definition"
    audit: Audit = NOT_NEEDED

    @property
    def stated(self) -> Stated:
        return Stated("definition", self.symbol, self.expr, conditions=self.conditions)

    def record(self) -> dict[str, Any]:
        return definition_record(self)


def define(id: str, symbol: Any, expr: Any, *, title: str | None = None) -> Any:
    """A name for an expression: it prints as the symbol and is proved as the expression.

    The symbol may be a function's value, `sigma(z)` or `tanh(z)`: then the function must agree with the expression.

    Raises:  SizesDoNotFit, Ambiguous; Refuted or Undecided if a known function does not agree with its definition
    """
    if isinstance(symbol, sp.Function):
        expr = canonical(sp.sympify(expr))
        name, seconds = symbol, prove(id, symbol, expr).seconds
    else:
        name, seconds = named(symbol, expr), 0.0
        check_names([name])
        expr = name.expr
    defined = guarded(lambda: conditions([expr]), (), SECONDS)
    definition = Definition(id, name, expr, title, tuple(written_with(expr)), seconds, defined)
    library.keep(id, definition.stated)
    emit(definition)
    return name
