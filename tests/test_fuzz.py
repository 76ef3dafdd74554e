"""Mutated claims: algebra alone, without the numbers that come first in a claim, proves none that numbers refute."""

import itertools
import random
from collections import Counter

import pytest
import sympy as sp
from samples import but
from sympy import Eq, Trace, log

from claims import (
    Grad,
    Jac,
    Refuted,
    SizesDoNotFit,
    Undecided,
    activation,
    apply,
    hadamard,
    inner,
    matrix,
    named,
    ones,
    prove,
    scalar,
    sigma,
    sizes,
    softmax,
    total,
)
from claims.algebra.equality import Equality
from claims.entry.lowering import NotCovered
from claims.language import Apply, Hadamard, is_matrix, unfold
from claims.language.statement import prepared
from claims.numbers.arithmetic import Undefined
from claims.numbers.draws import SEARCHED
from claims.numbers.search import digits
from claims.numbers.trial import trial

pytestmark = pytest.mark.many

CHUNKS, SAMPLE, MUTANTS = 24, 1, 45
m, n, h, K = sizes("m n h K")
b, lam = scalar("b"), scalar("lambda", positive=True)
g = activation("g")


# ---------------------------------------------------------------- true claims, samples as rows
def log_loss(A, Y):
    one = ones(*Y.shape)
    return -(inner(Y, apply(log, A)) + inner(one - Y, apply(log, one - A))) / m


def true_claims():
    X, w, y, x, S = matrix("X", m, n), matrix("w", n), matrix("y", m), matrix("x", n), matrix("S", n, n)
    A = apply(sigma, X * w + b * ones(m))
    loss = log_loss(A, y)
    yield Grad(loss, w), X.T * (A - y) / m, ()
    yield Grad(loss, b), inner(ones(m), A - y) / m, ()
    yield Grad(inner(X * w - y, X * w - y) / (2 * m) + lam * inner(w, w) / 2, w), X.T * (X * w - y) / m + lam * w, ()
    W, P, G, v = matrix("W", n, h), matrix("P", m, n), matrix("G", m, h), matrix("v", 1, h)
    line = inner(G, apply(g, P) * W + ones(m) * v)
    yield Grad(line, W), apply(g, P).T * G, ()
    yield Grad(line, v), ones(1, m) * G, ()
    yield Grad(line, P), hadamard(G * W.T, apply(g.prime, P)), ()
    yield Grad(x.T * S * x, x), S * x + S.T * x, ()
    yield Grad(Trace(S * S * S), S), 3 * S.T * S.T, ()
    Z, Y = matrix("Z", m, K), matrix("Y", m, K)
    yield Grad(-inner(Y, apply(log, softmax(Z))) / m, Z), (softmax(Z) - Y) / m, (Eq(Y * ones(K), ones(m)),)
    z = matrix("z", 1, K)
    s = softmax(z)
    yield Jac(s, z), sp.DiagMatrix(s.T) - s.T * s, ()
    norm = sp.sqrt(inner(x, x))
    yield Jac(x / norm, x), sp.Identity(n) / norm - x * x.T / norm**3, ()
    W1, b1, W2 = matrix("W1", n, h), matrix("b1", 1, h), matrix("W2", h, K)
    Z1 = named("Z1", X * W1 + ones(m) * b1)
    A1 = named("A1", apply(g, Z1))
    A2 = named("A2", apply(sigma, A1 * W2))
    deep = log_loss(A2, Y)
    yield Grad(deep, W2), A1.T * (A2 - Y) / m, ()
    yield Grad(deep, W1), X.T * hadamard((A2 - Y) * W2.T, apply(g.prime, Z1)) / m, ()
    yield Grad(total(apply(lambda t: sp.Max(0, t), Z1)), W1), X.T * apply(sp.Heaviside, Z1), ()


def columns(e):
    """The same claim with samples as columns: both sides transposed where that has a meaning."""
    lhs, rhs, given = e
    return lhs.T if is_matrix(lhs) else lhs, unfold(rhs).T if is_matrix(rhs) else rhs, given


BASE = [claim for e in true_claims() for claim in (e, columns(e))]


# ---------------------------------------------------------------- mutations of one node
def flip_sign(e, rng):
    return -e if is_matrix(e) or isinstance(e, sp.Expr) else None


def scale(e, rng):
    return rng.choice([2, sp.Rational(1, 2), m, 1 / m, n]) * e


def transpose(e, rng):
    return e.T if is_matrix(e) else None


def hadamard_for_product(e, rng):
    if isinstance(e, sp.MatMul):
        c, factors = e.as_coeff_matrices()
        return c * Hadamard(*factors) if len(factors) > 1 else None
    return sp.MatMul(*e.args) if isinstance(e, sp.HadamardProduct) else None


def activation_for_slope(e, rng):
    if not isinstance(e, Apply):
        return None
    f = type(e.function.expr)
    swap = {g: g.prime, g.prime: g, sigma: sigma.prime, sp.exp: sp.tanh, sp.Heaviside: sp.Abs}
    return Apply(swap[f], e.expr) if f in swap else None


