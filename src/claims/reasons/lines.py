"""Does a line hold for the reason given?  The statements named are rewrites, and the rest is elementary algebra."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixElement

from claims.data import Stated
from claims.entry.kinks import KINKED
from claims.entry.signs import SMOOTH
from claims.language import NAMES, Activation, Grad, Maximum, Partial, inner, is_matrix, parts, unfold
from claims.language.functions import SlopeOf
from claims.language.reasons import By, ByAlgebra, ByChainRule, ByDefinition, ByEntries, Reason, entries

from .errors import ReasonFails
from .held import DEFINED, Held
from .instances import generalised, instances
from .measured import DEFINITION, FUNCTION, STATEMENT, THEOREM, Need, functions_in, holds, names_in, sides_of

CHAIN_RULE = "chain-rule"
WELL_KNOWN = (*SMOOTH, sp.log, sp.tan, Activation)  # functions with slopes wherever they are defined
FURTHEST = 40  # rewritten lines that are looked at for one reason

Reasons = tuple[Reason, ...]
Facts = tuple[sp.Basic, ...]
Closed = set[str] | frozenset[str]  # names that are not opened
Terms = Callable[[sp.Expr, sp.Expr], sp.Expr]  # those of a sum that are told apart by a variable


@dataclass(frozen=True)
class Way:
    """A line on the way to being seen: its sides rewritten so far, and the conditions under which that may be done."""

    left: sp.Basic
    right: sp.Basic
    conditions: Facts = ()  # of the statements used
    meant: dict[sp.Basic, sp.Basic] = field(
        default_factory=dict, compare=False
    )  # stand-ins in them, and what they stand for


def check(
    left: sp.Basic, right: sp.Basic | None, reasons: Reasons, given: Facts, known: dict[str, Stated]
) -> tuple[Way, list[Need]]:
    """The way in which the line follows from all of its reasons, and what it rests on.

    Raises:  ReasonFails if it does not follow, or follows without one of them
    """
    way = follows(left, right, reasons, given, known)
    if way is None:
        raise ReasonFails(f"it does not follow from {said(reasons)}")
    for rest, spare in without(reasons):
        if follows(left, right, rest, given, known) is not None:
            raise ReasonFails(f"{said([spare])} is not needed")
    return way, needs(left, right, reasons, given, known)


def without(reasons: Reasons) -> Iterator[tuple[Reasons, Reason]]:
    """The reasons without one of them, and that one; entries can do all that the chain rule does, at greater length."""
    for k, reason in enumerate(reasons):
        before, after = reasons[:k], reasons[k + 1 :]
        if isinstance(reason, ByDefinition) and len(reason.names) > 1:
            for name in reason.names:
                fewer = ByDefinition(tuple(other for other in reason.names if other != name))
                yield (*before, fewer, *after), ByDefinition((name,))
        elif not isinstance(reason, ByAlgebra) and not (isinstance(reason, ByChainRule) and entries in reasons):
            yield before + after, reason


def needs(
    left: sp.Basic, right: sp.Basic | None, reasons: Reasons, given: Facts, known: dict[str, Stated]
) -> list[Need]:
    """What a line rests on: the statements and theorems that its reasons name, and the definitions that are opened."""
    found = []
    for reason in reasons:
        if isinstance(reason, By):
            found.append(Need(STATEMENT, reason.id))
        elif isinstance(reason, ByChainRule):
            found.append(Need(THEOREM, CHAIN_RULE))
    sides = sides_of(left, right, given)
    names, functions = names_in(sides), functions_in(sides)
    opened = {name for reason in reasons if isinstance(reason, ByDefinition) for name in reason.names}
    if any(isinstance(reason, ByEntries) for reason in reasons):
        opened |= opened_by_entries(left, right, reasons, given, known, names)
    found += [Need(DEFINITION, name) for name in names if name.name in opened]
    return found + [Need(FUNCTION, name) for name in functions if name in opened]


def opened_by_entries(
    left: sp.Basic,
    right: sp.Basic | None,
    reasons: Reasons,
    given: Facts,
    known: dict[str, Stated],
    names: Sequence[sp.Basic],
) -> set[str]:
    """The names that must be opened when entries are written out."""
    closed: set[str] = set()
    for name in names:
        if follows(left, right, reasons, given, known, closed | {name.name}):
            closed.add(name.name)
    return {name.name for name in names} - closed


def spelled_out(reasons: Reasons, known: dict[str, Stated]) -> Iterator[Any]:
    """The expressions that reasons speak of: what the statements named say, and what the chain rule goes through."""
    for reason in reasons:
        if isinstance(reason, By):
            stated = known[reason.id]
            yield from (reason.id, stated.left, stated.right, *stated.given, "where", *stated.conditions)
            yield from ("at", *itertools.chain(*reason.at))
        elif isinstance(reason, ByChainRule):
            yield from ("through", *reason.through)


def said(reasons: Iterable[Reason]) -> str:
    """Reasons as their author wrote them."""
    return ", ".join(map(_said, reasons)) or "algebra"


def _said(reason: Reason) -> str:
    match reason:
        case By():
            return f"by({reason.id!r})"
        case ByDefinition():
            return f"definition({', '.join(map(repr, reason.names))})"
        case ByChainRule():
            return f"chain_rule({', '.join(Z.name for Z in reason.through)})"
        case ByEntries():
            return "entries"
    return "algebra"


def follows(
    left: sp.Basic,
    right: sp.Basic | None,
    reasons: Reasons,
    given: Facts,
    known: dict[str, Stated],
    closed: Closed = frozenset(),
) -> Way | None:
    """The way in which a line follows from its reasons and algebra, if it does; names in `closed` are not opened."""
    held = holding(sides_of(left, right, given), reasons, known, closed)
    ways = [Way(held.open(left), held.open(right))]
    for reason in reasons:
        if isinstance(reason, ByChainRule):
            ways = [made for way in ways for made in through(way, reason, held)]
    for reason in reasons:
        if isinstance(reason, By):
            told = ways if slope(known[reason.id]) else []  # the stand-in for the function knows its slope
            ways = [*told, *itertools.islice(rewritten(ways, reason, known, given), FURTHEST)]
    found = next((way for way in ways if holds(way.left, way.right, given, held)), None)
    return found and replace(found, meant={symbol: e for e, symbol in held.stands.items()})


def holding(sides: Sequence[sp.Basic], reasons: Reasons, known: dict[str, Stated], closed: Closed) -> Held:
    """What stands for itself, if nothing is known but the reasons."""
    opened = {name for reason in reasons if isinstance(reason, ByDefinition) for name in reason.names}
    slopes = any(isinstance(reason, ByEntries) for reason in reasons)
    if slopes:
        through = {Z for reason in reasons if isinstance(reason, ByChainRule) for Z in reason.through}
        opened |= {name.name for e in sides for name in parts(e, NAMES) if name not in through}
    told = [slope(known[reason.id]) for reason in reasons if isinstance(reason, By)]
    chained = any(isinstance(reason, ByChainRule) for reason in reasons)
    return Held(opened - closed, slopes, dict(filter(None, told)), chained)


def slope(stated: Stated) -> tuple[type[sp.Function], SlopeOf] | None:
    """(function, its slope as a function of z and the value) if a statement says what the slope of a function is."""
    left, right = stated.left, stated.right
    if (
        not isinstance(left, Grad)
        or not isinstance(left.wrt, sp.Symbol)
        or left.wrt != sp.Symbol(left.wrt.name, real=True)
        or right is None
        or stated.given
        or stated.conditions
    ):
        return None
    for function, _ in DEFINED.values():
        if left.scalar == function(left.wrt) and right.free_symbols == {left.wrt}:
            return function, lambda z, value: right.xreplace({left.scalar: value}).xreplace({left.wrt: z})
    return None


def rewritten(ways: Sequence[Way], reason: By, known: dict[str, Stated], given: Facts) -> Iterator[Way]:
    """The ways with the statement used in one place of either side, or in two."""
    stated = known[reason.id]
    forms = [stated] if (general := generalised(stated)) is stated else [stated, general]
    for form in forms:
        once = [new for way in ways for new in _once(way, form, reason, given)]
        yield from once
        yield from (new for way in once for new in _once(way, form, reason, given))


def _once(way: Way, form: Stated, reason: By, given: Facts) -> Iterator[Way]:
    at = dict(reason.at)
    for made in instances(form, at, way.left, given):
        yield Way(made.rewritten, way.right, way.conditions + made.conditions)
    for made in instances(form, at, way.right, given):
        yield Way(way.left, made.rewritten, way.conditions + made.conditions)


# ---------------------------------------------------------------- the chain rule
def through(way: Way, reason: ByChainRule, held: Held) -> list[Way]:
    """Each gradient on the left as that of the sum of <G, Z> over the quantities Z, with G, the gradient by Z, held.

    The terms of Z without the variable may be left out or not, as the statements need it that come next.
    """
    gradients = [g for g in parts(way.left, Grad) if g.wrt not in reason.through]
    found = [
        way.left.xreplace({g: chained(g, reason.through, held, terms) for g in gradients})
        for terms in (varying, all_of)
    ]
    return [Way(left, way.right, way.conditions) for left in dict.fromkeys(found)]


def chained(g: Grad, quantities: Sequence[sp.Basic], held: Held, terms: Terms) -> sp.Expr:
    """A gradient by way of these quantities.

    Raises:  ReasonFails where the chain rule is not known to hold
    """
    scalar = unfold(g.scalar, keep=[*quantities, g.wrt])
    quantities = [Z for Z in quantities if scalar.has(Z)]
    inside = {Z: opened_for(Z.expr, [*quantities, g.wrt]) for Z in quantities}
    if any(e.has(other) for e in inside.values() for other in quantities):
        raise ReasonFails("one quantity of the chain rule depends on another")
    if not all(is_differentiable(unfold(e)) for e in (scalar, *inside.values())):
        raise ReasonFails("the chain rule needs functions without kinks, and no slope inside")
    direct = scalar.xreplace({Z: held.standin(Z) for Z in quantities})
    direct = [Grad(direct, g.wrt)] if depends(direct, g.wrt) else []
    found = [Grad(_inner(held.standin(Grad(g.scalar, Z)), terms(e, g.wrt)), g.wrt) for Z, e in inside.items()]
    return (sp.MatAdd if is_matrix(g) else sp.Add)(*direct, *found) if len(direct + found) > 1 else (direct + found)[0]


def opened_for(e: sp.Basic, held_names: Sequence[sp.Basic]) -> sp.Basic:
    """An expression with names opened where something that is held stands in them."""
    still = [
        name for name in parts(e, NAMES) if not any(depends(unfold(name.expr, keep=held_names), v) for v in held_names)
    ]
    return unfold(e, keep=[*held_names, *still])


def depends(e: sp.Basic, variable: sp.Basic) -> bool:
    """May e change with the variable, or with the matrix of which it is an entry?"""
    return bool(e.has(variable.parent if isinstance(variable, MatrixElement) else variable))


def _inner(G: sp.Expr, e: sp.Expr) -> sp.Expr:
    return inner(G, e) if is_matrix(e) else G * e


def varying(e: sp.Expr, variable: sp.Expr) -> sp.Expr:
    """The terms of a sum that depend on a variable; the others have no slope."""
    if not isinstance(e, (sp.Add, sp.MatAdd)):
        return e
    terms = [term for term in e.args if depends(term, variable)]
    return e.func(*terms) if len(terms) > 1 else terms[0] if terms else 0 * e


def all_of(e: sp.Expr, variable: sp.Expr) -> sp.Expr:
    return e


def is_differentiable(e: sp.Basic) -> bool:
    """Does e have all its slopes wherever it is defined, shown by the functions that it is written with?"""
    if e.has(Partial, sp.Derivative, sp.Integral, Maximum, *KINKED) or e.has(sp.KroneckerDelta):
        return False
    slopes = [s for x in e.atoms(Activation) for s in (x.slope, x.closed) if s is not None]
    powers = all(p.exp.is_number or p.base.is_positive for p in e.atoms(sp.Pow))
    return (
        powers
        and not any(s.has(*KINKED) for s in slopes)
        and all(isinstance(x, WELL_KNOWN) for x in e.atoms(sp.Function))
    )
