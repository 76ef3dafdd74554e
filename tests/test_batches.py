import numpy as np
import pytest

from neurone.batches import Batches, Samples


@pytest.mark.parametrize("size, updates", [(None, 1), (1, 3), (2, 2), (3, 1)])
def test_all_samples_have_their_turn_in_as_many_updates_as_there_are_batches(size, updates):
    assert Batches(Samples(np.zeros((3, 1)), np.zeros((3, 1))), size, rng=0).turn == updates


def test_an_order_of_more_samples_than_there_are_is_refused_and_one_of_these_is_gone_through():
    batches = Batches(Samples(np.array([[5.0], [6.0], [7.0]]), np.zeros((3, 1))), 2, rng=0)
    with pytest.raises(ValueError, match="the checkpoint comes from other samples"):
        batches.go_on(np.array([0, 3]))
    batches.go_on(np.array([2, 0]))
    np.testing.assert_array_equal(next(batches).X, [[7], [5]])
