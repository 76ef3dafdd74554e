"""Networks and losses whose gradients the tests derive; samples are rows, or columns where it says so."""

from __future__ import annotations

import functools
from typing import NamedTuple

import pytest
import sympy as sp

from claims.gradients.derive import gradients
from claims.language import (
    activation,
    apply,
    hadamard,
    hstack,
    inner,
    matrix,
    named,
    ones,
    scalar,
    sigma,
    sizes,
    softmax,
    total,
    vstack,
)

m, n, h1, h2, K, p = sizes("m n h_1 h_2 K p")
lam, b = scalar("lambda", positive=True), scalar("b")
X, y, w = matrix("X", m, n), matrix("y", m), matrix("w", n)
Y = matrix("Y", m, K)
g = activation("g")


class Target(NamedTuple):
    scalar: sp.Expr
    wrt: list
    given: tuple = ()
    names: tuple = ()


def log_loss(A, Y, samples=m):
    ones_ = ones(*Y.shape)
    return -(inner(Y, apply(sp.log, A)) + inner(ones_ - Y, apply(sp.log, ones_ - A))) / samples


def square_loss(A, Y):
    return inner(A - Y, A - Y) / (2 * m)


def relu(z):
    return sp.Max(0, z)


def network(widths, activations):
    """Z_l = A_{l-1} W_l + 1 b_l, A_l = g_l(Z_l), samples as rows; the last A and the parameters."""
    A, parameters = X, []
    for k, f in enumerate(activations, 1):
        W, bias = matrix(f"W{k}", widths[k - 1], widths[k]), matrix(f"b{k}", 1, widths[k])
        Z = named(f"Z{k}", A * W + ones(m) * bias)
        A = named(f"A{k}", apply(f, Z)) if f else Z
        parameters += [W, bias]
    return A, parameters


def column_network(widths, activations):
    """Z_l = W_l A_{l-1} + b_l 1^T, A_l = g_l(Z_l), samples as columns."""
    A, parameters = matrix("X", n, m), []
    for k, f in enumerate(activations, 1):
        W, bias = matrix(f"W{k}", widths[k], widths[k - 1]), matrix(f"b{k}", widths[k], 1)
        Z = named(f"Z{k}", W * A + bias * ones(1, m))
        A = named(f"A{k}", apply(f, Z)) if f else Z
        parameters += [W, bias]
    return A, parameters


def neurons() -> dict[str, Target]:
    Z = named("Z", X * w + b * ones(m))
    A = named("A", apply(sigma, Z))
    written_out = named("A", apply(lambda z: 1 / (1 + sp.exp(-z)), Z))
    ridge = log_loss(A, y) + lam / 2 * inner(w, w)
    return {
        "neuron": Target(log_loss(A, y), [w, b]),
        "neuron, sigma written out": Target(log_loss(written_out, y), [w]),
        "neuron, named loss": Target(named("L", log_loss(A, y)), [w, b, Z]),
        "ridge": Target(ridge, [w]),
        "squared error": Target(inner(X * w - y, X * w - y) / (2 * m), [w]),
        "squared error after sigma": Target(square_loss(A, y), [w]),
    }


def networks() -> dict[str, Target]:
    out = {}
    for name, f in (("g", g), ("sigma", sigma), ("tanh", sp.tanh), ("ReLU", relu)):
        A, parameters = network([n, h1, K], [f, sigma])
        out[f"two layers, {name}"] = Target(log_loss(A, Y), parameters)
    A, parameters = network([n, h1, h2, K], [g, g, sigma])
    out["three layers"] = Target(log_loss(A, Y), parameters)
    Z, parameters = network([n, h1, K], [g, None])
    out["two layers, linear output, squared error"] = Target(square_loss(Z, Y), parameters[:2])
    for name, f in (("g", g), ("ReLU", relu)):
        A, parameters = column_network([n, h1, K], [f, sigma])
        out[f"two layers, columns, {name}"] = Target(log_loss(A, matrix("Y", K, m)), parameters)
    return out


def softmaxes() -> dict[str, Target]:
    Z, rows_sum_to_one = matrix("Z", m, K), sp.Eq(Y * ones(K), ones(m), evaluate=False)
    P = named("P", softmax(Z))
    entropy = -inner(Y, apply(sp.log, P)) / m
    W, bias = matrix("W", n, K), matrix("b", 1, K)
    P_layer = named("P", softmax(named("Z", X * W + ones(m) * bias)))
    layer = -inner(Y, apply(sp.log, P_layer)) / m
    Zc, Yc = matrix("Z", K, m), matrix("Y", K, m)
    Pc = named("P", softmax(Zc.T).T)
    columns_sum_to_one = sp.Eq(ones(1, K) * Yc, ones(1, m), evaluate=False)
    return {
        "softmax and cross-entropy": Target(entropy, [Z], (rows_sum_to_one,)),
        "softmax and cross-entropy, any Y": Target(entropy, [Z]),
        "softmax and cross-entropy, columns": Target(-inner(Yc, apply(sp.log, Pc)) / m, [Zc], (columns_sum_to_one,)),
        "softmax layer": Target(layer, [W, bias], (rows_sum_to_one,)),
        "softmax, squared error": Target(square_loss(P, Y), [Z]),
    }


