"""Activation functions, each with its derivative beside it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from neurone.arrays import Array
from neurone.inputs import floating


@dataclass(frozen=True)
class Activation:
    """A function g of each entry, and g'(Z) computed from A = g(Z).

    The value is at hand when the derivative is wanted, and here every
    derivative follows from the value.

    Shapes:  any; the result has the shape and dtype of the argument
    """

    name: str
    value: Callable[[Array], Array]
    derivative: Callable[[Array], Array]


def sigmoid_value(Z: Array) -> Array:
    """1 / (1 + exp(-Z)) as (1 + tanh(Z / 2)) / 2, which cannot overflow.

    Shapes:  any; the result has the shape and dtype of Z
    Claim:   sigmoid
    """
    return 0.5 * (1 + np.tanh(0.5 * Z))


def sigmoid_derivative(A: Array) -> Array:
    """A (1 - A), the derivative of the sigmoid where its value is A.

    Shapes:  any; the result has the shape and dtype of A
    Claim:   sigmoid-derivative
    """
    return A * (1 - A)


def tanh_derivative(A: Array) -> Array:
    """1 - A^2, the derivative of tanh where its value is A.

    Shapes:  any; the result has the shape and dtype of A
    Claim:   tanh-derivative
    """
    return 1 - A * A


def relu_value(Z: Array) -> Array:
    """Z where it is positive, 0 elsewhere.

    Shapes:  any; the result has the shape and dtype of Z
    Claim:   relu
    """
    return np.maximum(Z, 0)


def relu_derivative(A: Array) -> Array:
    """1 where the value A is positive, 0 elsewhere, also at the kink.

    Shapes:  any; the result has the shape and dtype of A
    Claim:   relu-subgradient
    """
    return (A > 0).astype(A.dtype)


def identity_value(Z: Array) -> Array:
    """Z itself: a layer without an activation."""
    return Z


sigmoid = Activation("sigmoid", sigmoid_value, sigmoid_derivative)
tanh = Activation("tanh", np.tanh, tanh_derivative)
relu = Activation("relu", relu_value, relu_derivative)
identity = Activation("identity", identity_value, np.ones_like)

ACTIVATIONS = {g.name: g for g in (sigmoid, tanh, relu, identity)}


def softmax(Z: Array) -> Array:
    """exp(Z) divided by the sum of its row.

    The largest logit is taken off first: it changes nothing but the range.

    Shapes:  Z (..., m, K); the result has the shape and dtype of Z
    Claim:   softmax, softmax-shift-invariance, softmax-less-the-largest
    """
    Z = floating(Z)
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1, keepdims=True)
