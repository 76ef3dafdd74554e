"""What is asked of an equality by what parts it into cases, and tells its conditions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, Self, TypeVar

import sympy as sp

from claims.entry.needs import Need
from claims.entry.terms import Index

from .normal_form import NormalForm


class Equation(Protocol):
    """left = right at a generic entry, with what both sides need: `equality.Equality`."""

    left: sp.Expr
    right: sp.Expr
    needs: list[Need]
    place: list[sp.Expr]
    fixed: frozenset[Index]
    zeros: list[sp.Expr]

    @property
    def difference(self) -> sp.Expr: ...
    @property
    def constrained(self) -> frozenset[sp.Basic]: ...

    def letters(self) -> set[str]: ...
    def normal_form(self) -> NormalForm: ...
    def of(self, left: sp.Expr, right: sp.Expr, needs: Iterable[Need]) -> Self: ...


Sides = TypeVar("Sides", bound=Equation)
