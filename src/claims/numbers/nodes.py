"""Equal expressions as one object, so that what was computed of one is found again without comparing them anew."""

from __future__ import annotations

import sympy as sp

from .scope import free, is_open

MOST = 200_000  # expressions that are remembered
_by_object: dict[int, tuple[Node, sp.Basic]] = {}
_by_value: dict[sp.Basic, Node] = {}


class Node:
    """An expression that stands for all that are equal to it, with what it depends on."""

    __slots__ = ("e", "free", "is_open")

    def __init__(self, e: sp.Basic) -> None:
        self.e, self.free, self.is_open = e, free(e), is_open(e)


def forget() -> None:
    """Let go of the expressions of earlier claims, once there are many."""
    if len(_by_object) > MOST:
        _by_object.clear()
        _by_value.clear()


def node(e: sp.Basic) -> Node:
    known = _by_object.get(id(e))
    if known is None:
        found = _by_value.get(e) or _by_value.setdefault(e, Node(e))
        _by_object[id(e)] = known = found, e  # kept alive, so that no other object gets its id
    return known[0]
