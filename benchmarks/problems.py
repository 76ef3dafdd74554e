"""What is trained: networks of some widths on some samples, drawn once and given to every contestant."""

from dataclasses import dataclass, field

import numpy as np

from neurone.arrays import Array
from neurone.network import Network


@dataclass(frozen=True)
class Case:
    """A network by its widths, its number of samples, and how many times faster than some contestants we should be."""

    widths: tuple[int, ...]
    samples: int
    goals: dict[str, float] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{'-'.join(map(str, self.widths))}, {self.samples}"


@dataclass(frozen=True)
class Problem:
    """Samples, labels and the network before its first step, all in float32.

    Shapes:  X (m, n), Y (m, 1)
    """

    X: Array
    Y: Array
    network: Network


RATE = 0.1

# Times of others that ours should go into, set before they were measured.
SMALL = {"torch": 8, "jax": 0.5}
WIDE = {"torch": 3, "jax": 1, "jax_loop": 1}
LARGEST = {"torch": 1, "jax": 1, "jax_loop": 1}

CASES = [
    Case((2, 32, 1), 100, SMALL),
    Case((2, 16, 16, 16, 1), 100, SMALL),
    Case((4096, 1), 1000, WIDE),
    Case((4096, 32, 1), 1000, WIDE),
    Case((4096, 16, 16, 16, 1), 1000, WIDE),
    Case((784, 512, 512, 1), 2048, LARGEST),
]

# A step as one of these grows and the rest stays as it is.
GROWTH = {
    "samples": {m: Case((1024, 64, 1), m) for m in (32, 64, 128, 256, 512, 1024, 2048, 4096)},
    "width": {p: Case((256, p, p, 1), 1000) for p in (4, 8, 16, 32, 64, 128, 256, 512)},
    "depth": {depth: Case((64, *[32] * (depth - 1), 1), 256) for depth in (1, 2, 4, 8, 16, 32)},
}

SEEDS, MANY_SEEDS = 10, [Case((4096, 1), 1000), Case((2, 32, 1), 100), Case((2, 16, 16, 16, 1), 100)]

LARGE = CASES[3:]  # where memory matters
TINY = Case((2, 2, 1), 4)  # what libraries are woken with


def draw(case: Case, seeds: int = 1) -> Problem:
    """The problem of a case; of several seeds, the network is a stack of as many."""
    rng = np.random.default_rng(0)
    X = rng.standard_normal((case.samples, case.widths[0]), np.float32)
    Y = np.float32(rng.permutation(case.samples) % 2)[:, None]
    networks = [Network.create(case.widths, rng=rng, dtype=np.float32) for _ in range(seeds)]
    return Problem(X, Y, Network.stack(networks) if seeds > 1 else networks[0])
