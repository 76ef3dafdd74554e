"""Powers in normal form: what comes apart, and what may not, judged by the normal form alone."""

import pytest
import sympy as sp
from sympy import Rational, exp, log, sqrt

from claims.algebra.normal_form import NormalForm
from claims.algebra.polynomial import expression
from claims.algebra.zero import is_zero
from claims.entry.terms import Magnitude, Step
from claims.language import scalar, sizes

n = sizes("n")
z, r, s = scalar("z"), scalar("r"), scalar("s")
p, q = scalar("p", positive=True), scalar("q", positive=True)
HALF = Rational(1, 2)
zero = z - z + sp.Mul(r, 0, evaluate=False)  # what only the normal form finds to be 0


def raised(base, exponent):
    return sp.Pow(base, exponent, evaluate=False)


SAME = {
    "a root of a square": (raised(z**2, HALF), Magnitude(z)),
    "a root of the cube of a square": (raised(z**2, Rational(3, 2)), Magnitude(z) ** 3),
    "one over the root of a square": (raised(z**2, -HALF), 1 / Magnitude(z)),
    "a root of a product with a square": (raised(z**2 * (r + s), HALF), Magnitude(z) * sqrt(r + s)),
    "a positive factor of a root": (sqrt(p * z), sqrt(p) * sqrt(z)),
    "a positive cube": (sqrt(p**3), p * sqrt(p)),
    "a positive reciprocal": (sqrt(z / p), sqrt(z) / sqrt(p)),
    "a positive reciprocal of a power": (
        raised(z / p**5, Rational(2, 3)),
        raised(z, Rational(2, 3)) * p ** Rational(-10, 3),
    ),
    "a positive sum below": (sqrt(z / (1 + z**2)), sqrt(z * (1 + z**2)) / (1 + z**2)),
    "a number of a root": (sqrt(4 * z), 2 * sqrt(z)),
    "a fraction of a root": (sqrt(z * Rational(8, 9)), 2 * sqrt(2) * sqrt(z) / 3),
    "a negative number of a root": (sqrt(-4 * z), 2 * sqrt(-z)),
    "a root below": (1 / sqrt(8), sqrt(2) / 4),
    "a cube root of a number": (raised(sp.Integer(16), Rational(2, 3)), 4 * raised(sp.Integer(4), Rational(1, 3))),
    "a square of a root": (sqrt(z + r) ** 2, z + r),
    "a power of three halves": (raised(z + r, Rational(3, 2)), (z + r) * sqrt(z + r)),
    "a root of nothing": (raised(zero, HALF), 0),
    "a root of what is positive, and of a number": (raised(4 * exp(z), HALF), 2 * exp(z / 2)),
    "a root of a reciprocal that is positive": (raised(9 * exp(-2 * z), HALF), 3 * exp(-z)),
    "one more in the exponent": (z ** (n + 1), z * z**n),
    "twice in the exponent": (z ** (2 * n), (z**n) ** 2),
    "one less in the exponent of what is positive": (p ** (n - 1), p**n / p),
    "a sum in the exponent of what is positive": (p ** (z + r), p**z * p**r),
    "a sum in the exponent of a number": (2 ** (z + 1), 2 * 2**z),
    "a negative exponent": (p**-z, 1 / p**z),
    "half of an exponent": (2**z, (2 ** (z / 2)) ** 2),
    "a positive quotient": ((p / (1 + q)) ** z, p**z / (1 + q) ** z),
    "a quotient below": ((1 / (1 + q)) ** z, 1 / (1 + q) ** z),
    "one to any power": (raised(1 + zero, z), 1),
    "nothing to a positive power": (raised(zero, n), 0),
    "nothing to what may be zero, twice": (2 * raised(zero, n - 1), raised(zero, n - 1) + raised(zero, n - 1)),
    "any number to any, twice": (2 * (z + r) ** s, (z + r) ** s + (r + z) ** s),
    "an exponential of the logarithm of a sum": (
        exp(log(1 + z**2) * (r**2 - 1) / (r - 1) - r * log(1 + z**2)),
        1 + z**2,
    ),
    "an exponential of the logarithm of a product": (exp(log(z * r) * (s**2 - 1) / (s - 1) - s * log(z * r)), z * r),
    "an exponent that is put together": ((z + r) ** (s + s), (z + r) ** (2 * s)),
}
NOT_SAME = {
    "a root of a square is no number itself": (raised(z**2, HALF), z),
    "a root of a cube": (sqrt(z**3), z * sqrt(z**2)),
    "a fourth root of a square": (raised(z**2, Rational(1, 4)), sqrt(z)),
    "a cube root of a square": (raised(z**2, Rational(1, 3)), Magnitude(z)),
    "a root of a product": (sqrt(z * r), sqrt(z) * sqrt(r)),
    "a root of a quotient": (sqrt(z / r), sqrt(z) / sqrt(r)),
    "a root of what is below": (sqrt(z / (z + r)), sqrt(z * (z + r)) / (z + r)),
    "the sign of a root": (sqrt(z - r), sqrt(r - z)),
    "a negative number of a root is no positive one": (sqrt(-4 * z), 2 * sqrt(z)),
    "one less in the exponent": (z ** (n - 1), z**n / z),
    "any exponent of any number": (z ** (r + 1), z * z**r),
    "nothing to what may be zero": (raised(zero, n - 1), 0),
    "nothing to any power": (raised(zero, z), 0),
    "the exponent of a quotient": ((p / (1 + q)) ** z, p**z * (1 + q) ** z),
    "an exponent turned": (p**-z, p**z),
    "half of an exponent is not all": (2**z, 2 ** (z / 2)),
    "an exponent of an exponential": (exp(z) ** r, exp(z)),
}


