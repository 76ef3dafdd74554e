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
    """Where an expression has kinks between the ends, if they are easily seen."""
    found = [_root(u, x, env) for u, binders in edges(e) if not binders and x in free(u)]
    return [t for t in found if t is not None and min(ends) < t < max(ends)]


def _root(u, x, env):
    """Where a line is zero; None if it is no line, or level."""
    try:
        a, b, c = (rounded(evaluate(u, env.set({x: t}))) for t in (0, 1, 2))
    except Undefined:
        return None
    near = mpmath.mpf(10) ** (-mpmath.mp.dps // 2)
    return a / (a - b) if abs(a - 2 * b + c) < near < abs(a - b) else None
