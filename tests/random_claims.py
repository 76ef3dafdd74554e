"""Random statements, true and false, which numbers of their own tell apart: none that is false is proved, none true refuted.

`python tests/random_claims.py` judges thousands; the tests take a sample.  A statement is an expression and the same
expression changed: by laws that hold (a true twin), or by a slip (a false one, where it differs at some point).  What a
proof says of where it speaks is held against the points, too: where its conditions hold, both sides have a value.
"""

from __future__ import annotations

import itertools
import random
import sys
from fractions import Fraction
from typing import NamedTuple

import sympy as sp
from plain_values import NoValue, Point, Unclear, minus, number, plus, sign
from sympy import Abs, Eq, FunctionMatrix, Heaviside, Identity, KroneckerDelta, Lambda, Max, Min, Piecewise, Sum, Trace
from sympy.matrices.expressions.matexpr import MatrixElement
from tallies import command

from claims import Grad, Maximum, apply, hadamard, hstack, inner, matrix, named, ones, scalar, sizes, total, vstack
from claims.algebra.equality import conditions
from claims.budget import OutOfTime, budget
from claims.entry.terms import NotCovered
from claims.errors import Ambiguous, SizesDoNotFit, Undecided
from claims.language import NAMES, Total, is_matrix
from claims.language.scopes import free_symbols
from claims.language.statement import prepared
from claims.numbers.search import screen
from claims.numbers.trial import trial
from claims.proof.prover import decide

SECONDS = 4  # of CPU for the verdict on one statement; more is undecided
POINTS = 40  # at which a statement is looked at

m, n = sizes("m n")
a, b, c = map(scalar, "abc")
r = scalar("r", positive=True)
free = sp.Symbol("q", integer=True)
x, y, u = matrix("x", n), matrix("y", n), matrix("u", m)
X, Y, S, T = matrix("X", m, n), matrix("Y", m, n), matrix("S", n, n), matrix("T", n, n)
LETTERS = [sp.Symbol(name, integer=True) for name in ("i", "j", "k", "l", "p")]
NUMBERS = [Fraction(t) for t in (-3, -2, -1, 0, 0, 1, 1, 2, 3)] + [Fraction(1, 2), Fraction(-3, 2), Fraction(5, 3)]


