import pickle

import numpy as np
import pytest
from matplotlib.figure import Figure
from sklearn.base import clone
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris, make_multilabel_classification
from sklearn.ensemble import AdaBoostClassifier, AdaBoostRegressor
from sklearn.exceptions import DataConversionWarning, NotFittedError
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils import get_tags
from sklearn.utils.class_weight import compute_sample_weight
from sklearn.utils.estimator_checks import parametrize_with_checks

from neurone import training
from neurone.estimator import NeuralNetworkClassifier, NeuralNetworkRegressor
from neurone.network import Network
from neurone.optimisers import Adam, GradientDescent, Momentum
from neurone.plotting import learning_curves
from neurone.training import Diverged
from neurone.units import Units

PLAIN = [NeuralNetworkClassifier(), NeuralNetworkRegressor()]
SET_OTHERWISE = [
    NeuralNetworkClassifier(hidden_widths=(), batch_size=64),
    NeuralNetworkClassifier(optimiser="adam", standardise=False, decay=0.001, class_weight="balanced"),
    NeuralNetworkRegressor(hidden_widths=(), batch_size=64, optimiser="momentum"),
]


@parametrize_with_checks(PLAIN)
def test_every_check_of_scikit_learn_passes(estimator, check):
    check(estimator)


@pytest.mark.long
@parametrize_with_checks(SET_OTHERWISE)
def test_every_check_of_scikit_learn_passes_with_other_settings(estimator, check):
    check(estimator)


@pytest.fixture
def tumours():
    return load_breast_cancer(return_X_y=True)


@pytest.fixture
def flowers():
    return load_iris(return_X_y=True)


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
        ({"optimiser": "swish"}, "optimiser='swish' is unknown"),
    ],
)
def test_bad_parameters_are_refused_when_fitting(parameters, message):
    with pytest.raises(ValueError, match=message):
        NeuralNetworkClassifier(**parameters).fit(*load_iris(return_X_y=True))


@pytest.mark.parametrize("seed", range(3))
def test_the_defaults_learn_measurements_in_whatever_units_they_come(tumours, seed, recwarn):
    assert cross_val_score(NeuralNetworkClassifier(random_state=seed), *tumours, cv=3).mean() > 0.95
    assert not recwarn.list


def test_raw_measurements_at_a_rate_that_is_too_large_are_warned_of(tumours):
    with pytest.warns(UserWarning, match="the loss rose .* lower the rate of .* or standardise X, whose entries reach"):
        NeuralNetworkClassifier(standardise=False, hidden_widths=(), iterations=200).fit(*tumours)


@pytest.mark.parametrize(
    "optimiser", ["descent", "momentum", "adam", GradientDescent(0.5), Adam(0.01), Momentum(0.05)], ids=str
)
def test_each_optimiser_learns_at_its_usual_rate(flowers, optimiser):
    assert NeuralNetworkClassifier(optimiser=optimiser, iterations=300).fit(*flowers).score(*flowers) > 0.95


def test_a_rate_beside_an_optimiser_that_has_one_is_refused(flowers):
    with pytest.raises(ValueError, match=r"rate=0.1: the optimiser GradientDescent\(rate=0.5\) has its own"):
        NeuralNetworkClassifier(optimiser=GradientDescent(0.5), rate=0.1).fit(*flowers)


def test_one_hidden_width_needs_no_list_and_what_is_none_is_named(flowers):
    assert NeuralNetworkClassifier(32, iterations=5).fit(*flowers).network_.widths == [4, 32, 3]
    assert NeuralNetworkClassifier([5, 6], hidden=["relu", "tanh"], iterations=5).fit(*flowers).network_.widths[
        1:3
    ] == [5, 6]
    with pytest.raises(TypeError, match="hidden_widths='32': give the width of a hidden layer"):
        NeuralNetworkClassifier("32").fit(*flowers)


@pytest.mark.parametrize("state", [np.random.RandomState(3), np.random.default_rng(3), None, 3], ids=str)
def test_every_kind_of_random_state_is_taken(flowers, state):
    NeuralNetworkClassifier(random_state=state, iterations=2, batch_size=9).fit(*flowers)


