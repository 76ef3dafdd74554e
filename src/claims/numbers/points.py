"""Random points to try a claim at: sizes, matrices of small rationals, hypotheses fulfilled."""

from __future__ import annotations

import functools
import math
import random
from dataclasses import dataclass, field
from fractions import Fraction

import mpmath
import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixElement

from claims.language import BOUND, Activation, Named, is_matrix, sigma, unfold

from .values import Environment, Undefined, evaluate, flat, shape, whole

SIMPLE = [sp.Rational(*q) for q in ((1, 1), (-1, 1), (2, 1), (1, 2), (-1, 2), (0, 1), (-2, 1), (3, 2))]
SMOOTH = [sp.Rational(k, 7) for k in range(-9, 10) if k]
FAR = [sp.Rational(sign * q) for q in (3, 5, 9, 25, 120) for sign in (1, -1)]


@dataclass(frozen=True)
class StandIn:
    """In place of any function: a z + b z^2 + c sin z, with all its derivatives."""

    line: Fraction = Fraction(0)
    square: Fraction = Fraction(0)
    wave: int = 0

    def __call__(self, z, order):
        powers = self.square * math.perm(2, order) * z ** max(2 - order, 0)
        slope = self.line * (z if order == 0 else order == 1)
        return powers + slope + (self.wave and self.wave * mpmath.sin(z + order * mpmath.pi / 2))

    def __str__(self):
        terms = [(self.line, "z"), (self.square, "z^2"), (self.wave, "sin z")]
        return " + ".join(f"{c} {term}" if c != 1 else term for c, term in terms if c)


@dataclass(frozen=True)
class Solution:
    """In place of a function known by its slope alone: one with that slope."""

    expr: sp.Expr

    def __call__(self, z, order):
        return evaluate(self.expr, Environment({BOUND: z}))

    def __str__(self):
        return str(self.expr.subs(BOUND, sp.Symbol("z")))


@functools.cache
def solution(g) -> Solution:
    """By SymPy, with some constant of integration."""
    y = sp.Function("y")(BOUND)
    try:
        found = sp.dsolve(sp.Eq(y.diff(BOUND), g.slope.xreplace({g(BOUND): y})), y)
    except NotImplementedError:
        raise NotImplementedError(f"no function found whose slope is that of {g.__name__}") from None
    expr = (found[0] if isinstance(found, list) else found).rhs
    return Solution(expr.subs({c: sp.Rational(3, 7) for c in expr.free_symbols - {BOUND}}))


POLYNOMIAL = [StandIn(Fraction(a), Fraction(b)) for a, b in ((0, 1), (1, 1), (2, 1), ("1/2", 1), (1, "1/2"), (0, 2))]
BOUNDED = [
    StandIn(Fraction(a), Fraction(0), b) for a, b in (("1/2", 1), (0, 2), (1, 1), ("1/4", 2), ("-1/2", 1), (0, 1))
]


@dataclass
class Unknowns:
    """What a claim leaves open: sizes, matrices, scalars, free indices, activations."""

    sizes: list = field(default_factory=list)
    matrices: list = field(default_factory=list)
    scalars: list = field(default_factory=list)
    indices: dict = field(default_factory=dict)
    activations: list = field(default_factory=list)


def unknowns(expressions) -> Unknowns:
    """Everything that stands for any value in some expressions, in a reproducible order."""
    found = Unknowns()
    whole_things = [unfold(e) for e in expressions]
    nodes = {a for e in whole_things for a in sp.preorder_traversal(e)}
    by_name = lambda things: sorted(things, key=lambda s: (str(s), sp.default_sort_key(s)))
    found.matrices = by_name(a for a in nodes if isinstance(a, sp.MatrixSymbol) and not isinstance(a, Named))
    shapes = [d for a in nodes if is_matrix(a) for d in a.shape]
    limits = [d for a in nodes if isinstance(a, sp.Sum) for limit in a.limits for d in limit[1:]]
    found.sizes = by_name({s for d in shapes for s in sp.sympify(d).free_symbols})
    for a in by_name(a for a in nodes if isinstance(a, MatrixElement)):
        for k, size in zip(a.indices, a.parent.shape, strict=True):
            for s in by_name(k.free_symbols - set(found.sizes)):
                found.indices.setdefault(s, []).append(size)
    free = {s for e in whole_things for s in e.free_symbols if s.is_Symbol and not is_matrix(s)}
    found.indices = {k: v for k, v in found.indices.items() if k in free}
    found.sizes += by_name(
        s for d in limits for s in d.free_symbols if s in free and s not in found.sizes and s not in found.indices
        and s.is_integer
    )  # fmt: skip
    found.sizes = list(dict.fromkeys(found.sizes))
    found.scalars = by_name(free - set(found.sizes) - set(found.indices))
    functions = {type(a).base for a in nodes if isinstance(a, Activation)} - {sigma}
    found.activations = sorted(functions, key=lambda g: g.__name__)
    return found


def draw(symbol, rng, far=False) -> sp.Rational:
    """A small rational that the symbol's assumptions allow, or a large one."""
    assumed = _assumed(symbol)
    for numbers in (FAR if far else SIMPLE, map(sp.Integer, range(-6, 7))):
        allowed = [q for q in numbers if all(getattr(q, f"is_{a}") == v for a, v in assumed)]
        if allowed:
            return rng.choice(allowed)
    raise Undefined(f"no small rational fits the assumptions on {symbol}")


def _assumed(symbol):
    kinds = ("positive", "negative", "nonnegative", "nonpositive", "zero", "nonzero", "integer", "even", "odd")
    return [(a, v) for a in kinds if (v := getattr(symbol, f"is_{a}")) is not None]


