import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import minimize
from sklearn.metrics import r2_score

from neurone.activations import identity_value
from neurone.gradient_check import central_difference
from neurone.losses import (
    OUTPUTS,
    Output,
    cross_entropy,
    cross_entropy_gradient,
    log_loss,
    log_loss_gradient,
    squared_error,
    squared_error_gradient,
    threshold,
)

FUNCTIONS = [
    log_loss,
    log_loss_gradient,
    cross_entropy,
    cross_entropy_gradient,
    squared_error,
    squared_error_gradient,
]


@st.composite
def logits_and_labels(draw):
    """Logits of either precision, extreme ones too, of one network or a stack, and one-hot labels."""
    dtype = draw(st.sampled_from([np.float32, np.float64]))
    stack, m, K = draw(st.sampled_from([(), (1,), (3,)])), draw(st.integers(1, 5)), draw(st.integers(1, 4))
    Z = draw(arrays(dtype, (*stack, m, K), elements=st.floats(-1e4, 1e4, width=32)))
    return Z, np.eye(K, dtype=int)[draw(st.lists(st.integers(0, K - 1), min_size=m, max_size=m))]


@given(logits_and_labels(), st.sampled_from(sorted(OUTPUTS)))
def test_losses_and_gradients_of_extreme_logits_are_finite_and_keep_shape_and_dtype(data, name):
    (Z, Y), output = data, OUTPUTS[name]
    loss, gradient = output.loss(Z, Y), output.loss_gradient(Z, Y)
    assert np.shape(loss) == Z.shape[:-2] and gradient.shape == Z.shape
    assert loss.dtype == gradient.dtype == Z.dtype
    assert np.isfinite(loss).all() and (loss >= 0).all()
    assert np.isfinite(gradient).all()


@given(logits_and_labels())
def test_the_loss_of_a_stack_is_the_loss_of_each_network(data):
    Z, Y = data
    for function in FUNCTIONS:
        np.testing.assert_array_equal(function(np.stack([Z, 2 * Z]), Y)[0], function(Z, Y))


def test_log_loss_of_a_neuron_without_an_opinion_is_the_logarithm_of_two():
    assert log_loss(np.zeros((3, 1)), np.array([[0], [1], [1]])) == np.log(2)


def test_log_loss_of_a_confident_mistake_is_the_logit():
    assert log_loss(np.array([[800.0]]), np.array([[0]])) == 800
    assert log_loss(np.array([[-800.0]]), np.array([[1]])) == 800


def test_log_loss_of_a_confident_right_answer_keeps_its_digits():
    np.testing.assert_allclose(log_loss(np.array([[50.0]]), np.array([[1]])), np.exp(-50), rtol=1e-15)


def test_log_loss_is_the_mean_over_samples_and_the_sum_over_outputs():
    Z, Y = np.array([[1.0, -2.0], [0.5, 3.0]]), np.array([[1, 0], [0, 1]])
    each = [log_loss(Z[i : i + 1, j : j + 1], Y[i : i + 1, j : j + 1]) for i in (0, 1) for j in (0, 1)]
    np.testing.assert_allclose(log_loss(Z, Y), sum(each) / 2, rtol=1e-15)


def test_log_loss_agrees_with_the_definition_by_probabilities(rng):
    Z, Y = rng.normal(size=(20, 1)), rng.integers(0, 2, (20, 1))
    A = 1 / (1 + np.exp(-Z))
    np.testing.assert_allclose(log_loss(Z, Y), -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)), rtol=1e-14)


def test_cross_entropy_of_equal_logits_is_the_logarithm_of_the_number_of_classes():
    np.testing.assert_allclose(cross_entropy(np.full((2, 5), 7.0), np.eye(5)[:2]), np.log(5), rtol=1e-15)


def test_cross_entropy_of_a_confident_mistake_is_the_distance_of_the_logits():
    assert cross_entropy(np.array([[1e4, -1e4]]), np.array([[0, 1]])) == 2e4


