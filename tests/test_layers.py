import weakref

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurone.layers import FEW, Dense, check_shapes, ones, product

sizes = st.integers(1, 6)
stacks = st.sampled_from([(), (1,), (4,)])


def draw_layer(rng, stack, n, p, dtype=np.float64):
    return Dense(rng.normal(size=(*stack, n, p)).astype(dtype), rng.normal(size=(*stack, 1, p)).astype(dtype))


def test_a_layer_maps_each_sample_by_hand():
    layer = Dense(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[10.0, 20.0]]))
    np.testing.assert_array_equal(layer.forward(np.array([[1.0, 1.0], [0.0, 2.0]])), [[14, 26], [16, 28]])


def test_the_gradients_of_a_layer_by_hand():
    layer = Dense(np.array([[1.0], [2.0]]), np.zeros((1, 1)))
    A, dZ = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0], [10.0]])
    np.testing.assert_array_equal(layer.backward(dZ), [[1, 2], [10, 20]])
    gradients = layer.gradients(A, dZ)
    np.testing.assert_array_equal(gradients.W, [[31], [42]])
    np.testing.assert_array_equal(gradients.b, [[11]])


@given(m=sizes, n=sizes, p=sizes, stack=stacks, shared=st.booleans(), dtype=st.sampled_from([np.float32, np.float64]))
def test_a_stack_of_layers_is_each_layer_in_shape_dtype_and_value(m, n, p, stack, shared, dtype):
    rng = np.random.default_rng(0)
    layer = draw_layer(rng, stack, n, p, dtype)
    A = rng.normal(size=(m, n) if shared else (*stack, m, n)).astype(dtype)
    dZ = rng.normal(size=(*stack, m, p)).astype(dtype)
    gradients = layer.gradients(A, dZ)
    for result, expected in [
        (layer.forward(A), A @ layer.W + layer.b),
        (layer.backward(dZ), dZ @ layer.W.mT),
        (gradients.W, A.mT @ dZ),
        (gradients.b, dZ.sum(axis=-2, keepdims=True)),
    ]:
        assert result.shape == expected.shape and result.dtype == dtype
        np.testing.assert_allclose(result, expected, rtol=1e-4, atol=1e-5)
    assert gradients.W.shape == layer.W.shape and gradients.b.shape == layer.b.shape


@pytest.mark.parametrize("p", [1, FEW // 4, FEW // 4 + 1])
@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.complex128])
def test_a_stack_that_shares_a_matrix_has_its_samples_innermost_however_many_columns_it_has(rng, p, dtype):
    A, B = rng.normal(size=(7, 5)).astype(dtype), rng.normal(size=(4, 5, p)).astype(dtype)
    Z = product(A, B)
    np.testing.assert_allclose(Z, A @ B, rtol=1e-5, atol=1e-5)
    assert Z.mT.flags.c_contiguous and Z.dtype == dtype


def test_a_product_of_matrices_that_do_not_fit_is_refused():
    with pytest.raises(ValueError, match="size"):
        product(np.zeros((4, 3)), np.zeros((2, 5, 6)))


def test_a_layer_rounded_to_another_dtype_is_a_new_layer(rng):
    layer = draw_layer(rng, (), 2, 3)
    rounded = layer.astype(np.float32)
    assert rounded.W.dtype == rounded.b.dtype == np.float32
    assert layer.W.dtype == np.float64


@pytest.mark.parametrize("stack", [(), (4,)], ids=str)
def test_the_shapes_of_a_layer_begin_with_those_of_its_stack(stack):
    check_shapes(2, (*stack, 2, 3), (*stack, 1, 3), stack)
    for other in {(), (4,), (5,)} - {stack}:
        with pytest.raises(ValueError, match="W_2 has shape"):
            check_shapes(2, (*other, 2, 3), (*other, 1, 3), stack)


def test_rows_of_ones_do_not_fill_the_memory_of_a_stream_of_parts_of_many_sizes():
    rows = [weakref.ref(ones(m, np.dtype(float))) for m in range(1, 101)]
    assert sum(row() is not None for row in rows) < 20


def test_a_layer_of_ones_own_stays_one_when_it_is_rounded():
    class Own(Dense):
        pass

    assert type(Own(np.ones((2, 1)), np.zeros((1, 1))).astype(np.float32)) is Own
