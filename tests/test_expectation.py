"""Expectations: what mean and variance, symmetry or a law say of what a formula is on average, for all sizes."""

import itertools

import mpmath
import pytest
from samples import but
from sympy import (
    Abs,
    Eq,
    HadamardPower,
    Heaviside,
    I,
    Identity,
    Lambda,
    Max,
    Piecewise,
    Sum,
    Trace,
    exp,
    oo,
    sqrt,
    symbols,
)

from claims import (
    Ambiguous,
    Grad,
    Refuted,
    Undecided,
    apply,
    bernoulli,
    by,
    claim,
    expectation,
    hadamard,
    inner,
    matrix,
    named,
    nonnegative,
    normal,
    prove,
    random,
    scalar,
    sizes,
    total,
)
from claims.data import Stated, read, write
from claims.entry.lowering import lower
from claims.entry.terms import NotCovered
from claims.language.statement import prepared
from claims.numbers.averages import _gauss, _values
from claims.numbers.values import Environment, evaluate
from claims.printing.printer import latex
from claims.proof.prover import decide

m, n, p = sizes("m n p")
i, j, k = symbols("i j k", integer=True)
s, t, mu, q, a = (scalar(name) for name in ("s", "t", "mu", "q", "a"))
x, y, c, X, C = matrix("x", n), matrix("y", m), matrix("c", n), matrix("X", m, n), matrix("C", m, n)
w = random("w", n, variance=s**2)
u = random("u", n, mean=c, variance=HadamardPower(x, 2))
v = random("v", n, variance=s**2, symmetric=True)
W = random("W", n, p, variance=s**2, symmetric=True)
noise = normal("r", m, variance=s**2)
z, g = random("z", mean=mu, variance=s**2), normal("g", mean=mu, variance=s**2)
M, b = bernoulli("M", m, n, mean=q), bernoulli("b", mean=q)
E = expectation
relu = lambda M: apply(lambda t: Max(0, t), M)
square = lambda e: inner(e, e)
first = matrix("w", n)

