"""What is positive, never negative, or smooth, shown by the form alone: each answer of yes must hold for all values."""

import pytest
import sympy as sp
from sympy import I, Rational, cos, cosh, exp, log, sin, sinh, sqrt, tanh

from claims.entry.signs import is_nonnegative, is_positive, is_real, is_smooth, numbers_in, ranges_freely
from claims.entry.terms import AtZero, Entry, Index, Magnitude, Peak, Sigma, Step
from claims.language import activation, matrix, scalar, sigma, sizes

m, n = sizes("m n")
z, r, p, q = scalar("z"), scalar("r"), scalar("p", positive=True), scalar("q", positive=True)
a, b = matrix("a", n), matrix("b", m)
g = activation("g")
i = Index("i", n)


def at(k):
    return Entry(a, k, sp.S.Zero)


def over(body, *ranges, fold=Sigma):
    indices = [Index("k", size) for size in ranges]
    return fold.over(body(*indices), *indices)


def peak(body, *ranges):
    return over(body, *ranges, fold=Peak)


largest = peak(at, n)

POSITIVE = [
    sp.Integer(2),
    p,
    p * exp(z),
    1 + z**2,
    p + z**2 + r**2,
    exp(z),
    cosh(z),
    sigma(z),
    1 - sigma(z),
    1 - tanh(z) ** 2,
    1 - tanh(z) ** 3,
    1 - sigma(z) * sigma(r) ** 2,
    p**z,
    sqrt(p),
    z**-2,
    tanh(p),
    sinh(1 + z**2),
    over(lambda k: exp(at(k)), n),
    over(lambda k, j: exp(at(k)), n, m),
    peak(lambda k: exp(at(k)), n),
]
NONNEGATIVE = [
    Step(z),
    AtZero(z),
    Magnitude(z),
    sp.S.Zero,
    z**2,
    z**2 + Magnitude(r),
    sqrt(z),
    z ** Rational(3, 2),
    Magnitude(z) ** 3,
    p * z**2,
    over(lambda k: at(k) ** 2, n),
    over(lambda k: exp(at(k)), n - 1),
    peak(lambda k: at(k) ** 2, n),
    Magnitude(z) - z,
    Magnitude(z) + z,
    3 * Magnitude(z - r) + 3 * z - 3 * r,
    z**2 + Magnitude(z) - z,
    1 + cos(z),
    3 + 2 * sin(z) - cos(r),
    largest - at(i),
    largest - at(sp.S.Zero),
    p * largest - p * at(i),
    peak(lambda k, j: at(k) * Entry(b, j, sp.S.Zero), n, m) - at(i) * Entry(b, sp.S.Zero, sp.S.Zero),
    exp(z + p) - exp(z),
    log(z + p) - log(z),
    2 * tanh(z + r**2) - 2 * tanh(z),
    sigma(z + p) - sigma(z) + r**2,
    z * Step(z),
    p * z * Step(z),
    -log(sigma(z)),
    -2 * log(1 - sigma(z)),
]
NOT_POSITIVE = [
    sp.Integer(-1),
    sp.S.Zero,
    z,
    z**2,
    z + 1,
    z**2 + r**2,
    -(z**2) - 1,
    p - q,
    p * z,
    z * r,
    1 / z,
    (z + I) ** -2,
    (z + I) ** 2 + 1,
    tanh(z),
    sinh(z),
    exp(I * z),
    cosh(z + I),
    sigma(z + I),
    tanh(p + I),
    log(p),
    g(z),
    1 - z**2,
    1 - 2 * sigma(z),
    1 - g(z),
    1 - tanh(z + I) ** 2,
    1 - z**2 * sigma(z),
    1 - tanh(z) ** -2,
    1 - sigma(z) ** r,
    over(at, n),
    over(lambda k: exp(at(k)), n - 1),
    over(lambda k, j: exp(at(k)), n, m - 1),
    largest,
]
NOT_NONNEGATIVE = [
    sp.Integer(-1),
    z,
    z**3,
    1 / z,
    (z + I) ** 2,
    sqrt(z + I),
    (-1 - z**2) ** 3,
    -Magnitude(z),
    z + Magnitude(r),
    z - Magnitude(z),
    Magnitude(z) - 2 * z,
    Magnitude(z) - r,
    1 + 2 * sin(z),
    1 + sin(z) + cos(r),
    1 + sin(z + I),
    1 + sp.tan(z),
    over(at, n),
    largest,
    largest - 2 * at(i),
    largest - Entry(a, Index("j", m), sp.S.Zero),
    at(i) - largest,
    z * largest - z * at(i),
    exp(z) - exp(z + p),
    exp(z**2) - exp(z),
    exp(z) - 2 * exp(z - p),
    exp(z + p) - tanh(z),
    exp(z + p + I) - exp(z + I),
    exp(z + p) - exp(z) + r,
    r * Step(z),
    z * r * Step(z),
    -z * Step(z),
    log(sigma(z)),
    -log(z),
    -r * log(sigma(z)),
    z * log(sigma(r)),
]
SMOOTH = [
    z,
    p,
    sp.pi,
    at(i),
    over(at, n),
    z**2 * r + at(i),
    (1 + z**2) ** r,
    1 / (1 + z**2),
    sqrt(p),
    log(1 + z**2),
    exp(tanh(z)),
    sigma(z) + sin(z),
]
NOT_SMOOTH = [
    I,
    1 / z,
    sqrt(z),
    log(z),
    z**p,
    Magnitude(z),
    z * Magnitude(r),
    over(lambda k: Magnitude(at(k)), n),
    exp(1 / z),
    log(1 + Magnitude(z)),
    (1 + Magnitude(z)) ** 2,
    g(z),
    sp.Symbol("w", imaginary=True),
]


@pytest.mark.parametrize("e", POSITIVE, ids=str)
def test_it_is_positive_and_so_never_negative(e):
    assert is_positive(e) is True and is_nonnegative(e) is True


@pytest.mark.parametrize("e", NONNEGATIVE, ids=str)
def test_it_is_never_negative_and_may_be_zero(e):
    assert is_nonnegative(e) is True and is_positive(e) is False


@pytest.mark.parametrize("e", NOT_POSITIVE, ids=str)
def test_it_is_not_taken_for_positive(e):
    assert not is_positive(e)


@pytest.mark.parametrize("e", NOT_NONNEGATIVE, ids=str)
def test_it_is_not_taken_for_never_negative(e):
    assert not is_nonnegative(e)


@pytest.mark.parametrize("e", SMOOTH, ids=str)
def test_it_has_all_derivatives(e):
    assert is_smooth(e)


@pytest.mark.parametrize("e", NOT_SMOOTH, ids=str)
def test_it_is_not_taken_to_have_all_derivatives(e):
    assert not is_smooth(e)


def test_only_the_imaginary_unit_and_what_holds_it_leads_away_from_the_real_numbers():
    assert is_real(z + log(r)) and is_real(sp.Symbol("w"))
    assert not is_real(z + I) and not is_real(z * sp.Symbol("w", imaginary=True))


def test_sizes_and_indices_are_no_numbers_on_which_something_depends():
    assert numbers_in(z * n * p + at(i) * i) == {z, p}


def test_a_number_that_is_known_to_be_more_than_real_or_positive_does_not_take_all_values():
    assert ranges_freely(z) and ranges_freely(p) and ranges_freely(sp.Symbol("w", real=True, commutative=True))
    assert not any(
        map(ranges_freely, [n, sp.Symbol("w"), sp.Symbol("w", nonnegative=True), sp.Symbol("w", real=True, zero=False)])
    )
