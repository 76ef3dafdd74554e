"""What a classifier and a regressor by networks share: how they fit."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from numbers import Integral
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.utils import Tags, column_or_1d
from sklearn.utils.validation import check_is_fitted, validate_data

from neurone.arrays import Array
from neurone.choices import choose
from neurone.history import Callback, Checkpoint, History
from neurone.inputs import (
    check_counts,
    check_counts_or_none,
    check_functions,
    check_number,
    check_unmasked,
    generator,
    mean_one,
)
from neurone.network import Network
from neurone.optimisers import OPTIMISERS, Optimiser
from neurone.training import train
from neurone.units import Units

PRECISIONS = [np.float64, np.float32]
RECORDS = 100  # points of the curve, where a point costs little


class NeuralNetwork(BaseEstimator):
    """What a classifier and a regressor by networks share.

    The samples are standardised, since networks start for numbers of about
    1: `units_` holds how. After `fit` there are also `network_`, of
    standardised samples, `history_` and `n_features_in_`.
    float32 stays float32.

    An optimiser is named, and has its usual rate if none is given, or it is
    an optimiser of the library or of your own. `decay`, `callbacks` and
    `patience` are those of `train`; with patience, a validation_fraction of
    the samples is held out. `batch_size` is None for all samples at once.
    """

    rates: Mapping[str, float]  # of optimisers, where none is given
    network_: Network
    history_: History
    units_: Units
    _checkpoint: Checkpoint | None
    _settled: dict[str, Any]

    def __init__(
        self,
        hidden_widths: int | Sequence[int] = (32,),
        hidden: str | Sequence[str] = "tanh",
        initialisation: str = "glorot",
        rate: float | None = None,
        iterations: int = 1000,
        batch_size: int | None = None,
        random_state: Any = 0,
        *,
        optimiser: str | Optimiser = "descent",
        decay: float = 0.0,
        patience: int | None = None,
        validation_fraction: float = 0.1,
        standardise: bool = True,
        warm_start: bool = False,
        callbacks: Sequence[Callback] = (),
    ) -> None:
        self.hidden_widths = hidden_widths
        self.hidden = hidden
        self.initialisation = initialisation
        self.rate = rate
        self.iterations = iterations
        self.batch_size = batch_size
        self.random_state = random_state
        self.optimiser = optimiser
        self.decay = decay
        self.patience = patience
        self.validation_fraction = validation_fraction
        self.standardise = standardise
        self.warm_start = warm_start
        self.callbacks = callbacks

    def fit(
        self, X: Array, y: Array, sample_weight: Array | None = None
    ) -> "NeuralNetwork":
        """Train a new network, or with warm_start that of the last call.

        Shapes:  X (m, n), y (m,) or (m, K), sample_weight (m,)
        """
        check_counts(iterations=self.iterations)
        again = self.warm_start and hasattr(self, "network_")
        rng = self._generator()
        options: dict[str, Any] = {}
        if self.batch_size is None:
            options["record_every"] = max(1, self.iterations // RECORDS)
        with _all_or_nothing(self):
            data = self._start(X, y, sample_weight, again, rng)
            if self.patience is not None:
                data, options["validation"] = self._hold_out(data, rng)
            self._checkpoint = None
            self._train(
                self.network_,
                data,
                rng=rng,
                iterations=self.iterations,
                patience=self.patience,
                callbacks=self.callbacks,
                **options,
            )
        return self

    def _go_on(
        self, X: Array, y: Array, sample_weight: Array | None, **given: Any
    ) -> "NeuralNetwork":
        """Train on, by updates that show each of these samples once."""
        check_counts_or_none(batch_size=self.batch_size)
        check_functions(self._optimiser(), self.callbacks)
        again, rng = hasattr(self, "network_"), self._generator()
        with _all_or_nothing(self):
            data = self._start(X, y, sample_weight, again, rng, **given)
            left = self._checkpoint if again else None
            begun = left or Checkpoint.before(self.network_)
            m = len(data[0])
            made = -(-m // (self.batch_size or m))
            self._train(
                begun.on_other_samples(),
                data,
                rng=rng,
                iterations=begun.iteration + made,
                callbacks=[
                    partial(setattr, self, "_checkpoint"),
                    *self.callbacks,
                ],
            )
        return self

    def _start(
        self,
        X: Array,
        y: Array,
        sample_weight: Array | None,
        again: bool,
        rng: np.random.Generator,
        **given: Any,
    ) -> list[Array]:
        """Settle what is before training; samples, labels and weights."""
        self._settle(again)
        check_unmasked(X=X, y=y)
        X, y = validate_data(
            self,
            X,
            y,
            dtype=PRECISIONS,
            multi_output=True,
            reset=not again,
        )
        if y.ndim == 2 and y.shape[1] == 1:
            y = column_or_1d(y, warn=True)
        weights = mean_one(sample_weight, len(X), np.float64)
        weights = None if weights is None else weights[:, 0]
        Y = self._encode(y, weights, again, **given)
        if not again:
            self.units_ = self._units(X, weights)
            self.network_ = Network.create(
                [X.shape[1], *_widths(self.hidden_widths), Y.shape[1]],
                rng=rng,
                hidden=self.hidden,
                output=self._output(),
                initialisation=self.initialisation,
                dtype=X.dtype,
            )
        X = self.units_.standardise(X)
        weights = self._weigh(y, weights)
        return [X, Y] if weights is None else [X, Y, weights]

    def _settle(self, again: bool) -> None:
        """Keep what the network is made by, or refuse to change it."""
        widths, hidden = _widths(self.hidden_widths), self.hidden
        listed = isinstance(hidden, list | tuple)
        asked = {
            "hidden_widths": widths,
            "hidden": list(hidden) if listed else [hidden] * len(widths),
            "standardise": bool(self.standardise),
        }
        if not again:
            self._settled = asked
        for name, settled in self._settled.items():
            if asked[name] != settled:
                raise ValueError(
                    f"{name}={getattr(self, name)!r}: the network that is "
                    f"gone on with was made by {settled!r}; fit a new one "
                    "without warm_start"
                )

    def _units(self, A: Array, weights: Array | None) -> Units:
        if self.standardise:
            return Units.of(A, weights)
        return Units.as_they_are(A.shape[1])

    def _weigh(self, y: Array, weights: Array | None) -> Array | None:
        return weights

    def _hold_out(
        self, data: list[Array], rng: np.random.Generator
    ) -> tuple[list[Array], list[Array]]:
        """Data to learn from, and data for validation.

        Those of a class are shared out alike, the first to learn from;
        samples that weigh 0 are left out.
        """
        if len(data) > 2:
            data = [A[data[2] > 0] for A in data]
        fraction, m = self.validation_fraction, len(data[0])
        check_number("validation_fraction", fraction, 0.001, 1)
        chance = rng.permutation(m)
        shares = self._shares(data[1][chance])
        order = chance[np.argsort(shares, stable=True)]
        asked = int(np.ceil(fraction * m))
        count = min(asked, m - self._least(data[1]))
        if count < 1:
            raise ValueError(
                f"patience holds out {asked} of {m} samples that count: "
                "give more, or leave it out"
            )
        learnt, unseen = np.split(order, [m - count])
        return [A[learnt] for A in data], [A[unseen] for A in data]

    def _least(self, Y: Array) -> int:
        """How many samples are learnt from, however many are held out."""
        return 1

    def _shares(self, Y: Array) -> Array:
        """How much of its kind stands before each sample."""
        return np.arange(len(Y)) / len(Y)

    def _train(
        self,
        start: Network | Checkpoint,
        data: Sequence[Array],
        **options: Any,
    ) -> None:
        X, Y, *weights = data
        self.network_, self.history_ = train(
            start,
            X,
            Y,
            self._optimiser(),
            sample_weight=weights[0] if weights else None,
            decay=self.decay,
            batch_size=self.batch_size,
            progress=False,
            **options,
        )

    def _optimiser(self) -> Optimiser:
        if callable(self.optimiser):
            if self.rate is not None:
                raise ValueError(
                    f"rate={self.rate!r}: the optimiser "
                    f"{self.optimiser!r} has its own; leave out this one"
                )
            return self.optimiser
        make = choose("optimiser", self.optimiser, OPTIMISERS)
        rate = (
            self.rates[self.optimiser] if self.rate is None else self.rate
        )
        return make(rate)

    def _generator(self) -> np.random.Generator:
        if self.random_state is None:
            return np.random.default_rng()
        return generator(self.random_state, "random_state")

    def _samples(self, X: Array) -> Array:
        """What the network takes: samples that are checked, in units."""
        check_is_fitted(self)
        check_unmasked(X=X)
        X = validate_data(self, X, dtype=PRECISIONS, reset=False)
        return self.units_.standardise(X)

    def _logits(self, X: Array) -> Array:
        X = self._samples(X)
        return self.network_.logits(X)

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags


@contextmanager
def _all_or_nothing(estimator: NeuralNetwork) -> Iterator[None]:
    """What fails on the way leaves the last fit as it was."""
    before = estimator.__dict__.copy()
    try:
        yield
    except BaseException:
        estimator.__dict__.clear()
        estimator.__dict__.update(before)
        raise


def _widths(hidden_widths: Any) -> list[Any]:
    """One width, or several; `Network.create` checks each."""
    if isinstance(hidden_widths, Integral):
        return [hidden_widths]
    if not isinstance(hidden_widths, list | tuple | np.ndarray):
        raise TypeError(
            f"hidden_widths={hidden_widths!r}: give the width of a hidden "
            "layer, or a list of them"
        )
    return list(hidden_widths)