def test_the_history_is_a_curve_that_can_be_drawn(flowers):
    model = NeuralNetworkClassifier(patience=1000).fit(*flowers)
    np.testing.assert_array_equal(model.history_.iteration, np.arange(0, 1001, 10))
    batches = NeuralNetworkClassifier(batch_size=50, iterations=30).fit(*flowers)
    np.testing.assert_array_equal(batches.history_.iteration, np.arange(0, 31, 3))
    ax = Figure().add_subplot()
    learning_curves(ax, model.history_)
    assert [len(line.get_xdata()) for line in ax.lines] == [101, 101]


def test_an_interrupt_leaves_a_classifier_with_what_it_learnt(flowers):
    def press(checkpoint):
        if checkpoint.iteration == 500:
            raise KeyboardInterrupt

    with pytest.warns(UserWarning, match="interrupted after 500 iterations: they are kept"):
        model = NeuralNetworkClassifier(callbacks=[press]).fit(*flowers)
    assert model.score(*flowers) > 0.95 and model.history_.iteration[-1] == 500


@pytest.mark.parametrize("number", [1, 3], ids=["before any update", "between updates"])
def test_an_interrupted_partial_fit_is_gone_on_from_where_it_ended(flowers, number):
    def pressed(parameters, gradients, state):
        updates.append(len(updates))
        if len(updates) == number:
            raise KeyboardInterrupt
        return parameters - 1e-9 * gradients, state

    updates, model = [], NeuralNetworkClassifier(batch_size=10, optimiser=pressed)
    with pytest.warns(UserWarning, match=f"interrupted after {number - 1} iterations: they are kept"):
        model.partial_fit(*flowers, classes=[0, 1, 2])
    before = model.network_.layers[0].W
    model.partial_fit(*flowers)
    assert model.history_.iteration[-1] == number - 1 + 15
    np.testing.assert_allclose(model.network_.layers[0].W, before, atol=1e-6)


def test_partial_fit_names_callbacks_that_are_none(flowers):
    with pytest.raises(ValueError, match="callbacks=None: give a list of functions"):
        NeuralNetworkClassifier(callbacks=None).partial_fit(*flowers, classes=[0, 1, 2])


@pytest.mark.parametrize("batch_size", [-3, 2.5])
def test_partial_fit_names_a_batch_size_that_is_none(flowers, batch_size):
    with pytest.raises(ValueError, match=f"batch_size={batch_size}: give a positive integer"):
        NeuralNetworkClassifier(batch_size=batch_size).partial_fit(*flowers, classes=[0, 1, 2])


def test_masked_samples_are_refused_when_fitting_and_predicting(flowers):
    X, y = flowers
    masked = np.ma.array(X, mask=X > 7)
    model = NeuralNetworkClassifier(iterations=1).fit(X, y)
    for call in (lambda: model.fit(masked, y), lambda: model.predict(masked), lambda: model.partial_fit(masked, y)):
        with pytest.raises(ValueError, match="X holds masked entries"):
            call()
    with pytest.raises(ValueError, match="y holds masked entries"):
        model.fit(X, np.ma.array(y, mask=y > 1))


def test_samples_in_whole_numbers_are_those_in_floating_point(flowers):
    X, y = flowers
    whole = X.astype(int)
    model = NeuralNetworkClassifier(iterations=5).fit(whole, y)
    assert model.network_ == NeuralNetworkClassifier(iterations=5).fit(1.0 * whole, y).network_
    np.testing.assert_array_equal(model.decision_function(whole), model.decision_function(1.0 * whole))


def test_samples_that_are_learnt_as_text_are_predicted_as_text(flowers):
    X, y = flowers
    model = NeuralNetworkClassifier(iterations=5).fit(X.astype(str), y)
    np.testing.assert_array_equal(model.decision_function(X.astype(str)), model.decision_function(X))


def test_samples_of_few_digits_are_predicted_with_all_digits(flowers):
    X, y = flowers
    model = NeuralNetworkClassifier(iterations=5).fit(X, y)
    few = X.astype(np.float16)
    np.testing.assert_array_equal(model.decision_function(few), model.decision_function(few.astype(np.float64)))


def test_a_column_of_labels_is_taken_as_a_row_with_the_warning_of_scikit_learn(flowers):
    X, y = flowers
    with pytest.warns(DataConversionWarning):
        model = NeuralNetworkClassifier(iterations=5).fit(X, y[:, np.newaxis])
    assert model.network_ == NeuralNetworkClassifier(iterations=5).fit(X, y).network_


def test_no_bar_is_shown_while_an_estimator_fits(flowers, monkeypatch):
    def bar(*arguments, **options):
        raise AssertionError("a bar")

    monkeypatch.setattr(training, "tqdm", bar)
    NeuralNetworkClassifier(iterations=2).fit(*flowers)


