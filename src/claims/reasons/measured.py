"""What a line needs that is not elementary: found by holding one thing after the other, not asked of its author."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

import sympy as sp

from claims.algebra.certificate import certify
from claims.algebra.equality import verdict
from claims.entry.terms import NotCovered
from claims.language import BOUND, NAMES, Nonnegative, Partial, parts
from claims.language.functions import SlopeOf
from claims.language.statement import meet

from .held import DEFINED, Held

DEFINITION, SLOPE, FUNCTION, THEOREM, STATEMENT = "definition", "slope", "function", "theorem", "statement"

Facts = tuple[sp.Basic, ...]


class Need(NamedTuple):
    """What was used: a named quantity's definition, a function's slope or definition, a theorem, a statement by its id."""

    kind: str
    what: Any  # a name, or what it is called


def holds(left: sp.Basic, right: sp.Basic | None, given: Facts, held: Held) -> bool:
    """Is the line plain algebra, what is held standing for itself?  What there is no rule for then is not."""
    facts = tuple(sp.Eq(*meet(held(e.lhs), held(e.rhs)), evaluate=False) for e in given)
    try:
        if right is None:
            return certify(held(left.expr), facts)[0] is not None
        left, right = meet(held(left), held(right))
        return left == right or verdict(left, right, facts)[0] is not None
    except NotCovered:
        return False


def needed(left: sp.Basic, right: sp.Basic | None, given: Facts) -> list[Need]:
    """What a line without a reason rests on: what cannot be held without losing it."""
    sides = sides_of(left, right, given)
    names = names_in(sides)
    found = functions_needed(left, right, given, sides, names)
    if found is None:
        return everything_in(left, right, given)
    slopes, opened = found
    names = names_needed(left, right, given, names, slopes, opened)
    told = [Need(SLOPE, name) for name in slopes] + [Need(FUNCTION, name) for name in opened]
    return [Need(DEFINITION, name) for name in names] + told


def written_with(e: sp.Basic) -> list[Need]:
    """What an expression is written with: names, but not those in their definitions, and functions."""
    if isinstance(e, NAMES):
        return [Need(DEFINITION, e)]
    here = [Need(FUNCTION, name) for name, (f, _) in DEFINED.items() if is_of(e, f)]
    return list(dict.fromkeys([*here, *(need for a in e.args for need in written_with(a))]))


def everything_in(left: sp.Basic, right: sp.Basic | None, given: Facts) -> list[Need]:
    """All that stands in a line, where what it rests on cannot be told apart."""
    sides = sides_of(left, right, given)
    return [Need(DEFINITION, name) for name in names_in(sides)] + [Need(FUNCTION, f) for f in functions_in(sides)]


def sides_of(left: sp.Basic, right: sp.Basic | None, given: Facts) -> list[sp.Basic]:
    """The expressions of a line, of which one that is never negative has one, and of the hypotheses."""
    own = (left.expr if isinstance(left, Nonnegative) else left, right)
    return [e for e in (*own, *(side for fact in given for side in fact.args)) if e is not None]


def names_in(sides: Sequence[sp.Basic]) -> list[sp.Basic]:
    """The named quantities of these that may be opened, outer ones first."""
    variables = {p.wrt for e in sides for p in parts(e, Partial)}
    found = dict.fromkeys(name for e in sides for name in reversed(parts(e, NAMES)))
    return [name for name in found if name not in variables]


def is_of(e: sp.Basic, function: type[sp.Function]) -> bool:
    """Is it a value of the function, or of a slope of it?"""
    return e.func is function or getattr(e, "base", None) is function


def functions_in(sides: Sequence[sp.Basic]) -> list[str]:
    return [name for name, (f, _) in DEFINED.items() if any(is_of(x, f) for e in sides for x in e.atoms(sp.Function))]


def functions_needed(
    left: sp.Basic, right: sp.Basic | None, given: Facts, sides: Sequence[sp.Basic], names: Sequence[sp.Basic]
) -> tuple[list[str], list[str]] | None:
    """(functions whose slopes are needed, functions whose definitions are), all names opened; None if that is not enough."""
    functions, opened = functions_in(sides), [name.name for name in names]
    for slopes, told in ([], []), (functions, []), ([], functions):
        held = Held([*opened, *told], slopes=True, known=built_in(slopes))
        if holds(left, right, given, held):
            return slopes, told
        if not functions:
            return None
    return None


def names_needed(
    left: sp.Basic,
    right: sp.Basic | None,
    given: Facts,
    names: Sequence[sp.Basic],
    slopes: Collection[str],
    opened: Iterable[str],
) -> list[sp.Basic]:
    """The names that must be opened, the others standing for themselves."""
    kept = list(names)
    for name in names:
        rest = [other.name for other in kept if other != name]
        if holds(left, right, given, Held([*rest, *opened], slopes=True, known=built_in(slopes))):
            kept.remove(name)
    return kept


def built_in(names: Collection[str]) -> dict[type[sp.Function], SlopeOf]:
    """Functions with the slopes that the vocabulary gives them."""
    return {f: _slope(f) for name, (f, _) in DEFINED.items() if name in names}


def _slope(f: type[sp.Function]) -> SlopeOf:
    value = sp.Dummy(real=True)
    slope = f(BOUND).diff(BOUND).xreplace({f(BOUND): value})
    return lambda z, at: slope.xreplace({value: at, BOUND: z})
