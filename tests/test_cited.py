"""What is not proved is told apart: taken from a source, or seen in numbers over seeds."""

import json

import pytest
import sympy as sp
from scipy.special import stdtrit

from claims import Refuted, SizesDoNotFit, by, cite, matrix, nonnegative, observed, scalar, sigma, sizes
from claims.proof import library
from claims.proof.cited import student
from claims.proof.records import bundle
from claims.reasons.errors import ReasonFails

z = scalar("z")


@pytest.fixture
def emitted(monkeypatch):
    found = []
    monkeypatch.setattr("claims.proof.cited.emit", found.append)
    return found


def test_a_theorem_in_words_has_a_source_and_a_key_by_which_proofs_need_it(emitted):
    cite("chain-rule", "If $L$ depends on $X$ through $Z$ alone, ...", source="a book", title="Chain rule")
    record = emitted[0].record()
    assert (record["state"], record["key"], record["source_of"]) == ("cited", "theorem:chain-rule", "a book")
    assert record["latex"] == "" and record["statement"] is None
    assert json.loads(json.dumps(record)) == record
    assert "If $L$ depends" in bundle(record)["text/markdown"]


def test_a_cited_equation_may_be_the_reason_of_a_line(emitted):
    cite("symmetry", "The curve is its own mirror image.", sigma(-z), 1 - sigma(z), source="a book", title="Symmetry")
    assert library.known([type("By", (), {"id": "symmetry"})])["symmetry"].left == sigma(-z)
    assert emitted[0].record()["latex"]


def test_a_cited_sign_is_no_equation(emitted):
    cite("square", "A square is never negative.", nonnegative(z**2), source="a book", title="Square")
    record = emitted[0].record()
    assert record["latex"] == r"z^2 \ge 0" and record["statement"]["kind"] == "nonnegative"
    with pytest.raises(ReasonFails, match="square is no equation"):
        library.known([by("square")])


@pytest.mark.parametrize("source", [" ", None])
def test_a_citation_without_a_source_is_refused(source):
    with pytest.raises(ValueError, match="say where the proof stands"):
        cite("theorem", "It holds.", source=source, title="A theorem")


@pytest.mark.parametrize("formula", [{"rhs": z}, {"given": sp.Eq(z, 1)}, {"given": [sp.Eq(z, 1)]}], ids=str)
def test_a_cited_formula_has_a_left_side(emitted, formula):
    with pytest.raises(TypeError, match="a side of a claim is .* not None"):
        cite("theorem", "It holds.", source="a book", title="A theorem", **formula)
    assert emitted == []


def test_a_cited_equation_must_fit_together():
    m, n = sizes("m n")
    with pytest.raises(SizesDoNotFit):
        cite("theorem", "It holds.", matrix("A", m), matrix("B", n), source="a book", title="A theorem")


def test_what_was_observed_carries_its_seeds_and_its_interval(emitted):
    observed("ahead", "The one is ahead.", [0.1, 0.2, 0.3], above=-0.1, title="Ahead")
    seen = emitted[0].record()["observed"]
    half = stdtrit(2, 0.975) * 0.1 / 3**0.5
    assert seen["seeds"] == 3
    assert seen["low"] == pytest.approx(0.2 - half) and seen["high"] == pytest.approx(0.2 + half)


@pytest.mark.parametrize(("bound", "values"), [("above", [0.1, 0.2, -0.3]), ("below", [0.1, 0.2, 0.3])])
def test_what_the_interval_does_not_show_is_not_observed(bound, values):
    with pytest.raises(Refuted, match=f"ahead: not observed: .* 3 seeds .* not {bound} 0"):
        observed("ahead", "The one is ahead.", values, title="Ahead", **{bound: 0})


@pytest.mark.parametrize(("values", "bounds"), [([1], {"above": 0}), ([1, 2], {}), ([1, 2], {"above": 0, "below": 3})])
def test_an_observation_needs_two_seeds_and_one_bound(values, bounds):
    with pytest.raises(ValueError, match="two or more seeds"):
        observed("ahead", "The one is ahead.", values, title="Ahead", **bounds)


@pytest.mark.parametrize(
    ("values", "bound"),
    [([1, 2, float("nan")], 0), ([1, float("inf")], 0), ([1, 2, 1], float("nan")), ([1, 2], -float("inf"))],
)
@pytest.mark.parametrize("side", ["above", "below"])
def test_of_numbers_that_are_not_finite_nothing_is_observed(values, bound, side):
    with pytest.raises(
        ValueError, match="ahead: the values and the bound are finite numbers, and (nan|inf|-inf) is none"
    ):
        observed("ahead", "The one is ahead.", values, title="Ahead", **{side: bound})


@pytest.mark.parametrize("freedom", [1, 2, 9, 199])
def test_students_t_is_that_of_scipy(freedom):
    assert student(freedom) == pytest.approx(stdtrit(freedom, 0.975), rel=1e-12)
