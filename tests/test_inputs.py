"""What callers give: made into what is computed with, or refused by a line that names it."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from neurone.inputs import check_counts, check_counts_or_none, check_number, floating, generator, mean_one, numbers


@pytest.mark.parametrize(
    "given", [[[1, 2]], ((1, 2),), np.array([[1, 2]], object), csr_array([[1, 2]]), np.array([[1, 2]], np.uint8)]
)
def test_numbers_in_whatever_they_come_are_an_array(given):
    np.testing.assert_array_equal(numbers("X", given), [[1, 2]])


def test_missing_entries_of_a_list_of_objects_are_not_numbers():
    found = numbers("X", np.array([None, 1], object))  # and NaN is refused where numbers must be finite
    np.testing.assert_array_equal(found, [np.nan, 1])


@pytest.mark.parametrize("dtype, kept", [(np.uint8, np.float64), (bool, np.float64), (np.float32, np.float32)])
def test_only_whole_numbers_change_their_type(dtype, kept):
    assert floating(np.ones(2, dtype)).dtype == kept


@pytest.mark.parametrize("rng", [None, "0", 1.5, -1, {"bit_generator": "Mersenne"}, np.random], ids=str)
def test_what_is_no_generator_is_refused(rng):
    with pytest.raises(ValueError, match="rng="):
        generator(rng)


def test_a_generator_is_taken_as_it_is():
    rng = np.random.default_rng(0)
    assert generator(rng) is rng


@pytest.mark.parametrize("value", [0, -1, 1.0, "3", True, [1], None])
def test_a_count_is_a_positive_integer(value):
    with pytest.raises(ValueError, match=f"times={value!r}: give a positive integer".replace("[", r"\[")):
        check_counts(times=value)
    check_counts(times=np.int64(3))


def test_a_count_that_need_not_be_given_may_be_none():
    check_counts_or_none(times=2, never=None)
    with pytest.raises(ValueError, match="never=0: give a positive integer"):
        check_counts_or_none(times=2, never=0)


@pytest.mark.parametrize("value", [-0.1, 1, float("nan"), "0.5", None])
def test_a_number_out_of_its_range_is_refused(value):
    with pytest.raises(ValueError, match="share=.*0 or more and less than 1"):
        check_number("share", value, 0, 1)


@pytest.mark.parametrize("given", [[1, 3], [0.125, 0.375], [[1], [3]], np.array([2, 6], np.uint8)])
def test_weights_are_a_column_of_mean_one(given):
    weights = mean_one(given, 2, np.float32)
    np.testing.assert_array_equal(weights, [[0.5], [1.5]])
    assert weights.dtype == np.float32 and mean_one(None, 2, np.float32) is None


@pytest.mark.parametrize("given", [[1], [[1, 2]], [1, -1], [0, 0], [1, np.nan], [1, np.inf], ["a", "b"]])
def test_what_cannot_be_weights_is_refused(given):
    with pytest.raises(ValueError, match="^sample_weight"):
        mean_one(given, 2, float)
