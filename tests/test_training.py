import pickle
import warnings
from itertools import pairwise

import numpy as np
import pytest
from sklearn.datasets import make_circles
from sklearn.linear_model import LogisticRegression, Ridge

import neurone.training
from neurone.activations import sigmoid
from neurone.gradient_check import central_difference
from neurone.layers import Dense
from neurone.losses import OUTPUTS
from neurone.network import Network
from neurone.optimisers import GradientDescent
from neurone.training import Diverged, train


def draw(rng, n, p, biases):
    """A layer as the course that we follow draws it: there samples are columns, so that W is drawn transposed."""
    W = rng.randn(p, n).T
    return Dense(W, rng.randn(p, 1).T if biases else np.zeros((1, p)))


def train_on_circles(seed, widths, biases, iterations):
    X, y = make_circles(n_samples=100, noise=0.1, factor=0.3, random_state=0)
    rng = np.random.RandomState(seed)  # the generator behind numpy.random.seed
    layers = [draw(rng, n, p, biases) for n, p in pairwise(widths)]
    network = Network(layers, [sigmoid] * (len(layers) - 1), OUTPUTS["sigmoid"])
    Y = y[:, np.newaxis]
    return train(network, X, Y, GradientDescent(0.1), iterations=iterations, progress=False)[1]


def test_two_layers_reach_the_loss_that_the_course_prints():
    history = train_on_circles(0, [2, 32, 1], False, 1000)
    assert f"{history.loss[999]:.7f}" == "0.3178173"
    assert history.accuracy[-1] == 1


def test_a_deep_network_goes_through_the_losses_that_the_course_prints():
    history = train_on_circles(1, [2, 16, 16, 16, 1], True, 3000)
    printed = [f"{loss:.8f}" for loss in (*history.loss[:3], *history.loss[2997:3000])]
    assert printed == ["0.76537816", "0.73318091", "0.71304419", "0.01403589", "0.01402475", "0.01401363"]
    assert history.accuracy[-1] == 1


@pytest.fixture
def data(rng):
    X = rng.normal(size=(30, 2))
    return X, (X[:, :1] * X[:, 1:] > 0).astype(int)


def create(seed=0, widths=(2, 4, 1), **choices):
    return Network.create(widths, rng=np.random.default_rng(seed), **choices)


def run(network, data, rate=0.5, iterations=20, **options):
    return train(network, *data, GradientDescent(rate), iterations=iterations, progress=False, **options)


def arrays(network):
    return [array for layer in network.layers for array in (layer.W, layer.b)]


def assert_same_network(actual, expected, rtol=0.0):
    for a, e in zip(arrays(actual), arrays(expected), strict=True):
        assert a.shape == e.shape and a.dtype == e.dtype
        np.testing.assert_allclose(a, e, rtol=rtol, atol=rtol * np.abs(e).max())


def test_one_iteration_is_one_step_against_the_gradient(data):
    network = create()
    trained, _ = run(network, data, rate=0.5, iterations=1)
    _, gradients = network.loss_and_gradients(*data)
    expected = [Dense(d.W - 0.5 * g.W, d.b - 0.5 * g.b) for d, g in zip(network.layers, gradients, strict=True)]
    assert_same_network(trained, Network(expected, network.activations, network.output), rtol=1e-15)


def test_an_optimiser_is_given_the_state_that_it_gave(data):
    given = []

    def optimiser(parameters, gradients, state):
        given.append(state)
        return parameters, len(given)

    train(create(), *data, optimiser, iterations=4, progress=False)
    assert given == [None, 1, 2, 3]


def test_the_network_given_is_not_changed(data):
    network, untouched = create(), create()
    trained, _ = run(network, data)
    assert_same_network(network, untouched)
    assert not np.array_equal(trained.layers[0].W, network.layers[0].W)


def test_the_history_holds_the_measures_of_the_network_at_each_record(data):
    network, validation = create(), (np.array([[1.0, 1.0], [1.0, -1.0]]), np.array([[1], [1]]))
    trained, history = run(network, data, iterations=10, record_every=4, validation=validation)
    np.testing.assert_array_equal(history.iteration, [0, 4, 8, 10])
    for i, seen in [(0, network), (1, run(network, data, iterations=4)[0]), (-1, trained)]:
        np.testing.assert_allclose(history.loss[i], seen.loss(*data), rtol=1e-14)
        np.testing.assert_allclose(history.validation_loss[i], seen.loss(*validation), rtol=1e-14)
        assert history.accuracy[i] == seen.accuracy(*data)
        assert history.validation_accuracy[i] == seen.accuracy(*validation)
    assert (np.diff(history.seconds) > 0).all()


