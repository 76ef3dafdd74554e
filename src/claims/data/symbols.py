"""What is assumed of a symbol, in as few words as say all of it; and which symbols a leaf depends on."""

from __future__ import annotations

import functools
from typing import Any

import sympy as sp

from claims.language import unfold

# SymPy's words.  What says most comes first: what follows from it is left out.
FACTS = (  # noqa: SIM905
    "zero prime composite odd even integer positive negative nonnegative nonpositive nonzero noninteger rational "
    "irrational algebraic transcendental real imaginary complex hermitian antihermitian finite infinite extended_positive "
    "extended_negative extended_nonnegative extended_nonpositive extended_nonzero extended_real polar commutative"
).split()


def described(symbol: sp.Symbol) -> dict[str, Any]:
    """Name and assumptions; a dummy says that it is one."""
    return {"name": symbol.name, "facts": facts(symbol), **({"dummy": True} if symbol.is_Dummy else {})}


def facts(symbol: sp.Symbol) -> dict[str, bool]:
    """The assumptions on a symbol from which all others follow: the same for equal symbols."""
    return dict(_facts(tuple(sorted(symbol.assumptions0.items()))))


@functools.cache
def _facts(assumptions: tuple[tuple[str, bool], ...]) -> tuple[tuple[str, bool], ...]:
    known = dict(assumptions)
    chosen: dict[str, bool] = {}
    for fact in sorted(known, key=lambda fact: (not known[fact], FACTS.index(fact))):
        if sp.Symbol("x", **chosen).assumptions0.get(fact) != known[fact]:
            chosen[fact] = known[fact]
    return tuple(chosen.items())


def depends_on(leaf: Any) -> set[sp.Basic]:
    """The symbols in the sizes of a matrix, in the definition of a name; a function depends on none."""
    if isinstance(leaf, type):
        return set()
    return set().union(unfold(leaf).free_symbols, *(d.free_symbols for d in getattr(leaf, "shape", ())))
