"""How parameters follow their gradients."""

from dataclasses import dataclass

from neurone.activations import Array


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
