"""Where functions have their kinks and jumps: the arguments that vanish there, and points put exactly on them."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import mpmath
import sympy as sp
from sympy.core.relational import Relational

from claims.language import Activation, Maximum, Random, is_matrix, sigma

from .arithmetic import Number, Undefined, add, is_exact, rounded, times, whole, whole_power
from .environment import Environment
from .matrices import flat
from .scope import Bound, Under, free, walk
from .slopes import Place, stepped
from .values import evaluate

Edge = tuple[sp.Expr, Bound]  # what is 0 at a kink or a jump, and what is bound around it
FAR = 20  # where roots are no longer looked for, on the way to infinity
SAMPLES = 48  # values between which signs are compared


def arguments(node: sp.Basic) -> list[sp.Expr]:
    """The expressions that are 0 where a node has a kink or a jump."""
    if isinstance(node, (sp.Abs, sp.sign, sp.Heaviside)):
        return [node.args[0]]
    if isinstance(node, (sp.Max, sp.Min)):
        return [a - b for a, b in itertools.islice(itertools.combinations(node.args, 2), 6)]
    if isinstance(node, Relational) and not is_matrix(node.lhs):
        return [node.lhs - node.rhs]
    return []


@functools.lru_cache(maxsize=1000)
def edges(e: sp.Basic) -> tuple[Edge, ...]:
    """(argument, binders) for each kink or jump in an expression, also in the slope of an activation."""
    found: dict[Edge, None] = {}
    for node, bound in walk(e):
        inside: Iterable[Under] = [(node, bound)]
        if isinstance(node, Activation) and type(node) is not sigma and type(node).slope is not None:
            inside = walk(node.doit() if type(node).closed is not None else node.fdiff(), bound)
        for part, binders in inside:
            found |= dict.fromkeys((u, binders) for u in arguments(part) if free(u) and not u.has(Random))
    return tuple(found)


# ---------------------------------------------------------------- points put on an edge
def put_on(
    edge: Edge, env: Environment, place: Place, choice: Sequence[float], target: Number = 0
) -> Environment | None:
    """The environment with one entry changed so that the argument of an edge is a target; None if that is not easy.

    `choice`: numbers from 0 to 1, which choose a value for each variable bound around the argument.
    """
    off: Callable[[Number], Number] = lambda step: add((argument(edge, stepped(env, place, step), choice), -target))
    now, next_ = off(0), off(1)
    if not is_exact(now) or not is_exact(next_) or now == next_:
        return None
    step = times((now, whole_power(add((now, -next_)), -1)))
    return stepped(env, place, step) if off(step) == 0 else None


def argument(edge: Edge, env: Environment, choice: Sequence[float]) -> Any:
    """The value of the argument of an edge, for some values of the variables bound around it."""
    u, binders = edge
    for (variable, binder), share in zip(binders, choice, strict=True):
        values = _values_of(binder, env)
        env = env.set({variable: values[int(share * len(values))]})
    return evaluate(u, env)


def _values_of(binder: sp.Basic | None, env: Environment) -> Sequence[Number]:
    """Those that a bound variable takes: the entries of a matrix, or the places of a sum."""
    if isinstance(binder, (sp.Sum, sp.Product, Maximum)):
        _, low, high = binder.limits[0]
        values: Sequence[Number] = range(whole(evaluate(low, env)), whole(evaluate(high, env)) + 1)
    else:
        values = flat(evaluate(binder, env)) if is_matrix(binder) else ()
    if not values:
        raise Undefined("no value to choose")
    return values


# ---------------------------------------------------------------- kinks between the ends of an integral
def value_at(e: sp.Expr, x: sp.Symbol, env: Environment, t: Number) -> mpmath.mpf | mpmath.mpc:
    """The value of an expression in x where x is t, rounded."""
    return rounded(evaluate(e, env.set({x: t})))


def roots_within(
    e: sp.Expr, x: sp.Symbol, ends: list[Number], env: Environment, more: Iterable[Number] = ()
) -> list[Number]:
    """Where an expression has kinks between the ends, as far as they are seen, also from `more` places."""
    found = [t for u, binders in edges(e) if not binders and x in free(u) for t in _roots(u, x, ends, env, more)]
    return [t for t in found if min(ends) < t < max(ends)]


def _roots(u: sp.Expr, x: sp.Symbol, ends: list[Number], env: Environment, more: Iterable[Number]) -> list[Number]:
    """Where an expression in x is zero: that of a line, or those between values of different sign."""
    off = functools.partial(value_at, u, x, env)
    try:
        a, b, c = map(off, (0, 1, 2))
        near = mpmath.mpf(10) ** (-mpmath.mp.dps // 2)
        if abs(a - 2 * b + c) < near:
            return [a / (a - b)] if abs(a - b) > near else []
        low, high = (max(min(end, FAR), -FAR) for end in ends)
        places = sorted({*(low + (high - low) * k / SAMPLES for k in range(SAMPLES + 1)), *more})
        signs = [mpmath.sign(off(t)) for t in places]
    except Undefined:
        return []
    met = [t for t, sign in zip(places, signs, strict=True) if sign == 0]
    between = [
        pair for pair, (s, t) in zip(itertools.pairwise(places), itertools.pairwise(signs), strict=True) if s * t < 0
    ]
    return met + [mpmath.findroot(off, pair, solver="anderson", verify=False) for pair in between]


# ---------------------------------------------------------------- peaks between the ends of an integral
WAY = tuple(mpmath.mpf(c) * mpmath.mpf(10) ** k for k in range(-3, 7) for c in (1, 2, 5))  # from 0 to infinity
TURNS = 8  # places at which an integral is split, at the most
NARROW = mpmath.mpf("1e-30")  # how near a place is found, relative to how far apart samples are


def turns_within(e: sp.Expr, x: sp.Symbol, ends: list[Number], env: Environment) -> list[Number]:
    """Where a part of an expression in x is smallest or largest between the ends: there it may have a narrow peak."""
    low, high = min(ends), max(ends)
    places = _samples(low, high)
    found = {t for u in _inner(e, x) for t in _turns(functools.partial(value_at, u, x, env), places)}
    return sorted({_snapped(t) for t in found if low < _snapped(t) < high})[:TURNS]


def _snapped(t: mpmath.mpf) -> mpmath.mpf:
    """The whole number that a place all but is, or the place itself."""
    nearest = mpmath.nint(t)
    return nearest if abs(t - nearest) < NARROW else t


def _samples(low: mpmath.mpf, high: mpmath.mpf) -> list[Number]:
    if not mpmath.isinf(high - low):
        return [low + (high - low) * k / SAMPLES for k in range(SAMPLES + 1)]
    start = low if mpmath.isfinite(low) else high if mpmath.isfinite(high) else mpmath.mpf(0)
    return sorted(t for t in {start, *(start + t for t in WAY), *(start - t for t in WAY)} if low <= t <= high)


def _inner(e: sp.Expr, x: sp.Symbol) -> list[sp.Expr]:
    """The arguments of functions and the bases of powers that depend on x."""
    nodes = [node for node, bound in walk(e) if not bound and isinstance(node, (sp.Function, sp.Pow))]
    return list(dict.fromkeys(a for node in nodes for a in node.args if a != x and x in free(a) and not is_matrix(a)))


def _turns(f: Callable[[Number], Number], places: list[Number]) -> list[Number]:
    """Places between samples at which the magnitude of a function, or its negative, is smallest around."""
    try:
        sizes = [abs(f(t)) for t in places]
        threes = zip(itertools.pairwise(places), places[2:], itertools.pairwise(sizes), sizes[2:], strict=False)
        return [
            _least(functools.partial(_signed, f, sign), a, c)
            for (a, _), c, (left, middle), right in threes
            for sign in (1, -1)
            if sign * middle <= min(sign * left, sign * right) and not left == middle == right
        ]
    except Undefined:
        return []


def _signed(f: Callable[[Number], Number], sign: int, t: Number) -> Number:
    """The magnitude of a value, or its negative."""
    return sign * abs(f(t))


def _least(f: Callable[[Number], Number], low: mpmath.mpf, high: mpmath.mpf) -> mpmath.mpf:
    """Where a function that falls and then rises is smallest, by the golden section."""
    golden, width = (mpmath.sqrt(5) - 1) / 2, high - low
    a, b = high - golden * width, low + golden * width
    at_a, at_b = f(a), f(b)
    while high - low > NARROW * width:
        if at_a < at_b:
            high, b, at_b = b, a, at_a
            a = high - golden * (high - low)
            at_a = f(a)
        else:
            low, a, at_a = a, b, at_b
            b = low + golden * (high - low)
            at_b = f(b)
    return (low + high) / 2