def test_scikit_learn_is_told_what_may_have_several_columns():
    tags = get_tags(NeuralNetworkClassifier())
    assert tags.target_tags.multi_output is True and tags.classifier_tags.multi_label is True
    assert get_tags(NeuralNetworkRegressor()).target_tags.multi_output is True


def test_a_random_state_that_is_none_is_named(flowers):
    with pytest.raises(ValueError, match="random_state='chance': give a numpy.random.Generator, or a seed"):
        NeuralNetworkClassifier(random_state="chance").fit(*flowers)


def test_a_fit_that_fails_leaves_the_last_one_as_it_was(flowers):
    X, y = flowers
    model = NeuralNetworkClassifier(iterations=100).fit(X, y)
    before, labels = model.network_, model.predict(X)
    wild = model.set_params(hidden="relu", rate=1e10, iterations=200, hidden_widths=[32] * 4)
    with pytest.raises(Diverged, match="rate=10000000000.0"):
        wild.fit(X, y == 0)
    assert model.network_ is before and (model.predict(X) == labels).all() and len(model.classes_) == 3


def test_a_fit_that_fails_on_other_samples_leaves_a_model_that_predicts(flowers):
    X, y = flowers
    model = NeuralNetworkClassifier(iterations=20).fit(X, y)
    labels, held = model.predict(X), set(vars(model))
    for call in (lambda: model.fit(X[:, :2], y * 0), lambda: model.partial_fit(X[:, :2], y)):
        with pytest.raises(ValueError, match="y holds 1 class|X has 2 features"):
            call()
    assert (model.predict(X) == labels).all() and set(vars(model)) == held
    with pytest.raises(NotFittedError):
        new = NeuralNetworkClassifier()
        with pytest.raises(ValueError, match="y holds 1 class"):
            new.fit(X, y * 0)
        new.predict(X)


@pytest.mark.parametrize("seed", range(20))
def test_what_is_held_out_takes_no_class_away(seed):
    X, y = np.arange(10.0)[:, np.newaxis], np.repeat(["a", "b", "c"], [7, 2, 1])
    options = {"patience": 1, "iterations": 1, "random_state": seed, "validation_fraction": 0.5}
    model = NeuralNetworkClassifier(**options)
    model._encode(y, None, again=False)
    Y = y[:, np.newaxis] == ["a", "b", "c"]
    learnt, unseen = model._hold_out([X, Y], np.random.default_rng(seed))
    assert learnt[1].sum(axis=0).tolist() == [3, 1, 1] and unseen[1].sum(axis=0).tolist() == [4, 1, 0]
    assert sorted(np.vstack([learnt[0], unseen[0]]).ravel()) == list(range(10))
    model.fit(X, y)


def test_what_is_held_out_of_numbers_is_chance(rng):
    model = NeuralNetworkRegressor(patience=1, validation_fraction=0.25)
    X = np.arange(8)[:, np.newaxis]
    drawn = [model._hold_out([X, X], rng)[1][0].ravel() for _ in range(200)]
    assert {len(each) for each in drawn} == {2} and set(np.ravel(drawn)) == set(range(8))


def test_patience_needs_samples_to_learn_from_and_to_hold_out():
    with pytest.raises(ValueError, match="patience holds out 1 of 1 samples that count: give more, or leave it out"):
        NeuralNetworkRegressor(patience=2).fit([[1.0]], [1.0])


def test_what_is_held_out_does_not_depend_on_how_a_machine_sorts():
    m = 500
    kinds = np.arange(m) % 250  # two of each: among so many, a sort that is not stable exchanges some
    Y = kinds[:, np.newaxis] == np.arange(250)
    model = NeuralNetworkClassifier()
    model._encode(kinds, None, again=False)
    learnt, _ = model._hold_out([np.arange(m), Y], np.random.default_rng(0))
    chance = np.random.default_rng(0).permutation(m).tolist()
    first = dict(zip(kinds[chance[::-1]], chance[::-1]))  # of each kind
    assert learnt[0].tolist()[:250] == [each for each in chance if first[kinds[each]] == each]


def test_a_sample_of_small_weight_may_be_held_out(rng):
    X, weights = np.arange(4.0)[:, np.newaxis], np.array([0.1, 3.0, 0.0, 0.9])
    learnt, unseen = NeuralNetworkRegressor(validation_fraction=0.5)._hold_out([X, X, weights], rng)
    assert sorted([*learnt[2], *unseen[2]]) == [0.1, 0.9, 3]


