"""The network: layers, activations, and what the logits stand for."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from neurone.activations import ACTIVATIONS, Activation
from neurone.arrays import REAL, Array
from neurone.choices import choose
from neurone.initialisation import INITIALISATIONS
from neurone.inputs import check_counts, generator, mean_one, numbers
from neurone.layers import Dense, check_shapes
from neurone.losses import OUTPUTS, Output

ROWS = 4096  # samples in a part of a prediction: few megabytes a layer
KINDS = REAL + "c"  # `complex_step` differentiates by complex ones
PRECISIONS = (np.float32, np.float64, np.complex64, np.complex128)


@dataclass(frozen=True)
class Network:
    """Dense layers, with an activation after each but the last.

    The logits of the last go to the loss of the output. Arrays with a
    leading axis S make a stack: S networks of the same widths that run,
    and train, together. All have one precision, the highest that they
    come with; whole numbers become floating point.

    Shapes:  X (m, n), Y (m, K), logits (m, K), loss a number;
             of a stack, logits (S, m, K) and loss (S,)
    Raises:  ValueError if the layers do not fit together,
             or X or Y do not fit the layers
    """

    layers: Sequence[Dense]
    activations: Sequence[Activation]
    output: Output

    def __post_init__(self) -> None:
        for name in ("layers", "activations"):
            given = getattr(self, name)
            listed = isinstance(given, list | tuple)
            if not listed:
                raise ValueError(f"{name}={given!r}: give a list")
        if not self.layers:
            raise ValueError("layers is empty: give one or more")
        if len(self.activations) != len(self.layers) - 1:
            raise ValueError(
                f"{len(self.layers)} layers take "
                f"{len(self.layers) - 1} activations between them"
            )
        object.__setattr__(self, "layers", _of_one_precision(self.layers))
        activations = [
            choose("activation", g, ACTIVATIONS) for g in self.activations
        ]
        object.__setattr__(self, "activations", activations)
        output = choose("output", self.output, OUTPUTS)
        object.__setattr__(self, "output", output)
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
        rng: np.random.Generator | int,
        hidden: str | Sequence[str] = "tanh",
        output: str = "sigmoid",
        initialisation: str = "glorot",
        dtype: DTypeLike = np.float64,
    ) -> "Network":
        """A network of the given widths, inputs first, drawn from rng.

        The layers are drawn one after the other. The draws do not depend
        on dtype: one seed gives the same network, rounded, in float32 and
        float64. `hidden` names one activation for all hidden layers, or
        lists one for each.

        Raises:  ValueError if a width is not a positive integer,
                 or a name or dtype is not among the choices
        """
        _check_widths(widths)
        rng = generator(rng)
        if np.dtype(dtype) not in (np.float32, np.float64):
            raise ValueError(
                f"dtype={dtype!r}: choose numpy.float32 or numpy.float64"
            )
        activations = _one_for_each(hidden, len(widths) - 2)
        draw = choose("initialisation", initialisation, INITIALISATIONS)
        last = choose("output", output, OUTPUTS)
        layers = [
            draw(rng, *pair).astype(dtype) for pair in pairwise(widths)
        ]
        return cls(layers, activations, last)

    @classmethod
    def stack(cls, networks: Iterable["Network"]) -> "Network":
        """Networks of the same widths as one, with a leading axis.

        Raises:  ValueError if there are none,
                 or they differ in widths, kinds of layers, activations
                 or output
        """
        one = isinstance(networks, Network)
        networks = [] if one else list(networks)  # of a generator, once
        if not networks:
            held = "one network" if one else "empty"
            raise ValueError(f"networks is {held}: give a list to stack")
        first, *others = networks
        if any(other._kind != first._kind for other in others):
            raise ValueError(
                "only networks of the same widths, kinds of layers, "
                "activations and output can be stacked"
            )
        layers = []
        for same in zip(*(network.layers for network in networks)):
            W = np.stack([layer.W for layer in same])
            b = np.stack([layer.b for layer in same])
            layers.append(replace(same[0], W=W, b=b))
        return cls(layers, first.activations, first.output)

    def copy_in_one_vector(self) -> tuple["Network", Array]:
        """A copy whose weights and biases are views of one vector.

        So an update is one operation for all layers.
        """
        arrays = [
            array for layer in self.layers for array in (layer.W, layer.b)
        ]
        vector = np.concatenate([array.ravel() for array in arrays])
        ends = np.cumsum([array.size for array in arrays[:-1]])
        parts = zip(np.split(vector, ends), arrays)
        views = (part.reshape(array.shape) for part, array in parts)
        layers = [
            replace(layer, W=next(views), b=next(views))
            for layer in self.layers
        ]
        return replace(self, layers=layers), vector

    @property
    def _kind(self) -> tuple[Any, ...]:
        layers = [type(layer) for layer in self.layers]
        return self.widths, layers, list(self.activations), self.output

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
        self,
        A: Sequence[Array],
        Y: Array,
        out: Sequence[Dense] | None = None,
        sample_weight: Array | None = None,
    ) -> list[Dense]:
        """The gradients of the loss, from the values of `forward`.

        Shapes:  A as `forward` returns it, Y (m, K), sample_weight (m, 1);
                 the results as the layers, in out where given
        Claim:   backprop-output, backprop-step
        """
        gradients = []  # the last first
        dZ = self.output.mean_loss_gradient(A[-1], Y, sample_weight)
        for l in reversed(range(len(self.layers))):
            layer = self.layers[l]
            place = out[l] if out else None
            gradients.append(layer.gradients(A[l], dZ, place))
            if l > 0:
                slope = self.activations[l - 1].derivative(A[l])
                dZ = layer.backward(dZ) * slope
        return gradients[::-1]

    def logits(self, X: Array) -> Array:
        """The logits of each sample.

        Shapes:  X (m, n); the result (m, K), or (S, m, K) of a stack
        """
        return self.run(self.check_samples(X))

    def run(self, X: Array) -> Array:
        """The logits of samples that are checked, a part after the other.

        So no values of hidden layers are kept but those of one part.

        Shapes:  X (m, n); the result (m, K), or (S, m, K) of a stack
        """
        firsts = range(0, len(X), ROWS)
        parts = [self.forward(X[i : i + ROWS])[-1] for i in firsts]
        return parts[0] if len(parts) == 1 else np.concatenate(parts, -2)

    def probabilities(self, X: Array) -> Array:
        """The probability of each class; of a sigmoid, of label 1.

        Of a regression it is the prediction itself.

        Shapes:  X (m, n); the result (m, K), or (S, m, K) of a stack
        """
        return self.output.probabilities(self.logits(X))

    def predict(self, X: Array) -> Array:
        """The class number of each sample, as a column.

        It is 0 or 1 of a sigmoid, 0, ..., K - 1 of a softmax. Several
        sigmoids are as many labels, and have a column each; so have the
        predicted numbers of a regression.

        Shapes:  X (m, n); the result (m, 1), or (S, m, 1) of a stack
        Raises:  ValueError if a logit is NaN, which decides for nothing
        """
        return self.output.decide(self._deciding(self.check_samples(X)))

    def _deciding(self, X: Array) -> Array:
        """The logits of samples that are checked, none of them NaN.

        No comparison with NaN is true: it would count as class 0.
        """
        Z = self.run(X)
        if np.isnan(Z).any():
            raise ValueError(
                "the logits hold NaN, which is no prediction: some weights "
                "are NaN, infinite or too large"
            )
        return Z

    def loss(
        self, X: Array, Y: Array, sample_weight: Array | None = None
    ) -> float:
        """The mean loss of the labels Y given the samples X.

        Shapes:  X (m, n), Y (m, K), sample_weight (m,);
                 the result a number, or (S,) of a stack
        Raises:  ValueError if Y is nothing that has a loss
        """
        Z = self.logits(X)
        weights = mean_one(sample_weight, Z.shape[-2], Z.dtype)
        return self.output.mean_loss(Z, self._shares(Y), weights)

    def accuracy(
        self, X: Array, Y: Array, sample_weight: Array | None = None
    ) -> float:
        """The share of samples whose predicted classes are their labels.

        Shapes:  X (m, n), Y (m, K), sample_weight (m,);
                 the result a number, or (S,) of a stack
        Raises:  ValueError if Y is not what the network decides for,
                 or a logit is NaN
        """
        X, Y = self.check_data(X, Y)
        weights = mean_one(sample_weight, len(X), X.dtype)
        return self.output.accuracy(self._deciding(X), Y, weights)

    def loss_and_gradients(
        self, X: Array, Y: Array, sample_weight: Array | None = None
    ) -> tuple[float, list[Dense]]:
        """The mean loss, and its gradient with respect to each layer.

        Shapes:  X (m, n), Y (m, K), sample_weight (m,);
                 the gradients as the layers
        Raises:  ValueError if Y is nothing that has a loss
        """
        A = self.forward(self.check_samples(X))
        dtype = self.layers[0].W.dtype
        weights = mean_one(sample_weight, len(A[0]), dtype)
        Y = self._shares(Y)
        loss = self.output.mean_loss(A[-1], Y, weights)
        return loss, self.backpropagate(A, Y, sample_weight=weights)

    def _shares(self, Y: Any) -> Array:
        """Labels that may be shares, such as 0.9 of the label 1."""
        Y = numbers("Y", Y)
        self.output.check_shares(Y)
        return Y

    def check_data(self, X: Any, Y: Any) -> tuple[Array, Array]:
        """Samples and their labels as arrays of the dtype of the layers.

        Raises:  ValueError if one is not fit for the network
        """
        X, Y, K = self.check_samples(X), numbers("Y", Y), self.widths[-1]
        if Y.shape != (len(X), K):
            raise ValueError(
                f"Y has shape {Y.shape}: {len(X)} samples and {K} outputs "
                f"take labels of shape {(len(X), K)}"
            )
        with np.errstate(over="ignore"):  # then infinite, and refused
            Y = Y.astype(X.dtype)
        self.output.check_labels(Y)
        return X, Y

    def check_samples(self, X: Any) -> Array:
        """X as an array of the dtype of the layers.

        Complex numbers stay.

        Raises:  ValueError if X is empty, not (m, n), no numbers,
                 or holds NaN or what is infinite in that dtype
        """
        X, n = numbers("X", X, KINDS), self.widths[0]
        if X.ndim != 2 or X.shape[1] != n or len(X) == 0:
            raise ValueError(
                f"X has shape {X.shape}: give one or more rows "
                f"of {n} inputs, the width of the first layer"
            )
        if not np.iscomplexobj(X):
            dtype = self.layers[0].W.dtype
            with np.errstate(over="ignore"):  # the next lines say it
                X = np.asarray(X, dtype)
        if not np.isfinite(X).all():
            raise ValueError(
                f"X holds NaN or infinity (in {X.dtype}): "
                "remove or replace these entries"
            )
        return X


def _of_one_precision(layers: Sequence[Dense]) -> list[Dense]:
    """The layers, their arrays in one precision and of shapes that fit."""
    if not all(isinstance(layer, Dense) for layer in layers):
        raise ValueError(
            "layers holds other things than layers Dense(W, b)"
        )
    arrays = [
        numbers(f"{name}_{l}", array, KINDS)
        for l, layer in enumerate(layers, start=1)
        for name, array in (("W", layer.W), ("b", layer.b))
    ]
    dtype = np.result_type(np.float32, *(array.dtype for array in arrays))
    if dtype not in PRECISIONS:
        raise ValueError(
            f"the layers hold numbers of type {dtype}: "
            "choose numpy.float32 or numpy.float64"
        )
    rounded = (np.asarray(array, dtype) for array in arrays)
    pairs = enumerate(zip(layers, rounded, rounded), start=1)
    checked = [_fitting(l, layer, W, b) for l, (layer, W, b) in pairs]
    if len({layer.W.shape[:-2] for layer in checked}) > 1:
        raise ValueError(
            "some layers are a stack and others are not, or of another "
            "height: give all weights the same leading axis S, or none"
        )
    return checked


def _fitting(l: int, layer: Dense, W: Array, b: Array) -> Dense:
    """Layer l with these arrays; biases may be given as (p,)."""
    if W.ndim == 2 and b.shape == W.shape[1:]:
        b = b[np.newaxis]
    check_shapes(l, W.shape, b.shape)
    return replace(layer, W=W, b=b)


def _check_widths(widths: Sequence[int]) -> None:
    with suppress(TypeError, ValueError):
        check_counts(**{str(l): n for l, n in enumerate(widths)})
        if len(widths) > 1:
            return
    raise ValueError(
        f"widths={widths!r}: give two or more positive integers, "
        "the number of inputs first"
    )


def _one_for_each(hidden: Any, count: int) -> list[Activation]:
    """The activations of so many hidden layers."""
    if not isinstance(hidden, list | tuple):
        return [choose("hidden", hidden, ACTIVATIONS)] * count
    if len(hidden) != count:
        raise ValueError(
            f"hidden={hidden!r}: list {count} activations, one for each "
            "hidden layer, or name one for all"
        )
    return [choose("hidden", name, ACTIVATIONS) for name in hidden]
