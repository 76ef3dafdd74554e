"""Functions with kinks, exactly: Max, Min, Abs, sign, Heaviside and Piecewise by the indicators [u > 0] and [u = 0]."""

from __future__ import annotations

import sympy as sp

from .terms import AtZero, Magnitude, Step

KINKED = (sp.Piecewise, sp.Max, sp.Min, sp.Abs, sp.sign, sp.Heaviside)


def pieces(e, scalar):
    """The same value, written with Step, AtZero and Magnitude; `scalar` lowers the arguments."""
    if isinstance(e, sp.Piecewise):
        return _piecewise(e, scalar)
    args = [scalar(a) for a in e.args]
    if isinstance(e, (sp.Max, sp.Min)):
        return _extreme(args, 1 if isinstance(e, sp.Max) else -1)
    (u, *rest) = args
    if isinstance(e, sp.Abs):
        return Magnitude(u)
    if isinstance(e, sp.sign):
        return 2 * Step(u) + AtZero(u) - 1
    return Step(u) + rest[0] * AtZero(u)


def _extreme(args, sense):
    """max(a, b) = (a + b + |a - b|) / 2."""
    a, *rest = args
    for b in rest:
        a = (a + b + sense * Magnitude(a - b)) / 2
    return a


def _piecewise(e, scalar):
    value, left = sp.S.Zero, sp.S.One
    for piece, condition in e.args:
        here = indicator(condition, scalar)
        value += scalar(piece) * here * left
        left *= 1 - here
    return value


def indicator(condition, scalar):
    """1 where the condition holds, else 0."""
    if condition in (sp.true, sp.false):
        return sp.Integer(bool(condition))
    if isinstance(condition, sp.And):
        return sp.Mul(*[indicator(c, scalar) for c in condition.args])
    if isinstance(condition, sp.Or):
        return 1 - sp.Mul(*[1 - indicator(c, scalar) for c in condition.args])
    if isinstance(condition, sp.Not):
        return 1 - indicator(condition.args[0], scalar)
    u = scalar(condition.lhs) - scalar(condition.rhs)
    forms = {
        sp.Gt: lambda: Step(u),
        sp.Ge: lambda: Step(u) + AtZero(u),
        sp.Lt: lambda: Step(-u),
        sp.Le: lambda: 1 - Step(u),
        sp.Eq: lambda: AtZero(u),
        sp.Ne: lambda: 1 - AtZero(u),
    }
    return forms[type(condition)]()


def has_kinks(expression) -> bool:
    return expression.has(*KINKED)


def settle(body):
    """A function of one variable with u [u = 0] = 0 used, before a matrix entry takes the variable's place."""
    from claims.algebra.normal_form import NormalForm

    return NormalForm().simplify(body) if body.has(AtZero) else body
