import numpy as np
import pytest

from neurone.optimisers import GradientDescent


def test_a_step_goes_against_the_gradient_by_hand():
    parameters, state = GradientDescent(0.5)(np.array([1.0, 2.0]), np.array([4.0, -2.0]))
    np.testing.assert_array_equal(parameters, [-1, 3])
    assert state is None


def test_a_step_leaves_its_arguments_alone_and_keeps_the_dtype():
    parameters, gradients = np.ones(3, np.float32), np.ones(3, np.float32)
    moved, _ = GradientDescent(0.1)(parameters, gradients)
    assert (parameters == 1).all() and (gradients == 1).all()
    assert moved.dtype == np.float32


@pytest.mark.parametrize("rate", [0, -0.1, float("nan"), float("inf")])
def test_a_rate_that_is_not_positive_is_refused(rate):
    with pytest.raises(ValueError, match=r"rate=.*must be a positive number"):
        GradientDescent(rate)
