"""A proof as a reader can follow it: the steps on one generic entry, each with a reason as data.

A reason is a code, in some with indices: a page makes its words of it, in its reader's language, and `said` those of a
terminal.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from claims.algebra.certificate import BY_FORM
from claims.algebra.equality import equality
from claims.entry.reading import LETTERS, readable
from claims.entry.terms import Delta, Index
from claims.language import Nonnegative, Partial, is_matrix
from claims.language.statement import meet

from .told import Proved

SAID = {
    "nonnegative-terms": "a sum of terms none of which is negative",
    "never-negative": "never negative",
    "differentiate-entry": "differentiate entry {indices}",
    "differentiate-left": "differentiate the left side",
    "write-entry": "write out entry {indices}",
    "write-left": "write out the left side",
    "collapse": "collapse the deltas, and simplify",
    "simplify": "simplify",
    "claimed-entry": "which is the entry claimed",
    "claimed-right": "which is the right side",
}


def explain(proof: Proved) -> list[tuple[sp.Basic, str]]:
    """(expression, why in words) for each step."""
    return [(e, said(reason)) for e, reason in explained(proof)]


def said(reason: dict[str, Any]) -> str:
    return SAID[reason["code"]].format(indices=", ".join(reason.get("indices", ())))


def explained(proof: Proved) -> list[tuple[sp.Basic, dict[str, Any]]]:
    """(expression, reason) for each step; none where blocks have each an entry of their own."""
    if isinstance(proof.lhs, Nonnegative):
        code = "nonnegative-terms" if proof.method.endswith(BY_FORM) else "never-negative"
        return [(readable(proof.lhs.expr), {"code": code})]
    decided = equality(*meet(proof.lhs, proof.rhs), proof.given)
    if len(decided.parts) > 1:
        return []
    letters = dict(zip(decided.place, LETTERS, strict=False))
    indices = [letter for k, letter in letters.items() if k != 0]
    first = "differentiate" if proof.lhs.has(Partial) else "write"
    steps = [
        (decided.left, {"code": f"{first}-entry", "indices": indices} if indices else {"code": f"{first}-left"}),
        (decided.collapsed(), {"code": "collapse" if decided.left.has(Delta) else "simplify"}),
        (decided.right, {"code": "claimed-entry" if is_matrix(proof.lhs) else "claimed-right"}),
    ]
    written = {k for e, _ in steps for k in e.atoms(Index)} - letters.keys()
    for k in sorted(written, key=lambda k: (k.name, k.dummy_index)):
        letters[k] = next(c for c in (k.name, *LETTERS) if c not in letters.values())  # as the statement calls it
    start, between, end = [(readable(e, letters), reason) for e, reason in steps]
    return [start, end] if start[0] == end[0] or between[0] in (start[0], end[0]) else [start, between, end]
