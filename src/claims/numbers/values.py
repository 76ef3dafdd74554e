"""The value of an expression at a point, by mpmath: derivatives by differences, nothing shared with the prover.

Functions are SymPy's, so a logarithm or a root of a negative number is complex, its principal value.
A matrix is a list of rows.  An environment gives symbols numbers, and matrix symbols matrices.
"""

from __future__ import annotations

import functools
import itertools

import mpmath
import sympy as sp
from sympy.core.function import AppliedUndef
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction
from sympy.matrices.expressions.diagonal import DiagonalMatrix, DiagonalOf
from sympy.matrices.expressions.dotproduct import DotProduct
from sympy.matrices.expressions.matexpr import MatrixElement

from claims.budget import checkpoint
from claims.language import Activation, Grad, Hess, Jac, Named, NamedScalar, Total, is_matrix, sigma

KINK_WIDTH = mpmath.mpf("1e-6")
LARGEST = mpmath.mpf(2) ** 4096  # an exponential of more has an exponent that fills the memory


class Undefined(ArithmeticError):
    """The expression has no value here: a pole, an order between complex numbers, or a kink to be avoided."""


class Environment(dict):
    """Values of symbols; `functions` gives the activations that may be any function, `kinks` says if a kink has a value.

    It keeps what was computed, so that a step in one entry, for a slope, computes again only what the step moves.
    """

    def __init__(self, values=(), functions=None, kinks=True):
        super().__init__(values)
        self.functions, self.kinks = functions or {}, kinks
        self.kept, self.before, self.moved = {}, None, frozenset()

    def __setitem__(self, symbol, now):
        super().__setitem__(symbol, now)
        self.kept.clear()

    def set(self, values: dict) -> Environment:
        after = Environment({**self, **values}, self.functions, self.kinks)
        after.before, after.moved = self, frozenset(values)
        return after

    def first_with(self, symbols: frozenset) -> Environment:
        """The first of those that this one came from where the symbols had the values that they have here."""
        env = self
        while env.before is not None and env.moved.isdisjoint(symbols):
            env = env.before
        return env


def evaluate(e, env):
    """The number, or the list of rows, that an expression is worth.

    Raises:  Undefined where it has no value
    """
    checkpoint()
    if e in env:
        return env[e]
    env, key = env.first_with(symbols_of(e)), (e, mpmath.mp.prec)
    if key not in env.kept:
        try:
            env.kept[key] = value(e, env)
        except (ZeroDivisionError, OverflowError) as error:
            raise Undefined(f"{e}: {error}") from error
    return env.kept[key]


@functools.cache
def symbols_of(e) -> frozenset:
    """All that an environment may give a value, at any depth, also in the definition of a name."""
    own = [e] if isinstance(e, (sp.Symbol, sp.MatrixSymbol, NamedScalar)) else []
    return frozenset(own).union(*map(symbols_of, e.args))


@functools.singledispatch
def value(e, env):
    if e.is_number and not e.args:
        return _constant(e)
    if isinstance(e, AppliedUndef):
        raise NotImplementedError(f"no value for {e}: a function that may be any is `activation({e.name!r})`")
    if isinstance(e, sp.Function) and hasattr(mpmath, type(e).__name__):
        return function(getattr(mpmath, type(e).__name__), *[evaluate(a, env) for a in e.args])
    raise NotImplementedError(f"no value for {type(e).__name__}: {e}")


def function(f, *arguments):
    """A function's value, where it is a number of a size that can be written."""
    if any(abs(z) > LARGEST for z in arguments):
        raise Undefined(f"too large an argument: {arguments}")
    try:
        return finite(f(*arguments))
    except ValueError as error:  # a pole of the gamma function
        raise Undefined(str(error)) from error


def _constant(e):
    if e.is_Rational:
        return mpmath.mpf(int(e.p)) / int(e.q)
    return {sp.pi: mpmath.pi, sp.E: mpmath.e, sp.I: mpmath.mpc(0, 1), sp.oo: mpmath.inf, -sp.oo: -mpmath.inf}.get(
        e, None
    ) or mpmath.mpf(e._to_mpmath(mpmath.mp.prec))


