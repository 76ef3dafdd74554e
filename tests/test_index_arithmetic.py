"""Sums taken apart, shifted, reversed, and with limits that depend on indices around them, for all lengths."""

import pytest
import sympy as sp
from sympy import Eq, FunctionMatrix, Lambda, Piecewise, Sum

from claims import Grad, Maximum, apply, hadamard, inner, matrix, scalar, sizes, total
from claims.algebra.equality import Equality
from claims.errors import Ambiguous, Undecided
from claims.language.statement import prepared
from claims.proof.prover import prove

n, d, p, T = sizes("n d p T")
i, j, k, l = sp.symbols("i j k l", integer=True)
z, x0, beta = scalar("z"), scalar("x0"), scalar("beta", positive=True)
x, G, u = matrix("x", n), matrix("G", T + 1), matrix("u", T + 1)
A = matrix("A", n, n)
Q, K, V = matrix("Q", n, d), matrix("K", n, d), matrix("V", n, p)
causal = FunctionMatrix(n, n, Lambda((i, j), Piecewise((1, j <= i), (0, True))))


def momentum(t):
    return Sum(beta ** (t - k) * G[k - 1, 0], (k, 1, t))


def recurrence(t):
    return beta**t * x0 + Sum(beta ** (t - 1 - k) * u[k, 0], (k, 0, t - 1))


TRUE = {
    "first term apart": (Sum(x[i, 0], (i, 0, n - 1)), x[0, 0] + Sum(x[i, 0], (i, 1, n - 1))),
    "last term apart": (total(x), x[n - 1, 0] + Sum(x[i, 0], (i, 0, n - 2))),
    "telescope": (Sum(x[i + 1, 0] - x[i, 0], (i, 0, n - 2)), x[n - 1, 0] - x[0, 0]),
    "telescope from the first": (x[0, 0] + Sum(x[i, 0] - x[i - 1, 0], (i, 1, n - 1)), x[n - 1, 0]),
    "shift": (Sum(x[i, 0], (i, 0, n - 1)), Sum(x[i - 1, 0], (i, 1, n))),
    "reverse": (Sum(x[n - 1 - i, 0], (i, 0, n - 1)), total(x)),
    "reverse a power": (Sum(beta ** (T - k), (k, 1, T)), Sum(beta**k, (k, 0, T - 1))),
    "one number more": (Sum(k, (k, 1, T + 1)), Sum(k, (k, 1, T)) + T + 1),
    "momentum": (momentum(T + 1), beta * momentum(T) + G[T, 0]),
    "linear recurrence": (recurrence(T + 1), beta * recurrence(T) + u[T, 0]),
    "causal attention": (
        (hadamard(Q * K.T, causal) * V)[i, l],
        Sum((Q * K.T)[i, j] * V[j, l], (j, 0, i)),
    ),
    "triangle, the other way round": (Sum(x[j, 0], (j, 0, i), (i, 0, n - 1)), Sum((n - j) * x[j, 0], (j, 0, n - 1))),
    "half of a square": (Sum(Sum(x[j, 0] * x[i, 0], (j, 0, i)), (i, 0, n - 1)), (total(x) ** 2 + inner(x, x)) / 2),
}  # fmt: skip

