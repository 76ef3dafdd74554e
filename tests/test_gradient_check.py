from itertools import pairwise

import numpy as np
import pytest

from neurone.activations import ACTIVATIONS
from neurone.gradient_check import central_difference, complex_step, relative_error
from neurone.layers import Dense
from neurone.losses import OUTPUTS
from neurone.network import Network

rng = np.random.default_rng(0)


def away_from_zero(*shape):
    """Numbers of alternating signs, none near 0, where ReLU has its kink."""
    return np.resize([-1, 1], shape) * rng.uniform(0.5, 2, shape)


def activation_case(name):
    g, Z, weights = ACTIVATIONS[name], away_from_zero(4, 3), away_from_zero(4, 3)
    return lambda Z: (weights * g.value(Z)).sum(), Z, weights * g.derivative(g.value(Z))


def loss_case(output, K):
    Z, Y = away_from_zero(6, K), np.eye(K)[rng.integers(0, K, 6)]
    return lambda Z: output.loss(Z, Y), Z, output.loss_gradient(Z, Y)


def layer_case(part):
    layer, A, weights = Dense(away_from_zero(3, 2), away_from_zero(1, 2)), away_from_zero(5, 3), away_from_zero(5, 2)
    gradients = layer.gradients(A, weights)
    functions = {
        "W": (lambda W: (weights * Dense(W, layer.b).forward(A)).sum(), layer.W, gradients.W),
        "b": (lambda b: (weights * Dense(layer.W, b).forward(A)).sum(), layer.b, gradients.b),
        "A": (lambda A: (weights * layer.forward(A)).sum(), A, layer.backward(weights)),
    }
    return functions[part]


def network_case(widths, hidden, output, l, part):
    """The gradient of the loss with respect to the weights or the biases of layer l of a whole network."""
    layers = [Dense(away_from_zero(n, p), away_from_zero(1, p)) for n, p in pairwise(widths)]
    network, K = Network(layers, [ACTIVATIONS[hidden]] * (len(layers) - 1), OUTPUTS[output]), widths[-1]
    X, Y = away_from_zero(7, widths[0]), np.eye(K)[rng.integers(0, K, 7)] if K > 1 else rng.integers(0, 2, (7, 1))

    def loss(array):
        layers = list(network.layers)
        layers[l] = Dense(**{"W": layers[l].W, "b": layers[l].b, part: array})
        return Network(layers, network.activations, network.output).loss(X, Y)

    _, gradients = network.loss_and_gradients(X, Y)
    return loss, getattr(network.layers[l], part), getattr(gradients[l], part)


GRADIENTS = {
    **{f"activation {name}": activation_case(name) for name in ACTIVATIONS},
    "log loss, one output": loss_case(OUTPUTS["sigmoid"], 1),
    "log loss, three outputs": loss_case(OUTPUTS["sigmoid"], 3),
    "cross-entropy": loss_case(OUTPUTS["softmax"], 3),
    **{f"layer {part}": layer_case(part) for part in "WbA"},
    **{
        f"network {widths} {hidden} {output} {part}{l + 1}": network_case(widths, hidden, output, l, part)
        for widths, output in [([3, 1], "sigmoid"), ([3, 4, 1], "sigmoid"), ([3, 4, 2, 3], "softmax")]
        for hidden in ACTIVATIONS
        for l in range(len(widths) - 1)
        for part in "Wb"
    },
}


@pytest.mark.parametrize("numeric", [central_difference, complex_step])
@pytest.mark.parametrize("case", GRADIENTS)
def test_every_gradient_is_the_slope_of_its_function(case, numeric):
    function, x, gradient = GRADIENTS[case]
    assert gradient.shape == x.shape
    assert relative_error(gradient, numeric(function, x)) < {central_difference: 1e-8, complex_step: 1e-14}[numeric]


def test_every_case_has_entries_of_both_signs():
    assert all(x.min() < 0 < x.max() for _, x, _ in GRADIENTS.values() if x.size > 1)


def test_central_difference_of_a_parabola_is_its_slope_and_leaves_x_alone():
    x = np.array([[1.0, -2.0], [3.0, 0.0]])
    before = x.copy()
    np.testing.assert_allclose(central_difference(lambda x: (x**2).sum(), x), 2 * x, rtol=1e-9, atol=1e-9)
    np.testing.assert_array_equal(x, before)


def test_central_difference_of_whole_numbers_is_that_of_the_same_numbers():
    np.testing.assert_allclose(central_difference(lambda x: (x**2).sum(), np.array([3, -1])), [6, -2], rtol=1e-9)


@pytest.mark.parametrize("x, length", [(0.5, 1), (-8, 8)])
def test_the_step_of_central_difference_is_the_cube_root_of_epsilon_times_one_or_the_number(x, length):
    asked = []
    central_difference(lambda x: asked.append(x[0]) or 0.0, np.array([x]))
    assert asked[0] - asked[1] == pytest.approx(2 * length * np.cbrt(np.finfo(float).eps), rel=1e-9)


def test_central_difference_steps_further_where_the_numbers_are_large():
    np.testing.assert_allclose(central_difference(lambda x: (x**2).sum(), np.array([1e9])), 2e9, rtol=1e-9)


def test_complex_step_of_the_exponential_keeps_all_digits_and_leaves_x_alone():
    x = np.array([-30.0, 0.5, 30.0])
    before = x.copy()
    np.testing.assert_allclose(complex_step(lambda x: np.exp(x).sum(), x), np.exp(x), rtol=1e-15)
    np.testing.assert_array_equal(x, before)


def test_relative_error_by_hand():
    assert relative_error(np.array([3.0, 4.0]), np.array([3.0, 4.0])) == 0
    assert relative_error(np.array([3.0, 4.0]), np.array([-3.0, -4.0])) == 1
    assert relative_error(np.array([2.0]), np.array([1.0])) == pytest.approx(1 / 3)
    assert relative_error(np.zeros(2), np.zeros(2)) == 0


@pytest.mark.parametrize("size", [1e-310, 1e-200, 1.0, 1e200])
def test_the_relative_error_of_numbers_of_any_size_is_that_of_the_numbers(size):
    assert relative_error(np.array([size]), np.array([3 * size])) == pytest.approx(1 / 2)


def test_the_relative_error_of_a_column_and_a_row_is_refused_rather_than_broadcast():
    with pytest.raises(ValueError, match=r"actual has shape \(3, 1\), expected \(3,\)"):
        relative_error(np.ones((3, 1)), np.ones(3))


@pytest.mark.parametrize("numeric", [central_difference, complex_step])
def test_the_numbers_of_a_list_have_slopes(numeric):
    np.testing.assert_allclose(numeric(lambda x: (x**2).sum(), [3.0, -1.0]), [6, -2], rtol=1e-9)


@pytest.mark.parametrize("numeric", [central_difference, complex_step])
@pytest.mark.parametrize("function", [lambda x: x.T @ x, lambda x: x**2, lambda x: None, lambda x: "1"])
def test_a_function_that_gives_no_number_has_no_slopes(numeric, function):
    with pytest.raises(TypeError, match="let it give a number"):
        numeric(function, np.array([[1.0], [2.0]]))
