import numpy as np
import pytest

from neurone.units import Units

EPS = np.finfo(float).eps


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_numbers_go_into_units_and_come_back_in_their_precision(rng, dtype):
    A = rng.normal(3, 2, size=(6, 2)).astype(dtype)
    units = Units.of(A)
    inside = units.standardise(A)
    assert inside.dtype == units.restore(inside).dtype == dtype
    np.testing.assert_allclose(inside.mean(axis=0), 0, atol=1e-6)
    np.testing.assert_allclose(inside.std(axis=0), 1, rtol=1e-6)
    np.testing.assert_allclose(units.restore(inside), A, rtol=1e-6)


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.float16])
def test_whole_numbers_and_those_of_few_digits_have_units_in_double_precision(dtype):
    A = np.array([[0], [1], [5]], dtype)
    units = Units.of(A)
    inside = units.standardise(A)
    np.testing.assert_array_equal(inside, (A - units.centre) / units.scale)
    assert inside.dtype == units.restore(A).dtype == np.float64
    np.testing.assert_array_equal(units.restore(A), A * units.scale + units.centre)


def test_units_are_found_in_double_precision():
    A = np.array([[1e8], [1e8 + 8]], np.float32)
    assert Units.of(A) == Units(np.array([1e8 + 4]), np.array([4.0]))


@pytest.mark.parametrize("value", [0.0, 0.1, -7.0])
def test_a_column_that_does_not_vary_has_scale_one(value):
    assert Units.of(np.full((3, 1), value)).scale == [1]


def test_a_column_varies_if_its_deviation_is_beyond_ten_rounding_errors_of_its_centre():
    def scale(deviation):
        return Units.of(np.array([[1.25 - deviation * EPS], [1.25 + deviation * EPS]])).scale

    assert scale(12) == 1 and scale(13) == 13 * EPS  # ten are 12.5


def test_the_units_of_weighted_samples_are_those_of_samples_that_are_repeated(rng):
    A, times = rng.normal(3, 2, size=(4, 2)), np.array([1, 0, 3, 2])
    weighted, repeated = Units.of(A, times / times.mean()), Units.of(np.repeat(A, times, axis=0))
    np.testing.assert_allclose(weighted.centre, repeated.centre, rtol=1e-14)
    np.testing.assert_allclose(weighted.scale, repeated.scale, rtol=1e-14)


@pytest.mark.parametrize("size", [1e-320, 1e-200, 1e160, 1e300])
def test_columns_of_any_size_have_units(rng, size):
    A = rng.normal(3, 2, size=(20, 1))
    scaled = np.hstack([A, A * size])
    units = Units.of(scaled)
    np.testing.assert_allclose(units.scale[1], units.scale[0] * size, rtol=1e-2)
    np.testing.assert_allclose(*units.standardise(scaled).T, atol=0.02)


def test_a_column_whose_deviation_is_below_all_numbers_has_scale_one():
    assert Units.of(np.array([[0.0], [5e-324]])).scale == [1]


def test_the_layout_of_the_numbers_does_not_change_their_units(rng):
    A = rng.normal(size=(100, 3))
    assert Units.of(np.asfortranarray(A)) == Units.of(A)


def test_columns_stay_as_they_are_in_units_of_centre_zero_and_scale_one(rng):
    units, A = Units.as_they_are(2), rng.normal(size=(3, 2))
    assert units == Units(np.zeros(2), np.ones(2))
    np.testing.assert_array_equal(units.standardise(A), A)


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, bool, np.float16])
def test_whole_numbers_and_half_precision_are_not_cut_in_units(dtype):
    A = np.array([[0], [1], [1]], dtype)
    units = Units.of(A)
    np.testing.assert_allclose(units.standardise(A)[:, 0], [-np.sqrt(2), np.sqrt(0.5), np.sqrt(0.5)])
    np.testing.assert_allclose(units.restore(np.array([[1]], dtype))[0], units.centre + units.scale)
