"""Losses from logits, in nats, and the output function that suits each.

A loss is a sum over the outputs and a mean over the samples.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import xlogy

from neurone.activations import identity_value, sigmoid_value, softmax
from neurone.arrays import Array
from neurone.inputs import floating


def log_loss(Z: Array, Y: Array) -> float:
    """Mean log loss of labels Y given logits Z: log(1 + exp(Z)) - Y Z.

    This form of it neither overflows nor cancels.

    Shapes:  Z (..., m, p), Y (m, p) with entries in [0, 1];
             the result has the leading axes of Z
    Raises:  ValueError if the shapes differ
    Claim:   log-loss-from-logits
    """
    Z, Y = _paired(Z, Y)
    distance = np.maximum(Z, -Z)  # |Z|, analytic on both sides of 0
    losses = np.maximum(Z, 0) - Y * Z + np.log1p(np.exp(-distance))
    return losses.sum(axis=(-2, -1)) / Y.shape[-2]


def log_loss_gradient(Z: Array, Y: Array) -> Array:
    """Gradient of the mean log loss with respect to the logits.

    It is the mistake of each output, over m.

    Shapes:  Z (..., m, p), Y (m, p) with entries in [0, 1];
             the result has the shape and dtype of Z
    Raises:  ValueError if the shapes differ
    Claim:   log-loss-gradient-logit
    """
    Z, Y = _paired(Z, Y)
    return (sigmoid_value(Z) - Y) / Y.shape[-2]


def cross_entropy(Z: Array, Y: Array) -> float:
    """Mean cross-entropy of labels Y given logits Z.

    It is the log of the sum of exp(Z), less the logit of the label.

    Shapes:  Z (..., m, K), Y (m, K) with rows that sum to 1;
             the result has the leading axes of Z
    Raises:  ValueError if the shapes differ
    Claim:   cross-entropy-from-logits
    """
    Z, Y = _paired(Z, Y)
    Z = Z - Z.max(axis=-1, keepdims=True)
    log_sum_exp = np.log(np.exp(Z).sum(axis=-1))
    return (log_sum_exp - (Y * Z).sum(axis=-1)).sum(axis=-1) / Y.shape[-2]


def cross_entropy_gradient(Z: Array, Y: Array) -> Array:
    """Gradient of the mean cross-entropy with respect to the logits.

    It is the probabilities less the labels, over m.

    Shapes:  Z (..., m, K), Y (m, K) with rows that sum to 1;
             the result has the shape and dtype of Z
    Raises:  ValueError if the shapes differ
    Claim:   softmax-cross-entropy-gradient
    """
    Z, Y = _paired(Z, Y)
    return (softmax(Z) - Y) / Y.shape[-2]


def squared_error(Z: Array, Y: Array) -> float:
    """Half the mean squared distance of the predictions Z from Y.

    Shapes:  Z (..., m, p), Y (m, p); the result has the leading axes of Z
    Raises:  ValueError if the shapes differ
    Claim:   squared-error
    """
    Z, Y = _paired(Z, Y)
    return ((Z - Y) ** 2).sum(axis=(-2, -1)) / (2 * Y.shape[-2])


def squared_error_gradient(Z: Array, Y: Array) -> Array:
    """Gradient of half the mean squared error.

    It is the mistake of each prediction, over m.

    Shapes:  Z (..., m, p), Y (m, p); the result has the shape of Z
    Raises:  ValueError if the shapes differ
    Claim:   squared-error-gradient
    """
    Z, Y = _paired(Z, Y)
    return (Z - Y) / Y.shape[-2]


def _paired(Z: Array, Y: Array) -> tuple[Array, Array]:
    """Logits, and labels of their precision: a row of Y to each of Z."""
    Z = floating(Z)
    Y = np.asarray(Y, Z.dtype)
    if Y.ndim < 2 or Z.shape[-Y.ndim :] != Y.shape:
        raise ValueError(
            f"Z has shape {Z.shape}, Y has shape {Y.shape}: "
            "each logit needs its label"
        )
    return Z, Y


def _flat(sample_weight: Array | None) -> Array | None:
    """Weights (m, 1) as a vector, or None."""
    return None if sample_weight is None else sample_weight[:, 0]


def threshold(Z: Array) -> Array:
    """Class numbers: 1 where the logit is positive, 0 elsewhere.

    A positive logit is a probability above one half.

    Shapes:  Z (..., m, p); the result is the same
    """
    return (Z > 0).astype(int)


def largest(Z: Array) -> Array:
    """Class numbers 0, ..., K - 1: the largest entry of each row.

    Shapes:  Z (..., m, K); the result (..., m, 1)
    """
    return Z.argmax(axis=-1, keepdims=True)


@dataclass(frozen=True)
class Output:
    """What logits stand for: probabilities, a decision, and the loss.

    The gradient of the loss is (probabilities - labels) / m. `decide` turns
    logits into class numbers, and labels (0/1, or one-hot rows) as well.

    Shapes:  loss of Z (..., m, K) and Y (m, K) gives (...), its gradient
             (..., m, K)
    """

    name: str
    probabilities: Callable[[Array], Array]
    decide: Callable[[Array], Array]
    loss: Callable[[Array, Array], float]
    loss_gradient: Callable[[Array, Array], Array]

    def check_labels(self, Y: Array) -> None:
        """Refuse labels that say nothing to this output.

        Shapes:  Y (m, K)
        Raises:  ValueError that says why
        """
        if not np.isin(Y, (0, 1)).all():
            raise ValueError(
                "Y holds entries other than 0 and 1 (or NaN): "
                "encode the labels as 0 and 1"
            )
        if self.decide is largest and Y.shape[1] == 1:
            raise ValueError(
                "Y has one column: a softmax takes one for each class, "
                "and a sigmoid one for two classes"
            )
        if self.decide is largest and not (Y.sum(axis=1) == 1).all():
            raise ValueError(
                "Y has rows that are not one-hot: "
                "a softmax takes exactly one 1 in each row"
            )

    def check_shares(self, Y: Array) -> None:
        """Refuse what the loss says nothing about: labels may be shares.

        Shapes:  Y (m, K)
        Raises:  ValueError that says why
        """
        if not ((Y >= 0) & (Y <= 1)).all():
            raise ValueError(
                "Y holds entries below 0 or above 1 (or NaN): "
                "encode the labels as 0 and 1"
            )
        if self.decide is largest and not np.allclose(Y.sum(axis=-1), 1):
            raise ValueError(
                "Y has rows that do not sum to 1: "
                "a softmax takes the shares of the classes in each row"
            )

    def check_classes(self, Y: Array) -> None:
        """Refuse labels that leave nothing to learn.

        Shapes:  Y (m, K)
        Raises:  ValueError if they are of a single class
        """
        if len(np.unique(self.decide(Y))) < 2:
            raise ValueError(
                "Y holds a single class: there is nothing to learn; "
                "give samples of two or more"
            )

    def mean_loss(
        self, Z: Array, Y: Array, sample_weight: Array | None = None
    ) -> float:
        """The loss, where each sample counts by its weight.

        The loss of a batch of one is that of a sample.

        Shapes:  Z (..., m, K), Y (m, K), sample_weight (m, 1) of mean 1;
                 the result has the leading axes of Z
        """
        if sample_weight is None:
            return self._of_shape(Z.shape[:-2], self.loss(Z, Y))
        Z, Y = _paired(Z, Y)
        singly = self.loss(Z[..., np.newaxis, :], Y[:, np.newaxis])
        singly = self._of_shape(Z.shape[:-1], singly)
        return (sample_weight[:, 0] * singly).mean(axis=-1)

    def mean_loss_gradient(
        self, Z: Array, Y: Array, sample_weight: Array | None = None
    ) -> Array:
        """Gradient of `mean_loss`: each row counts by its weight.

        Shapes:  Z (..., m, K), Y (m, K), sample_weight (m, 1) of mean 1;
                 the result has the shape of Z
        """
        gradient = self._of_shape(Z.shape, self.loss_gradient(Z, Y))
        if sample_weight is None:
            return gradient
        return sample_weight * gradient

    def _of_shape(self, shape: tuple[int, ...], value: Any) -> Any:
        """What a loss or its gradient gave, if it has the shape."""
        if np.shape(value) != shape:
            raise ValueError(
                f"the output {self.name!r} gives a loss or gradient of "
                f"shape {np.shape(value)}, not {shape}: a loss takes the "
                "two last axes off the logits, a gradient keeps them all"
            )
        return value

    def baseline(
        self, Y: Array, sample_weight: Array | None = None
    ) -> float:
        """The least loss of a network that answers all samples alike.

        It answers with the shares of the labels: what it loses is their
        entropy.

        Shapes:  Y (m, K), sample_weight (m, 1) of mean 1
        """
        shares = np.average(Y, axis=0, weights=_flat(sample_weight))
        others = 0 * shares if self.decide is largest else 1 - shares
        return -(xlogy(shares, shares) + xlogy(others, others)).sum()

    def accuracy(
        self, Z: Array, Y: Array, sample_weight: Array | None = None
    ) -> float:
        """The share of samples whose logits decide for all their labels.

        Shapes:  Z (..., m, K), Y (m, K), sample_weight (m, 1) of mean 1;
                 the result has the leading axes of Z
        """
        Z, Y = _paired(Z, Y)
        right = (self.decide(Z) == self.decide(Y)).all(axis=-1)
        if sample_weight is not None:
            right = sample_weight[:, 0] * right
        return right.mean(axis=-1)


class Regression(Output):
    """Logits that are predictions of numbers: there is nothing to decide.

    The answer for all alike is the mean of Y. The accuracy is R^2: 1 if
    all are right, 0 if they are as good as that mean, negative if worse,
    NaN if Y does not vary.
    """

    def check_labels(self, Y: Array) -> None:
        if not np.isfinite(Y).all():
            raise ValueError(
                "Y holds NaN or infinity: remove or replace these entries"
            )

    def check_shares(self, Y: Array) -> None:
        """Any numbers have a loss."""

    def check_classes(self, Y: Array) -> None:
        """Numbers have none."""

    def baseline(
        self, Y: Array, sample_weight: Array | None = None
    ) -> float:
        beyond = np.average(Y - Y[0], axis=0, weights=_flat(sample_weight))
        centre = np.full_like(Y, Y[0] + beyond)  # Y[0] if Y is constant
        return self.mean_loss(centre, Y, sample_weight)

    def accuracy(
        self, Z: Array, Y: Array, sample_weight: Array | None = None
    ) -> float:
        Z, Y = _paired(Z, Y)
        error = self.mean_loss(Z, Y, sample_weight)
        return 1 - error / (self.baseline(Y, sample_weight) or np.nan)


OUTPUTS = {
    output.name: output
    for output in (
        Output(
            "sigmoid", sigmoid_value, threshold, log_loss, log_loss_gradient
        ),
        Output(
            "softmax",
            softmax,
            largest,
            cross_entropy,
            cross_entropy_gradient,
        ),
        Regression(
            "linear",
            identity_value,
            identity_value,
            squared_error,
            squared_error_gradient,
        ),
    )
}