# ---------------------------------------------------------------- expressions
class Writer:
    """Random expressions; `scope` holds the indices that are bound around, and how many places each has."""

    def __init__(self, rng):
        self.rng = rng

    def scalar(self, depth: int, scope=()) -> sp.Expr:
        if depth <= 0:
            return self.leaf(scope)
        kinds = [self.arithmetic, self.arithmetic, self.summed, self.summed, self.kinked, self.partial, self.of_matrix]
        kinds += [self.largest, self.delta, self.leaf_of, self.called]
        return self.rng.choice(kinds)(depth - 1, scope)

    def leaf_of(self, depth, scope):
        return self.leaf(scope)

    def leaf(self, scope):
        rng = self.rng
        if scope and rng.random() < 0.7:
            return self.place(scope)
        return rng.choice([a, b, r, sp.Integer(rng.randint(-2, 3)), x[free, 0], n, m if rng.random() < 0.3 else c])

    def place(self, scope):
        """An entry at a place that an index says, or the index."""
        k, size = self.rng.choice(scope)
        at = self.rng.choice([k, k, k, k, size - 1 - k, k + 1, k - 1, sp.Integer(0)])
        if size == m:
            return self.rng.choice([u[at, 0], k])
        other = self.rng.choice([each for each, of in scope if of == n])
        return self.rng.choice([x[at, 0], y[at, 0], S[at, other], S[other, k], T[k, other], k, x[k, 0]])

    def arithmetic(self, depth, scope):
        left, right = self.scalar(depth, scope), self.scalar(depth, scope)
        return self.rng.choice([left + right, left * right, left - right, left * (right + 1), left**2 + right])

    def summed(self, depth, scope):
        return Sum(*self.ranged(depth, scope))

    def largest(self, depth, scope):
        body, (k, low, high) = self.ranged(depth, scope, full=True)
        return Maximum(body, (k, low, high))

    def ranged(self, depth, scope, full=False):
        """(body, limits) of a sum; its index has a letter of its own, now and then that of one around it."""
        rng, taken = self.rng, {k for k, _ in scope}
        k = rng.choice([letter for letter in LETTERS if letter not in taken or rng.random() < 0.1] or LETTERS)
        size = n if rng.random() < 0.8 else m
        low, high = rng.choice(
            [(0, size - 1)] * 3 if full else [(0, size - 1)] * 4 + [(1, size - 1), (0, size - 2), (1, size)]
        )
        if not full and size == n and scope and rng.random() < 0.25:
            (j, of) = rng.choice(scope)
            if of == n and j != k:
                low, high = rng.choice([(0, j), (j, n - 1), (0, j - 1), (j + 1, n - 1)])
        body = self.scalar(depth, [each for each in scope if each[0] != k] + [(k, size)])
        return (body.xreplace({k: k - 1}) if high == size and not body.has(Sum, Maximum) else body), (k, low, high)

    def kinked(self, depth, scope):
        rng, left, right = self.rng, self.scalar(depth, scope), self.scalar(depth, scope)
        return rng.choice(
            [
                lambda: Abs(left),
                lambda: Max(left, right),
                lambda: Min(left, right),
                lambda: sp.sign(left) * right,
                lambda: Heaviside(left, rng.choice([0, 0, 1, sp.Rational(1, 2)])) * right,
                lambda: Piecewise((left, self.condition(scope)), (right, True)),
            ]
        )()

    def condition(self, scope):
        rng, e = self.rng, self.leaf(scope)
        if scope and rng.random() < 0.4:
            k, size = rng.choice(scope)
            e = k - rng.choice([*(j for j, _ in scope if j != k), sp.Integer(0), sp.Integer(1), size - 1, free])
        return rng.choice([sp.Gt, sp.Ge, sp.Lt, sp.Le, Eq, sp.Ne])(e, rng.choice([0, 0, 0, 1]))

    def partial(self, depth, scope):
        """What has no value everywhere."""
        e = self.scalar(depth, scope)
        return self.rng.choice([lambda: sp.log(e), lambda: sp.sqrt(e), lambda: 1 / e, lambda: self.leaf(scope) / e])()

    def called(self, depth, scope):
        e = self.scalar(depth, scope)
        return self.rng.choice([lambda: sp.exp(e), lambda: e**2, lambda: named("e_1", e), lambda: e**3 - e])()

    def delta(self, depth, scope):
        inside = [k for k, size in scope if size == n] or [free]
        k, j = self.rng.choice(inside), self.rng.choice([*inside, free, sp.Integer(0), sp.Integer(1), n - 1])
        return KroneckerDelta(k, j) * self.scalar(depth, scope)

    def of_matrix(self, depth, scope):
        rng = self.rng
        kind = rng.randrange(6)
        if kind == 0:
            return Trace(self.matrix(depth, n, n, scope))
        if kind == 1:
            return inner(self.matrix(depth, n, 1, scope), self.matrix(depth, n, 1, scope))
        if kind == 2:
            return total(
                rng.choice([hstack, lambda A, B: hstack(B, A)])(
                    self.matrix(depth, n, n, scope), self.matrix(depth, n, 1, scope)
                )
            )
        if kind == 3:
            joined = vstack(self.matrix(depth, n, 1, scope), self.matrix(depth, m, 1, scope))
            k = rng.choice([LETTERS[4], LETTERS[0]])
            return rng.choice([Sum, Maximum])(
                MatrixElement(joined, k, sp.Integer(0)) * rng.choice([1, a, 2]), (k, 0, n + m - 1)
            )
        if kind == 4:
            return Total(self.matrix(depth, m, n, scope))
        return total(Grad(self.smooth(depth), rng.choice([x, S])))

    def smooth(self, depth):
        rng, A, B = self.rng, self.matrix(0, n, n), self.matrix(0, n, 1)
        return rng.choice(
            [
                inner(x, A * B),
                Trace(S * A),
                total(apply(sp.exp, S * x)),
                inner(B, B) ** 2,
                total(apply(Abs, B)),
                sp.log(inner(x, y)),
            ]
        )

    def matrix(self, depth, rows, cols, scope=()):
        rng = self.rng
        plain = {(n, 1): [x, y], (n, n): [S, T, Identity(n)], (m, n): [X, Y], (m, 1): [u], (1, n): [x.T]}
        leaves = [*plain.get((rows, cols), []), ones(rows, cols)]
        if depth <= 0 or rng.random() < 0.3:
            return rng.choice(leaves)
        kind, smaller = rng.randrange(6), depth - 1
        if kind == 0:
            return self.matrix(smaller, rows, n, scope) * self.matrix(smaller, n, cols, scope)
        if kind == 1:
            return hadamard(self.matrix(smaller, rows, cols, scope), self.matrix(smaller, rows, cols, scope))
        if kind == 2:
            return self.matrix(smaller, rows, cols, scope) + self.leaf(scope) * self.matrix(smaller, rows, cols, scope)
        if kind == 3:
            f = rng.choice(
                [
                    lambda t: Max(t, 0),
                    Abs,
                    sp.exp,
                    lambda t: t**2,
                    lambda t: Piecewise((1, t > 0), (0, True)),
                    lambda t: a * t + b,
                    sp.log,
                    lambda t: 1 / t,
                ]
            )
            return apply(f, self.matrix(smaller, rows, cols, scope))
        if kind == 4:
            i, j = LETTERS[:2]
            inside = [(k, size) for k, size in ((i, rows), (j, cols)) if size != 1]
            taken = [each for each in scope if each[0] not in (i, j)]
            return FunctionMatrix(rows, cols, Lambda((i, j), self.scalar(smaller, [*taken, *inside])))
        return self.matrix(smaller, cols, rows, scope).T if (cols, rows) in plain else rng.choice(leaves)


