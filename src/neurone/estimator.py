"""The network as a scikit-learn classifier."""

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from neurone.arrays import Array
from neurone.network import Network
from neurone.optimisers import GradientDescent
from neurone.training import train


class NeuralNetworkClassifier(ClassifierMixin, BaseEstimator):
    """A network trained by gradient descent, as a classifier.

    It serves wherever scikit-learn takes a classifier. Two classes take a
    sigmoid and the log loss, more a softmax and the cross-entropy.
    float32 stays float32. After `fit` there are `classes_`, `network_`,
    `history_` and `n_features_in_`.

    Shapes:  X (m, n), y (m,) labels of any type that can be sorted
    Raises:  ValueError if X or y are not fit for training,
             or an argument is out of range
    """

    def __init__(
        self,
        hidden_widths=(32,),
        hidden="tanh",
        initialisation="glorot",
        rate=0.5,
        iterations=1000,
        batch_size=None,
        random_state=0,
    ):
        self.hidden_widths = hidden_widths
        self.hidden = hidden
        self.initialisation = initialisation
        self.rate = rate
        self.iterations = iterations
        self.batch_size = batch_size
        self.random_state = random_state

    def fit(self, X: Array, y: Array) -> "NeuralNetworkClassifier":
        """Train a new network on the samples X and their labels y."""
        X, y = validate_data(self, X, y, dtype=[np.float64, np.float32])
        check_classification_targets(y)
        self.classes_, numbers = np.unique(y, return_inverse=True)
        K = len(self.classes_)
        if K < 2:
            raise ValueError(
                f"y holds 1 class, {self.classes_[0]!r}: "
                "give samples of two or more"
            )
        binary = K == 2
        Y = numbers[:, np.newaxis]
        if not binary:
            Y = Y == np.arange(K)
        rng = np.random.default_rng(self.random_state)
        network = Network.create(
            [X.shape[1], *self.hidden_widths, Y.shape[1]],
            rng=rng,
            hidden=self.hidden,
            output="sigmoid" if binary else "softmax",
            initialisation=self.initialisation,
            dtype=X.dtype,
        )
        self.network_, self.history_ = train(
            network,
            X,
            Y,
            GradientDescent(self.rate),
            iterations=self.iterations,
            batch_size=self.batch_size,
            record_every=self.iterations,
            progress=False,
            rng=rng,
        )
        return self

    def predict_proba(self, X: Array) -> Array:
        """The probability of each class, in the order of `classes_`.

        Shapes:  X (m, n); the result (m, K)
        """
        check_is_fitted(self)
        P = self.network_.probabilities(self._samples(X))
        return np.hstack([1 - P, P]) if len(self.classes_) == 2 else P

    def predict(self, X: Array) -> Array:
        """The label of each sample.

        Shapes:  X (m, n); the result (m,)
        """
        check_is_fitted(self)
        return self.classes_[self.network_.predict(self._samples(X))[:, 0]]

    def _samples(self, X: Array) -> Array:
        return validate_data(
            self, X, dtype=[np.float64, np.float32], reset=False
        )
