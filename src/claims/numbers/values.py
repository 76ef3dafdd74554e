"""The value of an expression at a point, by mpmath: the expression as it was written, nothing shared with the prover.

A function has a value at real numbers only, and only where it is real there.  Complex are only the numbers written with
the imaginary unit: activations, which may be any function, and exp, sin and their kind are continued to these.
A matrix is a list of rows.
"""

from __future__ import annotations

import functools
from fractions import Fraction
from typing import Any, NoReturn

import mpmath
import sympy as sp
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational
from sympy.functions.elementary.integers import RoundFunction
from sympy.logic.boolalg import BooleanFunction

from claims.language import Activation, NamedScalar, sigma

from .arithmetic import (
    Number,
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


def evaluate(e: sp.Basic, env: Environment) -> Any:
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


def _value_or_why_not(e: sp.Basic, env: Environment) -> Any:
    try:
        return value(e, env)
    except Undefined as undefined:
        return undefined
    except (ZeroDivisionError, OverflowError) as error:
        return Undefined(str(error))


@functools.singledispatch
def value(e: sp.Basic, env: Environment) -> Any:
    if isinstance(e, AppliedUndef):
        raise NotImplementedError(f"no value for {e}: a function that may be any is `activation({e.name!r})`")
    if isinstance(e, sp.Function) and hasattr(mpmath, type(e).__name__):
        env.meter.spend(2)
        return function(getattr(mpmath, type(e).__name__), *[evaluate(a, env) for a in e.args])
    raise NotImplementedError(f"no value for {type(e).__name__}: {e}")


# ---------------------------------------------------------------- constants and symbols
@value.register(sp.Rational)
def _(e: sp.Rational, env: Environment) -> Number:
    return short(Fraction(int(e.p), int(e.q)))


@value.register(sp.Float)
@value.register(sp.NumberSymbol)
def _(e: sp.Float | sp.NumberSymbol, env: Environment) -> Number:
    return finite(mpmath.mpf(e._to_mpmath(mpmath.mp.prec)))


@value.register(sp.core.numbers.Infinity)
@value.register(sp.core.numbers.NegativeInfinity)
def _(e: sp.core.numbers.Infinity | sp.core.numbers.NegativeInfinity, env: Environment) -> Number:
    return mpmath.inf if e > 0 else -mpmath.inf


@value.register(sp.core.numbers.ImaginaryUnit)
def _(e: sp.core.numbers.ImaginaryUnit, env: Environment) -> Number:
    return mpmath.mpc(0, 1)


@value.register(sp.core.numbers.NaN)
@value.register(sp.core.numbers.ComplexInfinity)
def _(e: sp.core.numbers.NaN | sp.core.numbers.ComplexInfinity, env: Environment) -> NoReturn:
    raise Undefined(f"{e} is no number")


@value.register(sp.Symbol)
@value.register(sp.MatrixSymbol)
def _(e: sp.Symbol | sp.MatrixSymbol, env: Environment) -> NoReturn:
    raise KeyError(f"{e} has no value")


@value.register(NamedScalar)
def _(e: NamedScalar, env: Environment) -> Any:
    return evaluate(e.expr, env)


# ---------------------------------------------------------------- sums, products, powers, functions
@value.register(sp.Add)
def _(e: sp.Add, env: Environment) -> Number:
    return add([evaluate(a, env) for a in e.args])


@value.register(sp.Mul)
def _(e: sp.Mul, env: Environment) -> Number:
    return times([evaluate(a, env) for a in e.args])


@value.register(sp.Pow)
def _(e: sp.Pow, env: Environment) -> Number:
    x, p = (evaluate(a, env) for a in e.args)
    return power(x, p, e.exp)


def power(x: Number, p: Number, exponent: sp.Expr) -> Number:
    """x^p, where `exponent` is how p was written: one that is whole by what it says may stand over any number."""
    return whole_power(x, whole(p)) if exponent.is_integer else real_power(x, p)


@value.register(sp.exp)
@value.register(sp.sin)
@value.register(sp.cos)
@value.register(sp.sinh)
@value.register(sp.cosh)
def _(e: sp.exp | sp.sin | sp.cos | sp.sinh | sp.cosh, env: Environment) -> Number:
    env.meter.spend(2)
    return entire(getattr(mpmath, type(e).__name__), evaluate(e.args[0], env))


@value.register(sp.log)
def _(e: sp.log, env: Environment) -> Number:
    env.meter.spend(2)
    x = real(evaluate(e.args[0], env))
    if x <= 0:
        raise Undefined("the logarithm of a number that is not positive")
    return function(mpmath.log, x)


@value.register(Activation)
def _(e: Activation, env: Environment) -> Number:
    z, g = evaluate(e.args[0], env), type(e)
    if g is sigma:
        return whole_power(add([1, entire(mpmath.exp, times([-1, z]))]), -1)
    if g.closed is not None:
        return evaluate(_closed(e), env)
    f = env.functions[g.base]
    if isinstance(f, Solution):
        return _solved(f, env.set({f.variable: real(z)}))
    return finite(f(z if isinstance(f, StandIn) else rounded(z), g.order))


def _solved(f: Solution, env: Environment) -> Any:
    if abs(evaluate(f.gap, env)) > mpmath.mpf(10) ** (-mpmath.mp.dps // 3):
        raise Undefined("a function that has the slope it should have elsewhere")
    return evaluate(f.expr, env)


@functools.lru_cache(maxsize=10_000)
def _closed(e: Activation) -> sp.Expr:
    return e.doit()


@value.register(sp.re)
def _(e: sp.re, env: Environment) -> Number:
    return mpmath.re(rounded(evaluate(e.args[0], env)))


@value.register(sp.im)
def _(e: sp.im, env: Environment) -> Number:
    return mpmath.im(rounded(evaluate(e.args[0], env)))


# ---------------------------------------------------------------- functions with kinks and jumps
@value.register(sp.Max)
@value.register(sp.Min)
def _(e: sp.Max | sp.Min, env: Environment) -> Number:
    return (max if isinstance(e, sp.Max) else min)((real(evaluate(a, env)) for a in e.args), key=rounded)


@value.register(sp.Abs)
def _(e: sp.Abs, env: Environment) -> Number:
    return abs(real(evaluate(e.args[0], env)))


@value.register(sp.sign)
def _(e: sp.sign, env: Environment) -> Number:
    return side_of(e.args[0], env)


@value.register(sp.Heaviside)
def _(e: sp.Heaviside, env: Environment) -> Number:
    here = side_of(e.args[0], env)
    return int(here > 0) if here else evaluate(e.args[1], env)


@value.register(RoundFunction)
def _(e: RoundFunction, env: Environment) -> Number:
    x = real(evaluate(e.args[0], env))
    nearest = round(x) if is_exact(x) else int(mpmath.nint(x))
    past = side(add([x, -nearest]))
    if isinstance(e, sp.floor):
        return nearest - (past < 0)
    if isinstance(e, sp.ceiling):
        return nearest + (past > 0)
    raise NotImplementedError(f"no value for {e}")


@value.register(sp.Piecewise)
def _(e: sp.Piecewise, env: Environment) -> Number:
    for piece, condition in e.args:
        if holds(condition, env):
            return evaluate(piece, env)
    raise Undefined("no piece applies")


@value.register(sp.KroneckerDelta)
def _(e: sp.KroneckerDelta, env: Environment) -> Number:
    i, j = e.args[:2]
    return int(compare(i, j, env) == 0)


def side_of(u: sp.Expr, env: Environment) -> int:
    """The sign of an expression, where it is known in spite of rounding."""
    x = evaluate(u, env)
    if is_exact(x) or not isinstance(u, sp.Add):
        return side(x)
    return side(x, max(abs(rounded(evaluate(a, env))) for a in u.args))


def compare(a: sp.Expr, b: sp.Expr, env: Environment) -> int:
    """1, 0 or -1 as a is more than b, equal to it or less, where that is known in spite of rounding."""
    left, right = (real(evaluate(x, env)) for x in (a, b))
    return side(add([left, -right]), max(abs(rounded(left)), abs(rounded(right))))


def holds(condition: sp.Basic, env: Environment) -> bool:
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
