"""What a claim means, in numbers: where it has a value, and which."""

from fractions import Fraction

import mpmath
import pytest
import sympy as sp
from sympy import Abs, Eq, Heaviside, I, Max, Min, Piecewise, Product, Rational, Sum, exp, log, sign, sqrt

from claims import Grad, Hess, Jac, activation, apply, hadamard, inner, matrix, named, ones, scalar, sizes, total
from claims.numbers.arithmetic import rounded, side
from claims.numbers.matrices import flat
from claims.numbers.values import Environment, Undefined, evaluate

n = sizes("n")
x, y, S = matrix("x", 2), matrix("y", n), matrix("S", 2, 2)
z, r = scalar("z"), scalar("r")
i, k, q = sp.symbols("i k q", integer=True)
f = activation("f")


@pytest.fixture(autouse=True)
def fifty_digits():
    with mpmath.workdps(50):
        yield


def at(e, functions=None, **values):
    """The value of an expression where the symbols have the values given."""
    symbols = {"z": z, "r": r, "n": n, "i": i, "q": q, "x": x, "y": y, "S": S}
    env = {symbols[name]: v for name, v in values.items()}
    return evaluate(e, Environment(env, functions))


def near(a, b):
    return abs(rounded(a) - rounded(b)) < mpmath.mpf("1e-25")


# ---------------------------------------------------------------- where there is a value
NOWHERE = {
    "the logarithm of a negative number": (log(z), -1),
    "the logarithm of zero": (log(z), 0),
    "the root of a negative number": (sqrt(z), -1),
    "the cube root of a negative number": (z ** Rational(1, 3), -8),
    "the magnitude of a root that is not real": (Abs(sqrt(z)), -1),
    "a symbolic power of a negative number": (z**r, -2),
    "a negative power of zero": (z**-2, 0),
    "a negative root of zero": (z ** Rational(-1, 2), 0),
    "the inverse cosine of two": (sp.acos(z), 2),
    "the inverse hyperbolic cosine below one": (sp.acosh(z), Fraction(1, 2)),
    "zero times what has no value": (z * log(z), 0),
    "no piece that applies": (Piecewise((1, z > 0)), 0),
    "a sum of fewer than no terms": (Sum(k, (k, 3, 1)) + z, 1),
    "a product of fewer than no factors": (Product(k, (k, 3, 1)) + z, 1),
    "a sum to no whole number": (Sum(k, (k, 1, z)), Fraction(1, 2)),
    "the function of a complex number": (sp.tanh(z + I), 1),
    "a slope at a kink": (Grad(Abs(z), z), 0),
    "a slope at a jump": (Grad(sign(z), z), 0),
    "a slope where a root ends": (Grad(sqrt(z), z), 0),
    "a second slope where the first has a kink": (Grad(Grad(Max(0, z) ** 2, z), z), 0),
    "the slope of the larger of two at a tie": (Grad(Max(z, 2 * z), z), 0),
}


@pytest.mark.parametrize("name", NOWHERE)
def test_it_has_no_value(name):
    e, here = NOWHERE[name]
    with pytest.raises(Undefined):
        at(e, z=here, r=Fraction(1, 2))


VALUES = {
    "a whole power of a negative number": (z**-3, -2, Fraction(-1, 8)),
    "a power of zero": (z ** Rational(3, 2), 0, 0),
    "zero to the power zero, both whole": (Sum(z**k, (k, 0, 2)), 0, 1),
    "the piece that applies, whatever the others are": (Piecewise((log(z), z > 0), (7, True)), -1, 7),
    "a sum without terms": (Sum(1 / z, (k, 1, 0)), 0, 0),
    "a product without factors": (Product(z, (k, 1, 0)), 0, 1),
    "an inner sum that shadows": (Sum(k * Sum(k, (k, 1, 2)), (k, 1, 3)), 0, 18),
    "an inner sum whose end is the outer index": (Sum(Sum(1, (k, 1, i)), (i, 0, 3)), 0, 6),
    "the step at its kink": (Heaviside(z), 0, Fraction(1, 2)),
    "the sign at its kink": (sign(3 * z - 1), Fraction(1, 3), 0),
    "a slope that both sides share": (Grad(Max(0, z) ** 2, z), 0, 0),
    "the slope of what is constant around a kink": (Grad(Abs(r) * 3, z), 0, 0),
    "the slope of what is constant though a kink inside is met": (Grad(Max(0, -Max(0, z)), z), 0, 0),
    "the slope beside a kink": (Grad(Abs(z), z), Fraction(1, 10**12), 1),
    "a slope of a slope": (Grad(Grad(z**5, z), z), 2, 160),
    "a third derivative": (sp.Derivative(z**4, z, z, z), 2, 48),
    "the larger of two at a tie": (Max(z, Min(z, 3)), 3, 3),
}


@pytest.mark.parametrize("name", VALUES)
def test_it_has_this_value(name):
    e, here, expected = VALUES[name]
    assert near(at(e, z=here, r=0), expected)


@pytest.mark.parametrize("place", [(2, 0), (-1, 0), (0, 1)])
def test_an_entry_outside_the_matrix_has_no_value(place):
    with pytest.raises(Undefined):
        at(sp.matrices.expressions.matexpr.MatrixElement(x, i, q), x=[[1], [2]], i=place[0], q=place[1])


def test_the_inverse_of_a_singular_matrix_has_no_value_and_that_of_another_is_exact():
    with pytest.raises(Undefined):
        at(S.inverse(), S=[[1, 2], [2, 4]])
    assert at(S.inverse(), S=[[1, 2], [3, 4]]) == [[-2, 1], [Fraction(3, 2), Fraction(-1, 2)]]
    assert at(sp.Determinant(S), S=[[0, 2], [3, 4]]) == -6


