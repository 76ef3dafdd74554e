"""What has a value wherever a claim speaks: by its form, or since the claim itself needs it.

A normal form holds nothing else.  What takes the place of a part in one case, at one place or outside of its sum must
have a value in the other cases too: else it is divided by zero there, where the claim is not.
"""

from __future__ import annotations

import functools

import sympy as sp

from claims.entry.needs import NEARBY, NONNEGATIVE, NONZERO, POSITIVE, note_all, noting
from claims.entry.signs import is_nonnegative, is_positive
from claims.entry.terms import NotCovered

from .canonical_sums import ForAll
from .functions import upright
from .polynomial import constant, expression, primitive

NO_NUMBERS = (sp.zoo, sp.nan, sp.oo, -sp.oo)
IMPLIED = {
    NONZERO: (NONZERO, POSITIVE),
    POSITIVE: (POSITIVE,),
    NONNEGATIVE: (NONNEGATIVE, NEARBY, POSITIVE),
    NEARBY: (NEARBY, POSITIVE),
}


class Known:
    """The signs that a claim needs wherever it speaks, its own indices `fixed`; `nf` brings them into one form."""

    def __init__(self, nf=None, needs=(), fixed=frozenset()):
        self.nf, self.needs, self.fixed = nf, [need for need in needs if not need.guards], fixed

    def defined(self, e) -> bool:
        """Has e a value wherever the claim speaks?"""
        if e.has(*NO_NUMBERS):
            return False
        try:
            with noting() as needs:
                note_all(e)
            return all(self.holds(need.what, need.value) for need in needs)
        except (NotCovered, ZeroDivisionError):
            return False

    def holds(self, what, value) -> bool:
        """Has a value this sign wherever the claim speaks?"""
        return (
            by_form(what, value)
            or bool(self.needs)
            and all(by_form(what, part) or part in self.facts[what] for part in self.parts(what, value))
        )

    @functools.cached_property
    def facts(self) -> dict:
        return {what: ForAll(self.told(what), self.fixed) for what in IMPLIED}

    def told(self, what) -> list:
        """The parts of what is needed; where a sum may have no terms, those alone that speak of a term."""
        found = [need for need in self.needs if need.what in IMPLIED[what]]
        return [v for need in found for v in self.parts(what, need.value) if v.free_symbols.issuperset(need.over)]

    def parts(self, what, value) -> list:
        """The value in normal form up to a positive factor, and where it is not zero its factors."""
        p = self.nf.poly(value)
        if not p:
            return [sp.S.Zero]
        if what != NONZERO:
            sign, u = upright(self.nf, p)
            return [sign * u]
        _, mono, rest = primitive(self.nf.fraction(p)[0])
        several = [expression(f) for f, _ in self.nf.factors(rest)] if rest != constant(1) else []
        return [x for x, n in mono if n > 0] + several


def by_form(what, value) -> bool:
    """Has a value this sign, shown by its form alone?"""
    if what in (NONNEGATIVE, NEARBY):
        return is_nonnegative(value)
    if what == POSITIVE:
        return is_positive(value)
    return is_positive(value) or is_positive(-value) or bool(value.is_number and value.is_zero is False)
