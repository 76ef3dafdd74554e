"""Polynomials in atoms: what they are made of, and what is taken out of them."""

from fractions import Fraction

import sympy as sp

from claims.algebra.polynomial import (
    UNIT,
    accumulate,
    atom,
    constant,
    content,
    expression,
    leading,
    primitive,
    reciprocal,
    scaled,
)

x, y, z = sp.symbols("x y z")


def monomial(**exponents):
    return frozenset((sp.Symbol(name), e) for name, e in exponents.items())


def test_a_polynomial_holds_no_coefficient_of_zero():
    assert constant(0) == scaled(atom(x), 0) == accumulate({}, atom(x), 0) == accumulate(atom(x), atom(x), -1) == {}


def test_a_reciprocal_is_a_fraction():
    assert reciprocal(3) == Fraction(1, 3) and reciprocal(Fraction(-2, 3)) == Fraction(-3, 2)
    assert isinstance(reciprocal(1), Fraction)


def test_the_monomial_with_the_last_atom_leads_and_of_two_the_one_with_more_of_it():
    assert leading({monomial(x=1, z=1): 1, monomial(y=1): 1, UNIT: 1}) == monomial(x=1, z=1)
    assert leading({monomial(x=1, z=1): 1, monomial(x=5): 1, monomial(y=1, z=1): 1}) == monomial(y=1, z=1)
    assert leading({monomial(z=2): 1, monomial(y=9, z=1): 1}) == monomial(z=2)


def test_the_content_is_the_largest_number_and_the_powers_that_divide_all_terms():
    assert content({UNIT: 6, monomial(x=1): 4, monomial(y=1): 6}) == (2, UNIT)
    assert content({UNIT: Fraction(1, 2), monomial(x=1): Fraction(3, 4)}) == (Fraction(1, 4), UNIT)
    assert content({monomial(x=2, y=1): 1, monomial(x=3): 1}) == (1, monomial(x=2))
    assert content({monomial(x=-1): 1, monomial(y=1): 1}) == (1, monomial(x=-1))


def test_the_content_has_the_sign_of_the_leading_coefficient():
    assert content({UNIT: 2, monomial(x=1): -4}) == (-2, UNIT)


def test_a_polynomial_is_its_content_times_what_is_left():
    p = {monomial(x=2): Fraction(-4, 3), monomial(x=1, y=-1): 6}
    c, mono, rest = primitive(p)
    assert (c, mono, rest) == (Fraction(2, 3), monomial(x=1, y=-1), {monomial(x=1, y=1): -2, UNIT: 9})
    assert sp.expand(expression({mono: c}) * expression(rest) - expression(p)) == 0
    assert all(each.denominator == 1 for each in rest.values())