# ---------------------------------------------------------------- laws that hold
def limits_of(e):
    return e.limits[0]


def last_apart(e):
    k, low, high = limits_of(e)
    return Sum(e.function, (k, low, high - 1)) + put(e.function, k, high)


def shifted(e):
    k, low, high = limits_of(e)
    return e.func(put(e.function, k, k - 1), (k, low + 1, high + 1))


def turned(e):
    k, low, high = limits_of(e)
    return e.func(put(e.function, k, high + low - k), (k, low, high))


def parted(e):
    k, low, high = limits_of(e)
    return sp.Add(*[Sum(term, (k, low, high)) for term in sp.Add.make_args(sp.expand(e.function))])


def by_delta(e):
    k, low, high = limits_of(e)
    t = sp.Symbol("t_1", integer=True)
    return Sum(Sum(KroneckerDelta(t, k) * put(e.function, k, t), (t, low, high)), (k, low, high))


def with_indicator(e):
    k, low, high = limits_of(e)
    if not (high - low + 1).is_positive:
        refuse("a sum that may have no last term")
    return Sum(Piecewise((e.function, k < high), (0, True)), (k, low, high)) + put(e.function, k, high)


def over_rows(e):
    if e.arg.shape[1] != 1:
        refuse()
    return Sum(MatrixElement(e.arg, LETTERS[3], sp.Integer(0)), (LETTERS[3], 0, e.arg.rows - 1))


def of_maximum(e):
    k, low, high = limits_of(e)
    return (Maximum(2 * e.function + a, (k, low, high)) - a) / 2


def put(e, k, at):
    return e.subs(k, at) if not e.has(*BINDING) else e.xreplace({k: at}) if k not in bound_in(e) else refuse()


BINDING = (Sum, Maximum, FunctionMatrix, sp.Product)


def bound_in(e):
    limits = {limit[0] for s in e.atoms(Sum, Maximum) for limit in s.limits}
    return limits | {k for M in e.atoms(FunctionMatrix) for k in M.lamda.signature}


def refuse(why="a letter that is bound inside"):
    raise ValueError(why)