# ---------------------------------------------------------------- values
BASES = [
    sp.Rational(12, 5) * z**2 * (1 + r**2),
    -8 * r / (1 + z**2) ** 3,
    exp(z) ** 3 * (z - 2 * r) / (3 * (1 + r**2) ** 5),
    (z**4 * (z - r) + 1) / (2 + exp(r)),
    8 * exp(-r) * p**3 / (p + q) ** 2,
    sp.Rational(50, 27) + 0 * z,
]
EXPONENTS = [HALF, -HALF, Rational(5, 2), Rational(1, 3), Rational(-4, 3), Rational(7, 4), n + 1, -n, z / 2, s - z]


@pytest.mark.parametrize("base", BASES, ids=str)
@pytest.mark.parametrize("exponent", EXPONENTS, ids=str)
def test_a_power_has_its_value_whatever_is_taken_apart(base, exponent):
    nf, here = NormalForm(), {z: Rational(3, 7), r: Rational(-5, 3), s: Rational(9, 4), p: Rational(2, 3), q: 5, n: 3}
    found = expression(nf.poly(raised(base, exponent))).replace(Magnitude, sp.Abs).subs(here)
    found = found.replace(Step, lambda u: sp.Integer(int(bool(u > 0))))
    assert abs(sp.N(found / base.subs(here) ** exponent.subs(here)) - 1) < 1e-9


@pytest.mark.parametrize("base", BASES, ids=str)
@pytest.mark.parametrize("exponent", EXPONENTS, ids=str)
def test_no_fraction_is_an_atom_of_a_power(base, exponent):
    """The square root of 4 p was 2, the root of p, and 1, beside the root of p alone."""
    assert not any(x.is_Rational for mono in NormalForm().poly(raised(base, exponent)) for x, _ in mono)


def same(left, right):
    nf = NormalForm()
    return is_zero(nf, nf.poly(sp.Add(left, -right, evaluate=False)))


@pytest.mark.parametrize("name", SAME)
def test_it_is_one_power(name):
    assert same(*SAME[name])


@pytest.mark.parametrize("name", NOT_SAME)
def test_it_is_not_taken_for_one_power(name):
    assert not same(*NOT_SAME[name])


def test_a_root_of_what_is_not_real_leaves_its_square_inside():
    w = sp.Symbol("w", imaginary=True)
    assert not same(raised(w**2, HALF), Magnitude(w))


@pytest.mark.parametrize("argument", [z * r, 1 + z**2, r / z])
def test_an_exponential_of_a_logarithm_is_written_as_its_argument_is(argument):
    once = log(argument) * (s**2 - 1) / (s - 1) - s * log(argument)
    assert NormalForm().poly(exp(once)) == NormalForm().poly(argument)


def test_a_root_below_nothing_is_a_division_by_zero():
    with pytest.raises(ZeroDivisionError):
        NormalForm().poly(raised(zero, -HALF))


@pytest.mark.parametrize(("base", "exponent"), [(0, n - 1), (0, -n), (z**2, r), (1 + z / (1 + r), n)])
def test_a_power_that_stays_is_as_it_is_written(base, exponent):
    """Not what SymPy makes of it, such as infinity or a magnitude of its own, nor in two parts."""
    assert expression(NormalForm().poly(raised(base, exponent))) == raised(base, exponent)
