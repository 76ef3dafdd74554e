"""Numeric derivatives, to hold against the formulas.

They know nothing of the chain rule.
"""

from collections.abc import Callable
from sys import float_info

import numpy as np

from neurone.arrays import Array


def central_difference(
    function: Callable[[Array], float], x: Array
) -> Array:
    """(f(x + h) - f(x - h)) / 2h for each entry of x in turn.

    It is right up to h^2, less the digits that cancel. The step
    h = eps^(1/3) max(1, |x|) balances both: ten digits remain of sixteen.

    Shapes:  x any, float64; function takes such an array, gives a number;
             the result has the shape of x
    Claim:   central-difference-error
    """
    slopes = np.empty(x.shape)
    for entry in np.ndindex(x.shape):
        h = np.cbrt(float_info.epsilon) * max(1.0, abs(x[entry]))
        above, below = np.array(x, float), np.array(x, float)
        above[entry] += h
        below[entry] -= h
        rise = function(above) - function(below)
        slopes[entry] = rise / (above[entry] - below[entry])
    return slopes


def complex_step(function: Callable[[Array], float], x: Array) -> Array:
    """Im f(x + ih) / h for each entry of x in turn.

    Nothing cancels, so that h can be tiny and all digits remain. The
    function must be analytic, and its code take complex numbers. NumPy
    compares these by their real parts, so that where the code compares,
    as ReLU does, each sample stays on its side of the kink.

    Shapes:  x any, float64; function takes such an array, gives a number;
             the result has the shape of x
    Claim:   complex-step-error
    Source:  Squire and Trapp (1998)
    """
    h = 1e-30
    slopes = np.empty(x.shape)
    for entry in np.ndindex(x.shape):
        shifted = x.astype(complex)
        shifted[entry] += 1j * h
        slopes[entry] = function(shifted).imag / h
    return slopes


def relative_error(actual: Array, expected: Array) -> float:
    """The length of the difference over the sum of both lengths.

    It is 0 if they agree, 1 if they point apart.

    Shapes:  actual and expected of one shape, any
    """
    scale = np.linalg.norm(actual) + np.linalg.norm(expected)
    distance = np.linalg.norm(np.subtract(actual, expected))
    return float(distance / scale) if scale else 0.0
