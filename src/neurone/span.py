"""Descent on all samples at once never leaves W0 + X^T C, for every gradient of the first weights is X^T dZ.

With fewer samples than inputs it is cheaper to move C than W: the samples enter only by their products K = X X^T.
"""

from dataclasses import dataclass, replace

import numpy as np

from neurone.activations import Array
from neurone.layers import Dense, ones, product
from neurone.network import Network


class SpanLayer(Dense):
    """The first layer with weights W0 + X^T C, of which it holds C in the place of W.

    Shapes:  W (..., m, p), b (..., 1, p), for m samples in training
    """

    def forward(self, A: tuple[Array, Array]) -> Array:
        """The logits of samples given as `Span.coordinates`.

        Shapes:  A (m', m) and (..., m', p); the result (..., m', p)
        Claim:   logits-in-the-span
        """
        K, Z0 = A
        return super().forward(K) + Z0

    def gradients(self, A: tuple[Array, Array], dZ: Array, out: Dense | None = None) -> Dense:
        """The direction in which C moves when W moves along its gradient X^T dZ, and the gradient of b.

        Shapes:  dZ (..., m, p); out, where given, is a layer whose arrays take the result
        Claim:   gradient-descent-in-the-span
        """
        W, b = (out.W, out.b) if out else (None, None)
        return Dense(np.positive(dZ, out=W), product(ones(dZ.shape[-2], dZ.dtype), dZ, b))


@dataclass(frozen=True)
class Span:
    """The span of the samples X of training, from the weights where training starts.

    Shapes:  X (m, n), W0 (..., n, p)
    """

    X: Array
    W0: Array

    def coordinates(self, X: Array) -> tuple[Array, Array]:
        """What the layer needs of samples: their products with those of training, and their logits at the start.

        Shapes:  X (m', n); the results (m', m) and (..., m', p)
        """
        return X @ self.X.T, product(X, self.W0)

    def enter(self, network: Network) -> Network:
        """The network, its first layer in coordinates of the span: C = 0."""
        first, *others = network.layers
        C = np.zeros((*self.W0.shape[:-2], len(self.X), self.W0.shape[-1]), self.W0.dtype)
        return replace(network, layers=[SpanLayer(C, first.b), *others])

    def leave(self, network: Network) -> Network:
        """The network, its first layer with weights again: W = W0 + X^T C."""
        first, *others = network.layers
        return replace(network, layers=[Dense(self.W0 + product(self.X.T, first.W), first.b), *others])
