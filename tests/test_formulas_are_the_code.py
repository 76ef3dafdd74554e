"""The formulas that the chapters state, made into NumPy code, compute what `neurone` computes."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import mpmath
import numpy as np
import pytest
import sympy as sp
from chapters import PAGES, TOGETHER, named_in, statements
from precision import assert_ulps, exactly
from readback import array, wave
from samples import but

import neurone
from claims.gradients.derivation import Derivation
from claims.language import Activation, Nonnegative, Partial, is_matrix, parts
from claims.numbers.values import Environment, evaluate
from claims.numpy_code.source import compiled
from claims.proof.definition import Definition
from coursebook.checks.docstrings import named_claims
from neurone.activations import relu, sigmoid, softmax, tanh
from neurone.gradient_check import central_difference, complex_step
from neurone.layers import Dense
from neurone.losses import (
    OUTPUTS,
    cross_entropy,
    cross_entropy_gradient,
    log_loss,
    log_loss_gradient,
    squared_error,
    squared_error_gradient,
)
from neurone.network import Network
from neurone.optimisers import GradientDescent, decayed
from neurone.span import Span, SpanLayer

pytestmark = TOGETHER

ULPS = 64  # sums of dozens of terms, in the order of whatever machine; a slip is a million times as far off
PAGE = {id: page for page in PAGES for id in named_in(page)}
NAMESPACE = {"np": np, "g": tanh.value, "g_prime": lambda z: tanh.derivative(tanh.value(z))}  # g may be any function


# ---------------------------------------------------------------- what the library computes
def neuron(w, b):
    return Network([Dense(w, np.array([[b]]))], [], OUTPUTS["sigmoid"])


def neuron_gradient(X, w, b, y) -> Dense:
    return neuron(w, b).loss_and_gradients(X, y)[1][0]


def two_layers(W1, b1, W2, b2):
    return Network([Dense(W1, b1), Dense(W2, b2)], [tanh], OUTPUTS["sigmoid"])


def two_layer_gradients(X, W1, b1, W2, b2, y) -> list[Dense]:
    return two_layers(W1, b1, W2, b2).loss_and_gradients(X, y)[1]


def blank(n, p):
    """A layer whose entries have no part in what is asked of it."""
    return Dense(np.zeros((n, p)), np.zeros((1, p)))


def first_slopes(layers, activations, A, Y, output=OUTPUTS["sigmoid"]):
    """The gradient of the logits of the first layer, which are its weights' if its samples are the rows of 1."""
    samples = np.eye(len(A[-1]))
    return Network(layers, activations, output).backpropagate([samples, *A], Y)[0].W


def logit_slopes(Z, y):
    return first_slopes([blank(len(Z), 1)], [], [Z], y)


def slopes_one_layer_back(dZ, W, Z):
    given = replace(OUTPUTS["sigmoid"], loss_gradient=lambda logits, labels: dZ)
    layers = [blank(len(Z), len(W)), Dense(W, np.zeros((1, W.shape[1])))]
    return first_slopes(layers, [tanh], [tanh.value(Z), dZ], dZ, given)


def logits_in_the_span(X, w, C):
    return SpanLayer(C, np.zeros((1, 1))).forward(Span(X, w).coordinates(X))


def weights_in_the_span(X, w, C) -> np.ndarray:
    return Span(X, w).leave(neuron(C, 0.0)).layers[0].W


def step_in_the_span(X, w, C, b, y, rate):
    span = Span(X, w)
    inside = replace(span.enter(neuron(w, b)), layers=[SpanLayer(C, np.array([[b]]))])
    (slope,) = inside.backpropagate(inside.forward(span.coordinates(X)), y)
    return weights_in_the_span(X, w, GradientDescent(rate)(C, slope.W)[0])


def waves(x):
    """A function with all its digits, so that the difference of its values has them too."""
    return mpmath.fsum(wave(mpmath.mpmathify(z)) for z in x.flat)


# ---------------------------------------------------------------- the table
class Row(NamedTuple):
    """The symbols of a statement in the order of the arguments of `ours`, and values for those not drawn at random."""

    names: str
    ours: Callable
    at: Mapping = MappingProxyType({})


# Few binary digits, and between two powers of two: x + h and x - h are rounded alike, and stay equally far from x.
GRID = np.array([-0.875, -0.65625, 0.53125, 0.71875, 0.96875])
STEP = (0.75 + np.cbrt(np.finfo(float).eps)) - 0.75
NEURON, TWO_LAYERS = "X w b", "X W_1 b_1 W_2 b_2"

