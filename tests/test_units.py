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


def test_columns_stay_as_they_are_in_units_of_centre_zero_and_scale_one(rng):
    units, A = Units.as_they_are(2), rng.normal(size=(3, 2))
    assert units == Units(np.zeros(2), np.ones(2))
    np.testing.assert_array_equal(units.standardise(A), A)
