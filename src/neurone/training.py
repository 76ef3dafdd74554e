"""Training: forward, backward, a step of the optimiser, again."""

import time
import warnings
from collections.abc import Iterable, Sequence
from contextlib import suppress
from copy import deepcopy
from math import inf, isfinite
from typing import Any

import numpy as np
from tqdm import tqdm

from neurone.arrays import Array
from neurone.batches import OTHER_SAMPLES, Batches, Samples
from neurone.history import Callback, Checkpoint, History, Log
from neurone.inputs import (
    check_counts,
    check_counts_or_none,
    check_functions,
    check_number,
    mean_one,
)
from neurone.network import Network
from neurone.optimisers import GradientDescent, Optimiser, decayed
from neurone.span import Span, may_enter
from neurone.stopping import Best

UNSCALED = 10  # hardly an entry of standardised samples is larger


class Diverged(ArithmeticError):
    """Training left the finite numbers.

    `network` has the last weights that are finite, with patience those of
    the lowest validation loss; `history` is what was measured until then.
    """

    def __init__(
        self, message: str, network: Network, history: History
    ) -> None:
        super().__init__(message)
        self.network, self.history = network, history

    def __reduce__(self) -> tuple[Any, ...]:  # to leave another process
        return Diverged, (str(self), self.network, self.history)