TRUE = {
    "linear": (E(inner(w, x) + total(x)), total(x)),
    "a mean of its own for each entry": (E(inner(u, x)), inner(c, x)),
    "a variance of its own for each entry": (E(square(u)), square(c) + square(x)),
    "variance of a weighted sum": (E(inner(w, x) ** 2), s**2 * square(x)),
    "variance about a mean": (E((z - mu) ** 2), s**2),
    "mean square by mean and variance": (E(z**2), mu**2 + s**2),
    "independent letters": (E(z * b), mu * q),
    "an expectation is a number": (E(z * E(z)), mu**2),
    "covariances": (E(w * w.T), s**2 * Identity(n)),
    "two places": (E(w[i, 0] * w[j, 0]), Piecewise((s**2, Eq(i, j)), (0, True))),
    "a layer": (E(square(x.T * W)), p * s**2 * square(x)),
    "a trace": (E(Trace(w * w.T)), n * s**2),
    "half of a layer's mean square": (E(square(relu(x.T * W))), p * s**2 * square(x) / 2),
    "half, of two layers": (E(square(relu(relu(x.T * W) * random("V", p, variance=t**2, symmetric=True)))),
                            t**2 * p * s**2 * square(x) / 4),
    "absolute values squared": (E(Abs(z) ** 2), mu**2 + s**2),
    "odd, so nothing": (E(inner(v, x) * Abs(inner(v, x))), 0),
    "odd third moment": (E(inner(v, x) ** 3), 0),
    "[u > 0] halves what is even": (E(Piecewise((inner(v, x) ** 2, inner(v, x) > 0), (0, True))), s**2 * square(x) / 2),
    "a slope of a rectifier in closed form": (
        E(inner(v, x) ** 2 * Heaviside(inner(v, x), 0)), s**2 * square(x) / 2),
    "bias and variance": (E(square(X * c + noise - X * x)), square(X * (c - x)) + m * s**2),
    "slope of an expectation": (Grad(E(square(X * x - noise)), x), 2 * X.T * X * x),
    "expectation of a slope": (E(Grad(square(X * x - noise), x)), 2 * X.T * X * x),
    "dropout keeps the mean": (E(hadamard(M, X)) / q, X, (), {"q != 0"}),
    "variance of dropout": (E(square(hadamard(M, X) - q * X)), q * (1 - q) * square(X)),
    "powers of a coin": (E(b**5), q),
    "sums of coins": (E(total(M) ** 2), (m * n) * q * (1 - q) + (m * n * q) ** 2),
    "fourth moment of the normal distribution": (E(g**4), mu**4 + 6 * mu**2 * s**2 + 3 * s**4),
    "eighth moment of the normal distribution": (E((g - mu) ** 8), 105 * s**8),
    "fourth moment of a normal sum": (E(total(noise) ** 4), 3 * m**2 * s**4),
    "variance of a sample variance": (E(square(noise) ** 2), s**4 * (m**2 + 2 * m)),
    "Isserlis": (E(noise[0, 0] ** 2 * total(noise) ** 2), s**4 * (m + 2)),
    "a mean of squares is no negative number": (nonnegative(E(inner(w, x) ** 2)),),
    "ridge by noise on the inputs": (
        E(square((X + random("N", m, n, variance=s**2)) * x - y)), square(X * x - y) + m * s**2 * square(x)),
    "given a variance": (E(square(w)), 1, [Eq(n * s**2, 1)]),
    "a sum over places": (E(Sum(k * w[k, 0] ** 2, (k, 0, n - 1))), s**2 * n * (n - 1) / 2),
}  # fmt: skip
FALSE = {
    "not linear": (E(z**2), mu**2),
    "products of equal factors are not independent": (E(w * w.T), 0 * w * w.T),
    "the mean lost": (E(square(u)), square(x)),
    "a factor of the normal distribution": (E(g**4), mu**4 + 6 * mu**2 * s**2 + s**4),
    "a rectifier takes half": (E(square(relu(x.T * W))), p * s**2 * square(x)),
    "entries share no noise": (E(total(w) ** 2), n**2 * s**2),
    "dropout without its share": (E(hadamard(M, X)), X),
    "one place or two": (E(w[i, 0] * w[j, 0]), s**2),
    "an expectation is no other number": (E(z * E(z)), mu**2 + s**2),
    "a coin is no two": (E(b**2), q**2),
    "noise has a part": (E(square(X * c + noise - X * x)), square(X * (c - x))),
    "of what is beyond reach": (E(z**2) * Piecewise((1, a > 10**6), (0, True)), mu**2 * Piecewise((1, a > 10**6), (0, True))),
}  # fmt: skip
OPEN = {
    "a third moment that is not told": (E(z**3), mu**3 + 3 * mu * s**2),
    "a fourth moment that symmetry does not tell": (E(total(v) ** 4), 3 * n**2 * s**4),
    "a kink of what has another mean": (E(Max(0, z) ** 2), (mu**2 + s**2) / 2),
    "an exponential": (E(exp(g)), exp(mu + s**2 / 2)),
    "a quotient": (E(z / (1 + z**2)), 0),
    "an absolute value": (E(Abs(v[0, 0])), s),
    "more factors than are counted": (E((g - mu) ** 10), 945 * s**10),
    "a slope at kinks of outcomes": (E(Grad(Max(0, a * v[0, 0]), a)), 0),
}


def proved(left, right=None, given=()):
    return prove("claim", left, right, given=given)


def accepted_by_algebra(left, right) -> bool:
    """Would it be proved if there were no numbers?"""
    try:
        return decide(*prepared(left, right).chain[0][:2], ())[0] is not None
    except NotCovered:
        return False


@pytest.mark.parametrize("name", but({"eighth moment of the normal distribution"}, TRUE))
def test_what_holds_on_average_is_proved(name):
    left, *right = TRUE[name][:2]
    given = TRUE[name][2] if len(TRUE[name]) > 2 else ()
    assert proved(left, *right, given=given).state.startswith("proved")


@pytest.mark.parametrize("name", FALSE)
def test_what_does_not_is_refuted_or_at_least_not_proved(name):
    with pytest.raises((Refuted, Undecided)):
        proved(*FALSE[name])
    assert not accepted_by_algebra(*FALSE[name])


