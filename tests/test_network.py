import tracemalloc

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from neurone.activations import relu, sigmoid
from neurone.gradient_check import central_difference
from neurone.layers import Dense
from neurone.losses import OUTPUTS
from neurone.network import ROWS, Network


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


def test_each_of_several_activations_has_its_own_slope(rng):
    network = create(widths=(2, 3, 3, 1), hidden=["tanh", "sigmoid"])
    X, Y = rng.normal(size=(5, 2)), rng.integers(0, 2, (5, 1))
    first, *others = network.layers

    def loss(W):
        return Network([Dense(W, first.b), *others], network.activations, network.output).loss(X, Y)

    _, gradients = network.loss_and_gradients(X, Y)
    np.testing.assert_allclose(gradients[0].W, central_difference(loss, first.W), rtol=1e-6, atol=1e-9)


def test_a_network_knows_its_widths():
    assert create(widths=[5, 4, 3, 2], output="softmax").widths == [5, 4, 3, 2]


def test_a_softmax_network_predicts_the_most_probable_class(rng):
    network = create(widths=(2, 5, 3), output="softmax")
    X = rng.normal(size=(20, 2))
    np.testing.assert_allclose(network.probabilities(X).sum(axis=1), 1, rtol=1e-14)
    np.testing.assert_array_equal(network.predict(X)[:, 0], network.probabilities(X).argmax(axis=1))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("output", sorted(OUTPUTS))
@pytest.mark.parametrize("widths", [(4, 2), (4, 3, 2)], ids=str)
def test_everything_a_network_computes_has_its_dtype(rng, dtype, output, widths):
    network = create(widths=widths, output=output, dtype=dtype)
    X, Y = rng.normal(size=(6, 4)), np.eye(2)[rng.integers(0, 2, 6)]
    arrays = [network.logits(X), network.probabilities(X), network.loss(X, Y, range(6))]
    for weights in (None, range(6)):
        loss, gradients = network.loss_and_gradients(X, Y, weights)
        arrays += [loss, *(a for g in gradients for a in (g.W, g.b))]
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
    with pytest.raises(ValueError, match="networks is one network: give a list to stack"):
        Network.stack(create())


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


def test_a_list_of_activations_has_one_for_each_hidden_layer():
    mixed = create(widths=(2, 3, 3, 1), hidden=["relu", sigmoid])
    assert mixed.activations == [relu, sigmoid] and create(hidden=relu).activations == [relu]
    with pytest.raises(ValueError, match=r"hidden=\['relu'\]: list 2 activations"):
        create(widths=(2, 3, 3, 1), hidden=["relu"])
    with pytest.raises(ValueError, match="hidden='swish' is unknown"):
        create(widths=(2, 3, 3, 1), hidden=["relu", "swish"])


@pytest.mark.parametrize("widths", [5, None, "21", [2, True]])
def test_widths_that_are_no_list_are_refused(widths):
    with pytest.raises(ValueError, match=r"widths=.*two or more positive integers"):
        create(widths=widths)


def test_a_seed_or_an_old_generator_draws_a_network_as_well():
    assert Network.create([2, 3, 1], rng=0) == create()
    old, same = np.random.RandomState(0), np.random.RandomState(0)
    drawn = Network.create([2, 3, 1], rng=old)
    assert drawn == Network.create([2, 3, 1], rng=np.random.Generator(same._bit_generator))
    with pytest.raises(ValueError, match="rng=None: give a numpy.random.Generator, or a seed such as 0"):
        Network.create([2, 1], rng=None)


def neuron(W, b):
    return Network([Dense(W, b)], [], OUTPUTS["sigmoid"])


def test_whole_weights_set_by_hand_do_not_cut_the_samples():
    samples, labels = np.array([[0.9, 0.2]]), [[1]]
    whole = neuron(np.array([[1], [-1]]), np.array([[0]]))
    np.testing.assert_allclose(whole.logits(samples), [[0.7]])
    assert whole.loss(samples, labels) == neuron(np.array([[1.0], [-1.0]]), np.zeros((1, 1))).loss(samples, labels)


def test_layers_as_lists_and_biases_in_one_row_make_the_same_network():
    assert neuron([[1.0], [2.0]], [3.0]) == neuron(np.array([[1.0], [2.0]]), np.array([[3.0]]))


@pytest.mark.parametrize(
    "given, kept",
    [
        ("int64", "float64"),
        ("float16", "float32"),
        (">f8", "float64"),
        (">f4", "float32"),
        ("complex128", "complex128"),
    ],
)
def test_a_network_has_a_precision_in_which_it_can_be_trained(given, kept):
    network = neuron(np.ones((2, 1), given), np.ones((1, 1), given))
    assert {network.layers[0].W.dtype, network.layers[0].b.dtype} == {np.dtype(kept)}
    assert network.layers[0].W.dtype.isnative


def test_layers_of_mixed_precision_take_the_highest():
    single, double = (Dense(np.ones((1, 1), t), np.zeros((1, 1), t)) for t in (np.float32, np.float64))
    network = Network([single, double], [relu], OUTPUTS["sigmoid"])
    assert {layer.W.dtype for layer in network.layers} == {np.dtype(np.float64)}


