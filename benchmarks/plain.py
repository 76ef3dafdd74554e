"""The plain version: full-batch descent in float64, each formula a line of NumPy, nothing kept from step to step."""

import numpy as np

from neurone.arrays import Array

Layers = list[tuple[Array, Array]]


def forward(layers: Layers, X: Array) -> list[Array]:
    """The values of the layers: X, then tanh of each hidden layer, at the end the probabilities."""
    A = [X]
    for W, b in layers[:-1]:
        A.append(np.tanh(A[-1] @ W + b))
    W, b = layers[-1]
    return [*A, 1 / (1 + np.exp(-(A[-1] @ W + b)))]


def gradients(layers: Layers, A: list[Array], Y: Array) -> Layers:
    """The gradients of the mean log loss with respect to each W and b."""
    found = []
    dZ = (A[-1] - Y) / len(Y)
    for l in reversed(range(len(layers))):
        found.append((A[l].T @ dZ, dZ.sum(axis=0, keepdims=True)))
        if l > 0:
            dZ = dZ @ layers[l][0].T * (1 - A[l] ** 2)
    return found[::-1]


def train(layers: Layers, X: Array, Y: Array, rate: float, steps: int) -> Layers:
    """The layers after so many steps of descent."""
    for _ in range(steps):
        found = gradients(layers, forward(layers, X), Y)
        layers = [(W - rate * dW, b - rate * db) for (W, b), (dW, db) in zip(layers, found)]
    return layers


def loss(layers: Layers, X: Array, Y: Array) -> float:
    """The mean log loss, in nats."""
    A = forward(layers, X)[-1]
    return -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))