FALSE = {
    "first term lost": (Sum(x[i, 0], (i, 0, n - 1)), Sum(x[i, 0], (i, 1, n - 1))),
    "last term twice": (total(x), 2 * x[n - 1, 0] + Sum(x[i, 0], (i, 0, n - 2))),
    "telescope that ends one early": (Sum(x[i + 1, 0] - x[i, 0], (i, 0, n - 3)), x[n - 1, 0] - x[0, 0]),
    "momentum with its weights shifted": (momentum(T + 1), beta * momentum(T) + beta * G[T, 0]),
    "mask that sees itself": (
        (hadamard(Q * K.T, causal) * V)[i, l],
        Sum((Q * K.T)[i, j] * V[j, l], (j, 0, i - 1)),
    ),
    "triangle without its diagonal": (
        Sum(x[j, 0], (j, 0, i), (i, 0, n - 1)),
        Sum((n - 1 - j) * x[j, 0], (j, 0, n - 1)),
    ),
    "half of a square without its diagonal": (
        Sum(Sum(x[j, 0] * x[i, 0], (j, 0, i)), (i, 0, n - 1)),
        (total(x) ** 2 - inner(x, x)) / 2,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TRUE)
def test_sums_that_count_differently_are_equal(name):
    assert prove(name, *TRUE[name]).state == "proved-all"


@pytest.mark.parametrize("name", FALSE)
def test_no_algebra_finds_sums_of_different_terms_equal(name):
    assert Equality(*prepared(*FALSE[name]).chain[0][:2], ()).decide()[0] is None


def test_a_sum_up_to_an_index_is_refused_where_it_may_have_fewer_than_no_terms():
    with pytest.raises(Exception, match="fewer than no terms"):
        prove("too few", Sum(x[j, 0], (j, 0, i - 2)) + x[i, 0], Sum(x[j, 0], (j, 0, i - 2)) + x[i, 0] + 0 * z)


def test_a_condition_that_left_the_sum_that_binds_it_is_refused():
    inner_sum = Sum(Piecewise((1, l <= k), (0, True)), (l, 0, n - 1))
    with pytest.raises(Ambiguous, match="l stands in a condition outside of what binds it"):
        prove("moved", Sum(x[k, 0] * inner_sum, (k, 0, n - 1)), Sum((k + 1) * x[k, 0], (k, 0, n - 1)))
    ones_up_to = apply(lambda t: Piecewise((1, t <= k), (0, True)), x)
    with pytest.raises(Ambiguous, match="outside of what binds it"):
        prove("moved", Sum(x[k, 0] * total(ones_up_to), (k, 0, n - 1)), 0)


@pytest.mark.parametrize("fold", [Sum, Maximum])
def test_a_condition_that_left_the_sum_that_binds_it_for_one_with_the_same_letter_is_refused(fold):
    """What SymPy makes of it: pieces that depend on the outer letter, with inner sums that have no pieces."""
    inside = fold(Piecewise((x[k, 0], z * x[k, 0] > 1), (0, True)), (k, 0, n - 1))
    apart = inside.xreplace({k: l})
    with pytest.raises(Ambiguous, match="k stands in a condition outside of what binds it"):
        prove("captured", Sum(1 + inside, (k, 0, n - 1)), n + n * apart)
    assert prove("apart", Sum(1 + apart, (k, 0, n - 1)), n + n * apart)


def test_the_longest_of_inner_sums_has_no_fewer_than_no_terms():
    nested = Sum(x[k, 0] * Sum(1, (l, k, n - 2)), (k, 1, n - 1))
    assert prove("short", nested, nested + 0 * total(x) + x[0, 0] - x[0, 0]).conditions in ((), (n >= 2,))


def test_hypotheses_between_numbers_do_not_lead_round_in_a_circle():
    a, b, r, g = (scalar(name) for name in "abrg")
    given = [Eq(b, 1 - r + g * a), Eq(a, -r + g * b)]
    assert prove("bellman", a * (1 - g**2), -r + g * (1 - r), given=given).state == "proved"


def test_a_free_index_is_in_the_range_of_its_places_on_both_sides_when_conditions_are_told():
    x, kernel, G = matrix("x", n + p - 1), matrix("w", p), matrix("G", n)
    slid = Sum(G[i, 0] * Sum(x[i + k, 0] * kernel[k, 0], (k, 0, p - 1)), (i, 0, n - 1))
    slope = prove("slope", Grad(slid, kernel[j, 0]), Sum(x[i + j, 0] * G[i, 0], (i, 0, n - 1)))
    assert slope.conditions == ()


def test_a_condition_on_the_places_of_a_sum_is_one_for_all_of_them():
    x, kernel = matrix("x", n + p - 1), matrix("w", p)
    slid = Sum(x[i + k, 0] * kernel[k, 0], (k, 0, p - 1))
    found = prove("place", slid, slid).record()["conditions"]
    assert [(each["latex"], each["indices"]) for each in found] == [(r"i \ge 1", []), (r"n - i \ge 0", [])]


@pytest.mark.parametrize(
    ("summed", "condition"),
    [
        (Sum(Q[k, 0], (k, 1, p - 1)), n - p >= 0),
        (Sum(x[2 * k, 0], (k, 0, p - 1)), n + 1 - 2 * p >= 0),
        (Sum(sp.log(n - 2 - k), (k, 0, p - 1)), n - 1 - p > 0),
        (Sum(sp.sqrt(n - 2 - k), (k, 0, p - 1)), n - 1 - p >= 0),
        (Sum(sp.sqrt(-k), (k, 0, p - 1)), p <= 1),
        (Sum(z + sp.sqrt(1 - k) ** 3, (k, 1, p)), p <= 1),
        (total(FunctionMatrix(p, d, Lambda((i, j), sp.sqrt(-i)))), p <= 1),
        (Sum(Sum(A[k, j], (j, 0, k)), (k, 0, p - 1)), n - p >= 0),
        (Sum(Piecewise((x[k, 0], z > 0), (0, True)), (k, 0, p - 1)), (z <= 0) | (n - p >= 0)),
    ],
)
def test_what_a_place_needs_is_told_of_the_end_of_its_range_and_of_no_letter_without_one(summed, condition):
    assert prove("range", 2 * summed, summed + summed).conditions == (condition,)


def test_a_sum_that_has_a_value_only_where_it_has_no_terms_is_left_open():
    nested = Sum(z + Sum(x[j, 0], (j, 1, n)), (k, 1, p - 1))
    with pytest.raises(Undecided, match="no value at the end of a range"):
        prove("no terms", 2 * nested, nested + nested)
