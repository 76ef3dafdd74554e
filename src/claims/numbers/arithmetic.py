"""Numbers: whole ones and fractions exact for as long as they can be, all others with the digits in force.

What is exact tells on which side of a kink it lies; what is rounded tells so only if it is far from it.
"""

from __future__ import annotations

import contextlib
import math
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias

import mpmath
from mpmath.libmp import from_rational

Exact = int | Fraction
Number: TypeAlias = int | Fraction | mpmath.mpf | mpmath.mpc
Rows: TypeAlias = list[list[Number]]  # a matrix
Value: TypeAlias = Number | Rows
EXACT = (int, Fraction)
LONGEST = 1200  # bits that an exact number may have
LARGEST = mpmath.mpf(2) ** 4096  # an exponential of more has an exponent that fills the memory

PERIODIC = (mpmath.sin, mpmath.cos, mpmath.tan)
ROUNDS = mpmath.mpf(2) ** 64  # an argument of more has too few digits to tell where in its period it lies


class Undefined(ArithmeticError):
    """The expression has no value here: a pole, a root of a negative number, a slope at a kink."""


def is_exact(x: object) -> bool:
    return type(x) in EXACT


def rounded(x: Number | float) -> mpmath.mpf | mpmath.mpc:
    """The number with the digits in force; a complex one stays as it is."""
    if type(x) is Fraction:
        return mpmath.mp.make_mpf(from_rational(x.numerator, x.denominator, mpmath.mp.prec, "n"))
    return mpmath.mpf(x) if type(x) in (int, float) else x


def _factor(x: Number) -> Number:
    """A number that mpmath multiplies and adds at once."""
    return rounded(x) if type(x) is Fraction else x


def exactly(x: Number | float) -> Number:
    """A number given from outside as an exact one, where it is short enough to be meant as one."""
    if type(x) is bool:
        return int(x)
    if isinstance(x, float):
        x = mpmath.mpf(x)
    if not isinstance(x, mpmath.mpf) or not mpmath.isfinite(x):
        return x
    sign, mantissa, exponent, bits = x._mpf_
    if bits > 64 or abs(exponent) > 256:
        return x
    return short(Fraction((-1) ** sign * int(mantissa)) * Fraction(2) ** exponent)


def short(x: Exact) -> Number:
    """An exact number in its simplest type; rounded once it is long."""
    if type(x) is Fraction and x.denominator == 1:
        x = x.numerator
    bits = x.bit_length() if type(x) is int else x.numerator.bit_length() + x.denominator.bit_length()
    return rounded(x) if bits > LONGEST else x


# ---------------------------------------------------------------- rounding made visible
SLIGHT = 32  # bits that one operation may lose without harm
KEPT = 64  # bits that are to be left of what is compared
NOTHING = -(2**40)  # the exponent of 0


class Watch:
    """An evaluation whose rounding is made visible, and whether that may have spoiled what came out.

    `lost`: bits that cancelled in one operation, at the most; `largest`: the largest exponent that a number had.
    """

    def __init__(self, seed: int) -> None:
        self.random, self.lost, self.largest = random.Random(seed), 0, 0

    @property
    def harmless(self) -> bool:
        """Are few bits lost, or what is left of them small even when the largest numbers multiply it twice?"""
        return self.lost <= SLIGHT or 3 * self.largest + KEPT <= mpmath.mp.prec

    def loses(self, bits: int) -> None:
        self.lost = max(self.lost, bits)


_watching: list[Watch] = []


@contextlib.contextmanager
def shaken(seed: int = 0) -> Iterator[Watch]:
    """Each rounded result is off by another unit in its last places, so that what rests on rounding does not stand still.

    A saturated function is rounded to 1 with 50 digits and with 500, but it is not 1.
    """
    _watching.append(Watch(seed))
    try:
        yield _watching[-1]
    finally:
        _watching.pop()


def _shake(x: Number) -> Number:
    if not _watching:
        return x
    part = _watching[-1].random
    return x * (1 + mpmath.ldexp(part.choice((1, -1)) * part.uniform(2, 8), -mpmath.mp.prec))


def exponent(x: Number) -> int:
    """That of two, of a number."""
    return int(mpmath.mag(rounded(x))) if x else NOTHING


def seen(numbers: Iterable[Number]) -> int:
    """The largest exponent of some numbers, which a watch is told."""
    if not _watching:
        return 0
    largest = max(map(exponent, numbers), default=NOTHING)
    _watching[-1].largest = max(_watching[-1].largest, largest)
    return largest


def lost(bits: int) -> None:
    """Bits that an operation lost, which a watch is told."""
    if _watching:
        _watching[-1].loses(bits)


def cancelled(numbers: Iterable[Number], result: Number) -> Number:
    """A sum; what is lost is by how much its terms are larger."""
    if _watching:
        lost(seen(numbers) - exponent(result))
    return result


# ---------------------------------------------------------------- sums, products, powers
def add(numbers: Iterable[Number]) -> Number:
    numbers = list(numbers)
    exact: Exact = 0
    rest: Number | None = None
    for x in numbers:
        if type(x) in EXACT:
            exact += x
        else:
            rest = x if rest is None else rest + x
    if rest is None:
        return short(exact)
    return _shake(cancelled(numbers, rest + _factor(exact) if exact else rest))


def times(numbers: Iterable[Number]) -> Number:
    """The product; 0 times a number is exactly 0."""
    numbers = list(numbers)
    exact: Exact = 1
    rest: Number | None = None
    for x in numbers:
        if type(x) in EXACT:
            exact *= x
        else:
            rest = x if rest is None else rest * x
    if rest is None or not exact:
        return short(exact)
    seen(numbers)
    return rest if exact == 1 else rest * _factor(exact)


