"""Expectations: the mean over all outcomes of random numbers that have the law they are told to have.

Of what a law leaves open one case is taken.  A normal number is put to the nodes of a Gaussian rule, which has the mean of a
polynomial to the last digit where its degree is small enough; of all else it is not known.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import mpmath
import sympy as sp
from sympy.matrices.expressions.diagonal import DiagonalMatrix, DiagonalOf
from sympy.matrices.expressions.dotproduct import DotProduct
from sympy.matrices.expressions.matexpr import MatrixElement

from claims.language import NAMES, Partial, Random, Total, is_matrix
from claims.language.expectation import ANY, BERNOULLI, NORMAL, Expectation

from .arithmetic import Number, Undefined, Value, add, real, real_power, short, side, times
from .draws import fractions
from .environment import Environment, TooDear
from .matrices import shape
from .slopes import Place
from .values import evaluate, value

Law = list[list[tuple[Number, Number]]]  # mean and variance of each entry, in rows
Outcome = tuple[Number, Number]  # a number, and its probability
OUTCOMES = 300  # at the most: sizes at which there are more tell little that smaller ones do not
SKEWS = fractions(2, "1/2", "3/2", "1/3", 3)  # how far above the mean a value is, in standard deviations
SPREADS = fractions(2, "3/2", 3, "5/4")  # how far from the mean values are that are not at it
HALF = fractions("1/2")[0]
LINEAR = (
    sp.Add,
    sp.MatAdd,
    Total,
    sp.Trace,
    sp.Transpose,
    sp.DiagMatrix,
    DiagonalMatrix,
    DiagonalOf,
    MatrixElement,
    sp.Sum,
    Partial,
)
PRODUCTS = (sp.Mul, sp.MatMul, sp.HadamardProduct, DotProduct)
POWERS = (sp.Pow, sp.MatPow, sp.HadamardPower)


@value.register(Expectation)
def _(e: Expectation, env: Environment) -> Any:
    """That of a sum term by term, each over the outcomes of its own random numbers."""
    if isinstance(e.arg, (sp.Add, sp.MatAdd)):
        return evaluate(e.arg.func(*map(Expectation, e.arg.args)), env)
    laws = {x: _law(x, env) for x in e.bound_symbols}
    return _mean(e, laws, env, degree(e.arg) // 2 + 1 if any(x.law == NORMAL for x in laws) else 0)


@functools.lru_cache(10_000)
def degree(e: sp.Basic) -> int:
    """That of a polynomial in normal numbers, at the most, seen by its form.

    Raises:  NotImplementedError for what is none
    """
    if isinstance(e, Expectation) or not any(x.law == NORMAL for x in e.atoms(Random)):
        return 0
    if isinstance(e, Random):
        return 1
    if isinstance(e, NAMES):
        return degree(e.expr)
    parts = [degree(a) for a in e.args if isinstance(a, sp.Basic)]
    if isinstance(e, LINEAR):
        return max(parts)
    if isinstance(e, PRODUCTS):
        return sum(parts)
    if isinstance(e, POWERS) and e.args[1].is_Integer and e.args[1] >= 0:
        return parts[0] * int(e.args[1])
    raise NotImplementedError(f"no value for the expectation of what is no polynomial in normal numbers: {e}")


def _law(x: Random, env: Environment) -> Law:
    """(mean, variance) of each entry, in rows.

    Raises:  Undefined where there is no such law
    """
    rows, cols = shape(x, env)
    mean, variance = (
        evaluate(e, env) if is_matrix(e) else [[evaluate(e, env)] * cols] * rows for e in (x.mean, x.variance)
    )
    found = [[(real(mean[i][j]), real(variance[i][j])) for j in range(cols)] for i in range(rows)]
    for m, v in itertools.chain(*found):
        outside = x.law == BERNOULLI and (side(m) < 0 or side(add([1, times([-1, m])])) < 0)
        if outside or side(v) < 0:
            raise Undefined("a probability that is none, or a variance below 0")
    return found


def _mean(e: Expectation, laws: dict[Random, Law], env: Environment, nodes: int) -> Value:
    """The mean over all outcomes."""
    entries = [(x, i, j) for x, rows in laws.items() for i, row in enumerate(rows) for j, _ in enumerate(row)]
    values = [_values(x.law, *laws[x][i][j], k, nodes) for k, (x, i, j) in enumerate(entries)]
    if math.prod(map(len, values)) > OUTCOMES:
        raise TooDear("an expectation over too many outcomes")
    parts = [_part(e, laws, env, entries, chosen) for chosen in itertools.product(*values)]
    if not is_matrix(e):
        return add(parts)
    return [[add(terms) for terms in zip(*rows, strict=True)] for rows in zip(*parts, strict=True)]


def _part(
    e: Expectation, laws: dict[Random, Law], env: Environment, entries: list[Place], chosen: Sequence[Outcome]
) -> Any:
    """What the expression is for one outcome, times its probability."""
    outcome: dict[Random, list[list[Any]]] = {x: [[None] * len(row) for row in rows] for x, rows in laws.items()}
    for (x, i, j), (number, _) in zip(entries, chosen, strict=True):
        outcome[x][i][j] = number
    found, weight = evaluate(e.arg, env.set(outcome)), times([p for _, p in chosen])
    return [[times([weight, y]) for y in row] for row in found] if is_matrix(e) else times([weight, found])


def _values(law: str, mean: Number, variance: Number, k: int, nodes: int) -> list[Outcome]:
    """(number, probability) for what entry k may be."""
    if law == BERNOULLI:
        return [(1, mean), (0, add([1, times([-1, mean])]))]
    if law == NORMAL:
        standard = _gauss(nodes, mpmath.mp.prec)
    else:
        standard = _skewed(k) if law == ANY else _even(k)
    deviation = real_power(variance, HALF)
    return [(add([mean, times([deviation, x])]), p) for x, p in standard]


def _skewed(k: int) -> list[Outcome]:
    """Two values with mean 0 and variance 1."""
    above = Fraction(SKEWS[k % len(SKEWS)])
    p = 1 / (1 + above**2)
    return [(short(above), short(p)), (short(-1 / above), short(1 - p))]


def _even(k: int) -> list[Outcome]:
    """Three values with mean 0 and variance 1, the same on both sides of 0."""
    far = Fraction(SPREADS[k % len(SPREADS)])
    p = 1 / (2 * far**2)
    return [(short(far), short(p)), (short(-far), short(p)), (0, short(1 - 2 * p))]


@functools.lru_cache(64)
def _gauss(nodes: int, bits: int) -> list[Outcome]:
    """Nodes and weights of Gauss and Hermite for the standard normal distribution, the same on both sides of 0."""
    before, last = _hermite(nodes - 1), _hermite(nodes)
    squares = mpmath.polyroots(last[::2], maxsteps=200, extraprec=2 * bits)
    places = [x for y in squares for x in (mpmath.sqrt(y), -mpmath.sqrt(y))] + [mpmath.mpf(0)] * (nodes % 2)
    return [(x, mpmath.factorial(nodes) / (nodes * mpmath.polyval(before, x)) ** 2) for x in places]


def _hermite(order: int) -> list[int]:
    """The coefficients of the polynomial, that of the highest power first; every other one is 0."""
    before, now = [0], [1]
    for k in range(order):
        before, now = now, [a - k * b for a, b in zip([*now, 0], [0, 0, *before][-len(now) - 1 :], strict=True)]
    return now
