"""Names replaced by what they stand for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixElement

from .derivatives import Partial
from .names import NAMES, parts
from .scopes import made_of

Known = dict[tuple[sp.Basic, frozenset[sp.Basic]], sp.Basic]  # what was unfolded, and what of it stays -> what it is


def unfold(expression: Any, keep: Iterable[sp.Basic] = ()) -> sp.Basic:
    """The expression with names replaced by their definitions, all the way down; those in `keep` stay.

    In what is differentiated by a name, that name stays too: meant is the slope as that quantity changes.
    """
    return _unfolded(sp.sympify(expression), frozenset(keep), {})


def _unfolded(e: sp.Basic, keep: frozenset[sp.Basic], known: Known) -> sp.Basic:
    if not e.args or e in keep or not e.has(*NAMES):
        return e
    if (e, keep) not in known:
        known[e, keep] = _opened(e, keep, known)
    return known[e, keep]


def _opened(e: sp.Basic, keep: frozenset[sp.Basic], known: Known) -> sp.Basic:
    if isinstance(e, NAMES):
        return _unfolded(e.expr, keep, known)
    if isinstance(e, (Partial, sp.Derivative)):
        inside, *variables = e.args
        return e.func(_unfolded(inside, keep.union(named_variables(e)), known), *variables)
    return made_of(e, [_unfolded(a, keep, known) for a in e.args])


def held(expression: sp.Basic) -> list[sp.Basic]:
    """The names that something is differentiated by, or by an entry of."""
    return [name for p in parts(expression, (Partial, sp.Derivative)) for name in named_variables(p)]


def named_variables(derivative: sp.Basic) -> list[sp.Basic]:
    """The names that a derivative holds: those that it is taken by, or by an entry of."""
    wrt = [derivative.wrt] if isinstance(derivative, Partial) else [v for v, _ in derivative.variable_count]
    owners = [v.parent if isinstance(v, MatrixElement) else v for v in wrt]
    return [owner for owner in owners if isinstance(owner, NAMES)]