def vectors() -> dict[str, Target]:
    z, u, v, H, E = matrix("z", K), matrix("u", p), matrix("v", p), matrix("H", p, p), apply(sp.exp, matrix("z", K))
    norm = sp.sqrt(inner(v, v))
    return {
        "log-sum-exp": Target(sp.log(total(E)), [z], names=(named("s", E / total(E)),)),
        "quadratic form": Target(total(v.T * H * v) / 2, [v]),
        "quadratic form, symmetric": Target(
            total(v.T * H * v) / 2 - inner(u, v), [v], (sp.Eq(H.T, H, evaluate=False),)
        ),
        "norm": Target(norm, [v]),
        "normalised direction": Target(inner(v / norm, u), [v]),
        "trace": Target(sp.Trace(H * H.T * matrix("B", p, p)), [H]),
        "absolute values": Target(total(apply(sp.Abs, v)), [v]),
        "diagonal": Target(inner(u, sp.DiagMatrix(v) * H * u), [v, H]),
    }


def attention() -> dict[str, Target]:
    Q, keys, V, R = matrix("Q", m, p), matrix("K", n, p), matrix("V", n, h2), matrix("R", m, h2)
    S = named("S", Q * keys.T / sp.sqrt(p))
    A = named("A", softmax(S))
    return {"attention": Target(inner(R, A * V), [Q, keys, V])}


def number_in_a_block() -> Target:
    """A bias that stands once for each sample."""
    residual = hstack(X, b * ones(m)) * matrix("w", n + 1) - y
    return Target(inner(residual, residual) / 2, [b])


def columns(M, k: int, count: int):
    """The k-th of so many parts of a matrix, h_1 columns each."""
    blocks = [sp.ZeroMatrix(h1, h1)] * k + [sp.Identity(h1)] + [sp.ZeroMatrix(h1, h1)] * (count - 1 - k)
    return M * vstack(*blocks)


def cell(Z):
    """What a cell of an LSTM with memory C_0 hands on, its four gates one product."""
    F, J, O, N = [
        named(name, apply(f, columns(Z, k, 4)))
        for k, (name, f) in enumerate([("F", sigma), ("J", sigma), ("O", sigma), ("N", sp.tanh)])
    ]
    C = named("C", hadamard(F, matrix("C_0", m, h1)) + hadamard(J, N))
    return named("H", hadamard(O, apply(sp.tanh, C)))


def blocks() -> dict[str, Target]:
    A, H, R, v = matrix("A", m, p), matrix("H_0", m, h1), matrix("R", m, h1), matrix("w", 1 + n)
    with_ones = hstack(ones(m), X) * v - y
    W, upper, lower = matrix("W", n + p, K), matrix("U", n, K), matrix("V", p, K)
    one_product = named("Z", hstack(X, A) * W)
    two_products = named("Z", hstack(X, A) * vstack(upper, lower))
    Z1 = named("Z1", X * matrix("W1", n, h1))
    beside = named("Z2", hstack(X, apply(g, Z1)) * matrix("W2", n + h1, K))
    joined, gates = matrix("W", n + h1, 4 * h1), [matrix(f"W_{k}", n + h1, h1) for k in "fjon"]
    of_cell = [inner(R, cell(named("Z", hstack(X, H) * V))) for V in (joined, hstack(*gates))]
    return {
        "bias in the weights": Target(square_loss(with_ones, 0 * y), [v, X]),
        "length of a residual, bias in the weights": Target(sp.sqrt(inner(with_ones, with_ones)), [v, X]),
        "concatenated input": Target(square_loss(apply(g, one_product), Y), [W, X, A]),
        "concatenated input, weights in blocks": Target(square_loss(two_products, Y), [upper, lower, A]),
        "a layer beside its input": Target(square_loss(beside, Y), [X]),
        "LSTM, one product": Target(of_cell[0], [joined]),
        "LSTM, weights in blocks": Target(of_cell[1], gates[-1:]),
    }


TARGETS = {**neurons(), **networks(), **softmaxes(), **vectors(), **attention(), **blocks()}
TOGETHER = pytest.mark.xdist_group("derivations")  # tests that one process runs, which derives each target once
LONGEST = {"three layers", "LSTM, one product", "LSTM, weights in blocks"}  # to derive and to print


@functools.cache
def derived(name: str) -> list:
    """The derivations of a target; they are made once, and their proofs are kept with them."""
    T = TARGETS[name]
    return gradients(T.scalar, T.wrt, T.given, names=T.names)


def normalised_rows() -> Target:
    """Layer normalisation without the mean."""
    V = matrix("V", m, n)
    squares = sp.HadamardPower(X, 2) * ones(n, n)
    return Target(inner(V, hadamard(X, sp.HadamardPower(squares, -sp.S.Half))), [X])
