"""Equations with integrals of functions that may be any: Taylor's formula, and what only looks like it."""

import pytest
from readback import assert_reads_back
from samples import every
from sympy import Abs, I, Integral, diff, exp, oo, tanh

from claims import Grad, activation, scalar, sigma
from claims.algebra.integrals import by_differentiation, is_smooth
from claims.algebra.normal_form import NormalForm
from claims.proof.prover import prove

x, h, s = scalar("x"), scalar("h"), scalar("s")
f = activation("f")
f1, f2, f3 = f.prime, f.prime.prime, f.prime.prime.prime


def integral(integrand):
    return Integral(integrand, (s, 0, h))


TRUE = {
    "fundamental theorem of calculus": (integral(f1(x + s)), f(x + h) - f(x)),
    "integration by parts": (integral(s * f1(s)), h * f(h) - integral(f(s))),
    "Taylor's formula": (f(x + h), f(x) + h * f1(x) + integral((h - s) * f2(x + s))),
    "forward difference": ((f(x + h) - f(x)) / h, Grad(f(x), x) + integral((h - s) * f2(x + s)) / h),
    "central difference": (
        (f(x + h) - f(x - h)) / (2 * h),
        Grad(f(x), x) + integral((h - s) ** 2 * (f3(x + s) + f3(x - s))) / (4 * h),
    ),
    "complex step": (
        (f(x + I * h) - f(x - I * h)) / (2 * I * h),
        Grad(f(x), x) - integral((h - s) ** 2 * (f3(x + I * s) + f3(x - I * s))) / (4 * h),
    ),
    "a function that is known": (integral(sigma(s) * (1 - sigma(s))), sigma(h) - sigma(0)),
}

FALSE = {
    "equal slopes, another start": (integral(f1(x + s)), f(x + h)),
    "equal start, another slope": (integral(f1(x + s)), f(x + 2 * h) - f(x)),
    "central difference with another factor": (
        (f(x + h) - f(x - h)) / (2 * h),
        f1(x) + integral((h - s) ** 2 * (f3(x + s) + f3(x - s))) / (6 * h),
    ),
    "complex step with the sign of the central difference": (
        (f(x + I * h) - f(x - I * h)) / (2 * I * h),
        f1(x) + integral((h - s) ** 2 * (f3(x + I * s) + f3(x - I * s))) / (4 * h),
    ),
}


@pytest.mark.parametrize("name", TRUE)
def test_an_equation_with_an_integral_of_any_function_is_proved_and_printed(name):
    left, right = TRUE[name]
    assert prove(name, left, right).method == "differentiation by h"
    for side in (left, right):
        assert_reads_back(side)


def test_the_bound_variable_may_have_the_name_of_the_limit():
    assert prove("same name", Integral(f1(h), (h, 0, h)), f(h) - f(0)).method == "differentiation by h"


@pytest.mark.parametrize("name", every(2, FALSE))
def test_the_rule_itself_proves_nothing_false(name):
    left, right = FALSE[name]
    assert by_differentiation(NormalForm(), left - right) is None
    with pytest.raises(AssertionError):
        prove(name, left, right)


def test_an_integral_without_end_is_not_differentiated_inside():
    """h^2 times the integral of exp(-h^2 s) is 1, and 0 at h = 0, where all derivatives of the integrand are 0."""
    jumping = h**2 * Integral(exp(-(h**2) * s), (s, 0, oo))
    assert by_differentiation(NormalForm(), jumping - Integral(diff(jumping, h).xreplace({h: x}), (x, 0, h))) is None


@pytest.mark.parametrize("e", [Abs(h), 1 / (1 + h**2), tanh(h), sigma(I * h), activation("k", lambda z, k: 1 / z)(h)])
def test_what_may_have_a_kink_or_a_pole_is_not_taken_for_smooth(e):
    assert not is_smooth(e)