@pytest.mark.parametrize("patience", [None, 5])
@pytest.mark.parametrize("make", [NeuralNetworkClassifier, NeuralNetworkRegressor])
def test_samples_of_weight_zero_are_as_good_as_absent(tumours, make, patience):
    X, y = tumours
    times = np.random.default_rng(0).integers(0, 3, len(X))
    model = make(iterations=50, patience=patience, validation_fraction=0.2)
    if patience:  # other samples are held out, but all count
        assert model.fit(X, y, times).score(X, y, times) > 0.7
        return
    repeated = np.repeat(np.arange(len(X)), times)
    weighted, expected = clone(model).fit(X, y, times), clone(model).fit(X[repeated], y[repeated])
    np.testing.assert_allclose(weighted.predict(X), expected.predict(X), rtol=1e-8)
    np.testing.assert_allclose(weighted.history_.loss, expected.history_.loss, rtol=1e-8)


@pytest.mark.parametrize("make", [NeuralNetworkClassifier, NeuralNetworkRegressor])
def test_samples_of_weight_zero_are_not_held_out(tumours, make):
    X, y = tumours
    counts = np.arange(len(X)) % 10 == 3
    model = make(iterations=20, patience=5, validation_fraction=0.2)
    weighted, expected = clone(model).fit(X, y, counts), clone(model).fit(X[counts], y[counts])
    np.testing.assert_allclose(weighted.history_.validation_loss, expected.history_.validation_loss, rtol=1e-12)


@pytest.mark.parametrize("class_weight", ["balanced", {0: 5.0, 1: 1.0}])
def test_the_weights_of_classes_are_those_of_logistic_regression(tumours, class_weight):
    X, y = StandardScaler().fit_transform(tumours[0])[:, :3], tumours[1]
    options = {"class_weight": class_weight}
    ours = NeuralNetworkClassifier((), rate=3, decay=0.1, iterations=3000, standardise=False, **options).fit(X, y)
    m = len(X) if class_weight == "balanced" else (np.where(y, 1, 5)).sum()
    theirs = LogisticRegression(C=1 / (0.1 * m), tol=1e-10, **options).fit(X, y)
    np.testing.assert_allclose(ours.network_.layers[0].W[:, 0], theirs.coef_[0], rtol=1e-4)
    np.testing.assert_allclose(ours.decision_function(X), theirs.decision_function(X), rtol=1e-3, atol=1e-3)


def test_weights_of_classes_and_of_samples_are_multiplied(tumours):
    X, y = tumours
    by_both = NeuralNetworkClassifier(iterations=20, class_weight={0: 3, 1: 1}).fit(X, y, 1 + (y == 1))
    by_hand = NeuralNetworkClassifier(iterations=20).fit(X, y, np.where(y == 1, 2, 3))
    units = by_both.units_ == by_hand.units_
    assert not units  # a class counts in the loss, not in the units
    by_hand = NeuralNetworkClassifier(iterations=20, standardise=False).fit(
        by_both.units_.standardise(X), y, np.where(y == 1, 2, 3)
    )
    np.testing.assert_allclose(by_both.history_.loss, by_hand.history_.loss, rtol=1e-10)


def test_balanced_weights_are_those_of_scikit_learn_and_count_repeated_samples(rng):
    y, times = rng.integers(0, 3, 40), rng.integers(0, 3, 40)
    Y = np.column_stack([y > 0, y > 1]).astype(int)
    model = NeuralNetworkClassifier(class_weight="balanced")
    for labels in (y, Y):
        np.testing.assert_allclose(model._weigh(labels, None), compute_sample_weight("balanced", labels), rtol=1e-14)
        again = np.repeat(np.arange(40), times)
        expected = compute_sample_weight("balanced", labels[again])
        np.testing.assert_allclose(model._weigh(labels, 1.0 * times)[again], times[again] * expected, rtol=1e-14)
    y, times = np.array([0, 0, 0, 1, 2]), np.array([1, 2, 0, 1, 0])
    expected = compute_sample_weight("balanced", np.repeat(y, times))
    np.testing.assert_allclose(np.repeat(model._weigh(y, 1.0 * times), times), np.repeat(times, times) * expected)
    assert model._weigh(y, 1.0 * times)[4] == 0  # nothing of its class counts
    with pytest.raises(ValueError, match='class_weight=.even.: give "balanced", or a dictionary'):
        NeuralNetworkClassifier(class_weight="even").fit(rng.normal(size=(5, 2)), y)


