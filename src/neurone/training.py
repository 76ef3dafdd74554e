"""Training: forward, backward, a step of the optimiser, again."""

import time
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from math import isfinite

import numpy as np
from tqdm import tqdm

from neurone.arrays import Array, equal
from neurone.batches import Batches
from neurone.inputs import check_counts
from neurone.network import Network
from neurone.optimisers import GradientDescent
from neurone.span import Span


@dataclass(frozen=True)
class History:
    """What was measured on the way.

    Entry i of each array was measured after `iteration[i]` updates, the
    first before any.

    Shapes:  (T,) each, or (T, S) of a stack, for T records;
             the validation arrays are None without validation data
    """

    iteration: Array
    seconds: Array
    loss: Array
    accuracy: Array
    validation_loss: Array | None = None
    validation_accuracy: Array | None = None

    def __eq__(self, other: object) -> bool:
        return equal(self, other)


class Diverged(ArithmeticError):
    """Training left the finite numbers.

    `network` has the last weights that are finite, `history` what was
    measured until then.
    """

    def __init__(self, message: str, network: Network, history: History):
        super().__init__(message)
        self.network, self.history = network, history


@np.errstate(over="ignore", invalid="ignore")  # said by Diverged
def train(
    network: Network,
    X: Array,
    Y: Array,
    optimiser: Callable,
    *,
    iterations: int,
    batch_size: int | None = None,
    validation: tuple[Array, Array] | None = None,
    record_every: int | None = None,
    progress: bool = True,
    rng: np.random.Generator | int | None = None,
) -> tuple[Network, History]:
    """A trained copy of the network, and its history.

    The network given is not changed. Each iteration is one update, on all
    samples, or on a batch of batch_size samples drawn by rng, without
    replacement until all have had their turn. All networks of a stack see
    the same batches. Loss and accuracy are taken on all samples, before the
    first update, after every record_every updates (by default after each;
    with batches, when all samples have had their turn), and after the last.
    Ctrl-C ends the training, and what was reached is returned.

    Shapes:  X (m, n), Y (m, K) with labels 0 and 1, one 1 a row for a
             softmax; validation likewise
    Raises:  ValueError if an argument is out of range, or X or Y do not fit
             the network or hold a single class;
             TypeError if the optimiser is none;
             Diverged if weights or loss leave the finite numbers
    """
    check_counts(
        iterations=iterations,
        record_every=record_every,
        batch_size=batch_size,
    )
    _check_optimiser(optimiser)
    X, Y = network.check_data(X, Y)
    _check_classes(network, Y)
    validation = validation and _check_validation(network, *validation)
    in_span = _span_pays(network, X, optimiser, batch_size, iterations)
    run = _Run(network, X, Y, optimiser, in_span, validation)
    batches = Batches(run.samples, run.Y, batch_size, rng)
    record_every = record_every or batches.turn
    try:
        for made in _steps(iterations, progress):
            batch, labels = next(batches)
            A = run.network.forward(batch)
            if made % record_every == 0 or made == iterations:
                run.record(A[-1] if batch is run.samples else None)
            if made == iterations:
                break
            run.network.backpropagate(A, labels, out=run.slopes.layers)
            moved, state = optimiser(
                run.parameters, run.gradients, run.state
            )
            run.check(moved)
            # no call among these, so that Ctrl-C finds all done or none
            run.parameters[:], run.state, run.made = moved, state, made + 1
    except KeyboardInterrupt:
        run.interrupt()
    return run.end()


