"""What has a value wherever a claim speaks: by its form, or since the claim itself needs it.

A normal form holds nothing else.  What takes the place of a part in one case, at one place or outside of its sum must
have a value in the other cases too: else it is divided by zero there, where the claim is not.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

import sympy as sp

from claims.entry.needs import NEARBY, NONNEGATIVE, NONZERO, POSITIVE, Need, note_all, noting
from claims.entry.signs import is_nonnegative, is_positive
from claims.entry.terms import Index, NotCovered

from .arithmetic import Arithmetic
from .canonical_sums import ForAll
from .functions import upright
from .polynomial import expression, primitive

NO_NUMBERS = (sp.zoo, sp.nan, sp.oo, -sp.oo)
IMPLIED = {
    NONZERO: (NONZERO, POSITIVE),
    POSITIVE: (POSITIVE,),
    NONNEGATIVE: (NONNEGATIVE, NEARBY, POSITIVE),
    NEARBY: (NEARBY, POSITIVE),
}


class Known:
    """The signs that a claim needs wherever it speaks, its own indices `fixed`; `nf` brings them into one form."""

    def __init__(
        self, nf: Arithmetic | None = None, needs: Iterable[Need] = (), fixed: frozenset[Index] = frozenset()
    ) -> None:
        self.nf, self.needs, self.fixed = nf, [need for need in needs if not need.guards], fixed

    def defined(self, e: sp.Expr) -> bool:
        """Has e a value wherever the claim speaks?"""
        if e.has(*NO_NUMBERS):
            return False
        try:
            with noting() as needs:
                note_all(e)
            return all(self.holds(need.what, need.value) for need in needs)
        except (NotCovered, ZeroDivisionError):
            return False

    def holds(self, what: str, value: sp.Expr) -> bool:
        """Has a value this sign wherever the claim speaks?"""
        return (
            by_form(what, value)
            or bool(self.needs)
            and all(by_form(what, part) or part in self.facts[what] for part in self.parts(what, value))
        )

    @functools.cached_property
    def facts(self) -> dict[str, ForAll]:
        return {what: ForAll(self.told(what), self.fixed) for what in IMPLIED}

    def told(self, what: str) -> list[sp.Expr]:
        """The parts of what is needed; where a sum may have no terms, those alone that speak of a term."""
        found = [need for need in self.needs if need.what in IMPLIED[what]]
        return [v for need in found for v in self.parts(what, need.value) if v.free_symbols.issuperset(need.over)]

    def parts(self, what: str, value: sp.Expr) -> list[sp.Expr]:
        """The value in normal form up to a positive factor, and where it is not zero its factors."""
        if self.nf is None:  # nothing is known but what its form shows
            return [value]
        p = self.nf.poly(value)
        if not p:
            return [sp.S.Zero]
        if what != NONZERO:
            sign, u = upright(self.nf, p)
            return [sign * u]
        _, mono, rest = primitive(self.nf.fraction(p)[0])
        several = [expression(f) for f, _ in self.nf.factors(rest)]
        return [x for x, n in mono if n > 0] + several


def by_form(what: str, value: sp.Expr) -> bool:
    """Has a value this sign, shown by its form alone?"""
    if what in (NONNEGATIVE, NEARBY):
        return is_nonnegative(value)
    if what == POSITIVE:
        return is_positive(value)
    return is_positive(value) or is_positive(-value) or bool(value.is_number and value.is_zero is False)
