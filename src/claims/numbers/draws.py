"""Numbers to draw from, and kinds of points: what is false shows itself in different places."""

from __future__ import annotations

import functools
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import mpmath
import sympy as sp

from .arithmetic import Number, is_exact, short
from .standins import StandIn, bounded, polynomial


def fractions(*numbers: Fraction | float | str) -> tuple[Number, ...]:
    return tuple(short(Fraction(x)) for x in numbers)


SIMPLE = fractions(1, -1, 2, "1/2", "-1/2", 0, -2, "3/2")
FEW = fractions(1, -1, "1/2", "-1/2", 0)
SMOOTH = fractions(*(Fraction(k, 7) for k in range(-9, 10) if k))
POSITIVE = fractions(1, 2, "1/2", "3/2", "2/3", 3)
SMALL = fractions(*(Fraction(k, 23) for k in range(-5, 6) if k))
WIDE = fractions("1e-6", "-1e-3", "-7/50", 3, -12, 25, -120, 1000, -20000, 1_000_000)
OTHER = fractions(*(Fraction(k, 13) for k in range(-21, 22, 2)))
WHOLE = (*range(-3, 4), 7)
FAR = (-1000, -40, -12, 9, 25, 120)  # whole ones
COUNTS = (*range(13), -1)
IRRATIONAL = (sp.sqrt(2), -sp.sqrt(2), sp.pi, sp.sqrt(3) / 7)
MORE = (*range(-6, 31), 100, 120, 128, 1000, *IRRATIONAL)  # where no number of those wanted is allowed
BESIDE = fractions(0, 0, 0, "1/1000", "-1/1000", "1e-12", "-1e-12", 1, -1, 1000)  # a kink: how far from it


@dataclass(frozen=True)
class Kind:
    """How values are drawn: from which numbers, at which sizes, with which functions, and what is special of them."""

    numbers: tuple[Number, ...]
    sizes: tuple[int, ...]
    function: Callable[[int], StandIn] = bounded
    special: str = ""  # "signs", "edges", "equal" or "large"
    beside: tuple[Number, ...] = BESIDE


SEARCHED = (
    Kind(SIMPLE, (2, 3), polynomial),
    Kind(SMOOTH, (1, 2)),
    Kind(SIMPLE, (1, 2, 3), polynomial, "edges"),
    Kind(POSITIVE, (2, 3)),
    Kind(WIDE, (1, 2)),
    Kind(SMALL, (2, 3), bounded, "equal"),
    Kind(WHOLE, (3, 4, 5, 7, 12), polynomial, "large"),
    Kind(SMOOTH, (1, 2, 3), bounded, "signs"),
    Kind(WIDE, (1, 2, 3), polynomial, "edges"),
    Kind(FEW, (2, 3), polynomial),
)
TAME = tuple(replace(kind, beside=BESIDE[:5]) for kind in SEARCHED if kind.numbers != WIDE)  # for integrals
AUDITED = (
    Kind(OTHER, (2, 3)),
    Kind(OTHER, (1, 2, 3), bounded, "signs"),
    Kind(OTHER, (1, 2, 4), polynomial, "equal"),
    Kind(OTHER, (2,), bounded, "edges", BESIDE[:5]),
)


def draw(symbol: sp.Symbol, rng: random.Random, numbers: Sequence[Any]) -> Number:
    """One of some numbers that the symbol's assumptions allow, or else of others.

    Raises:  NotImplementedError if no number is known that they allow
    """
    allowed = _allowed(symbol, numbers) or _allowed(symbol, MORE)
    if not allowed:
        facts = ", ".join(f"{kind}={fact}" for kind, fact in sorted(symbol._assumptions_orig.items()))
        raise NotImplementedError(f"no number is known that {symbol} may be: {facts}")
    return rng.choice(allowed)


@functools.lru_cache(maxsize=1000)
def _allowed(symbol: sp.Symbol, numbers: tuple[Any, ...]) -> list[Number]:
    return [q if is_exact(q) else mpmath.mpf(q.evalf(120)._to_mpmath(400)) for q in numbers if allows(symbol, q)]


def allows(symbol: sp.Symbol, q: Any) -> bool:
    """Do the assumptions of a symbol allow a number?"""
    q = sp.Rational(q.numerator, q.denominator) if is_exact(q) else q
    return all(getattr(q, f"is_{kind}") == fact for kind, fact in symbol._assumptions_orig.items())


def keeps(symbol: sp.Symbol, x: Number) -> bool:
    """Does a number that was moved keep the assumptions of its symbol; of a rounded one only the sign is known?"""
    if is_exact(x):
        return allows(symbol, x)
    signs = {"positive": x > 0, "negative": x < 0, "nonnegative": x >= 0, "nonpositive": x <= 0, "zero": x == 0}
    return all(signs.get(kind, fact) == fact for kind, fact in symbol.assumptions0.items())
