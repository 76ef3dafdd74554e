"""What a statement may need of a function that may be any."""

from __future__ import annotations

from typing import Any, Self

import sympy as sp
from sympy.logic.boolalg import Boolean
from sympy.printing.str import StrPrinter

from .functions import BOUND, Activation


class FunctionProperty(Boolean):
    """A property of an activation."""

    def __new__(cls, g: Activation | type[Activation], *args: Any) -> Self:
        value = g if isinstance(g, sp.Basic) else g(BOUND)
        return sp.Basic.__new__(cls, value, *map(sp.sympify, args))

    @property
    def function(self) -> type[Activation]:
        """The activation itself, as a class."""
        return type(self.args[0])


class Smooth(FunctionProperty):
    """The function has continuous derivatives up to the given order."""

    @property
    def order(self) -> int:
        return int(self.args[1])

    def _sympystr(self, printer: StrPrinter) -> str:
        return f"{self.function.__name__} is {self.order} times continuously differentiable"


class Analytic(FunctionProperty):
    """The function continues to complex arguments, with a derivative there."""

    def _sympystr(self, printer: StrPrinter) -> str:
        return f"{self.function.__name__} is analytic"
