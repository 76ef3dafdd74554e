"""Which samples each update learns from."""

from typing import Any

import numpy as np

from neurone.arrays import Array
from neurone.inputs import generator


class Batches:
    """The samples and labels of each update, for ever.

    They are all samples, or the next so many of a permutation, until all
    have had their `turn`, which takes that many updates.

    Shapes:  X (m, n), Y (m, K)
    Raises:  ValueError if there is a size, and rng is no generator or seed
    """

    def __init__(self, X: Array, Y: Array, size: int | None, rng: Any):
        self.X, self.Y, self.size = X, Y, size
        if size is None:
            self.turn = 1
            return
        if rng is None:
            raise ValueError(
                "batch_size needs rng, a numpy.random.Generator or a seed "
                "that draws the batches"
            )
        self.turn = -(-len(X) // size)
        self.rng, self.rest = generator(rng), np.arange(0)

    def __next__(self) -> tuple[Array, Array]:
        if self.size is None:
            return self.X, self.Y
        if len(self.rest) == 0:
            self.rest = self.rng.permutation(len(self.X))
        part, self.rest = np.split(self.rest, [self.size])
        return self.X[part], self.Y[part]
