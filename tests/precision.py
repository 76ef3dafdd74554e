"""Numbers compared to a few units in the last place, and given exactly to fifty digits."""

import mpmath
import numpy as np


def assert_ulps(got, want, ulps):
    """Entries agree within some units in the last place of the largest entry."""
    got, want = np.asarray(got), np.asarray(want)
    assert got.shape == want.shape
    assert np.max(np.abs(got - want)) <= ulps * np.spacing(np.max(np.abs(want)))


def exactly(array):
    """A matrix of the very same numbers, for 50 digits."""
    return [[mpmath.mpf(float(x)) for x in row] for row in array]
