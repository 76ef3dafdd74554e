import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from neurone.activations import ACTIVATIONS, identity, relu, sigmoid, softmax, tanh

dtypes = st.sampled_from([np.float32, np.float64])
logits = dtypes.flatmap(
    lambda dtype: arrays(
        dtype, array_shapes(min_dims=2, max_dims=3, max_side=5), elements=st.floats(-1e4, 1e4, width=32)
    )
)


@given(Z=logits, name=st.sampled_from(sorted(ACTIVATIONS)))
def test_an_activation_and_its_derivative_keep_shape_and_dtype_and_stay_finite(Z, name):
    A = ACTIVATIONS[name].value(Z)
    slope = ACTIVATIONS[name].derivative(A)
    assert A.shape == slope.shape == Z.shape
    assert A.dtype == slope.dtype == Z.dtype
    assert np.isfinite(A).all() and np.isfinite(slope).all()


@given(Z=logits)
def test_softmax_keeps_shape_and_dtype_and_its_rows_sum_to_one(Z):
    P = softmax(Z)
    assert P.shape == Z.shape and P.dtype == Z.dtype
    np.testing.assert_allclose(P.sum(axis=-1), 1, rtol=1e-6)


@pytest.mark.filterwarnings("error")
def test_the_sigmoid_reaches_its_limits_without_a_warning():
    np.testing.assert_array_equal(sigmoid.value(np.array([-1e4, 0, 1e4])), [0, 0.5, 1])


def test_the_sigmoid_is_the_quotient_that_defines_it(rng):
    Z = rng.normal(0, 5, size=1000)
    np.testing.assert_allclose(sigmoid.value(Z), 1 / (1 + np.exp(-Z)), rtol=0, atol=2 * np.finfo(float).eps)


def test_the_sigmoid_is_steepest_at_zero_with_slope_a_quarter():
    assert sigmoid.derivative(sigmoid.value(np.array([0.0]))) == 0.25


def test_tanh_at_the_logarithm_of_two_is_three_fifths():
    A = tanh.value(np.log([2.0]))
    np.testing.assert_allclose(A, 3 / 5, rtol=1e-15)
    np.testing.assert_allclose(tanh.derivative(A), 16 / 25, rtol=1e-15)


def test_relu_keeps_what_is_positive_and_its_slope_at_the_kink_is_zero():
    Z = np.array([-2.0, 0.0, 3.0])
    np.testing.assert_array_equal(relu.value(Z), [0, 0, 3])
    np.testing.assert_array_equal(relu.derivative(relu.value(Z)), [0, 0, 1])


def test_the_identity_changes_nothing_and_has_slope_one():
    Z = np.array([-2.0, 3.0])
    np.testing.assert_array_equal(identity.value(Z), Z)
    np.testing.assert_array_equal(identity.derivative(Z), [1, 1])


def test_softmax_of_logarithms_is_the_share_of_each():
    np.testing.assert_allclose(softmax(np.log([[1.0, 2.0, 5.0]])), [[1 / 8, 2 / 8, 5 / 8]], rtol=1e-15)


def test_softmax_does_not_change_when_all_logits_of_a_row_shift():
    Z = np.array([[1.0, -2.0, 3.0]])
    np.testing.assert_allclose(softmax(Z + 1e4), softmax(Z), rtol=1e-11)


def test_softmax_of_logits_in_bytes_does_not_wrap_round():
    Z = np.array([[0, 5], [3, 1]])
    np.testing.assert_allclose(softmax(Z.astype(np.uint8)), softmax(Z.astype(float)), rtol=1e-15)