def test_weights_of_several_labels_at_once_are_a_dictionary_each():
    X, Y = make_multilabel_classification(50, 3, n_classes=2, random_state=0)
    model = NeuralNetworkClassifier(iterations=5, class_weight=[{0: 1, 1: 3}, {0: 2, 1: 1}]).fit(X, Y)
    weights = np.where(Y[:, 0], 3, 1) * np.where(Y[:, 1], 1, 2)
    expected = NeuralNetworkClassifier(iterations=5, standardise=False).fit(model.units_.standardise(X), Y, weights)
    np.testing.assert_allclose(model.history_.loss, expected.history_.loss, rtol=1e-12)
    with pytest.raises(ValueError, match="class_weight should be a list of dicts"):
        NeuralNetworkClassifier(class_weight={0: 1, 1: 3}).fit(X, Y)


@pytest.mark.parametrize(
    "boost, make", [(AdaBoostClassifier, NeuralNetworkClassifier), (AdaBoostRegressor, NeuralNetworkRegressor)]
)
def test_ada_boost_works_on_networks(boost, make, tumours):
    boosted = boost(make((4,), iterations=50), n_estimators=3, random_state=0).fit(*tumours)
    assert boosted.score(*tumours) > 0.8


def test_early_stopping_keeps_the_network_with_the_lowest_loss_on_what_is_held_out(tumours):
    model = NeuralNetworkClassifier(patience=5, validation_fraction=0.3, rate=2, iterations=5000).fit(*tumours)
    lowest = model.history_.validation_loss.argmin()
    assert len(model.history_.loss) == lowest + 5 + 1 < 101
    assert model.score(*tumours) > 0.95
    with pytest.raises(ValueError, match="validation_fraction=1: give a number"):
        NeuralNetworkClassifier(patience=5, validation_fraction=1).fit(*tumours)


def test_a_warm_start_goes_on_from_the_last_network(flowers):
    warm = NeuralNetworkClassifier(iterations=20, warm_start=True)
    warm.fit(*flowers).fit(*flowers)
    cold = NeuralNetworkClassifier(iterations=40).fit(*flowers)
    assert warm.network_ == cold.network_
    assert NeuralNetworkClassifier(iterations=20).fit(*flowers).fit(*flowers).network_ != cold.network_
    with pytest.raises(ValueError, match="y holds 5, which is none of the classes"):
        warm.fit(flowers[0], flowers[1] + 5)


@pytest.mark.parametrize("optimiser", ["descent", "momentum", "adam"])
def test_partial_fits_on_all_samples_are_the_updates_of_one_fit(flowers, optimiser):
    X, y = flowers
    parts = NeuralNetworkClassifier(optimiser=optimiser)
    for _ in range(10):
        parts.partial_fit(X, y, classes=[0, 1, 2])
    whole = NeuralNetworkClassifier(optimiser=optimiser, iterations=10).fit(X, y)
    assert parts.network_ == whole.network_  # the state of the optimiser is kept
    np.testing.assert_array_equal(parts.history_.loss, whole.history_.loss)


@pytest.mark.parametrize("make", [NeuralNetworkClassifier, NeuralNetworkRegressor])
def test_partial_fits_weigh_the_samples_as_one_fit_does(tumours, make):
    X, y = tumours
    weights, parts = 1 + np.arange(len(X)) % 3, make()
    options = {"classes": [0, 1]} if make is NeuralNetworkClassifier else {}
    for _ in range(5):
        parts.partial_fit(X, y, sample_weight=weights, **options)
    assert parts.network_ == make(iterations=5).fit(X, y, weights).network_


def test_partial_fits_of_a_stream_learn_though_a_part_holds_one_class(flowers):
    X, y = flowers
    model, rng = NeuralNetworkClassifier(optimiser="adam", batch_size=10), np.random.default_rng(0)
    model.partial_fit(X[::7], y[::7], classes=[0, 1, 2])
    for _ in range(60):
        part = rng.permutation(150)[:30]
        model.partial_fit(X[part], y[part])
    model.partial_fit(X[:5], y[:5])
    assert model.score(X, y) > 0.93
    assert model.history_.iteration[-1] == 3 + 60 * 3 + 1


