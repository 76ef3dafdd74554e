"""Sums, products, maxima and integrals: a variable bound to each value in turn."""

from __future__ import annotations

import contextlib
import functools
import itertools
from collections.abc import Callable

import mpmath
import sympy as sp
from sympy.concrete.expr_with_limits import ExprWithLimits

from claims.language import Maximum

from .arithmetic import Number, Undefined, add, real, rounded, shaken, times, whole
from .edges import edges, roots_within, turns_within, value_at
from .environment import Environment
from .values import evaluate, value

MANY_DIGITS = 100
FLAT = mpmath.mpf("1e-20")  # an integrand that is nowhere larger was not seen where it matters


@value.register(sp.Sum)
def _(e: sp.Sum, env: Environment) -> Number:
    return add(_terms(e, env))


@value.register(sp.Product)
def _(e: sp.Product, env: Environment) -> Number:
    return times(_terms(e, env))


@value.register(Maximum)
def _(e: Maximum, env: Environment) -> Number:
    values = [real(x) for x in _terms(e, env)]
    if not values:
        raise Undefined("a maximum over nothing")
    return max(values, key=rounded)


def _terms(e: ExprWithLimits, env: Environment) -> list[Number]:
    """The terms from a to b; none for b = a - 1.

    Raises:  Undefined for b < a - 1, which has no meaning
    """
    k, body, low, high = _opened(e)
    if sp.oo in (high, -low):
        raise NotImplementedError(f"no value for a sum without end: {e}")
    first, last = (whole(evaluate(end, env)) for end in (low, high))
    if last < first - 1:
        raise Undefined("a sum of fewer than no terms")
    env.meter.spend(last - first + 1)
    return [evaluate(body, env.set({k: t})) for t in range(first, last + 1)]


@functools.lru_cache(maxsize=10_000)
def _opened(e: ExprWithLimits) -> tuple[sp.Symbol, sp.Expr, sp.Expr, sp.Expr]:
    """(index, body, low, high) of the outermost sum; the index is marked as a whole number."""
    if len(e.limits[-1]) != 3:
        raise NotImplementedError(f"no value for {type(e).__name__} without limits: {e}")
    (k, low, high), rest = e.limits[-1], e.limits[:-1]
    body = e.func(e.function, *rest) if rest else e.function
    if isinstance(e, sp.Integral) or k.is_integer:
        return k, body, low, high
    marked = sp.Dummy(k.name, integer=True)
    return marked, body.xreplace({k: marked}), low, high


@value.register(sp.Integral)
def _(e: sp.Integral, env: Environment) -> Number:
    """With many digits, as they are asked for where sides differ, it is looked for peaks that nodes may miss."""
    x, body, low, high = _opened(e)
    ends = [rounded(evaluate(end, env)) for end in (low, high)]
    peaks = turns_within(body, x, ends, env) if mpmath.mp.dps >= MANY_DIGITS else []
    cuts = [*peaks, *roots_within(body, x, ends, env, peaks)]
    at = _Integrand(functools.partial(value_at, body, x, env))
    stops = sorted({*ends, *cuts, *_between(*ends)}, reverse=bool(ends[0] > ends[1]))
    with (
        shaken() if any(map(mpmath.isinf, ends)) and mpmath.mp.dps >= MANY_DIGITS else contextlib.nullcontext()
    ):  # far out, digits do not matter
        parts = [_integral(at, a, b, bool(edges(body))) for a, b in itertools.pairwise(stops)]
    found = mpmath.fsum(value for value, _ in parts)
    if sum(error for _, error in parts) > mpmath.mpf(10) ** (-mpmath.mp.dps // 3) * (1 + abs(found)):
        raise Undefined("an integral that is not found")
    if mpmath.mp.dps >= MANY_DIGITS and parts and at.largest < FLAT:
        raise Undefined("an integral of what all but vanishes wherever it is looked at")
    return found


class _Integrand:
    """A function that knows the largest value that it had."""

    def __init__(self, f: Callable[[Number], Number]) -> None:
        self.f, self.largest = f, mpmath.mpf(0)

    def __call__(self, t: Number) -> Number:
        y = self.f(t)
        self.largest = max(self.largest, abs(y))
        return y


def _between(first: Number, last: Number) -> list[Number]:
    """Where else to stop: at 0 on the way to infinity, and with many digits once more, to confirm by other nodes."""
    low, high = sorted((first, last))
    endless, again = mpmath.isinf(high - low), mpmath.mp.dps >= MANY_DIGITS
    stops = ([0, *([-1.7, 0.6] if again else [])]) if endless else ([low + 0.38 * (high - low)] if again else [])
    return [t for t in map(mpmath.mpf, stops) if low < t < high]


def _integral(at: _Integrand, a: Number, b: Number, kinked: bool) -> tuple[Number, Number]:
    """(value, error) from a to b; where there may be a jump at an end, what counts there is the value beside it."""
    beside = mpmath.mpf(10) ** (-6 * mpmath.mp.dps // 10) * kinked
    low, high = min(a, b) + beside, max(a, b) - beside
    found: tuple[Number, Number] = mpmath.quad(lambda t: at(min(max(t, low), high)), [a, b], error=True)
    return found