@pytest.mark.parametrize(
    "W, b, message",
    [
        (np.ones(2), np.zeros(1), r"W_1 has shape \(2,\), not \(n, p\)"),
        (np.ones((2, 0)), np.zeros((1, 0)), r"W_1 has shape \(2, 0\)"),
        (np.ones((2, 3)), np.zeros((3, 1)), r"b_1 has shape \(3, 1\), not \(1, 3\)"),
        (np.ones((2, 3)), 0.0, r"b_1 has shape \(\), not \(1, 3\)"),
        (np.ones((4, 2, 3)), np.zeros((1, 3)), r"b_1 has shape \(1, 3\), not \(4, 1, 3\)"),
        (np.array([["a"]]), np.zeros((1, 1)), "W_1 is of type ndarray with entries of type <U1"),
        (np.ones((1, 1)), np.array([["a"]]), "b_1 is of type ndarray with entries of type <U1"),
        (np.ones((1, 1), np.longdouble), np.zeros((1, 1)), "choose numpy.float32 or numpy.float64"),
    ],
)
def test_layers_that_are_no_layers_are_refused_when_the_network_is_made(W, b, message):
    with pytest.raises(ValueError, match=message):
        neuron(W, b)


def test_functions_may_be_named_and_layers_must_be_layers():
    layers = [Dense(np.ones((2, 3)), np.zeros((1, 3))), Dense(np.ones((3, 1)), np.zeros((1, 1)))]
    assert Network(layers, ["relu"], "sigmoid") == Network(layers, [relu], OUTPUTS["sigmoid"])
    with pytest.raises(ValueError, match="activation='swish' is unknown"):
        Network(layers, ["swish"], "sigmoid")
    with pytest.raises(ValueError, match="output=None is unknown"):
        Network(layers, [relu], None)
    with pytest.raises(ValueError, match=r"layers holds other things than layers Dense\(W, b\)"):
        Network([(layer.W, layer.b) for layer in layers], [relu], "sigmoid")


def test_labels_that_are_text_are_refused_by_name(by_hand):
    for method in (by_hand.loss, by_hand.accuracy, by_hand.loss_and_gradients):
        with pytest.raises(ValueError, match="^Y is of type list with entries of type <U1, not real numbers"):
            method(X, [["a"], ["b"]])


def test_a_stack_beside_single_layers_is_refused():
    stacked, single = Dense(np.ones((3, 2, 2)), np.zeros((3, 1, 2))), Dense(np.ones((2, 1)), np.zeros((1, 1)))
    with pytest.raises(ValueError, match="some layers are a stack and others are not"):
        Network([stacked, single], [relu], OUTPUTS["sigmoid"])
    with pytest.raises(ValueError, match="layers is empty"):
        Network([], [], OUTPUTS["sigmoid"])


def test_equal_networks_are_equal_whether_their_layers_stand_in_a_list_or_a_tuple():
    network = create()
    other = Network(tuple(network.layers), tuple(network.activations), network.output)
    assert (network == other) is True and (network == create(seed=1)) is False


@pytest.mark.parametrize("stack", [False, True])
def test_a_prediction_in_parts_is_that_of_each_sample_and_keeps_no_layer(rng, stack):
    network = create(widths=(2, 50, 50, 50, 50, 50, 50, 3))
    network = Network.stack([network, create(1, network.widths)]) if stack else network
    X = rng.normal(size=(3 * ROWS + 1, 2))
    tracemalloc.start()
    logits = network.logits(X)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert logits.shape == (*[2][:stack], len(X), 3)
    np.testing.assert_allclose(logits, network.forward(X)[-1], rtol=1e-10, atol=1e-12)
    assert peak < 0.6 * sum(value.nbytes for value in network.forward(X))


def test_a_prediction_in_two_parts_has_both(by_hand):
    X = np.arange(2.0 * (ROWS + 1)).reshape(-1, 2)
    np.testing.assert_array_equal(by_hand.logits(X), by_hand.forward(X)[-1])


class Unknown:
    """What a table has where nothing is known."""

    def __float__(self):
        raise TypeError("NAType")


@pytest.mark.parametrize(
    "X, message",
    [
        ([["a", "b"]], "X is of type list with entries of type <U1, not real numbers: encode them"),
        (np.array([["1", 2]], object), r"X holds entries that are not numbers \(text\)"),
        (np.array([[Unknown(), 2]], object), r"X holds entries that are not numbers \(NAType\)"),
        ([[1.0, 2.0], [3.0]], "X holds entries that are not numbers"),
        ({"a": 1}, "X is of type dict"),
        (np.array([["2026-01-01", "2026-01-02"]], "M8[D]"), "X is of type ndarray with entries of type datetime64"),
    ],
)
def test_what_holds_no_numbers_is_refused_by_name(by_hand, X, message):
    for method in (by_hand.logits, by_hand.probabilities, by_hand.predict):
        with pytest.raises(ValueError, match=f"^{message}"):
            method(X)


