import numpy as np
import pytest
from sklearn.neural_network._stochastic_optimizers import AdamOptimizer, SGDOptimizer

from neurone.activations import sigmoid_value
from neurone.gradient_check import central_difference
from neurone.losses import log_loss
from neurone.optimisers import OPTIMISERS, Adam, GradientDescent, Momentum, decayed, fading_mean, safe_rate


def test_a_step_goes_against_the_gradient_by_hand():
    parameters, state = GradientDescent(0.5)(np.array([1.0, 2.0]), np.array([4.0, -2.0]))
    np.testing.assert_array_equal(parameters, [-1, 3])
    assert state is None


def test_a_step_leaves_its_arguments_alone_and_keeps_the_dtype():
    parameters, gradients = np.ones(3, np.float32), np.ones(3, np.float32)
    moved, _ = GradientDescent(0.1)(parameters, gradients)
    assert (parameters == 1).all() and (gradients == 1).all()
    assert moved.dtype == np.float32


@pytest.mark.parametrize("rate", [0, -0.1, float("nan"), float("inf"), None, "0.1", [0.1], True])
def test_a_rate_that_is_not_positive_is_refused(rate):
    with pytest.raises(ValueError, match=r"rate=.*must be a positive number"):
        GradientDescent(rate)


def path(optimiser, gradients, start):
    """Where the gradients lead, one after the other."""
    state, points = None, [start]
    for gradient in gradients:
        moved, state = optimiser(points[-1], gradient, state)
        points.append(moved)
    return np.array(points)


def test_momentum_adds_up_the_gradients_that_fade_by_hand():
    points = path(Momentum(0.5, momentum=0.5), np.array([[4.0], [2.0], [0.0]]), np.array([10.0]))
    np.testing.assert_array_equal(points[:, 0], [10, 8, 6, 5])  # velocities 4, 4, 2


def test_the_first_step_of_adam_has_the_length_of_the_rate_whatever_the_gradient():
    moved, (_, _, steps) = Adam(0.25)(np.array([1.0, 1.0, 1.0]), np.array([1e-3, -50.0, 0.0]))
    np.testing.assert_allclose(moved, [0.75, 1.25, 1], rtol=1e-4)
    assert steps == 1


def test_adam_by_hand():
    points = path(Adam(1.0, beta1=0.5, beta2=0.75, epsilon=0), np.array([[4.0], [-2.0]]), np.array([0.0]))
    mean, square = (0.5 * 2.0 - 0.5 * 2) / 0.75, (0.75 * 4.0 + 0.25 * 4) / (1 - 0.75**2)
    np.testing.assert_allclose(points[:, 0], [0, -1, -1 - mean / np.sqrt(square)], rtol=1e-15)


def test_epsilon_makes_the_first_step_of_adam_shorter_by_hand():
    moved, _ = Adam(1.0, epsilon=0.5)(np.array([0.0]), np.array([2.0]))
    np.testing.assert_allclose(moved, [-2 / (2 + 0.5)], rtol=1e-12)


@pytest.mark.parametrize(
    "ours, theirs",
    [
        (Momentum(0.01, momentum=0.8), lambda p: SGDOptimizer(p, 0.01, momentum=0.8, nesterov=False)),
        (Adam(0.01), lambda p: AdamOptimizer(p, 0.01)),
        (Adam(0.02, 0.8, 0.95), lambda p: AdamOptimizer(p, 0.02, 0.8, 0.95)),
    ],
    ids=["momentum", "adam", "adam of other shares"],
)
def test_a_hundred_steps_end_where_those_of_scikit_learn_end(rng, ours, theirs):
    start, gradients = rng.normal(size=7), rng.normal(1, 2, size=(100, 7))
    peer = [start.copy()]
    other = theirs(peer)
    for gradient in gradients:
        other.update_params(peer, [gradient])
    np.testing.assert_allclose(path(ours, gradients, start)[-1], peer[0], rtol=0, atol=1e-7)  # epsilon stands elsewhere


@pytest.mark.parametrize("optimiser", [make(0.1) for make in OPTIMISERS.values()], ids=str)
def test_an_optimiser_keeps_the_precision_and_what_it_is_given(rng, optimiser):
    gradients = rng.normal(size=(3, 4)).astype(np.float32)
    kept, start = gradients.copy(), np.ones(4, np.float32)
    points = path(optimiser, gradients, start)
    assert points.dtype == np.float32 and (start == 1).all()
    np.testing.assert_array_equal(gradients, kept)


