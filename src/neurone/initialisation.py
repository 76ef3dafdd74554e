"""How a layer starts: drawn from a generator that the caller gives."""

import numpy as np

from neurone.layers import Dense


def normal(rng: np.random.Generator, n_in: int, n_out: int) -> Dense:
    """Weights and biases from N(0, 1), whatever the width.

    It is the start of the course that we follow.

    Shapes:  W (n_in, n_out), b (1, n_out)
    """
    return Dense(
        rng.normal(size=(n_in, n_out)), rng.normal(size=(1, n_out))
    )


def glorot(rng: np.random.Generator, n_in: int, n_out: int) -> Dense:
    """Weights from N(0, 2 / (n_in + n_out)), biases 0.

    A dense layer multiplies the mean square of the signal by n_in times
    this variance and, on the way back, that of the slopes by n_out times:
    the mean of the two factors is 1. An activation near the line z, as
    tanh is around 0, changes that little. The sigmoid, whose slope is at
    most 1/4, shrinks the slopes.

    Shapes:  W (n_in, n_out), b (1, n_out)
    Claim:   glorot-variance
    Source:  Glorot and Bengio (2010), equation 12
    """
    return _centred(rng, n_in, n_out, variance=2 / (n_in + n_out))


def he(rng: np.random.Generator, n_in: int, n_out: int) -> Dense:
    """Weights from N(0, 2 / n_in), biases 0.

    It keeps the mean square of the signal through layers of ReLU.

    Shapes:  W (n_in, n_out), b (1, n_out)
    Claim:   he-variance
    Source:  He et al. (2015), equation 10
    """
    return _centred(rng, n_in, n_out, variance=2 / n_in)


def zeros(rng: np.random.Generator, n_in: int, n_out: int) -> Dense:
    """Weights and biases 0.

    It is right for one neuron, and a trap for two layers: the neurons of
    the first then stay equal.

    Shapes:  W (n_in, n_out), b (1, n_out)
    """
    return _centred(rng, n_in, n_out, variance=0)


def _centred(
    rng: np.random.Generator, n_in: int, n_out: int, variance: float
) -> Dense:
    W = np.sqrt(variance) * rng.normal(size=(n_in, n_out))
    return Dense(W, np.zeros((1, n_out)))


INITIALISATIONS = {
    draw.__name__: draw for draw in (normal, glorot, he, zeros)
}
