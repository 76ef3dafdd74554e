import numpy as np
import pytest

from neurone.activations import relu, sigmoid
from neurone.layers import Dense
from neurone.losses import OUTPUTS
from neurone.network import Network


@pytest.fixture
def by_hand():
    """Two inputs, two neurons of ReLU, one output: x1 and x2 - x1, then their difference, less 1."""
    layers = [
        Dense(np.array([[1.0, -1.0], [0.0, 1.0]]), np.zeros((1, 2))),
        Dense(np.array([[1.0], [-1.0]]), np.array([[-1.0]])),
    ]
    return Network(layers, [relu], OUTPUTS["sigmoid"])


X = np.array([[2.0, 1.0], [1.0, 4.0]])


def create(seed=0, widths=(2, 3, 1), **choices):
    return Network.create(widths, rng=np.random.default_rng(seed), **choices)


def test_a_network_by_hand(by_hand):
    np.testing.assert_array_equal(by_hand.logits(X), [[1], [-3]])
    np.testing.assert_allclose(by_hand.probabilities(X), 1 / (1 + np.exp([[-1.0], [3.0]])), rtol=1e-14)
    np.testing.assert_array_equal(by_hand.predict(X), [[1], [0]])
    assert by_hand.accuracy(X, [[1], [1]]) == 0.5
    np.testing.assert_allclose(by_hand.loss(X, [[1], [1]]), (np.log1p(np.exp(-1)) + np.log1p(np.exp(3))) / 2)


def test_the_gradients_of_a_network_by_hand(by_hand):
    loss, (first, second) = by_hand.loss_and_gradients(X, [[1], [1]])
    dZ = (by_hand.probabilities(X) - 1) / 2  # the mistakes; hidden values are (2, 0) and (1, 3)
    assert loss == by_hand.loss(X, [[1], [1]])
    np.testing.assert_allclose(second.W, [2 * dZ[0] + dZ[1], 3 * dZ[1]])
    np.testing.assert_allclose(second.b, [dZ[0] + dZ[1]])
    np.testing.assert_allclose(first.W[:, 0], (2 * dZ[0] + dZ[1], dZ[0] + 4 * dZ[1])[0:2] @ np.ones(1))
    np.testing.assert_allclose(first.W[:, 1], [-dZ[1, 0], -4 * dZ[1, 0]])
    np.testing.assert_allclose(first.b, [[dZ.sum(), -dZ[1, 0]]])


def test_a_network_knows_its_widths():
    assert create(widths=[5, 4, 3, 2], output="softmax").widths == [5, 4, 3, 2]


def test_a_softmax_network_predicts_the_most_probable_class(rng):
    network = create(widths=(2, 5, 3), output="softmax")
    X = rng.normal(size=(20, 2))
    np.testing.assert_allclose(network.probabilities(X).sum(axis=1), 1, rtol=1e-14)
    np.testing.assert_array_equal(network.predict(X)[:, 0], network.probabilities(X).argmax(axis=1))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("output", sorted(OUTPUTS))
def test_everything_a_network_computes_has_its_dtype(rng, dtype, output):
    network = create(widths=(4, 3, 2), output=output, dtype=dtype)
    X, Y = rng.normal(size=(6, 4)), np.eye(2)[rng.integers(0, 2, 6)]
    loss, gradients = network.loss_and_gradients(X, Y)
    arrays = [network.logits(X), network.probabilities(X), loss, *(a for g in gradients for a in (g.W, g.b))]
    assert {array.dtype for array in arrays} == {np.dtype(dtype)}


def test_one_seed_gives_the_same_network_in_both_precisions():
    double, single = create(dtype=np.float64), create(dtype=np.float32)
    np.testing.assert_array_equal(double.layers[0].W.astype(np.float32), single.layers[0].W)


def test_a_stack_computes_what_each_network_computes(rng):
    networks = [create(seed) for seed in range(4)]
    stack = Network.stack(networks)
    X, Y = rng.normal(size=(10, 2)), rng.integers(0, 2, (10, 1))
    loss, gradients = stack.loss_and_gradients(X, Y)
    for s, network in enumerate(networks):
        expected, expected_gradients = network.loss_and_gradients(X, Y)
        np.testing.assert_allclose(stack.logits(X)[s], network.logits(X), rtol=1e-13)
        np.testing.assert_array_equal(stack.predict(X)[s], network.predict(X))
        np.testing.assert_allclose(loss[s], expected, rtol=1e-13)
        for gradient, by_itself in zip(gradients, expected_gradients, strict=True):
            np.testing.assert_allclose(gradient.W[s], by_itself.W, rtol=1e-12)
            np.testing.assert_allclose(gradient.b[s], by_itself.b, rtol=1e-12)


@pytest.mark.parametrize("other", [{"widths": (2, 4, 1)}, {"hidden": "relu"}, {"output": "softmax"}])
def test_networks_that_differ_are_not_stacked(other):
    with pytest.raises(ValueError, match="can be stacked"):
        Network.stack([create(), create(**other)])


def test_a_stack_of_no_networks_is_refused():
    with pytest.raises(ValueError, match="networks is empty"):
        Network.stack([])


@pytest.mark.parametrize("dtype", [int, np.float16, complex])
def test_a_precision_other_than_the_two_is_refused(dtype):
    with pytest.raises(ValueError, match=r"dtype=.*choose numpy.float32 or numpy.float64"):
        create(dtype=dtype)


@pytest.mark.parametrize("widths", [(), (3,), (3, 0), (3, -1, 1), (3, 2.5, 1), (3, "4", 1)])
def test_widths_that_are_not_positive_integers_are_refused(widths):
    with pytest.raises(ValueError, match=r"widths=.*two or more positive integers"):
        create(widths=widths)


@pytest.mark.parametrize("argument", ["hidden", "output", "initialisation"])
def test_an_unknown_name_is_refused_and_the_known_ones_are_listed(argument):
    with pytest.raises(ValueError, match=rf"{argument}='swish' is unknown: choose one of \w+, \w+"):
        create(**{argument: "swish"})


def test_layers_that_do_not_fit_together_are_refused():
    layers = [Dense(np.zeros((2, 3)), np.zeros((1, 3))), Dense(np.zeros((4, 1)), np.zeros((1, 1)))]
    with pytest.raises(ValueError, match="3 outputs cannot feed one of 4 inputs"):
        Network(layers, [sigmoid], OUTPUTS["sigmoid"])
    with pytest.raises(ValueError, match="2 layers take 1 activations"):
        Network(layers, [], OUTPUTS["sigmoid"])


@pytest.mark.parametrize(
    "X, message",
    [
        (np.zeros((4, 3)), r"X has shape \(4, 3\): give one or more rows of 2 inputs"),
        (np.zeros(2), r"X has shape \(2,\)"),
        (np.zeros((0, 2)), r"X has shape \(0, 2\)"),
        (np.array([[0, np.nan]]), "X holds NaN or infinity"),
        (np.array([[0, np.inf]]), "X holds NaN or infinity"),
    ],
)
def test_samples_that_do_not_fit_are_refused(by_hand, X, message):
    for method in (by_hand.logits, by_hand.probabilities, by_hand.predict):
        with pytest.raises(ValueError, match=message):
            method(X)


def test_labels_that_do_not_fit_are_refused(by_hand):
    for method in (by_hand.loss, by_hand.accuracy, by_hand.loss_and_gradients):
        with pytest.raises(ValueError, match=r"Y has shape \(2,\)"):
            method(X, [0, 1])
