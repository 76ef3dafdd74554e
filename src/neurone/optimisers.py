"""How parameters follow their gradients."""

from dataclasses import dataclass

import numpy as np

from neurone.arrays import Array


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
        if not 0 < self.rate < float("inf"):
            raise ValueError(
                f"rate={self.rate!r}: the learning rate must be a positive "
                "number, such as 0.1"
            )

    def __call__(
        self, parameters: Array, gradients: Array, state: None = None
    ) -> tuple[Array, None]:
        return parameters - self.rate * gradients, state


def safe_rate(X: Array) -> Array:
    """8 m / lambda: below it, every step of a neuron lowers its log loss.

    lambda is the largest eigenvalue of X^T X, and of X X^T as well. The
    bias is a weight like the others, that of a column of ones in X.

    Shapes:  X (..., m, n), the result (...)
    Claim:   log-loss-curvature-bound, step-lowers-a-quadratic
    """
    m, n = X.shape[-2:]
    smaller = X @ X.mT if m < n else X.mT @ X
    return 8 * m / np.linalg.eigvalsh(smaller)[..., -1]
