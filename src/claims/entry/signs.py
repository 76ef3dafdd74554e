"""What is positive, never negative, or smooth, for all real values for which it is defined.

That something is real and that it is positive is one judgement: a logarithm stands only where its argument is positive.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator

import sympy as sp

from claims.language import Activation, sigma

from .terms import AtZero, Entry, Magnitude, OfMatrix, Peak, Sigma, Step, in_range, indices, places_of


@functools.lru_cache(65536)
def is_real(e: sp.Expr) -> bool:
    """Is e real wherever it is defined?  Values are real: only the imaginary unit leads away from them."""
    return not e.has(sp.I) and all(s.is_real is not False for s in e.atoms(sp.Symbol))


def numbers_in(e: sp.Expr) -> set[sp.Symbol]:
    """The scalars that e depends on: no sizes, no indices."""
    return {s for s in e.free_symbols if s.is_Symbol and not s.is_integer}


def ranges_freely(x: sp.Expr) -> bool:
    """Does a scalar take all real values, or all positive ones?"""
    return bool(x.is_real) and set(x._assumptions_orig) - {"commutative"} <= {"real", "positive"}


@functools.lru_cache(65536)
def is_positive(e: sp.Expr) -> bool:
    """Is e > 0 wherever it is defined, shown by its form alone?"""
    if isinstance(e, Sigma):
        return is_positive(e.args[0]) and all(size.is_positive for size in e.sizes)
    if isinstance(e, Peak):
        return is_positive(e.args[0])
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


def is_smooth(e: sp.Expr) -> bool:
    """Has e, by its form alone, all derivatives in all its symbols and entries together, at all real values?"""
    if isinstance(e, Entry):
        return True
    if isinstance(e, Sigma):
        return is_smooth(e.args[0])
    if not e.args:
        return is_real(e)
    if e.is_Pow and not (e.exp.is_Integer and e.exp > 0) or isinstance(e, sp.log):
        return is_positive(e.args[0]) and all(map(is_smooth, e.args))
    return (e.is_Add or e.is_Mul or e.is_Pow or isinstance(e, SMOOTH)) and all(map(is_smooth, e.args))


def lies_between_0_and_1(e: sp.Expr) -> bool:
    """Is it the value of a function such as the sigmoid?"""
    between: tuple[int, ...] = e.between if isinstance(e, Activation) else ()
    return between == (0, 1)


def _positive_sum(e: sp.Add) -> bool:
    if all(map(is_nonnegative, e.args)):
        return any(map(is_positive, e.args))
    return _below_one(1 - e)


def _below_one(e: sp.Expr) -> bool:
    """sigma(z) < 1, tanh(z)^2 < 1, and products of such."""
    if e.is_Mul:
        return all(map(_below_one, e.args)) and all(map(is_nonnegative, e.args))
    base = e.base if e.is_Pow and e.exp.is_Integer and e.exp > 0 else e
    return (isinstance(base, sp.tanh) or lies_between_0_and_1(base)) and is_real(base)


@functools.lru_cache(65536)
def is_nonnegative(e: sp.Expr) -> bool:
    """Is e >= 0 wherever it is defined, shown by its form alone?"""
    if isinstance(e, (Step, AtZero, Magnitude)):
        return True
    if isinstance(e, (Sigma, Peak)):
        return is_nonnegative(e.args[0])
    if e.is_Add:
        return all(map(is_nonnegative, e.args)) or is_positive(e) or any(way(e) for way in WAYS)
    if e.is_Mul:
        return _nonnegative_product(e)
    if e.is_Pow and e.exp.is_Integer and e.exp % 2 == 0:
        return is_real(e.base)
    if e.is_Pow:
        return is_real(e) and (is_nonnegative(e.base) or e.exp.is_Rational and not e.exp.is_Integer)
    return is_positive(e) or bool(e.is_nonnegative)


def _by_magnitude(e: sp.Add) -> bool:
    """|u| is at least u and at least -u: the sum with either in its place is never negative."""
    for term in e.args:
        c, u = term.as_coeff_Mul()
        if isinstance(u, Magnitude) and c.is_positive:
            rest = e - term
            return any(is_nonnegative(sp.expand(rest + sign * c * u.args[0])) for sign in (1, -1))
    return False


def _by_circle(e: sp.Add) -> bool:
    """Sines and cosines lie between -1 and 1."""
    number, rest = e.as_coeff_Add()
    parts = [term.as_coeff_Mul() for term in sp.Add.make_args(rest)]
    return all(isinstance(f, (sp.sin, sp.cos)) and is_real(f.args[0]) for _, f in parts) and bool(
        number >= sum(abs(c) for c, _ in parts)
    )


def _by_maximum(e: sp.Add) -> bool:
    """A maximum is at least each of its values: the sum with one of these in its place is never negative."""
    for term in e.args:
        factors = sp.Mul.make_args(term)
        peak = next((f for f in factors if isinstance(f, Peak)), None)
        weight = peak and sp.Mul(*[f for f in factors if f is not peak])
        if peak and is_nonnegative(weight):
            rest = e - term
            if any(is_nonnegative(sp.expand(rest + weight * value)) for value in _values(peak, rest)):
                return True
    return False


def _values(peak: Peak, other: sp.Expr) -> Iterator[sp.Expr]:
    """The values of a maximum at the places of which another expression speaks."""
    body, bound = peak.open()
    places = {t for x in other.atoms(OfMatrix) for t in places_of(x)} | indices(other)
    ordered = sorted(places, key=sp.default_sort_key)
    for chosen in itertools.product(*[[t for t in ordered if in_range(t, k.size)] for k in bound]):
        yield body.xreplace(dict(zip(bound, chosen, strict=True)))


def _by_rising(e: sp.Add) -> bool:
    """f(u) - f(v) for a function f that rises and u at least v, and beside it what is never negative."""
    parts = {term: term.as_coeff_Mul() for term in e.args}
    rising = [term for term, (_, f) in parts.items() if isinstance(f, (sp.exp, sp.log, sigma, *RISING))]
    for a, b in itertools.permutations(rising, 2):
        (c, f), (d, g) = parts[a], parts[b]
        if c == -d and c.is_positive and type(f) is type(g) and all(is_real(x.args[0]) for x in (f, g)):
            gap = sp.expand(f.args[0] - g.args[0])
            if is_nonnegative(gap) and is_nonnegative(e - a - b):
                return True
    return False


WAYS = (_by_magnitude, _by_circle, _by_maximum, _by_rising)


def _nonnegative_product(e: sp.Mul) -> bool:
    """Factors that are never negative, u [u > 0], and -log u for u at most 1."""
    steps = {f.args[0] for f in e.args if isinstance(f, Step)}
    open_factors = [f for f in e.args if not is_nonnegative(f) and f not in steps]
    if len(open_factors) == 2 and isinstance(open_factors[1], sp.log):
        number, logarithm = open_factors
        return bool(number.is_negative) and is_nonnegative(1 - logarithm.args[0])
    return not open_factors