def test_a_first_partial_fit_with_one_class_is_taken_and_one_without_classes_is_not(flowers):
    X, y = flowers
    assert (NeuralNetworkClassifier().partial_fit(X[:9], y[:9], classes=[0, 1]).predict(X[:9]) < 2).all()
    with pytest.raises(ValueError, match="classes is None: the first call of partial_fit takes all classes"):
        NeuralNetworkClassifier().partial_fit(X, y)
    with pytest.raises(ValueError, match="y holds 2, which is none of the classes"):
        NeuralNetworkClassifier().partial_fit(X, y, classes=[0, 1])


def test_partial_fits_keep_the_kind_of_labels_and_the_classes_of_the_first(flowers):
    X, y = flowers
    rows = np.column_stack([y > 0, y > 1, y > 2]).astype(int)
    several = NeuralNetworkClassifier().partial_fit(X, rows, classes=[0, 1, 2])
    with pytest.raises(ValueError, match="y holds one label a sample, and that of the first call several labels"):
        several.partial_fit(X, y)
    one = NeuralNetworkClassifier().partial_fit(X, y, classes=[2, 1, 0])
    with pytest.raises(ValueError, match="y holds several labels at once, and that of the first call one label"):
        one.partial_fit(X, rows)
    with pytest.raises(ValueError, match=r"classes=\[0, 1, 2, 3\]: the first call named \[0, 1, 2\]"):
        one.partial_fit(X, y, classes=range(4))
    assert one.partial_fit(X, y, classes=[0, 2, 1]).history_.iteration[-1] == 2


def test_a_part_of_a_stream_may_lack_a_class_that_has_a_weight(flowers):
    X, y = flowers
    names = np.array(["a", "b", "c"])[y]
    model = NeuralNetworkClassifier(class_weight={"a": 3, "b": 2}).partial_fit(X, names, classes=["a", "b", "c"])
    part = y != 1
    np.testing.assert_array_equal(model._weigh(names[part], None), np.where(y == 0, 3, 1)[part])
    model.partial_fit(X[part], names[part])


@pytest.mark.parametrize(
    "class_weight, message",
    [
        ({"a": 1, 9: 1}, r"class_weight names 9, which is none of the classes \[0, 1, 2\]"),
        ({0: 1, 5: 2}, r"class_weight names 5, which is none of the classes \[0, 1, 2\]"),
        ({0: -1}, r"class_weight\[0\]=-1: give a number, 0 or more"),
        ({0: "1"}, r"class_weight\[0\]='1': give a number, 0 or more"),
        ([1, 2, 2], r"class_weight=\[1, 2, 2\]: give \"balanced\", or a dictionary"),
        (np.ones(3), r"class_weight=array.*: give \"balanced\", or a dictionary"),
    ],
)
def test_weights_of_classes_that_cannot_be_are_named(flowers, class_weight, message):
    with pytest.raises(ValueError, match=message):
        NeuralNetworkClassifier(class_weight=class_weight).fit(*flowers)


def test_several_labels_at_once_are_learnt_as_one_logistic_regression_each():
    X, Y = make_multilabel_classification(300, 8, n_classes=4, random_state=0)
    X = StandardScaler().fit_transform(X)
    model = NeuralNetworkClassifier((), rate=3, decay=0.05, iterations=2000, standardise=False).fit(X, Y)
    assert model.predict(X).shape == model.predict_proba(X).shape == model.decision_function(X).shape == (300, 4)
    assert set(model.predict(X).flat) == {0, 1} and list(model.classes_) == [0, 1, 2, 3]
    for k in range(4):
        alone = LogisticRegression(C=1 / (0.05 * 300), tol=1e-10).fit(X, Y[:, k])
        np.testing.assert_allclose(model.predict_proba(X)[:, k], alone.predict_proba(X)[:, 1], atol=1e-5)
    assert model.score(X, Y) == (model.predict(X) == Y).all(axis=1).mean()
    with pytest.raises(ValueError, match="y has several columns, with entries other than 0 and 1"):
        NeuralNetworkClassifier().fit(X, Y + Y[:, ::-1])


