"""Deciding an equality by algebra: ever dearer normal forms, the first that shows the difference to be zero."""

from __future__ import annotations

import itertools

import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixElement

from claims.entry.lowering import lower, ranged
from claims.entry.terms import Index, fresh, written_out
from claims.language import is_matrix, unfold

from .hypotheses import given_rules, inverse_rules, symmetric, symmetrised
from .integrals import by_differentiation
from .normal_form import NormalForm
from .polynomial import expression
from .scalars import by_induction, by_sympy
from .zero import is_zero

METHODS = {
    "plain": "normal form of one generic entry",
    "exponential": "normal form of one generic entry, written with exp",
}


def index_ranges(sides) -> dict:
    """The free indices of a claim as indices that know their range: that of the place where they stand."""
    free = set().union(*[side.free_symbols for side in sides])
    ranges = {}
    for x in set().union(*[unfold(side).atoms(MatrixElement) for side in sides]):
        for k, size in zip(x.indices, x.parent.shape, strict=True):
            if k.is_Symbol and k in free and not isinstance(k, Index):
                ranges.setdefault(k, set()).add(size)
    return {k: ranged(k, *sizes) for k, sizes in ranges.items() if len(sizes) == 1}


class Equality:
    """left = right at a generic entry i, j, under hypotheses; `generic` leaves kinks out."""

    def __init__(self, lhs, rhs, given=(), generic=False):
        self.place = [fresh(d, name) for d, name in zip(lhs.shape, "ij", strict=True)] if is_matrix(lhs) else []
        self.generic, self.written = generic, None if is_matrix(lhs) else unfold(lhs - rhs)
        self.mirrored = [H for H in map(symmetric, given) if H is not None]
        self.given = [e for e in given if symmetric(e) is None]
        ranges = index_ranges([lhs, rhs])
        self.left, self.right = (lower(side.xreplace(ranges), *self.place) for side in (lhs, rhs))

    @property
    def difference(self):
        return self.left - self.right

    def normal_form(self, exponential=False) -> NormalForm:
        plain = NormalForm((), self.generic, exponential)
        rules = given_rules(plain, self.given, self.mirrored) + inverse_rules(plain, self.difference)
        return NormalForm(rules, self.generic, exponential) if rules else plain

    def poly(self, nf, e):
        """The normal form, hypotheses used first as they were written, then what is symmetric taken as such."""
        p = nf.poly(e)
        return nf.poly(symmetrised(expression(p), self.mirrored)) if self.mirrored else p

    def decide(self) -> tuple:
        """(method, None) if the equality holds, else (None, what remains of the difference)."""
        remainder = None
        for kind, method in METHODS.items():
            nf = self.normal_form(kind == "exponential")
            p = self.poly(nf, self.difference)
            if is_zero(nf, p):
                return method, None
            remainder = nf.simplify(self.difference) if remainder is None else remainder
        method = by_induction(nf, p) or self.by_entries() or self.by_differentiation() or self.by_sympy()
        return method, None if method else remainder

    def by_entries(self):
        """The method if every entry, its sums written out, is equal: where sizes are numbers."""
        e = self.difference
        ranges = [range(int(k.size)) if k != 0 and k.size.is_Integer else [k] for k in self.place]
        if not any(k.size.is_Integer for k in e.atoms(Index)):
            return None
        places = [dict(zip(self.place, map(sp.sympify, values), strict=True)) for values in itertools.product(*ranges)]
        entries = [written_out(e.xreplace(place)) for place in places]
        for exponential in (False, True):
            nf = self.normal_form(exponential)
            if all(is_zero(nf, self.poly(nf, entry)) for entry in entries):
                return "normal form of every entry" + ", written with exp" * exponential
        return None

    def by_differentiation(self):
        if self.given or self.generic or self.place or not self.difference.has(sp.Integral):
            return None
        return by_differentiation(self.normal_form(), self.difference)

    def by_sympy(self):
        return None if self.given or self.generic or self.place else by_sympy(self.written)

    def collapsed(self):
        """The left side in normal form."""
        return self.normal_form().simplify(self.left)
