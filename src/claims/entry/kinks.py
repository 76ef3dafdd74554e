"""Functions with kinks, exactly: Max, Min, Abs, sign, Heaviside and Piecewise by the indicators [u > 0] and [u = 0]."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import sympy as sp

from .needs import need_of, under
from .signs import is_real
from .terms import AtZero, Lowering, Magnitude, NotCovered, Step, extreme

KINKED = (sp.Piecewise, sp.Max, sp.Min, sp.Abs, sp.sign, sp.Heaviside)


def pieces(e: sp.Expr, scalar: Lowering) -> sp.Expr:
    """The same value, written with Step, AtZero and Magnitude; `scalar` lowers the arguments."""
    if isinstance(e, sp.Piecewise):
        return _piecewise(e, scalar)
    args = [real(scalar(a)) for a in e.args]
    if isinstance(e, (sp.Max, sp.Min)):
        return extreme(args, 1 if isinstance(e, sp.Max) else -1)
    (u, *rest) = args
    if isinstance(e, sp.Abs):
        return Magnitude(u)
    if isinstance(e, sp.sign):
        return 2 * Step(u) + AtZero(u) - 1
    return Step(u) + rest[0] * AtZero(u)


def real(u: sp.Expr) -> sp.Expr:
    """What has a sign.

    Raises:  NotCovered for what may not be real
    """
    if not is_real(u):
        raise NotCovered(f"no rule for the sign of what may not be real: {u}")
    return u


def _piecewise(e: sp.Piecewise, scalar: Lowering) -> sp.Expr:
    """Each piece times the indicator of its case; what a piece needs, it needs in its case only."""
    value, left = sp.S.Zero, sp.S.One
    before: list[sp.Basic] = []
    for piece, condition in e.args:
        case, holds = indicator(condition, scalar)
        with under(*before, holds):
            value += scalar(piece) * case * left
        left *= 1 - case
        before.append(sp.Not(holds))
    if e.args[-1][1] != sp.true:
        raise NotCovered(f"no value where none of the cases holds: add (value, True) to {e}")
    return value


def indicator(condition: sp.Basic, scalar: Lowering) -> tuple[sp.Expr, sp.Basic]:
    """(1 where the condition holds, else 0; the condition itself, its sides written out)."""
    if condition in (sp.true, sp.false):
        return sp.Integer(bool(condition)), condition
    if isinstance(condition, (sp.And, sp.Or, sp.Not)):
        cases, holds = zip(*[indicator(c, scalar) for c in condition.args], strict=True)
        if isinstance(condition, sp.And):
            return sp.Mul(*cases), sp.And(*holds)
        if isinstance(condition, sp.Or):
            return 1 - sp.Mul(*[1 - case for case in cases]), sp.Or(*holds)
        return 1 - cases[0], sp.Not(*holds)
    if type(condition) not in FORMS:
        raise NotCovered(f"no rule for the condition {condition}")
    u = real(scalar(condition.lhs)) - real(scalar(condition.rhs))
    return FORMS[type(condition)](u), type(condition)(u, 0)


FORMS: dict[type[sp.Basic], Callable[[sp.Expr], sp.Expr]] = {
    sp.Gt: Step,
    sp.Ge: lambda u: Step(u) + AtZero(u),
    sp.Lt: lambda u: Step(-u),
    sp.Le: lambda u: 1 - Step(u),
    sp.Eq: AtZero,
    sp.Ne: lambda u: 1 - AtZero(u),
}


def settle(body: sp.Expr, t: sp.Symbol) -> sp.Expr:
    """A function of one variable with f(t) [t = c] = f(c) [t = c] used, before an entry takes the variable's place."""
    if not body.has(AtZero):
        return body
    terms = (each for term in sp.Add.make_args(body) for each in sp.Add.make_args(_multiplied_out(term)))
    return sp.Add(*[_settled(term, t) for term in terms])


def _multiplied_out(term: sp.Expr) -> sp.Expr:
    """A product of sums as a sum of products; what stands inside an indicator stays as it was written."""
    products = itertools.product(*[sp.Add.make_args(f) for f in sp.Mul.make_args(term)])
    return sp.Add(*[sp.Mul(*factors) for factors in products])


def _settled(term: sp.Expr, t: sp.Symbol) -> sp.Expr:
    factors = sp.Mul.make_args(term)
    for f in factors:
        if isinstance(f, AtZero) and (root := _root(f.args[0], t)) is not None:
            rest = sp.Mul(*[g for g in factors if g is not f])
            return term if any(map(need_of, sp.preorder_traversal(rest))) else f * rest.xreplace({t: root})
    return term


def _root(u: sp.Expr, t: sp.Symbol) -> sp.Expr | None:
    """Where u = c t + d is zero, or None."""
    c = u.coeff(t, 1)
    root = -u.coeff(t, 0) / c if c != 0 and c.is_number else None
    return root if root is not None and sp.expand(u - c * (t - root)) == 0 and not root.has(t) else None
