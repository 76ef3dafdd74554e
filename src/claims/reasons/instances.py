"""A statement put in the place of its letters: what it says of the expressions of a line."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import sympy as sp

from claims.algebra.equality import conditions, verdict
from claims.data import Stated
from claims.errors import SizesDoNotFit
from claims.language import (
    NAMES,
    Activation,
    Analytic,
    Expectation,
    Partial,
    Random,
    Smooth,
    canonical,
    is_matrix,
    unfold,
)
from claims.language.scopes import binds
from claims.language.shapes import check_shapes
from claims.language.statement import meet
from claims.language.unfolding import held

from .errors import ReasonFails
from .held import Each, Held, leaves, nth
from .matching import Found, Part, Pattern, Putting, letter

Facts = tuple[sp.Basic, ...]


@dataclass(frozen=True)
class Instance:
    """An equation that a statement gives, and the line with one side of it in the place of the other."""

    left: sp.Basic
    right: sp.Basic
    conditions: tuple[sp.Basic, ...]
    rewritten: sp.Basic


def instances(stated: Stated, at: Mapping[str, sp.Basic], e: sp.Basic, given: Facts) -> Iterator[Instance]:
    """Each place in e where the statement applies, read from left to right and from right to left."""
    found = dict(told(stated, name, value) for name, value in at.items())
    for one, other in directions(stated):
        for part in Pattern(one).parts(e, found):
            with contextlib.suppress(SizesDoNotFit, TypeError, ValueError):  # what was found says nothing
                made = instance(stated, one, other, part, given)
                if made is not None and same(made[0], part.piece):
                    rewritten = canonical(part.put(made[1]))
                    check_shapes(rewritten)
                    yield Instance(*made, rewritten)


def told(stated: Stated, name: str, value: sp.Basic) -> tuple[sp.Basic, sp.Basic]:
    """A letter and what its author puts for it.

    Raises:  ReasonFails if there is no such letter, or it may not stand for that
    """
    p = letter_of(stated, name)
    if is_matrix(p) != is_matrix(value) or not any(letter(p, value, {})):
        raise ReasonFails(f"{name} does not stand for {value}: it is real, and of the sign and the sizes of the letter")
    return p, value


def directions(stated: Stated) -> list[tuple[sp.Basic, sp.Basic]]:
    """The equation from left to right and from right to left, and the same of both sides with the other sign."""
    left, right = stated.left, stated.right
    if right is None:  # what is never negative has no side to be put for the other
        return []
    return [(left, right), (right, left), (-left, -right), (-right, -left)]


def instance(
    stated: Stated, one: sp.Basic, other: sp.Basic, part: Part, given: Facts
) -> tuple[sp.Basic, sp.Basic, Facts] | None:
    """(one, other, conditions) with expressions for letters; None where the statement does not say it."""
    letters = part.found
    if any(s not in letters for s in letters_of(one, other)) or not scopes_kept(stated, one, other, part):
        return None
    functions = {g for g, h in letters.items() if isinstance(g, type) and g is not h}
    if any(isinstance(c, (Smooth, Analytic)) and c.function in functions for c in stated.conditions):
        return None
    put: Putting = lambda e: placed(e, letters)
    facts = [[put(e) for e in facts] for facts in (stated.given, for_each(stated))]
    if any(e == sp.false for es in facts for e in es):
        return None
    hypotheses, conditions = ([e for e in es if e != sp.true] for es in facts)
    if any(leaves(fact) & part.varied for fact in [*hypotheses, *conditions]):
        return None
    if not all(follows(h.lhs, h.rhs, given) for h in hypotheses):
        return None
    return put(one), put(other), tuple(conditions)


def for_each(stated: Stated) -> list[sp.Basic]:
    """The conditions of a statement, with an index of its own in the place of each that nothing else in it has."""
    sides = [e for e in (stated.left, stated.right, *stated.given) if e is not None]
    free = [s for s in letters_of(*stated.conditions) if s.is_Symbol and s.is_integer]
    return [c.xreplace({s: each(s) for s in free if s not in letters_of(*sides)}) for c in stated.conditions]


@functools.cache
def each(index: sp.Symbol) -> Each:
    """One for all statements, so that equal conditions are equal."""
    return Each(index.name, **index.assumptions0)


def scopes_kept(stated: Stated, one: sp.Basic, other: sp.Basic, part: Part) -> bool:
    """Does no letter take what is bound in the part, or in the statement, and none what a slope of the statement is by?"""
    bound = frozenset().union(*(binds(x) for e in (one, other, part.piece) for x in inside(e)))
    letters = [p for p in part.found if not isinstance(p, (type, *NAMES)) and p not in bound]
    taken = {p: leaves(part.found[p]) for p in letters}
    if any(found & bound for found in taken.values()):
        return False
    moved = any(isinstance(s, Random) for p, found in taken.items() if not isinstance(p, Random) for s in found)
    if moved and any(e.has(Expectation) for e in (one, other)):
        return False  # an expectation is over all random numbers in it, and would be over those, too
    for slope in (x for e in (one, other) for x in sp.preorder_traversal(e) if isinstance(x, Partial | sp.Derivative)):
        for variable in slope.args[1:]:
            own = leaves(variable)
            value = part.found.get(variable)
            moves = {value} if isinstance(value, sp.Symbol | sp.MatrixSymbol) else set()
            if not moves and any(not s.is_integer for s in own):
                return False  # a slope by a part of something
            if any(found & moves for p, found in taken.items() if p not in own):
                return False
    return True


def inside(e: sp.Basic) -> Iterator[sp.Basic]:
    """The expression and its parts; a name is closed."""
    yield e
    if not isinstance(e, NAMES):
        for a in e.args:
            yield from inside(a)


def follows(left: sp.Basic, right: sp.Basic, given: Facts) -> bool:
    """Does an equation hold under the hypotheses?"""
    left, right = meet(left, right)
    return left == right or verdict(left, right, given)[0] is not None


def same(e: sp.Basic, piece: sp.Basic) -> bool:
    """Is what was put together the part that was found?  Its spelling may differ, not its meaning."""
    if unfold(e) == unfold(piece):
        return True
    if is_matrix(e) != is_matrix(piece) or (is_matrix(e) and e.shape != piece.shape):
        return False
    if isinstance(e, Partial):
        if type(e) is not type(piece) or e.wrt != piece.wrt:
            return False
        e, piece = e.args[0], piece.args[0]
        if is_matrix(e) and e.shape != piece.shape:
            return False
    stand = Held()
    e, piece = meet(stand(unfold(e)), stand(unfold(piece)))
    return e == piece or verdict(e, piece)[0] is not None


def letters_of(*expressions: sp.Basic) -> list[sp.Basic]:
    """The letters that stand for any: symbols, matrices, functions of which nothing is said."""
    found = dict.fromkeys(x for e in expressions for x in sp.preorder_traversal(e))
    bound = frozenset().union(*map(binds, found))
    return [
        s for s in found if isinstance(s, sp.Symbol | sp.MatrixSymbol) and s not in bound and not isinstance(s, NAMES)
    ]


def letter_of(stated: Stated, name: str) -> sp.Basic:
    """The letter of a statement with this name.

    Raises:  ReasonFails, listing what there is
    """
    known = letters_of(*[e for e in (stated.left, stated.right) if e is not None])
    for s in known:
        if s.name == name:
            return s
    raise ReasonFails(f"the statement has no letter {name}: it has {', '.join(sorted(s.name for s in known))}")


def placed(e: sp.Basic, letters: Found) -> sp.Basic:
    """An expression with other things for its letters."""
    functions = {g: h for g, h in letters.items() if isinstance(g, type)}
    e = e.xreplace({s: v for s, v in letters.items() if not isinstance(s, type)})
    for g, h in functions.items():
        e = e.replace(
            lambda x, g=g: isinstance(x, Activation) and x.base is g,
            lambda x, h=h: _called(h, x.order, x.args[0]),
        )
    return canonical(e)


def _called(h: type[sp.Function], order: int, u: sp.Expr) -> sp.Expr:
    if order == 0:
        return h(u)
    if issubclass(h, Activation):
        return nth(h, order)(u)
    t = sp.Dummy(real=True)
    return h(t).diff(t, order).xreplace({t: u})


def generalised(stated: Stated) -> Stated:
    """The statement with a letter for each named quantity that it is differentiated by, if it holds for any; else itself."""
    sides = [e for e in (stated.left, stated.right) if e is not None]
    free = {name: letter_for(name) for e in sides for name in held(e)}
    if not free or stated.right is None:
        return stated
    left, right = meet(*(e.xreplace(free) for e in sides))
    given = tuple(h.xreplace(free) for h in stated.given)
    if not verdict(left, right, given)[0]:
        return stated
    return replace(stated, left=left, right=right, given=given, conditions=conditions((left, right), given))


def letter_for(name: sp.Basic) -> sp.Basic:
    if is_matrix(name):
        return sp.MatrixSymbol(name.name, *name.shape)
    return sp.Symbol(name.name, real=True)
