"""Numeric derivatives, to hold against the formulas.

They know nothing of the chain rule.
"""

from collections.abc import Callable
from numbers import Number
from sys import float_info
from typing import Any

import numpy as np

from neurone.arrays import Array, within_one


def central_difference(
    function: Callable[[Array], float], x: Array
) -> Array:
    """(f(x + h) - f(x - h)) / 2h for each entry of x in turn.

    It is right up to h^2, less the digits that cancel. The step
    h = eps^(1/3) max(1, |x|) balances both: ten digits remain of sixteen.

    Shapes:  x any, float64; function takes such an array, gives a number;
             the result has the shape of x
    Raises:  TypeError if function gives no number
    Claim:   central-difference-error
    """
    x = np.asarray(x)
    slopes = np.empty(x.shape)
    for entry in np.ndindex(x.shape):
        h = np.cbrt(float_info.epsilon) * max(1.0, abs(x[entry]))
        above, below = np.array(x, float), np.array(x, float)
        above[entry] += h
        below[entry] -= h
        rise = _number(function(above)) - _number(function(below))
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
    Raises:  TypeError if function gives no number
    Claim:   complex-step-error
    Source:  Squire and Trapp (1998)
    """
    x, h = np.asarray(x), 1e-30
    slopes = np.empty(x.shape)
    for entry in np.ndindex(x.shape):
        shifted = x.astype(complex)
        shifted[entry] += 1j * h
        slopes[entry] = _number(function(shifted)).imag / h
    return slopes


def _number(value: Any) -> Any:
    """The value of a function that is to give a number."""
    found = np.asarray(value)[()]  # an array without axes holds one
    if not isinstance(found, Number):
        raise TypeError(
            f"function gives {type(value).__name__} of shape "
            f"{np.shape(value)}: let it give a number, such as a sum"
        )
    return found


def relative_error(actual: Array, expected: Array) -> float:
    """The length of the difference over the sum of both lengths.

    It is 0 if they agree, 1 if they point apart.

    Shapes:  actual and expected of one shape, any
    Raises:  ValueError if their shapes differ
    """
    shapes = np.shape(actual), np.shape(expected)
    if shapes[0] != shapes[1]:
        raise ValueError(
            f"actual has shape {shapes[0]}, expected {shapes[1]}: "
            "each number needs its own"
        )
    # their squares would be 0 below 1e-162, infinite above 1e154
    both, _ = within_one(np.ravel([actual, expected]).astype(float))
    one, other = np.split(both, 2)
    scale = np.linalg.norm(one) + np.linalg.norm(other)
    return float(np.linalg.norm(one - other) / scale) if scale else 0.0
