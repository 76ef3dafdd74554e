"""Training: forward, backward, a step of the optimiser, again."""

import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from tqdm import tqdm

from neurone.arrays import Array, equal
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


def train(
    network: Network,
    X: Array,
    Y: Array,
    optimiser: Callable,
    *,
    iterations: int,
    batch_size: int | None = None,
    validation: tuple[Array, Array] | None = None,
    record_every: int = 1,
    progress: bool = True,
    rng: np.random.Generator | None = None,
) -> tuple[Network, History]:
    """A trained copy of the network, and its history.

    The network given is not changed. Each iteration is one update, on all
    samples, or on a batch of batch_size samples drawn by rng, without
    replacement until all have had their turn. All networks of a stack see
    the same batches. Loss and accuracy are taken on all samples, before the
    first update, after every record_every updates, and after the last.

    Shapes:  X (m, n), Y (m, K) with labels 0 and 1, one 1 a row for a
             softmax; validation likewise
    Raises:  ValueError if an argument is out of range, or X or Y do not fit
             the network or hold a single class
    """
    _check_counts(
        iterations=iterations,
        record_every=record_every,
        batch_size=batch_size,
    )
    X, Y = _check_data(network, X, Y)
    if len(np.unique(network.output.decide(Y))) < 2:
        raise ValueError(
            "Y holds a single class: there is nothing to learn; "
            "give samples of two or more"
        )
    validation = validation and _check_validation(network, *validation)
    samples, state, records = X, None, []
    start = time.perf_counter()
    if in_span := _span_pays(network, X, optimiser, batch_size, iterations):
        span = Span(X, network.layers[0].W)
        network, samples = span.enter(network), span.coordinates(X)
        if validation:
            validation = span.coordinates(validation[0]), validation[1]
    batches = _batches(samples, Y, batch_size, rng)
    network, parameters = _copy_in_one_vector(network)
    # reused: at each step a small network would wait for new arrays
    storage, gradients = _copy_in_one_vector(network)

    def record(iteration: int, A: list[Array]):
        entry = [iteration, time.perf_counter() - start]
        entry += _measure(network, A, Y)
        if validation:
            unseen, labels = validation
            entry += _measure(network, network.forward(unseen), labels)
        records.append(entry)

    steps = range(iterations)
    if progress:
        steps = tqdm(steps, delay=1, leave=False)
    for iteration in steps:
        batch, labels = next(batches)
        A = network.forward(batch)
        if iteration % record_every == 0:
            whole = batch is samples
            record(iteration, A if whole else network.forward(samples))
        network.backpropagate(A, labels, out=storage.layers)
        parameters[:], state = optimiser(parameters, gradients, state)
    record(iterations, network.forward(samples))
    if in_span:
        network = span.leave(network)
    return network, History(*map(np.array, zip(*records)))


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
        and isinstance(optimiser, GradientDescent)
        and iterations > m / 32
    )


def _measure(network: Network, A: list[Array], Y: Array) -> list[float]:
    output = network.output
    return [output.loss(A[-1], Y), output.accuracy(A[-1], Y)]


def _batches(
    X: Array,
    Y: Array,
    batch_size: int | None,
    rng: np.random.Generator | None,
) -> Iterator[tuple[Array, Array]]:
    """The samples and labels of each update, for ever.

    They are all of them, or the next part of a permutation.
    """
    if batch_size is None:
        return itertools.repeat((X, Y))
    if rng is None:
        raise ValueError(
            "batch_size needs rng, a numpy.random.Generator "
            "that draws the batches"
        )
    parts = _shuffled(len(X), batch_size, rng)
    return ((X[part], Y[part]) for part in parts)


def _shuffled(
    m: int, batch_size: int, rng: np.random.Generator
) -> Iterator[Array]:
    while True:
        order = rng.permutation(m)
        for first in range(0, m, batch_size):
            yield order[first : first + batch_size]


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


def _check_counts(**counts: int | None):
    for name, count in counts.items():
        if count is None:
            continue
        if not isinstance(count, int | np.integer) or count < 1:
            raise ValueError(f"{name}={count!r}: give a positive integer")


def _check_data(
    network: Network, X: Array, Y: Array
) -> tuple[Array, Array]:
    X, Y, K = network.check_samples(X), np.asarray(Y), network.widths[-1]
    if Y.shape != (len(X), K):
        raise ValueError(
            f"Y has shape {Y.shape}: {len(X)} samples and {K} outputs "
            f"take labels of shape {(len(X), K)}"
        )
    if not np.isin(Y, (0, 1)).all():
        raise ValueError(
            "Y holds entries other than 0 and 1 (or NaN): "
            "encode the labels as 0 and 1"
        )
    if network.output.name == "softmax" and not (Y.sum(axis=1) == 1).all():
        raise ValueError(
            "Y has rows that are not one-hot: "
            "a softmax takes exactly one 1 in each row"
        )
    return X, Y.astype(X.dtype)


def _check_validation(
    network: Network, X: Array, Y: Array
) -> tuple[Array, Array]:
    try:
        return _check_data(network, X, Y)
    except ValueError as error:
        raise ValueError(f"validation: {error}") from None
