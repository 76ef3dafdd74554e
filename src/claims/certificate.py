"""Certificates that a scalar is never negative: sums of squares and of products of factors with a known sign."""

from __future__ import annotations

import sympy as sp

from .identity import Equality
from .lowering import lower
from .polynomial import expression
from .signs import is_nonnegative


def certify(e, given):
    """(method, None) if e >= 0 is seen in one of its forms, else (None, e in normal form)."""
    equality = Equality(e, sp.S.Zero, given)
    written = equality.left
    if is_nonnegative(written):
        return "a sum of terms that are never negative", None
    for exponential in (False, True):
        nf = equality.normal_form(exponential)
        flat = nf.simplify(written)
        for form in (flat, sp.factor_terms(flat), sp.factor(flat)):
            if is_nonnegative(form):
                return "a normal form whose terms are never negative", None
    return None, equality.collapsed()
