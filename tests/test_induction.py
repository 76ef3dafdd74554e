"""Sums of a given length, by induction: what is proved, and what is not, judged apart from all other algebra."""

import pytest
import sympy as sp

from claims.algebra.induction import by_induction
from claims.algebra.normal_form import NormalForm
from claims.entry.terms import Entry, Index, Sigma
from claims.language import matrix, scalar, sizes

n, p = sizes("n p")
z, r = scalar("z"), scalar("r")
x_i = Entry(matrix("x", n), Index("i", n), sp.S.Zero)


def over(body, size=n):
    k = Index("k", size)
    return Sigma.over(body(k), k)


def powers(base, size=n):
    return over(lambda k: base**k, size)


def method(e, given=(), kinks=()):
    nf = NormalForm()
    return by_induction(nf, nf.poly(e), given, kinks)


two, three = powers(2), powers(3)
doubled = 2 * r * three - r * (3**n - 1)

TRUE = {
    "powers": two - 2**n + 1,
    "powers of a number": powers(z) * (z - 1) - z**n + 1,
    "a factor that is the length": n * two - n * (2**n - 1),
    "a factor that is positive": p * (n + p) * over(lambda k: 1 / ((k + p) * (k + p + 1))) - n,
    "two sums": two * z + doubled - z * (2**n - 1),
    "two sums, and a factor that is the length": n * two * z + n * doubled - n * z * (2**n - 1),
    "beside an entry": x_i * two - x_i * (2**n - 1),
    "one term more": powers(2, n + 1) - 2 ** (n + 1) + 1,
    "four terms more": powers(2, n + 4) - 2 ** (n + 4) + 1,
}
FALSE = {
    "it does not start": two - 2**n,
    "it does not go on": two - n**2 - n + 1,
    "it starts, and goes on otherwise": two - n,
    "it does not start, with a factor that is the length": n * two - n * 2**n,
    "it does not start, with a factor that is 0 there": (n - 1) * two - (n - 1) * 2**n,
    "two sums, one with the length": n * two + three - n * (2**n - 1) - (3**n - 1) / 2 - (n - 1),
    "two sums, one with the length, which come to numbers of terms": n * two
    + over(lambda k: k * 3**k)
    - n * (2**n - 1)
    - n * (3**n - 3) / 2,
    "of a function of a sum, its value without terms": sp.exp(two) - 1,
    "of a function of a sum, with a factor": n * sp.exp(two) - n,
    "of the square of a sum": two**2 - 1,
    "of another length": two - 2**n + 1 + powers(3, p) - (3**n - 1) / 2,
    "of another length that comes first": three - (3**n - 1) / 2 + powers(2, p) - 2**n + 1,
    "one term less": powers(2, n - 1) - 2**n + 1,
    "one term more is taken for none": powers(2, n + 1) - 2**n + 1,
    "terms that depend on their number": over(lambda k: 1 / ((k + n) * (k + n + 2))) - sp.Rational(7, 12) + 1 / (4 * n),
    "terms that depend on their number, and would be 0 beyond it": over(lambda k: k * sp.tanh(k - n)),
    "a double sum": over(lambda k: over(lambda j: 2 ** (j * k))) - 1,
    "a double sum of one term more": over(lambda k: over(lambda j: 2 ** (j * k), n + 1), n + 1) - 1,
    "beside an entry": x_i * two - x_i * 2**n,
    "what has no value for few terms": (two - 2**n) * sp.log(n - 5),
    "what has no value for few terms, alone": two - 2**n + sp.log(n - 5) - sp.log(n - 5 + sp.exp(z)),
}


@pytest.mark.parametrize("name", TRUE)
def test_it_is_proved_by_induction_over_the_length(name):
    assert method(TRUE[name]) == "induction over n"


@pytest.mark.parametrize("name", FALSE)
def test_no_induction_proves_it(name):
    assert method(FALSE[name]) is None


def test_a_length_is_a_letter_and_at_most_four_more():
    assert method(powers(2, 2 * n) - 4**n + 1) is method(powers(2, n * p) - 2 ** (n * p) + 1) is None
    assert method(powers(2, n + 5) - 2 ** (n + 5) + 1) is None
    assert method(powers(2, n + p + 1) - 2 ** (n + p + 1) + 1) is None


def test_a_factor_that_may_be_zero_is_not_divided_out():
    assert method(z * (n + z) * over(lambda k: 1 / ((k + z) * (k + z + 1))) - n) is None


def test_a_factor_that_has_no_value_for_few_terms_is_not_divided_out():
    assert method((two - 2**n + 1) * sp.log(n - 5)) is None


def test_a_hypothesis_that_speaks_of_the_length_holds_at_this_one_only():
    e = TRUE["powers"]
    assert method(e, [sp.Eq(z, n)]) is method(e, (), [n - 1]) is None
    assert method(e, [sp.Eq(z, r)], [z]) == "induction over n"
