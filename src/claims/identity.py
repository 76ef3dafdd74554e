"""Deciding an equality by algebra: ever dearer normal forms, the first that shows the difference to be zero."""

from __future__ import annotations

from .lowering import lower
from .normal_form import NormalForm
from .polynomial import expression
from .rules import Rule, symmetric, symmetrised
from .scalars import by_induction, by_sympy
from .terms import fresh
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
        rules = [Rule(plain, e) for e in self.given]
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
        method = by_induction(nf, p) or (
            by_sympy(self.written) if not (self.given or self.generic or self.place) else None
        )
        return method, None if method else remainder

    def collapsed(self):
        """The left side in normal form."""
        return self.normal_form().simplify(self.left)
