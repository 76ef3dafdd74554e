"""JAX, where it is installed: a compiled step that is called from Python, and a loop that is compiled as a whole.

What is compiled is kept, so that a run compiles nothing if one of the same sizes was before it.
"""

from collections.abc import Callable
from functools import cache

import numpy

from benchmarks import plain, proved
from benchmarks.problems import RATE, Problem


def stepwise(problem: Problem, steps: int) -> plain.Layers:
    """JAX differentiates the loss and compiles the step, which Python calls."""
    return _run(_jitted(own_step), problem, steps)


def looped(problem: Problem, steps: int) -> plain.Layers:
    """The same, and the loop over the steps is compiled with them."""
    import jax

    layers, X, Y = _given(problem)
    return _as_arrays(_looped(own_step)(layers, X, Y, jax.numpy.int32(steps)))


def printed(problem: Problem, steps: int) -> plain.Layers:
    """The step that is printed from proved formulas; JAX compiles it, and differentiates nothing."""
    return _run(_jitted(printed_step), problem, steps)


def own_step(layers: plain.Layers, X, Y) -> plain.Layers:
    """A step by JAX's own differentiation."""
    import jax

    slopes = jax.grad(_loss)(layers, X, Y)
    return jax.tree.map(lambda parameter, slope: parameter - RATE * slope, layers, slopes)


def printed_step(layers: plain.Layers, X, Y) -> plain.Layers:
    """A step by the proved formulas, on arrays of JAX."""
    import jax

    step = proved.step(len(layers), jax.numpy)
    moved = iter(step(X, Y, RATE, *(parameter for layer in layers for parameter in layer)))
    return list(zip(moved, moved, strict=True))


def _loss(layers: plain.Layers, X, Y):
    """The mean log loss, log(1 + exp(Z)) - Y Z."""
    from jax import numpy as np

    A = X
    for W, b in layers[:-1]:
        A = np.tanh(A @ W + b)
    W, b = layers[-1]
    Z = A @ W + b
    return np.mean(np.logaddexp(Z, 0) - Y * Z)


@cache
def _jitted(step: Callable) -> Callable:
    import jax

    return jax.jit(step)


@cache
def _looped(step: Callable) -> Callable:
    import jax

    def run(layers, X, Y, steps):
        return jax.lax.fori_loop(0, steps, lambda _, layers: step(layers, X, Y), layers)

    return jax.jit(run)


def _run(step: Callable, problem: Problem, steps: int) -> plain.Layers:
    layers, X, Y = _given(problem)
    for _ in range(steps):
        layers = step(layers, X, Y)
    return _as_arrays(layers)


def _given(problem: Problem) -> tuple:
    import jax

    jax.config.update("jax_platforms", "cpu")
    layers = [(layer.W, layer.b) for layer in problem.network.layers]
    return jax.tree.map(jax.numpy.asarray, (layers, problem.X, problem.Y))


def _as_arrays(layers: plain.Layers) -> plain.Layers:
    """The layers in NumPy: JAX runs ahead of Python, and here it is waited for."""
    return [(numpy.asarray(W), numpy.asarray(b)) for W, b in layers]
