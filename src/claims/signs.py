"""What is positive, or never negative, for all real values."""

from __future__ import annotations

import functools

import sympy as sp

from .terms import AtZero, Magnitude, Sigma, Step
from .vocabulary import sigma


@functools.lru_cache(65536)
def is_positive(e) -> bool:
    """Is e > 0 wherever it is defined, shown by its form alone?"""
    if isinstance(e, Sigma):
        return is_positive(e.body) and all(k.size.is_positive for k in e.indices)
    if e.is_Add:
        return _positive_sum(e)
    if e.is_Mul:
        return all(map(is_positive, e.args))
    if e.is_Pow:
        return is_positive(e.base) and e.exp.is_real is True
    if isinstance(e, (sp.exp, sp.cosh)):
        return e.args[0].is_real is not False
    return isinstance(e, sigma) or bool(e.is_positive)


def _positive_sum(e):
    if all(map(is_nonnegative, e.args)):
        return any(map(is_positive, e.args))
    return _below_one(1 - e)


def _below_one(e):
    """sigma(z) < 1, tanh(z)^2 < 1, and products of such."""
    if e.is_Mul:
        return all(map(_below_one, e.args)) and all(map(is_nonnegative, e.args))
    if e.is_Pow and e.exp.is_Integer and e.exp > 0:
        return isinstance(e.base, (sigma, sp.tanh))
    return isinstance(e, (sigma, sp.tanh))


@functools.lru_cache(65536)
def is_nonnegative(e) -> bool:
    """Is e >= 0 wherever it is defined, shown by its form alone?"""
    if isinstance(e, (Step, AtZero, Magnitude)):
        return True
    if isinstance(e, Sigma):
        return is_nonnegative(e.body)
    if e.is_Add:
        return all(map(is_nonnegative, e.args)) or is_positive(e)
    if e.is_Mul:
        return _nonnegative_product(e)
    if e.is_Pow and e.exp.is_Integer and e.exp % 2 == 0:
        return True
    if e.is_Pow:
        return is_nonnegative(e.base)
    return is_positive(e) or bool(e.is_nonnegative)


def _nonnegative_product(e):
    """Factors that are never negative, u [u > 0], and -log u for u at most 1."""
    steps = {f.args[0] for f in e.args if isinstance(f, Step)}
    open_factors = [f for f in e.args if not is_nonnegative(f) and f not in steps]
    if len(open_factors) == 2 and isinstance(open_factors[1], sp.log):
        number, logarithm = open_factors
        return bool(number.is_negative) and is_nonnegative(1 - logarithm.args[0])
    return not open_factors
