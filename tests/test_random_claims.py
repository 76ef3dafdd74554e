"""Random statements keep their verdicts: a sample of those that `make thorough` tries, and what tells them apart."""

import random
from fractions import Fraction

import pytest
import random_claims
import random_depths
import sympy as sp
from plain_values import NoValue, Point, Unclear
from random_claims import LETTERS, Random, a, compared, given_for, judge, m, made, n, points_for, x, y
from sympy import Abs, Eq, Max, Piecewise, Sum

from claims import Grad, Maximum, hstack, inner, total

pytestmark = pytest.mark.many

k = LETTERS[2]
HERE = Point({n: Fraction(2), a: Fraction(-3), ("x", 0, 0): Fraction(2), ("x", 1, 0): Fraction(5)})


@pytest.mark.parametrize("seed", range(4))
def test_no_random_statement_that_is_false_is_proved_and_none_that_is_true_refuted(seed):
    assert [fault for _, fault in map(judge, made(seed)) if fault] == []


@pytest.mark.parametrize("seed", range(2))
def test_no_random_statement_of_every_depth_that_is_false_is_proved(seed):
    ((kind, fault),) = random_depths.judged(seed)
    assert fault is None and kind.startswith(("true", "false"))


@pytest.mark.parametrize(
    ("e", "value"),
    [
        (Sum(k * x[k, 0], (k, 0, n - 1)), 5),
        (Sum(x[k, 0], (k, 0, -1)), 0),
        (Maximum(a * x[k, 0], (k, 0, n - 1)), -6),
        (Piecewise((1 / (a + 3), a > 0), (7, True)), 7),
        (total(hstack(x, 2 * x)), 21),
        (total(Grad(inner(x, x), x)), 14),
        (Grad(a**3 * Abs(a), a), 4 * 27),
        (sp.sqrt(x[0, 0] * 2), 2),
    ],
)
def test_an_expression_has_the_value_that_a_pencil_finds(e, value):
    assert HERE.value(e) == value


@pytest.mark.parametrize(
    "e", [sp.log(a), sp.sqrt(a), 1 / (a + 3), x[2, 0], Sum(x[k, 0], (k, 0, -2)), Maximum(k, (k, 1, 0))]
)
def test_what_has_no_value_is_told(e):
    with pytest.raises(NoValue):
        HERE.value(e)


def test_no_slope_is_taken_at_a_kink():
    with pytest.raises(Unclear):
        HERE.value(Grad(Max(a, -3), a))


@pytest.mark.parametrize("seed", range(20))
def test_a_point_meets_the_hypotheses_that_it_is_made_for(seed):
    rng = random.Random(seed)
    equations, hold = given_for(rng)
    for at in points_for(rng, hold, 5):
        for equation in equations:
            if isinstance(equation, Eq):
                assert compared(*equation.args, at) is False
            else:
                assert at.holds(equation)


def fault_of(left, right, given=(), count=20):
    """What is found of a statement that is put beside its points by hand."""
    points = list(points_for(random.Random(0), lambda values: None, count))
    wrong = next((at for at in points if compared(left, right, at)), None)
    return judge(Random(0, left, right, given, points, wrong))


def test_a_prover_that_accepts_what_is_false_is_seen(monkeypatch):
    assert fault_of(total(x), total(y)) == ("false, open", None)
    monkeypatch.setattr(random_claims, "decide", lambda *sides: ("a guess", None))
    kind, fault = fault_of(total(x), total(y))
    assert kind == "false, proved" and "false, and proved" in fault


def test_a_prover_that_loses_a_condition_is_seen(monkeypatch):
    assert fault_of(a / (a - 1) - 1 / (a - 1), sp.Integer(1)) == ("true, proved", None)
    monkeypatch.setattr(random_claims, "conditions", lambda *sides: ())
    kind, fault = fault_of(a / (a - 1) - 1 / (a - 1), sp.Integer(1))
    assert kind == "true, proved" and "no value" in fault


def test_a_prover_that_refutes_what_is_true_is_seen(monkeypatch):
    monkeypatch.setattr(random_claims, "screen", lambda sides: type("Look", (), {"found": True}))
    assert fault_of(total(x), Sum(x[k, 0], (k, 0, n - 1)))[0] == "true, refuted"


def test_a_prover_that_accepts_a_false_line_of_every_depth_is_seen(monkeypatch):
    monkeypatch.setattr(random_depths, "every_depth", lambda *lines: None)
    assert any(fault for seed in range(3) for _, fault in random_depths.judged(seed))


def test_a_condition_is_judged_at_all_places_of_its_letters_and_by_the_names_of_its_symbols():
    here = HERE.with_({m: Fraction(1)})
    every, given = sp.Symbol("j", integer=True), sp.Symbol("a", real=True, negative=True)
    assert random_claims.holds([x[every, 0] > 1], here) and not random_claims.holds([x[every, 0] > 2], here)
    assert random_claims.holds([sp.Ne(given + 2, 0)], here) and not random_claims.holds([sp.Ne(given + 3, 0)], here)
