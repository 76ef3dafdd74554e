"""How parameters follow their gradients."""

from dataclasses import dataclass
from numbers import Real

import numpy as np

from neurone.arrays import Array
from neurone.inputs import floating


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

    def __post_init__(self):
        _check_rate(self.rate)

    def __call__(
        self, parameters: Array, gradients: Array, state: None = None
    ) -> tuple[Array, None]:
        return parameters - self.rate * gradients, state


def _check_rate(rate: float) -> None:
    if not isinstance(rate, Real) or not 0 < rate < float("inf"):
        raise ValueError(
            f"rate={rate!r}: the learning rate must be a positive "
            "number, such as 0.1"
        )


def safe_rate(X: Array) -> Array:
    """8 m / lambda: below it, every step of a neuron lowers its log loss.

    lambda is the largest eigenvalue of X^T X, and of X X^T as well. The
    bias is a weight like the others, that of a column of ones in X.

    Shapes:  X (..., m, n), the result (...)
    Claim:   log-loss-curvature-bound, step-lowers-a-quadratic
    """
    X = floating(X)  # the squares of pixels in uint8 would wrap round
    m, n = X.shape[-2:]
    smaller = X @ X.mT if m < n else X.mT @ X
    return 8 * m / np.linalg.eigvalsh(smaller)[..., -1]
