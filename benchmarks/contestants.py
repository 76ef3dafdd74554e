"""The contestants: each trains the network of a problem for some steps of full-batch descent, and gives its layers."""

import importlib.util
import warnings
from collections.abc import Callable, Sequence
from functools import partial

from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from benchmarks import by_jax, plain, proved
from benchmarks.problems import RATE, Problem
from benchmarks.timing import Trainer
from neurone.layers import Dense
from neurone.optimisers import GradientDescent
from neurone.training import train

CHECKED_STEPS, TOLERANCE = 10, 1e-5  # float32 has 24 bits, so 6e-8 an operation


def ours(problem: Problem, steps: int) -> plain.Layers:
    """neurone, called as the chapters call it."""
    return _ours(problem, steps, GradientDescent(RATE))


class OnTheSamples(GradientDescent):
    """The same step; `train` takes the Gram matrix for `GradientDescent` alone."""


def ours_on_the_samples(problem: Problem, steps: int) -> plain.Layers:
    """neurone without the Gram matrix, to tell what that one gains."""
    return _ours(problem, steps, OnTheSamples(RATE))


def _ours(problem: Problem, steps: int, descent: GradientDescent) -> plain.Layers:
    trained, _ = train(
        problem.network, problem.X, problem.Y, descent, iterations=steps, record_every=steps, progress=False
    )
    return [(layer.W, layer.b) for layer in trained.layers]


def plain_numpy(problem: Problem, steps: int) -> plain.Layers:
    """The plain version, in float64."""
    layers = [(layer.W.astype(float), layer.b.astype(float)) for layer in problem.network.layers]
    return plain.train(layers, problem.X.astype(float), problem.Y.astype(float), RATE, steps)


def scikit_learn(problem: Problem, steps: int) -> plain.Layers:
    """MLPClassifier, reduced to the same work: its own loop of forward, backward and update, on all samples at once.

    No momentum, shuffling or early stop, and a penalty of 0. What it cannot leave out stays in its time: the loss of
    each step (PyTorch computes it too, neurone only when it is recorded) and the norms that its penalty multiplies by 0.
    """
    start = ((layer.W.copy(), layer.b[0].copy()) for layer in problem.network.layers)
    model = MLPClassifier(
        problem.network.widths[1:-1], activation="tanh", solver="sgd", alpha=0, batch_size=len(problem.X),
        learning_rate_init=RATE, max_iter=steps, shuffle=False, tol=0, momentum=0, nesterovs_momentum=False,
        n_iter_no_change=steps + 1,
    )  # fmt: skip
    model._init_coef = lambda *_: next(start)  # its first weights are ours
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # it stops where we say
        model.fit(problem.X, problem.Y[:, 0])
    return [(W, b[None]) for W, b in zip(model.coefs_, model.intercepts_)]


def pytorch(problem: Problem, steps: int) -> plain.Layers:
    """PyTorch eager, as its tutorials write it."""
    import torch  # where it is installed

    X, Y = torch.from_numpy(problem.X), torch.from_numpy(problem.Y)
    model = _torch_network(problem.network.layers)
    log_loss, descent = torch.nn.BCEWithLogitsLoss(), torch.optim.SGD(model.parameters(), lr=RATE)
    for _ in range(steps):
        descent.zero_grad()
        log_loss(model(X), Y).backward()
        descent.step()
    return [(layer.weight.detach().numpy().T, layer.bias.detach().numpy()[None]) for layer in model[::2]]


def _torch_network(layers: Sequence[Dense]):
    from torch import from_numpy, nn

    parts = []
    for given in layers:
        layer = nn.Linear(*given.W.shape)
        layer.weight.data, layer.bias.data = from_numpy(given.W.T.copy()), from_numpy(given.b[0].copy())
        parts += [layer, nn.Tanh()]
    return nn.Sequential(*parts[:-1])


CONTESTANTS = {
    "ours": ours,
    "ours_direct": ours_on_the_samples,
    "jax": by_jax.stepwise,
    "jax_loop": by_jax.looped,
    "jax_printed": by_jax.printed,
    "torch": pytorch,
    "sklearn": scikit_learn,
    "plain": plain_numpy,
}
COMPILED = [name for name in CONTESTANTS if name.startswith("jax")]
OPTIONAL = {"torch": ("torch",), "jax": ("jax", "jaxlib")}  # what `requirements.lock` does not hold


def absent() -> list[str]:
    """The libraries of contestants that are not installed."""
    return [name for name, parts in OPTIONAL.items() if not all(map(importlib.util.find_spec, parts))]


def present() -> list[str]:
    """The contestants whose libraries are installed."""
    return [name for name in CONTESTANTS if name.partition("_")[0] not in absent()]


def trainer(name: str, problem: Problem) -> Trainer:
    """The contestant with its problem.

    With fewer samples than inputs, `neurone.train` takes the Gram matrix in runs of more than m / 32 steps.
    """
    if name == "jax_printed":
        proved.source(len(problem.network.layers))  # it is kept: nobody waits for proofs later
    m, n = problem.X.shape
    return Trainer(partial(CONTESTANTS[name], problem), 1 + m // 32 if name == "ours" and m < n else 1)


def check_agreement(problem: Problem, trainers: dict[str, Trainer]):
    """Make sure that all do the same before they are timed.

    Raises:  AssertionError if, from the same weights, one does not have the loss of the plain version, after ten steps
             and after its shortest run
    """
    for name, racer in trainers.items():
        for steps in {CHECKED_STEPS, racer.shortest}:
            found, expected = (_loss(train, problem, steps) for train in (racer.train, partial(plain_numpy, problem)))
            if not abs(found - expected) <= TOLERANCE * expected:
                raise AssertionError(f"{name} reaches the loss {found}, the plain version {expected}: they differ")


def _loss(train: Callable[[int], plain.Layers], problem: Problem, steps: int) -> float:
    return plain.loss(train(steps), problem.X.astype(float), problem.Y.astype(float))
