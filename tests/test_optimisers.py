import numpy as np
import pytest

from neurone.activations import sigmoid_value
from neurone.losses import log_loss
from neurone.optimisers import GradientDescent, safe_rate


def test_a_step_goes_against_the_gradient_by_hand():
    parameters, state = GradientDescent(0.5)(np.array([1.0, 2.0]), np.array([4.0, -2.0]))
    np.testing.assert_array_equal(parameters, [-1, 3])
    assert state is None


def test_a_step_leaves_its_arguments_alone_and_keeps_the_dtype():
    parameters, gradients = np.ones(3, np.float32), np.ones(3, np.float32)
    moved, _ = GradientDescent(0.1)(parameters, gradients)
    assert (parameters == 1).all() and (gradients == 1).all()
    assert moved.dtype == np.float32


@pytest.mark.parametrize("rate", [0, -0.1, float("nan"), float("inf"), None, "0.1", [0.1]])
def test_a_rate_that_is_not_positive_is_refused(rate):
    with pytest.raises(ValueError, match=r"rate=.*must be a positive number"):
        GradientDescent(rate)


def step(W, X, Y, rate):
    """Weights of a neuron without a bias after a step on its log loss."""
    return W - rate * X.T @ (sigmoid_value(X @ W) - Y) / len(X)


def test_the_safe_rate_of_two_samples_by_hand():
    assert safe_rate(np.array([[3.0], [4.0]])) == pytest.approx(8 * 2 / 25)


@pytest.mark.parametrize("shape", [(7, 3), (3, 7), (4, 4)])
def test_the_safe_rate_is_that_of_the_largest_singular_value_whichever_side_is_longer(rng, shape):
    X = rng.normal(size=shape)
    assert safe_rate(X) == pytest.approx(8 * shape[0] / np.linalg.svd(X)[1][0] ** 2)


def test_the_safe_rate_of_pixels_in_bytes_is_that_of_the_same_numbers(rng):
    X = rng.integers(0, 256, (20, 5))
    assert safe_rate(X.astype(np.uint8)) == pytest.approx(safe_rate(X.astype(float)), rel=1e-12)


def test_the_safe_rate_of_a_stack_is_that_of_each(rng):
    X = rng.normal(size=(5, 6, 2))
    np.testing.assert_allclose(safe_rate(X), [safe_rate(one) for one in X])


def test_every_step_below_the_safe_rate_lowers_the_log_loss(rng):
    for _ in range(200):
        X, W, Y = rng.normal(size=(9, 3)), rng.normal(0, 3, size=(3, 1)), rng.integers(0, 2, (9, 1))
        assert log_loss(X @ step(W, X, Y, 0.99 * safe_rate(X)), Y) < log_loss(X @ W, Y)


def test_a_step_just_above_the_safe_rate_may_raise_the_log_loss(rng):
    X, Y = rng.normal(size=(9, 3)), np.full((9, 1), 0.5)  # the lowest point is at 0, where the bend is the bound
    W = 1e-3 * np.linalg.svd(X)[2][:1].T
    assert log_loss(X @ step(W, X, Y, 0.99 * safe_rate(X)), Y) < log_loss(X @ W, Y)
    assert log_loss(X @ step(W, X, Y, 1.01 * safe_rate(X)), Y) > log_loss(X @ W, Y)