LAWS = {
    Sum: [last_apart, shifted, turned, parted, by_delta, with_indicator],
    Maximum: [shifted, turned, of_maximum],
    Abs: [lambda e: Max(*e.args, -e.args[0]), lambda e: Piecewise((e.args[0], e.args[0] >= 0), (-e.args[0], True)), lambda e: sp.sign(e.args[0]) * e.args[0]],
    Max: [lambda e: -Min(*[-t for t in e.args]), lambda e: sp.Add(*e.args[:2], Abs(e.args[0] - e.args[1])) / 2 if len(e.args) == 2 else e],
    Min: [lambda e: -Max(*[-t for t in e.args])],
    Piecewise: [lambda e: sp.Add(*[Piecewise((e.args[0][0], e.args[0][1]), (0, True)), Piecewise((0, e.args[0][1]), (e.args[1][0], True))])],
    sp.sign: [lambda e: Heaviside(e.args[0], 0) - Heaviside(-e.args[0], 0)],
    Heaviside: [lambda e: 1 - Heaviside(-e.args[0], 1 - e.args[1])],
    sp.log: [lambda e: sp.log(e.args[0] * r) - sp.log(r), lambda e: -sp.log(1 / e.args[0], evaluate=False), lambda e: sp.log(e.args[0] ** 3) / 3],
    sp.Pow: [lambda e: e * (1 + a**2) / (1 + a**2), lambda e: e.base * e.base ** (e.exp - 1)],
    sp.exp: [lambda e: sp.exp(e.args[0] - a) * sp.exp(a)],
    sp.Add: [sp.expand, lambda e: sp.Add(*[(1 + r) * t for t in e.args]) / (1 + r)],
    sp.Mul: [sp.expand, lambda e: e * (a**2 + 1) - e * a**2],
    Trace: [lambda e: Trace(e.arg.T), lambda e: total(hadamard(e.arg, Identity(e.arg.rows)))],
    Total: [over_rows, lambda e: Total(e.arg.T), lambda e: total(ones(1, e.arg.rows) * e.arg), lambda e: total(hstack(e.arg, e.arg)) / 2, lambda e: total(vstack(2 * e.arg, -e.arg))],
}  # fmt: skip


def rewritten(e, rng):
    """The expression by one law, somewhere in it."""
    places = [
        (at, law)
        for at in somewhere(e)
        if is_single(at)
        for kind, laws in LAWS.items()
        if isinstance(at, kind)
        for law in laws
    ]
    if not places:
        return e
    at, law = rng.choice(places)
    return replaced(e, at, law(at))


def rewritten_often(e, rng):
    for _ in range(rng.randint(1, 3)):
        e = rewritten(e, rng)
    return e


def is_single(e) -> bool:
    """SymPy joins a sum in a sum to one, of several limits."""
    return not isinstance(e, (Sum, Maximum)) or len(e.limits) == 1


def somewhere(e):
    """The parts that are numbers."""
    return list(
        dict.fromkeys(
            p
            for p in sp.preorder_traversal(e)
            if isinstance(p, sp.Expr) and not is_matrix(p) and not isinstance(p, NAMES)
        )
    )


def replaced(e, old, new):
    """The expression with another part; the sizes of a matrix stay as they are."""
    if e == old:
        return new
    args = [replaced(each, old, new) for each in e.args] if not isinstance(e, sp.MatrixSymbol) else e.args
    return e if all(p is q for p, q in zip(args, e.args, strict=True)) else e.func(*args)


# ---------------------------------------------------------------- slips
def slip(e, rng):
    """The expression with one thing changed somewhere."""
    parts = list(dict.fromkeys(sp.preorder_traversal(e)))
    parts = [p for p in parts if isinstance(p, (sp.Expr, sp.MatrixExpr)) and p not in (m, n) and is_single(p)]
    sums = [p for p in parts if isinstance(p, (Sum, Maximum))]
    at = rng.choice(sums if sums and rng.random() < 0.5 else parts)
    return replaced(e, at, slipped(at, rng))


