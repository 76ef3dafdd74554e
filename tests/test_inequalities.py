"""Inequalities from tangents, convexity and cases: true ones proved, and none that is false, by the algebra alone."""

import pytest
import sympy as sp
from samples import every
from sympy import Abs, Eq, Max, Min, Piecewise, Rational, Sum, cosh, exp, log, sin, sqrt, tanh

from claims import apply, hadamard, inner, matrix, nonnegative, scalar, sigma, sizes, softmax, total
from claims.algebra.bounds import Direction
from claims.algebra.certificate import certify
from claims.language.statement import prepared
from claims.proof.prover import prove

m, n = sizes("m n")
z, a, b, mu = (scalar(v) for v in ("z", "a", "b", "mu"))
p, q, s = (scalar(v, positive=True) for v in "pqs")
i = sp.Symbol("i", integer=True)
x, y, w, u, Z = matrix("x", n), matrix("y", n), matrix("w", n), matrix("u", n), matrix("Z", m, n)
P, Q = softmax(x.T).T, softmax(y.T).T
softplus = log(1 + exp(z))
PARTS = [Eq(total(w), 1), Eq(total(u), 1)]


def divergence(v, t):
    return inner(v, apply(log, v) - apply(log, t))


TRUE = {
    "exp above its tangent": exp(z) - 1 - z,
    "log below its tangent": p - 1 - log(p),
    "means": (p + q) / 2 - sqrt(p * q),
    "cosh above its parabola": cosh(z) - 1 - z**2 / 2,
    "sine below its argument": p - sin(p),
    "softplus above relu": softplus - Max(0, z),
    "softplus near relu": Max(0, z) + log(2) - softplus,
    "softplus above its argument": softplus - z,
    "hinge above the loss of errors": Max(0, 1 - z) - Piecewise((1, z <= 0), (0, True)),
    "relu is convex": Max(0, a) / 2 + Max(0, b) / 2 - Max(0, (a + b) / 2),
    "tanh shrinks": Abs(z) - Abs(tanh(z)),
    "clipping shrinks": Abs(z) - Abs(Max(-1, Min(1, z))),
    "divergence of two normals": mu**2 / 2 + s**2 / 2 - Rational(1, 2) - log(s),
    "divergence of two coins": sigma(a) * log(sigma(a) / sigma(b)) + (1 - sigma(a)) * log((1 - sigma(a)) / (1 - sigma(b))),
    "divergence of two softmaxes": divergence(P, Q),
    "entropy": -inner(P, apply(log, P)),
    "entropy at most log n": log(n) + inner(P, apply(log, P)),
    "probabilities squared": 1 - inner(P, P),
    "probabilities squared, from below": inner(P, P) - 1 / n,
    "log-sum-exp above each": log(total(apply(exp, x))) - x[i, 0],
    "log-sum-exp above the mean": log(total(apply(exp, x))) - total(x) / n - log(n),
    "softmax below one": 1 - softmax(Z)[i, sp.Symbol("j", integer=True)],
}  # fmt: skip

FALSE = {
    "exp above a steeper line": exp(z) - 1 - 2 * z,
    "log below a flatter line": p / 2 - 1 - log(p),
    "means, the other way": sqrt(p * q) - (p + q) / 2,
    "cosh above a wider parabola": cosh(z) - 1 - z**2,
    "softplus above relu by log 2": softplus - Max(0, z) - log(2),
    "softplus nearer to relu": Max(0, z) + log(Rational(3, 2)) - softplus,
    "hinge above twice the loss of errors": Max(0, 1 - z) - 2 * Piecewise((1, z <= 0), (0, True)),
    "relu is concave": Max(0, (a + b) / 2) - Max(0, a) / 2 - Max(0, b) / 2,
    "tanh stretches": Abs(tanh(z)) - Abs(z),
    "divergence of two normals, one variance too small": mu**2 / 2 + s**2 / 2 - 1 - log(s),
    "divergence of another sign": inner(P, apply(log, Q) - apply(log, P)),
    "entropy at most half of log n": log(n) / 2 + inner(P, apply(log, P)),
    "probabilities squared at least 1": inner(P, P) - 1,
    "probabilities squared at most 1/n": 1 / n - inner(P, P),
    "log-sum-exp below each": x[i, 0] - log(total(apply(exp, x))),
    "log-sum-exp above twice each": log(total(apply(exp, x))) - 2 * x[i, 0],
    "twice what a sum has": total(apply(exp, x)) - 2 * exp(x[i, 0]),
    "two places of one sum": total(apply(exp, x)) - exp(x[i, 0]) - exp(x[sp.Symbol("j", integer=True), 0]),
    "below a rise that begins below zero": p - Rational(1, 10),
    "convex by each, not by both": (a**2 + b**2) / 2 - 2 * a * b,
}  # fmt: skip


@pytest.mark.parametrize("name", every(3, TRUE))
def test_a_true_inequality_is_proved(name):
    assert prove(name, nonnegative(TRUE[name])).method.startswith("certificate")


def test_a_divergence_is_never_negative_of_any_numbers_that_sum_to_one():
    assert prove("divergence", nonnegative(divergence(w, u)), given=PARTS).conditions != ()


@pytest.mark.parametrize("name", every(3, FALSE))
def test_no_algebra_certifies_a_false_inequality(name):
    assert certify(prepared(nonnegative(FALSE[name]), None).lhs.expr, ())[0] is None


def test_convexity_is_not_asked_of_matrices_that_a_hypothesis_binds():
    """It was seen for symmetric S, and the way from another matrix to S leaves those."""
    S, N = matrix("S", n, n), matrix("N", n, n)
    for sign in (1, -1):
        A, B = S - sign * S.T, N - sign * N.T
        e = -total(hadamard(A - B, A - B, B, A + B))
        assert certify(prepared(nonnegative(e), None).lhs.expr, (Eq(S, sign * S.T),))[0] is None


def test_a_direction_is_not_that_of_a_step_around():
    """The product is a square for V = A alone; its curvature by A is one for the direction V alone."""
    A, V = matrix("A", n), Direction("A 0", n, sp.S.One)
    k = sp.Symbol("k", integer=True)

    def weighed(t):
        return Sum(k * t[k, 0], (k, 0, n - 1))

    assert certify(total(A) * weighed(A) * total(V) * weighed(V), ())[0] is None


def test_a_divergence_needs_that_both_sum_to_the_same():
    assert certify(prepared(nonnegative(divergence(w, u)), None).lhs.expr, ())[0] is None
