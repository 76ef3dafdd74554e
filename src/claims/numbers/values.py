"""The value of an expression at a point, by mpmath: the expression as it was written, nothing shared with the prover.

A function has a value at real numbers only, and only where it is real there.  Complex are only the numbers written with
the imaginary unit: activations, which may be any function, and exp, sin and their kind are continued to these.
A matrix is a list of rows.
"""

from __future__ import annotations

import functools
from fractions import Fraction

import mpmath
import sympy as sp
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational
from sympy.functions.elementary.integers import RoundFunction
from sympy.logic.boolalg import BooleanFunction

from claims.language import Activation, NamedScalar, sigma

from .arithmetic import (
    Undefined,
    add,
    entire,
    finite,
    function,
    is_exact,
    real,
    real_power,
    rounded,
    short,
    side,
    times,
    whole,
    whole_power,
)
from .environment import Environment
from .nodes import node
from .standins import Solution, StandIn

__all__ = ["Environment", "Undefined", "evaluate", "holds"]


def evaluate(e, env):
    """The number, or the list of rows, that an expression is worth.

    Raises:  Undefined where it has no value; NotImplementedError for a word without a rule
    """
    here = node(e)
    if here.is_open and here.e in env:
        return env[here.e]
    env, key = env.first_with(here.free), (here, mpmath.mp.prec)
    if key not in env.kept:
        env.meter.spend(1)
        env.kept[key] = _value_or_why_not(here.e, env)
    kept = env.kept[key]
    if isinstance(kept, Undefined):
        raise kept.with_traceback(None)
    return kept


def _value_or_why_not(e, env):
    try:
        return value(e, env)
    except Undefined as undefined:
        return undefined
    except (ZeroDivisionError, OverflowError) as error:
        return Undefined(str(error))


@functools.singledispatch
def value(e, env):
    if isinstance(e, AppliedUndef):
        raise NotImplementedError(f"no value for {e}: a function that may be any is `activation({e.name!r})`")
    if isinstance(e, sp.Function) and hasattr(mpmath, type(e).__name__):
        env.meter.spend(2)
        return function(getattr(mpmath, type(e).__name__), *[evaluate(a, env) for a in e.args])
    raise NotImplementedError(f"no value for {type(e).__name__}: {e}")


# ---------------------------------------------------------------- constants and symbols
@value.register(sp.Rational)
def _(e, env):
    return short(Fraction(int(e.p), int(e.q)))


@value.register(sp.Float)
@value.register(sp.NumberSymbol)
def _(e, env):
    return finite(mpmath.mpf(e._to_mpmath(mpmath.mp.prec)))


@value.register(sp.core.numbers.Infinity)
@value.register(sp.core.numbers.NegativeInfinity)
def _(e, env):
    return mpmath.inf if e > 0 else -mpmath.inf


@value.register(sp.core.numbers.ImaginaryUnit)
def _(e, env):
    return mpmath.mpc(0, 1)


@value.register(sp.core.numbers.NaN)
@value.register(sp.core.numbers.ComplexInfinity)
def _(e, env):
    raise Undefined(f"{e} is no number")


@value.register(sp.Symbol)
@value.register(sp.MatrixSymbol)
def _(e, env):
    raise KeyError(f"{e} has no value")


@value.register(NamedScalar)
def _(e, env):
    return evaluate(e.expr, env)


# ---------------------------------------------------------------- sums, products, powers, functions
@value.register(sp.Add)
def _(e, env):
    return add([evaluate(a, env) for a in e.args])


@value.register(sp.Mul)
def _(e, env):
    return times([evaluate(a, env) for a in e.args])


@value.register(sp.Pow)
def _(e, env):
    return power(*(evaluate(a, env) for a in e.args), e.exp)


def power(x, p, exponent):
    """x^p, where `exponent` is how p was written: one that is whole by what it says may stand over any number."""
    return whole_power(x, whole(p)) if exponent.is_integer else real_power(x, p)


@value.register(sp.exp)
@value.register(sp.sin)
@value.register(sp.cos)
@value.register(sp.sinh)
@value.register(sp.cosh)
def _(e, env):
    env.meter.spend(2)
    return entire(getattr(mpmath, type(e).__name__), evaluate(e.args[0], env))


