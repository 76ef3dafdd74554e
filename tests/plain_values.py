"""What an expression comes to at a point: fractions and loops, by the rules of the book's page *How the proofs work*.

Nothing here is the prover's but the words of its language; a number that is no fraction has 60 digits.
Slopes are taken by numbers with a slope (`Moved`), so that they are as exact.
"""

from __future__ import annotations

import functools
import itertools
from fractions import Fraction
from typing import NamedTuple

import mpmath
import sympy as sp
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction
from sympy.matrices.expressions.matexpr import MatrixElement

from claims.language import Grad, Hadamard, HStack, Maximum, Named, NamedScalar, Total, VStack, is_matrix

DIGITS, TINY, NOISE = 60, Fraction(1, 10**40), Fraction(1, 10**50)
mpmath.mp.dps = max(mpmath.mp.dps, DIGITS)


class NoValue(Exception):
    """The expression has no value here."""


class Unclear(Exception):
    """What is too near to call, or what the rules here do not speak of."""


class Moved(NamedTuple):
    """A number that moves with a variable, at this speed."""

    at: object
    speed: object


# ---------------------------------------------------------------- numbers
def number(u):
    return u.at if isinstance(u, Moved) else u


def speed(u):
    return u.speed if isinstance(u, Moved) else Fraction(0)


def moving(at, *speeds):
    """A number with the sum of some speeds; one that stands still has none."""
    found = functools.reduce(plain_sum, speeds, Fraction(0))
    return Moved(at, found) if found != 0 else at


def precise(u):
    with mpmath.workdps(DIGITS):
        return mpmath.mpf(u.numerator) / u.denominator if isinstance(u, Fraction) else u


def plain_sum(u, v):
    with mpmath.workdps(DIGITS):
        return u + v if isinstance(u, Fraction) and isinstance(v, Fraction) else precise(u) + precise(v)


def plain_product(u, v):
    if u == 0 or v == 0:
        return Fraction(0)
    with mpmath.workdps(DIGITS):
        return u * v if isinstance(u, Fraction) and isinstance(v, Fraction) else precise(u) * precise(v)


def plus(u, v):
    return moving(plain_sum(number(u), number(v)), speed(u), speed(v))


def times(u, v):
    at = plain_product(number(u), number(v))
    return moving(at, plain_product(speed(u), number(v)), plain_product(number(u), speed(v)))


def minus(u):
    return times(Fraction(-1), u)


def inverse(u):
    if sign(number(u)) == 0:
        raise NoValue("a division by zero")
    at = number(u)
    with mpmath.workdps(DIGITS):
        over = 1 / at
    return moving(over, minus(plain_product(speed(u), plain_product(over, over))))


def sign(u) -> int:
    u = number(u)
    if isinstance(u, Fraction):
        return (u > 0) - (u < 0)
    if abs(u) < precise(NOISE):
        return 0
    if abs(u) < precise(TINY):
        raise Unclear("a number that may be zero")
    return 1 if u > 0 else -1


def side_of_zero(u) -> int:
    """The sign of what a function in pieces is asked about; no slope is taken across a kink."""
    found = sign(u)
    if found == 0 and isinstance(u, Moved):
        raise Unclear("a slope at a kink")
    return found


def through(f, slope):
    """A function of numbers as one of numbers that move."""

    def of(u):
        with mpmath.workdps(DIGITS):
            at = f(number(u))
            return moving(at, plain_product(speed(u), slope(number(u)))) if isinstance(u, Moved) else at

    return of


def exponential(u):
    return Fraction(1) if u == 0 else mpmath.exp(precise(u))


def logarithm(u):
    if sign(u) <= 0:
        raise NoValue("a logarithm of what is not positive")
    return Fraction(0) if u == 1 else mpmath.log(precise(u))


def power(u, exponent: Fraction, whole: bool):
    """u ** exponent; where an exponent may be no whole number, the base may not be negative."""
    if whole:
        found = Fraction(1)
        for _ in range(abs(int(exponent))):
            found = times(found, u)
        return inverse(found) if exponent < 0 else found
    side = sign(u)
    if side < 0 or (side == 0 and exponent <= 0):
        raise NoValue("a root of what is negative")
    if side == 0 and isinstance(u, Moved):
        raise Unclear("a slope of a root at zero")
    if side == 0:
        return Fraction(0)
    at = root(number(u), exponent)
    with mpmath.workdps(DIGITS):
        slope = plain_product(exponent, plain_product(at, inverse(number(u))))
    return moving(at, plain_product(speed(u), slope))


