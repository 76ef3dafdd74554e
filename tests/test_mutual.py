"""The two provers against each other: a sample of what `make thorough` puts to both."""

import random

import pytest
import sympy as sp
from mutual import compared, random_statements, second

from claims import scalar
from claims.data import Stated, write

pytestmark = pytest.mark.many
z, r = scalar("z"), scalar("r")


def said(left, right, conditions=()) -> dict:
    return write(Stated("equation", left, right, conditions=conditions))


def test_no_random_statement_is_proved_by_one_prover_and_refuted_by_the_other():
    tally, faults = compared(second(random_statements(random.Random(3), 20), 1, 3))
    assert faults == []
    assert tally["proved by the second, proved by the first"] > 10
    assert tally["refuted by the second"] > 3


@pytest.mark.parametrize(
    ("left", "right", "conditions", "message"),
    [
        (z, r, (), "refuted by the first"),
        (sp.Abs(z), z, (z < 5,), "refuted by the first"),
        (sp.log(z) + r, r + sp.log(z), (), "without a condition"),
    ],
)
def test_what_the_second_prover_must_not_prove_is_told(left, right, conditions, message):
    (numbers,) = second([said(left, right, conditions)])
    proved = {"statement": said(left, right, conditions), "fits": True, "proved": True, "refuted": None, **numbers}
    _, faults = compared([proved])
    assert any(message in fault for fault in faults)


def test_what_the_first_prover_must_not_prove_is_told(monkeypatch):
    monkeypatch.setattr("mutual.First.proves", lambda self: said(sp.Abs(z), z, (z < 5,)))
    _, faults = compared(second([said(z, r)], 0, 1))
    assert [fault.partition(" at ")[0] for fault in faults] == ["proved by the first, and refuted by the second"]


def test_a_point_that_does_not_meet_the_conditions_of_a_statement_says_nothing():
    (numbers,) = second([said(sp.Abs(z), z, (z > 0,))])
    assert numbers == {"fails": None, "lost": None}
