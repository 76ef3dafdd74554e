"""Which samples each update learns from."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from neurone.arrays import Array
from neurone.inputs import generator

OTHER_SAMPLES = (
    "the checkpoint comes from other samples: "
    "give those, or go on from its network"
)


class Samples(NamedTuple):
    """Samples, their labels, and perhaps how much each of them counts.

    Shapes:  X (m, n), or as `Span.coordinates` gives them; Y (m, K),
             sample_weight (m, 1) of mean 1
    """

    X: Any
    Y: Array
    sample_weight: Array | None = None

    def take(self, part: Array) -> "Samples":
        """Those of the indices of the part."""
        weights = self.sample_weight
        weights = None if weights is None else weights[part]
        return Samples(self.X[part], self.Y[part], weights)


class Batches:
    """The samples of each update, for ever.

    They are all, or the next `size` of a permutation, the last batch of
    which may be smaller; then another is drawn. `turn` is the number of
    updates in which all have their turn. `order` holds the indices that
    were left before the last batch was taken.

    Raises:  ValueError if there is a size, and rng is no generator or seed
    """

    def __init__(
        self, samples: Samples, size: int | None, rng: Any
    ) -> None:
        m = len(samples.Y)
        self.samples, self.size = samples, m if size is None else size
        self.turn = -(-m // self.size)
        self.order: Array | None = None
        self.rng: np.random.Generator | None = None
        self.rest = np.arange(0)
        if size is not None:
            if rng is None:
                raise ValueError(
                    "batch_size needs rng, a numpy.random.Generator or a "
                    "seed, that draws the batches"
                )
            self.rng = generator(rng)

    def __next__(self) -> Samples:
        if self.rng is None:
            return self.samples
        if len(self.rest) == 0:
            self.rest = self.rng.permutation(len(self.samples.Y))
        self.order = self.rest
        part, self.rest = np.split(self.order, [self.size])
        return self.samples.take(part)

    def go_on(self, order: Array | None) -> None:
        """Draw first what is left of an order."""
        if order is not None and len(order):
            if order.max() >= len(self.samples.Y):
                raise ValueError(OTHER_SAMPLES)
            self.rest = order

    def generator_state(self) -> Mapping[str, Any] | None:
        return None if self.rng is None else self.rng.bit_generator.state
