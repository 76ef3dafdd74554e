"""Units in which numbers have mean 0 and variance 1."""

from dataclasses import dataclass
from sys import float_info

import numpy as np

from neurone.arrays import Array, equal, within_one
from neurone.inputs import floating


@dataclass(frozen=True)
class Units:
    """The centre and the scale of each column.

    Shapes:  centre and scale (n,), for arrays (m, n)
    """

    centre: Array
    scale: Array

    @classmethod
    def of(cls, A: Array, sample_weight: Array | None = None) -> "Units":
        """The mean and the standard deviation; 1 where nothing varies.

        Shapes:  A (m, n), sample_weight (m,)
        """
        A, power = within_one(np.asarray(A, np.float64, order="C"))
        centre = np.average(A, axis=0, weights=sample_weight)
        square = (A - centre) ** 2
        scale = np.sqrt(np.average(square, axis=0, weights=sample_weight))
        centre, scale = np.ldexp(centre, power), np.ldexp(scale, power)
        blurred = 10 * float_info.epsilon * np.abs(centre)  # by rounding
        return cls(centre, np.where(scale > blurred, scale, 1.0))

    @classmethod
    def as_they_are(cls, n: int) -> "Units":
        """Centre 0 and scale 1: n columns that stay as they are."""
        return cls(np.zeros(n), np.ones(n))

    def standardise(self, A: Array) -> Array:
        A = floating(A)  # in units, whole numbers are whole no more
        return ((A - self.centre) / self.scale).astype(A.dtype)

    def restore(self, A: Array) -> Array:
        A = floating(A)
        return (A * self.scale + self.centre).astype(A.dtype)

    def __eq__(self, other: object) -> bool:
        return equal(self, other)