def slipped(at, rng):
    choices = []
    if isinstance(at, (Sum, Maximum)):
        k, low, high = at.limits[0]
        choices += [at.func(at.function, (k, low + 1, high)), *[at.func(at.function, (k, low, high - 1))] * 4]
        choices += [(Maximum if isinstance(at, Sum) else Sum)(at.function, *at.limits), at.function.xreplace({k: low})]
    if isinstance(at, MatrixElement):
        i, j = at.indices
        choices += [MatrixElement(at.parent, i + 1, j), MatrixElement(at.parent, n - 1 - i, j)]
        choices += [MatrixElement(at.parent, j, i)] if at.parent.shape == (n, n) else []
        choices += [MatrixElement(y if at.parent == x else x, i, j)] if at.parent in (x, y) else []
    if is_matrix(at):
        choices += [2 * at, at + ones(*at.shape), -at] + ([at.T] if at.shape[0] == at.shape[1] else [])
        choices += (
            [at.func(*at.args[::-1])]
            if isinstance(at, (sp.MatMul, sp.HadamardProduct)) and len({*map(str, at.shape)}) == 1
            else []
        )
    elif at.is_Integer:
        choices += [at + 1, -at]
    elif at.is_Symbol:
        choices += [at + 1, 2 * at] + ([b, -a] if at == a else [])
    elif at.is_Add or at.is_Mul:
        choices += [at.func(*at.args[1:]), at.func(*at.args[:-1])]
    else:
        choices += [at + 1, -at, 2 * at, Abs(at) if at.is_real else at, at**2]
    if isinstance(at, (Max, Min)):
        choices += [(Min if isinstance(at, Max) else Max)(*at.args), at.args[0]]
    if isinstance(at, (Abs, sp.sign, Heaviside, sp.log, sp.exp, Total, Trace)) and not is_matrix(at.args[0]):
        choices += [at.args[0], at.func(-at.args[0], *at.args[1:])]
    if isinstance(at, Piecewise):
        (first, condition), (second, _) = at.args[:2]
        choices += [Piecewise((second, condition), (first, True)), first, second]
        if isinstance(condition, (sp.Gt, sp.Ge, sp.Lt, sp.Le)):
            other = {sp.Gt: sp.Ge, sp.Ge: sp.Gt, sp.Lt: sp.Le, sp.Le: sp.Lt}[type(condition)]
            choices += [Piecewise((first, other(*condition.args)), (second, True))] * 3
    if isinstance(at, KroneckerDelta):
        choices += [KroneckerDelta(at.args[0] + 1, at.args[1]), sp.Integer(1)]
    return rng.choice(choices)


# ---------------------------------------------------------------- hypotheses
def given_for(rng):
    """(equations, what makes them hold at a point)."""

    def entries(name, value):
        return lambda values: values.update(
            {k: value(values, *k[1:]) for k in values if isinstance(k, tuple) and k[0] == name}
        )

    places, K = range(4), LETTERS[2]
    kinds = [
        ([Eq(hadamard(x, x), x)], entries("x", lambda v, i, j: Fraction(v["x", i, j] > 0))),
        ([Eq(x, y)], entries("x", lambda v, i, j: v["y", i, j])),
        ([Eq(x, a * y)], entries("x", lambda v, i, j: v[a] * v["y", i, j])),
        ([Eq(S.T, S)], entries("S", lambda v, i, j: v["S", max(i, j), min(i, j)])),
        ([Eq(total(x), 1)], entries("x", lambda v, i, j: v["x", i, j] if i + 1 < v[n] else 1 - sum(v["x", t, 0] for t in range(int(v[n]) - 1)))),
        ([Eq(S * ones(n), 0 * ones(n))], entries("S", lambda v, i, j: v["S", i, j] if j + 1 < v[n] else -sum(v["S", i, t] for t in range(int(v[n]) - 1)))),
        ([Eq(S * T, Identity(n))], lambda v: v.update({(M, i, j): Fraction(i == (j + (1 if M == "S" else -1)) % int(v[n])) for M in "ST" for i in places for j in places})),
        ([Eq(x[free, 0], 1)], lambda v: v.update({("x", int(v[free]), 0): Fraction(1)})),
        ([Eq(a, b + c)], lambda v: v.update({a: v[b] + v[c]})),
        ([Eq(a * b, 1)], lambda v: v.update({a: v[a] or Fraction(1), b: 1 / (v[a] or Fraction(1))})),
        ([Eq(FunctionMatrix(m, 1, Lambda(tuple(LETTERS[:2]), Maximum(X[LETTERS[0], LETTERS[2]], (LETTERS[2], 0, n - 1)))), u)],
         entries("u", lambda v, i, j: max(v["X", i, t] for t in range(int(v[n]))))),
        ([Eq(hstack(S, x), hstack(T, y))], lambda v: v.update({("S" if k[0] == "T" else "x", *k[1:]): v[k] for k in list(v) if isinstance(k, tuple) and k[0] in "Ty"})),
        ([Eq(Trace(S), 1)], entries("S", lambda v, i, j: v["S", i, j] if (i, j) != (last := int(v[n]) - 1, last) else 1 - sum(v["S", t, t] for t in range(last)))),
        ([Eq(Sum(x[K, 0], (K, 0, n - 2)), 0)], entries("x", lambda v, i, j: v["x", i, j] if i + 2 != v[n] else -sum(v["x", t, 0] for t in range(i)))),
        ([Eq(inner(x, y), 1)], lambda v: v.update({("y", i, 0): Fraction(not i) for i in range(int(v[n]))} | {("x", 0, 0): Fraction(1)})),
        ([Eq(Maximum(x[K, 0], (K, 0, n - 1)), 1)], entries("x", lambda v, i, j: min(v["x", i, j], Fraction(1)) if i else Fraction(1))),
        ([a > 0], lambda v: v.update({a: abs(v[a]) or Fraction(1)})),
    ]  # fmt: skip
    return rng.choice(kinds)


