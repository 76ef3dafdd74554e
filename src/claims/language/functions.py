"""Functions of each entry, and activations."""

from __future__ import annotations

import contextlib
import functools
from collections import defaultdict
from collections.abc import Callable
from typing import Any, Self

import sympy as sp
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction

from .decimals import exact
from .scopes import SUMS, made_of, where_free
from .symbols import is_matrix, named_by

OfNumber = Callable[[sp.Expr], sp.Expr]
SlopeOf = Callable[[sp.Expr, sp.Expr], sp.Expr]  # (z, value) -> the derivative at z


class Argument(sp.Dummy):
    """The bound variable of a function of entries.

    SymPy makes a new one each time, so that equal functions compare unequal. Here its level says how deep functions
    stand inside the function that binds it, so that equal functions are equal, and nested ones bind different variables.
    """

    def __new__(cls, level: int) -> Self:
        return sp.Dummy.__new__(cls, "ttsruvwpq"[min(level, 8)], dummy_index=level, real=True)

    def __getnewargs_ex__(self) -> tuple[tuple[int], dict[str, Any]]:
        return (self.level,), {}

    @property
    def level(self) -> int:
        return self.dummy_index


BOUND = Argument(0)  # what the slopes of activations are written in; no function of entries binds it


def expression_of(given: Any, use: str) -> sp.Expr:
    """What an author gives for a number or a matrix; `use` begins the sentence that refuses anything else.

    Raises:  TypeError
    """
    made: Any = None
    if not isinstance(given, (str, bool, type)):
        with contextlib.suppress(sp.SympifyError):
            made = sp.sympify(given)
    if isinstance(made, sp.Lambda) or not (is_matrix(made) or isinstance(made, sp.Expr)):
        raise TypeError(f"{use} a number or a matrix, not {given!r}")
    return canonical(made)


def matrix_of(given: Any, use: str) -> sp.MatrixExpr:
    """What an author gives for a matrix.

    Raises:  TypeError
    """
    if not is_matrix(given):
        raise TypeError(f"{use} a matrix, not {given!r}")
    return canonical(sp.sympify(given))


def function_of_entries(function: OfNumber) -> sp.Lambda:
    """The function with the bound variable that its place in the nesting gives it."""
    if isinstance(function, sp.Lambda):
        own = function.signature[0]
        if isinstance(own, Argument) and own.level == _level(function.expr, own):
            return function
    t = sp.Dummy("t", real=True)
    body = _value(function, t)
    bound = Argument(_level(body))
    return sp.Lambda(bound, where_free(body, {t: bound}))


def _value(function: OfNumber, t: sp.Expr) -> sp.Expr:
    """The function at a number, which is a number."""
    body = expression_of(function(t), "a function of entries has as its value")
    if is_matrix(body):
        raise TypeError(f"a function of entries gives a number for a number, not {body}")
    return body


def _level(body: sp.Expr, own: sp.Symbol | None = None) -> int:
    """That of the variable of a function with this body: above all that it binds inside, and none that it has from outside."""
    level: int = 1 + max(
        (v.level for f in body.atoms(sp.Lambda) for v in f.bound_symbols if isinstance(v, Argument)), default=0
    )
    taken = {v.level for v in body.atoms(Argument) if v != own}
    while level in taken:  # the variable of a function around this one is not captured
        level += 1
    return level


class Apply(ElementwiseApplyFunction):
    """A function of each entry; unlike SymPy's own, it is safe for matrices of one entry."""

    def __new__(cls, function: OfNumber, expression: sp.MatrixExpr) -> Self:
        return sp.MatrixExpr.__new__(cls, function_of_entries(function), expression)

    def _eval_transpose(self) -> Self | None:
        """g(X W)^T stays as it was written; only a transpose inside cancels."""
        return self.func(self.function, self.expr.arg) if isinstance(self.expr, sp.Transpose) else None

    def doit(self, **hints: Any) -> Self:
        return self


def apply(function: OfNumber, expression: Any) -> sp.Expr:
    """The function at each entry of a matrix, or at a scalar.

    Raises:  TypeError for what is no function of a number, or is applied to nothing
    """
    if not callable(function):
        raise TypeError(f"what is applied is a function of a number, apply(sigma, Z), not {function!r}")
    expression = expression_of(expression, "a function is applied to")
    return Apply(function, expression) if is_matrix(expression) else _value(function, expression)


class Powers(sp.HadamardPower):
    """A power with an exponent for each entry, of which SymPy's own transposes the base alone."""

    def __new__(cls, base: Any, exponent: Any) -> sp.Expr:
        return super().__new__(cls if is_matrix(exponent) else sp.HadamardPower, base, exponent)

    def _eval_transpose(self) -> Self:
        return self.func(*[a.T if is_matrix(a) else a for a in self.args])


