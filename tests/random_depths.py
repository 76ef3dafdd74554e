"""Random statements about networks of every depth, true and false, which networks of one to four layers tell apart.

`python tests/random_depths.py` judges hundreds; the tests take a sample.  A statement is backpropagation with a slip in one
of its lines, or with none.  Whether it holds is seen in networks of fractions: what its lines come to, layer by layer, is
compared with the slopes of the loss, taken by numbers that move (`plain_values`).
"""

from __future__ import annotations

import functools
import random
import sys
from fractions import Fraction
from typing import NamedTuple

import sympy as sp
from plain_values import Moved, NoValue, Point, Unclear, plus, speed, times
from tallies import command

from claims import Layers, Refuted, apply, hadamard, inner, matrix, ones, scalar, sizes, total
from claims.depth.claimed import every_depth
from claims.depth.layers import LAYER
from claims.errors import Ambiguous, ProverFault, SizesDoNotFit, Undecided

DEPTHS = range(1, 5)
m, n0, outputs = sizes("m n_0 K")
net = Layers(matrix("X", m, n0), outputs)
c = scalar("c")


def labels(Z):
    return matrix("Y", *Z.shape)


def ones_like(Z):
    return ones(*Z.shape)


# ---------------------------------------------------------------- lines, and slips in them
LOSSES = {
    "squares": (lambda Z: inner(Z - labels(Z), Z - labels(Z)) / 2, lambda Z: Z - labels(Z)),
    "mean of squares": (lambda Z: inner(Z, Z) / (2 * m), lambda Z: Z / m),
    "a product": (lambda Z: c * inner(Z, labels(Z)), lambda Z: c * labels(Z)),
    "cubes": (lambda Z: inner(hadamard(Z, Z), Z) / 3, lambda Z: hadamard(Z, Z)),
    "the square of a total": (lambda Z: total(Z) ** 2, lambda Z: 2 * total(Z) * ones_like(Z)),
}
TOPS = [
    lambda found, Z: 2 * found,
    lambda found, Z: -found,
    lambda found, Z: found / m,
    lambda found, Z: m * found,
    lambda found, Z: found + ones_like(Z),
    lambda found, Z: hadamard(found, Z),
    lambda found, Z: found - labels(Z),
    lambda found, Z: found * net.depth,
    lambda found, Z: Z,
]


def back(net, l):
    return net.dZ(l + 1) * net.W(l + 1).T


def below(net, l):
    return hadamard(back(net, l), apply(net.g(l).prime, net.Z(l)))


