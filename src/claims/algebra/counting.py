"""Sums that count differently: from the last term down, from a later term on, or a few terms more."""

from __future__ import annotations

from collections.abc import Iterable

import sympy as sp

from claims.entry.signs import is_positive
from claims.entry.terms import Delta, Entry, Index, Sigma, Step, in_range, indices, places_of

from .arithmetic import Arithmetic
from .polynomial import Powers


# ---------------------------------------------------------------- a few terms more
def shortest_lengths(expressions: Iterable[sp.Expr]) -> dict[sp.Expr, sp.Expr]:
    """{length: the least length among those that differ from it by a number}, for the sums in some expressions.

    A sum of n terms is then one of n - 1 terms and the last; the least length is known not to be negative.
    """
    groups: dict[sp.Expr, list[sp.Expr]] = {}
    for size in {size for e in expressions for x in e.atoms(Sigma) for size in x.sizes}:
        number, rest = size.as_coeff_Add()
        if rest != 0 and number.is_Integer:
            groups.setdefault(rest, []).append(size)
    found: dict[sp.Expr, sp.Expr] = {}
    for sizes in groups.values():
        least = min(sizes, key=lambda size: size.as_coeff_Add()[0])
        if least.is_nonnegative:
            found |= {size: least for size in sizes if size != least}
    return found


def last_apart(e: sp.Expr, k: Index, least: sp.Expr) -> list[tuple[sp.Expr, list[Index]]]:
    """The sum of e over k as one of fewer terms and the last ones."""
    shorter = Index("k", least)
    last = range(int(k.size - least))
    return [(e.xreplace({k: shorter}), [shorter]), *[(e.xreplace({k: least + t}), []) for t in last]]


# ---------------------------------------------------------------- from another term on
def counted_anew(e: sp.Expr, k: Index, nf: Arithmetic) -> list[tuple[sp.Expr, list[Index]]]:
    """[(term, indices that it is to be summed over)] for the sum of e over k, counted in one way; empty where it is.

    No sum is longer than it must be; places count upwards, and the least of them is k itself.
    """
    if k.size in nf.shortest:
        return last_apart(e, k, nf.shortest[k.size])
    places = [place for x in e.atoms(Entry, Delta) for place in places_of(x) if place.has(k)]
    if not places:
        return [(e.xreplace({k: k.size - 1 - k}), [k])] if nf.rising and _falls(e, k) else []
    slopes = {sp.expand(place).coeff(k, 1) for place in places}
    offsets = {sp.expand(place - slope * k) for place in places for slope in slopes}
    if slopes == {sp.S.NegativeOne}:
        return [(e.xreplace({k: k.size - 1 - k}), [k])]
    if slopes != {sp.S.One} or not all(c.is_Integer and c > 0 for c in offsets):
        return []
    first, anywhere = int(min(offsets)), sp.Dummy(integer=True)
    shifted = e.xreplace({k: anywhere - first})  # of any place: what it is beyond the range of k, k does not say
    apart = [
        sign * shifted.xreplace({anywhere: start + t})
        for t in range(first)
        for sign, start in ((1, k.size), (-1, sp.S.Zero))
    ]
    terms = [(shifted.xreplace({anywhere: k}), [k]), *[(x, []) for x in apart]]
    return terms if all(_has_value(x, nf) for x in apart) else []


def _falls(e: sp.Expr, k: Index) -> bool:
    """Is the foremost power of a positive number that k is an exponent of one with -k?"""
    powers = [x for x in e.atoms(sp.Pow) if x.exp.has(k) and is_positive(x.base)]
    return bool(powers) and min(powers, key=lambda x: str(x.base)).exp.coeff(k, 1) == -1


def number_of_cases(part: Powers, k: Index) -> sp.Expr | None:
    """How many k there are with k > t, or with k < t, where k stands in nothing but that condition; else None."""
    inside = [(x, n) for x, n in part.items() if k in indices(x)]
    if len(inside) != 1 or inside[0][1] != 1 or not isinstance(inside[0][0], Step):
        return None
    (u,) = inside[0][0].args
    above = u.coeff(k, 1) == 1
    t = k - u if above else k + u
    return (k.size - 1 - t if above else t) if isinstance(t, Index) and k.size in t.sizes else None


def _has_value(e: sp.Expr, nf: Arithmetic) -> bool:
    """Are all places in range, and all else known to have a value?"""
    entries = e.atoms(Entry)
    return nf.known.defined(e) and all(
        in_range(place, size) for x in entries for place, size in zip(places_of(x), x.matrix.shape, strict=True)
    )
