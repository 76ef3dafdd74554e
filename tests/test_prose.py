"""Numbers for the prose: the interval is Student's, and what the prose is given reads as plain numbers."""

import ast
import math

import numpy as np
import pytest
from chapters import BOOK
from test_architecture import code_cells

from coursebook.cells.dependencies import imported
from coursebook.kernel import prose
from coursebook.kernel.prose import interval, put, put_entries, text


@pytest.fixture
def given(monkeypatch):
    """What the prose was given, by name."""
    values = {}
    monkeypatch.setattr(prose, "glue", lambda name, value, display: values.update({name: (value, display)}))
    return values


def test_the_interval_of_two_values_is_that_of_the_cauchy_distribution():
    mean, half = interval([0, 2])  # the error is 1, and Student's t with one degree of freedom is Cauchy's
    assert mean == 1 and half == pytest.approx(math.tan(0.475 * math.pi))


def test_the_interval_of_three_values_is_the_one_computed_by_hand():
    mean, half = interval([1, 2, 3])  # the variance is 1; the quantile of two degrees of freedom has a closed form
    assert mean == 2 and half == pytest.approx(0.95 * math.sqrt(2 / (4 * 0.975 * 0.025)) / math.sqrt(3))


def test_the_interval_of_five_normal_draws_holds_their_mean_in_95_percent_of_20000_cases():
    mean, half = interval(np.random.default_rng(0).normal(3, 2, size=(5, 20000)))
    assert np.mean(np.abs(mean - 3) <= half) == pytest.approx(0.95, abs=0.005)


def test_the_first_axis_is_that_of_the_seeds():
    values = np.random.default_rng(0).normal(size=(4, 2, 3))
    mean, half = interval(values)
    assert mean.shape == half.shape == (2, 3)
    assert (mean[1, 2], half[1, 2]) == pytest.approx(interval(values[:, 1, 2]))


def test_equal_values_leave_an_interval_of_one_point():
    assert interval(np.full(10, 0.5)) == (0.5, 0)


@pytest.mark.parametrize("values, count", [([], 0), ([1.5], 1), (1.5, 1), (np.ones((1, 3)), 1)], ids=str)
@pytest.mark.parametrize("function", [interval, text])
def test_fewer_than_two_values_have_no_interval(function, values, count):
    with pytest.raises(ValueError, match=f"^{count} values: an interval needs two or more$"):
        function(values)


def test_the_text_is_mean_and_half_with_a_real_minus_sign():
    assert text([-3, -2, -1]) == "\N{MINUS SIGN}2.000\N{NO-BREAK SPACE}±\N{NO-BREAK SPACE}2.484"


def test_the_text_has_as_many_digits_as_one_asks_for():
    assert text([1, 2, 3], 1) == "2.0\N{NO-BREAK SPACE}±\N{NO-BREAK SPACE}2.5"


@pytest.mark.parametrize(
    "value, plain", [(np.float64(0.5), 0.5), (np.float32(0.5), 0.5), (np.int64(3), 3), (np.bool_(True), True)], ids=repr
)
def test_the_prose_is_given_python_s_numbers(given, value, plain):
    put(number=value)
    assert given == {"number": (plain, False)} and type(given["number"][0]) is type(plain)


def test_words_pass_as_they_are_and_all_values_by_their_names(given):
    put(word="yes", count=2)
    assert given == {"word": ("yes", False), "count": (2, False)}


@pytest.mark.parametrize(
    "value, shown",
    [
        ("up to 4e-07", "up to 4\N{NO-BREAK SPACE}·\N{NO-BREAK SPACE}10⁻⁷"),
        ("-1.1e-15", "\N{MINUS SIGN}1.1\N{NO-BREAK SPACE}·\N{NO-BREAK SPACE}10⁻¹⁵"),
        ("2.0e+12", "2.0\N{NO-BREAK SPACE}·\N{NO-BREAK SPACE}10¹²"),
        ("1e-10", "10⁻¹⁰"),
        ("0e+00", "0"),
        ("a1e-10", "a1e-10"),
        ("e-7", "e-7"),
    ],
)
def test_powers_of_ten_are_given_as_people_write_them(given, value, shown):
    put(number=value)
    assert given == {"number": (shown, False)}


def test_the_entries_of_an_array_are_given_row_by_row_with_a_real_minus_sign(given):
    put_entries(W=np.array([[1, -2], [0.25, -0.0004]]))
    assert {name: value for name, (value, _) in given.items()} == {
        "W_1": "1.000",
        "W_2": "\N{MINUS SIGN}2.000",
        "W_3": "0.250",
        "W_4": "0.000",
    }


def test_a_single_number_goes_by_its_name_with_as_many_digits_as_one_asks_for(given):
    put_entries(1, loss=0.26)
    assert given == {"loss": ("0.3", False)}


@pytest.mark.parametrize("page", sorted(BOOK.glob("*.md")), ids=lambda path: path.stem)
def test_no_chapter_has_a_version_of_its_own(page):
    code = code_cells(page)
    own = {node.name for node in ast.walk(ast.parse(code)) if isinstance(node, ast.FunctionDef)}
    assert not own & {"put", "put_entries", "interval", "text"}
    assert not imported(code) & {"myst_nb.glue", "scipy.special.stdtrit"}
