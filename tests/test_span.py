import numpy as np
import pytest

import neurone.training
from neurone.layers import Dense
from neurone.network import Network
from neurone.optimisers import GradientDescent
from neurone.span import Span, SpanLayer
from neurone.training import train

M, N = 20, 60


@pytest.fixture
def data(rng):
    return rng.normal(size=(M, N)), rng.integers(0, 2, (M, 1))


def stack(hidden="sigmoid"):
    return Network.stack([Network.create([N, 5, 1], rng=np.random.default_rng(s), hidden=hidden) for s in range(3)])


NETWORKS = {
    "one neuron": lambda: Network.create([N, 1], rng=np.random.default_rng(0)),
    "three layers": lambda: Network.create([N, 8, 4, 1], rng=np.random.default_rng(0), initialisation="normal"),
    "stack": stack,
}


@pytest.mark.parametrize("network", NETWORKS)
def test_descent_in_the_span_goes_through_the_same_networks(monkeypatch, data, network):
    def run(in_span):
        monkeypatch.setattr(neurone.training, "_span_pays", lambda *_: in_span)
        validation = (data[0][:7] + 0.1, data[1][:7])
        options = {"iterations": 300, "validation": validation, "progress": False}
        return train(NETWORKS[network](), *data, GradientDescent(0.1), **options)

    (direct, expected), (trained, history) = run(in_span=False), run(in_span=True)
    for actual, layer in zip(trained.layers, direct.layers, strict=True):
        assert type(actual) is type(layer)
        np.testing.assert_allclose(actual.W, layer.W, rtol=0, atol=1e-10 * np.abs(layer.W).max())
        np.testing.assert_allclose(actual.b, layer.b, rtol=0, atol=1e-10 * np.abs(layer.b).max())
    np.testing.assert_allclose(history.loss, expected.loss, rtol=1e-10)
    np.testing.assert_allclose(history.validation_loss, expected.validation_loss, rtol=1e-10)


def count_spans(monkeypatch, data, **options):
    spans = []
    monkeypatch.setattr(neurone.training, "Span", lambda *of: spans.append(Span(*of)) or spans[-1])
    defaults = {"optimiser": GradientDescent(0.1), "iterations": 50, "progress": False}
    network = Network.create([data[0].shape[1], 1], rng=np.random.default_rng(0))
    train(network, *data, **defaults | options)
    return len(spans)


def test_training_descends_in_the_span_by_itself_where_it_pays(monkeypatch, data):
    assert count_spans(monkeypatch, data) == 1


def test_batches_other_optimisers_and_many_samples_are_trained_directly(monkeypatch, data):
    assert count_spans(monkeypatch, data, batch_size=5, rng=np.random.default_rng(0)) == 0
    assert count_spans(monkeypatch, data, optimiser=lambda p, g, state: (p - 0.1 * np.sign(g), state)) == 0
    assert count_spans(monkeypatch, (data[0][:, :10], data[1])) == 0


def test_a_few_iterations_are_not_worth_the_products_of_all_samples(monkeypatch, rng):
    X, Y = rng.normal(size=(100, 200)), rng.integers(0, 2, (100, 1))
    assert count_spans(monkeypatch, (X, Y), iterations=3) == 0


@pytest.mark.parametrize("m, n, iterations, pays", [(64, 65, 3, True), (64, 65, 2, False), (64, 64, 3, False)])
def test_the_span_pays_with_fewer_samples_than_inputs_and_than_32_times_the_iterations(m, n, iterations, pays):
    assert neurone.training._span_pays(np.zeros((m, n)), iterations) is pays


def test_a_span_entered_and_left_at_once_is_the_network_itself(data):
    network = stack()
    span = Span(data[0], network.layers[0].W)
    entered = span.enter(network)
    np.testing.assert_allclose(entered.forward(span.coordinates(data[0]))[-1], network.logits(data[0]), rtol=1e-14)
    np.testing.assert_array_equal(span.leave(entered).layers[0].W, network.layers[0].W)


def test_the_gradients_of_a_layer_in_the_span_are_those_of_its_logits_in_the_place_that_is_given_or_a_new_one(rng):
    dZ = rng.normal(size=(4, 2)).astype(np.float32)
    layer, place = (of(np.zeros((4, 2), np.float32), np.zeros((1, 2), np.float32)) for of in (SpanLayer, Dense))
    found = layer.gradients(None, dZ)
    np.testing.assert_array_equal(found.W, dZ)
    np.testing.assert_allclose(found.b, dZ.sum(axis=0, keepdims=True), rtol=1e-5)
    assert found.W.dtype == found.b.dtype == np.float32
    assert layer.gradients(None, dZ, place) is place and place == found


def test_a_span_keeps_the_precision_of_the_network(data):
    network = Network.create([N, 1], rng=0, dtype=np.float32)
    entered = Span(data[0].astype(np.float32), network.layers[0].W).enter(network)
    assert entered.layers[0].W.dtype == entered.layers[0].b.dtype == np.float32


class Doubled(Dense):
    """A layer of one's own: twice the logits, and so twice the slopes."""

    def forward(self, A):
        return 2 * super().forward(A)

    def gradients(self, A, dZ, out=None):
        return super().gradients(A, 2 * dZ, out)


def test_a_first_layer_of_ones_own_is_not_exchanged_for_one_in_the_span(rng):
    X, Y = rng.normal(size=(6, 20)), np.arange(6)[:, np.newaxis] % 2
    begun = Network([Doubled(rng.normal(size=(20, 1)), np.zeros((1, 1)))], [], "sigmoid")
    options = {"iterations": 10, "progress": False}
    descended, history = train(begun, X, Y, GradientDescent(0.1), **options)
    moved, _ = train(begun, X, Y, lambda *given: GradientDescent(0.1)(*given), **options)
    assert type(descended.layers[0]) is Doubled and history.loss[0] == begun.loss(X, Y)
    np.testing.assert_allclose(descended.layers[0].W, moved.layers[0].W, rtol=1e-12)