def root(u, exponent):
    with mpmath.workdps(DIGITS):
        found = mpmath.power(precise(u), precise(exponent))
    if isinstance(u, Fraction):
        near = Fraction(int(mpmath.nint(found * 720720)), 720720)
        if near**exponent.denominator == u**exponent.numerator:
            return near
    return found


# ---------------------------------------------------------------- values
FUNCTIONS = {
    sp.exp: through(exponential, exponential),
    sp.log: through(logarithm, lambda u: inverse(u)),
    sp.sin: through(lambda u: mpmath.sin(precise(u)), lambda u: mpmath.cos(precise(u))),
    sp.cos: through(lambda u: mpmath.cos(precise(u)), lambda u: -mpmath.sin(precise(u))),
    sp.tanh: through(lambda u: mpmath.tanh(precise(u)), lambda u: mpmath.sech(precise(u)) ** 2),
}
HOLDS = {
    sp.Gt: lambda s: s > 0,
    sp.Ge: lambda s: s >= 0,
    sp.Lt: lambda s: s < 0,
    sp.Le: lambda s: s <= 0,
    sp.Eq: lambda s: s == 0,
    sp.Ne: lambda s: s != 0,
}


class Point:
    """Values for the letters of an expression: numbers and functions by themselves, entries of matrices by (name, row, column)."""

    def __init__(self, values: dict):
        self.values = values

    def with_(self, more: dict) -> Point:
        return Point({**self.values, **more})

    # ------------------------------------------------------------ numbers
    def value(self, e):
        """The number that a scalar is here.

        Raises:  NoValue, Unclear
        """
        if e.is_Rational:
            return Fraction(int(e.p), int(e.q))
        if e in self.values:
            return self.values[e]
        if type(e) in self.values:  # an activation
            return self.values[type(e)](self.value(e.args[0]))
        if e.is_Add or e.is_Mul:
            return functools.reduce(plus if e.is_Add else times, [self.value(a) for a in e.args])
        rule = next((rule for kind, rule in RULES.items() if isinstance(e, kind)), None)
        if rule is None:
            raise Unclear(f"no value of {type(e).__name__}")
        return rule(self, e)

    def whole(self, e) -> int:
        found = self.value(e)
        if not isinstance(found, Fraction) or found.denominator != 1:
            raise NoValue("a place that is no whole number")
        return int(found)

    def power(self, e):
        base, exponent = self.value(e.base), self.value(e.exp)
        if e.base == sp.E:
            return FUNCTIONS[sp.exp](exponent)
        if not isinstance(exponent, Fraction):
            raise Unclear("a power that is no fraction")
        return power(base, exponent, bool(e.exp.is_integer))

    def runs(self, e):
        """The points at which an index, or several, of a sum stand; the outermost comes last."""

        def inside(limits, here):
            if not limits:
                yield here
                return
            *inner, (k, low, high) = limits
            first, last = here.whole(low), here.whole(high)
            if last < first - 1:
                raise NoValue("a sum of fewer than no terms")
            for place in range(first, last + 1):
                yield from inside(inner, here.with_({k: Fraction(place)}))

        return inside(list(e.limits), self)

    def over(self, e, together, start=None):
        values = [at.value(e.function) for at in self.runs(e)]
        if start is None and not values:
            raise NoValue("a maximum over no index")
        return functools.reduce(together, values) if start is None else functools.reduce(together, values, start)

    def pieces(self, e):
        for piece, condition in e.args:
            if self.holds(condition):
                return self.value(piece)
        raise NoValue("no piece applies")

    def holds(self, condition) -> bool:
        """Is it true?  Each part of it has to have a value."""
        if condition in (sp.true, sp.false):
            return bool(condition)
        if isinstance(condition, (sp.And, sp.Or, sp.Not)):
            found = [self.holds(c) for c in condition.args]
            return (
                all(found)
                if isinstance(condition, sp.And)
                else any(found)
                if isinstance(condition, sp.Or)
                else not found[0]
            )
        if type(condition) not in HOLDS:
            raise Unclear(f"no truth of {type(condition).__name__}")
        gap = plus(self.value(condition.lhs), minus(self.value(condition.rhs)))
        return HOLDS[type(condition)](side_of_zero(gap))

    def jump(self, e):
        u = self.value(e.args[0])
        side = side_of_zero(u)
        if isinstance(e, sp.Abs):
            return times(Fraction(side), u)
        if isinstance(e, sp.sign):
            return Fraction(side)
        return self.value(e.args[1]) if side == 0 else Fraction(side > 0)

    def read(self, e):
        places = [self.whole(k) for k in e.indices]
        if not all(0 <= k < size for k, size in zip(places, self.shape(e.parent), strict=True)):
            raise NoValue("a place that is not there")
        return self.entry(e.parent, *places)

    # ------------------------------------------------------------ matrices
    def shape(self, M) -> tuple:
        return tuple(self.whole(sp.sympify(size)) for size in M.shape)

    def places(self, M):
        return itertools.product(*map(range, self.shape(M)))

    def entry(self, M, i: int, j: int):
        """Entry i, j of a matrix."""
        if isinstance(M, Named):
            return self.entry(M.expr, i, j)
        if isinstance(M, sp.MatrixSymbol):
            return self.values[M.name, i, j]
        rule = next((rule for kind, rule in ENTRIES.items() if isinstance(M, kind)), None)
        if rule is None:
            raise Unclear(f"no entries of {type(M).__name__}")
        return rule(self, M, i, j)

    def product(self, M, i, j):
        A, *rest = M.args
        if not rest:
            return self.of(A, i, j)
        rest = M.func(*rest, evaluate=False) if len(rest) > 1 else rest[0]
        if not is_matrix(A):
            return times(self.value(A), self.entry(rest, i, j))
        inside = range(self.shape(A)[1])
        return functools.reduce(plus, [times(self.entry(A, i, k), self.of(rest, k, j)) for k in inside])

    def of(self, M, i, j):
        return self.entry(M, i, j) if is_matrix(M) else self.value(M)

    def block(self, M, i, j):
        place, axis = [i, j], M.joined_along
        for A in M.args:
            if place[axis] < (size := self.shape(A)[axis]):
                return self.entry(A, *place)
            place[axis] -= size
        raise NoValue("a place that is not there")

    def each(self, M, i, j):
        (t,) = M.function.signature
        return self.with_({t: self.entry(M.expr, i, j)}).value(M.function.expr)

    def by_places(self, M, i, j):
        return self.with_(dict(zip(M.lamda.signature, (Fraction(i), Fraction(j)), strict=True))).value(M.lamda.expr)

    def slope(self, e, *place):
        """The slope of a scalar by an entry of a matrix, or by a number."""
        wrt = e.wrt
        key = (wrt.name, *place) if place else wrt
        now = self.values[key]
        if isinstance(now, Moved) or any(isinstance(v, Moved) for v in self.values.values()):
            raise Unclear("a slope of a slope")
        found = self.with_({key: Moved(now, Fraction(1))}).value(e.scalar)
        return speed(found)


