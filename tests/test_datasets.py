"""The small sets of scikit-learn."""

import numpy as np
import pytest
from sklearn.datasets import make_blobs, make_circles

from neurone import datasets


def test_blobs_and_circles_are_those_of_scikit_learn_in_our_shapes():
    for ours, theirs in (
        (datasets.blobs(101, seed=0), make_blobs(101, n_features=2, centers=2, random_state=0)),
        (datasets.circles(101, seed=0), make_circles(101, noise=0.1, factor=0.3, random_state=0)),
    ):
        np.testing.assert_array_equal(ours[0], theirs[0])
        np.testing.assert_array_equal(ours[1], theirs[1][:, None])
        assert ours[1].dtype == np.float64


@pytest.mark.parametrize("sample", [datasets.blobs, datasets.circles])
@pytest.mark.parametrize("m", [1, 0, -3])
def test_fewer_points_than_classes_are_refused(sample, m):
    with pytest.raises(ValueError, match=rf"m is {m}, but two classes need at least 2 points"):
        sample(m, seed=0)


@pytest.mark.parametrize("sample", [datasets.blobs, datasets.circles])
def test_two_points_are_one_of_each_class(sample):
    assert sorted(sample(2, seed=0)[1].flat) == [0, 1]


def test_breast_cancer_has_one_column_of_labels():
    X, Y = datasets.breast_cancer()
    assert (X.shape, X.dtype, Y.shape, Y.dtype) == ((569, 30), np.float64, (569, 1), np.float64)
    assert set(Y.flat) == {0, 1}


def test_digits_have_one_label_a_row():
    X, Y = datasets.digits()
    assert (X.shape, X.dtype, Y.shape, Y.dtype) == ((1797, 64), np.float64, (1797, 10), np.float64)
    np.testing.assert_array_equal(Y.sum(axis=1), 1)
    assert np.argmax(Y[:10], axis=1).tolist() == list(range(10))
