"""What is positive, never negative, or smooth, for all real values for which it is defined.

That something is real and that it is positive is one judgement: a logarithm stands only where its argument is positive.
"""

from __future__ import annotations

import functools

import sympy as sp

from claims.language import Activation, sigma

from .terms import AtZero, Entry, Magnitude, Sigma, Step


@functools.lru_cache(65536)
def is_real(e) -> bool:
    """Is e real wherever it is defined?  Values are real: only the imaginary unit leads away from them."""
    return not e.has(sp.I) and all(s.is_real is not False for s in e.atoms(sp.Symbol))


def numbers_in(e) -> set:
    """The scalars that e depends on: no sizes, no indices."""
    return {s for s in e.free_symbols if s.is_Symbol and not s.is_integer}


def ranges_freely(x) -> bool:
    """Does a scalar take all real values, or all positive ones?"""
    return bool(x.is_real) and set(x._assumptions_orig) - {"commutative"} <= {"real", "positive"}


@functools.lru_cache(65536)
def is_positive(e) -> bool:
    """Is e > 0 wherever it is defined, shown by its form alone?"""
    if isinstance(e, Sigma):
        return is_positive(e.args[0]) and all(size.is_positive for size in e.sizes)
    if e.is_Add:
        return _positive_sum(e)
    if e.is_Mul:
        return all(map(is_positive, e.args))
    if e.is_Pow:
        return is_real(e) and (is_positive(e.base) or bool(e.exp.is_Rational and e.exp < 0 and e.exp.p % 2 == 0))
    if isinstance(e, RISING):
        return is_real(e.args[0]) and is_positive(e.args[0])
    if isinstance(e, (sp.exp, sp.cosh)) or lies_between_0_and_1(e):
        return is_real(e.args[0])
    return bool(e.is_positive)


RISING = (sp.tanh, sp.sinh, sp.atan, sp.asinh, sp.erf)  # and zero at zero
SMOOTH = (
    sp.exp, sp.sin, sp.cos, sp.sinh, sp.cosh, sp.tanh, sp.sech, sp.atan, sp.asinh, sp.erf, sp.erfc, sigma,
)  # fmt: skip


def is_smooth(e) -> bool:
    """Has e, by its form alone, all derivatives in all its symbols and entries together, at all real values?"""
    if isinstance(e, Entry):
        return True
    if isinstance(e, Sigma):
        return is_smooth(e.args[0])
    if isinstance(e, sp.Symbol) or e.is_number and not e.args:
        return is_real(e)
    if e.is_Pow and not (e.exp.is_Integer and e.exp > 0) or isinstance(e, sp.log):
        return is_positive(e.args[0]) and all(map(is_smooth, e.args))
    return (e.is_Add or e.is_Mul or e.is_Pow or isinstance(e, SMOOTH)) and all(map(is_smooth, e.args))


def lies_between_0_and_1(e) -> bool:
    """Is it the value of a function such as the sigmoid?"""
    return isinstance(e, Activation) and e.between == (0, 1)


def _positive_sum(e):
    if all(map(is_nonnegative, e.args)):
        return any(map(is_positive, e.args))
    return _below_one(1 - e)


def _below_one(e):
    """sigma(z) < 1, tanh(z)^2 < 1, and products of such."""
    if e.is_Mul:
        return all(map(_below_one, e.args)) and all(map(is_nonnegative, e.args))
    base = e.base if e.is_Pow and e.exp.is_Integer and e.exp > 0 else e
    return (isinstance(base, sp.tanh) or lies_between_0_and_1(base)) and is_real(base)


@functools.lru_cache(65536)
def is_nonnegative(e) -> bool:
    """Is e >= 0 wherever it is defined, shown by its form alone?"""
    if isinstance(e, (Step, AtZero, Magnitude)):
        return True
    if isinstance(e, Sigma):
        return is_nonnegative(e.args[0])
    if e.is_Add:
        return all(map(is_nonnegative, e.args)) or is_positive(e) or _by_magnitude(e) or _by_circle(e)
    if e.is_Mul:
        return _nonnegative_product(e)
    if e.is_Pow and e.exp.is_Integer and e.exp % 2 == 0:
        return is_real(e.base)
    if e.is_Pow:
        return is_real(e) and (is_nonnegative(e.base) or e.exp.is_Rational and not e.exp.is_Integer)
    return is_positive(e) or bool(e.is_nonnegative)


def _by_magnitude(e):
    """|u| is at least u and at least -u: the sum with either in its place is never negative."""
    for term in e.args:
        c, u = term.as_coeff_Mul()
        if isinstance(u, Magnitude) and c.is_positive:
            rest = e - term
            return any(is_nonnegative(sp.expand(rest + sign * c * u.args[0])) for sign in (1, -1))
    return False


def _by_circle(e):
    """Sines and cosines lie between -1 and 1."""
    number, rest = e.as_coeff_Add()
    parts = [term.as_coeff_Mul() for term in sp.Add.make_args(rest)]
    return all(isinstance(f, (sp.sin, sp.cos)) and is_real(f.args[0]) for _, f in parts) and bool(
        number >= sum(abs(c) for c, _ in parts)
    )


def _nonnegative_product(e):
    """Factors that are never negative, u [u > 0], and -log u for u at most 1."""
    steps = {f.args[0] for f in e.args if isinstance(f, Step)}
    open_factors = [f for f in e.args if not is_nonnegative(f) and f not in steps]
    if len(open_factors) == 2 and isinstance(open_factors[1], sp.log):
        number, logarithm = open_factors
        return bool(number.is_negative) and is_nonnegative(1 - logarithm.args[0])
    return not open_factors
