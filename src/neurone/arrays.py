"""Arrays: which hold numbers, how large, and when values are equal."""

import numpy as np

Array = np.ndarray
REAL = "biuf"  # of NumPy's kinds of entries, those that are real numbers


def within_one(A: Array) -> tuple[Array, Array]:
    """A with each column divided by a power of 2, and the powers.

    The entries are then below 1, so that squares and sums neither overflow
    nor vanish; `ldexp` puts the powers back, and nothing is rounded.

    Shapes:  A (m, ...); the results (m, ...) and (...)
    """
    _, power = np.frexp(np.abs(A).max(axis=0))
    return np.ldexp(A, -power), power


def equal(one: object, other: object) -> bool:
    """Whether two values of one class hold equal arrays.

    NumPy compares entry by entry, so `==` of two arrays is an array, and
    no answer. The classes of this library that hold arrays answer by this.
    """
    if type(one) is not type(other):
        return NotImplemented  # Python then says that they differ
    pairs = zip(vars(one).values(), vars(other).values())
    return all(np.array_equal(mine, theirs) for mine, theirs in pairs)