CODE = {
    # one neuron
    "logits": Row(NEURON, lambda X, w, b: neuron(w, b).logits(X)),
    "neuron": Row(NEURON, lambda X, w, b: neuron(w, b).probabilities(X)),
    "softplus-stable": Row("z", lambda z: log_loss(z[..., None, None], np.zeros((1, 1)))),
    "log-loss-gradient-logit": Row(NEURON + " y", lambda X, w, b, y: log_loss_gradient(neuron(w, b).logits(X), y)),
    "log-loss-gradient-weights": Row(NEURON + " y", lambda *given: neuron_gradient(*given).W),
    "log-loss-gradient-bias": Row(NEURON + " y", lambda *given: neuron_gradient(*given).b.item()),
    "log-loss-backward": Row(NEURON + " y", lambda *given: neuron_gradient(*given).W),
    "gradient-step": Row(
        NEURON + " y eta", lambda X, w, b, y, eta: GradientDescent(eta)(w, neuron_gradient(X, w, b, y).W)[0]
    ),
    # activations
    "sigmoid": Row("z", sigmoid.value),
    "sigmoid-by-tanh": Row("z", sigmoid.value),
    "sigmoid-derivative": Row("z", lambda z: sigmoid.derivative(sigmoid.value(z))),
    "tanh": Row("z", tanh.value),
    "tanh-derivative": Row("z", lambda z: tanh.derivative(tanh.value(z))),
    "relu": Row("Z", relu.value),
    "relu-slopes": Row("z s", lambda z, s: relu.derivative(relu.value(z))),
    "relu-subgradient": Row(
        "u z s", lambda u, z, s: relu.value(u) - relu.value(z) - (u - z) * relu.derivative(relu.value(z))
    ),
    # many classes
    "softmax": Row("Z", softmax),
    "softmax-shift-invariance": Row("Z c", lambda Z, c: softmax(Z)),
    "softmax-less-the-largest": Row("z", softmax),
    "temperature": Row("Z T", lambda Z, T: softmax(Z / T)),
    "cross-entropy": Row("Z Y", cross_entropy),
    "cross-entropy-from-logits": Row("Z Y", cross_entropy),
    "softmax-cross-entropy-gradient": Row("Z Y", cross_entropy_gradient),
    # numbers
    "squared-error": Row("Z Y", squared_error),
    "squared-error-gradient": Row("Z Y", squared_error_gradient),
    "charged-gradient": Row(
        NEURON + " y mu", lambda X, w, b, y, decay: decayed(neuron_gradient(X, w, b, y).W, w, decay)
    ),
    # layers
    "layer-forward": Row("A_{l-1} W_l b_l", lambda A, W, b: Dense(W, b).forward(A)),
    "two-layer-logits": Row(TWO_LAYERS, lambda X, *layers: two_layers(*layers).logits(X)),
    "two-layer-backward": Row(TWO_LAYERS + " y", lambda *given: two_layer_gradients(*given)[0].W),
    "two-layer-gradient-w1": Row(TWO_LAYERS + " y", lambda *given: two_layer_gradients(*given)[0].W),
    "two-layer-gradient-b1": Row(TWO_LAYERS + " y", lambda *given: two_layer_gradients(*given)[0].b),
    "two-layer-gradient-w2": Row(TWO_LAYERS + " y", lambda *given: two_layer_gradients(*given)[1].W),
    "two-layer-gradient-b2": Row(TWO_LAYERS + " y", lambda *given: two_layer_gradients(*given)[1].b),
    "backprop-output": Row("Z_L y", logit_slopes),
    "backprop-weights": Row("A_{l-1} dZ_l", lambda A, dZ: blank(A.shape[1], dZ.shape[1]).gradients(A, dZ).W),
    "backprop-bias": Row("dZ_l", lambda dZ: blank(1, dZ.shape[1]).gradients(dZ[:, :1], dZ).b),
    "backprop-inputs": Row("dZ_l W_l", lambda dZ, W: Dense(W, np.zeros((1, W.shape[1]))).backward(dZ)),
    "backprop-step": Row("dZ_l W_l Z_{l-1}", slopes_one_layer_back),
    # the span of the samples
    "weights-in-the-span": Row("X w_0 C", weights_in_the_span),
    "logits-in-the-span": Row("X w_0 C", logits_in_the_span),
}

# There is no code for a derivative, an integral or the square root of -1, and log(1 - A) loses digits near A = 1.
FIFTY_DIGITS = {
    "log-loss": Row(NEURON + " y", lambda X, w, b, y: neuron(w, b).loss(X, y)),
    "log-loss-from-logits": Row(NEURON + " y", lambda X, w, b, y: neuron(w, b).loss(X, y)),
    "gradient-descent-in-the-span": Row("X w_0 C b y eta", step_in_the_span),
    "central-difference": Row("x h", lambda x, h: central_difference(waves, x), {"x": GRID, "h": STEP}),
    "central-difference-error": Row("x h", lambda x, h: central_difference(waves, x), {"x": GRID, "h": STEP}),
    "complex-step": Row("x h", lambda x, h: complex_step(waves, x), {"x": GRID, "h": 1e-30}),
    "complex-step-error": Row("x h", lambda x, h: complex_step(waves, x), {"x": GRID, "h": 1e-30}),
}