def test_complex_samples_stay_complex_and_those_of_the_right_precision_are_not_copied():
    one = neuron(np.array([[1.0], [2.0]]), np.zeros((1, 1)))
    np.testing.assert_array_equal(one.logits([[1j, 2]]), [[4 + 1j]])
    assert one.check_samples(X) is X


def test_objects_that_are_numbers_and_sparse_samples_are_converted(by_hand):
    expected = by_hand.logits(X)
    np.testing.assert_array_equal(by_hand.logits(X.astype(object)), expected)
    np.testing.assert_array_equal(by_hand.logits(csr_matrix(X)), expected)
    np.testing.assert_array_equal(by_hand.logits(X.tolist()), expected)


@pytest.mark.filterwarnings("error")
def test_a_number_too_large_for_the_precision_of_the_network_is_refused_in_one_line():
    network = create(widths=(2, 1), output="linear", dtype=np.float32)
    with pytest.raises(ValueError, match=r"X holds NaN or infinity \(in float32\)"):
        network.predict([[1e39, 0.0]])
    with pytest.raises(ValueError, match="Y holds NaN or infinity"):
        network.check_data([[0.0, 0.0]], [[1e39]])


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


@pytest.mark.parametrize("labels", [[[1], [2]], [[-1], [1]], [[0.5], [1]]], ids=str)
def test_the_accuracy_on_labels_other_than_zero_and_one_is_refused(labels):
    with pytest.raises(ValueError, match="Y holds entries other than 0 and 1"):
        Network.create([1, 1], rng=0).accuracy([[1], [2]], labels)


@pytest.mark.parametrize("labels", [[[-1], [1]], [[1], [2]], [[np.nan], [1]]])
def test_the_loss_of_labels_below_zero_or_above_one_is_refused(labels):
    network = Network.create([1, 1], rng=0)
    for loss in (network.loss, network.loss_and_gradients):
        with pytest.raises(ValueError, match="Y holds entries below 0 or above 1"):
            loss([[1], [2]], labels)


def test_the_loss_of_a_softmax_takes_rows_of_shares_that_sum_to_one():
    network = Network.create([1, 2], rng=0, output="softmax")
    assert network.loss([[1], [2]], [[0.9, 0.1], [0.5, 0.5]]) > 0
    with pytest.raises(ValueError, match="Y has rows that do not sum to 1"):
        network.loss([[1], [2]], [[1, 1], [0, 1]])


def test_the_loss_of_shares_is_the_share_of_the_losses_and_any_numbers_are_regressed():
    network, linear = (Network.create([1, 1], rng=0, output=output) for output in ("sigmoid", "linear"))
    one, zero = (network.loss([[3]], [[label]]) for label in (1, 0))
    assert network.loss([[3]], [[0.9]]) == pytest.approx(0.9 * one + 0.1 * zero)
    assert linear.loss([[3]], [[-7]]) > 0


def test_networks_that_come_one_by_one_are_stacked():
    stack = Network.stack(create(seed=seed) for seed in range(3))
    assert stack == Network.stack([create(seed=seed) for seed in range(3)])
    with pytest.raises(ValueError, match="networks is empty"):
        Network.stack(iter([]))


@pytest.mark.parametrize("named", ["layers", "activations"])
def test_one_layer_or_one_name_is_no_list_and_is_told_so(named):
    given = {"layers": [Dense([[1.0]], [0.0])] * 5, "activations": ["tanh"] * 4, "output": "sigmoid"}
    given[named] = {"layers": given["layers"][0], "activations": "tanh"}[
        named
    ]  # a name of four letters is no four names
    with pytest.raises(ValueError, match=f"^{named}=.*: give a list"):
        Network(**given)


@pytest.mark.parametrize("output", OUTPUTS)
def test_logits_that_are_not_numbers_are_no_prediction(output):
    network = Network([Dense(np.full((1, 2), np.nan), [0.0, 0.0])], [], output)
    for predict in (network.predict, lambda X: network.accuracy(X, [[0, 1], [1, 0]])):
        with pytest.raises(ValueError, match="the logits hold NaN, which is no prediction"):
            predict([[1.0], [2.0]])
    assert np.isnan(network.probabilities([[1.0]])).all()


def test_a_softmax_of_one_output_is_told_apart_from_labels_that_are_not_one_hot():
    with pytest.raises(ValueError, match="Y has one column: a softmax takes one for each class"):
        Network.create([1, 1], rng=0, output="softmax").accuracy([[1], [2]], [[0], [1]])


class Doubled(Dense):
    def forward(self, A):
        return 2 * super().forward(A)


def test_layers_of_ones_own_stay_what_they_are_in_a_stack_and_do_not_mix_with_others():
    own, plain = (Network([kind(np.ones((2, 1)), np.zeros((1, 1)))], [], "sigmoid") for kind in (Doubled, Dense))
    np.testing.assert_array_equal(Network.stack([own, own]).logits(X), [own.logits(X)] * 2)
    with pytest.raises(ValueError, match="kinds of layers"):
        Network.stack([own, plain])