UNDER = [
    lambda net, l: back(net, l),
    lambda net, l: 2 * below(net, l),
    lambda net, l: below(net, l) / net.m,
    lambda net, l: below(net, l) * l,
    lambda net, l: below(net, l) * net.depth / (l + 1),
    lambda net, l: hadamard(back(net, l), apply(net.g(l).prime, net.A(l))),
    lambda net, l: hadamard(back(net, l), apply(net.g(l), net.Z(l))),
    lambda net, l: hadamard(back(net, l), apply(net.g(l + 1).prime, net.Z(l))),
    lambda net, l: hadamard(back(net, l), apply(net.g(l).prime.prime, net.Z(l))),
    lambda net, l: apply(net.g(l).prime, back(net, l)),
    lambda net, l: hadamard(net.Z(l + 1) * net.W(l + 1).T, apply(net.g(l).prime, net.Z(l))),
    lambda net, l: hadamard(net.A(l + 1) * net.W(l + 1).T, apply(net.g(l).prime, net.Z(l))),
    lambda net, l: hadamard(net.dZ(l + 1) * net.W(l + 1), apply(net.g(l).prime, net.Z(l))),
    lambda net, l: hadamard(net.dZ(l + 1) * net.W(l).T, apply(net.g(l).prime, net.Z(l))),
    lambda net, l: below(net, l) + ones(net.m) * net.b(l),
    lambda net, l: below(net, l) - below(net, l) / net.width(l),
    lambda net, l: hadamard(below(net, l), apply(net.g(l).prime, net.Z(l))),
    lambda net, l: hadamard(back(net, l), apply(net.g(l).prime, net.A(l - 1) * net.W(l))),
]
WEIGHTS = [
    lambda net, l: 2 * net.A(l - 1).T * net.dZ(l),
    lambda net, l: net.A(l - 1).T * net.dZ(l) / net.m,
    lambda net, l: net.A(l).T * net.dZ(l),
    lambda net, l: net.Z(l - 1).T * net.dZ(l),
    lambda net, l: net.A(l - 1).T * net.Z(l),
    lambda net, l: net.A(l - 1).T * net.dZ(l) + net.W(l),
    lambda net, l: net.A(l - 1).T * net.dZ(l + 1),
    lambda net, l: l * net.A(l - 1).T * net.dZ(l),
    lambda net, l: (net.dZ(l).T * net.A(l - 1)).T * net.width(l),
    lambda net, l: net.A(l - 1).T * (net.dZ(l) - ones(net.m) * net.b(l)),
]
BIASES = [
    lambda net, l: ones(1, net.m) * net.dZ(l) / net.m,
    lambda net, l: net.b(l),
    lambda net, l: 0 * net.b(l),
    lambda net, l: ones(1, net.m) * net.Z(l),
    lambda net, l: ones(1, net.m) * net.dZ(l) * net.width(l),
    lambda net, l: net.m * ones(1, net.m) * net.dZ(l),
    lambda net, l: total(net.dZ(l)) * ones(1, net.width(l)),
]
WAYS = {  # what is right, written otherwise
    "below": [below, lambda net, l: hadamard(apply(net.g(l).prime, net.Z(l)), (net.W(l + 1) * net.dZ(l + 1).T).T)],
    "weights": [lambda net, l: net.A(l - 1).T * net.dZ(l), lambda net, l: (net.dZ(l).T * net.A(l - 1)).T],
    "biases": [lambda net, l: ones(1, net.m) * net.dZ(l), lambda net, l: (net.dZ(l).T * ones(net.m)).T],
}


class Statement(NamedTuple):
    seed: int
    loss: object
    at_top: object
    below: object
    weights: object
    biases: object

    def gradients(self, net, l):
        return [(net.W(l), self.weights(net, l)), (net.b(l), self.biases(net, l))]


def made(seed: int) -> Statement:
    rng = random.Random(seed)
    loss, right = LOSSES[rng.choice(list(LOSSES))]
    line = rng.choice(["at_top", "below", "below", "weights", "biases", None, None])
    slip = rng.choice(TOPS)
    return Statement(
        seed,
        loss,
        (lambda Z: slip(right(Z), Z)) if line == "at_top" else right,
        rng.choice(UNDER if line == "below" else WAYS["below"]),
        rng.choice(WEIGHTS if line == "weights" else WAYS["weights"]),
        rng.choice(BIASES if line == "biases" else WAYS["biases"]),
    )