def finite(x):
    if not mpmath.isfinite(x):
        raise Undefined("infinite")
    return x


def real(x):
    """The number as a real one, where an order needs it."""
    if abs(mpmath.im(x)) > KINK_WIDTH**2:
        raise Undefined("an order between complex numbers")
    return mpmath.re(x)


def whole(e, env) -> int:
    return int(mpmath.nint(real(evaluate(e, env))))


# ---------------------------------------------------------------- scalars
@value.register(sp.Symbol)
def _(e, env):
    raise KeyError(f"{e} has no value")


@value.register(sp.Add)
def _(e, env):
    return mpmath.fsum(evaluate(a, env) for a in e.args)


@value.register(sp.Mul)
def _(e, env):
    out = mpmath.mpf(1)
    for a in e.args:
        out *= evaluate(a, env)
    return out


@value.register(sp.Pow)
def _(e, env):
    base, exponent = (evaluate(a, env) for a in e.args)
    if e.exp.is_Integer:
        return base ** int(e.exp)
    return finite(mpmath.power(base, exponent))


@value.register(sp.exp)
def _(e, env):
    return function(mpmath.exp, evaluate(e.args[0], env))


@value.register(sp.log)
def _(e, env):
    z = evaluate(e.args[0], env)
    if z == 0:
        raise Undefined("log 0")
    return mpmath.log(z)


@value.register(sp.Max)
@value.register(sp.Min)
def _(e, env):
    values = sorted(real(evaluate(a, env)) for a in e.args)
    for a, b in itertools.pairwise(values):
        _kink(b - a, env, e.is_integer)
    return values[-1] if isinstance(e, sp.Max) else values[0]


@value.register(sp.Abs)
def _(e, env):
    u = real(evaluate(e.args[0], env))
    return abs(_kink(u, env, e.is_integer))


@value.register(sp.sign)
def _(e, env):
    return mpmath.sign(_kink(real(evaluate(e.args[0], env)), env, e.args[0].is_integer))


@value.register(sp.Heaviside)
def _(e, env):
    u = _kink(real(evaluate(e.args[0], env)), env, e.args[0].is_integer)
    return mpmath.mpf(u > 0) if u else evaluate(e.args[1], env)


@value.register(sp.Piecewise)
def _(e, env):
    for piece, condition in e.args:
        if holds(condition, env):
            return evaluate(piece, env)
    raise Undefined("no piece applies")


def _kink(u, env, counts):
    """Numbers this near a kink are avoided when slopes are compared, unless they count: sizes and indices have no slope."""
    if not env.kinks and not counts and abs(u) < KINK_WIDTH:
        raise Undefined("at a kink")
    return u


def holds(condition, env) -> bool:
    """The truth of a condition."""
    if condition in (sp.true, sp.false):
        return bool(condition)
    if isinstance(condition, (sp.And, sp.Or, sp.Not)):
        truths = [holds(c, env) for c in condition.args]
        return (
            not truths[0] if isinstance(condition, sp.Not) else (all if isinstance(condition, sp.And) else any)(truths)
        )
    u = real(evaluate(condition.lhs, env)) - real(evaluate(condition.rhs, env))
    _kink(u, env, condition.lhs.is_integer and condition.rhs.is_integer)
    tests = {sp.Gt: u > 0, sp.Ge: u >= 0, sp.Lt: u < 0, sp.Le: u <= 0, sp.Eq: u == 0, sp.Ne: u != 0}
    return tests[type(condition)]


@value.register(sp.Sum)
def _(e, env):
    (k, low, high), rest = e.limits[-1], e.limits[:-1]
    body = sp.Sum(e.function, *rest) if rest else e.function
    return mpmath.fsum(evaluate(body, env.set({k: t})) for t in range(whole(low, env), whole(high, env) + 1))


@value.register(sp.Product)
def _(e, env):
    (k, low, high), rest = e.limits[-1], e.limits[:-1]
    body = sp.Product(e.function, *rest) if rest else e.function
    return mpmath.fprod(evaluate(body, env.set({k: t})) for t in range(whole(low, env), whole(high, env) + 1))


@value.register(sp.KroneckerDelta)
def _(e, env):
    return int(evaluate(e.args[0], env) == evaluate(e.args[1], env))