@pytest.mark.parametrize("name", OPEN)
def test_what_the_law_does_not_say_stays_open_or_is_refuted(name):
    with pytest.raises((Undecided, Refuted)):
        proved(*OPEN[name])
    assert not accepted_by_algebra(*OPEN[name])


def test_that_there_is_such_a_law_is_a_condition():
    assert [str(c) for c in proved(E(b), q).conditions] == ["q >= 0", "q <= 1"]
    assert [str(c) for c in proved(E(random("r", variance=a) ** 2), a).conditions] == ["a >= 0"]
    assert not proved(E(random("r", variance=a**2) ** 2), a**2).conditions


def test_what_is_random_has_no_value_outside_of_an_expectation():
    for outside in (w, total(w), inner(w, x) - E(inner(w, x)), Grad(E(total(w)), w), named("h", w)):
        with pytest.raises(TypeError, match=r"w is random: a claim speaks of an expectation"):
            prepared(outside, 0)
    with pytest.raises(TypeError, match="w is random"):
        prepared(E(total(w)), 0, given=[Eq(w[0, 0], 1)])


def test_a_law_is_not_random_itself_and_has_the_shape_of_what_it_is_of():
    with pytest.raises(TypeError, match="the mean and the variance of r are not random, unlike z"):
        random("r", mean=z, variance=1)
    with pytest.raises(TypeError, match="the mean and the variance of r are numbers or n x 1, unlike y"):
        random("r", n, mean=y, variance=1)


def test_a_named_quantity_may_be_random_inside_an_expectation():
    Z = named("Z", x.T * W)
    assert proved(E(square(Z)), p * s**2 * square(x))
    with pytest.raises((TypeError, Undecided)):
        proved(E(Grad(square(Z), Z)), 2 * E(Z))  # held while it is averaged


def test_a_letter_of_a_statement_does_not_take_what_the_expectation_around_it_binds():
    r = random("r", variance=1)
    claim("taken-out", E(a * r), a * E(r), title="A factor is taken out")
    with pytest.raises((Refuted, Undecided)):
        claim("captured", E(r * r), E(r * E(r)), steps=[(E(r * E(r)), by("taken-out"))], title="Captured")


def test_an_expectation_prints_as_one():
    assert latex(E(inner(w, x) ** 2)) == r"\operatorname{E}\left[(w^\top x)^2\right]"
    assert latex(E(z)) == r"\operatorname{E}\left[z\right]"


@pytest.mark.parametrize("name", [*TRUE, *FALSE])
def test_as_data_it_reads_back_as_the_same(name):
    left, right = (*{**TRUE, **FALSE}[name], None)[:2]
    if right is None:
        return
    statement = prepared(left, right)
    stated = Stated("equation", statement.lhs, statement.rhs)
    assert read(write(stated)) == stated


# ---------------------------------------------------------------- numbers that share nothing with it
@pytest.mark.parametrize("nodes", [3, 4, 5, 6])
def test_gaussian_rules_have_the_moments_of_the_normal_distribution(nodes):
    with mpmath.workdps(50):
        for order in range(2 * nodes):
            moment = sum(weight * point**order for point, weight in _gauss(nodes, mpmath.mp.prec))
            assert abs(moment - (0 if order % 2 else mpmath.fac2(order - 1))) < 1e-45


@pytest.mark.parametrize("law", ["any", "symmetric"])
@pytest.mark.parametrize("entry", range(5))
def test_the_values_of_a_law_have_its_mean_and_variance(law, entry):
    values = _values(law, 3, 4, entry, 0)
    assert [sum(p * x**r for x, p in values) for r in range(3)] == [1, 3, 13]


def test_numbers_and_algebra_agree_where_all_outcomes_are_counted_by_hand():
    env = Environment({q: 0.25, m: 1, n: 3})
    outcomes = itertools.product([(0, 0.75), (1, 0.25)], repeat=3)
    by_hand = sum(p0 * p1 * p2 * (a + b + c) ** 2 for (a, p0), (b, p1), (c, p2) in outcomes)
    assert evaluate(E(total(M) ** 2), env) == by_hand == 3 * 0.25 * 0.75 + 0.75**2


