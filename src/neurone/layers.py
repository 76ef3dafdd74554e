"""The dense layer: an affine map of each sample."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import DTypeLike

from neurone.arrays import Array, equal

Shape = tuple[int, ...]
FEW = 32  # as columns, OpenBLAS multiplies so many faster than as rows


@dataclass(frozen=True)
class Dense:
    """Z = A W + 1 b, with the samples as rows of A.

    The gradient of a layer is a layer of gradients.

    Shapes:  W (..., n, p), b (..., 1, p);
             a leading axis S makes a stack of S layers
    """

    W: Array
    b: Array

    def forward(self, A: Array) -> Array:
        """The logits of the layer.

        Shapes:  A (..., m, n); the result (..., m, p)
        Claim:   layer-forward
        """
        return product(A, self.W) + self.b

    def backward(self, dZ: Array) -> Array:
        """The gradient with respect to A, from that of the logits.

        Shapes:  dZ (..., m, p); the result (..., m, n)
        Claim:   backprop-inputs
        """
        return product(dZ, self.W.mT)

    def gradients(
        self, A: Array, dZ: Array, out: "Dense | None" = None
    ) -> "Dense":
        """The gradients with respect to W and b, from that of the logits.

        Shapes:  A (..., m, n), dZ (..., m, p);
                 out, where given, is a layer whose arrays take the result
        Claim:   backprop-weights, backprop-bias
        """
        W, b = (out.W, out.b) if out else (None, None)
        row = ones(dZ.shape[-2], dZ.dtype)
        W, b = product(A.mT, dZ, W), product(row, dZ, b)
        return out or Dense(W, b)

    def astype(self, dtype: DTypeLike) -> "Dense":
        """The same layer, its entries rounded to dtype."""
        W, b = self.W.astype(dtype), self.b.astype(dtype)
        return replace(self, W=W, b=b)

    def __eq__(self, other: object) -> bool:
        return equal(self, other)


def check_shapes(
    l: int, W: Shape, b: Shape, stack: Shape | None = None
) -> None:
    """Refuse shapes with which arrays make no layer l.

    Where a stack is given, its axes lead, or none if it is empty.

    Raises:  ValueError that names the array
    """
    if len(W) not in (2, 3) or 0 in W or stack not in (None, W[:-2]):
        raise ValueError(
            f"W_{l} has shape {W}, not (n, p), "
            "or (S, n, p) in a stack of S networks"
        )
    if b != (expected := (*W[:-2], 1, W[-1])):
        raise ValueError(f"b_{l} has shape {b}, not {expected}")


def product(A: Array, B: Array, out: Array | None = None) -> Array:
    """A @ B, in the way that was the fastest where it was measured.

    All that is done for speed in a layer is done here. Without the first
    line small networks take a fifth longer and more, without the last two
    small stacks from a tenth longer to twice as long.

    Shapes:  A (..., m, n), B (..., n, p);
             the result (..., m, p), in out where given
    """
    if A.ndim == B.ndim == 2:
        return A.dot(B, out)  # starts in half the time
    if A.ndim == 2:
        return shared_product(A, B, out)
    if out is not None:
        return np.matmul(A, B, out=out)
    # with the samples innermost, biases and slopes meet long runs of them
    multiply = np.multiply if A.shape[-1] == 1 else np.matmul
    return multiply(B.mT, A.mT).mT


def shared_product(A: Array, B: Array, out: Array | None = None) -> Array:
    """A @ B for all matrices of the stack B: one product reads A once.

    Shapes:  A (m, n), B (S, n, p);
             the result (S, m, p), in out where given
    """
    S, n, p = B.shape
    rows = B.mT.reshape(S * p, n)
    few = len(rows) <= FEW
    rows = np.ascontiguousarray((A @ rows.T).T) if few else rows @ A.T
    stack = rows.reshape(S, p, len(A)).mT
    return stack if out is None else np.positive(stack, out=out)


@lru_cache(maxsize=8)
def ones(m: int, dtype: np.dtype) -> Array:
    """The row of m ones, whose product with a matrix sums each column.

    The last few are kept, since every layer asks for one at every step.

    Shapes:  (1, m)
    """
    row = np.ones((1, m), dtype)
    row.setflags(write=False)
    return row
