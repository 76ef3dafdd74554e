"""Decimal numbers: a claim, its data and its readers take each for the fraction that it writes.

SymPy computes with them first: 0.1 * x + 0.2 * x is 0.30000000000000004 * x, which nobody wrote.
"""

from __future__ import annotations

import bisect

import sympy as sp
from mpmath.libmp import prec_to_dps

from .scopes import where_free


def digits_of(number: sp.Float) -> str:
    """The fewest digits that read back as the same number."""

    def rounded(digits: int) -> str:
        return str(sp.Float(number, digits))

    bits: int = number._prec
    enough = bisect.bisect_left(range(1, 2 * bits), True, key=lambda n: sp.Float(rounded(n), precision=bits) == number)
    return rounded(1 + enough)


def fraction_of(number: sp.Float) -> sp.Rational:
    """The fraction that a decimal number writes: 1/10 for 0.1, which is none of its binary digits."""
    return sp.Rational(digits_of(number))


def exact(e: sp.Basic) -> sp.Basic:
    """The expression with fractions for its decimal numbers.

    Raises:  ValueError for one that was computed: it has more digits than are kept of what somebody writes
    """
    return where_free(e, {x: _as_written(x) for x in e.atoms(sp.Float)})


def _as_written(number: sp.Float) -> sp.Rational:
    digits = digits_of(number)
    if len(digits.partition("e")[0].replace(".", "").lstrip("-0")) > prec_to_dps(number._prec):
        raise ValueError(
            f"{digits} was computed from decimal numbers, and rounded: "
            'write fractions, as in Rational("0.1") * x, or Rational(1, 3)'
        )
    return sp.Rational(digits)