# ---------------------------------------------------------------- statements
class Random(NamedTuple):
    """left = right under hypotheses; `wrong`: a point of all that differ, None of a true one."""

    seed: int
    left: sp.Basic
    right: sp.Basic
    given: tuple
    points: list
    wrong: Point | None


def points_for(rng, hold, count=POINTS):
    for _ in range(count):
        values = {size: Fraction(rng.choice([1, 1, 2, 2, 3, 4])) for size in (m, n)}
        values |= {t: rng.choice(NUMBERS) for t in (a, b, c)} | {r: rng.choice([t for t in NUMBERS if t > 0])}
        values[free] = Fraction(rng.randrange(int(values[n])))
        alike = rng.choice(NUMBERS) if rng.random() < 0.2 else None
        for M in (x, y, u, X, Y, S, T):
            rows, cols = (int(values.get(size, size)) for size in M.shape)
            values |= {(M.name, i, j): alike or rng.choice(NUMBERS) for i in range(rows) for j in range(cols)}
        hold(values)
        yield Point(values)


def compared(left, right, at):
    """Do the sides differ here?  None where one has no value, or what it is cannot be told."""
    found = None
    for place in places(left, at):
        try:
            sides = [at.entry(side, *place) if place else at.value(side) for side in (left, right)]
            gap = sign(plus(number(sides[0]), minus(number(sides[1]))))
        except (NoValue, Unclear):
            continue
        if gap:
            return True
        found = False
    return found


def places(side, at):
    return list(at.places(side)) if is_matrix(side) else [()]


def has_lost(e) -> bool:
    """Is a letter free that nothing gives a value?"""
    return bool(free_symbols(e) & {*LETTERS, sp.Symbol("t_1", integer=True)})


def told_by(equations, e):
    """The expression where the left side of a hypothesis, also written as a sum, is the right one."""
    for equation in equations:
        if isinstance(equation, Eq):
            left, right = equation.args
            e = replaced(e, left, right)
            e = replaced(e, over_rows(left), right) if isinstance(left, Total) and left.arg.shape[1] == 1 else e
    return e


def made(seed: int) -> list[Random]:
    """Statements of one seed: an expression with a true twin, and with false ones."""
    rng = random.Random(seed)
    equations, hold = given_for(rng) if rng.random() < 0.4 else ([], lambda values: None)
    found = []
    try:
        e = Writer(rng).scalar(rng.choice([2, 3, 3, 4]))
        if equations and isinstance(equations[0], Eq) and rng.random() < 0.6:
            said = equations[0].lhs
            e = Writer(rng).scalar(rng.choice([0, 1])) if rng.random() < 0.6 else e
            said = total(said) * rng.choice([1, 1, a, 2]) if is_matrix(said) else said * rng.choice([1, a, b])
            e = e + said.replace(
                lambda t: isinstance(t, Total) and t.arg.shape[1] == 1 and rng.random() < 0.6, over_rows
            )
        if rng.random() < 0.15:
            e = e * x + Writer(rng).matrix(2, n, 1)
        points = list(points_for(rng, hold))
        same = rewritten_often(told_by(equations, e), rng)
        slips = [(e, slip(same, rng)) for _ in range(2)] + [(slip(e, rng), same)]
        for left, right in ((e, same), *slips):
            if left == right or any(map(has_lost, (left, right))) or sp.count_ops(left) + sp.count_ops(right) > 150:
                continue
            if getattr(left, "shape", ()) != getattr(right, "shape", ()):
                continue
            differ = [(at, compared(left, right, at)) for at in points]
            told = [apart for _, apart in differ if apart is not None]
            wrong = next((at for at, apart in differ if apart), None)
            if wrong is not None or (left is e and right is same and told):
                found.append(Random(seed, left, right, tuple(equations), points, wrong))
    except (
        TypeError,
        ValueError,
        AttributeError,
        NotImplementedError,
        IndexError,
        ZeroDivisionError,
        SizesDoNotFit,
        RecursionError,
        OverflowError,
    ):
        pass  # SymPy refuses to build it
    return found