@pytest.mark.parametrize("optimiser", [make(0.1) for make in OPTIMISERS.values()], ids=str)
def test_an_optimiser_does_not_remember_the_array_of_the_gradients_which_is_used_again(optimiser):
    reused, state = np.ones(2), None
    moved, state = optimiser(np.zeros(2), reused, state)
    reused[:] = 5
    again, _ = optimiser(moved, reused, state)
    np.testing.assert_array_equal(again, path(optimiser, [np.ones(2), np.full(2, 5.0)], np.zeros(2))[-1])


@pytest.mark.parametrize(
    "make, message",
    [
        (lambda: Momentum(0), "rate=0"),
        (lambda: Momentum(0.1, momentum=False), "momentum=False: give a number"),
        (lambda: Momentum(0.1, momentum=1), "momentum=1: give a number, 0 or more and less than 1"),
        (lambda: Adam(-1), "rate=-1"),
        (lambda: Adam(beta1="a"), "beta1='a'"),
        (lambda: Adam(beta1=1), "beta1=1"),
        (lambda: Adam(beta2=1.5), "beta2=1.5"),
        (lambda: Adam(epsilon=-1e-8), "epsilon=-1e-08"),
        (lambda: Adam(epsilon=1), "epsilon=1"),
    ],
)
def test_numbers_out_of_their_range_are_refused_by_name(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_a_fading_mean_of_equal_values_lacks_the_power_of_its_share():
    mean = 0.0
    for steps in range(1, 6):
        mean = fading_mean(mean, 3.0, 0.9)
        assert mean == pytest.approx(3 * (1 - 0.9**steps), rel=1e-14)


def test_velocity_and_means_are_sums_over_the_steps_that_fade(rng):
    gradients, fades = rng.normal(size=(20, 3)), 0.8 ** np.arange(19, -1, -1)[:, np.newaxis]
    velocity = means = None
    for gradient in gradients:
        _, velocity = Momentum(0.1, momentum=0.8)(np.zeros(3), gradient, velocity)
        _, means = Adam(0.1, beta1=0.8, beta2=0.8)(np.zeros(3), gradient, means)
    np.testing.assert_allclose(velocity, (fades * gradients).sum(axis=0), rtol=1e-12)
    np.testing.assert_allclose(means[0], 0.2 * (fades * gradients).sum(axis=0), rtol=1e-12)
    np.testing.assert_allclose(means[1], 0.2 * (fades * gradients**2).sum(axis=0), rtol=1e-12)


def test_equal_gradients_have_themselves_as_their_mean_from_the_first_step_on():
    points = path(Adam(0.5, epsilon=0), np.full((6, 1), 3.0), np.array([0.0]))
    np.testing.assert_allclose(points[:, 0], -0.5 * np.arange(7), rtol=1e-12)


def test_decay_adds_the_gradient_of_half_the_squares(rng):
    W, gradient = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    numeric = central_difference(lambda W: (gradient * W).sum() + 0.7 / 2 * (W * W).sum(), W)
    np.testing.assert_allclose(decayed(gradient, W, 0.7), numeric, rtol=1e-7)


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


def test_the_safe_rate_of_half_precision_is_that_of_the_same_numbers():
    X = np.full((5, 100), 255, np.float16)
    assert safe_rate(X) == pytest.approx(8 / (100 * 255**2))


def test_the_safe_rate_of_text_is_refused_by_name():
    with pytest.raises(ValueError, match="^X is of type list"):
        safe_rate([["a"]])


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


@pytest.mark.parametrize("X", [[1.0, 2.0], np.zeros((0, 2)), np.zeros((2, 0)), [[np.nan, 1.0]], [[np.inf, 1.0]]])
def test_the_safe_rate_of_what_has_no_rows_of_finite_numbers_is_refused(X):
    with pytest.raises(ValueError, match="is not made of rows of finite numbers"):
        safe_rate(X)


def test_every_rate_is_safe_for_samples_of_zeros_and_nothing_is_warned_of(recwarn):
    assert safe_rate(np.zeros((3, 2))) == np.inf and not recwarn