@value.register(sp.Integral)
def _(e, env):
    (x, low, high), rest = e.limits[-1], e.limits[:-1]
    body = sp.Integral(e.function, *rest) if rest else e.function
    ends = [evaluate(low, env), *([0] if low == -sp.oo and high == sp.oo else []), evaluate(high, env)]
    return mpmath.quad(lambda t: evaluate(body, env.set({x: t})), ends)


@value.register(sp.Derivative)
def _(e, env):
    ((x, count),) = e.variable_count
    return mpmath.diff(lambda t: evaluate(e.expr, env.set({x: t})), env[x], int(count))


@value.register(Activation)
def _(e, env):
    z = evaluate(e.args[0], env)
    g = type(e)
    if g is sigma:
        return 1 / (1 + function(mpmath.exp, -z))
    if g.closed is not None:
        return evaluate(e.doit(), env)
    return env.functions[g.base](z, g.order)


@value.register(NamedScalar)
def _(e, env):
    return evaluate(e.expr, env)


@value.register(Total)
def _(e, env):
    return mpmath.fsum(x for row in evaluate(e.arg, env) for x in row)


@value.register(sp.Trace)
def _(e, env):
    M = evaluate(e.arg, env)
    return mpmath.fsum(M[k][k] for k in range(len(M)))


@value.register(sp.Determinant)
def _(e, env):
    return determinant(evaluate(e.arg, env))


def determinant(rows):
    """By elimination: mpmath's own fails on a column of zeros."""
    if not rows:
        return mpmath.mpf(1)
    pivot = max(range(len(rows)), key=lambda k: abs(rows[k][0]))
    if rows[pivot][0] == 0:
        return mpmath.mpf(0)
    (head, *tail), others = rows[pivot], rows[:pivot] + rows[pivot + 1 :]
    rest = [[x - row[0] / head * y for x, y in zip(row[1:], tail, strict=True)] for row in others]
    return (-1) ** pivot * head * determinant(rest)


@value.register(DotProduct)
def _(e, env):
    u, v = (flat(evaluate(a, env)) for a in e.args)
    return mpmath.fdot(u, v)


@value.register(MatrixElement)
def _(e, env):
    M, (i, j) = evaluate(e.parent, env), (whole(k, env) for k in e.indices)
    if not (0 <= i < len(M) and 0 <= j < len(M[0])):
        raise Undefined(f"no entry {i}, {j} in {e.parent}")
    return M[i][j]


# ---------------------------------------------------------------- matrices
def shape(M, env) -> tuple[int, int]:
    return tuple(whole(sp.sympify(d), env) for d in M.shape)


def build(M, env, entry):
    rows, cols = shape(M, env)
    return [[entry(i, j) for j in range(cols)] for i in range(rows)]


def flat(M) -> list:
    """All entries, row by row; of a number, itself."""
    return [x for row in M for x in row] if isinstance(M, list) else [M]


def each(f, *Ms):
    return [[f(*xs) for xs in zip(*rows, strict=True)] for rows in zip(*Ms, strict=True)]


def product(A, B):
    columns = list(zip(*B, strict=True))
    return [[mpmath.fsum(x * y for x, y in zip(row, column, strict=True)) for column in columns] for row in A]


@value.register(Named)
def _(e, env):
    return evaluate(e.expr, env)


@value.register(sp.OneMatrix)
def _(e, env):
    return build(e, env, lambda i, j: mpmath.mpf(1))


@value.register(sp.ZeroMatrix)
def _(e, env):
    return build(e, env, lambda i, j: mpmath.mpf(0))


@value.register(sp.Identity)
def _(e, env):
    return build(e, env, lambda i, j: mpmath.mpf(i == j))


@value.register(sp.MatrixBase)
def _(e, env):
    return build(e, env, lambda i, j: evaluate(e[i, j], env))


@value.register(sp.FunctionMatrix)
def _(e, env):
    return build(e, env, lambda i, j: evaluate(e.lamda(i, j), env))


@value.register(sp.MatAdd)
def _(e, env):
    return each(lambda *xs: mpmath.fsum(xs), *[evaluate(A, env) for A in e.args])