def test_cross_entropy_of_two_classes_is_the_log_loss_of_the_difference_of_logits(rng):
    Z, y = rng.normal(size=(9, 2)), rng.integers(0, 2, (9, 1))
    expected = log_loss(Z[:, 1:] - Z[:, :1], y)
    np.testing.assert_allclose(cross_entropy(Z, np.hstack([1 - y, y])), expected, rtol=1e-14)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_labels_of_another_shape_are_refused_rather_than_broadcast(function):
    with pytest.raises(ValueError, match=r"Z has shape \(4, 1\), Y has shape \(4,\)"):
        function(np.zeros((4, 1)), np.zeros(4))


def test_decisions_are_columns_of_class_numbers():
    Z = np.array([[-1.0, 3.0], [2.0, 0.5]])
    np.testing.assert_array_equal(OUTPUTS["softmax"].decide(Z), [[1], [0]])
    np.testing.assert_array_equal(OUTPUTS["sigmoid"].decide(Z[:, :1]), [[0], [1]])
    np.testing.assert_array_equal(OUTPUTS["softmax"].decide(np.stack([Z, -Z])), [[[1], [0]], [[0], [1]]])
    assert all(OUTPUTS[name].decide(Z).dtype.kind == "i" for name in ("softmax", "sigmoid"))


def test_accuracy_is_the_share_of_right_decisions():
    Z = np.array([[-1.0], [2.0], [3.0], [-1.0]])
    assert OUTPUTS["sigmoid"].accuracy(Z, np.array([[0], [1], [0], [0]])) == 0.75
    assert OUTPUTS["softmax"].accuracy(np.hstack([Z, -Z]), np.eye(2)[[1, 0, 1, 1]]) == 0.75


def test_squared_error_by_hand():
    Z, Y = np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([[0.0, 0.0], [0.0, 2.0]])
    assert squared_error(Z, Y) == (1 + 4 + 0 + 9) / 2 / 2
    np.testing.assert_array_equal(squared_error_gradient(Z, Y), [[0.5, 1], [0, -1.5]])


def test_the_accuracy_of_a_regression_is_the_share_of_the_variance_that_is_explained(rng):
    linear, Y, Z = OUTPUTS["linear"], rng.normal(2, 3, size=(20, 1)), rng.normal(size=(20, 1))
    weights = rng.uniform(size=(20, 1))
    weights /= weights.mean()
    assert linear.accuracy(Z, Y) == pytest.approx(r2_score(Y, Z), rel=1e-12)
    assert linear.accuracy(Z, Y, weights) == pytest.approx(r2_score(Y, Z, sample_weight=weights[:, 0]), rel=1e-12)
    stack = np.stack([Z, Y, 0 * Y + Y.mean()])
    np.testing.assert_allclose(linear.accuracy(stack, Y), [r2_score(Y, Z), 1, 0], atol=1e-12)
    assert np.isnan(linear.accuracy(Z, np.ones((20, 1))))
    assert np.isnan(linear.accuracy(Z, np.full((20, 1), 0.1)))  # whose mean, added up, is another number


def test_the_accuracy_of_a_regression_keeps_the_precision(rng):
    Z, Y = rng.normal(size=(2, 20, 1)).astype(np.float32)
    assert OUTPUTS["linear"].accuracy(Z, Y).dtype == np.float32


def test_ten_labels_at_once_are_right_if_all_ten_are():
    Y = np.eye(10)
    assert OUTPUTS["sigmoid"].accuracy(np.full((10, 10), -1.0), Y) == 0  # no digit recognised: nine of ten labels right
    assert OUTPUTS["sigmoid"].accuracy(np.where(np.arange(10) < 4, 2 * Y - 1, -1), Y) == 0.4


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("dtype", [int, np.uint8])
def test_whole_numbers_as_logits_neither_wrap_round_nor_cut_the_labels(function, dtype):
    Z, Y = np.array([[0, 5], [3, 1]]), np.array([[0.25, 0.75], [0.5, 0.5]])
    np.testing.assert_allclose(function(Z.astype(dtype), Y), function(Z.astype(float), Y), rtol=1e-15)


@pytest.mark.parametrize("shape", [(2, 3, 1), (3,), (1, 1)])
def test_more_or_fewer_labels_than_logits_are_refused(shape):
    with pytest.raises(ValueError, match="each logit needs its label"):
        log_loss(np.zeros((3, 1)), np.zeros(shape))


