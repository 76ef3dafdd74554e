"""Arrays, and when values that hold some are equal."""

import numpy as np

Array = np.ndarray


def equal(one: object, other: object) -> bool:
    """Whether two values of one class hold equal arrays.

    NumPy compares entry by entry, so `==` of two arrays is an array, and
    no answer. The classes of this library that hold arrays answer by this.
    """
    if type(one) is not type(other):
        return NotImplemented  # Python then says that they differ
    pairs = zip(vars(one).values(), vars(other).values())
    return all(np.array_equal(mine, theirs) for mine, theirs in pairs)
