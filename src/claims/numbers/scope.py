"""What the value of an expression depends on: symbols, matrices and names that nothing inside it binds."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import sympy as sp
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction

from claims.language import Expectation, Named, NamedScalar, Random

Bound = tuple[tuple[sp.Basic, sp.Basic | None], ...]  # variables, each with what it runs through
Under = tuple[sp.Basic, Bound]  # an expression, and what is bound around it


@functools.lru_cache(maxsize=100_000)
def free(e: sp.Basic) -> frozenset[sp.Basic]:
    """All that an environment may give a value to and that `e` depends on, also by the definition of a name."""
    if isinstance(e, sp.Lambda):
        return free(e.expr) - set(e.bound_symbols)
    if isinstance(e, ExprWithLimits):
        return _free_with_limits(e)
    if isinstance(e, Expectation):
        return frozenset(x for x in free(e.arg) if not isinstance(x, Random))
    return frozenset([e] if is_open(e) else []).union(*map(free, e.args))


def _free_with_limits(e: ExprWithLimits) -> frozenset[sp.Basic]:
    names = free(e.function)
    for variable, *ends in e.limits:  # the innermost first
        names = (names - {variable} if ends else names).union(*map(free, ends))
    return names


def walk(e: sp.Basic, bound: Bound = ()) -> Iterator[Under]:
    """(node, binders) for each different node, the outermost first; a binder is (variable, what it runs through).

    What a variable runs through is a sum or an integral of it, a matrix whose entries it is, or None.
    """
    seen, waiting = set(), [(e, bound)]
    while waiting:
        pair = waiting.pop()
        if pair not in seen:
            seen.add(pair)
            yield pair
            waiting += reversed(list(_inside(*pair)))


def _inside(e: sp.Basic, bound: Bound) -> Iterator[Under]:
    if isinstance(e, sp.Lambda):
        yield e.expr, (*bound, *((v, None) for v in e.bound_symbols))
    elif isinstance(e, ExprWithLimits):
        yield from _inside_limits(e, bound)
    elif isinstance(e, ElementwiseApplyFunction):
        yield e.expr, bound
        yield e.function.expr, (*bound, (e.function.bound_symbols[0], e.expr))
    elif isinstance(e, Expectation):
        yield e.arg, (*bound, *((x, None) for x in e.bound_symbols))
    else:
        yield from ((a, bound) for a in e.args)


def _inside_limits(e: ExprWithLimits, bound: Bound) -> Iterator[Under]:
    for variable, *ends in reversed(e.limits):  # the outermost first
        yield from ((end, bound) for end in ends)
        bound = (*bound, (variable, e.func(variable, (variable, *ends)))) if ends else bound
    yield e.function, bound


def is_open(e: sp.Basic) -> bool:
    """May an environment give it a value?"""
    return isinstance(e, (sp.Symbol, sp.MatrixSymbol, NamedScalar))


def is_defined(e: sp.Basic) -> bool:
    return isinstance(e, (Named, NamedScalar))
