"""Descent on all samples at once, which never leaves W0 + X^T C.

Every gradient of the first weights is X^T dZ, whence the form. With fewer
samples than inputs it is cheaper to move C than W: the samples then enter
only by their products K = X X^T.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from neurone.arrays import Array, equal
from neurone.layers import Dense, ones, product
from neurone.network import Network


class SpanLayer(Dense):
    """The first layer with weights W0 + X^T C: it holds C in place of W.

    Shapes:  W (..., m, p), b (..., 1, p), for m samples in training
    """

    def forward(self, A: Any) -> Array:
        """The logits of samples given as `Span.coordinates`.

        Shapes:  A (m', m) and (..., m', p); the result (..., m', p)
        Claim:   logits-in-the-span
        """
        K, Z0 = A
        return super().forward(K) + Z0

    def gradients(
        self, A: Any, dZ: Array, out: Dense | None = None
    ) -> Dense:
        """What C moves against, and the gradient of b.

        When W moves against its gradient X^T dZ, C moves against dZ.

        Shapes:  dZ (..., m, p);
                 out, where given, is a layer whose arrays take the result
        Claim:   gradient-descent-in-the-span
        """
        W, b = (out.W, out.b) if out else (None, None)
        row = ones(dZ.shape[-2], dZ.dtype)
        W, b = np.positive(dZ, out=W), product(row, dZ, b)
        return out or Dense(W, b)


@dataclass(frozen=True)
class Span:
    """The span of the samples X of training, from the first weights W0.

    Shapes:  X (m, n), W0 (..., n, p)
    """

    X: Array
    W0: Array

    def coordinates(self, X: Array) -> tuple[Array, Array]:
        """What the layer needs of samples.

        That is their products with those of training, and their logits at
        the start.

        Shapes:  X (m', n); the results (m', m) and (..., m', p)
        """
        K = X @ self.X.T
        return K, product(X, self.W0)

    def enter(self, network: Network) -> Network:
        """The network, its first layer in coordinates: C = 0."""
        first, *others = network.layers
        *stack, _, p = self.W0.shape
        C = np.zeros((*stack, len(self.X), p), self.W0.dtype)
        return replace(network, layers=[SpanLayer(C, first.b), *others])

    def leave(self, network: Network) -> Network:
        """The network, its first layer with weights: W = W0 + X^T C."""
        first, *others = network.layers
        W = self.W0 + product(self.X.T, first.W)
        return replace(network, layers=[Dense(W, first.b), *others])

    def __eq__(self, other: object) -> bool:
        return equal(self, other)


def may_enter(network: Network) -> bool:
    """Is the first layer plain? Of one's own, the span is unproved."""
    return type(network.layers[0]) is Dense
