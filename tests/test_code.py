"""NumPy code made from proved formulas computes what `neurone` computes, and what 50 digits say."""

import subprocess
import sys

import mpmath
import numpy as np
import pytest
import sympy as sp
from gradient_targets import LONGEST, TARGETS, TOGETHER, K, X, Y, b, derived, h1, h2, log_loss, m, n, w, y
from precision import assert_ulps, exactly
from readback import latex_names, point
from samples import but

from claims.gradients.derive import gradients
from claims.language import NAMES, Grad, apply, inner, is_matrix, matrix, named, ones, scalar, sigma, softmax, total
from claims.numbers.values import Environment, evaluate
from claims.numpy_code.source import compiled, numpy_source
from neurone.activations import ACTIVATIONS
from neurone.layers import Dense
from neurone.losses import cross_entropy_gradient, log_loss_gradient
from neurone.network import Network

pytestmark = TOGETHER

RNG_SEED = 7
HIDDEN = {"sigmoid": sigma, "tanh": sp.tanh, "relu": lambda z: sp.Max(0, z)}


def labels(rng, rows, classes):
    return np.eye(classes)[rng.integers(0, classes, rows)] if classes > 1 else rng.integers(0, 2, (rows, 1)) * 1.0


def logits_of(layers, activations, samples):
    """A network with its layers as symbols; the last logits, the parameters, and the quantities on the way."""
    A, parameters = samples, []
    for k, f in enumerate([*activations, None], 1):
        W, bias = layers[k - 1]
        Z = named(f"Z{k}", A * W + ones(m) * bias)
        A = named(f"A{k}", apply(f, Z)) if f else Z
        parameters += [W, bias]
    return A, parameters


def formulas(depth, hidden, output):
    """The derivations of all gradients of a network of a depth, and the arguments of their code."""
    widths = [n, *(h1, h2)[: depth - 1], K]
    layers = [(matrix(f"W{k}", widths[k - 1], widths[k]), matrix(f"b{k}", 1, widths[k])) for k in range(1, depth + 1)]
    Z, parameters = logits_of(layers, [HIDDEN[hidden]] * (depth - 1), X)
    if output == "sigmoid":
        found = gradients(log_loss(named("P", apply(sigma, Z)), Y), parameters)
    else:
        loss = -inner(Y, apply(sp.log, named("P", softmax(Z)))) / m
        found = gradients(loss, parameters, given=[sp.Eq(Y * ones(K), ones(m), evaluate=False)])
    return found, [X, Y, *parameters]


# ---------------------------------------------------------------- what the code looks like
def test_the_code_reads_as_a_person_would_write_it():
    d = derived("two layers, tanh")
    Z1 = TARGETS["two layers, tanh"].wrt
    assert numpy_source([x.result for x in d], "gradients", [X, Y, *Z1]) == (
        "def gradients(X, Y, W1, b1, W2, b2):\n"
        "    m = X.shape[0]\n"
        "    Z1 = X @ W1 + b1\n"
        "    A1 = np.tanh(Z1)\n"
        "    Z2 = A1 @ W2 + b2\n"
        "    A2 = 1 / (1 + np.exp(-Z2))\n"
        "    dZ2 = (A2 - Y) / m\n"
        "    dZ1 = (dZ2 @ W2.T) * (1 - A1**2)\n"
        "    return X.T @ dZ1, np.sum(dZ1, axis=0, keepdims=True), A1.T @ dZ2, np.sum(dZ2, axis=0, keepdims=True)\n"
    )


def test_a_named_quantity_that_is_given_is_not_computed_again():
    A = named("A", apply(sigma, X * w + b * ones(m)))
    assert numpy_source(X.T * (A - y) / m, "gradient", [X, A, y]) == (
        "def gradient(X, A, y):\n    m = X.shape[0]\n    return X.T @ (A - y) / m\n"
    )


