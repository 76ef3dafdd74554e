"""What was stated, apart from how it is known."""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from claims.language.reasons import Reason


@dataclass(frozen=True)
class Line:
    """One line on the way from side to side: what makes it true, and words of its author; of the kinds of a statement."""

    kind: str
    left: sp.Basic
    right: sp.Basic | None = None
    why: str = ""
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Stated:
    """A statement as it was written; its kind is one of `grammar.KINDS`, and a nonnegative one has no right side.

    `given` are its hypotheses, `conditions` what must hold besides for both sides to have a value.
    """

    kind: str
    left: sp.Basic
    right: sp.Basic | None = None
    given: tuple[sp.Basic, ...] = ()
    steps: tuple[Line, ...] = ()
    conditions: tuple[sp.Basic, ...] = ()
