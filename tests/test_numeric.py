import random

import mpmath
import pytest
import sympy as sp
from mpmath import mpf

from claims import Grad, Hess, Jac, activation, apply, hstack, inner, matrix, named, scalar, sigma, total, vstack
from claims.numbers.arithmetic import rounded
from claims.numbers.draws import SEARCHED
from claims.numbers.search import audit, screen, smallest
from claims.numbers.standins import StandIn
from claims.numbers.trial import Trial
from claims.numbers.unknowns import unknowns
from claims.numbers.values import Environment, Undefined, evaluate

x, A = matrix("x", 2), matrix("A", 2, 2)
z = scalar("z")
HERE = Environment({x: [[mpf(1)], [mpf(2)]], A: [[mpf(1), mpf(2)], [mpf(3), mpf(4)]], z: mpf(-2)})


def near(left, right):
    return mpmath.almosteq(rounded(left), rounded(right), rel_eps=mpf("1e-12"), abs_eps=mpf("1e-12"))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (A * x, [[5], [11]]),
        (A.T * x, [[7], [10]]),
        (sp.HadamardProduct(A, A), [[1, 4], [9, 16]]),
        (sp.HadamardPower(A, -1), [[1, 0.5], [mpf(1) / 3, 0.25]]),
        (sp.DiagMatrix(x), [[1, 0], [0, 2]]),
        (hstack(A, x), [[1, 2, 1], [3, 4, 2]]),
        (vstack(A, x.T), [[1, 2], [3, 4], [1, 2]]),
        (A**2, [[7, 10], [15, 22]]),
        (apply(lambda t: sp.Max(0, t - 2), A), [[0, 0], [1, 2]]),
        (Grad(x.T * A * x, x), [[12], [21]]),
        (Jac(A * x, x), [[1, 2], [3, 4]]),
        (Hess(x.T * A * x, x), [[2, 5], [5, 8]]),
    ],
)
def test_matrix_value_computed_by_hand(expression, expected):
    value = evaluate(expression, HERE)
    assert all(near(v, e) for row, want in zip(value, expected, strict=True) for v, e in zip(row, want, strict=True))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (sp.Trace(A), 5),
        (total(A), 10),
        (inner(x, x), 5),
        (sp.sqrt(inner(x, x)) ** 2, 5),
        (sp.Abs(z) + sp.sign(z), 1),
        (sp.Piecewise((1, z > 0), (7, True)), 7),
        (sp.Heaviside(z + 2), mpf(1) / 2),
        (sp.Sum(A[0, scalar("k", integer=True)], (scalar("k", integer=True), 0, 1)), 3),
        (Grad(Grad(z**3, z), z), -12),
        (sigma(z), 1 / (1 + mpmath.e**2)),
    ],
)
def test_scalar_value_computed_by_hand(expression, expected):
    assert near(evaluate(expression, HERE), expected)


@pytest.mark.parametrize(
    "e", [sp.log(z), sp.sqrt(z), sp.Abs(sp.sqrt(z)), sp.acosh(z), sp.asin(z), z ** sp.Rational(1, 3)]
)
def test_a_function_has_no_value_where_it_is_not_real(e):
    with pytest.raises(Undefined):
        evaluate(e, HERE)


def test_a_pole_has_no_value():
    with pytest.raises(Undefined):
        evaluate(1 / (z + 2), HERE)


def test_values_that_change_are_not_those_kept():
    assert evaluate(total(A) * z, HERE) == -20
    assert evaluate(total(A) * z, HERE.set({z: mpf(3)})) == 30
    assert evaluate(total(A) * z, HERE.set({z: mpf(3)}).set({A: [[mpf(1)]]})) == 3
    here = Environment(HERE)
    assert evaluate(-z, here) == 2
    here[z] = mpf(5)
    assert evaluate(-z, here) == -5


def test_a_value_is_not_kept_for_more_digits_than_it_has():
    assert evaluate(sp.exp(z), HERE)
    with mpmath.workdps(50):
        assert mpmath.almosteq(evaluate(sp.exp(z), HERE), mpmath.exp(-2), rel_eps=mpf("1e-45"))


def test_what_a_step_does_not_move_is_computed_once_for_each_number_of_digits():
    arguments = []
    g = activation("g")
    here = Environment(HERE, functions={g: lambda u, order: arguments.append(u) or u**2})
    hidden = named("H", apply(g, A * x))
    assert near(evaluate(Grad(inner(z * hidden, hidden), z), here), 5**4 + 11**4)
    assert set(arguments) == {5, 11} and len(arguments) <= 4
    assert near(evaluate(Jac(hidden, x), here)[1][0], 2 * 11 * 3)
    assert len(arguments) > 2


def test_a_stand_in_for_any_function_has_its_derivatives():
    f = StandIn(mpf(2), mpf(3), 1)
    for order in range(4):
        assert near(f(mpf("0.3"), order + 1), mpmath.diff(lambda t, order=order: f(t, order), mpf("0.3")))


def test_the_audit_agrees_to_more_than_forty_digits():
    g = activation("g")
    points, error = audit(Trial(Grad(total(apply(g, A * x)), x), A.T * apply(g.prime, A * x)))
    assert points == 3
    assert error < 1e-40


def test_a_false_claim_is_seen_by_numbers_alone_and_the_counterexample_is_small():
    n = sp.Symbol("n", integer=True, positive=True)
    S, T = matrix("S", n, n), matrix("T", n, n)
    trial = Trial(S * T, T * S)
    found = smallest(trial, screen(trial).found)
    assert found.sizes == {n: 2}
    S_, T_ = (sp.Matrix([[sp.nsimplify(str(v)) for v in row] for row in found.values[M]]) for M in (S, T))
    place = found.entry
    assert (S_ * T_)[place] == sp.nsimplify(str(found.expected))
    assert (T_ * S_)[place] == sp.nsimplify(str(found.claimed))
    assert found.expected != found.claimed


def test_the_counterexample_reads_as_text_and_as_a_table():
    trial = Trial(sp.sqrt(z**2), z)
    found = smallest(trial, screen(trial).found)
    assert "expected" in found.text
    assert found.markdown.count("|") >= 9
    assert found.latex.startswith(r"\begin{aligned}")


def test_points_fulfil_the_hypotheses():
    K, m = sp.symbols("K m", integer=True, positive=True)
    Y, Q = matrix("Y", m, K), matrix("Q", m, m)
    rows = sp.Eq(Y * sp.OneMatrix(K, 1), sp.OneMatrix(m, 1))
    turned = sp.Eq(Q.T * Q, sp.Identity(m))
    with mpmath.workdps(50):
        env = Trial(total(Y), total(Q), (rows, turned)).at(SEARCHED[0], random.Random(0), sizes={K: 3, m: 2})
        assert all(near(sum(row), 1) for row in env[Y])
        assert near(sum(q * q for q in env[Q][0]), 1)


def test_everything_that_is_left_open_is_found():
    n = sp.Symbol("n", integer=True, positive=True)
    found = unknowns([total(apply(activation("g"), matrix("B", n, 1))) * z])
    assert [str(s) for s in (*found.sizes, *found.matrices, *found.scalars)] == ["n", "B", "z"]
    assert [g.__name__ for g in found.activations] == ["g"]
