"""Networks as a classifier and a regressor of scikit-learn."""

from collections.abc import Mapping, Sequence
from math import inf
from types import MappingProxyType
from typing import Any

import numpy as np
from scipy.special import log_expit, log_softmax
from sklearn.base import ClassifierMixin, RegressorMixin
from sklearn.utils import Tags
from sklearn.utils.class_weight import compute_sample_weight
from sklearn.utils.multiclass import (
    check_classification_targets,
    type_of_target,
)

from neurone.arrays import Array
from neurone.fitting import NeuralNetwork
from neurone.history import Callback
from neurone.inputs import check_number, numbers
from neurone.optimisers import Optimiser
from neurone.units import Units


class NeuralNetworkClassifier(ClassifierMixin, NeuralNetwork):
    """A network as a classifier, wherever scikit-learn takes one.

    Two classes take a sigmoid and the log loss, more a softmax and the
    cross-entropy, several labels at once a sigmoid each. After `fit` there
    is also `classes_`. `class_weight` is a dictionary of weights, or
    "balanced": then all classes count alike.

    Shapes:  X (m, n), y (m,) labels of any type that can be sorted,
             or (m, K) of 0 and 1 for several labels at once
    Raises:  ValueError if X or y are not fit for training,
             or an argument is out of range
    """

    rates = MappingProxyType(
        {"descent": 0.5, "momentum": 0.05, "adam": 0.01}
    )
    classes_: Array
    _multilabel: bool

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
        class_weight: str | Mapping[Any, float] | None = None,
    ) -> None:
        super().__init__(
            hidden_widths,
            hidden,
            initialisation,
            rate,
            iterations,
            batch_size,
            random_state,
            optimiser=optimiser,
            decay=decay,
            patience=patience,
            validation_fraction=validation_fraction,
            standardise=standardise,
            warm_start=warm_start,
            callbacks=callbacks,
        )
        self.class_weight = class_weight

    def partial_fit(
        self,
        X: Array,
        y: Array,
        classes: Array | None = None,
        sample_weight: Array | None = None,
    ) -> "NeuralNetworkClassifier":
        """Train on, by updates that show each of these samples once.

        The first call names all classes, and settles the units.
        """
        if classes is None and not hasattr(self, "network_"):
            raise ValueError(
                "classes is None: the first call of partial_fit takes "
                "all classes that will come"
            )
        classes = None if classes is None else np.unique(classes)
        return self._go_on(X, y, sample_weight, classes=classes)

    def _encode(
        self,
        y: Array,
        weights: Array | None,
        again: bool,
        classes: Array | None = None,
    ) -> Array:
        """Labels as rows of 0 and 1; the classes are found if not given."""
        check_classification_targets(y)
        multilabel = y.ndim == 2
        if multilabel and type_of_target(y) != "multilabel-indicator":
            raise ValueError(
                "y has several columns, with entries other than 0 and 1: "
                "give one column, or rows of labels 0 and 1"
            )
        if again:
            self._check_kind(multilabel, classes)
            classes = self.classes_
        elif classes is None:
            classes = np.arange(y.shape[1]) if multilabel else np.unique(y)
        self.classes_, self._multilabel = classes, multilabel
        if multilabel:
            return y
        if len(classes) < 2:
            raise ValueError(
                f"y holds 1 class, {classes.tolist()[0]!r}: "
                "give samples of two or more"
            )
        if strange := np.setdiff1d(y, classes).tolist():
            raise ValueError(
                f"y holds {strange[0]!r}, which is none of the classes "
                f"{classes.tolist()}"
            )
        if len(classes) == 2:
            return (y == classes[1])[:, np.newaxis]
        return y[:, np.newaxis] == classes

    def _check_kind(self, multilabel: bool, classes: Array | None) -> None:
        """Refuse labels of another kind than those of the first call."""
        if multilabel != self._multilabel:
            kinds = "one label a sample", "several labels at once"
            raise ValueError(
                f"y holds {kinds[multilabel]}, and that of the first call "
                f"{kinds[self._multilabel]}"
            )
        if not (classes is None or np.array_equal(classes, self.classes_)):
            raise ValueError(
                f"classes={classes.tolist()}: the first call named "
                f"{self.classes_.tolist()}"
            )

    def _output(self) -> str:
        binary = len(self.classes_) == 2
        return "sigmoid" if binary or self._multilabel else "softmax"

    def _least(self, Y: Array) -> int:
        """One of each class, where a sample has one class."""
        return 1 if self._multilabel else len(np.unique(Y, axis=0))

    def _shares(self, Y: Array) -> Array:
        _, kinds = np.unique(Y, axis=0, return_inverse=True)
        kinds = kinds.ravel()
        place = np.empty(len(Y))
        for kind, count in enumerate(np.bincount(kinds)):
            place[kinds == kind] = np.arange(count) / count
        return place

    def _weigh(self, y: Array, weights: Array | None) -> Array | None:
        if self.class_weight is None:
            return weights
        if isinstance(self.class_weight, str):
            by_class = _balanced(self.class_weight, y, weights)
        else:
            by_class = self._weights_of_classes(y)
        return by_class if weights is None else by_class * weights

    def _weights_of_classes(self, y: Array) -> Array:
        """Those of class_weight; of classes that it does not name, 1."""
        given = self.class_weight
        if self._multilabel:
            return compute_sample_weight(given, y)
        if not isinstance(given, Mapping):
            raise _no_weights(given)
        known = self.classes_.tolist()
        if strange := sorted(set(given) - set(known), key=str):
            raise ValueError(
                f"class_weight names {strange[0]!r}, which is none of the "
                f"classes {known}"
            )
        for label, weight in given.items():
            check_number(f"class_weight[{label!r}]", weight, 0, inf)
        weights = np.array([given.get(label, 1.0) for label in known])
        return weights[np.searchsorted(self.classes_, y)]

    def predict(self, X: Array) -> Array:
        """The label of each sample, or its row of labels 0 and 1.

        Shapes:  X (m, n); the result (m,) or (m, K)
        """
        X = self._samples(X)
        found = self.network_.predict(X)
        return found if self._multilabel else self.classes_[found[:, 0]]

    def predict_proba(self, X: Array) -> Array:
        """The probability of each class, in the order of `classes_`.

        Shapes:  X (m, n); the result (m, K)
        """
        Z = self._logits(X)
        P = self.network_.output.probabilities(Z)
        return np.hstack([1 - P, P]) if Z.shape[1] == 1 else P

    def predict_log_proba(self, X: Array) -> Array:
        """The logarithm of each probability, also where that rounds to 0.

        Shapes:  X (m, n); the result (m, K)
        """
        Z = self._logits(X)
        if Z.shape[1] == 1:
            return log_expit(np.hstack([-Z, Z]))
        return log_expit(Z) if self._multilabel else log_softmax(Z, axis=1)

    def decision_function(self, X: Array) -> Array:
        """The logits: of two classes, that of the second.

        Shapes:  X (m, n); the result (m,) of two classes, else (m, K)
        """
        Z = self._logits(X)
        return Z[:, 0] if Z.shape[1] == 1 else Z

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_label = True
        return tags


