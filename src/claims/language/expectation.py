"""Random numbers, what is known of them, and what an expression of them is on average."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

import sympy as sp
from sympy.core.symbol import Str
from sympy.matrices.expressions.matexpr import MatrixElement
from sympy.printing.str import StrPrinter

from .functions import expression_of
from .names import parts
from .scopes import binds
from .shapes import is_size, same_shape
from .symbols import is_matrix
from .unfolding import unfold

ANY, SYMMETRIC, NORMAL, BERNOULLI = LAWS = ("any", "symmetric", "normal", "bernoulli")


class Random(sp.MatrixSymbol):
    """A matrix of independent random numbers with moments of every order; of two names, two that are independent."""

    def __new__(cls, name: str | Str, rows: Any, cols: Any, law: str | Str, mean: sp.Expr, variance: sp.Expr) -> Self:
        name, law = (x if isinstance(x, Str) else Str(str(x)) for x in (name, law))
        return sp.Basic.__new__(cls, name, *map(sp.sympify, (rows, cols, law, mean, variance)))

    @property
    def law(self) -> str:
        return self.args[3].name

    @property
    def mean(self) -> sp.Expr:
        return self.args[4]

    @property
    def variance(self) -> sp.Expr:
        return self.args[5]

    @property
    def free_symbols(self) -> set[sp.Basic]:
        return {self}.union(*(a.free_symbols for a in self.args[1:]))

    def doit(self, **hints: Any) -> Self:
        return self


class Expectation(sp.Basic):
    """What an expression is on average, over all random numbers in it; of a matrix, each entry.

    Shapes:  that of the expression
    """

    is_commutative = True
    symbol = "expectation"

    def __new__(cls, expression: Any) -> Self:
        expression = _real(expression, "an expectation is")
        return sp.Basic.__new__(_MatrixExpectation if is_matrix(expression) else _ScalarExpectation, expression)

    @property
    def arg(self) -> sp.Expr:
        return self.args[0]

    @property
    def shape(self) -> tuple[sp.Expr, sp.Expr]:
        return self.arg.shape

    @property
    def bound_symbols(self) -> list[sp.Basic]:
        """The random matrices that it is taken over."""
        return parts(self.arg, Random)

    @property
    def free_symbols(self) -> set[sp.Basic]:
        return {s for s in self.arg.free_symbols if not isinstance(s, Random)}

    def doit(self, **hints: Any) -> Self:
        return self

    def _sympystr(self, printer: StrPrinter) -> str:
        return f"{self.symbol}({printer._print(self.arg)})"


class _MatrixExpectation(Expectation, sp.MatrixExpr):
    def _entry(self, i: sp.Expr, j: sp.Expr, **kwargs: Any) -> MatrixElement:
        return MatrixElement(self, i, j)


class _ScalarExpectation(Expectation, sp.Expr):
    is_real = True


def expectation(expression: Any) -> Expectation:
    """E[expression], over all random numbers in it."""
    return Expectation(expression)


def random(
    name: str, rows: Any = None, cols: Any = 1, *, mean: Any = 0, variance: Any, symmetric: bool = False
) -> Random | MatrixElement:
    """A random number, or a matrix of independent ones, of which mean and variance are known.

    Both are numbers, or matrices of that shape.  `symmetric`: as likely so far above the mean as below.
    """
    return _number_or_matrix(name, rows, cols, SYMMETRIC if symmetric else ANY, mean, variance)


def normal(name: str, rows: Any = None, cols: Any = 1, *, mean: Any = 0, variance: Any = 1) -> Random | MatrixElement:
    """A normally distributed number, or a matrix of independent ones."""
    return _number_or_matrix(name, rows, cols, NORMAL, mean, variance)


def bernoulli(name: str, rows: Any = None, cols: Any = 1, *, mean: Any) -> Random | MatrixElement:
    """A number that is 1 with the probability `mean`, else 0, or a matrix of independent ones."""
    return _number_or_matrix(name, rows, cols, BERNOULLI, mean, 0)


def _number_or_matrix(name: str, rows: Any, cols: Any, law: str, mean: Any, variance: Any) -> Random | MatrixElement:
    if rows is None:
        if cols != 1:
            raise TypeError(f"{name} has {cols} columns and no rows: give both sizes, or none for a number")
        return random_matrix(name, 1, 1, law, mean, variance)[0, 0]
    return random_matrix(name, rows, cols, law, mean, variance)


def random_matrix(name: str, rows: Any, cols: Any, law: str, mean: Any, variance: Any) -> Random:
    """A matrix of random numbers with one of the LAWS.

    Raises:  TypeError if it has no name or no entries, or a mean or a variance is random itself or has another shape
    """
    sizes = [
        d
        for d in (rows, cols)
        if isinstance(d, int | sp.Expr) and not isinstance(d, sp.Lambda) and sp.sympify(d).is_integer and is_size(d)
    ]
    if not isinstance(name, str) or not name or len(sizes) < 2:
        raise TypeError(f"random numbers have a name and sizes from 1, unlike {name!r}, {rows} x {cols}")
    made = Random(
        name, rows, cols, law, *(_real(e, f"the mean and the variance of {name} are") for e in (mean, variance))
    )
    for e in (made.mean, made.variance):
        if e.has(Random):
            raise TypeError(f"the mean and the variance of {name} are not random, unlike {e}")
        if is_matrix(e) and not same_shape(e, made):
            raise TypeError(f"the mean and the variance of {name} are numbers or {made.rows} x {made.cols}, unlike {e}")
    return made


def _real(e: Any, whose: str) -> sp.Expr:
    """An expression of real numbers.

    Raises:  TypeError for anything else
    """
    made = expression_of(e, f"{whose} of real numbers or matrices: that of")
    if made.has(sp.I, sp.oo, -sp.oo, sp.nan, sp.zoo):
        raise TypeError(f"{whose} of real numbers or matrices, not of {e!r}")
    return made


def check_random(expressions: Iterable[sp.Basic]) -> None:
    """Refuse what is random outside of an expectation, and a law that is another one for each value of a bound variable.

    The one has no value to compare, the other is printed by one letter.

    Raises:  TypeError
    """
    for e in expressions:
        _check_random(e, inside=False, bound=frozenset())


def _check_random(e: sp.Basic, inside: bool, bound: frozenset[sp.Basic]) -> None:
    if isinstance(e, Random):
        if not inside:
            raise TypeError(f"{e} is random: a claim speaks of an expectation, such as expectation({e})")
        law = {s for a in e.args[1:] for s in unfold(a).atoms(sp.Symbol, sp.MatrixSymbol)}
        if caught := bound & law:
            raise TypeError(
                f"the law of {e} depends on {min(map(str, caught))}, which is bound around it: give it a matrix"
            )
        return
    bound |= binds(e)
    for a in e.args:
        _check_random(a, inside or isinstance(e, Expectation), bound)
