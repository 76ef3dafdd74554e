"""Names replaced by what they stand for."""

from __future__ import annotations

import sympy as sp

from .derivatives import Partial
from .names import NAMES, parts


def unfold(expression, keep=()):
    """The expression with names replaced by their definitions, all the way down; those in `keep` stay.

    A name that something is differentiated by stays too: what is meant is the slope as that quantity changes.
    """
    expression, rule = sp.sympify(expression), {}
    keep = {*keep, *held(expression)}
    for name in parts(expression, NAMES):
        rule[name] = name if name in keep else name.expr.xreplace(rule)
    return expression.xreplace(rule)


def held(expression) -> list:
    """The names that something is differentiated by."""
    return [p.wrt for p in parts(expression, Partial) if isinstance(p.wrt, NAMES)]