@value.register(sp.MatMul)
def _(e, env):
    c, factors = e.as_coeff_matrices()
    c, out = evaluate(c, env), functools.reduce(product, [evaluate(A, env) for A in factors])
    return each(lambda x: c * x, out)


@value.register(sp.MatPow)
@value.register(sp.Inverse)
def _(e, env):
    n, rows = whole(e.args[1], env), evaluate(e.args[0], env)
    if n < 0 and abs(determinant(rows)) < KINK_WIDTH:
        raise Undefined("the inverse of a singular matrix")
    return (mpmath.matrix(rows) ** n).tolist()


@value.register(sp.Transpose)
@value.register(sp.Adjoint)
def _(e, env):
    return [list(column) for column in zip(*evaluate(e.arg, env), strict=True)]


@value.register(sp.HadamardProduct)
def _(e, env):
    return each(lambda *xs: mpmath.fprod(xs), *[evaluate(A, env) for A in e.args])


@value.register(sp.HadamardPower)
def _(e, env):
    x = sp.Dummy("x")
    base, power = (evaluate(a, env) if is_matrix(a) else None for a in e.args)
    if power is None:
        return each(lambda b: evaluate(x**e.exp, env.set({x: b})), base)
    if base is None:
        return each(lambda p: evaluate(e.base**x, env.set({x: p})), power)
    return each(lambda b, p: finite(mpmath.power(b, p)), base, power)


@value.register(ElementwiseApplyFunction)
def _(e, env):
    (t,) = e.function.signature
    return each(lambda x: evaluate(e.function.expr, env.set({t: x})), evaluate(e.expr, env))


@value.register(sp.DiagMatrix)
def _(e, env):
    v = flat(evaluate(e.args[0], env))
    return build(e, env, lambda i, j: v[i] if i == j else mpmath.mpf(0))


@value.register(DiagonalMatrix)
def _(e, env):
    M = evaluate(e.arg, env)
    return build(e, env, lambda i, j: M[i][j] if i == j else mpmath.mpf(0))


@value.register(DiagonalOf)
def _(e, env):
    M = evaluate(e.arg, env)
    return build(e, env, lambda i, j: M[i][i])


# ---------------------------------------------------------------- derivatives, by differences
@value.register(Grad)
@value.register(Hess)
@value.register(Jac)
def _(e, env):
    if is_matrix(e):
        return build(e, env, lambda i, j: entry(e, i, j, env))
    return entry(e, 0, 0, env)


def entry(e, i: int, j: int, env):
    """One entry of a matrix expression; of a derivative only that one is taken."""
    if isinstance(e, Grad):
        return _slope(lambda here: evaluate(e.scalar, here), [(e.wrt, i, j)], env)
    if isinstance(e, Hess):
        places = [_place(e.wrt, k) for k in (i, j)]
        return _slope(lambda here: evaluate(e.scalar, here), places, env)
    if isinstance(e, Jac):
        return _slope(lambda here: _component(evaluate(e.column, here), i), [_place(e.wrt, j)], env)
    M = evaluate(e, env)
    return M[i][j] if isinstance(M, list) else M


def _component(vector, k):
    return flat(vector)[k]


def _place(wrt, k):
    return (wrt, 0, k) if is_matrix(wrt) and wrt.rows == 1 else (wrt, k, 0)


def _slope(f, places, env):
    """The derivative of f(environment) by the entries at the places, one after another."""

    def moved(*steps):
        here = env
        for (wrt, i, j), step in zip(places, steps, strict=True):
            here = here.set(_shifted(wrt, i, j, step, here))
        return f(here)

    if len(places) == 1:
        return mpmath.diff(moved, 0)
    if places[0] == places[1]:
        return mpmath.diff(lambda t: moved(t, 0), 0, 2)
    return mpmath.diff(moved, (0, 0), (1, 1))


def _shifted(wrt, i, j, step, env):
    if isinstance(wrt, MatrixElement):
        return _shifted(wrt.parent, *[whole(k, env) for k in wrt.indices], step, env)
    now = evaluate(wrt, env)
    if not is_matrix(wrt):
        return {wrt: now + step}
    return {wrt: [[x + step if (r, c) == (i, j) else x for c, x in enumerate(row)] for r, row in enumerate(now)]}