@pytest.mark.parametrize("name", sorted(OUTPUTS))
@pytest.mark.parametrize("stack", [(), (3,)])
def test_weighted_losses_and_their_gradients_are_those_of_samples_that_are_repeated(rng, name, stack):
    output, times = OUTPUTS[name], np.array([1, 0, 3, 2])
    Z, Y = rng.normal(size=(*stack, 4, 3)), np.eye(3)[[0, 2, 1, 1]]
    weights = (times * 4 / times.sum())[:, np.newaxis]
    again = np.repeat(np.arange(4), times)
    repeated = Z[..., again, :], Y[again]
    np.testing.assert_allclose(output.mean_loss(Z, Y, weights), output.loss(*repeated), rtol=1e-14)
    np.testing.assert_allclose(output.accuracy(Z, Y, weights), output.accuracy(*repeated), rtol=1e-14)
    gradient = output.mean_loss_gradient(Z, Y, weights)
    for i in range(4):
        of_its_copies = output.loss_gradient(*repeated)[..., again == i, :].sum(axis=-2)
        np.testing.assert_allclose(gradient[..., i, :], of_its_copies, rtol=1e-14)


@pytest.mark.parametrize("name", sorted(OUTPUTS))
def test_a_weighted_gradient_meets_finite_differences(rng, name):
    output, Y = OUTPUTS[name], np.eye(3)[[0, 2, 1, 1]]
    Z, weights = rng.normal(size=(4, 3)), np.array([[0.5], [2.0], [0.0], [1.5]])
    numeric = central_difference(lambda Z: output.mean_loss(Z, Y, weights), Z)
    np.testing.assert_allclose(output.mean_loss_gradient(Z, Y, weights), numeric, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("name", sorted(OUTPUTS))
@pytest.mark.parametrize("weights", [None, np.array([[0.5], [2.0], [0.0], [1.5]])])
@pytest.mark.parametrize("classes", [[0, 2, 1, 1], [0, 2, 2, 2]])
def test_the_baseline_is_the_least_loss_of_one_answer_to_all_samples(name, weights, classes):
    output, Y = OUTPUTS[name], np.eye(3)[classes]
    found = minimize(lambda z: output.mean_loss(np.tile(z, (4, 1)), Y, weights), np.zeros(3), tol=1e-12)
    np.testing.assert_allclose(output.baseline(Y, weights), found.fun, rtol=1e-6, atol=1e-5)


def mine(loss, gradient):
    return Output("mine", identity_value, threshold, loss, gradient)


def square_gradient(Z, Y):
    return 2 * (Z - Y) / len(Y)


@pytest.mark.parametrize("weights", [None, np.array([[0.5], [1.0], [1.5]])])
@pytest.mark.parametrize("loss", [lambda Z, Y: (Z - Y) ** 2, lambda Z, Y: ((Z - Y) ** 2).mean(axis=(-3, -2, -1))])
def test_a_loss_that_takes_off_other_axes_than_the_two_last_is_refused(loss, weights):
    Z, Y = np.zeros((2, 3, 1)), np.ones((3, 1))
    with pytest.raises(ValueError, match="'mine' gives a loss or gradient of shape"):
        mine(loss, square_gradient).mean_loss(Z, Y, weights)


def test_a_loss_of_all_entries_has_no_weights_of_samples_and_is_refused_with_them():
    Z, Y = np.zeros((3, 1)), np.ones((3, 1))
    output = mine(lambda Z, Y: np.mean((Z - Y) ** 2), square_gradient)
    assert output.mean_loss(Z, Y) == 1
    with pytest.raises(ValueError, match=r"of shape \(\), not \(3,\)"):
        output.mean_loss(Z, Y, np.ones((3, 1)))


def test_a_gradient_that_does_not_keep_the_axes_of_the_logits_is_refused():
    with pytest.raises(ValueError, match=r"of shape \(3,\), not \(3, 1\)"):
        mine(squared_error, lambda Z, Y: (Z - Y)[:, 0]).mean_loss_gradient(np.zeros((3, 1)), np.ones((3, 1)))
