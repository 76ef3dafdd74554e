"""Inequalities by what lies below: log u >= 1 - 1/u, the logarithm itself, the values of a maximum, and functions that are
convex or that rise.

Each way leaves other inequalities to show; `shown` is the certificate that they are put to.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Self

import sympy as sp

from claims.entry.needs import NONNEGATIVE, noting
from claims.entry.partials import derivative
from claims.entry.signs import is_nonnegative, is_positive, is_smooth, numbers_in, ranges_freely
from claims.entry.terms import AtZero, Entry, Index, Magnitude, Peak, Real, Sigma, Step, fresh, in_range, indices, reach

from .equality import Equality
from .known import NO_NUMBERS
from .normal_form import NormalForm
from .polynomial import Monomial, Number, Polynomial, accumulate, expression
from .zero import Bodies, is_zero, joined

Showing = Callable[[Equality], bool]  # that the left side is never negative
MOST = 3  # variables of one kind that are gone through


# ---------------------------------------------------------------- a sum is at least one of its terms
def outweighed(nf: NormalForm, bodies: Bodies) -> bool:
    """Is each term that is taken away one that a sum of terms, none of them negative, has: its diagonal, or one place?

    A sum pays for as much as its coefficient says, once.
    """
    terms = [(ranges, mono, c) for ranges, body in bodies.items() for mono, c in body.items()]
    given: list[list[Any]] = [[ranges, mono, c] for ranges, mono, c in terms if c > 0]
    taken = [(ranges, mono, -c) for ranges, mono, c in terms if c < 0]
    if not taken or not all(is_nonnegative(x**n) for _, mono, _ in given for x, n in mono):
        return False
    return all(any(_pays(nf, sum_, *each) for sum_ in given) for each in taken)


def _pays(nf: NormalForm, sum_: list[Any], ranges: tuple[Index, ...], mono: Monomial, c: Number) -> bool:
    """Has a sum this part, and as much of it as is wanted?  What it pays is taken from it."""
    bound, body, left = sum_
    if left < c or not set(bound) - set(ranges) or not any(_has_part(nf, bound, body, ranges, mono)):
        return False
    sum_[2] -= c
    return True


def _has_part(
    nf: NormalForm, bound: Iterable[Index], body: Monomial, ranges: tuple[Index, ...], mono: Monomial
) -> Iterator[bool]:
    """For each way to put indices of the part for those of the sum: does that give the part, each term of it once?"""
    wanted, e = {mono: 1}, expression({body: 1})
    places = {*ranges, *(k for x, _ in mono for k in indices(x))}
    for chosen in itertools.product(*[[t for t in places if in_range(t, k.size)] for k in bound]):
        if set(ranges) <= set(chosen):
            yield nf.poly(e.xreplace(dict(zip(bound, chosen, strict=True)))) == wanted


# ---------------------------------------------------------------- a maximum is one of its values
def by_each_value(equality: Equality, shown: Showing) -> bool:
    """Is it never negative with any value of a maximum in the place of that?"""
    e = equality.collapsed()
    for peak in sorted((x for x in e.atoms(Peak) if not reach(x)), key=str)[:MOST]:
        body, places = peak.open()
        if shown(equality.of(e.xreplace({peak: body}), fixed=places)):
            return True
    return False


# ---------------------------------------------------------------- by the logarithm
def by_exponential(equality: Equality, shown: Showing) -> bool:
    """r log A + R >= 0 where A^r exp(R) >= 1: without logarithms, and without a quotient."""
    p = equality.normal_form().poly(equality.left)
    logs = [(A, sp.Rational(c)) for mono, c in p.items() if (A := _logged(mono)) is not None]
    rest = expression({mono: c for mono, c in p.items() if _logged(mono) is None})
    if not logs or rest.has(sp.log, Sigma):
        return False
    whole = math.lcm(*[r.q for _, r in logs])
    powers = [(A, r * whole) for A, r in logs]
    above = sp.Mul(sp.exp(whole * rest), *[A**r for A, r in powers if r > 0])
    below = sp.Mul(*[A**-r for A, r in powers if r < 0])
    return shown(equality.of(above - below))


def _logged(mono: Monomial) -> sp.Expr | None:
    """A where a monomial is log A, without indices; else None."""
    if len(mono) != 1:
        return None
    ((x, n),) = mono
    return x.args[0] if n == 1 and isinstance(x, sp.log) and not indices(x) else None


class _Log(Real):
    """A logarithm that is left as it was written."""


def by_tangents(equality: Equality, shown: Showing) -> bool:
    """W log u >= W (1 - 1/(c u) - log c) for W >= 0 and any c > 0: put for each logarithm, the number c tried."""
    nf = equality.normal_form()
    kept = equality.left.replace(lambda x: isinstance(x, sp.log), lambda x: _Log(*x.args))
    if not kept.has(_Log):
        return False
    bodies = joined(nf, nf.poly(kept))
    found = [_by_weight(nf, body) for body in bodies.values()]
    apart = [each for each in found if each is not None]
    if len(apart) < len(found):
        return False
    constants = {u for ranges, (groups, _) in zip(bodies, apart, strict=True) if not ranges for u, _ in groups}
    for c in [sp.S.One, *[v for u in sorted(constants, key=str) for v in (u, 1 / u) if not indices(u)]]:
        total = sp.S.Zero
        for ranges, (groups, others) in zip(bodies, apart, strict=True):
            inside = [others, *[_bound(u, w, c if ranges or c == 1 else None) for u, w in groups]]
            total += Sigma.over(sp.Add(*inside), *ranges) if ranges else sp.Add(*inside)
        if shown(equality.of(total)):
            return True
    return False


def _bound(u: sp.Expr, weight: sp.Expr, c: sp.Expr | None) -> sp.Expr:
    """What lies below weight * log u; the logarithm itself where no number is chosen."""
    return weight * (sp.log(u) if c is None else 1 - 1 / (c * u) - sp.log(c))


def _by_weight(nf: NormalForm, body: Polynomial) -> tuple[list[tuple[sp.Expr, sp.Expr]], sp.Expr] | None:
    """([(u, w)], rest): the body as a sum of w log u, each w never negative, and of what has no logarithm; or None."""
    weights: dict[Monomial, list[tuple[sp.Expr, sp.Rational]]] = {}
    rest: Polynomial = {}
    for mono, c in body.items():
        logs = [(x, n) for x, n in mono if x.has(_Log)]
        if not logs:
            accumulate(rest, {mono: c})
            continue
        ((x, n), *more) = logs
        if more or n != 1 or not isinstance(x, _Log):
            return None
        weights.setdefault(mono - {(x, 1)}, []).append((x.args[0], sp.Rational(c)))
    groups = []
    for mono, found in weights.items():
        w = expression({mono: 1})
        if not (is_nonnegative(w) or nf.known.holds(NONNEGATIVE, w)):
            return None
        size = max(abs(c) for _, c in found)
        groups.append((sp.Mul(*[u ** (c / size) for u, c in found]), size * w))
    return groups, expression(rest)


# ---------------------------------------------------------------- by slopes
def by_slopes(equality: Equality, shown: Showing) -> bool:
    """Does the left side rise from 0 on by a positive variable, or is it convex, and not negative where its slope is zero?

    It must be smooth for all values, and is shown for all of them, whatever else the claim needs.
    """
    e = equality.collapsed() if equality.left.has(Step, AtZero, Magnitude) else equality.left
    equality = equality.of(e, needs=())
    if equality.given or equality.mirrored or e.has(Step, AtZero, Magnitude) or not is_smooth(e):
        return False
    numbers = sorted((x for x in numbers_in(e) if x.is_real), key=str)
    matrices = sorted({x.matrix for x in e.atoms(Entry)}, key=str)
    return any(_rises(equality, x, shown) or _is_convex(equality, x, numbers, shown) for x in numbers[:MOST]) or any(
        _is_convex_by_entries(equality, M, matrices, shown) for M in matrices[:MOST]
    )


def _slope(e: sp.Expr, v: sp.Expr) -> sp.Expr:
    with noting():
        return derivative(e, v)


def _rises(equality: Equality, x: sp.Symbol, shown: Showing) -> bool:
    t = sp.Dummy(x.name, nonnegative=True)
    e = equality.left
    if not x.is_positive or not is_smooth(e.xreplace({x: t})):
        return False
    return shown(equality.of(e.xreplace({x: sp.S.Zero}))) and shown(equality.of(_slope(e, x)))


def _is_convex(equality: Equality, x: sp.Symbol, others: list[sp.Symbol], shown: Showing) -> bool:
    if not ranges_freely(x):
        return False
    e, nf = equality.left, equality.normal_form()
    slope = _slope(e, x)
    lowest = next((b for b in _candidates(x, others) if _vanishes(nf, slope.xreplace({x: b}))), None)
    return lowest is not None and shown(equality.of(e.xreplace({x: lowest}))) and shown(equality.of(_slope(slope, x)))


def _candidates(x: sp.Symbol, others: list[sp.Symbol]) -> list[sp.Expr]:
    """Where a slope by x may be zero: numbers and other variables that have a value in the range of x."""
    values = [sp.S.Zero, sp.S.One, sp.S.NegativeOne, *[y for y in others if y != x]]
    return [v for v in values if not x.is_positive or is_positive(v)]


def _vanishes(nf: NormalForm, e: sp.Expr) -> bool:
    try:
        return not e.has(*NO_NUMBERS) and is_zero(nf, nf.poly(e))
    except ZeroDivisionError:
        return False


class Direction(sp.MatrixSymbol):
    """Where a matrix is moved to; no other symbol is equal to it, nor that of a step around this one."""

    @classmethod
    def of(cls, M: sp.MatrixSymbol, e: sp.Expr) -> Self:
        names = (f"{M.name} {k}" for k in itertools.count())
        taken = {V.name for V in e.atoms(cls)}
        return cls(next(name for name in names if name not in taken), *M.shape)


def _is_convex_by_entries(
    equality: Equality, M: sp.MatrixSymbol, matrices: list[sp.MatrixSymbol], shown: Showing
) -> bool:
    """The same by all entries of a matrix together: the quadratic form of the second slopes is never negative."""
    e = equality.left
    i, j, k, l = (fresh(M.shape[t % 2]) for t in range(4))
    slope = _slope(e, Entry(M, i, j))
    nf = equality.normal_form()
    alike = [N for N in matrices if N != M and N.shape == M.shape]
    for value in (None, *alike):
        if _vanishes(nf, _put(slope, M, value)) and shown(equality.of(_put(e, M, value))):
            V = Direction.of(M, e)
            curvature = _slope(slope, Entry(M, k, l)) * Entry(V, i, j) * Entry(V, k, l)
            return shown(equality.of(Sigma.over(curvature, *[t for t in (i, j, k, l) if t != 0])))
    return False


def _put(e: sp.Expr, M: sp.MatrixSymbol, value: sp.MatrixSymbol | None) -> sp.Expr:
    """The entries of another matrix, or zeros, in place of those of M."""
    return e.replace(
        lambda x: isinstance(x, Entry) and x.matrix == M,
        lambda x: sp.S.Zero if value is None else Entry(value, *x.args[1:]),
    )