NOT_COMPUTED = {
    "log-loss-curvature-bound": "a bound on how a loss bends; test_optimisers.py steps below the rate that follows",
    "step-lowers-a-quadratic": "what a step gains in any bowl; test_optimisers.py steps on both sides of the limit",
    "velocity-step": "a sum over the steps; test_optimisers.py adds it up",
    "fading-mean-step": "a sum over the steps; test_optimisers.py adds it up",
    "bias-correction": "a sum over the steps of equal gradients; test_optimisers.py adds it up",
    "he-variance": "an expectation over the weights; test_initialisation.py measures it",
    "glorot-variance": "a mean of two factors, which is 1; test_initialisation.py measures the variance behind it",
}


# ---------------------------------------------------------------- a statement, and arrays for its symbols
def formulas(id: str) -> list:
    """What a chapter defines, or both sides of what it claims; a side that is a derivative is what the claim is for."""
    statement = statements(PAGE[id]).get(id)
    assert statement is not None, f"{PAGE[id].name}: {id} is stated there, and its cell did not prove it"
    if isinstance(statement, Definition):
        return [statement.expr]
    if isinstance(statement, Derivation):
        return [statement.closed]
    if isinstance(statement.lhs, Nonnegative):
        return [statement.lhs.expr]
    return [statement.rhs, *([] if parts(statement.lhs, Partial) else [statement.lhs])]


def symbols(sides: list, names: str) -> list:
    """The symbols of the names, in their order."""
    kinds = (sp.Symbol, sp.MatrixSymbol)
    found = {s.name: s for side in sides for s in sp.preorder_traversal(side) if type(s) in kinds}
    return [found[name] for name in names.split()]


def drawn(arguments: list, rng, smallest: int, largest: int) -> list:
    """Random arrays for matrices, and for the variable of a function of numbers; a random number for other scalars."""
    sizes = {d: int(rng.integers(smallest, largest + 1)) for M in filter(is_matrix, arguments) for d in M.shape}
    sizes |= {d: int(d) for d in sizes if d.is_Integer}

    def draw(symbol):
        shape = tuple(sizes[d] for d in symbol.shape) if is_matrix(symbol) else ()
        match symbol.name:
            case "Y":
                return rng.dirichlet(np.ones(shape[1]), shape[0])  # rows of probabilities
            case "y":
                return rng.uniform(size=shape)
            case "eta" | "T":
                return rng.uniform(0.1, 2)
            case "u":
                return rng.normal(size=largest + 1)
            case "z" if not shape:
                return np.append(rng.normal(size=largest), 0.0)
            case "s":
                return np.append(rng.normal(size=largest), 0.0)  # the slope that the library takes at 0, and only there
        return rng.normal(size=shape) if shape else rng.normal()

    return [draw(symbol) for symbol in arguments]


def to_fifty_digits(formula, arguments: list, values: list):
    """The formula's value at matrices and numbers, or at each number of an array of them."""
    matrices = {s: exactly(v) for s, v in zip(arguments, values, strict=True) if is_matrix(s)}
    sizes = {d: k for s in matrices for d, k in zip(s.shape, (len(matrices[s]), len(matrices[s][0])), strict=True)}
    numbers = {s: v for s, v in zip(arguments, values, strict=True) if s not in matrices}
    functions = {type(f).base: wave for f in parts(formula, Activation)}

    def at(*point):
        scalars = dict(zip(numbers, map(mpmath.mpf, map(float, point)), strict=True))
        return evaluate(formula, Environment({**sizes, **matrices, **scalars}, functions))

    if is_matrix(formula):
        return array(at(*numbers.values()))
    return array(np.vectorize(at, otypes=[object])(*numbers.values()).tolist())


# ---------------------------------------------------------------- the tests
@pytest.mark.parametrize("id", CODE)
def test_the_code_of_a_formula_of_the_book_computes_what_the_library_computes(id, rng):
    sides, row = formulas(id), CODE[id]
    arguments = symbols(sides, row.names)
    for smallest, largest in ((2, 6), (2, 6), (20, 30)):
        drawing = drawn(arguments, rng, smallest, largest)
        values = [row.at.get(s.name, value) for s, value in zip(arguments, drawing, strict=True)]
        for side in sides:
            assert_ulps(compiled(side, "formula", arguments, NAMESPACE)(*values), row.ours(*values), ULPS)


@pytest.mark.parametrize("id", but({"central-difference"}, FIFTY_DIGITS))
def test_fifty_digits_of_a_formula_of_the_book_are_what_the_library_computes(id, rng):
    sides, row = formulas(id), FIFTY_DIGITS[id]
    arguments = symbols(sides, row.names)
    for smallest, largest in ((2, 6), (2, 6)):
        drawing = drawn(arguments, rng, smallest, largest)
        values = [row.at.get(s.name, value) for s, value in zip(arguments, drawing, strict=True)]
        with mpmath.workdps(50):
            ours = row.ours(*values)
            for side in sides:
                assert_ulps(to_fifty_digits(side, arguments, values), ours, ULPS)


def test_every_claim_that_the_library_names_is_computed_or_says_why_not():
    named = {id for _, id in named_claims(Path(neurone.__file__).parent)}
    assert named - CODE.keys() - FIFTY_DIGITS.keys() == NOT_COMPUTED.keys()
