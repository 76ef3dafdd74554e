import numpy as np
import pytest

from neurone.network import Network
from neurone.optimisers import GradientDescent
from neurone.stopping import Best
from neurone.training import train


@pytest.fixture
def overfit(rng):
    """Labels that are chance, so that what is learnt of some is wrong of others."""
    X, Y = rng.normal(size=(60, 5)), rng.integers(0, 2, (60, 1))
    return X[:30], Y[:30], (X[30:], Y[30:])


def run(overfit, network, **options):
    X, Y, validation = overfit
    defaults = {"iterations": 400, "validation": validation, "progress": False}
    return train(network, X, Y, GradientDescent(1.0), **defaults | options)


@pytest.mark.parametrize("rest", [{}, {"batch_size": 7, "rng": 0, "record_every": 3}], ids=["all", "batches"])
def test_the_network_of_the_lowest_validation_loss_is_returned_and_the_whole_curve_kept(overfit, rest):
    network = Network.create([5, 8, 1], rng=0)
    best, history = run(overfit, network, patience=20, **rest)
    lowest = history.validation_loss.argmin()
    assert len(history.loss) == lowest + 20 + 1 < 134
    assert best.loss(*overfit[2]) == pytest.approx(history.validation_loss[lowest], rel=1e-12)
    stopped, _ = run(overfit, network, **rest | {"iterations": int(history.iteration[lowest])})
    assert stopped == best


def test_without_enough_patience_used_up_training_goes_on_to_its_end_and_still_returns_the_best(overfit):
    best, history = run(overfit, Network.create([5, 8, 1], rng=0), patience=1000)
    assert history.iteration[-1] == 400
    assert best.loss(*overfit[2]) == pytest.approx(history.validation_loss.min(), rel=1e-12)


def test_each_network_of_a_stack_has_its_own_best(overfit):
    networks = [Network.create([5, 8, 1], rng=seed) for seed in range(3)]
    best, history = run(overfit, Network.stack(networks), patience=1000)
    lowest = history.validation_loss.argmin(axis=0)
    assert len(set(lowest)) > 1
    np.testing.assert_allclose(best.loss(*overfit[2]), history.validation_loss.min(axis=0), rtol=1e-12)


def test_in_the_span_the_best_network_is_the_same(rng):
    X, Y = rng.normal(size=(40, 50)), rng.integers(0, 2, (40, 1))
    network = Network.create([50, 4, 1], rng=0)
    options = {"iterations": 60, "validation": (X[20:], Y[20:]), "patience": 10, "progress": False}
    found, history = train(network, X[:20], Y[:20], GradientDescent(0.1), **options)
    iterations = max(1, int(history.iteration[history.validation_loss.argmin()]))
    stopped, _ = train(network, X[:20], Y[:20], GradientDescent(0.1), iterations=iterations, progress=False)
    np.testing.assert_allclose(found.layers[0].W, stopped.layers[0].W, rtol=1e-10, atol=1e-12)


def test_patience_without_validation_data_is_refused(overfit):
    with pytest.raises(ValueError, match="patience needs validation"):
        run(overfit, Network.create([5, 1], rng=0), patience=3, validation=None)


def test_a_stack_is_waited_for_as_long_as_one_of_its_networks_gets_better():
    stack = Network.stack([Network.create([2, 1], rng=seed) for seed in range(2)])
    best, old = Best(stack, patience=2), []
    for losses in ([np.inf, np.inf], [1, 1], [0.5, 2], [2, 0.9], [0.5, 0.9], [0.6, 1.5]):
        best.see(stack, np.array(losses))
        old.append(best.is_old())
    assert old == [False, False, False, False, False, True]


def test_a_loss_that_is_not_a_number_hides_none_that_is_lower_later():
    networks = [Network.create([2, 1], rng=seed) for seed in range(3)]
    best = Best(networks[0], patience=9)
    for network, loss in zip(networks, [1.0, np.nan, 0.5]):
        best.see(network, np.float64(loss))
    assert best.network == networks[2] and best.loss == 0.5


def test_what_an_interrupt_broke_off_is_done_when_the_loss_is_seen_again(monkeypatch):
    networks = [Network.create([2, 3, 1], rng=seed) for seed in range(2)]
    best, copy, calls = Best(networks[0], patience=9), np.copyto, []

    def pressed(*given, **options):
        calls.append(given)
        if len(calls) == 2:
            raise KeyboardInterrupt
        copy(*given, **options)

    monkeypatch.setattr(np, "copyto", pressed)
    with pytest.raises(KeyboardInterrupt):
        best.see(networks[1], np.float64(0.5))
    best.see(networks[1], np.float64(0.5))
    assert best.network == networks[1]


def test_a_validation_loss_that_is_never_finite_is_told_of_with_the_network_of_the_start(rng):
    X, y = rng.normal(size=(20, 2)), rng.normal(size=(20, 1))
    network = Network.create([2, 1], rng=0, output="linear")
    options = {"iterations": 9, "progress": False, "validation": (1e200 * X, y)}
    assert np.isinf(train(network, X, y, GradientDescent(0.1), **options)[1].validation_loss).all()
    with pytest.warns(
        UserWarning, match="no validation loss was finite, so that patience kept the network of the start"
    ):
        found, _ = train(network, X, y, GradientDescent(0.1), patience=2, **options)
    assert found == network
