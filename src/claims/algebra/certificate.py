"""Certificates that a scalar is never negative: sums of squares, and of products of factors with a known sign.

All sums are opened over common indices and made symmetric in those of one range, so that a variance shows itself as
s_j s_k (u_j - u_k)^2 / 2 and a quadratic form v^T X^T D X v as d_i (x_ij v_j)(x_ik v_k), a square once summed.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Sequence

import sympy as sp

from claims.entry.signs import is_nonnegative, is_positive
from claims.entry.terms import Index, indices

from .bounds import Showing, by_each_value, by_exponential, by_slopes, by_tangents, outweighed
from .equality import Equality, Verdict
from .normal_form import NormalForm
from .polynomial import Polynomial, accumulate, divided, expression, primitive
from .regions import in_regions
from .zero import Bodies, joined, symmetrised


@functools.lru_cache(256)
def certify(e: sp.Expr, given: tuple[sp.Basic, ...]) -> Verdict:
    """(method, None) if e >= 0 is seen in one of its forms, else (None, e in normal form)."""
    return Equality(e, sp.S.Zero, given).in_each_case(certified)


DEEPEST = 3  # inequalities that one is led back to, one after the other
TERMS = "certificate: a sum of terms that are never negative"
NORMAL_TERMS = "certificate: a normal form whose terms are never negative"
SQUARES = "certificate: sums of squares, after symmetrising over the indices"
BY_FORM = (TERMS, NORMAL_TERMS, SQUARES)


def certified(equality: Equality, depth: int = 0) -> Verdict:
    """The same for the left side of an equality whose pieces are all defined."""
    if method := _by_form(equality):
        return method, None
    for method, way in WAYS.items() if depth < DEEPEST else ():
        if way(equality, lambda other: certified(other, depth + 1)[0] is not None):
            return f"certificate: {method}", None
    return None, equality.collapsed()


WAYS: dict[str, Callable[[Equality, Showing], bool | None]] = {
    "by the sides of each kink": in_regions,
    "by each value of a maximum": by_each_value,
    "by convexity": by_slopes,
    "by the exponential of both sides": by_exponential,
    "by the tangent of the logarithm": by_tangents,
}


def _by_form(equality: Equality) -> str | None:
    """How a form of the left side shows its sign, or None."""
    if is_nonnegative(equality.left):
        return TERMS
    if equality.given and _is_plainly_nonnegative(equality.left):
        return NORMAL_TERMS
    for exponential in (False, True):
        nf = equality.normal_form(exponential)
        p = equality.poly(nf, equality.left)
        forms = [expression(p), sp.factor_terms(expression(p)), sp.factor(_unrooted(expression(p)))]
        if any(map(is_nonnegative, forms)):
            return NORMAL_TERMS
        if _summands_nonnegative(nf, p):
            return SQUARES
    return None


def _is_plainly_nonnegative(e: sp.Expr) -> bool:
    """Does the sign show before hypotheses are used: where r + s = 1, s is not written 1 - r?"""
    plain = NormalForm().simplify(e)
    return is_nonnegative(plain) or is_nonnegative(sp.factor(plain))


def _unrooted(e: sp.Expr) -> sp.Expr:
    """Positive symbols under a root as squares."""
    rooted = {x.base for x in e.atoms(sp.Pow) if x.exp == sp.S.Half and x.base.is_Symbol and x.base.is_positive}
    return e.xreplace({x: sp.Dummy(x.name, positive=True) ** 2 for x in rooted})


def _summands_nonnegative(nf: NormalForm, p: Polynomial) -> bool:
    numerator, denominator = nf.fraction(p)
    if not is_positive(expression(denominator)):
        return False
    _, mono, _ = primitive(numerator)
    signed = frozenset((x, n) for x, n in mono if is_nonnegative(x**n))
    bodies = joined(nf, {divided(m, signed): c for m, c in numerator.items()})
    return outweighed(nf, bodies) or any(
        all(_never_negative(expression(symmetrised(nf, b, ks)), frozenset(ks)) for ks, b in way.items())
        for way in (bodies, padded(nf, bodies))
    )


def padded(nf: NormalForm, bodies: Bodies) -> Bodies:
    """A body summed over fewer indices than another is summed over the missing ones too, divided by their number."""
    every = tuple(dict.fromkeys(k for ranges in bodies for k in ranges))
    if not all(k.size.is_positive for k in every):
        return bodies
    total: Polynomial = {}
    for ranges, body in bodies.items():
        missing = sp.Mul(*[k.size for k in every if k not in ranges])
        accumulate(total, nf.mul([body, nf.poly(1 / missing)]))
    return {every: total}


def _never_negative(e: sp.Expr, opened: frozenset[Index], held: frozenset[Index] = frozenset()) -> bool:
    """Is e, summed over the opened indices, never negative, whatever those that are held are?"""
    e = sp.factor(e)
    if e.is_Add and all(_never_negative(term, opened, held) for term in e.args):
        return True
    factors = sp.Mul.make_args(e)
    pairs = itertools.combinations(sorted(indices(e) & opened - held, key=lambda k: (str(k.size), k.dummy_index)), 2)
    return all(map(is_nonnegative, factors)) or any(
        _square(factors, j, k, opened, held) for j, k in pairs if j.size == k.size
    )


def _square(factors: Sequence[sp.Expr], j: Index, k: Index, opened: frozenset[Index], held: frozenset[Index]) -> bool:
    """Is the sum over j and k the square of a sum: factors h(j) h(k), and the rest, free of both, never negative?

    The square weighs the rest, so the other indices in h are held there.
    """
    here, there = ([f for f in factors if a in indices(f)] for a in (j, k))
    rest = [f for f in factors if f not in here and f not in there]
    separate = not set(here) & set(there) and sp.Mul(*here).xreplace({j: k}) == sp.Mul(*there)
    return separate and _never_negative(sp.Mul(*rest), opened, held.union(*map(indices, here)))
