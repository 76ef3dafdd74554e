"""Points moved to where hypotheses hold, by Newton's method."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

import mpmath
import sympy as sp

from claims.language import is_matrix

from .arithmetic import Number, Rows, Undefined, Value, add, dot, is_exact, rounded, times, whole_power
from .environment import Environment
from .matrices import flat
from .slopes import Place, stepped
from .values import evaluate

STEPS = 40
SLOW = 8  # steps in which what is missing must at least halve


class Unmet(Undefined):
    """No values near this point fulfil the hypotheses."""


def sides(equations: Iterable[sp.Eq], env: Environment) -> list[tuple[Number, Number]]:
    """(left, right) of each entry of each equation."""
    return [pair for equation in equations for pair in _pairs(*(evaluate(side, env) for side in equation.args))]


def _pairs(left: Value, right: Value) -> Iterable[tuple[Number, Number]]:
    """The entries of both sides; a number is that of each entry."""
    left, right = flat(left), flat(right)
    longest = max(len(left), len(right))
    return zip(*(side * (longest if len(side) == 1 else 1) for side in (left, right)), strict=True)


def residuals(equations: Iterable[sp.Eq], env: Environment) -> list[Number]:
    """By how much the sides differ, entry by entry."""
    return [add((a, times((-1, b)))) for a, b in sides(equations, env)]


def largest(numbers: Iterable[Number]) -> mpmath.mpf:
    return max((abs(rounded(x)) for x in numbers), default=mpmath.mpf(0))


def hold(equations: Sequence[sp.Eq], env: Environment) -> bool:
    """Do the sides differ by no more than rounding: that of the sides, or of the numbers at the point?"""
    missing = residuals(equations, env)
    if not any(missing):
        return True
    if any(is_exact(x) and x != 0 for x in missing):
        return False
    close = mpmath.mpf(10) ** (5 - mpmath.mp.dps)
    return all(abs(x) <= close * size for x, size in zip(missing, _sizes(equations, env, missing), strict=True))


def _sizes(equations: Sequence[sp.Eq], env: Environment, missing: list[Number]) -> list[Number]:
    """For each entry, how large the sides are, and by how much their difference moves with the numbers at the point."""
    shift = mpmath.mpf(10) ** (-mpmath.mp.dps // 2)
    moved = residuals(equations, _jolted(env, shift))
    return [
        max(abs(rounded(a)), abs(rounded(b))) + abs(rounded(there) - rounded(here)) / shift
        for (a, b), here, there in zip(sides(equations, env), missing, moved, strict=True)
    ]


def _jolted(env: Environment, shift: mpmath.mpf) -> Environment:
    """The environment with each number off by a part of its own, relative to its size."""
    part = random.Random(0)
    jolt: Callable[[Number], Number] = lambda x: rounded(x) * (1 + shift * mpmath.mpf(part.uniform(1, 2)))
    rows: Callable[[Rows], Rows] = lambda M: [list(map(jolt, row)) for row in M]
    return env.set(
        {s: rows(v) if is_matrix(s) else jolt(v) for s, v in env.items() if is_matrix(s) or not s.is_integer}
    )


def fulfil(env: Environment, equations: Sequence[sp.Eq], movable: Iterable[sp.Basic], sparse: bool) -> Environment:
    """The point moved to where the equations hold; `movable` are the symbols that may change.

    `sparse`: the first step changes few entries, which for linear equations is enough; others change all by little.

    Raises:  Unmet if none is found near it
    """
    places, history = _places(env, movable), []
    for step in range(STEPS if places else 0):
        missing = residuals(equations, env)
        history.append(largest(missing))
        if history[-1] < mpmath.mpf(10) ** (5 - mpmath.mp.dps) and (found := _simplified(env, equations, places)):
            return found
        if len(history) > SLOW and history[-1] > history[-1 - SLOW] / 2:
            break
        env = _newton_step(env, equations, places, missing, sparse and step == 0)
    raise Unmet("no point found where the hypotheses hold")


def _places(env: Environment, movable: Iterable[sp.Basic]) -> list[Place]:
    places = [(M, i, j) for M in movable if is_matrix(M) for i in range(len(env[M])) for j in range(len(env[M][0]))]
    return places + [(s, 0, 0) for s in movable if not is_matrix(s)]


def _newton_step(
    env: Environment, equations: Sequence[sp.Eq], places: list[Place], missing: list[Number], sparse: bool
) -> Environment:
    power = mpmath.mp.prec // 2
    slopes = []
    for place in places:
        there = residuals(equations, stepped(env, place, Fraction(1, 2**power)))
        rises = [times((2**power, add((b, times((-1, a)))))) for a, b in zip(missing, there, strict=True)]
        slopes.append([0 if abs(rounded(r)) < mpmath.mpf(100) / 2**power else r for r in rises])
    rows = [list(row) for row in zip(*slopes, strict=True)]
    steps = (_few if sparse else _shortest)(rows, [times((-1, x)) for x in missing])
    return _moved(env, [(place, step) for place, step in zip(places, steps, strict=True) if step != 0])


def _moved(env: Environment, steps: Iterable[tuple[Place, Number]]) -> Environment:
    """The environment after several steps; entries that got long are rounded."""
    values: dict[sp.Basic, Any] = {}
    for (M, i, j), step in steps:
        if is_matrix(M):
            rows = values.setdefault(M, [list(row) for row in env[M]])
            rows[i][j] = _not_long(add((rows[i][j], step)))
        else:
            values[M] = _not_long(add((env[M], step)))
    return env.set(values)


def _not_long(x: Number) -> Number:
    return rounded(x) if type(x) is Fraction and x.denominator.bit_length() > 64 else x


def _simplified(env: Environment, equations: Sequence[sp.Eq], places: list[Place]) -> Environment | None:
    """The point with small fractions where it all but has them: a label at 1e-60 is 0, and has no logarithm.

    None if the hypotheses do not hold there.
    """
    near = [(place, _small_fraction(x)) for place in places if not is_exact(x := _entry(env, place))]
    snapped = env.set({})
    for (M, i, j), x in near:
        if is_matrix(M):
            snapped = snapped.set(
                {M: [[x if (r, c) == (i, j) else y for c, y in enumerate(row)] for r, row in enumerate(snapped[M])]}
            )
        else:
            snapped = snapped.set({M: x})
    return next((point for point in (snapped, env) if hold(equations, point)), None)


def _entry(env: Environment, place: Place) -> Number:
    M, i, j = place
    return env[M][i][j] if is_matrix(M) else env[M]


def _small_fraction(x: mpmath.mpf) -> Number:
    q = Fraction(int(mpmath.nint(x * 5040)), 5040)
    if abs(x - rounded(q)) > mpmath.mpf(10) ** (15 - mpmath.mp.dps):
        return x
    return q.numerator if q.denominator == 1 else q


# ---------------------------------------------------------------- linear equations
def _shortest(A: Rows, b: list[Number]) -> list[Number]:
    """The shortest solution of A x = b: the transpose of A times a solution of A A^T y = b."""
    y = _few([[dot(u, v) for v in A] for u in A], b)
    return [dot(column, y) for column in zip(*A, strict=True)]


def _few(A: Rows, b: list[Number]) -> list[Number]:
    """Some solution of A x = b by elimination: what need not move stays."""
    rows = [[*row, c] for row, c in zip(A, b, strict=True)]
    n = len(A[0]) if A else 0
    pivots: list[int] = []
    for c in reversed(range(n)):
        k = max(range(len(pivots), len(rows)), key=lambda k: abs(rounded(rows[k][c])), default=None)
        if k is None or abs(rounded(rows[k][c])) < mpmath.mpf("1e-12"):
            continue
        r = len(pivots)
        rows[r], rows[k] = rows[k], rows[r]
        rows[r] = [times((x, whole_power(rows[r][c], -1))) for x in rows[r]]
        rows = [row if t == r or row[c] == 0 else _less(row, rows[r], c) for t, row in enumerate(rows)]
        pivots.append(c)
    x: list[Number] = [0] * n
    for row, c in zip(rows, pivots, strict=False):
        x[c] = row[-1]
    return x


def _less(row: list[Number], by: list[Number], c: int) -> list[Number]:
    return [add((x, times((-1, row[c], y)))) for x, y in zip(row, by, strict=True)]
