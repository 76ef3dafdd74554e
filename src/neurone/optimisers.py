"""How parameters follow their gradients."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np

from neurone.arrays import Array
from neurone.inputs import check_number, floating, is_number, numbers

# of parameters, gradients and a state: parameters and the state anew
Optimiser = Callable[[Array, Array, Any], tuple[Array, Any]]


@dataclass(frozen=True)
class GradientDescent:
    """One step against the gradient, of a length proportional to it.

    It keeps no state.

    Shapes:  parameters and gradients are arrays of one shape, whichever;
             so is the result
    Raises:  ValueError if the rate is not positive and finite
    Claim:   gradient-step
    """

    rate: float

    def __post_init__(self) -> None:
        _check_rate(self.rate)

    def __call__(
        self, parameters: Array, gradients: Array, state: None = None
    ) -> tuple[Array, None]:
        return parameters - self.rate * gradients, state


@dataclass(frozen=True)
class Momentum:
    """A step against the velocity, a sum of gradients that fades.

    The state is the velocity: at each step momentum times what it was,
    plus the gradient.

    Shapes:  parameters and gradients are arrays of one shape, whichever;
             so are the results
    Raises:  ValueError if the rate is not positive and finite,
             or momentum is not in [0, 1)
    Claim:   velocity-step
    Source:  Polyak (1964)
    """

    rate: float
    momentum: float = 0.9

    def __post_init__(self) -> None:
        _check_rate(self.rate)
        check_number("momentum", self.momentum, 0, 1)

    def __call__(
        self,
        parameters: Array,
        gradients: Array,
        state: Array | None = None,
    ) -> tuple[Array, Array]:
        velocity = 0 if state is None else state
        velocity = self.momentum * velocity + gradients
        return parameters - self.rate * velocity, velocity


@dataclass(frozen=True)
class Adam:
    """A step against the mean gradient, over the root of the mean square.

    Both are means that fade, of shares beta1 and beta2 at each step. They
    start at 0; the division by 1 - beta^steps takes that back, and epsilon
    keeps the root from 0. The state holds the two and the number of steps.

    Shapes:  parameters and gradients are arrays of one shape, whichever;
             so are the results
    Raises:  ValueError if the rate is not positive and finite,
             or beta1, beta2 or epsilon is out of range
    Claim:   bias-correction
    Source:  Kingma and Ba (2015), algorithm 1
    """

    rate: float = 0.001
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8

    def __post_init__(self) -> None:
        _check_rate(self.rate)
        check_number("beta1", self.beta1, 0, 1)
        check_number("beta2", self.beta2, 0, 1)
        check_number("epsilon", self.epsilon, 0, 1)

    def __call__(
        self,
        parameters: Array,
        gradients: Array,
        state: tuple[Array, Array, int] | None = None,
    ) -> tuple[Array, tuple[Array, Array, int]]:
        mean, square, steps = state or (0, 0, 0)
        mean = fading_mean(mean, gradients, self.beta1)
        square = fading_mean(square, gradients**2, self.beta2)
        steps = steps + 1
        unbiased_mean = mean / (1 - self.beta1**steps)
        unbiased_square = square / (1 - self.beta2**steps)
        step = unbiased_mean / (np.sqrt(unbiased_square) + self.epsilon)
        return parameters - self.rate * step, (mean, square, steps)


def fading_mean(mean: Array | float, value: Array, beta: float) -> Array:
    """beta times the mean so far, plus 1 - beta times the new value.

    Claim:   fading-mean-step
    """
    return beta * mean + (1 - beta) * value


def decayed(gradient: Array, W: Array, decay: float) -> Array:
    """The gradient, and that of decay / 2 times the squares of W.

    Claim:   charged-gradient
    """
    return gradient + decay * W


def _check_rate(rate: float) -> None:
    if not is_number(rate) or not 0 < rate < inf:
        raise ValueError(
            f"rate={rate!r}: the learning rate must be a positive "
            "number, such as 0.1"
        )


def safe_rate(X: Array) -> Array:
    """8 m / lambda: below it, every step of a neuron lowers its log loss.

    lambda is the largest eigenvalue of X^T X, and of X X^T as well. The
    bias is a weight like the others, that of a column of ones in X.

    Where X is 0 throughout, every rate is safe: it is infinite.

    Shapes:  X (..., m, n), the result (...)
    Raises:  ValueError if X has no rows of finite numbers
    Claim:   log-loss-curvature-bound, step-lowers-a-quadratic
    """
    X = floating(numbers("X", X))  # squares of pixels would wrap round
    if X.ndim < 2 or 0 in X.shape or not np.isfinite(X).all():
        raise ValueError(
            f"X of shape {X.shape} is not made of rows of finite numbers"
        )
    m, n = X.shape[-2:]
    smaller = X @ X.mT if m < n else X.mT @ X
    with np.errstate(divide="ignore"):
        return 8 * m / np.linalg.eigvalsh(smaller)[..., -1]


OPTIMISERS: dict[str, Callable[[float], Optimiser]] = {
    "descent": GradientDescent,
    "momentum": Momentum,
    "adam": Adam,
}
