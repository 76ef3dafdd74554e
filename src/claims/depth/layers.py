"""A network of L layers, written once for layer l, or written out for a depth that is a number.

Z_l = A_{l-1} W_l + 1 b_l and A_l = g_l(Z_l), with A_0 the samples; each layer has a width and an activation of its own.
"""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp

from claims.language import Activation, activation, apply, is_matrix, matrix, named, ones, sizes
from claims.language.letters import is_letter

LAYER = sp.Symbol("l", integer=True, positive=True)


class Layers:
    """The quantities of layer k, each a letter of its own that stands for any matrix.

    `outputs` is the width of the last layer.

    Shapes:  samples (m, n_0), W(k) (n_{k-1}, n_k), b(k) (1, n_k), A(k), Z(k), dZ(k) (m, n_k)
    """

    def __init__(self, samples: sp.MatrixExpr, outputs: int | sp.Expr = 1, depth: str = "L") -> None:
        if depth == LAYER.name or not (depth.isidentifier() and is_letter(depth)):
            raise ValueError(f"{LAYER} counts the layers below: give the depth a letter of its own, not {depth!r}")
        if not is_matrix(samples):
            raise TypeError(f"the samples are a matrix, a row for each, matrix('X', m, n_0), not {samples!r}")
        self.samples, self.outputs, self.depth = sp.sympify(samples), outputs, sizes(depth)
        self.m, self.last = samples.rows, self.depth

    def width(self, k: int | sp.Expr) -> int | sp.Expr:
        if k == 0:
            return self.samples.cols
        return self.outputs if k == self.last else sizes(f"n_{index(k)}")

    def letter(self, name: str, k: int | sp.Expr, rows: int | sp.Expr | None = None) -> sp.MatrixSymbol:
        return matrix(f"{name}_{index(k)}", self.m if rows is None else rows, self.width(k))

    def W(self, k: int | sp.Expr) -> sp.MatrixExpr:
        return self.letter("W", k, self.width(k - 1))

    def b(self, k: int | sp.Expr) -> sp.MatrixExpr:
        return self.letter("b", k, 1)

    def g(self, k: int | sp.Expr) -> type[Activation]:
        return activation(f"g_{index(k)}")

    def A(self, k: int | sp.Expr) -> sp.MatrixExpr:
        return self.letter("A", k)

    def Z(self, k: int | sp.Expr) -> sp.MatrixExpr:
        return self.letter("Z", k)

    def dZ(self, k: int | sp.Expr) -> sp.MatrixExpr:
        return self.letter("dZ", k)

    def logits(self, k: int | sp.Expr, below: sp.MatrixExpr) -> sp.MatrixExpr:
        """Z_k from what the layer is given."""
        return below * self.W(k) + ones(self.m, 1) * self.b(k)

    def letters(self, k: int | sp.Expr) -> set[sp.MatrixSymbol]:
        """All that belongs to layer k."""
        return {self.W(k), self.b(k), self.A(k), self.Z(k), self.dZ(k)}


OfLogits = Callable[[sp.MatrixExpr], sp.Expr]  # of Z_L: the loss, or its gradient
OfLayer = Callable[[Layers, int | sp.Expr], sp.MatrixExpr]  # of the network and a layer: dZ_l


class WrittenOut(Layers):
    """The same network with a number of layers, its values those of the layers below."""

    def __init__(self, net: Layers, depth: int, slope_at_top: OfLogits, slope_below: OfLayer) -> None:
        super().__init__(net.samples, net.outputs)
        self.last, self.slope_at_top, self.slope_below = depth, slope_at_top, slope_below
        self.written = 0  # the layer whose slope is being written out, by that of the layer above

    def A(self, k: int | sp.Expr) -> sp.MatrixExpr:
        return self.samples if k == 0 else named(f"A_{k}", apply(self.g(k), self.Z(k)))

    def Z(self, k: int | sp.Expr) -> sp.MatrixExpr:
        return named(f"Z_{k}", self.logits(k, self.A(k - 1)))

    def dZ(self, k: int | sp.Expr) -> sp.MatrixExpr:
        if k <= self.written:
            raise ValueError(f"the line of {super().dZ(LAYER)} may not speak of itself")
        below, self.written = self.written, k
        value = self.slope_at_top(self.Z(k)) if k == self.last else self.slope_below(self, k)
        self.written = below
        return named(f"dZ_{k}", value)


def index(k: int | sp.Expr) -> str:
    """The index of a layer as it is written: l, {l+1}, 3."""
    more, layer = sp.sympify(k).as_coeff_Add()
    text = f"{layer}{int(more):+d}" if layer != 0 and more != 0 else str(k)
    return text if len(text) == 1 else f"{{{text}}}"