def dot(xs: Iterable[Number], ys: Iterable[Number]) -> Number:
    """The sum of the products of the entries of two rows."""
    if _watching:
        return add([times(pair) for pair in zip(xs, ys, strict=True)])
    exact: Exact = 0
    rest: Number | None = None
    for x, y in zip(xs, ys, strict=True):
        if not x or not y:
            continue
        if type(x) in EXACT and type(y) in EXACT:
            exact += x * y
        else:
            rest = _factor(x) * _factor(y) if rest is None else rest + _factor(x) * _factor(y)
    return add((exact, rest)) if rest is not None else short(exact)


def whole_power(x: Number, n: int) -> Number:
    """x^n for a whole n, with 0^0 = 1.

    Raises:  Undefined for a negative power of 0
    """
    if n < 0 and x == 0:
        raise Undefined("something is divided by zero")
    if not is_exact(x):
        seen([x**n, n])
        lost(exponent(n))
        return x**n
    bits = max(x.numerator.bit_length(), x.denominator.bit_length())
    return short(Fraction(x) ** n) if bits * abs(n) <= LONGEST else rounded(x) ** n


def real_power(x: Number, p: Number) -> Number:
    """x^p for a real p that may be no whole number: for x >= 0, for x > 0 unless p is positive.

    Raises:  Undefined elsewhere
    """
    x, p = real(x), real(p)
    if x < 0 or x == 0 and p <= 0:
        raise Undefined("a root of a negative number, or one of zero below a line")
    if x == 0:
        return x
    if is_exact(x) and is_exact(p) and (root := _exact_root(Fraction(x), Fraction(p).denominator)) is not None:
        return whole_power(root, Fraction(p).numerator)
    y = finite(mpmath.power(rounded(x), rounded(p)))
    seen([x, p, y])
    lost(exponent(p))
    return _shake(y)


def _exact_root(x: Fraction, n: int) -> Number | None:
    """The n-th root of a positive fraction if it is one; of the roots only small ones are looked for."""
    if n > 4:
        return None
    top, bottom = (_whole_root(k, n) for k in (x.numerator, x.denominator))
    return None if top is None or bottom is None else short(Fraction(top, bottom))


def _whole_root(k: int, n: int) -> int | None:
    known = {1: lambda: k, 2: lambda: math.isqrt(k), 4: lambda: math.isqrt(math.isqrt(k))}.get(n)
    root = known() if known else _cube_root(k)
    return root if root**n == k else None


def _cube_root(k: int) -> int:
    root = 1 << -(-k.bit_length() // 3)
    while (better := (2 * root + k // root**2) // 3) < root:
        root = better
    return root


# ---------------------------------------------------------------- functions, and sides
def real(x: Number) -> Number:
    """The number, if it is a real one.

    Raises:  Undefined if it is not: a function has no value there
    """
    if not isinstance(x, mpmath.mpc):
        return x
    if x.imag != 0:
        raise Undefined("a function of a number that is not real")
    return x.real


def finite(x: Number) -> Number:
    if not mpmath.isfinite(x):
        raise Undefined("infinite")
    return x


def function(f: Callable[..., Number], *arguments: Number) -> Number:
    """The value of a real function of mpmath, where it is a real number of a size that can be written.

    At 0 and 1 a value that is whole is exactly so: exp(0), log(1).
    """
    exact = all(type(x) is int and x in (0, 1) for x in arguments)
    y = real(_value(f, [rounded(real(x)) for x in arguments]))
    return int(mpmath.nint(y)) if exact and abs(y - mpmath.nint(y)) < mpmath.ldexp(8, 4 - mpmath.mp.prec) else y


def entire(f: Callable[..., Number], x: Number) -> Number:
    """The value of a function without poles or cuts, which is continued to complex numbers."""
    return function(f, x) if not isinstance(x, mpmath.mpc) else _value(f, [x])


def _value(f: Callable[..., Number], arguments: Sequence[Number]) -> Number:
    if any(abs(x) > (ROUNDS if f in PERIODIC else LARGEST) for x in arguments):
        raise Undefined("too large an argument of a function")
    try:
        y = finite(f(*arguments))
    except ValueError as error:  # a pole of the gamma function
        raise Undefined(str(error)) from error
    if _watching and arguments:
        lost(_conditioned(f, seen(arguments), exponent(y)))
        seen([y])
    return _shake(y)


def _conditioned(f: Callable[..., Number], argument: int, result: int) -> int:
    """The bits that a function loses: by how much it changes if its argument does, both relatively; exponents of two."""
    if f is mpmath.exp:
        return argument
    return -result if f is mpmath.log else max(argument, argument - result)


def side(u: Number, size: Number = 1) -> int:
    """The sign of a number: 1, 0 or -1; `size` is that of the terms that it is the sum of.

    Raises:  Undefined if it is rounded, and too near 0 to tell
    """
    u = real(u)
    if not is_exact(u) and abs(u) <= max(size, 1) * mpmath.mpf(10) ** (-7 * mpmath.mp.dps // 10):
        raise Undefined("too near a kink to tell the side")
    return (u > 0) - (u < 0)


def whole(x: Number) -> int:
    """The number as a whole one.

    Raises:  Undefined if it is none
    """
    x = real(x)
    nearest = round(x) if is_exact(x) else int(mpmath.nint(x))
    if x != nearest and (is_exact(x) or abs(x - nearest) > mpmath.mpf(10) ** (-mpmath.mp.dps // 2)):
        raise Undefined(f"{x} is not a whole number")
    return nearest
