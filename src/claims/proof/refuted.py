"""Statements that are false, with the small numbers that show it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import sympy as sp

from claims.data import Stated
from claims.errors import Refuted
from claims.language.statement import prepared
from claims.numbers.counterexample import Counterexample

from .prover import prove
from .records import emit, refutation_record, sides_of


@dataclass(frozen=True)
class Refutation:
    """What somebody states and what is false, where it stands if anywhere, and the numbers that show it."""

    id: str
    title: str
    lhs: sp.Basic
    rhs: sp.Basic | None
    given: tuple[sp.Basic, ...]
    counterexample: Counterexample
    source: str = ""
    state: str = field(default="refuted", init=False)

    @property
    def stated(self) -> Stated:
        return Stated(*sides_of(self), self.given)

    def record(self) -> dict[str, Any]:
        return refutation_record(self)


def refute(id: str, lhs: Any, rhs: Any = None, *, title: str, source: str = "", given: Any = ()) -> Refutation:
    """Refute lhs = rhs, or `nonnegative(e)`, with sizes and numbers that fit on paper; a notebook shows them.

    `given`: equations taken as true.  `source`: where the statement stands, if it is somebody's.

    Raises:  ValueError if it is proved; Undecided, SizesDoNotFit, Ambiguous as `claim`
    """
    try:
        proof = prove(id, lhs, rhs, title=title, given=given)
    except Refuted as error:
        statement = prepared(lhs, rhs, given)
        refutation = Refutation(id, title, statement.lhs, statement.rhs, statement.given, error.counterexample, source)
        emit(refutation)
        return refutation
    raise ValueError(f"{proof.id}: nothing is refuted, for it is proved; state it by `claim`")
