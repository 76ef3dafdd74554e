"""Claims that speak where a piece that does not apply has no value: each case of the conditions is decided on its own.

In a normal form what stands below the line is taken not to be zero.  Where a case forbids that it is zero, the other
cases would be judged as if they could not occur; so each is decided by itself, with the pieces that apply alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import sympy as sp
from sympy.core.relational import Relational

from claims.entry.needs import Need, note_all, noting
from claims.entry.terms import AtZero, Magnitude, Step, indices

from .domain import is_met, parts_of
from .equation import Equation, Sides
from .known import Known
from .normal_form import NormalForm

Signs = dict[sp.Expr, int]  # of the arguments of conditions, in one case
MOST = 4  # conditions that are gone through


def guards_of(needs: Iterable[Need]) -> list[sp.Basic]:
    """The conditions under which something is needed that not all values meet."""
    return [g for need in needs if need.guards and not all(map(is_met, _unguarded(need))) for g in need.guards]


def _unguarded(need: Need) -> list[Need]:
    return parts_of(need._replace(guards=()))


def cases_of(equality: Sides) -> list[Sides] | None:
    """The equality in each case that can occur, its pieces chosen; None if that cannot be done."""
    found = dict.fromkeys(_argument(r) for g in guards_of(equality.needs) for r in g.atoms(Relational))
    arguments = [u for u in found if -u not in list(found)[: list(found).index(u)]]
    if len(arguments) > MOST or any(indices(u) - equality.fixed for u in arguments):
        return None
    signs = [dict(zip(arguments, s, strict=True)) for s in itertools.product((1, 0, -1), repeat=len(arguments))]
    cases = [case(equality, each) for each in signs if _occurs(each)]
    return cases if all(map(is_defined, cases)) else None


def _argument(relation: Relational) -> sp.Expr:
    return relation.lhs - relation.rhs


def _occurs(signs: Signs) -> bool:
    """May the arguments have these signs at once, as far as the normal form sees?"""
    indicators = [Step(sign * u) if sign else AtZero(u) for u, sign in signs.items()]
    return bool(NormalForm().poly(sp.Mul(*indicators)))


def case(equality: Sides, signs: Signs) -> Sides:
    """The equality where the arguments have these signs."""
    both = [(v, s) for u, sign in signs.items() for v, s in ((u, sign), (-u, -sign))]
    pieces = {kind(v): sp.Integer(test) for v, s in both for kind, test in ((Step, s > 0), (AtZero, s == 0))}
    magnitudes = {Magnitude(v): s * v for v, s in both}
    # what is in no piece that applies is gone before the magnitudes become numbers
    left, right = (e.xreplace(pieces).xreplace(magnitudes) for e in (equality.left, equality.right))
    needs = [
        need._replace(value=need.value.xreplace(pieces).xreplace(magnitudes), guards=guards)
        for need in equality.needs
        if (guards := _left(need.guards, signs)) is not None
    ]
    here = equality.of(left, right, needs)
    here.zeros = [u for u, sign in signs.items() if sign == 0]
    return here


def is_defined(here: Equation) -> bool:
    """Does all that is left in a case need only what the claim needs there: is no piece left that does not apply?"""
    known = Known(NormalForm(), here.needs, here.fixed)
    with noting() as needs:
        note_all(here.left)
        note_all(here.right)
    return all(is_met(part) or known.holds(part.what, part.value) for need in needs for part in parts_of(need))


def _left(guards: Iterable[sp.Basic], signs: Signs) -> tuple[sp.Basic, ...] | None:
    """The guards that the signs leave open; None if they say that one does not hold."""
    truths = [(g, _truth(g, signs)) for g in guards]
    return None if any(truth is False for _, truth in truths) else tuple(g for g, truth in truths if truth is None)


def _truth(condition: sp.Basic, signs: Signs) -> bool | None:
    """Does a condition hold where the arguments have these signs?  None if they do not tell."""
    if isinstance(condition, Relational):
        u = _argument(condition)
        sign = signs.get(u, -signs[-u] if -u in signs else None)
        return None if sign is None else bool(condition.func(sign, 0))
    if condition in (sp.true, sp.false):
        return bool(condition)
    inside = [_truth(c, signs) for c in condition.args]
    return None if None in inside else bool(condition.func(*map(sp.sympify, inside)))