def largest(u, v):
    return u if side_of_zero(plus(u, minus(v))) >= 0 else v


RULES = {
    sp.Pow: Point.power,
    sp.Sum: lambda at, e: at.over(e, plus, Fraction(0)),
    sp.Product: lambda at, e: at.over(e, times, Fraction(1)),
    Maximum: lambda at, e: at.over(e, largest),
    sp.Piecewise: Point.pieces,
    (sp.Abs, sp.sign, sp.Heaviside): Point.jump,
    sp.Max: lambda at, e: functools.reduce(largest, [at.value(a) for a in e.args]),
    sp.Min: lambda at, e: minus(functools.reduce(largest, [minus(at.value(a)) for a in e.args])),
    sp.KroneckerDelta: lambda at, e: Fraction(at.value(e.args[0]) == at.value(e.args[1])),
    tuple(FUNCTIONS): lambda at, e: FUNCTIONS[type(e)](at.value(e.args[0])),
    MatrixElement: Point.read,
    NamedScalar: lambda at, e: at.value(e.expr),
    Total: lambda at, e: functools.reduce(plus, [at.entry(e.arg, *place) for place in at.places(e.arg)]),
    sp.Trace: lambda at, e: functools.reduce(plus, [at.entry(e.arg, k, k) for k in range(at.shape(e.arg)[0])]),
    Grad: lambda at, e: at.slope(e),
}
ENTRIES = {
    sp.OneMatrix: lambda at, M, i, j: Fraction(1),
    sp.ZeroMatrix: lambda at, M, i, j: Fraction(0),
    sp.Identity: lambda at, M, i, j: Fraction(i == j),
    sp.MatAdd: lambda at, M, i, j: functools.reduce(plus, [at.entry(A, i, j) for A in M.args]),
    sp.MatMul: Point.product,
    sp.Transpose: lambda at, M, i, j: at.entry(M.arg, j, i),
    (Hadamard, sp.HadamardProduct): lambda at, M, i, j: functools.reduce(times, [at.entry(A, i, j) for A in M.args]),
    (HStack, VStack): Point.block,
    ElementwiseApplyFunction: Point.each,
    sp.FunctionMatrix: Point.by_places,
    Grad: Point.slope,
}