def _no_weights(given: object) -> Exception:
    return ValueError(
        f'class_weight={given!r}: give "balanced", or a dictionary of '
        "weights of classes"
    )


def _balanced(name: str, y: Array, weights: Array | None) -> Array:
    """Factors of the samples by which all classes weigh alike.

    Several labels at once multiply what each of them gives.
    """
    if name != "balanced":
        raise _no_weights(name)
    factors = np.ones(len(y))
    for column in np.atleast_2d(y.T):
        _, kinds = np.unique(column, return_inverse=True)
        counts = np.bincount(kinds, weights)
        mean = counts[counts > 0].mean()
        factors *= mean / np.where(counts > 0, counts, np.inf)[kinds]
    return factors


class NeuralNetworkRegressor(RegressorMixin, NeuralNetwork):
    """A network as a regressor, wherever scikit-learn takes one.

    It descends on half the mean squared error of the targets, in the units
    that `target_units_` holds.

    Shapes:  X (m, n), y (m,) or (m, K) numbers
    Raises:  ValueError if X or y are not fit for training,
             or an argument is out of range
    """

    # by 32 hidden values and a bias, each at most 1, half the squared
    # error bends by up to 33: steps beyond 2 / 33 may go up
    rates = MappingProxyType(
        {"descent": 0.05, "momentum": 0.005, "adam": 0.01}
    )
    target_units_: Units
    _single: bool

    def partial_fit(
        self, X: Array, y: Array, sample_weight: Array | None = None
    ) -> "NeuralNetworkRegressor":
        """Train on, by updates that show each of these samples once.

        The first call settles the units.
        """
        return self._go_on(X, y, sample_weight)

    def _encode(
        self, y: Array, weights: Array | None, again: bool
    ) -> Array:
        """Targets as columns in their units."""
        Y = numbers("y", y).reshape(len(y), -1).astype(np.float64)
        if not again:
            self.target_units_ = self._units(Y, weights)
            self._single = y.ndim == 1
        first = len(self.target_units_.centre)
        if Y.shape[1] != first or self._single != (y.ndim == 1):
            raise ValueError(
                f"y has shape {y.shape}, and that of the first call "
                f"{'one axis' if self._single else f'{first} columns'}"
            )
        return self.target_units_.standardise(Y)

    def _output(self) -> str:
        return "linear"

    def predict(self, X: Array) -> Array:
        """The predicted numbers of each sample, with all their digits.

        Shapes:  X (m, n); the result (m,) or (m, K), as y was
        """
        Z = self._logits(X).astype(np.float64)
        Z = self.target_units_.restore(Z)
        return Z[:, 0] if self._single else Z