class _Run:
    """A training under way.

    Its network is a copy, perhaps in the span of the samples, whose arrays
    are views of the vector `parameters`; `slopes` are views of `gradients`.
    """

    def __init__(
        self,
        network: Network,
        X: Array,
        Y: Array,
        optimiser: Callable,
        in_span: bool,
        validation: tuple[Array, Array] | None,
    ):
        self.optimiser, self.start = optimiser, time.perf_counter()
        self.made, self.state, self.rows = 0, None, []
        self.X, self.samples, self.Y = X, X, Y
        self.validation, self.span = validation, None
        if in_span:
            self.span = Span(X, network.layers[0].W)
            network = self.span.enter(network)
            self.samples = self.span.coordinates(X)
            if validation:
                unseen, labels = validation
                self.validation = self.span.coordinates(unseen), labels
        self.network, self.parameters = _copy_in_one_vector(network)
        # reused: at each step a small network would wait for new arrays
        self.slopes, self.gradients = _copy_in_one_vector(network)

    def record(self, Z: Array | None = None) -> None:
        """Measure the network as it is; Z are its logits, if at hand."""
        if Z is None:
            Z = self.logits(self.samples)
        row = [self.made, time.perf_counter() - self.start]
        row += _measure(self.network, Z, self.Y)
        if self.validation:
            unseen, labels = self.validation
            row += _measure(self.network, self.logits(unseen), labels)
        if not np.isfinite(row[2]).all():
            raise self.diverged(self.made, "the loss")
        self.rows.append(row)

    def logits(self, samples: Array | tuple[Array, Array]) -> Array:
        if self.span:
            return self.network.forward(samples)[-1]
        return self.network.run(samples)

    def check(self, parameters: Array) -> None:
        """Refuse what a step led to if it is NaN or infinite."""
        square = parameters.dot(parameters)  # finite, unless it is large
        if not (isfinite(square) or np.isfinite(parameters).all()):
            raise self.diverged(self.made + 1, "weights")

    def diverged(self, iteration: int, what: str) -> Diverged:
        message = f"iteration {iteration} made {what} NaN or infinite"
        return Diverged(f"{message}; {self.remedy()}", *self.reached())

    def remedy(self) -> str:
        return (
            f"lower the rate of {self.optimiser!r}, or standardise X, "
            f"whose entries reach {np.abs(self.X).max():.3g}"
        )

    def interrupt(self) -> None:
        if not self.rows or self.rows[-1][0] < self.made:
            self.record()
        _warn(f"interrupted after {self.made} iterations: they are kept")

    def reached(self) -> tuple[Network, History]:
        network = self.network
        if self.span:
            network = self.span.leave(network)
        return network, History(*map(np.array, zip(*self.rows)))

    def end(self) -> tuple[Network, History]:
        network, history = self.reached()
        first, last = np.mean(history.loss[0]), np.mean(history.loss[-1])
        if last > 1.1 * first:
            _warn(
                f"the loss rose from {first:.3g} to {last:.3g}; "
                f"{self.remedy()}"
            )
        return network, history


def _warn(message: str) -> None:
    warnings.warn(message, stacklevel=5)  # where `train` was called


def _steps(iterations: int, progress: bool) -> Iterable[int]:
    """The numbers of updates made: 0, ..., iterations."""
    made = range(iterations + 1)
    return tqdm(made, delay=1, leave=False) if progress else made


def _span_pays(
    network: Network,
    X: Array,
    optimiser: Callable,
    batch_size: int | None,
    iterations: int,
) -> bool:
    """Whether to descend in the span of the samples.

    It takes fewer samples than inputs, all at once, and many times: the
    products of all samples cost as much as about m / 32 iterations save.
    """
    m, n = X.shape
    return (
        m < n
        and batch_size is None
        and type(optimiser) is GradientDescent  # of others it is unproved
        and iterations > m / 32
    )


def _measure(network: Network, Z: Array, Y: Array) -> list[float]:
    return [network.output.loss(Z, Y), network.output.accuracy(Z, Y)]


def _copy_in_one_vector(network: Network) -> tuple[Network, Array]:
    """A copy whose weights and biases are views of one vector.

    So an update is one operation for all layers.
    """
    arrays = [
        array for layer in network.layers for array in (layer.W, layer.b)
    ]
    vector = np.concatenate([array.ravel() for array in arrays])
    ends = np.cumsum([array.size for array in arrays[:-1]])
    parts = zip(np.split(vector, ends), arrays)
    views = (part.reshape(array.shape) for part, array in parts)
    layers = [
        replace(layer, W=next(views), b=next(views))
        for layer in network.layers
    ]
    return replace(network, layers=layers), vector


def _check_optimiser(optimiser: Callable) -> None:
    if not callable(optimiser) or isinstance(optimiser, type):
        raise TypeError(
            f"optimiser={optimiser!r}: give an optimiser, "
            "such as GradientDescent(0.1)"
        )


def _check_classes(network: Network, Y: Array) -> None:
    if len(np.unique(network.output.decide(Y))) < 2:
        raise ValueError(
            "Y holds a single class: there is nothing to learn; "
            "give samples of two or more"
        )


def _check_validation(
    network: Network, X: Array, Y: Array
) -> tuple[Array, Array]:
    try:
        return network.check_data(X, Y)
    except ValueError as error:
        raise ValueError(f"validation: {error}") from None