# ---------------------------------------------------------------- on which side of a kink
def test_a_fraction_lies_exactly_on_a_condition():
    met = Piecewise((1, Eq(inner(x, x), Rational(25, 49))), (0, True))
    assert at(met, x=[[Fraction(3, 7)], [Fraction(4, 7)]]) == 1
    assert at(met, x=[[Fraction(3, 7)], [Fraction(4, 7) + Fraction(1, 10**40)]]) == 0


def test_a_rounded_number_too_near_a_kink_is_on_no_side():
    with pytest.raises(Undefined):
        side(mpmath.mpf("1e-45"))
    assert side(mpmath.mpf("-1e-20")) == -1
    assert side(Fraction(1, 10**90)) == 1
    with pytest.raises(Undefined):  # tanh is 1 to fifty digits, and less than 1
        at(sign(1 - sp.tanh(z)), z=500)


def test_a_saturated_function_does_not_pass_for_the_number_that_it_is_rounded_to():
    g = apply(lambda t: sign(1 - t), apply(sp.tanh, x))
    with pytest.raises(Undefined):
        at(total(g), x=[[1], [10**6]])
    assert at(total(apply(lambda t: sign(1 - t), x)), x=[[1], [0]]) == 1
    one_or_nearly = apply(lambda t: Piecewise((1, t < 0), (sp.tanh(t), True)), x)
    with pytest.raises(Undefined):
        at(total(apply(lambda t: sign(1 - t), one_or_nearly)), x=[[-1], [10**6]])


def test_special_values_are_exact():
    assert at(Heaviside(exp(z) - 1), z=0) == Fraction(1, 2)
    assert at(sign(log(z)), z=1) == 0
    assert at(sign(sqrt(z) - Rational(3, 2)), z=Fraction(9, 4)) == 0
    assert at(sign(z ** Rational(2, 3) - 4), z=8) == 0


# ---------------------------------------------------------------- what is bound, and what moves
def test_nested_functions_of_entries_bind_their_own_variables():
    nested = apply(lambda t: total(apply(lambda s: s * t, x)), x)
    assert at(nested, x=[[2], [3]]) == [[10], [15]]


def test_a_bound_variable_that_sympy_makes_is_a_whole_number():
    """SymPy writes the entry of a product as a sum over an index that it does not call whole."""
    mask = sp.FunctionMatrix(n, n, sp.Lambda((i, k), Piecewise((1, k <= i), (0, True))))
    entry = (mask * y)[q, 0]
    assert entry.has(sp.Sum)
    assert near(at(Grad(entry, y[q, 0]), n=2, y=[[5], [7]], q=1), 1)
    assert at(entry, n=2, y=[[5], [7]], q=0) == 5
    assert at(Sum((-1) ** sp.Symbol("j"), (sp.Symbol("j"), 0, 2))) == 1


def test_the_slope_of_a_jacobian_and_a_hessian_by_hand():
    values = {"x": [[1], [2]], "S": [[1, 2], [3, 4]]}
    assert all(map(near, flat(at(Hess(x.T * S * x, x), **values)), (2, 5, 5, 8)))
    assert all(map(near, flat(at(Jac(hadamard(x, x), x), **values)), (2, 0, 0, 4)))
    assert near(at(Grad(total(Grad(x.T * S * x, x)), x[0, 0]), **values), 7)


def test_a_name_moves_what_is_written_with_it():
    Z = named("Z", S * x)
    loss = named("L", total(apply(lambda t: t**2, Z)))
    values = {"x": [[1], [2]], "S": [[1, 2], [3, 4]]}
    assert all(map(near, flat(at(Grad(loss, Z), **values)), (10, 22)))
    assert all(map(near, flat(at(Grad(loss, x), **values)), (76, 108)))


# ---------------------------------------------------------------- the imaginary unit
def test_a_function_that_may_be_any_is_continued_to_complex_numbers():
    cube = {f: lambda u, order: {0: u**3, 1: 3 * u**2}[order]}
    assert near(at(sp.im(f(z + I * r)) / r, cube, z=2, r=Fraction(1, 10**20)), 12)
    assert near(at(Grad(f(z + I) + f(z - I), z), cube, z=2), 18)
    assert near(at(exp(I * z) + exp(-I * z), z=1), 2 * mpmath.cos(1))


# ---------------------------------------------------------------- integrals
def test_an_integral_sees_the_kinks_and_jumps_inside():
    assert near(at(sp.Integral(Abs(z - Rational(1, 3)), (z, -1, 1))), Rational(10, 9))
    assert near(at(sp.Integral(Heaviside(z - r), (z, -1, 2)), r=Fraction(1, 3)), Fraction(5, 3))
    assert near(at(sp.Integral(Max(0, z) ** 2 * exp(-(z**2) / 2), (z, -sp.oo, sp.oo))), mpmath.sqrt(mpmath.pi / 2))
    assert near(at(sp.Integral(exp(-(z**2)), (z, 2, -sp.oo))), -mpmath.sqrt(mpmath.pi) * (1 + mpmath.erf(2)) / 2)


def test_a_bell_far_from_the_end_of_an_integral_is_not_missed():
    assert near(at(sp.Integral(exp(-(z**2)), (z, -sp.oo, r)), r=1000), mpmath.sqrt(mpmath.pi))


def test_ones_of_a_size_are_as_many():
    assert at(total(ones(n, 2)), n=7) == 14


def test_an_integral_finds_the_kinks_of_what_is_no_line():
    assert near(at(sp.Integral(Abs(sp.sin(z)), (z, 0, 4 * sp.pi))), 8)
    assert near(at(sp.Integral(Piecewise((1, sp.sin(z) > 0), (0, True)), (z, 0, 4 * sp.pi))), 2 * mpmath.pi)
