"""Callbacks, and checkpoints from which training goes on bit by bit."""

import time

import numpy as np
import pytest

from neurone.history import Checkpoint, History
from neurone.network import Network
from neurone.optimisers import Adam, GradientDescent, Momentum
from neurone.training import train


def data(n):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(50, n))
    return X, (X[:, :1] * X[:, 1:2] > 0).astype(int)


def run(network, n, optimiser, **options):
    X, Y = data(n)
    validation = {"validation": (X[:20], Y[:20])}
    return train(network, X[20:], Y[20:], optimiser, **{"iterations": 60, "progress": False} | validation | options)


WAYS = {
    "all samples": (2, GradientDescent(0.5), {}),
    "in the span": (80, GradientDescent(0.1), {}),
    "batches": (2, GradientDescent(0.5), {"batch_size": 7, "record_every": 1}),
    "momentum, batches": (2, Momentum(0.1), {"batch_size": 7, "record_every": 1, "decay": 0.01}),
    "adam, batches": (2, Adam(0.01), {"batch_size": 7, "record_every": 1}),
    "adam, more inputs than samples": (80, Adam(0.01), {}),
}


@pytest.mark.parametrize("patience", [None, 8])
@pytest.mark.parametrize("stop", [13, 20, 60])
@pytest.mark.parametrize("way", WAYS)
def test_training_that_goes_on_from_a_checkpoint_is_bit_by_bit_that_which_never_stopped(way, stop, patience):
    n, optimiser, options = WAYS[way]
    network = Network.create([n, 4, 1], rng=0)
    options = options | {"patience": patience}
    kept = []
    expected, whole = run(network, n, optimiser, rng=1, callbacks=[kept.append], **options)
    begun = next((each for each in kept if each.iteration == stop), kept[-1])
    found, history = run(begun, n, optimiser, **options)
    assert found == expected
    for name in ("iteration", "loss", "accuracy", "validation_loss", "validation_accuracy"):
        np.testing.assert_array_equal(getattr(history, name), getattr(whole, name))
    assert (np.diff(history.seconds) > 0).all()


@pytest.mark.parametrize("kind", [np.random.MT19937, np.random.Philox, np.random.SFC64, np.random.PCG64DXSM])
def test_every_generator_goes_on_where_it_was(kind):
    kept = []
    network = Network.create([2, 1], rng=0)
    options = {"batch_size": 7, "record_every": 1}
    rng = np.random.Generator(kind(5))
    expected, _ = run(network, 2, Adam(0.01), rng=rng, callbacks=[kept.append], **options)
    assert run(kept[3], 2, Adam(0.01), **options)[0] == expected


def test_callbacks_see_each_record_as_it_was_and_do_not_change_the_training():
    kept, network = [], Network.create([2, 4, 1], rng=0)
    trained, history = run(network, 2, Momentum(0.1), callbacks=[kept.append], record_every=25)
    assert [each.iteration for each in kept] == [0, 25, 50, 60]
    assert kept[0].network == network and kept[-1].network == trained
    assert kept[1].network == run(network, 2, Momentum(0.1), iterations=25)[0]
    np.testing.assert_array_equal(kept[1].history.loss, history.loss[:2])
    assert trained == run(network, 2, Momentum(0.1))[0]


@pytest.mark.parametrize("answer", [True, np.True_])
def test_a_callback_that_returns_true_ends_the_training_and_all_callbacks_have_seen_it(answer):
    seen, network = [], Network.create([2, 4, 1], rng=0)
    stop = [lambda c: answer if c.iteration == 10 else None, lambda c: seen.append(c.iteration)]
    trained, history = run(network, 2, GradientDescent(0.5), callbacks=stop)
    assert history.iteration[-1] == seen[-1] == 10
    assert trained == run(network, 2, GradientDescent(0.5), iterations=10)[0]


def test_what_a_callback_returns_by_the_way_ends_nothing():
    by_the_way = [lambda c: [c], lambda c: "drawn", lambda c: np.ones(3), lambda c: 1]
    _, history = run(Network.create([2, 1], rng=0), 2, GradientDescent(0.5), callbacks=by_the_way)
    assert history.iteration[-1] == 60


def last(**options):
    kept = []
    n = options.pop("n", 2)
    run(
        Network.create([n, 4, 1], rng=0),
        n,
        options.pop("optimiser", GradientDescent(0.1)),
        callbacks=[kept.append],
        **options,
    )
    return kept[-1]


@pytest.mark.parametrize(
    "options, beside",
    [
        ({}, set()),
        ({"n": 80}, {"W0"}),
        ({"batch_size": 7, "rng": 0}, {"order"}),
        ({"patience": 8}, {"best"}),
    ],
    ids=["all samples", "in the span", "batches", "patience"],
)
def test_a_checkpoint_holds_the_arrays_that_matter_and_no_others(options, beside):
    assert last(**options).arrays.keys() == {"parameters"} | beside


