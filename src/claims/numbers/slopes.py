"""Derivatives by differences: a slope is where the quotients of a small step forth and of one back agree."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import mpmath
import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixElement

from claims.language import Grad, Hess, Jac, is_matrix

from .arithmetic import Number, Undefined, Value, add, exponent, lost, rounded, seen, times, whole
from .environment import Environment
from .matrices import build, factors_of, shape
from .values import evaluate, value

Place = tuple[sp.Basic, int, int]  # a symbol, or an entry of one; row, column
SPARE = 15  # digits, for what cancels in a difference
SHARP = 6  # decimals of a slope at least to which those of both sides agree
MOST_DIGITS = 1500  # before the spare ones
MOST_SLOPES = 20  # one of the other


@value.register(Grad)
@value.register(Hess)
@value.register(Jac)
def _(e: Grad | Hess | Jac, env: Environment) -> Value:
    if is_matrix(e):
        return build(e, env, lambda i, j: entry(e, i, j, env))
    return entry(e, 0, 0, env)


@value.register(sp.Derivative)
def _(e: sp.Derivative, env: Environment) -> Any:
    orders = [count for _, count in e.variable_count]
    if not all(order.is_Integer for order in orders) or sum(orders) > MOST_SLOPES:
        raise NotImplementedError(f"no value for a slope that is taken more than {MOST_SLOPES} times: {e}")
    return slope(e.expr, [(x, 0, 0) for x, count in e.variable_count for _ in range(count)], env)


def entry(e: sp.Basic, i: int, j: int, env: Environment) -> Any:
    """One entry of a matrix expression; of a derivative, and in sums and products of entries, only that one is taken."""
    if isinstance(e, Grad):
        return slope(e.scalar, [(e.wrt, i, j)], env)
    if isinstance(e, Hess):
        return slope(e.scalar, [_place(e.wrt, k) for k in (i, j)], env)
    if isinstance(e, Jac):
        return slope(e.column, [_place(e.wrt, j)], env, i)
    if isinstance(e, sp.MatAdd):
        return add([entry(A, i, j, env) for A in e.args])
    if isinstance(e, sp.HadamardProduct):
        return times([entry(A, i, j, env) for A in e.args])
    if isinstance(e, sp.Transpose):
        return entry(e.arg, j, i, env)
    if isinstance(e, sp.MatMul) and len((parts := factors_of(e))[1]) == 1:
        return times([evaluate(parts[0], env), entry(parts[1][0], i, j, env)])
    M = evaluate(e, env)
    return M[i][j] if isinstance(M, list) else M


def _place(wrt: sp.Basic, k: int) -> Place:
    return (wrt, 0, k) if is_matrix(wrt) and wrt.rows == 1 else (wrt, k, 0)


def _component(vector: sp.Basic, k: int, env: Environment) -> Any:
    if not is_matrix(vector):
        return evaluate(vector, env)
    return entry(vector, *((0, k) if shape(vector, env)[1] != 1 else (k, 0)), env)


def slope(e: sp.Basic, places: Sequence[Place], env: Environment, k: int = 0) -> Any:
    """The derivative of an expression, or of the entry k of a vector, along one place (symbol, row, column) after another.

    Raises:  Undefined where the quotients to both sides differ, or one has no value
    """
    if not places:
        return _component(e, k, env)
    place, *others = places
    here, digits = _settled(place, env), mpmath.mp.dps
    while digits <= MOST_DIGITS:
        with mpmath.workdps(digits + 6 * digits // 10 + SPARE):
            power = 2 * digits  # a step of 2^-power, of 0.6 times the digits
            steps = (stepped(env, here, Fraction(-1, 2**power)), env, stepped(env, here, Fraction(1, 2**power)))
            left, middle, right = (rounded(slope(e, others, there, k)) for there in steps)
            found, coarse = _agreed(left, middle, right, power)
        if coarse <= 0:
            return found
        digits += 4 * coarse
    raise Undefined("too large a value to see a kink beside it")


def _agreed(left: mpmath.mpf, middle: mpmath.mpf, right: mpmath.mpf, power: int) -> tuple[mpmath.mpf, int]:
    """(slope, decimals missing to tell a kink) between two points at a distance 2^-power from a third.

    Raises:  Undefined if there is no slope
    """
    inverse_step = mpmath.mpf(2) ** power
    back, forth = (middle - left) * inverse_step, (right - middle) * inverse_step
    few = 1 / mpmath.sqrt(inverse_step)
    if max(abs(right - middle), abs(middle - left)) > few * (1 + abs(middle)):
        raise Undefined("a jump has no slope")
    close = few * (1 + abs(middle) + abs(forth) + abs(back))
    if abs(forth - back) > close:
        raise Undefined("no slope at a kink")
    lost(seen([middle]) - exponent(back + forth))
    return (back + forth) / 2, int(mpmath.ceil(mpmath.log10(close) + SHARP))


def _settled(place: Place, env: Environment) -> Place:
    """The place as (symbol, row, column), where it was given as an entry of a matrix."""
    wrt, i, j = place
    if wrt.is_integer:
        raise Undefined(f"no slope by {wrt}, which is a whole number")
    if not isinstance(wrt, MatrixElement):
        return place
    if not isinstance(wrt.parent, sp.MatrixSymbol):
        raise NotImplementedError(f"no slope by an entry of {wrt.parent}, which is no symbol")
    i, j = (whole(evaluate(index, env)) for index in wrt.indices)
    rows, cols = shape(wrt.parent, env)
    if not (0 <= i < rows and 0 <= j < cols):
        raise Undefined("an entry outside a matrix")
    return wrt.parent, i, j


def stepped(env: Environment, place: Place, step: Number) -> Environment:
    """The environment after a step in one entry; the same each time, so that what is computed there is kept."""
    key = (*place, step)
    if key not in env.steps:
        wrt, i, j = place
        now = evaluate(wrt, env)
        if isinstance(now, list):
            moved: Value = [
                [add((x, step)) if (r, c) == (i, j) else x for c, x in enumerate(row)] for r, row in enumerate(now)
            ]
        else:
            moved = add((now, step))
        env.steps[key] = env.set({wrt: moved})
    return env.steps[key]