# ---------------------------------------------------------------- verdicts
def judge(statement: Random) -> tuple[str, str | None]:
    """(kind and verdict, what is wrong with it if anything): by algebra alone, and of true ones by numbers alone."""
    kind = "true" if statement.wrong is None else "false"
    try:
        told = prepared(statement.left, statement.right, statement.given)
        ((left, right, _),) = told.chain
        with budget(SECONDS):
            if kind == "true" and screen(trial(left, right, told.given)).found:
                return "true, refuted", spelled(statement, "true, and refuted")
            if not decide(left, right, told.given)[0]:
                return f"{kind}, open", None
            if kind == "false":
                return "false, proved", spelled(statement, "false, and proved")
            needed = conditions([left, right], told.given)
    except (SizesDoNotFit, Ambiguous, Undecided, TypeError, ValueError):
        return f"{kind}, refused", None
    except (NotCovered, NotImplementedError, ZeroDivisionError, OutOfTime, RecursionError):
        return f"{kind}, open", None
    sides = (statement.left, statement.right)
    lost = next((at for at in statement.points if not has_values(*sides, at) and holds(needed, at)), None)
    return "true, proved", spelled(statement, f"no value where {needed} hold", lost) if lost else None


def has_values(left, right, at) -> bool:
    """Have both sides a value in all their entries, as far as can be told?"""
    for side in (left, right):
        for place in places(side, at):
            try:
                at.entry(side, *place) if place else at.value(side)
            except NoValue:
                return False
            except Unclear:
                continue
    return True


def holds(needed, at) -> bool:
    """Do the conditions surely hold here, for all places that their letters may stand for?"""
    own = {s.name: s for s in at.values if isinstance(s, sp.Symbol)}  # a sign that is given is part of a symbol
    return all(holds_for_all(c.xreplace({s: own[s.name] for s in symbols_of(c) if s.name in own}), at) for c in needed)


def symbols_of(condition) -> list:
    free = condition.free_symbols - bound_in(condition)
    return sorted((s for s in free if s.is_Symbol and not is_matrix(s)), key=str)


def holds_for_all(condition, at) -> bool:
    letters = [s for s in symbols_of(condition) if s not in at.values]
    entries = condition.atoms(MatrixElement)
    for values in itertools.product(range(-1, 5), repeat=len(letters)):
        here = at.with_(dict(zip(letters, map(Fraction, values), strict=True)))
        if not all(is_there(e, here) for e in entries):
            continue
        try:
            if not here.holds(condition):
                return False
        except (NoValue, Unclear):
            return False
    return True


def is_there(e, at) -> bool:
    try:
        return all(0 <= at.value(k) < size for k, size in zip(e.indices, at.shape(e.parent), strict=True))
    except Unclear:
        return True  # an index that a sum binds
    except NoValue:
        return False


def spelled(statement, what, at=None) -> str:
    at = at or statement.wrong
    values = {str(k): str(v) for k, v in at.values.items()} if at else {}
    return f"seed {statement.seed}: {what}\n  {statement.left}\n  = {statement.right}\n  given {statement.given}\n  at {values}"


def judged(seed: int) -> list:
    return [judge(statement) for statement in made(seed)]


if __name__ == "__main__":
    sys.exit(command(__doc__, judged, seeds=200))
