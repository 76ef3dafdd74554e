"""Functions known by their slope alone: some that have that slope, found piece by piece and checked by differences."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable

import mpmath
import sympy as sp

from claims.budget import guarded

from .arithmetic import Undefined
from .edges import edges
from .environment import Environment
from .standins import Solution
from .values import evaluate

STARTS = (sp.Rational(3, 7), sp.S.Zero, sp.S(-2))  # values at 0
KINKED = (sp.Piecewise, sp.Heaviside, sp.Abs, sp.sign, sp.Max, sp.Min)
CONSTANT = sp.Symbol("C1")  # as SymPy calls it
DIGITS = 50
SECONDS = 12  # of computing, for one equation: several times what a slow machine needs for one that is known


@functools.lru_cache(maxsize=200)
def solutions(g: sp.FunctionClass) -> tuple[Solution, ...]:
    """Functions with the slope of an activation, which differ by their value at 0.

    Raises:  NotImplementedError if none is found that has the slope to both sides of each kink
    """
    z, v = sp.Dummy("z", real=True), sp.Dummy("v", real=True)
    wanted = g(z).fdiff().xreplace({g(z): v})
    found = [_checked(_glued(wanted, z, v, start), wanted, z, v) for start in STARTS]
    if not any(found) and not wanted.has(*KINKED) and (general := _general(wanted, z, v)) is not None:
        found = [_checked(general.subs(CONSTANT, constant), wanted, z, v) for constant in STARTS]
    if not any(found) and not wanted.has(v):
        t = sp.Dummy("t", real=True)
        found = [Solution(start + sp.Integral(wanted.xreplace({z: t}), (t, 0, z)), z) for start in STARTS]
    if not any(found):
        raise NotImplementedError(f"no function found whose slope is that of {g.__name__}")
    return tuple(filter(None, found))


def _glued(wanted: sp.Expr, z: sp.Symbol, v: sp.Symbol, start: sp.Expr) -> sp.Expr | None:
    """A function with a value at 0 whose pieces have the slope wanted and meet; None if a piece is not found."""
    cuts = _cuts(wanted, z)
    if cuts is None:
        return None
    right = [0, *(c for c in cuts if c > 0), sp.oo]
    left = [0, *reversed([c for c in cuts if c < 0]), -sp.oo]
    ahead, behind = (_pieces(wanted, z, v, start, ends) for ends in (right, left))
    if ahead is None or behind is None:
        return None
    pieces = [(piece, z < end) for piece, end in zip(reversed(behind), [*reversed(left[1:-1]), 0], strict=True)]
    pieces += [(piece, z < end) for piece, end in zip(ahead, right[1:-1] + [sp.oo], strict=True)]
    return sp.Piecewise(*pieces[:-1], (pieces[-1][0], True)) if len({p for p, _ in pieces}) > 1 else pieces[0][0]


def _cuts(e: sp.Expr, z: sp.Dummy) -> list[sp.Expr] | None:
    """Where the kinks of an expression in z are, in order; None if that is not found."""
    cuts = set()
    for u, binders in edges(e):
        roots = (
            guarded(functools.partial(sp.solve, u, z), None, SECONDS) if not binders and u.free_symbols == {z} else None
        )
        if roots is None or not all(c.is_number for c in roots):
            return None
        cuts |= {c for c in roots if c.is_real}
    return sorted(cuts)


def _pieces(
    wanted: sp.Expr, z: sp.Dummy, v: sp.Dummy, start: sp.Expr, ends: list[sp.Expr | int]
) -> list[sp.Expr] | None:
    """The pieces from end to end, each beginning at the value where the last one stopped."""
    pieces = []
    for a, b in itertools.pairwise(ends):
        middle = (a + b) / 2 if sp.sympify(b).is_finite else a + sp.sign(b)
        piece = _piece(_settled(wanted, z, middle), z, v, a, start)
        if piece is None:
            return None
        pieces.append(piece)
        start = piece.subs(z, b) if sp.sympify(b).is_finite else None
    return pieces


def _settled(e: sp.Expr, z: sp.Dummy, at: sp.Expr) -> sp.Expr:
    """The expression without kinks that it is around z = at."""
    if not e.has(*KINKED):
        return e
    here: Callable[[sp.Basic], sp.Basic] = lambda a: a.subs(z, at)
    if isinstance(e, sp.Piecewise):
        return _settled(next(piece for piece, when in e.args if here(when) == True), z, at)
    if isinstance(e, (sp.Max, sp.Min)):
        return _settled((max if isinstance(e, sp.Max) else min)(e.args, key=here), z, at)
    args = [_settled(a, z, at) for a in e.args]
    if not isinstance(e, (sp.Abs, sp.sign, sp.Heaviside)):
        return e.func(*args)
    positive = int(bool(here(args[0]) > 0))
    sign = sp.S(2 * positive - 1)
    return {sp.Abs: sign * args[0], sp.sign: sign, sp.Heaviside: sp.S(positive)}[type(e)]


def _piece(wanted: sp.Expr, z: sp.Dummy, v: sp.Dummy, at: sp.Expr | int, start: sp.Expr) -> sp.Expr | None:
    """A function with the slope wanted and a value at one place; None if SymPy finds none."""
    general = _general(wanted, z, v)
    if general is None:
        return None
    here = general.subs(z, at) - start
    constants = guarded(lambda: sp.solve(here, CONSTANT), [], SECONDS) if wanted.has(v) else [CONSTANT - here]
    real = [c for c in constants if c.is_real is not False and not c.has(CONSTANT, sp.I)]
    return general.subs(CONSTANT, real[0]) if real else None


@functools.lru_cache(maxsize=200)
def _general(wanted: sp.Expr, z: sp.Symbol, v: sp.Symbol) -> sp.Expr | None:
    """All functions with the slope wanted, by a constant; None if SymPy finds none."""
    if not wanted.has(v):
        grown = guarded(lambda: sp.integrate(wanted, z), None, SECONDS)
        return None if grown is None or grown.has(sp.Integral) else grown + CONSTANT
    y = sp.Function("y")(z)
    found = guarded(lambda: sp.dsolve(sp.Eq(y.diff(z), wanted.subs(v, y)), y), None, SECONDS)
    return found.rhs if isinstance(found, sp.Eq) and found.lhs == y else None


def _checked(e: sp.Expr | None, wanted: sp.Expr, z: sp.Symbol, v: sp.Symbol) -> Solution | None:
    """The function, if differences find the slope wanted in many places, to both sides of 0; or else only where they do."""
    if e is None or e.has(sp.nan, sp.zoo, sp.oo):
        return None
    gap = sp.Derivative(e, z) - wanted.xreplace({v: e})
    places = [mpmath.mpf(4 * k + 1) / 8 for k in range(-30, 31)]
    with mpmath.workdps(DIGITS):
        agreed = {at: near for at in places if (near := _is_near(gap, z, at)) is not None}
    if sum(agreed.values()) < 6:
        return None
    if all(agreed.values()) and min(sum(at > 0 for at in agreed), sum(at < 0 for at in agreed)) >= 3:
        return Solution(e, z)
    return None if wanted.has(*KINKED) else Solution(e, z, gap)


def _is_near(gap: sp.Expr, z: sp.Symbol, at: mpmath.mpf) -> bool | None:
    """Is the gap closed there?  None where there is no value."""
    others = {s: mpmath.mpf(3) / 4 for s in gap.free_symbols - {z}}
    try:
        return bool(abs(evaluate(gap, Environment({z: at, **others}))) < mpmath.mpf("1e-20"))
    except Undefined:
        return None
