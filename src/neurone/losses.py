"""Losses from logits, in nats: a sum over outputs, a mean over samples; and the output function that suits each."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from neurone.activations import Array, sigmoid_value, softmax


def log_loss(Z: Array, Y: Array) -> float:
    """Mean log loss of labels Y given logits Z: log(1 + exp(Z)) - Y Z, in a form that neither overflows nor cancels.

    Shapes:  Z (..., m, p), Y (m, p) with entries in [0, 1]; the result has the leading axes of Z
    Raises:  ValueError if the shapes differ
    Claim:   log-loss-from-logits
    """
    Y = _labels_like(Z, Y)
    distance = np.maximum(Z, -Z)  # |Z|, that also takes the complex numbers by which a test differentiates this code
    return (np.maximum(Z, 0) - Y * Z + np.log1p(np.exp(-distance))).sum(axis=(-2, -1)) / len(Y)


def log_loss_gradient(Z: Array, Y: Array) -> Array:
    """Gradient of the mean log loss with respect to the logits: the mistake of each output, over m.

    Shapes:  Z (..., m, p), Y (m, p) with entries in [0, 1]; the result has the shape and dtype of Z
    Raises:  ValueError if the shapes differ
    Claim:   log-loss-gradient-logit
    """
    Y = _labels_like(Z, Y)
    return (sigmoid_value(Z) - Y) / len(Y)


def cross_entropy(Z: Array, Y: Array) -> float:
    """Mean cross-entropy of labels Y given logits Z: the logarithm of the sum of exp(Z), less the logit of the label.

    Shapes:  Z (..., m, K), Y (m, K) with rows that sum to 1; the result has the leading axes of Z
    Raises:  ValueError if the shapes differ
    Claim:   cross-entropy-from-logits
    """
    Y = _labels_like(Z, Y)
    Z = Z - Z.max(axis=-1, keepdims=True)
    log_sum_exp = np.log(np.exp(Z).sum(axis=-1))
    return (log_sum_exp - (Y * Z).sum(axis=-1)).sum(axis=-1) / len(Y)


def cross_entropy_gradient(Z: Array, Y: Array) -> Array:
    """Gradient of the mean cross-entropy with respect to the logits: probabilities less labels, over m.

    Shapes:  Z (..., m, K), Y (m, K) with rows that sum to 1; the result has the shape and dtype of Z
    Raises:  ValueError if the shapes differ
    Claim:   cross-entropy-gradient-logit
    """
    Y = _labels_like(Z, Y)
    return (softmax(Z) - Y) / len(Y)


def _labels_like(Z: Array, Y: Array) -> Array:
    Y = np.asarray(Y, Z.dtype)
    if Z.shape[-2:] != Y.shape:
        raise ValueError(f"Z has shape {Z.shape}, Y has shape {Y.shape}: each logit needs its label")
    return Y


def threshold(Z: Array) -> Array:
    """Class numbers 0 or 1: 1 where the logit is positive, that is where the probability is above one half.

    Shapes:  Z (..., m, p); the result is the same
    """
    return (Z > 0).astype(int)


def largest(Z: Array) -> Array:
    """Class numbers 0, ..., K - 1: the place of the largest entry of each row.

    Shapes:  Z (..., m, K); the result (..., m, 1)
    """
    return Z.argmax(axis=-1, keepdims=True)


@dataclass(frozen=True)
class Output:
    """What logits stand for: probabilities, a decision, and the loss whose gradient is (probabilities - labels) / m.

    `decide` turns logits into class numbers, and labels (0/1, or one-hot rows) into class numbers as well.
    """

    name: str
    probabilities: Callable[[Array], Array]
    decide: Callable[[Array], Array]
    loss: Callable[[Array, Array], float]
    loss_gradient: Callable[[Array, Array], Array]

    def accuracy(self, Z: Array, Y: Array) -> float:
        """The share of samples whose logits decide for the class of the label.

        Shapes:  Z (..., m, K), Y (m, K); the result has the leading axes of Z
        """
        return (self.decide(Z) == self.decide(_labels_like(Z, Y))).mean(axis=(-2, -1))


OUTPUTS = {
    "sigmoid": Output("sigmoid", sigmoid_value, threshold, log_loss, log_loss_gradient),
    "softmax": Output("softmax", softmax, largest, cross_entropy, cross_entropy_gradient),
}