@value.register(sp.log)
def _(e, env):
    env.meter.spend(2)
    x = real(evaluate(e.args[0], env))
    if x <= 0:
        raise Undefined("the logarithm of a number that is not positive")
    return function(mpmath.log, x)


@value.register(Activation)
def _(e, env):
    z, g = evaluate(e.args[0], env), type(e)
    if g is sigma:
        return whole_power(add([1, entire(mpmath.exp, times([-1, z]))]), -1)
    if g.closed is not None:
        return evaluate(_closed(e), env)
    f = env.functions[g.base]
    if isinstance(f, Solution):
        return _solved(f, env.set({f.variable: real(z)}))
    return finite(f(z if isinstance(f, StandIn) else rounded(z), g.order))


def _solved(f, env):
    if abs(evaluate(f.gap, env)) > mpmath.mpf(10) ** (-mpmath.mp.dps // 3):
        raise Undefined("a function that has the slope it should have elsewhere")
    return evaluate(f.expr, env)


@functools.lru_cache(maxsize=10_000)
def _closed(e):
    return e.doit()


@value.register(sp.re)
def _(e, env):
    return mpmath.re(rounded(evaluate(e.args[0], env)))


@value.register(sp.im)
def _(e, env):
    return mpmath.im(rounded(evaluate(e.args[0], env)))


# ---------------------------------------------------------------- functions with kinks and jumps
@value.register(sp.Max)
@value.register(sp.Min)
def _(e, env):
    return (max if isinstance(e, sp.Max) else min)((real(evaluate(a, env)) for a in e.args), key=rounded)


@value.register(sp.Abs)
def _(e, env):
    return abs(real(evaluate(e.args[0], env)))


@value.register(sp.sign)
def _(e, env):
    return side_of(e.args[0], env)


@value.register(sp.Heaviside)
def _(e, env):
    here = side_of(e.args[0], env)
    return int(here > 0) if here else evaluate(e.args[1], env)


@value.register(RoundFunction)
def _(e, env):
    x = real(evaluate(e.args[0], env))
    nearest = round(x) if is_exact(x) else int(mpmath.nint(x))
    past = side(add([x, -nearest]))
    if isinstance(e, sp.floor):
        return nearest - (past < 0)
    if isinstance(e, sp.ceiling):
        return nearest + (past > 0)
    raise NotImplementedError(f"no value for {e}")


@value.register(sp.Piecewise)
def _(e, env):
    for piece, condition in e.args:
        if holds(condition, env):
            return evaluate(piece, env)
    raise Undefined("no piece applies")


@value.register(sp.KroneckerDelta)
def _(e, env):
    return int(compare(*e.args[:2], env) == 0)


def side_of(u, env) -> int:
    """The sign of an expression, where it is known in spite of rounding."""
    x = evaluate(u, env)
    if is_exact(x) or not isinstance(u, sp.Add):
        return side(x)
    return side(x, max(abs(rounded(evaluate(a, env))) for a in u.args))


def compare(a, b, env) -> int:
    """1, 0 or -1 as a is more than b, equal to it or less, where that is known in spite of rounding."""
    left, right = (real(evaluate(x, env)) for x in (a, b))
    return side(add([left, -right]), max(abs(rounded(left)), abs(rounded(right))))


def holds(condition, env) -> bool:
    """The truth of a condition, which must be known in all its parts.

    Raises:  Undefined where a part has no value; NotImplementedError for a condition without a rule
    """
    if condition in (sp.true, sp.false):
        return bool(condition)
    if isinstance(condition, BooleanFunction):
        return bool(condition.func(*[sp.sympify(holds(c, env)) for c in condition.args]))
    if not isinstance(condition, Relational):
        raise NotImplementedError(f"no truth for {type(condition).__name__}: {condition}")
    here = compare(condition.lhs, condition.rhs, env)
    tests = {sp.Gt: here > 0, sp.Ge: here >= 0, sp.Lt: here < 0, sp.Le: here <= 0, sp.Eq: here == 0, sp.Ne: here != 0}
    return tests[type(condition)]
