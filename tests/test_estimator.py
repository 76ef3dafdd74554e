import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer, load_iris
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

from neurone.estimator import NeuralNetworkClassifier


@parametrize_with_checks([NeuralNetworkClassifier(), NeuralNetworkClassifier(hidden_widths=(), batch_size=64)])
def test_every_check_of_scikit_learn_passes(estimator, check):
    check(estimator)


def scaled(**parameters):
    return make_pipeline(StandardScaler(), NeuralNetworkClassifier(**parameters))


@pytest.mark.parametrize("load", [load_iris, load_breast_cancer])
def test_real_data_of_two_and_of_three_classes_are_learnt(load):
    assert cross_val_score(scaled(), *load(return_X_y=True), cv=3).mean() > 0.93


def test_labels_may_be_strings_and_probabilities_follow_the_order_of_the_classes():
    X, y = load_iris(return_X_y=True)
    names = np.array(["versicolor", "setosa", "virginica"])[y]
    model = scaled().fit(X, names)
    assert list(model.classes_) == ["setosa", "versicolor", "virginica"]
    assert (model.predict(X) == names).mean() > 0.95
    np.testing.assert_array_equal(model.classes_[model.predict_proba(X).argmax(axis=1)], model.predict(X))


def test_probabilities_of_two_classes_sum_to_one():
    X, y = load_breast_cancer(return_X_y=True)
    P = scaled().fit(X, y).predict_proba(X)
    assert P.shape == (len(X), 2)
    np.testing.assert_allclose(P.sum(axis=1), 1)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_precision_of_the_samples_is_kept(dtype):
    X, y = load_iris(return_X_y=True)
    model = NeuralNetworkClassifier(iterations=5).fit(X.astype(dtype), y)
    assert model.network_.layers[0].W.dtype == model.predict_proba(X.astype(dtype)).dtype == dtype


def test_it_can_be_searched_over_like_any_classifier():
    search = GridSearchCV(NeuralNetworkClassifier(iterations=50), {"hidden_widths": [(), (4,)]}, cv=2)
    assert search.fit(*load_iris(return_X_y=True)).best_params_["hidden_widths"] in [(), (4,)]


@pytest.mark.parametrize(
    "parameters, message",
    [
        ({"hidden": "swish"}, "hidden='swish' is unknown"),
        ({"initialisation": "swish"}, "initialisation='swish' is unknown"),
        ({"hidden_widths": (0,)}, "widths="),
        ({"rate": -1}, "rate=-1"),
        ({"iterations": 0}, "iterations=0"),
        ({"batch_size": 0}, "batch_size=0"),
    ],
)
def test_bad_parameters_are_refused_when_fitting(parameters, message):
    with pytest.raises(ValueError, match=message):
        NeuralNetworkClassifier(**parameters).fit(*load_iris(return_X_y=True))