def another_layer(e, rng):
    same_kind = {s for claim in BASE for s in claim[1].atoms(sp.MatrixSymbol) if s.shape == getattr(e, "shape", None)}
    others = sorted((s for s in same_kind if s != e), key=str)
    return rng.choice(others) if isinstance(e, sp.MatrixSymbol) and others else None


def drop_one(e, rng):
    if not isinstance(e, (sp.MatAdd, sp.Add, sp.HadamardProduct, sp.MatMul, sp.Mul)) or len(e.args) < 2:
        return None
    at = rng.randrange(len(e.args))
    rest = e.args[:at] + e.args[at + 1 :]
    return rest[0] if len(rest) == 1 else e.func(*rest)


def swap_operands(e, rng):
    if not isinstance(e, sp.MatMul) or len(e.args) < 2:
        return None
    c, factors = e.as_coeff_matrices()
    at = rng.randrange(max(len(factors) - 1, 1))
    factors[at : at + 2] = factors[at : at + 2][::-1]
    return sp.MatMul(c, *factors)


def subtract_for_add(e, rng):
    return e.func(e.args[0], *[-a for a in e.args[1:]]) if isinstance(e, (sp.MatAdd, sp.Add)) else None


def another_size(e, rng):
    return {m: n, n: m, K: m, h: n}.get(e)


def another_power(e, rng):
    return e.func(e.args[0], e.args[1] + 1) if isinstance(e, (sp.Pow, sp.HadamardPower)) else None


MUTATIONS = [
    flip_sign,
    scale,
    transpose,
    hadamard_for_product,
    activation_for_slope,
    another_layer,
    drop_one,
    swap_operands,
    subtract_for_add,
    another_size,
    another_power,
]


def places(e, path=()):
    yield path, e
    for k, a in enumerate(e.args):
        if isinstance(a, sp.Basic) and not isinstance(e, (sp.MatrixSymbol, sp.Lambda)):
            yield from places(a, (*path, k))


def replaced(e, path, new):
    if not path:
        return new
    args = list(e.args)
    args[path[0]] = replaced(args[path[0]], path[1:], new)
    return e.func(*args)


def mutant(rng):
    """(lhs, another rhs, given, kind of mutation); what SymPy itself refuses to build is drawn again."""
    while True:
        lhs, rhs, given = rng.choice(BASE)
        mutation = rng.choice(MUTATIONS)
        path, node = rng.choice(list(places(rhs)))
        try:
            new = mutation(node, rng)
            changed = None if new is None else replaced(rhs, path, new)
        except (ValueError, TypeError, AttributeError, NotImplementedError):
            continue
        if changed is not None and changed != rhs and getattr(changed, "shape", None) == getattr(rhs, "shape", None):
            return lhs, changed, given, mutation.__name__


# ---------------------------------------------------------------- truth, and what algebra says
def holds(lhs, rhs, given, rng) -> bool | None:
    """Do 60 digits agree at twenty points?  None if the sides have no value anywhere."""
    sides, seen = trial(lhs, rhs, given), 0
    with digits(60):
        for kind in itertools.islice(itertools.cycle(SEARCHED[:3]), 90):
            try:
                if sides.compared(sides.at(kind, rng), rng):
                    return False
            except Undefined:
                continue
            seen += 1
            if seen == 20:
                return True
    assert seen == 0, f"too few points for {lhs} = {rhs}"
    return None


def verdict(lhs, rhs, given) -> str:
    try:
        statement = prepared(lhs, rhs, given)
        (left, right, _), *_ = statement.chain
        method, _ = Equality(left, right, statement.given).decide()
    except (SizesDoNotFit, NotCovered):
        return "refused"
    return "proved" if method else "open"


@pytest.mark.parametrize("chunk", but(range(SAMPLE, CHUNKS), range(CHUNKS)))
def test_no_mutant_is_proved_that_numbers_refute(chunk):
    rng, seen = random.Random(chunk), Counter()
    while sum(seen.values()) < MUTANTS:
        lhs, rhs, given, kind = mutant(rng)
        outcome = verdict(lhs, rhs, given)
        if outcome == "refused":
            seen["refused"] += 1
            continue
        true = holds(lhs, rhs, given, rng)
        if true is None:
            seen["nowhere defined"] += 1
            continue
        assert true or outcome != "proved", f"{kind}: {lhs} = {rhs} was proved, and is false"
        assert not true or outcome == "proved", f"{kind}: {lhs} = {rhs} is still true, and was not proved"
        seen[outcome] += 1
    assert seen["open"] > MUTANTS / 3


def test_a_claim_refutes_mutants_with_a_counterexample():
    rng, refuted = random.Random(0), 0
    for _ in range(40):
        lhs, rhs, given, kind = mutant(rng)
        try:
            prove(kind, lhs, rhs, given=given)
            assert holds(lhs, rhs, given, rng)
        except Refuted as error:
            found = error.counterexample
            assert abs(found.expected - found.claimed) > 1e-12
            refuted += 1
        except (SizesDoNotFit, Undecided):
            continue
    assert refuted > 15
