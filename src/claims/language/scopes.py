"""Whose symbol is whose: what sums, products, integrals and functions bind, and what stays free."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence

import sympy as sp
from sympy.core.function import Application
from sympy.core.relational import Relational
from sympy.matrices.expressions.matexpr import MatrixElement

from .maxima import Maximum

SUMS = (sp.Sum, sp.Product, sp.Integral, Maximum)


def binds(e: sp.Basic) -> frozenset[sp.Basic]:
    """The variables that an expression binds in its parts."""
    return frozenset(getattr(e.lamda if isinstance(e, sp.FunctionMatrix) else e, "bound_symbols", ()))


@functools.lru_cache(65536)
def free_symbols(e: sp.Basic) -> frozenset[sp.Basic]:
    """The symbols that are free; SymPy makes the body of a sum anew to find them."""
    if not isinstance(e, SUMS):
        plain = e.has(*SUMS) and type(e).free_symbols is sp.Basic.free_symbols
        return frozenset().union(*map(free_symbols, e.args)) if plain else frozenset(e.free_symbols)
    found = free_symbols(e.function)
    for variable, *ends in e.limits:  # the outermost comes last
        found = (found - {variable}).union(*map(free_symbols, ends))
    return found


def apart(expressions: Iterable[sp.Basic]) -> list[sp.Basic]:
    """The expressions with a symbol of its own wherever one is bound; equal parts stay equal."""
    known: dict[sp.Basic, sp.Basic] = {}
    return [_apart(e, known) for e in expressions]


def _apart(e: sp.Basic, known: dict[sp.Basic, sp.Basic]) -> sp.Basic:
    if not e.args or not e.has(*SUMS, sp.FunctionMatrix):
        return e
    if e not in known:
        known[e] = _renamed(made_of(e, [_apart(a, known) for a in e.args]))
    return known[e]


def _renamed(e: sp.Basic) -> sp.Basic:
    if isinstance(e, SUMS):
        return _limits_renamed(e)
    if isinstance(e, sp.FunctionMatrix):
        new = {k: sp.Dummy(k.name, **k.assumptions0) for k in e.lamda.signature}
        return sp.FunctionMatrix(*e.shape, sp.Lambda(tuple(new.values()), where_free(e.lamda.expr, new)))
    return e


def _limits_renamed(e: sp.Basic) -> sp.Basic:
    body, limits = e.function, [list(limit) for limit in e.limits]
    for at, (k, *_) in enumerate(limits):
        new = {k: sp.Dummy(k.name, **k.assumptions0)}
        body = where_free(body, new)
        for inner in limits[:at]:  # the ends of an inner sum may depend on an outer index
            inner[1:] = [where_free(end, new) for end in inner[1:]]
        limits[at][0] = new[k]
    return made_of(e, [body, *(sp.Tuple(*limit) for limit in limits)])


def where_free(e: sp.Basic, names: Mapping[sp.Basic, sp.Basic]) -> sp.Basic:
    """The expression with other symbols in the place of free ones; those that are bound keep theirs.

    What holds none of them stays the very object that it is: to make it anew would compute it.
    """
    if not names or not e.args:
        return names.get(e, e)
    args = _limits_replaced(e, names) if isinstance(e, SUMS) else _args_replaced(e, names)
    return e if all(new is old for new, old in zip(args, e.args, strict=True)) else made_of(e, args)


def made_of(e: sp.Basic, args: Sequence[sp.Basic]) -> sp.Basic:
    """The expression with other parts; what may have no value does not leave it, for each part has to be defined."""
    if isinstance(e, MatrixElement):
        return element(*args)
    if isinstance(e, sp.Piecewise):
        return e.func(*args, evaluate=False)  # also where all its pieces have one value
    if isinstance(e, SUMS):  # SymPy would move pieces out of its body, and compute that
        made = sp.Expr.__new__(type(e), *args)
        made.is_commutative = e.is_commutative
        return made
    if isinstance(e, (sp.Max, sp.Min)) and any(
        a.has(sp.MatrixExpr) or (a.is_number and not a.is_comparable) for a in args
    ):
        # SymPy compares by factoring, and mixes the terms of a matrix with numbers; [0 = 0] it does not compare
        return e.func(*args, evaluate=False)
    whole = e.func(*args)
    if not isinstance(e, EVALUATED):
        return whole
    unreal = whole.has(sp.I) and not any(a.has(sp.I) for a in args)  # sqrt(-k) as I sqrt(k), where k >= 0
    if not unreal and frozenset().union(*map(partial_in, args)) <= partial_in(whole):
        return whole
    return _joined(e, args) if isinstance(e, (sp.And, sp.Or)) else e.func(*args, evaluate=False)


def _joined(e: sp.Basic, conditions: Iterable[sp.Basic]) -> sp.Basic:
    """Conditions joined, also where one of them decides, which SymPy has no word for: 0 = 0, or 0 != 0, stands for it."""
    decided = {sp.true: sp.Eq(0, 0, evaluate=False), sp.false: sp.Ne(0, 0, evaluate=False)}
    made = sp.Basic.__new__(type(e), *[decided.get(c, c) for c in conditions])
    made._argset = frozenset(made.args)
    return made


EVALUATED = (sp.Add, sp.Mul, sp.Pow, Application, Relational)  # what SymPy computes as soon as it is made


@functools.lru_cache(65536)
def partial_in(e: sp.Basic) -> frozenset[sp.Basic]:
    """What in an expression may have no value; pieces, and all that binds, are one thing each."""
    if not e.args or e.is_number:
        return frozenset()
    if isinstance(e, sp.Piecewise) or not isinstance(e, EVALUATED):
        return frozenset([e])
    inside = frozenset().union(*map(partial_in, e.args))
    return inside | {e} if isinstance(e, (sp.Pow, sp.Function)) and not _has_value(e) else inside


def _has_value(e: sp.Expr) -> bool:
    """Has a power or a function a value wherever its parts have?"""
    if not e.is_Pow:
        return isinstance(e, (sp.KroneckerDelta, sp.exp))
    base, exponent = e.args
    if exponent.is_integer and (exponent.is_nonnegative or base.is_nonzero):
        return True
    return bool(base.is_positive or base.is_nonnegative and exponent.is_positive)


def element(M: sp.MatrixExpr, i: sp.Expr, j: sp.Expr) -> sp.Expr:
    """An entry of a matrix; a place that it may not have is refused, or noted, where it is read."""
    return M[i, j] if isinstance(M, sp.MatrixBase) else sp.Expr.__new__(MatrixElement, M, i, j)


def _args_replaced(e: sp.Basic, names: Mapping[sp.Basic, sp.Basic]) -> list[sp.Basic]:
    if isinstance(e, sp.Lambda):
        inside = {s: new for s, new in names.items() if s not in e.bound_symbols}
        return [e.signature, where_free(e.expr, inside)]
    return [where_free(a, names) for a in e.args]


def _limits_replaced(e: sp.Basic, names: Mapping[sp.Basic, sp.Basic]) -> list[sp.Basic]:
    """The body and the limits; the outermost sum comes last."""
    limits = list(e.limits)
    for at in reversed(range(len(limits))):
        variable, *ends = limits[at]
        new = [where_free(end, names) for end in ends]
        if any(a is not b for a, b in zip(new, ends, strict=True)):
            limits[at] = sp.Tuple(variable, *new)
        names = {s: new for s, new in names.items() if s != variable}
    return [where_free(e.function, names), *limits]