def test_a_history_without_validation_data_has_no_validation_arrays(data):
    _, history = run(create(), data)
    assert history.validation_loss is None and history.validation_accuracy is None


def test_recording_does_not_change_the_training(data):
    assert_same_network(run(create(), data, record_every=1)[0], run(create(), data, record_every=7)[0])


@pytest.mark.parametrize("weights", [None, range(30)], ids=["alike", "weighted"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_training_keeps_the_dtype_of_the_network(data, dtype, weights):
    trained, history = run(create(dtype=dtype), data, validation=data, sample_weight=weights)
    assert {array.dtype for array in [*arrays(trained), history.loss, history.validation_loss]} == {np.dtype(dtype)}


def test_batches_show_every_sample_once_before_any_twice(data):
    m, seen = 30, []

    def optimiser(parameters, gradients, state):
        return parameters, state

    class Spy(Network):
        def backpropagate(self, A, *given, **options):
            seen.append(A[0])
            return super().backpropagate(A, *given, **options)

    network = create()
    spy = Spy(network.layers, network.activations, network.output)
    train(spy, *data, optimiser, iterations=8, batch_size=8, progress=False, rng=np.random.default_rng(1))
    assert [len(batch) for batch in seen] == [8, 8, 8, 6] * 2
    for epoch in (seen[:4], seen[4:]):
        assert {tuple(x) for x in np.concatenate(epoch)} == {tuple(x) for x in data[0]} and m == 30


def test_the_same_generator_gives_the_same_training_on_batches(data):
    first, second, third = (run(create(), data, batch_size=7, rng=np.random.default_rng(s))[0] for s in (1, 1, 2))
    assert_same_network(first, second)
    assert not np.array_equal(first.layers[0].W, third.layers[0].W)


@pytest.mark.parametrize("batch_size", [None, 7])
@pytest.mark.parametrize("n", [2, 50], ids=["fewer inputs than samples", "more inputs than samples"])
def test_a_stack_trains_as_each_of_its_networks_trains_alone(rng, batch_size, n):
    X, Y = rng.normal(size=(30, n)), rng.integers(0, 2, (30, 1))
    networks = [create(seed, (n, 4, 1)) for seed in range(3)]
    options = {"batch_size": batch_size, "validation": (X[:5], Y[:5]), "iterations": 50, "record_every": 1}
    stack, history = run(Network.stack(networks), (X, Y), rng=np.random.default_rng(1), **options)
    assert history.loss.shape == history.validation_accuracy.shape == (51, 3)
    for s, network in enumerate(networks):
        alone, by_itself = run(network, (X, Y), rng=np.random.default_rng(1), **options)
        sliced = Network([Dense(d.W[s], d.b[s]) for d in stack.layers], stack.activations, stack.output)
        assert_same_network(sliced, alone, rtol=1e-10)
        np.testing.assert_allclose(history.loss[:, s], by_itself.loss, rtol=1e-10)
        np.testing.assert_array_equal(history.validation_accuracy[:, s], by_itself.validation_accuracy)


def test_batches_are_measured_once_all_samples_have_had_their_turn_and_all_samples_at_each_update(data):
    _, history = run(create(), data, batch_size=8, rng=1, iterations=10)
    np.testing.assert_array_equal(history.iteration, [0, 4, 8, 10])
    np.testing.assert_array_equal(run(create(), data, iterations=3)[1].iteration, range(4))


def test_a_seed_stands_for_the_generator_that_it_starts(data):
    by_seed, by_generator = (run(create(), data, batch_size=7, rng=rng)[0] for rng in (1, np.random.default_rng(1)))
    assert by_seed == by_generator


def at_step(number, act):
    """Descent, but for what happens in place of one of its steps."""
    steps = iter(range(1, 1_000))
    return lambda parameters, gradients, state: (
        act(parameters) if next(steps) == number else (parameters - 0.5 * gradients, state)
    )


@pytest.mark.parametrize("n", [2, 50], ids=["on the weights", "in the span"])
def test_an_interrupt_returns_what_was_reached_and_says_so_in_one_line(rng, n):
    class Pressed(Network):
        """A network during whose eighth way back somebody presses Ctrl-C."""

        def backpropagate(self, *given, **options):
            if next(passes) == 7:
                raise KeyboardInterrupt
            return super().backpropagate(*given, **options)

    passes = iter(range(1000))
    data, network = (rng.normal(size=(30, n)), rng.integers(0, 2, (30, 1))), create(widths=(n, 4, 1))
    pressed = Pressed(network.layers, network.activations, network.output)
    with pytest.warns(UserWarning, match="^interrupted after 7 iterations: they are kept$"):
        trained, history = run(pressed, data, iterations=100, record_every=5)
    expected, _ = run(network, data, iterations=7, record_every=5)
    assert_same_network(trained, expected, rtol=1e-12)
    np.testing.assert_array_equal(history.iteration, [0, 5, 7])
    np.testing.assert_allclose(history.loss[-1], expected.loss(*data), rtol=1e-12)


@pytest.mark.parametrize("moment", [5, 7])
def test_after_an_interrupt_the_callbacks_have_seen_where_training_ended(data, moment):
    def press(parameters):
        raise KeyboardInterrupt

    kept = []
    options = {"iterations": 20, "record_every": 5, "callbacks": [kept.append], "progress": False}
    with pytest.warns(UserWarning, match=f"interrupted after {moment} iterations"):
        trained, history = train(create(), *data, at_step(moment + 1, press), **options)
    assert kept[-1].network == trained and kept[-1].history == history
    assert kept[-1].iteration == moment


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_leaving_the_finite_numbers_is_an_error_with_the_iteration_the_rate_and_what_was_reached(data, seed):
    network = create(hidden="relu", widths=(2, 32, 32, 1), seed=seed, initialisation="he")
    message = (
        r"^iteration [56] made .* NaN or infinite; lower the rate of GradientDescent\(rate=10000000000.0\), or stand"
    )
    with pytest.raises(Diverged, match=message) as error:
        run(network, data, rate=1e10, iterations=200)
    assert all(np.isfinite(array).all() for array in arrays(error.value.network))
    assert np.isfinite(error.value.history.loss).all() and len(error.value.history.loss) >= 5


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_the_step_that_diverged_is_the_one_that_is_named(data, value):
    optimiser = at_step(3, lambda parameters: (np.full_like(parameters, value), None))
    with pytest.raises(Diverged, match="^iteration 3 made weights NaN or infinite") as error:
        train(create(), *data, optimiser, iterations=9, progress=False)
    assert error.value.network == run(create(), data, iterations=2)[0]


def test_a_network_whose_loss_is_infinite_from_the_start_is_named(data):
    network = Network([Dense(np.full((2, 1), 1e308), np.zeros((1, 1)))], [], OUTPUTS["sigmoid"])
    with pytest.raises(Diverged, match="^iteration 0 made the loss NaN or infinite") as error:
        run(network, (100 * data[0], data[1]))
    assert error.value.network == network and len(error.value.history.loss) == 0


def test_what_was_reached_comes_back_from_another_process(data):
    optimiser = at_step(2, lambda parameters: (np.nan * parameters, None))
    with pytest.raises(Diverged) as error:
        train(create(), *data, optimiser, iterations=9, progress=False)
    again = pickle.loads(pickle.dumps(error.value))
    assert str(again) == str(error.value)
    assert (again.network, again.history) == (error.value.network, error.value.history)


def test_weights_too_large_to_be_squared_are_still_numbers(data):
    optimiser = at_step(2, lambda parameters: (np.full_like(parameters, 1e200), None))
    with pytest.warns(UserWarning, match="the loss rose"):
        trained, _ = train(create(), *data, optimiser, iterations=2, progress=False)
    assert (trained.layers[0].W == 1e200).all()


def test_a_loss_that_rose_is_warned_of_with_the_rate_and_the_scale(data):
    X, Y = data
    with pytest.warns(
        UserWarning, match=r"the loss rose from .* lower the rate of GradientDescent\(rate=0.5\), or stand"
    ):
        run(create(widths=(2, 1)), (1000 * X, Y), iterations=5)


@pytest.mark.parametrize("first, last, rose", [(4.0, 4.8, True), (4.0, 4.2, False), (0.0, 0.0, False)])
def test_a_loss_rose_if_it_is_more_than_a_tenth_larger(first, last, rose):
    def jump(parameters, gradients, state):
        return np.array([0, np.sqrt(2 * last)]), state

    zero, start = np.zeros((2, 1)), Dense(np.zeros((1, 1)), np.array([[np.sqrt(2 * first)]]))
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        train(Network([start], [], "linear"), zero, zero, jump, iterations=1, progress=False)
    assert [str(each.message).startswith("the loss rose from 4 to 4.8; lower") for each in said] == [True][:rose]


@pytest.mark.parametrize("hidden", ["tanh", "relu", "sigmoid"])
def test_hidden_units_that_raw_pixels_put_out_of_reach_are_warned_of(hidden, rng):
    X = rng.integers(0, 256, (60, 50)) + 0.0
    Y = (X[:, :1] > X[:, 1:2]) * 1
    network = create(widths=(50, 8, 1), hidden=hidden)
    with pytest.warns(
        UserWarning, match=r"the loss 0\.6\d+ does not clearly beat 0\.69\d*, that of one .* whose entries reach 255"
    ):
        train(network, X, Y, GradientDescent(1.0), iterations=40, progress=False)


@pytest.mark.parametrize("scale, learns, warned", [(1, False, False), (100, False, True), (100, True, False)])
def test_a_loss_no_better_than_of_one_answer_is_warned_of_where_samples_are_not_scaled(scale, learns, warned):
    X = scale * np.array([[-1.0], [1], [-1], [1]])
    Y = np.array([[0], [1], [0], [1]] if learns else [[0], [1], [1], [0]])
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        train(create(widths=(1, 1)), X, Y, GradientDescent(1 / scale**2), iterations=200, progress=False)
    assert [str(each.message).startswith("the loss 0.693 does not clearly beat") for each in said] == [True][:warned]


STAYS = [  # samples up to 16, labels, weights of the network, of the samples, and whether the loss is told to be no better
    (
        [-16, 16],
        [[14, 2, 0], [-14, -2, 0]],
        [[-1 / 16, 3 / 16, 1 / 8]],
        None,
        False,
    ),  # a loss of 99, where 100 is one answer's
    ([-16, 16], [[14, 2, 0], [-14, -2, 0]], [[-1 / 16, 3 / 16, 0]], None, False),
    ([-16, 16], [[14, 2, 0], [-14, -2, 0]], [[-1 / 16, 4 / 16, 1 / 8]], None, True),
    ([-10, 10], [[14, 2, 0], [-14, -2, 0]], [[0, 0, 0]], None, False),  # not too large
    ([-16, 16], [[1], [1]], [[0.1]], None, False),  # one answer is right
    ([-16, 16, 16, 16], [[-1], [1], [1], [1]], [[0.1 / 16]], [3, 1, 1, 1], False),
    ([-16, 16, 16, 16], [[-1], [1], [1], [1]], [[0.1 / 16]], None, True),
]


@pytest.mark.parametrize("x, Y, W, weights, warned", STAYS)
def test_how_far_a_loss_must_lie_below_that_of_one_answer(x, Y, W, weights, warned):
    X, Y, network = (
        np.array(x, float)[:, np.newaxis],
        np.array(Y, float),
        [Dense(np.array(W), np.zeros((1, len(W[0]))))],
    )
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        stay = {"iterations": 1, "sample_weight": weights, "progress": False}
        train(Network(network, [], "linear"), X, Y, lambda parameters, *_: (parameters, None), **stay)
    assert ["does not clearly beat" in str(each.message) for each in said] == [True][:warned]


def test_weights_of_samples_have_the_precision_of_the_network(data):
    trained, _ = run(create(dtype=np.float32), data, sample_weight=np.arange(len(data[0])))
    assert {each.dtype for each in arrays(trained)} == {np.dtype(np.float32)}


def test_a_callback_that_is_interrupted_again_while_the_end_is_told_loses_nothing(data):
    def impatient(checkpoint):
        raise KeyboardInterrupt

    with pytest.warns(UserWarning, match="interrupted after 0 iterations: they are kept"):
        _, history = run(create(), data, callbacks=[impatient])
    assert list(history.iteration) == [0]


def test_an_optimiser_of_another_kind_moves_the_weights_themselves_whatever_it_inherits(rng):
    class Decay(GradientDescent):
        def __call__(self, parameters, gradients, state=None):
            return 0.9 * parameters, state

    X, Y = rng.normal(size=(10, 40)), rng.integers(0, 2, (10, 1))
    network = create(widths=(40, 1))
    trained, _ = train(network, X, Y, Decay(0.1), iterations=5, progress=False)
    np.testing.assert_allclose(trained.layers[0].W, 0.9**5 * network.layers[0].W, rtol=1e-14)


@pytest.mark.parametrize("gives", [lambda p: p, lambda p: (p[:1], None), lambda p: (0.5, None), lambda p: None])
def test_an_optimiser_that_gives_something_else_is_named(data, gives):
    with pytest.raises(ValueError, match="an optimiser gives the parameters, in their shape, and its state"):
        train(create(), *data, lambda p, g, state: gives(p), iterations=1, progress=False)


@pytest.mark.parametrize(
    "options, message",
    [
        ({"callbacks": print}, "callbacks=<built-in function print>: give a list of functions"),
        ({"callbacks": [None]}, r"callbacks=\[None\]: give a list of functions"),
        ({"validation": 0.1}, "validation holds 0.1: give X, Y and perhaps sample_weight"),
        ({"validation": ([[0, 1]],)}, "validation holds 1 values: give X, Y and perhaps sample_weight"),
        ({"iterations": None}, "iterations=None: give a positive integer"),
        ({"sample_weight": [1, 2]}, r"sample_weight has shape \(2,\): 30 samples take weights of shape \(30,\)"),
    ],
)
def test_options_that_are_not_what_they_should_be_are_named(data, options, message):
    with pytest.raises(ValueError, match=message):
        run(create(), data, **options)


def test_what_is_no_network_is_not_trained(data):
    with pytest.raises(TypeError, match="network=None: give a Network, or a Checkpoint of one"):
        run(None, data)


@pytest.mark.parametrize("optimiser", [0.1, None, GradientDescent])
def test_what_is_no_optimiser_is_refused_by_name(data, optimiser):
    with pytest.raises(TypeError, match=r"optimiser=.*give an optimiser, such as GradientDescent\(0.1\)"):
        train(create(), *data, optimiser, iterations=1)


def test_a_softmax_network_learns_three_blobs(rng):
    y = np.repeat([0, 1, 2], 20)
    X = rng.normal(size=(60, 2)) + 6 * np.eye(3, 2)[y]
    _, history = run(create(widths=(2, 8, 3), output="softmax"), (X, np.eye(3)[y]), iterations=300)
    assert history.accuracy[-1] > 0.95
    assert (np.diff(history.loss) < 0).mean() > 0.9


def test_progress_is_silent_when_it_is_not_wanted_or_the_work_is_short(data, capsys):
    run(create(), data)
    train(create(), *data, GradientDescent(0.5), iterations=5, progress=True)
    assert capsys.readouterr().err.strip() == ""


@pytest.mark.parametrize("options, bars", [({}, 1), ({"progress": True}, 1), ({"progress": False}, 0)])
def test_progress_counts_the_updates_after_a_second_and_leaves_nothing(data, monkeypatch, options, bars):
    shown = []
    monkeypatch.setattr(neurone.training, "tqdm", lambda steps, **how: shown.append((steps, how)) or steps)
    train(create(), *data, GradientDescent(0.5), iterations=5, **options)
    assert shown == [(range(6), {"delay": 1, "leave": False})][:bars]


@pytest.mark.parametrize("n", [2, 50], ids=["on the weights", "in the span"])
def test_a_sample_of_weight_two_is_worth_two_and_one_of_weight_zero_none(rng, n):
    X, Y, times = rng.normal(size=(30, n)), rng.integers(0, 2, (30, 1)), rng.integers(0, 3, 30)
    again = np.repeat(np.arange(30), times)
    network, options = create(widths=(n, 4, 1)), {"iterations": 40, "rate": 0.1}
    weighted, history = run(network, (X, Y), sample_weight=times, validation=(X, Y, times), **options)
    repeated, expected = run(network, (X[again], Y[again]), **options)
    assert_same_network(weighted, repeated, rtol=1e-10)
    np.testing.assert_allclose(history.loss, expected.loss, rtol=1e-10)
    np.testing.assert_allclose(history.accuracy, expected.accuracy, rtol=1e-10)
    np.testing.assert_allclose(history.validation_loss, expected.loss, rtol=1e-10)
    for measure in (weighted.loss, weighted.accuracy):
        np.testing.assert_allclose(measure(X, Y, times), measure(X[again], Y[again]), rtol=1e-12)


def test_the_weights_of_batches_are_those_of_their_samples(data):
    """Each weight is one of two, and so are the labels: with them turned round nothing else would be learnt."""
    X, Y = data
    network, options = create(widths=(2, 1)), {"batch_size": 7, "rng": 3, "iterations": 50}
    weighted, _ = run(network, data, sample_weight=np.where(Y[:, 0], 1.0, 0.0), **options)
    assert weighted.probabilities(X).mean() > 0.9


def test_a_weighted_gradient_of_a_network_meets_finite_differences(data):
    X, Y, weights = *data, np.linspace(0, 3, 30)
    network = create(widths=(2, 3, 1))
    found, (first, _) = network.loss_and_gradients(X, Y, weights)
    assert found == network.loss(X, Y, weights)

    def loss(W):
        layers = [Dense(W, network.layers[0].b), network.layers[1]]
        return Network(layers, network.activations, network.output).loss(X, Y, weights)

    np.testing.assert_allclose(first.W, central_difference(loss, network.layers[0].W), rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("n", [2, 50], ids=["fewer inputs than samples", "more inputs than samples"])
def test_decay_is_descent_on_the_loss_with_half_the_squares_of_the_weights_but_not_of_the_biases(rng, n):
    X, Y = rng.normal(size=(30, n)), rng.integers(0, 2, (30, 1))
    network = create(widths=(n, 4, 1), initialisation="normal")
    trained, _ = run(network, (X, Y), rate=0.1, decay=0.3, iterations=3)
    for _ in range(3):
        _, gradients = network.loss_and_gradients(X, Y)
        pairs = zip(network.layers, gradients, strict=True)
        layers = [Dense(d.W - 0.1 * (g.W + 0.3 * d.W), d.b - 0.1 * g.b) for d, g in pairs]
        network = Network(layers, network.activations, network.output)
    assert_same_network(trained, network, rtol=1e-12)


@pytest.mark.parametrize("decay", [0.0, 0.3])
def test_a_linear_neuron_descends_to_the_weights_of_ridge_regression(rng, decay):
    X = rng.normal(size=(40, 3))
    Y = X @ [[1.0], [-2.0], [0.5]] + 3 + rng.normal(size=(40, 1))
    network = create(widths=(3, 1), output="linear")
    trained, history = run(network, (X, Y), rate=0.5, decay=decay, iterations=500)
    ridge = Ridge(alpha=decay * 40).fit(X, Y[:, 0])
    np.testing.assert_allclose(trained.layers[0].W[:, 0], ridge.coef_, rtol=1e-10)
    np.testing.assert_allclose(trained.layers[0].b.item(), ridge.intercept_, rtol=1e-10)
    assert history.accuracy[-1] == pytest.approx(ridge.score(X, Y[:, 0]), rel=1e-10)


def test_the_neuron_of_least_log_loss_with_decay_is_that_of_logistic_regression(rng):
    X = rng.normal(size=(40, 3))
    Y = (X[:, :1] + rng.normal(size=(40, 1)) > 0).astype(int)
    trained, _ = run(create(widths=(3, 1)), (X, Y), rate=2, decay=0.1, iterations=2000)
    peer = LogisticRegression(C=1 / (0.1 * 40), tol=1e-12, max_iter=1000).fit(X, Y[:, 0])
    np.testing.assert_allclose(trained.layers[0].W[:, 0], peer.coef_[0], rtol=1e-5)
    np.testing.assert_allclose(trained.layers[0].b[0], peer.intercept_, rtol=1e-4)


def test_numbers_to_be_predicted_must_be_finite():
    with pytest.raises(ValueError, match="Y holds NaN or infinity"):
        run(create(widths=(2, 1), output="linear"), (X, np.array([[1.0], [np.nan]])))


@pytest.mark.parametrize("decay", [-1, np.nan, np.inf, "0.1"])
def test_a_decay_that_is_no_number_is_refused(data, decay):
    with pytest.raises(ValueError, match="decay="):
        run(create(), data, decay=decay)


X, Y = np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([[0], [1]])


@pytest.mark.parametrize(
    "samples, labels, message",
    [
        (np.zeros((0, 2)), np.zeros((0, 1)), r"X has shape \(0, 2\): give one or more rows"),
        (X[:, :1], Y, r"X has shape \(2, 1\): give one or more rows of 2 inputs"),
        (np.array([[0, np.nan], [1, 0]]), Y, "X holds NaN or infinity"),
        (X, Y[:1], r"Y has shape \(1, 1\): 2 samples and 1 outputs take labels of shape \(2, 1\)"),
        (X, Y[:, 0], r"Y has shape \(2,\)"),
        (X, np.array([[0], [2]]), "Y holds entries other than 0 and 1"),
        (X, np.array([[0], [np.nan]]), "Y holds entries other than 0 and 1"),
        (
            X,
            np.array([["cat"], ["dog"]]),
            "Y is of type ndarray with entries of type <U3, not real numbers: encode them",
        ),
        (X, np.array([[1], [1]]), "Y holds a single class"),
        (X + 0j, Y, "X or the network is complex: training takes real numbers"),
        (X, Y + 0j, "Y is of type ndarray with entries of type complex128, not real numbers"),
    ],
)
def test_data_that_cannot_be_learnt_from_is_refused(samples, labels, message):
    with pytest.raises(ValueError, match=message):
        run(create(), (samples, labels))


@pytest.mark.parametrize("batch_size", [None, 7])
def test_the_layout_of_the_samples_in_memory_does_not_change_the_training(rng, batch_size):
    X, Y = rng.normal(size=(60, 20)), np.eye(3)[rng.integers(0, 3, 60)]
    options = {"iterations": 30, "batch_size": batch_size, "rng": 0}
    expected, _ = run(create(widths=(20, 9, 3), output="softmax"), (X, Y), **options)
    for layout in (np.asfortranarray, lambda A: np.repeat(A, 2, axis=1)[:, ::2], lambda A: A[::-1].copy()[::-1]):
        found, _ = run(create(widths=(20, 9, 3), output="softmax"), (layout(X), layout(Y)), **options)
        assert found == expected


def test_a_network_of_complex_weights_is_not_trained():
    network = Network([Dense(np.array([[1j], [1]]), np.zeros((1, 1)))], [], "sigmoid")
    with pytest.raises(ValueError, match="training takes real numbers"):
        run(network, (X, Y))


@pytest.mark.parametrize("rows", [[[1, 1], [0, 1]], [[0, 0], [0, 1]]])
def test_labels_of_a_softmax_that_are_not_one_hot_are_refused(rows):
    with pytest.raises(ValueError, match="Y has rows that are not one-hot"):
        run(create(widths=(2, 2), output="softmax"), (X, np.array(rows)))


@pytest.mark.parametrize("validation", [(X[:, :1], Y), (X, Y[:1]), (X, 2 * Y)])
def test_validation_data_is_checked_and_named(validation):
    with pytest.raises(ValueError, match=r"^validation: [XY] "):
        run(create(), (X, Y), validation=validation)


@pytest.mark.parametrize("argument", ["iterations", "record_every", "batch_size", "patience"])
@pytest.mark.parametrize("value", [0, -1, 2.5, "3"])
def test_counts_that_are_not_positive_integers_are_refused(argument, value):
    with pytest.raises(ValueError, match=rf"{argument}={value!r}: give a positive integer"):
        run(create(), (X, Y), **{"rng": np.random.default_rng(0), "validation": (X, Y), argument: value})


def test_batches_without_a_generator_are_refused():
    with pytest.raises(ValueError, match="batch_size needs rng"):
        run(create(), (X, Y), batch_size=1)


def test_a_loss_that_is_infinite_before_any_step_is_not_said_to_come_from_the_rate(data):
    network = Network.create([2, 1], rng=0, output="linear")
    with pytest.raises(Diverged, match="iteration 0 .*; begin with smaller weights, standardise Y, or") as error:
        run(network, (data[0], 1e300 * np.ones_like(data[1])))
    assert "rate" not in str(error.value)


def test_a_loss_that_rose_by_decay_is_not_put_down_to_the_rate_alone(data):
    trained, _ = run(create(), data, iterations=500)
    with pytest.warns(UserWarning, match="the loss rose .*; lower decay=1, lower the rate of"):
        run(trained, data, rate=0.01, iterations=200, decay=1)
