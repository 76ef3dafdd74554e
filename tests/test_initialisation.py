import numpy as np
import pytest

from neurone.initialisation import INITIALISATIONS, glorot, he, normal, zeros


@pytest.mark.parametrize(
    "initialise, deviation",
    [(normal, 1), (glorot, np.sqrt(2 / (300 + 500))), (he, np.sqrt(2 / 300)), (zeros, 0)],
)
def test_weights_have_the_standard_deviation_that_the_name_promises(rng, initialise, deviation):
    W = initialise(rng, 300, 500).W
    assert abs(W.std() - deviation) <= 5 * deviation / np.sqrt(2 * W.size)  # five standard errors
    assert abs(W.mean()) <= 5 * deviation / np.sqrt(W.size)


@pytest.mark.parametrize("name", sorted(INITIALISATIONS))
def test_shapes_are_those_of_a_layer_and_only_normal_draws_biases(rng, name):
    layer = INITIALISATIONS[name](rng, 4, 3)
    assert layer.W.shape == (4, 3) and layer.b.shape == (1, 3)
    assert (layer.b != 0).all() == (name == "normal")


@pytest.mark.parametrize("name", sorted(INITIALISATIONS))
def test_the_same_seed_draws_the_same_layer(name):
    first, second = (INITIALISATIONS[name](np.random.default_rng(7), 4, 3) for _ in range(2))
    np.testing.assert_array_equal(first.W, second.W)
    np.testing.assert_array_equal(first.b, second.b)


def test_he_keeps_the_mean_square_of_the_signal_through_twenty_layers_of_relu(rng):
    A = rng.normal(size=(200, 400))
    for _ in range(20):
        A = np.maximum(A @ he(rng, 400, 400).W, 0)
    assert 0.5 < 2 * (A**2).mean() < 2