def test_a_checkpoint_goes_on_only_where_it_can():
    with pytest.raises(ValueError, match="iterations=10: the checkpoint has already made 60; count those too"):
        run(last(), 2, GradientDescent(0.1), iterations=10)
    begun = last(n=80)
    with pytest.raises(ValueError, match="go on in the same way, or from its network"):
        run(begun, 80, Adam(0.1), iterations=70)
    with pytest.raises(ValueError, match="the checkpoint holds the state of Adam, not of Momentum: go on with that"):
        run(last(optimiser=Adam(0.1)), 2, Momentum(0.1), iterations=70)
    assert run(last(optimiser=Adam(0.1)), 2, Adam(0.2), iterations=70)[1].iteration[-1] == 70  # another rate may be
    assert run(last(), 2, Adam(0.2), iterations=70)[1].iteration[-1] == 70  # descent has no state
    X, Y = data(80)
    with pytest.raises(ValueError, match="the checkpoint comes from other samples"):
        train(begun, X[:10], Y[:10], GradientDescent(0.1), iterations=70)
    order = last(batch_size=29, rng=0, iterations=3)
    X, Y = data(2)
    with pytest.raises(ValueError, match="the checkpoint comes from other samples"):
        train(order, X[:10], Y[:10], GradientDescent(0.1), iterations=70, batch_size=3)


def test_the_seconds_go_on_from_those_of_the_checkpoint():
    begun, start = last(), time.perf_counter()
    _, history = run(begun, 2, GradientDescent(0.1), iterations=70)
    passed = time.perf_counter() - start
    assert 0 < history.seconds[-1] - begun.history.seconds[-1] <= passed


def test_a_training_may_go_on_with_patience_that_began_without_and_the_other_way_round():
    optimiser = GradientDescent(0.1)
    expected, _ = run(last(), 2, optimiser, iterations=70)
    assert run(last(patience=100), 2, optimiser, iterations=70)[0] == expected
    best, history = run(last(), 2, optimiser, iterations=70, patience=100)
    lowest = 61 + int(history.validation_loss[61:].argmin())
    assert best == run(last(), 2, optimiser, iterations=lowest)[0]


def test_what_was_not_measured_before_or_after_a_checkpoint_is_nan_in_the_history():
    optimiser, kept = GradientDescent(0.1), []
    bare = last(validation=None)
    _, history = run(bare, 2, optimiser, iterations=70, patience=99, callbacks=[kept.append])
    assert np.isnan(history.validation_loss).tolist() == [True] * 61 + [False] * 10
    half = next(each for each in kept if each.iteration == 66)
    again, resumed = run(half, 2, optimiser, iterations=70, patience=99)
    assert again == run(bare, 2, optimiser, iterations=70, patience=99)[0]  # the best of before is known
    np.testing.assert_array_equal(resumed.validation_loss, history.validation_loss)
    _, history = run(last(), 2, optimiser, iterations=70, validation=None)
    assert np.isnan(history.validation_accuracy).tolist() == [False] * 61 + [True] * 10


@pytest.mark.parametrize("n", [2, 80])
def test_from_a_checkpoint_before_all_training_it_begins(n):
    network = Network.create([n, 4, 1], rng=0)
    found, history = run(Checkpoint.before(network), n, Adam(0.01))
    assert found == run(network, n, Adam(0.01))[0] and history.iteration[0] == 0


def test_on_other_samples_a_checkpoint_keeps_the_network_and_the_state():
    begun = last(n=80).on_other_samples()
    assert isinstance(begun, Checkpoint)
    X, Y = data(80)
    trained, history = train(begun, X[:10], Y[:10], Adam(0.01), iterations=61, progress=False)
    expected, _ = train(begun.network, X[:10], Y[:10], Adam(0.01), iterations=1, progress=False)
    assert trained == expected and history.iteration[-1] == 61


def test_a_history_is_made_of_its_records():
    history = History(*(np.array([1.0, 2.0]) + i for i in range(4)))
    assert History.of([[1.0, 2, 3, 4], [2, 3, 4, 5]]) == history
    assert History.of([[2.0, 3, 4, 5]], History.of([[1.0, 2, 3, 4]])) == history
    assert History.of([]) == History(*(np.empty(0) for _ in range(4)))


def test_a_record_becomes_part_of_an_array_once_however_often_the_history_is_read(monkeypatch):
    joined, of = [], History.of
    monkeypatch.setattr(History, "of", lambda records, past=None: joined.extend(records) or of(records, past))
    kept, network = [], Network.create([2, 1], rng=0)
    run(network, 2, GradientDescent(0.5), callbacks=[kept.append])
    assert [len(each.history.loss) for each in kept] == list(range(1, 62)) and len(joined) == 61
    run(kept[-1], 2, GradientDescent(0.5), iterations=62)
    assert len(joined) == 61 + 2


def test_a_callback_that_scales_the_curve_which_it_draws_leaves_the_history_as_it_was_measured():
    def draw(checkpoint):
        checkpoint.history.loss[:] /= checkpoint.history.loss[0]

    network = Network.create([2, 4, 1], rng=0)
    _, history = run(network, 2, GradientDescent(0.5), callbacks=[draw])
    np.testing.assert_array_equal(history.loss, run(network, 2, GradientDescent(0.5))[1].loss)
