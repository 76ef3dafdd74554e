"""Normal forms of powers: positive factors leave a root, the terms of an exponent are factors."""

from __future__ import annotations

import functools
from collections.abc import Callable
from fractions import Fraction

import sympy as sp

from claims.entry.signs import is_positive, is_real
from claims.entry.terms import Magnitude

from .arithmetic import Arithmetic
from .polynomial import UNIT, Monomial, Number, Polynomial, Powers, constant, expression, primitive, rational, scaled


def power(nf: Arithmetic, base: Polynomial, exponent: sp.Expr) -> Polynomial:
    """base**exponent, the base a polynomial.

    The terms of an exponent are factors where the base is not zero, and where all of them are natural numbers; 0**(n - 1)
    is not 0**n / 0.
    """
    if exponent.is_Integer:
        return nf.power(base, int(exponent))
    if exponent.is_Rational:
        return _root(nf, base, exponent)
    if base == constant(1):
        return base
    if not base:
        return {} if exponent.is_positive else nf.settled({sp.Pow(0, exponent, evaluate=False): 1})
    above, below = nf.fraction(base)
    split = is_positive(expression(above)) and is_positive(expression(below))
    terms = nf.poly(exponent)
    if not (split or base.keys() == {UNIT} or all(_is_natural(expression({mono: c})) for mono, c in terms.items())):
        return nf.settled({sp.Pow(expression(base), expression(terms), evaluate=False): 1})
    parts = [(above, 1), (below, -1)] if split else [(base, 1)]
    powers = [
        whole_power(nf, functools.partial(sp.Pow, expression(q)), mono, sense * c)
        for q, sense in parts
        for mono, c in terms.items()
    ]
    return nf.mul([constant(1), *powers])


def _is_natural(e: sp.Expr) -> bool:
    return bool(e.is_integer and e.is_nonnegative)


def whole_power(nf: Arithmetic, f: Callable[[sp.Expr], sp.Expr], mono: Monomial, c: Number) -> Polynomial:
    """f(c t) = f(t / q)**p for c = p / q: one atom for all of f(t), f(-t), f(2 t)."""
    c = Fraction(c)
    value = f(expression({mono: 1}) / c.denominator)
    if value.is_Rational or value.is_Mul or value.is_Add or (value.is_Pow and value.exp.is_Integer):
        return nf.power(nf.poly(value), c.numerator)
    return nf.settled({value: c.numerator})


def _root(nf: Arithmetic, base: Polynomial, exponent: sp.Rational) -> Polynomial:
    """Positive factors leave a root, and squares leave a square root; what stays is an atom b**(1/q)."""
    if not base:
        return nf.power(base, int(sp.sign(exponent)))
    numerator, denominator = nf.fraction(base)
    outside = []
    if is_positive(expression(denominator)):
        outside = [_positive_power(nf, expression(d), -n * exponent) for d, n in nf.factors(denominator)]
        base = numerator
    c, mono, rest = primitive(base)
    inside = [scaled(rest, 1 if c > 0 else -1)]
    for x, n in mono:
        if is_positive(x):
            outside.append(_positive_power(nf, x, n * exponent))
        elif n % 2 == 0 and exponent.q == 2 and is_real(x):
            outside.append(nf.power(nf.poly(Magnitude(x)), int(n * exponent)))
        else:
            inside.append({frozenset([(x, n)]): 1})
    outside.append(_number(sp.Rational(abs(c).numerator, abs(c).denominator) ** exponent))
    kept = nf.mul(inside)
    if kept != constant(1):
        outside.append(nf.settled({sp.Pow(expression(kept), sp.Rational(1, exponent.q)): int(exponent.p)}))
    return nf.mul([constant(1), *outside])


def _positive_power(nf: Arithmetic, x: sp.Expr, exponent: sp.Rational) -> Polynomial:
    """x**exponent for x > 0: a whole power, and a root to a power below one."""
    whole = sp.floor(exponent)
    part = exponent - whole
    p = nf.power(nf.poly(x), int(whole))
    return nf.mul([p, nf.settled({sp.Pow(x, sp.Rational(1, part.q)): int(part.p)})]) if part else p


def _number(value: sp.Expr) -> Polynomial:
    """A rational times roots of whole numbers."""
    mono: Powers = {}
    c = constant(1)
    for f in sp.Mul.make_args(value):
        if f.is_Rational:
            c = constant(rational(f))
        else:
            mono[sp.Pow(f.base, sp.Rational(1, f.exp.q))] = int(f.exp.p)
    return {frozenset(mono.items()): c[UNIT]}
