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


@pytest.mark.parametrize(
    "given, message",
    [
        ([[10**400]], r"X holds entries that are not numbers \(int too large"),
        ([[1j]], "X is of type list with entries of type complex128, not real numbers"),
        (np.ma.array([[1, 2]], mask=[[0, 1]]), "X holds masked entries: fill in or leave out what is missing"),
    ],
)
def test_entries_that_are_no_real_numbers_are_refused(given, message):
    with pytest.raises(ValueError, match=message):
        numbers("X", given)


def test_complex_numbers_are_taken_where_they_are_wanted_and_a_mask_that_hides_nothing_too():
    np.testing.assert_array_equal(numbers("X", [[1j]], "c"), [[1j]])
    np.testing.assert_array_equal(numbers("X", np.ma.array([1, 2])), [1, 2])


def test_rows_follow_each_other_in_memory():
    assert numbers("X", np.ones((3, 2), order="F")).flags.c_contiguous


@pytest.mark.parametrize(
    "dtype, kept",
    [(np.uint8, np.float64), (bool, np.float64), (np.float16, np.float64), (np.float32, np.float32)],
)
def test_only_whole_numbers_and_half_precision_change_their_type(dtype, kept):
    assert floating(np.ones(2, dtype)).dtype == kept


@pytest.mark.parametrize("rng", [None, "0", 1.5, -1, {"bit_generator": "Mersenne"}, np.random], ids=str)
def test_what_is_no_generator_is_refused(rng):
    with pytest.raises(ValueError, match="rng="):
        generator(rng)
    with pytest.raises(ValueError, match="seed="):
        generator(rng, "seed")


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


@pytest.mark.parametrize("size", [1e-320, 1e-300, 1e308])
def test_weights_may_be_of_any_size(size):
    np.testing.assert_allclose(mean_one(np.full(4, size), 4, float), 1)


def test_many_weights_of_half_precision_have_a_sum():
    np.testing.assert_array_equal(mean_one(np.ones(70_000, np.float16), 70_000, float), 1)


@pytest.mark.parametrize("given", [[1], [[1, 2]], [1, -1], [0, 0], [1, np.nan], [1, np.inf], ["a", "b"]])
def test_what_cannot_be_weights_is_refused(given):
    with pytest.raises(ValueError, match="^sample_weight"):
        mean_one(given, 2, float)