# ---------------------------------------------------------------- networks of fractions
class Network:
    """A network with numbers in it: entries by (letter, layer, row, column)."""

    def __init__(self, depth: int, rng):
        self.depth, self.rows = depth, rng.choice([1, 2, 3])
        self.widths = [rng.choice([1, 2, 3]) for _ in range(depth + 1)]
        self.bends = [rng.choice([-1, 1, 2]) for _ in range(depth + 1)]
        draw = lambda: Fraction(rng.randint(-2, 2), rng.choice([1, 2]))
        shapes = {("X", 0): (self.rows, self.widths[0]), ("Y", 0): (self.rows, self.widths[depth])}
        for k in range(1, depth + 1):
            shapes |= {("W", k): (self.widths[k - 1], self.widths[k]), ("b", k): (1, self.widths[k])}
        self.values = {(*at, i, j): draw() for at, (p, q) in shapes.items() for i in range(p) for j in range(q)}
        self.c = draw()

    def g(self, k, t):
        """t**2 / 2 + t, bent otherwise in each layer, and its slopes."""
        return plus(times(Fraction(self.bends[k], 2), times(t, t)), t)

    def slopes(self, k):
        return (lambda t: plus(times(Fraction(self.bends[k]), t), Fraction(1))), (lambda t: Fraction(self.bends[k]))

    def run(self, values: dict) -> dict:
        """The values with all Z_k and A_k, A_0 the samples."""
        out = dict(values)
        out |= {("A", 0, i, j): out["X", 0, i, j] for i in range(self.rows) for j in range(self.widths[0])}
        for k in range(1, self.depth + 1):
            for i in range(self.rows):
                for j in range(self.widths[k]):
                    terms = [times(out["A", k - 1, i, r], out["W", k, r, j]) for r in range(self.widths[k - 1])]
                    out["Z", k, i, j] = functools.reduce(plus, terms, out["b", k, 0, j])
                    out["A", k, i, j] = self.g(k, out["Z", k, i, j])
        return out

    def point(self, run: dict, k: int) -> Point:
        """The letters of layer l = k, and of those beside it, with their numbers; those of layer L in layer k = L."""
        values = {m: Fraction(self.rows), n0: Fraction(self.widths[0]), outputs: Fraction(self.widths[-1]), c: self.c}
        values |= {LAYER: Fraction(k), net.depth: Fraction(self.depth)}
        values |= {("Y", i, j): v for (name, _, i, j), v in run.items() if name == "Y"}
        for shown, layer in ((LAYER - 1, k - 1), (LAYER, k), (LAYER + 1, k + 1), (net.depth, self.depth)):
            if not 0 <= layer <= self.depth:
                continue
            values[sp.sympify(net.width(shown))] = Fraction(self.widths[layer])
            g, (slope, second) = net.g(shown), self.slopes(layer)
            values |= {g: functools.partial(self.g, layer), g.prime: slope, g.prime.prime: second}
            for letter in (net.W, net.b, net.A, net.Z, net.dZ):
                M = letter(shown)
                kind = M.name.split("_")[0]
                values |= {(M.name, i, j): v for (name, at, i, j), v in run.items() if (name, at) == (kind, layer)}
        return Point(values)

    def slope(self, loss, at):
        """The slope of the loss by one number of the network."""
        run = self.run({**self.values, at: Moved(self.values[at], Fraction(1))})
        return speed(self.point(run, self.depth).value(loss(net.Z(net.depth))))


def holds(statement: Statement, count=2) -> bool:
    """Do the lines give the slopes of the loss in networks of each depth?"""
    rng = random.Random(statement.seed)
    return all(_holds_in(statement, Network(depth, rng)) for depth in DEPTHS for _ in range(count))


def _holds_in(statement, network) -> bool:
    run = network.run(network.values)
    for k in range(network.depth, 0, -1):
        top = k == network.depth
        line = statement.at_top(net.Z(net.depth)) if top else statement.below(net, LAYER)
        here = network.point(run, k)
        places = [(i, j) for i in range(network.rows) for j in range(network.widths[k])]
        run |= {("dZ", k, i, j): here.entry(line, i, j) for i, j in places}
        here = network.point(run, k)
        for parameter, value in statement.gradients(net, LAYER):
            kind = parameter.name.split("_")[0]
            for name, layer, i, j in list(network.values):
                if (name, layer) == (kind, k) and here.entry(value, i, j) != network.slope(
                    statement.loss, (kind, k, i, j)
                ):
                    return False
    return True


# ---------------------------------------------------------------- verdicts
def judged(seed: int) -> list[tuple[str, str | None]]:
    """(kind and verdict, what is wrong with it if anything) of the one statement of a seed."""
    statement = made(seed)
    try:
        kind = "true" if holds(statement) else "false"
    except (NoValue, Unclear, KeyError, SizesDoNotFit, TypeError, ValueError, IndexError):
        kind = "meaningless"
    try:
        every_depth("it", net, statement.loss, statement.at_top, statement.below, statement.gradients)
        found = "proved"
    except Refuted:
        found = "refuted"
    except ProverFault:
        found = "proved, and numbers differ"
    except (Undecided, SizesDoNotFit, Ambiguous, TypeError, ValueError):
        found = "refused"
    wrong = found == "refuted" if kind == "true" else found.startswith("proved")
    return [(f"{kind}, {found}", f"seed {seed}: {kind}, and {found}" if wrong else None)]


if __name__ == "__main__":
    sys.exit(command(__doc__, judged, seeds=30))
