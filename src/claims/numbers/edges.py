"""Where functions have their kinks and jumps: the arguments that vanish there, and points put exactly on them."""

from __future__ import annotations

import functools
import itertools

import mpmath
import sympy as sp
from sympy.core.relational import Relational

from claims.language import Activation, is_matrix, sigma

from .arithmetic import Undefined, add, is_exact, rounded, times, whole, whole_power
from .matrices import flat
from .scope import free, walk
from .slopes import stepped
from .values import evaluate

FAR = 20  # where roots are no longer looked for, on the way to infinity
SAMPLES = 48  # values between which signs are compared


def arguments(node):
    """The expressions that are 0 where a node has a kink or a jump."""
    if isinstance(node, (sp.Abs, sp.sign, sp.Heaviside)):
        return [node.args[0]]
    if isinstance(node, (sp.Max, sp.Min)):
        return [a - b for a, b in itertools.islice(itertools.combinations(node.args, 2), 6)]
    if isinstance(node, Relational) and not is_matrix(node.lhs):
        return [node.lhs - node.rhs]
    return []


@functools.lru_cache(maxsize=1000)
def edges(e) -> tuple:
    """(argument, binders) for each kink or jump in an expression, also in the slope of an activation."""
    found = {}
    for node, bound in walk(e):
        inside = [(node, bound)]
        if isinstance(node, Activation) and type(node) is not sigma and type(node).slope is not None:
            inside = walk(node.doit() if type(node).closed is not None else node.fdiff(), bound)
        for part, binders in inside:
            found |= dict.fromkeys((u, binders) for u in arguments(part) if free(u))
    return tuple(found)


# ---------------------------------------------------------------- points put on an edge
def put_on(edge, env, place, choice, target=0):
    """The environment with one entry changed so that the argument of an edge is a target; None if that is not easy.

    `choice`: numbers from 0 to 1, which choose a value for each variable bound around the argument.
    """
    off = lambda step: add((argument(edge, stepped(env, place, step), choice), -target))
    now, next_ = off(0), off(1)
    if not is_exact(now) or not is_exact(next_) or now == next_:
        return None
    step = times((now, whole_power(add((now, -next_)), -1)))
    return stepped(env, place, step) if off(step) == 0 else None


def argument(edge, env, choice):
    """The value of the argument of an edge, for some values of the variables bound around it."""
    u, binders = edge
    for (variable, binder), share in zip(binders, choice, strict=True):
        values = _values_of(binder, env)
        env = env.set({variable: values[int(share * len(values))]})
    return evaluate(u, env)


def _values_of(binder, env):
    """Those that a bound variable takes: the entries of a matrix, or the places of a sum."""
    if isinstance(binder, (sp.Sum, sp.Product)):
        _, low, high = binder.limits[0]
        values = range(whole(evaluate(low, env)), whole(evaluate(high, env)) + 1)
    else:
        values = flat(evaluate(binder, env)) if is_matrix(binder) else ()
    if not values:
        raise Undefined("no value to choose")
    return values


# ---------------------------------------------------------------- kinks between the ends of an integral
def roots_within(e, x, ends, env) -> list:
    """Where an expression has kinks between the ends, as far as they are seen."""
    found = [t for u, binders in edges(e) if not binders and x in free(u) for t in _roots(u, x, ends, env)]
    return [t for t in found if min(ends) < t < max(ends)]


def _roots(u, x, ends, env) -> list:
    """Where an expression in x is zero: that of a line, or those between values of different sign."""
    off = lambda t: rounded(evaluate(u, env.set({x: t})))
    try:
        a, b, c = map(off, (0, 1, 2))
        near = mpmath.mpf(10) ** (-mpmath.mp.dps // 2)
        if abs(a - 2 * b + c) < near:
            return [a / (a - b)] if abs(a - b) > near else []
        low, high = (max(min(end, FAR), -FAR) for end in ends)
        places = [low + (high - low) * k / SAMPLES for k in range(SAMPLES + 1)]
        signs = [mpmath.sign(off(t)) for t in places]
    except Undefined:
        return []
    met = [t for t, sign in zip(places, signs, strict=True) if sign == 0]
    between = [
        pair for pair, (s, t) in zip(itertools.pairwise(places), itertools.pairwise(signs), strict=True) if s * t < 0
    ]
    return met + [mpmath.findroot(off, pair, solver="anderson", verify=False) for pair in between]