def test_ones_broadcast_only_where_something_has_the_whole_shape():
    row = matrix("r", 1, n)
    assert numpy_source(X + ones(m) * row, "f", [X, row]).endswith("return X + row\n".replace("row", "r"))
    alone = compiled(ones(m) * row, "f", [X, row], {"np": np})
    assert alone(np.zeros((3, 2)), np.array([[1.0, 2.0]])).shape == (3, 2)
    both = compiled(ones(m) * row + matrix("c", m) * ones(1, n), "f", [X, row, matrix("c", m)], {"np": np})
    assert np.array_equal(
        both(np.zeros((2, 2)), np.array([[1.0, 2.0]]), np.array([[10.0], [20.0]])), [[11, 12], [21, 22]]
    )


def test_a_power_by_a_row_that_scales_rows_is_a_column():
    row = matrix("r", 1, m)
    scaled = sp.MatMul(sp.DiagMatrix(sp.HadamardPower(2, row)), X)
    assert "return 2**r.T * X\n" in numpy_source(scaled, "scaled", [row, X])


def test_a_symbol_that_nobody_gives_is_named():
    with pytest.raises(ValueError, match="lambda: neither an argument nor a size"):
        numpy_source(scalar("lambda") * w, "f", [w])


def test_a_derivative_has_no_code_until_it_is_derived():
    with pytest.raises(NotImplementedError, match="no NumPy"):
        numpy_source(Grad(total(X), X), "f", [X])


def test_what_a_function_makes_of_each_entry_by_a_matrix_has_no_code():
    """The sums of w_i y were computed as the one number np.sum(w * y)."""
    sums = apply(lambda t: total(t * y + y), w)
    with pytest.raises(NotImplementedError, match="no NumPy for what a function makes of each entry by a matrix"):
        numpy_source(sums, "sums", [w, y])


def test_making_code_needs_no_numpy():
    program = (
        "import sys, claims.numpy_code.source, claims.gradients.derive; from claims.language import *; m, n = sizes('m n');"
        "print(claims.numpy_code.source.numpy_source(matrix('X', m, n).T, 'f', [matrix('X', m, n)])); assert 'numpy' not in sys.modules"
    )
    assert subprocess.check_output([sys.executable, "-c", program], text=True) == "def f(X):\n    return X.T\n\n"


# ---------------------------------------------------------------- what it computes
@pytest.mark.parametrize("name", but(LONGEST, TARGETS))
def test_the_code_of_every_derivation_computes_its_closed_form(name):
    T, found = TARGETS[name], derived(name)
    everything = sp.Tuple(T.scalar, *T.wrt, *T.names)
    env = point(everything, np.random.default_rng(RNG_SEED), 0.1)
    symbols = [s for s in dict.fromkeys(sp.preorder_traversal(everything)) if s in env and not isinstance(s, NAMES)]
    args = [s for s in symbols if is_matrix(s) or isinstance(s, sp.Symbol) and not s.is_integer]
    functions = {"g": latex_names(everything, env).get("g"), "g_prime": wave_slope}
    values = [np.array(env[s], dtype=float) if is_matrix(s) else float(env[s]) for s in args]
    got = compiled([d.result for d in found], "f", args, {"np": np, **functions})(*values)
    for d, value in zip(found, got if len(found) > 1 else [got], strict=True):
        want = np.array(evaluate(d.closed, env), dtype=float)
        np.testing.assert_allclose(value, want, rtol=1e-12, atol=1e-13)


def wave_slope(z):
    return np.cos(z) + 2 * z / 3


@pytest.mark.parametrize(
    ("depth", "output", "hidden"),
    [(1, "sigmoid", "tanh"), (2, "softmax", "sigmoid"), (3, "softmax", "relu")]
    + [
        pytest.param(*network, marks=pytest.mark.long)
        for network in [(1, "softmax", "tanh"), (3, "sigmoid", "tanh"), (2, "softmax", "tanh"), (2, "softmax", "relu")]
        + [(2, "sigmoid", hidden) for hidden in HIDDEN]
    ],
)
def test_back_propagation_agrees_with_the_code_of_the_proved_gradients(depth, output, hidden, rng):
    found, args = formulas(depth, hidden, output)
    assert all(proof.state == "proved-all" for proof in found[0].proofs)  # every adjoint on the way
    widths = [5, *(4, 3)[: depth - 1], 1 if output == "sigmoid" else 3]
    net = Network.create(widths, hidden=hidden, output=output, rng=rng, initialisation="glorot", dtype=np.float64)
    samples, targets = rng.normal(size=(8, 5)), labels(rng, 8, widths[-1])
    arrays = [a for layer in net.layers for a in (layer.W, layer.b)]
    code = compiled([d.result for d in found], "f", args, {"np": np})
    computed = [a for layer in net.loss_and_gradients(samples, targets)[1] for a in (layer.W, layer.b)]
    generated = code(samples, targets, *arrays)
    assert [a.shape for a in computed] == [a.shape for a in generated]
    assert_ulps(np.concatenate(computed, axis=None), np.concatenate(generated, axis=None), 4)