@np.errstate(over="ignore", invalid="ignore")  # said by Diverged
def train(
    network: Network | Checkpoint,
    X: Array,
    Y: Array,
    optimiser: Optimiser,
    *,
    iterations: int,
    sample_weight: Array | None = None,
    decay: float = 0,
    batch_size: int | None = None,
    validation: tuple[Array, ...] | None = None,
    patience: int | None = None,
    record_every: int | None = None,
    callbacks: Sequence[Callback] = (),
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
    Ctrl-C ends the training, and what was reached is recorded and returned.
    A warning says when the loss rose, or when it does not clearly beat
    that of one answer to all samples and X is not standardised.

    A sample counts by its weight. `decay` pulls the weights of the network
    towards 0. With patience, training ends after so many records without a
    lower validation loss, and the network is that of the lowest. After each
    record the callbacks are given a checkpoint, and end training if one
    returns True. A checkpoint in place of the network is gone on from, with
    its own generator, up to iterations in all.

    Shapes:  X (m, n), Y (m, K) with labels 0 and 1, one 1 a row for a
             softmax, any numbers for a regression; sample_weight (m,);
             validation is X, Y and perhaps sample_weight
    Raises:  ValueError if an argument is out of range, or X or Y do not fit
             the network or hold a single class;
             TypeError if the optimiser cannot be called, or network is
             neither a Network nor a Checkpoint;
             Diverged if weights or loss leave the finite numbers
    """
    check_counts(iterations=iterations)
    check_counts_or_none(
        record_every=record_every,
        batch_size=batch_size,
        patience=patience,
    )
    check_number("decay", decay, 0, inf)
    if patience and validation is None:
        raise ValueError(
            "patience needs validation, the data whose loss is waited for"
        )
    check_functions(optimiser, callbacks)
    begun = network if isinstance(network, Checkpoint) else None
    network = begun.network if begun else network
    if not isinstance(network, Network):
        raise TypeError(
            f"network={network!r}: give a Network, or a Checkpoint of one"
        )
    samples = _check_data(network, X, Y, sample_weight)
    unseen = _check_validation(network, validation)
    may_span = (
        batch_size is None
        and not decay
        and type(optimiser) is GradientDescent  # of others it is unproved
        and may_enter(network)
    )
    if begun:
        _check_going_on(begun, iterations, may_span)
        W0 = begun.arrays.get("W0")
    else:
        network.output.check_classes(samples.Y)
        pays = may_span and _span_pays(samples.X, iterations)
        W0 = network.layers[0].W if pays else None
    seed = begun and begun.generator or rng
    run = _Run(
        network, optimiser, samples, unseen, W0, patience, batch_size, seed
    )
    if begun:
        run.go_on_from(begun)
    record_every = record_every or run.batches.turn
    network, slopes = run.network, run.slopes.layers
    parameters, gradients = run.parameters, run.gradients  # their vectors
    try:
        for made in _steps(run.made, iterations, progress):
            batch = next(run.batches)
            A = network.forward(batch.X)
            if made % record_every == 0 or made == iterations:
                run.record(A[-1] if batch is run.samples else None)
                if run.is_over(callbacks):
                    break
            if made == iterations:
                break
            network.backpropagate(A, batch.Y, slopes, batch.sample_weight)
            if decay:
                run.decay(decay)
            step = optimiser(parameters, gradients, run.state)
            moved, state = run.checked(step)
            # no call among these, so that Ctrl-C finds all done or none
            parameters[:], run.state, run.made = moved, state, made + 1
    except KeyboardInterrupt:
        run.interrupt(callbacks)
    return run.end(decay)


class _Run:
    """A training under way.

    Its network is a copy, perhaps in the span of the samples, whose arrays
    are views of the vector `parameters`; `slopes` are views of `gradients`.
    """

    def __init__(
        self,
        network: Network,
        optimiser: Optimiser,
        samples: Samples,
        unseen: Samples | None,
        W0: Array | None,
        patience: int | None,
        batch_size: int | None,
        rng: Any,
    ) -> None:
        self.optimiser, self.kind = optimiser, type(optimiser).__name__
        self.start = time.perf_counter()
        self.made, self.state, self.log = 0, None, Log()
        self.reach = np.abs(samples.X).max()
        self.span = None if W0 is None else Span(samples.X, W0)
        if self.span:
            network = self.span.enter(network)
        self.samples = self._entered(samples)
        self.batches = Batches(self.samples, batch_size, rng)
        self.unseen = unseen and self._entered(unseen)
        self.network, self.parameters = network.copy_in_one_vector()
        # reused: at each step a small network would wait for new arrays
        self.slopes, self.gradients = network.copy_in_one_vector()
        self.best = Best(self.network, patience) if patience else None

    def _entered(self, samples: Samples) -> Samples:
        if not self.span:
            return samples
        return samples._replace(X=self.span.coordinates(samples.X))

    def go_on_from(self, begun: Checkpoint) -> None:
        """Stand where the checkpoint stands."""
        stateless = begun.state is None or begun.optimiser is None
        if not stateless and begun.optimiser != self.kind:
            raise ValueError(
                f"the checkpoint holds the state of {begun.optimiser}, not "
                f"of {self.kind}: go on with that, or from its network"
            )
        given = begun.arrays["parameters"]
        if given.shape != self.parameters.shape:
            raise ValueError(OTHER_SAMPLES)
        self.parameters[:] = given
        self.made, self.state = begun.iteration, deepcopy(begun.state)
        self.batches.go_on(begun.arrays.get("order"))
        past, self.log = begun.history, Log(begun.history)
        if past:
            self.start -= past.seconds[-1]
        losses = past.validation_loss if past else None
        if losses is not None and self.best and "best" in begun.arrays:
            self.best.parameters[:] = begun.arrays["best"]
            for loss in losses:
                self.best.note(loss)

    def checkpoint(self) -> Checkpoint:
        network, parameters = self.network.copy_in_one_vector()
        arrays = {
            "parameters": parameters,
            "W0": self.span.W0 if self.span else None,
            "order": self.batches.order,
            "best": self.best.parameters.copy() if self.best else None,
        }
        return Checkpoint(
            self._left(network),
            deepcopy(self.log.history()),
            deepcopy(self.state),
            self.batches.generator_state(),
            {k: A for k, A in arrays.items() if A is not None},
            self.kind,
        )

    def decay(self, decay: float) -> None:
        """Add to the slopes of the weights; biases are not pulled."""
        for layer, slope in zip(self.network.layers, self.slopes.layers):
            slope.W[:] = decayed(slope.W, layer.W, decay)

    def record(self, Z: Array | None = None) -> None:
        """Measure the network as it is; Z are its logits, if at hand."""
        if self.log.iteration == self.made:
            return  # gone on from here
        row = [self.made, time.perf_counter() - self.start]
        row += self._measure(self.samples, Z)
        if self.unseen:
            row += self._measure(self.unseen)
        if not np.isfinite(row[2]).all():
            raise self._diverged(self.made, "the loss")
        if self.best:
            self.best.see(self.network, validation_loss=row[4])
        self.log.records.append(row)

    def _measure(
        self, samples: Samples, Z: Array | None = None
    ) -> list[Any]:
        if Z is None and self.span:
            Z = self.network.forward(samples.X)[-1]
        elif Z is None:
            Z = self.network.run(samples.X)
        given, output = (Z, *samples[1:]), self.network.output
        return [output.mean_loss(*given), output.accuracy(*given)]

    def is_over(self, callbacks: Sequence[Callback]) -> bool:
        """Whether a callback, or the validation loss, ends training."""
        ends = [self.best is not None and self.best.is_old()]
        if callbacks:
            seen = self.checkpoint()
            ends += [_is_true(callback(seen)) for callback in callbacks]
        return any(ends)

    def checked(self, step: tuple[Array, Any]) -> tuple[Array, Any]:
        """What the optimiser gave: parameters that are finite, a state."""
        pair = type(step) is tuple and len(step) == 2
        shape = self.parameters.shape
        if not pair or getattr(step[0], "shape", None) != shape:
            raise ValueError(
                f"{self.optimiser!r} gave a {type(step).__name__}: an "
                "optimiser gives the parameters, in their shape, and its "
                "state"
            )
        parameters, _ = step
        square = parameters.dot(parameters)  # finite, unless it is large
        if not (isfinite(square) or np.isfinite(parameters).all()):
            raise self._diverged(self.made + 1, "weights")
        return step

    def _diverged(self, iteration: int, what: str) -> Diverged:
        message = f"iteration {iteration} made {what} NaN or infinite; "
        message += self._remedy(iteration)
        return Diverged(message, *self.reached())

    def _remedy(self, steps: int = 1) -> str:
        rate = f"lower the rate of {self.optimiser!r}"
        start = "begin with smaller weights, standardise Y"
        return (
            f"{rate if steps else start}, or standardise X, "
            f"whose entries reach {self.reach:.3g}"
        )

    def interrupt(self, callbacks: Sequence[Callback]) -> None:
        self.record()
        with suppress(KeyboardInterrupt):  # of a callback that ends so
            self.is_over(callbacks)  # who may not have seen the record
        _warn(f"interrupted after {self.made} iterations: they are kept")

    def _left(self, network: Network) -> Network:
        return self.span.leave(network) if self.span else network

    def reached(self) -> tuple[Network, History]:
        """The network, the best one if there is patience; its history."""
        network = self.best.network if self.best else self.network
        return self._left(network), self.log.history()

    def end(self, decay: float) -> tuple[Network, History]:
        network, history = self.reached()
        first, last = np.mean(history.loss[0]), np.mean(history.loss[-1])
        alike = self.network.output.baseline(*self.samples[1:])
        if self.best and (fault := self.best.fault()):
            _warn(fault)
        remedy = f"lower decay={decay:g}, " if decay else ""
        remedy += self._remedy()
        if last > 1.1 * first:
            _warn(f"the loss rose from {first:.3g} to {last:.3g}; {remedy}")
        elif self.reach > UNSCALED and last > 0.99 * alike > 0:
            _warn(
                f"the loss {last:.3g} does not clearly beat {alike:.3g}, "
                f"that of one answer to all samples; {remedy}"
            )
        return network, history


def _is_true(answer: object) -> bool:
    """Not so are a figure or a list that a callback returns by the way."""
    return isinstance(answer, bool | np.bool_) and bool(answer)


def _warn(message: str) -> None:
    warnings.warn(message, stacklevel=5)  # where `train` was called


def _steps(made: int, iterations: int, progress: bool) -> Iterable[int]:
    """The numbers of updates made, from these up to all iterations."""
    steps = range(made, iterations + 1)
    return tqdm(steps, delay=1, leave=False) if progress else steps


def _span_pays(X: Array, iterations: int) -> bool:
    """Whether descent on all samples is cheaper in their span.

    It takes fewer samples than inputs, and many iterations: the products of
    all samples cost as much as about m / 32 iterations save.
    """
    m, n = X.shape
    return bool(m < n and iterations > m / 32)


def _check_going_on(
    begun: Checkpoint, iterations: int, may_span: bool
) -> None:
    if iterations < begun.iteration:
        raise ValueError(
            f"iterations={iterations}: the checkpoint has already made "
            f"{begun.iteration}; count those too"
        )
    if "W0" in begun.arrays and not may_span:
        raise ValueError(
            "the checkpoint is of descent on all samples, without decay: "
            "go on in the same way, or from its network"
        )


def _check_data(
    network: Network, X: Array, Y: Array, sample_weight: Array | None = None
) -> Samples:
    X, Y = network.check_data(X, Y)
    if np.iscomplexobj(X):
        raise ValueError(
            "X or the network is complex: training takes real numbers"
        )
    return Samples(X, Y, mean_one(sample_weight, len(X), X.dtype))


def _check_validation(
    network: Network, validation: tuple[Array, ...] | None
) -> Samples | None:
    if validation is None:
        return None
    listed = isinstance(validation, tuple | list)
    if not listed or len(validation) not in (2, 3):
        held = f"{len(validation)} values" if listed else repr(validation)
        raise ValueError(
            f"validation holds {held}: give X, Y and perhaps sample_weight"
        )
    try:
        return _check_data(network, *validation)
    except ValueError as error:
        raise ValueError(f"validation: {error}") from None
