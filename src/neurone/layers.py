"""The dense layer: an affine map of each sample."""

from dataclasses import dataclass

from neurone.activations import Array


@dataclass(frozen=True)
class Dense:
    """Z = A W + b, with the samples as rows of A. The gradient of a layer is a layer of gradients.

    Shapes:  W (..., n, p), b (..., 1, p); a leading axis makes a stack of layers
    """

    W: Array
    b: Array

    def forward(self, A: Array) -> Array:
        """The logits of the layer.

        Shapes:  A (..., m, n); the result (..., m, p)
        Claim:   layer-forward
        """
        return A @ self.W + self.b

    def backward(self, dZ: Array) -> Array:
        """The gradient with respect to the input A, from the gradient with respect to the logits.

        Shapes:  dZ (..., m, p); the result (..., m, n)
        Claim:   layer-gradient-input
        """
        return dZ @ self.W.mT

    def gradients(self, A: Array, dZ: Array) -> "Dense":
        """The gradients with respect to W and b, from the gradient with respect to the logits.

        Shapes:  A (..., m, n), dZ (..., m, p)
        Claim:   layer-gradient-weights, layer-gradient-bias
        """
        return Dense(A.mT @ dZ, dZ.sum(axis=-2, keepdims=True))

    def astype(self, dtype: type) -> "Dense":
        """The same layer, its entries rounded to dtype."""
        return Dense(self.W.astype(dtype), self.b.astype(dtype))
