"""A proof as a reader can follow it: the steps on one generic entry, with letters for indices."""

from __future__ import annotations

from claims.algebra.equality import Equality
from claims.entry.reading import LETTERS, readable
from claims.language import Nonnegative, Partial, is_matrix
from claims.language.statement import meet


def explain(proof) -> list:
    """(expression, why) for each step."""
    if isinstance(proof.lhs, Nonnegative):
        return [(readable(proof.lhs.expr), "a sum of terms none of which is negative")]
    equality = Equality(*meet(proof.lhs, proof.rhs), proof.given)
    letters = dict(zip(equality.place, LETTERS, strict=False))
    where = f"entry {', '.join(letters[k] for k in equality.place if k in letters and k != 0)}".rstrip(", ")
    first = "differentiate" if proof.lhs.has(Partial) else "write out"
    steps = [
        (equality.left, f"{first} {where}" if is_matrix(proof.lhs) else f"{first} the left side"),
        (equality.collapsed(), "collapse the deltas, and simplify"),
        (equality.right, "which is the entry claimed" if is_matrix(proof.lhs) else "which is the right side"),
    ]
    return [(readable(e, letters), why) for e, why in steps]