@pytest.mark.parametrize("kind", ["two", "three", "several labels"])
def test_logarithms_of_probabilities_are_right_also_where_these_round_to_zero(flowers, kind):
    X, y = flowers
    y = {"two": y > 0, "three": y, "several labels": np.column_stack([y > 0, y > 1]).astype(int)}[kind]
    model = NeuralNetworkClassifier(iterations=200).fit(X, y)
    np.testing.assert_allclose(np.exp(model.predict_log_proba(X)), model.predict_proba(X), rtol=1e-8)
    far = model.predict_log_proba(X)
    model.network_ = Network(
        [layer if l == 0 else type(layer)(2000 * layer.W, layer.b) for l, layer in enumerate(model.network_.layers)],
        model.network_.activations,
        model.network_.output,
    )
    far = model.predict_log_proba(X)
    assert np.isfinite(far).all() and far.min() < -1000


def test_the_decision_function_of_two_classes_is_the_logit_of_the_second(tumours):
    model = NeuralNetworkClassifier(iterations=50).fit(*tumours)
    Z = model.decision_function(tumours[0])
    np.testing.assert_allclose(model.predict_proba(tumours[0])[:, 1], 1 / (1 + np.exp(-Z)), rtol=1e-12)


@pytest.mark.parametrize("columns", [1, 3])
def test_a_regressor_without_hidden_layers_is_linear_regression(columns):
    X, y = load_diabetes(return_X_y=True)
    y = y if columns == 1 else np.column_stack([y, -3 * y + X[:, 0], X[:, 2] * 1000])
    model = NeuralNetworkRegressor((), rate=0.3, iterations=20_000).fit(X, y)
    peer = LinearRegression().fit(X, y)
    np.testing.assert_allclose(model.predict(X), peer.predict(X), rtol=1e-4)
    assert model.score(X, y) == pytest.approx(peer.score(X, y), abs=1e-5)


def test_a_regressor_with_a_hidden_layer_finds_a_curve_and_its_units_are_its_own(rng):
    x = np.sort(rng.uniform(-3, 3, 200))
    y = 1e6 + 500 * np.sin(2 * x)
    model = NeuralNetworkRegressor(optimiser="adam", iterations=2000).fit(1e-4 * x[:, None], y)
    assert model.score(1e-4 * x[:, None], y) > 0.99
    assert model.history_.accuracy[-1] == pytest.approx(model.score(1e-4 * x[:, None], y), abs=1e-9)