def number(q):
    return mpmath.mpf(int(q.p)) / int(q.q)


def point(
    open_things: Unknowns, sizes: dict, rng: random.Random, *, given=(), kind="simple", kinks=True
) -> Environment:
    """Values for everything left open, at the sizes given: "simple" ones, "smooth" ones without zeros, or "far" ones.

    Raises:  Undefined if no values near a random choice fulfil the hypotheses
    """
    shapes = POLYNOMIAL if kind == "simple" else BOUNDED
    any_function = [g for g in open_things.activations if g.slope is None]
    functions = dict(zip(any_function, rng.sample(shapes, 6), strict=False))
    functions |= {g: solution(g) for g in open_things.activations if g.slope is not None}
    env = Environment({s: mpmath.mpf(v) for s, v in sizes.items()}, functions, kinks)
    values = {"simple": SIMPLE, "smooth": SMOOTH, "far": SIMPLE + FAR}[kind]
    if kind == "simple":
        values = rng.choices(SIMPLE[:2] + SIMPLE[3:6], k=2) + values
    for M in open_things.matrices:
        rows, cols = shape(M, env)
        env[M] = [[number(rng.choice(values)) for _ in range(cols)] for _ in range(rows)]
    for s in open_things.scalars:
        env[s] = number(draw(s, rng, far=kind == "far" and rng.random() < 0.6))
    for k, ranges in open_things.indices.items():
        env[k] = mpmath.mpf(rng.randrange(min(whole(sp.sympify(d), env) for d in ranges)))
    return fulfil(env, given, _solve if kind == "simple" else _nearest) if given else env


# ---------------------------------------------------------------- hypotheses
def residuals(equations, env) -> list:
    out = []
    for equation in equations:
        sides = [evaluate(s, env) for s in (equation.lhs, equation.rhs)]
        out += [a - b for a, b in zip(*map(flat, sides), strict=True)]
    return out


def fulfil(env, equations, solve) -> Environment:
    """The point moved by Newton's method to where the equations hold: in few values, or by little."""
    used = unknowns([side for e in equations for side in (e.lhs, e.rhs)])
    places = [(M, i, j) for M in used.matrices for i in range(len(env[M])) for j in range(len(env[M][0]))]
    places += [(s, 0, 0) for s in used.scalars if s not in env or not s.is_integer]
    for _ in range(40):
        r = residuals(equations, env)
        if max(map(abs, r)) < mpmath.mpf(10) ** (5 - mpmath.mp.dps):
            env = _moved(env, [(place, _simple(x) - x) for place in places for x in [_value(env, *place)]])
            return _within_assumptions(env, used.scalars)
        env = _newton_step(env, equations, places, r, solve)
    raise Undefined("no point found where the hypotheses hold")


def _within_assumptions(env, scalars) -> Environment:
    """The point, unless a hypothesis moved a scalar to where its assumptions do not hold."""
    for s in scalars:
        x = env[s]
        signs = {"positive": x > 0, "negative": x < 0, "nonnegative": x >= 0, "nonpositive": x <= 0, "zero": x == 0}
        if any(signs.get(kind, value) != value for kind, value in _assumed(s)):
            raise Undefined(f"the hypotheses hold where {s} does not keep its assumptions")
    return env


def _value(env, M, i, j):
    return env[M][i][j] if is_matrix(M) else env[M]


def _simple(x):
    """The small rational that a number is all but equal to: a label at 1e-60 is 0, and has no logarithm."""
    q = mpmath.nint(x * 5040) / 5040
    return q if abs(x - q) < mpmath.mpf(10) ** (15 - mpmath.mp.dps) else x


def _newton_step(env, equations, places, r, solve):
    h = mpmath.mpf(10) ** (-mpmath.mp.dps // 2)
    slopes = []
    for place in places:
        moved = residuals(equations, _moved(env, [(place, h)]))
        slopes.append([mpmath.chop((b - a) / h, tol=h * 100) for a, b in zip(r, moved, strict=True)])
    steps = solve([list(row) for row in zip(*slopes, strict=True)], [-x for x in r])
    return _moved(env, [(p, s) for p, s in zip(places, steps, strict=True) if s])


def _moved(env, steps):
    values = {}
    for (M, i, j), step in steps:
        if is_matrix(M):
            values.setdefault(M, [list(row) for row in env[M]])[i][j] += step
        else:
            values[M] = env[M] + step
    return env.set(values)


def _nearest(A, b):
    """The shortest solution of A x = b: the transpose of A times a solution of A A^T y = b."""
    square = [[mpmath.fdot(u, v) for v in A] for u in A]
    y = _solve(square, b)
    return [mpmath.fdot(column, y) for column in zip(*A, strict=True)]


def _solve(A, b):
    """Some solution of A x = b by elimination: what need not move stays."""
    rows = [[*row, c] for row, c in zip(A, b, strict=True)]
    n, pivots, r = len(A[0]), [], 0
    for c in reversed(range(n)):
        k = max(range(r, len(rows)), key=lambda k: abs(rows[k][c]), default=None)
        if k is None or abs(rows[k][c]) < mpmath.mpf("1e-12"):
            continue
        rows[r], rows[k] = rows[k], rows[r]
        rows[r] = [x / rows[r][c] for x in rows[r]]
        rows = [
            row if t == r else [x - row[c] * y for x, y in zip(row, rows[r], strict=True)] for t, row in enumerate(rows)
        ]
        pivots.append(c)
        r += 1
    x = [mpmath.mpf(0)] * n
    for row, c in zip(rows, pivots, strict=False):
        x[c] = row[-1]
    return x
