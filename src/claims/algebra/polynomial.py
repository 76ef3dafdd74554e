"""Polynomials in arbitrary atoms: {monomial: coefficient}, a monomial a frozenset of (atom, integer exponent)."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from claims.entry.terms import indices, spell

Number = int | Fraction  # never a decimal
Powers = dict[sp.Expr, int]  # a product of powers of atoms
Monomial = frozenset[tuple[sp.Expr, int]]  # the same, as a key
Polynomial = dict[Monomial, Number]
UNIT: Monomial = frozenset()
ZERO: Polynomial = {}


def constant(c: Number) -> Polynomial:
    return {UNIT: c} if c else {}


def rational(c: sp.Rational) -> Fraction:
    return Fraction(int(c.p), int(c.q))


def reciprocal(c: Number) -> Fraction:
    """1/c, exactly: of a whole number, Python's own quotient is a decimal."""
    return 1 / Fraction(c)


def atom(a: sp.Expr, exponent: int = 1) -> Polynomial:
    return {frozenset([(a, exponent)]): 1}


def accumulate(total: Polynomial, p: Polynomial, factor: Number = 1) -> Polynomial:
    """Add factor * p to the total, in place."""
    for mono, c in p.items():
        value = total.get(mono, 0) + c * factor
        if value:
            total[mono] = value
        else:
            total.pop(mono, None)
    return total


def scaled(p: Polynomial, factor: Number) -> Polynomial:
    return {mono: c * factor for mono, c in p.items()} if factor else {}


def merged(a: Monomial, b: Monomial) -> Powers:
    """The product of two monomials, as a dict."""
    exponents = dict(a)
    for x, e in b:
        e += exponents.get(x, 0)
        if e:
            exponents[x] = e
        else:
            del exponents[x]
    return exponents


def divided(a: Monomial, b: Monomial) -> Monomial:
    return frozenset(merged(a, frozenset((x, -e) for x, e in b)).items())


def order(mono: Monomial) -> tuple[list[tuple[str, int]], list[int]]:
    """Monomials compare as words, and those alike by which indices stand in them: larger is leading."""
    words = sorted(((spell(x), e) for x, e in mono), reverse=True)
    return words, sorted(k.dummy_index for x, _ in mono for k in indices(x))


def leading(p: Polynomial) -> Monomial:
    return max(p, key=order)


def content(p: Polynomial) -> tuple[Fraction, Monomial]:
    """(coefficient, monomial) that divides p, signed so that the leading coefficient of the quotient is positive."""
    numerators = [abs(Fraction(c)) for c in p.values()]
    c = numerators[0]
    for d in numerators[1:]:
        c = Fraction(sp.igcd(c.numerator * d.denominator, d.numerator * c.denominator), c.denominator * d.denominator)
    lowest = {x: min(dict(mono).get(x, 0) for mono in p) for mono in p for x, _ in mono}
    mono = frozenset((x, e) for x, e in lowest.items() if e)
    return (c if p[leading(p)] > 0 else -c), mono


def primitive(p: Polynomial) -> tuple[Fraction, Monomial, Polynomial]:
    """(coefficient, monomial, quotient) with p their product."""
    c, mono = content(p)
    return c, mono, {divided(a, mono): Fraction(b) / c for a, b in p.items()}


def expression(p: Polynomial) -> sp.Expr:
    """The polynomial as a SymPy expression."""
    return sp.Add(*[_term(mono, c) for mono, c in p.items()])


def _term(mono: Monomial, c: Number) -> sp.Expr:
    c = Fraction(c)
    return sp.Mul(sp.Rational(c.numerator, c.denominator), *[x**e for x, e in mono])