@pytest.mark.parametrize("centre, size", [(1.7e9, 10), (0, 1e39), (0, 1e200), (0, 1e-200)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_targets_of_any_size_are_predicted_with_their_digits(rng, dtype, centre, size):
    X = rng.normal(size=(60, 2)).astype(dtype)
    y = X @ [1.0, 2.0]
    predicted = NeuralNetworkRegressor((), rate=0.1).fit(X, centre + size * y).predict(X)
    np.testing.assert_allclose((predicted - centre) / size, y, atol=1e-4)


@pytest.mark.parametrize("size", [1e-200, 1e200])
def test_samples_of_any_size_are_learnt_from(flowers, size):
    X, y = flowers
    assert NeuralNetworkClassifier().fit(X * size, y).score(X * size, y) > 0.95


def test_decay_of_a_regressor_is_that_of_ridge_regression():
    X, y = load_diabetes(return_X_y=True)
    X = StandardScaler().fit_transform(X)
    model = NeuralNetworkRegressor((), rate=0.3, iterations=5000, decay=0.1).fit(X, y)
    np.testing.assert_allclose(model.predict(X), Ridge(alpha=0.1 * len(X)).fit(X, y).predict(X), rtol=1e-6)


def test_partial_fits_of_a_regressor_are_the_updates_of_one_fit():
    X, y = load_diabetes(return_X_y=True)
    parts = NeuralNetworkRegressor(optimiser="adam")
    for _ in range(5):
        parts.partial_fit(X, y)
    assert parts.network_ == NeuralNetworkRegressor(optimiser="adam", iterations=5).fit(X, y).network_


@pytest.mark.parametrize("method", ["predict", "predict_proba", "predict_log_proba", "decision_function"])
def test_a_classifier_that_was_not_fitted_says_so(flowers, method):
    with pytest.raises(NotFittedError):
        getattr(NeuralNetworkClassifier(), method)(flowers[0])


def test_a_fitted_model_survives_a_pickle_and_goes_on(flowers):
    X, y = flowers
    model = NeuralNetworkClassifier(optimiser="adam").partial_fit(X, y, [0, 1, 2])
    again = pickle.loads(pickle.dumps(model))
    assert again.partial_fit(X, y).network_ == model.partial_fit(X, y).network_


def test_units_take_off_the_mean_and_divide_by_the_deviation_and_can_be_taken_back(rng):
    A = np.column_stack([rng.normal(5, 3, 50), np.full(50, 0.1), rng.normal(1e6, 1, 50)])
    units = Units.of(A)
    Z = units.standardise(A)
    np.testing.assert_allclose(Z[:, [0, 2]], StandardScaler().fit_transform(A)[:, [0, 2]], rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(Z[:, 1], 0, atol=1e-12)
    np.testing.assert_allclose(units.restore(Z), A, rtol=1e-12)
    assert (Units.as_they_are(3).standardise(A) == A).all()


def go_on_warm(model, X, y):
    return model.set_params(warm_start=True).fit(X, y)


def go_on_in_part(model, X, y):
    return model.partial_fit(X, y)


@pytest.mark.parametrize("go_on", [go_on_warm, go_on_in_part])
@pytest.mark.parametrize("change", [{"hidden_widths": 5}, {"hidden": "relu"}, {"standardise": False}])
def test_a_network_that_is_gone_on_with_is_not_silently_another_than_is_asked_for(flowers, go_on, change):
    model = NeuralNetworkClassifier(iterations=3).fit(*flowers)
    network = model.network_
    with pytest.raises(ValueError, match=f"^{next(iter(change))}=.*: the network that is gone on with was made by"):
        go_on(model.set_params(**change), *flowers)
    assert model.network_ is network


@pytest.mark.parametrize("go_on", [go_on_warm, go_on_in_part])
def test_the_same_network_may_be_asked_for_in_other_words(flowers, go_on):
    model = NeuralNetworkClassifier(iterations=3).fit(*flowers)
    go_on(model.set_params(hidden_widths=np.array([32]), hidden=["tanh"], optimiser="adam", decay=0.1), *flowers)


@pytest.mark.parametrize("targets", [["3", "4"], ["a", "b"]])
def test_targets_of_a_regressor_that_are_text_are_named(targets):
    with pytest.raises(ValueError, match="^y is of type ndarray with entries of type <U1, not real numbers"):
        NeuralNetworkRegressor().fit([[1.0], [2.0]], targets)


@pytest.mark.parametrize("first, then, said", [(2, 1, "2 columns"), (1, 2, "one axis"), (3, 2, "3 columns")])
@pytest.mark.parametrize("warm_start", [True, False])
def test_a_regressor_goes_on_with_as_many_targets_as_it_had_at_first(rng, first, then, said, warm_start):
    X, Y = rng.normal(size=(20, 2)), rng.normal(size=(20, 3))
    targets = [Y[:, 0] if count == 1 else Y[:, :count] for count in (first, then)]
    model = NeuralNetworkRegressor(iterations=3, warm_start=warm_start)
    go_on = model.fit if warm_start else model.partial_fit
    before = go_on(X, targets[0]).predict(X)
    with pytest.raises(ValueError, match=f"^y has shape .*, and that of the first call {said}"):
        go_on(X, targets[1])
    np.testing.assert_array_equal(model.predict(X), before)


def test_a_sample_of_each_class_is_learnt_from_however_many_are_held_out(rng):
    X, y = rng.normal(size=(12, 2)), np.r_[np.arange(10), 0, 0]
    model = NeuralNetworkClassifier(patience=1, validation_fraction=0.5, iterations=1)
    model._encode(y, None, again=False)
    learnt, unseen = model._hold_out([X, y[:, np.newaxis] == np.arange(10)], rng)
    assert (learnt[1].sum(axis=0) == 1).all() and len(unseen[0]) == 2


def test_patience_with_one_sample_of_each_class_says_that_it_holds_out_too_many():
    with pytest.raises(ValueError, match="patience holds out 1 of 2 samples that count: give more"):
        NeuralNetworkClassifier(patience=2).fit([[1.0], [2.0]], ["a", "b"])


@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid value")
def test_samples_so_far_away_that_their_logits_are_not_numbers_have_no_label(rng):
    X = rng.normal(size=(60, 3))
    model = NeuralNetworkClassifier(hidden="relu", iterations=50, standardise=False).fit(X, X[:, 0] + X[:, 1] > 0)
    far = 1.7e308 * np.array([[1, -1, 1], [1, 1, -1], [-1, 1, 1], [-1, -1, -1]])
    assert np.isnan(model.decision_function(far)).any()
    with pytest.raises(ValueError, match="the logits hold NaN, which is no prediction"):
        model.predict(far)
