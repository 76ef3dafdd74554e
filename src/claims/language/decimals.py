"""Decimal numbers: a claim, its data and its readers take each for the fraction that it writes."""

from __future__ import annotations

import bisect

import sympy as sp

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
    """The expression with fractions for its decimal numbers."""
    return where_free(e, {x: fraction_of(x) for x in e.atoms(sp.Float)})