def canonical(expression: sp.Basic) -> sp.Basic:
    """The expression with functions of entries as `Apply` and powers by a matrix as `Powers`, however they were written.

    Their bound variables are those that their places give them.
    """
    return _canonical(expression) if expression.args else expression


@functools.lru_cache(65536)
def _canonical(e: sp.Basic) -> sp.Basic:
    if not e.has(ElementwiseApplyFunction, sp.HadamardPower):
        return e
    args = [canonical(a) for a in e.args]
    if isinstance(e, ElementwiseApplyFunction):
        return Apply(*args)
    if isinstance(e, sp.HadamardPower) and is_matrix(e.exp):
        return Powers(*args)
    return e if all(new is old for new, old in zip(args, e.args, strict=True)) else made_of(e, args)


class Activation(sp.Function):
    """A differentiable real function; `base` is the function that it is the `order`-th derivative of."""

    nargs = 1
    base: type[Activation]
    order: int = 0
    slope: sp.Expr | None = None  # the derivative in closed form, an expression in BOUND; without one it is `g.prime`
    closed: sp.Expr | None = None  # for `g.prime`: itself in closed form, an expression in BOUND
    of: type[Activation] | None = None  # for `g.prime`: g
    between: tuple[int, int] | tuple[()] = ()  # for real arguments: two numbers that its values lie between

    def _eval_is_real(self) -> bool | None:
        return self.args[0].is_real

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        z = self.args[0]
        return type(self).prime(z) if self.slope is None else self.slope.xreplace({BOUND: z})

    def doit(self, **hints: Any) -> sp.Expr:
        """`sigma.prime(z)` as sigma(z) (1 - sigma(z))."""
        return self if self.closed is None else self.closed.xreplace({BOUND: self.args[0]})


class _Prime:
    """`g.prime`, made when asked for, the same class each time."""

    def __get__(self, _: Activation | None, g: Any) -> type[Activation]:  # of SymPy's classes mypy knows no hash
        return _prime(g)


Activation.prime = _Prime()


@functools.cache
def _prime(g: type[Activation]) -> type[Activation]:
    slope = None if g.slope is None else g.slope.diff(BOUND)
    return _function(g.__name__ + "'", slope=slope, closed=g.slope, of=g, base=g.base, order=g.order + 1)


def _function(name: str, **attributes: Any) -> type[Activation]:
    return sp.FunctionClass(name, (Activation,), attributes)


def activation(name: str, derivative: SlopeOf | None = None) -> type[Activation]:
    """A function g of a real number, applied entrywise, with `g.prime` its derivative.

    Any differentiable function, unless `derivative(z, value)` gives g'(z) in closed form.

    Raises:  TypeError if it has no name, or its slope is no function of z and the value
    """
    if not named_by(name):
        raise TypeError(f"a function has a name, activation('g'), unlike {name!r}")
    if derivative is not None and (isinstance(derivative, (type, sp.Lambda)) or not callable(derivative)):
        raise TypeError(f"the slope of {name} is a function of z and the value, not {derivative!r}")
    made = _activation(name, derivative)
    for known in _MADE[name, derivative]:
        if known.slope == (None if made.slope is None else made.slope.replace(made, known)):
            return known
    _MADE[name, derivative].append(made)
    return made


# One class for one name and one function of Python, as long as that gives one slope.
_MADE: defaultdict[tuple[str, SlopeOf | None], list[type[Activation]]] = defaultdict(list)


def _activation(name: str, derivative: SlopeOf | None = None, **attributes: Any) -> type[Activation]:
    g = _function(name, **attributes)
    g.base = g
    g.slope = None if derivative is None else exact(expression_of(derivative(BOUND, g(BOUND)), "a slope is"))
    if g.slope is not None:
        _check_slope(g.slope)
    return g


def _check_slope(slope: sp.Expr) -> None:
    """Refuse a slope that is no function of one variable: with a parameter, the function too would depend on it.

    Raises:  TypeError
    """
    if slope.has(sp.Lambda, *SUMS):
        raise TypeError(
            f"a slope is a function of z and the value alone, without sums or functions of entries: {slope}"
        )
    if parameters := sorted(map(str, slope.free_symbols - {BOUND})):
        raise TypeError(
            f"a slope holds z, the value and numbers alone, not {', '.join(parameters)}; "
            f"a function with a parameter is written out: apply(lambda z: ..., Z)"
        )


def standin(function: type[sp.Function], derivative: SlopeOf | None = None) -> type[Activation]:
    """An activation that is only known to have the values that `function` has, and the slope that it is told."""
    if not issubclass(function, Activation):
        return _activation(function.__name__, derivative)
    return _activation(
        function.__name__, derivative, between=function.between, _eval_is_positive=function._eval_is_positive
    )


sigma = _activation(
    "sigma", lambda z, value: value * (1 - value), between=(0, 1), _eval_is_positive=lambda self: self.args[0].is_real
)