# ---------------------------------------------------------------- what was accepted once, and is not
held = named("h", a**2)
by_name = random("y", mean=held, variance=1)
beyond = lambda e: Piecewise((e, a > 10**6), (0, True))
by_place = lambda mean: random("r", mean=mean, variance=1)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (E(by_name * Grad(by_name * held, held)), a**4),
        (E((by_name - Grad(by_name * held, held)) ** 2), 2),
        (beyond(E(by_name * Grad(by_name * held, held))), beyond(a**4)),
    ],
)
def test_one_random_letter_is_not_two_where_its_law_holds_a_name(left, right):
    with pytest.raises((Undecided, Refuted)):
        proved(left, right)
    assert not accepted_by_algebra(left, right)


@pytest.mark.parametrize(
    "e",
    [
        E(Sum(by_place(k + a), (k, 0, 0)) ** 2),
        E(Sum(by_place(k), (k, 0, n - 1)) ** 2),
        E(total(apply(by_place, x)) ** 2),
        Sum(E(by_place(k)), (k, 0, n - 1)),
        E(Sum(by_place(named("H", k * matrix("d", 1))[0, 0]), (k, 0, 0)) ** 2),
        E(Sum(total(random("r", 2, mean=named("H", k * matrix("d", 2)), variance=1)), (k, 0, 1)) ** 2),
        E(total(apply(lambda t: by_place(named("H", t * c)[0, 0]), x)) ** 2),
        E(Sum(by_place(total(matrix("d", k + 1))), (k, 0, 1)) ** 2),
    ],
)
def test_a_law_does_not_depend_on_what_is_bound_around_it(e):
    with pytest.raises(TypeError, match=r"the law of r depends on \w+, which is bound around it: give it a matrix"):
        prepared(e, 0)


def test_a_letter_whose_law_is_another_in_each_term_of_a_sum_has_no_entry():
    for e in (E(Sum(by_place(k + a), (k, 0, 1)) ** 2), E(Sum(by_place(named("H", k * c)[0, 0]), (k, 0, 1)) ** 2)):
        with pytest.raises(NotCovered, match="a random letter of more than one law"):
            lower(e)


def test_a_random_number_is_called_like_nothing_else():
    for same in (scalar("z"), named("z", mu), matrix("z", n)):
        with pytest.raises(Ambiguous, match="two different things are called z"):
            prepared(E(z) + total(same), mu)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (E(Heaviside(g - 3, 0)), 1),
        (E(Max(0, noise[0, 0])), 1),
        (E(exp(-1000 * (noise[0, 0] - 4) ** 2)), 1),
        (nonnegative(E(Max(0, noise[0, 0] - 4)) - 1), None),
    ],
)
def test_what_is_no_polynomial_in_normal_numbers_is_neither_proved_nor_refuted(left, right):
    with pytest.raises(Undecided):
        proved(left, right)
    with pytest.raises(Undecided):
        proved(s, s + 1, given=[Eq(left, 0)] if right is not None else [Eq(E(Abs(noise[0, 0])), 0)])


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: E(None), "an expectation is of real numbers or matrices"),
        (lambda: E(a > 0), "an expectation is of real numbers or matrices"),
        (lambda: E(I * a), "an expectation is of real numbers or matrices"),
        (lambda: random("r", variance="v"), "the mean and the variance of r are of real numbers"),
        (lambda: random("r", variance=oo), "the mean and the variance of r are of real numbers"),
        (lambda: bernoulli("b", mean=None), "the mean and the variance of b are of real numbers"),
        (lambda: random("", variance=1), "random numbers have a name and sizes from 1"),
        (lambda: random("r", 0, variance=1), "random numbers have a name and sizes from 1"),
        (lambda: random("r", sqrt(2), variance=1), "random numbers have a name and sizes from 1"),
        (lambda: random("r", n, None, variance=1), "random numbers have a name and sizes from 1"),
        (lambda: E(Lambda(a, a)), "an expectation is of real numbers or matrices"),
    ],
)
def test_what_makes_no_random_number_is_refused_by_name(make, told):
    with pytest.raises(TypeError, match=told):
        make()


def test_an_entry_of_an_expectation_is_one():
    assert proved(E(u)[i, 0], c[i, 0])
