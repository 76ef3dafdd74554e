"""Deciding an equality by algebra: ever dearer normal forms, the first that shows the difference to be zero."""

from __future__ import annotations

import itertools

import sympy as sp

from .lowering import lower
from .normal_form import NormalForm
from .polynomial import expression
from .rules import Rule, inverse_rules, symmetric, symmetrised
from .scalars import by_induction, by_sympy
from .terms import Index, fresh, written_out
from .vocabulary import is_matrix, unfold
from .zero import is_zero

METHODS = {
    "plain": "normal form of one generic entry",
    "exponential": "normal form of one generic entry, written with exp",
}


class Equality:
    """left = right at a generic entry i, j, under hypotheses; `generic` leaves kinks out."""

    def __init__(self, lhs, rhs, given=(), generic=False):
        self.place = [fresh(d, name) for d, name in zip(lhs.shape, "ij", strict=True)] if is_matrix(lhs) else []
        self.generic, self.written = generic, None if is_matrix(lhs) else unfold(lhs - rhs)
        self.mirrored = [H for H in map(symmetric, given) if H is not None]
        self.given = [e for e in given if symmetric(e) is None]
        self.left, self.right = (symmetrised(lower(side, *self.place), self.mirrored) for side in (lhs, rhs))

    @property
    def difference(self):
        return self.left - self.right

    def normal_form(self, exponential=False) -> NormalForm:
        plain = NormalForm((), self.generic, exponential)
        rules = [Rule.given(plain, e) for e in self.given] + inverse_rules(plain, self.difference)
        return NormalForm(rules, self.generic, exponential) if rules else plain

    def decide(self) -> tuple:
        """(method, None) if the equality holds, else (None, what remains of the difference)."""
        remainder = None
        for kind, method in METHODS.items():
            nf = self.normal_form(kind == "exponential")
            p = nf.poly(self.difference)
            if is_zero(nf, p):
                return method, None
            remainder = expression(p) if remainder is None else remainder
        method = by_induction(nf, p) or self.by_entries() or self.by_sympy()
        return method, None if method else remainder

    def by_entries(self):
        """The method if every entry, its sums written out, is equal: where sizes are numbers."""
        nf, e = self.normal_form(), self.difference
        ranges = [range(int(k.size)) if k != 0 and k.size.is_Integer else [k] for k in self.place]
        if not any(k.size.is_Integer for k in e.atoms(Index)):
            return None
        for values in itertools.product(*ranges):
            here = written_out(e.xreplace(dict(zip(self.place, map(sp.sympify, values), strict=True))))
            if not is_zero(nf, nf.poly(here)):
                return None
        return "normal form of every entry"

    def by_sympy(self):
        return None if self.given or self.generic or self.place else by_sympy(self.written)

    def collapsed(self):
        """The left side in normal form."""
        return self.normal_form().simplify(self.left)
