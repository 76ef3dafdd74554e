"""The training step as NumPy code that is printed from formulas, which are proved for a network of every depth."""

from functools import cache

from sympy import log, tanh

from claims import Grad, Layers, apply, hadamard, inner, matrix, named, ones, prove, scalar, sigma, sizes
from claims.depth.claimed import EveryDepth, every_depth
from claims.depth.layers import WrittenOut
from claims.numpy_code.source import compiled, numpy_source

m = sizes("m")
y, eta, z = matrix("y", m, 1), scalar("eta"), scalar("z")
NET = Layers(matrix("X", m, sizes("n_0")))


def answers(Z):
    """The probabilities, from the logits."""
    return named("A_L", apply(sigma, Z))


def loss(Z):
    """The mean log loss of the logits."""
    A, one = answers(Z), ones(m, 1)
    return -(inner(y, apply(log, A)) + inner(one - y, apply(log, one - A))) / m


def slope_at_top(Z):
    """dZ_L."""
    return (answers(Z) - y) / m


def slope_below(net: Layers, l):
    """dZ_l, from the slope at the layer above."""
    return hadamard(net.dZ(l + 1) * net.W(l + 1).T, apply(net.g(l).prime, net.Z(l)))


def gradients(net: Layers, l) -> list:
    """Weights and biases of layer l, with their gradients."""
    return [(net.W(l), net.A(l - 1).T * net.dZ(l)), (net.b(l), ones(1, m) * net.dZ(l))]


@cache
def proof() -> EveryDepth:
    """The formulas above are the gradients of the loss, for every depth.

    Raises:  what `claim` raises if they are not
    """
    return every_depth("step", NET, loss, slope_at_top, slope_below, gradients)


@cache
def source(depth: int) -> str:
    """The source of `step(X, y, eta, W_1, b_1, ...)`: weights and biases after a step, in this order.

    Raises:  what `claim` raises if the formulas are not proved
    """
    proof()
    net = WrittenOut(NET, depth, slope_at_top, slope_below)
    pairs = [pair for l in range(1, depth + 1) for pair in gradients(net, l)]
    moved = [parameter - eta * gradient for parameter, gradient in pairs]
    return numpy_source(moved, "step", [NET.samples, y, eta, *(parameter for parameter, _ in pairs)])


def step(depth: int, np):
    """The function of this source, with tanh in hidden layers, where `np` is numpy or another module of its names."""
    slope = prove("tanh-derivative", Grad(tanh(z), z), 1 - tanh(z) ** 2).rhs
    functions = {"g": np.tanh, "g_prime": compiled(slope, "g_prime", [z], {"np": np})}
    names = {f"g_{l}{end}": functions[f"g{end}"] for l in range(1, depth) for end in ("", "_prime")}
    scope = {"np": np, **names}
    exec(source(depth), scope)  # noqa: S102  our own source, from expressions
    return scope["step"]
