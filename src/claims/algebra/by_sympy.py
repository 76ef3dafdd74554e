"""Scalar functions and integrals by SymPy, where the normal form sees nothing."""

from __future__ import annotations

import math

import mpmath
import sympy as sp

from claims.language import Maximum, Partial, is_matrix

HIDING = (sp.Piecewise, sp.Heaviside, sp.sign, sp.KroneckerDelta)


def by_sympy(e: sp.Expr) -> str | None:
    """The method by which SymPy shows a scalar expression without matrices to be zero, or None.

    A slip of SymPy's shows in numbers, unless it hides in a case that they do not meet: pieces are allowed only in what is
    integrated.
    """
    if any(is_matrix(a) for a in sp.preorder_traversal(e)) or e.has(Partial, sp.Sum, Maximum, sp.Derivative):
        return None
    integrals = e.atoms(sp.Integral)
    if e.xreplace({x: sp.Dummy() for x in integrals}).has(*HIDING):
        return None
    if not all(map(is_plain, integrals)):
        return None
    if integrals:
        values = {x: _rewritten(x).doit() for x in integrals}
        if any(value.has(sp.I, *PIECES) for value in values.values()):  # SymPy takes roots of what is negative in them
            return None
        zero = sp.simplify(e.xreplace(values)) == 0 and all(is_confirmed(x, value) for x, value in values.items())
        return "integration by SymPy" if zero else None
    return "simplification by SymPy" if sp.simplify(e) == 0 else None


PIECES = (*HIDING, sp.Max, sp.Min, sp.Abs, sp.floor, sp.ceiling)
PERIODIC = (sp.sin, sp.cos, sp.tan, sp.cot, sp.sec, sp.csc)


def is_plain(integral: sp.Integral) -> bool:
    """Is it an integral that SymPy is trusted with?

    It loses kinks of periodic functions; and a piece whose case depends on more than what is integrated over may hide, as
    may one that an end moves across.
    """
    bound = {limit[0] for limit in integral.limits}
    moving = any(end.free_symbols for limit in integral.limits for end in limit[1:])
    pieces = [x for x in sp.preorder_traversal(integral.function) if isinstance(x, PIECES)]
    periodic = integral.function.has(*PERIODIC)
    return not (periodic and (pieces or integral.function.has(sp.atan, sp.asin, sp.acos))) and all(
        x.free_symbols <= bound and not moving for x in pieces
    )


def _rewritten(integral: sp.Integral) -> sp.Expr:
    return integral.replace(lambda x: isinstance(x, (sp.Max, sp.Min, sp.Abs)), lambda x: x.rewrite(sp.Piecewise))


# ---------------------------------------------------------------- integrals put to numbers
TRIED = [sp.Rational(*q) for q in ((7, 5), (-7, 5), (1, 3), (-1, 3), (4, 1), (-4, 1), (2, 1), (3, 1))]
ENOUGH, NEAR = 2, 1e-8


def is_confirmed(integral: sp.Integral, value: sp.Expr) -> bool:
    """Is the value that SymPy gives an integral that of a quadrature, for parameters of both signs, large and small?"""
    if value.has(sp.Integral):
        return False
    parameters, agreed = sorted(integral.free_symbols, key=str), 0
    tried = [*TRIED, *_beyond(integral)]
    for at in range(len(tried) if parameters else 1):
        point = {s: q for k, s in enumerate(parameters) if (q := _allowed(s, at + 3 * k, tried)) is not None}
        if len(point) < len(parameters):
            return False
        apart = _apart_at(integral.subs(point), value.subs(point))
        if apart is not None and apart > NEAR:
            return False
        agreed += apart is not None
    return agreed >= (ENOUGH if parameters else 1)


def _beyond(integral: sp.Integral) -> list[sp.Expr]:
    """A number of each sign beyond all places where a polynomial with the numbers that are written changes its sign.

    None over a whole line: nothing moves across its ends, and a quadrature misses a peak that lies so far away.
    """
    if all(end.is_infinite for limit in integral.limits for end in limit[1:]):
        return []
    numbers = integral.atoms(sp.Rational)
    far = 1 + sp.Mul(*[(1 + abs(q.p)) * q.q for q in numbers])
    return [far, -far]


def _allowed(symbol: sp.Symbol, at: int, tried: list[sp.Expr]) -> sp.Expr | None:
    """The number that comes next in turn, of those that the assumptions on a symbol allow."""
    facts = symbol._assumptions_orig.items()
    allowed = [q for q in tried if all(getattr(q, f"is_{kind}") == fact for kind, fact in facts)]
    return allowed[at % len(allowed)] if allowed else None


def _apart_at(integral: sp.Integral, value: sp.Expr) -> float | None:
    """How far a quadrature is from a value, relatively; None where one of the two is not found."""
    try:
        with mpmath.workdps(20):
            by_quadrature, given = _quadrature(integral), complex(sp.N(value, 20))
    except (TypeError, ValueError, ArithmeticError, NameError):
        return None
    gap = abs(by_quadrature - given)
    return None if math.isnan(gap) else gap / (1 + abs(given))


def _quadrature(integral: sp.Integral) -> complex:
    """By mpmath, across 0 in two parts, since a quadrature takes no kinks."""
    variables = [limit[0] for limit in integral.limits]
    integrand = sp.lambdify(variables, integral.function, "mpmath")
    ranges = [[low, 0, high] if low < 0 and high > 0 else [low, high] for _, low, high in integral.limits]
    ends = [
        [mpmath.mpf(end) if end.is_finite else mpmath.inf * sp.sign(end) for end in map(sp.sympify, r)] for r in ranges
    ]
    return complex(mpmath.quad(integrand, *ends))