@pytest.mark.parametrize(("output", "ours"), [("sigmoid", log_loss_gradient), ("softmax", cross_entropy_gradient)])
def test_loss_gradients_agree_with_the_code_and_with_fifty_digits(output, ours, rng):
    Z = matrix("Z", m, K)
    P = named("P", apply(sigma, Z) if output == "sigmoid" else softmax(Z))
    loss = log_loss(P, Y) if output == "sigmoid" else -inner(Y, apply(sp.log, P)) / m
    given = () if output == "sigmoid" else (sp.Eq(Y * ones(K), ones(m), evaluate=False),)
    (d,) = gradients(loss, [Z], given)
    d.check()
    logits, targets = 3 * rng.normal(size=(4, 3)), labels(rng, 4, 3)
    code = compiled(d.result, "gradient", [Z, Y], {"np": np})(logits, targets)
    with mpmath.workdps(50):
        env = Environment({Z: exactly(logits), Y: exactly(targets), m: 4, K: 3})
        precise = np.array(evaluate(Grad(loss, Z), env), dtype=float)
    assert_ulps(ours(logits, targets), code, 4)
    assert_ulps(ours(logits, targets), precise, 4)


def test_a_dense_layer_agrees_with_the_code_and_with_fifty_digits(rng):
    A, W, bias, G = matrix("A", m, n), matrix("W", n, K), matrix("b", 1, K), matrix("G", m, K)
    paired = inner(G, A * W + ones(m) * bias)
    found = gradients(paired, [A, W, bias])
    values = [rng.normal(size=shape) for shape in ((6, 4), (4, 3), (1, 3), (6, 3))]
    layer = Dense(values[1], values[2])
    weights = layer.gradients(values[0], values[3])
    ours = [layer.backward(values[3]), weights.W, weights.b]
    code = compiled([d.result for d in found], "f", [A, W, bias, G], {"np": np})(*values)
    with mpmath.workdps(50):
        env = Environment(dict(zip((A, W, bias, G), map(exactly, values), strict=True)) | {m: 6, n: 4, K: 3})
        precise = [np.array(evaluate(Grad(paired, x), env), dtype=float) for x in (A, W, bias)]
    for mine, generated, exact in zip(ours, code, precise, strict=True):
        assert_ulps(mine, generated, 4)
        assert_ulps(mine, exact, 4)


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu"])
def test_activations_and_their_slopes_agree_with_the_code(name, rng):
    Z = matrix("Z", m, n)
    A = named("A", apply(HIDDEN[name], Z))
    (d,) = gradients(total(A), [Z])
    value = compiled(A.expr, "f", [Z], {"np": np})
    slope = compiled(d.result, "f", [Z], {"np": np})
    at = 2 * rng.normal(size=(5, 4))
    ours = ACTIVATIONS[name]
    assert_ulps(ours.value(at), value(at), 2)
    assert_ulps(ours.derivative(ours.value(at)), slope(at), 4)


def test_a_planted_fault_is_seen(rng):
    Z = matrix("Z", m, K)
    wrong = compiled(apply(sigma, Z) - Y, "f", [Z, Y], {"np": np})  # the 1/m is lost
    logits, targets = rng.normal(size=(4, 3)), labels(rng, 4, 3)
    with pytest.raises(AssertionError):
        assert_ulps(log_loss_gradient(logits, targets), wrong(logits, targets), 8)
