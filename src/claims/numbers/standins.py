"""Functions in place of those that a claim leaves open."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction

import mpmath
import sympy as sp

from .arithmetic import Number, add, entire, rounded, times, whole_power


@dataclass(frozen=True)
class StandIn:
    """In place of any function: a z + b z^2 + c sin z, with all its derivatives."""

    line: Fraction = Fraction(0)
    square: Fraction = Fraction(0)
    wave: int = 0

    def __call__(self, z: Number, order: int) -> Number:
        terms = [times((self.line, z if order == 0 else int(order == 1)))]
        if order <= 2:
            terms.append(times((self.square, math.perm(2, order), whole_power(z, 2 - order))))
        if self.wave:
            terms.append(self.wave * entire(mpmath.sin, rounded(z) + order * mpmath.pi / 2))
        return add(terms)

    def __str__(self) -> str:
        terms = [(self.line, "z"), (self.square, "z^2"), (self.wave, "sin z")]
        return " + ".join(f"{c} {term}" if c != 1 else term for c, term in terms if c)

    @property
    def latex(self) -> str:
        return re.sub(r"(\d+)/(\d+)", r"\\tfrac{\1}{\2}", str(self)).replace("sin", r"\sin")


@dataclass(frozen=True)
class Solution:
    """In place of a function known by its slope alone: one with that slope, an expression in a variable.

    `gap`: its slope less the slope wanted, for one that has it in some places only; it is not defined in others.
    """

    expr: sp.Expr
    variable: sp.Symbol
    gap: sp.Expr = sp.S.Zero

    def __str__(self) -> str:
        return str(self.expr.subs(self.variable, sp.Symbol("z")))

    @property
    def latex(self) -> str:
        text: str = sp.latex(self.expr.subs(self.variable, sp.Symbol("z")))
        return text


Function = Solution | StandIn  # in place of an activation


def polynomial(k: int) -> StandIn:
    """The k-th of the polynomials, the simplest first."""
    line, square = ((0, 1), (1, 1), (2, 1), ("1/2", 1), (1, "1/2"), (0, 2))[k % 6]
    return StandIn(Fraction(line) + k // 6, Fraction(square))


def bounded(k: int) -> StandIn:
    """The k-th of the functions of which large values are not much larger."""
    line, wave = (("1/2", 1), (0, 2), (1, 1), ("1/4", 2), ("-1/2", 1), (0, 1))[k % 6]
    return StandIn(Fraction(line) + k // 6, Fraction(0), wave)
