"""The network: layers, activations, and what the logits stand for."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from neurone.activations import ACTIVATIONS, Activation
from neurone.arrays import Array
from neurone.choices import choose
from neurone.initialisation import INITIALISATIONS
from neurone.layers import Dense
from neurone.losses import OUTPUTS, Output


@dataclass(frozen=True)
class Network:
    """Dense layers, with an activation after each but the last.

    The logits of the last go to the loss of the output. Arrays with a
    leading axis S make a stack: S networks of the same widths that run,
    and train, together.

    Shapes:  X (m, n), Y (m, K), logits (m, K), loss a number;
             of a stack, logits (S, m, K) and loss (S,)
    Raises:  ValueError if the layers do not fit together,
             or X or Y do not fit the layers
    """

    layers: Sequence[Dense]
    activations: Sequence[Activation]
    output: Output

    def __post_init__(self):
        if len(self.activations) != len(self.layers) - 1:
            raise ValueError(
                f"{len(self.layers)} layers take "
                f"{len(self.layers) - 1} activations between them"
            )
        for before, after in pairwise(self.layers):
            if before.W.shape[-1] != after.W.shape[-2]:
                raise ValueError(
                    f"a layer of {before.W.shape[-1]} outputs "
                    f"cannot feed one of {after.W.shape[-2]} inputs"
                )

    @classmethod
    def create(
        cls,
        widths: Sequence[int],
        *,
        rng: np.random.Generator,
        hidden: str = "tanh",
        output: str = "sigmoid",
        initialisation: str = "glorot",
        dtype: type = np.float64,
    ) -> "Network":
        """A network of the given widths, inputs first, drawn from rng.

        The layers are drawn one after the other. The draws do not depend
        on dtype: one seed gives the same network, rounded, in float32 and
        float64.

        Raises:  ValueError if a width is not a positive integer,
                 or a name or dtype is not among the choices
        """
        valid = [isinstance(n, int | np.integer) and n > 0 for n in widths]
        if len(valid) < 2 or not all(valid):
            raise ValueError(
                f"widths={widths!r}: give two or more positive integers, "
                "the number of inputs first"
            )
        if np.dtype(dtype) not in (np.float32, np.float64):
            raise ValueError(
                f"dtype={dtype!r}: choose numpy.float32 or numpy.float64"
            )
        activation = choose("hidden", hidden, ACTIVATIONS)
        draw = choose("initialisation", initialisation, INITIALISATIONS)
        last = choose("output", output, OUTPUTS)
        layers = [
            draw(rng, *pair).astype(dtype) for pair in pairwise(widths)
        ]
        return cls(layers, [activation] * (len(layers) - 1), last)

    @classmethod
    def stack(cls, networks: Sequence["Network"]) -> "Network":
        """Networks of the same widths as one, with a leading axis.

        Raises:  ValueError if there are none,
                 or they differ in widths, activations or output
        """
        if not networks:
            raise ValueError("networks is empty: give one or more to stack")
        first, *others = networks
        if any(other._kind != first._kind for other in others):
            raise ValueError(
                "only networks of the same widths, activations "
                "and output can be stacked"
            )
        layers = []
        for same in zip(*(network.layers for network in networks)):
            W = np.stack([layer.W for layer in same])
            b = np.stack([layer.b for layer in same])
            layers.append(Dense(W, b))
        return cls(layers, first.activations, first.output)

    @property
    def _kind(self) -> tuple:
        return self.widths, list(self.activations), self.output

    @property
    def widths(self) -> list[int]:
        """The number of inputs, then of outputs of each layer."""
        outputs = [layer.W.shape[-1] for layer in self.layers]
        return [self.layers[0].W.shape[-2], *outputs]

    def forward(self, X: Array) -> list[Array]:
        """The values on the way: X, A_1, ..., A_{L-1}, and logits Z_L.

        Shapes:  X (m, n);
                 the results (m, n_l), (S, m, n_l) of a stack but for X
        """
        A = [X]
        for layer, activation in zip(self.layers, self.activations):
            A.append(activation.value(layer.forward(A[-1])))
        return [*A, self.layers[-1].forward(A[-1])]

    def backpropagate(
        self, A: list[Array], Y: Array, out: list[Dense] | None = None
    ) -> list[Dense]:
        """The gradients of the loss, from the values of `forward`.

        Shapes:  A as `forward` returns it, Y (m, K);
                 the results as the layers, in out where given
        Claim:   backprop-output, backprop-step
        """
        gradients = list(out or [None] * len(self.layers))
        dZ = self.output.loss_gradient(A[-1], Y)
        for l in reversed(range(len(self.layers))):
            layer = self.layers[l]
            gradients[l] = layer.gradients(A[l], dZ, out=gradients[l])
            if l > 0:
                slope = self.activations[l - 1].derivative(A[l])
                dZ = layer.backward(dZ) * slope
        return gradients

    def logits(self, X: Array) -> Array:
        """The logits of each sample.

        Shapes:  X (m, n); the result (m, K), or (S, m, K) of a stack
        """
        return self.forward(self.check_samples(X))[-1]

    def probabilities(self, X: Array) -> Array:
        """The probability of each class; of a sigmoid, of label 1.

        Shapes:  X (m, n); the result (m, K), or (S, m, K) of a stack
        """
        return self.output.probabilities(self.logits(X))

    def predict(self, X: Array) -> Array:
        """The class number of each sample, as a column.

        It is 0 or 1 of a sigmoid, 0, ..., K - 1 of a softmax.

        Shapes:  X (m, n); the result (m, 1), or (S, m, 1) of a stack
        """
        return self.output.decide(self.logits(X))

    def loss(self, X: Array, Y: Array) -> float:
        """The mean loss of the labels Y given the samples X.

        Shapes:  X (m, n), Y (m, K); the result a number, or (S,) of a stack
        """
        return self.output.loss(self.logits(X), Y)

    def accuracy(self, X: Array, Y: Array) -> float:
        """The share of samples whose predicted class is their label.

        Shapes:  X (m, n), Y (m, K); the result a number, or (S,) of a stack
        """
        return self.output.accuracy(self.logits(X), Y)

    def loss_and_gradients(
        self, X: Array, Y: Array
    ) -> tuple[float, list[Dense]]:
        """The mean loss, and its gradient with respect to each layer.

        Shapes:  X (m, n), Y (m, K); the gradients as the layers
        """
        A = self.forward(self.check_samples(X))
        return self.output.loss(A[-1], Y), self.backpropagate(A, Y)

    def check_samples(self, X: Array) -> Array:
        """X as an array of the dtype of the layers.

        Complex numbers stay, since `complex_step` differentiates by them.

        Raises:  ValueError if X is empty, not (m, n),
                 or holds NaN or infinity
        """
        X, n = np.asarray(X), self.widths[0]
        if X.ndim != 2 or X.shape[1] != n or len(X) == 0:
            raise ValueError(
                f"X has shape {X.shape}: give one or more rows "
                f"of {n} inputs, the width of the first layer"
            )
        if not np.isfinite(X).all():
            raise ValueError(
                "X holds NaN or infinity: remove or replace these entries"
            )
        if np.iscomplexobj(X):
            return X
        return X.astype(self.layers[0].W.dtype, copy=False)
