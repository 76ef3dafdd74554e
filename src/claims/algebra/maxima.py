"""Maxima over indices in one form: an inner one joins, what does not depend on the indices leaves.

Ranges have a place for all sizes, so whatever leaves a maximum has a value wherever that has one.
"""

from __future__ import annotations

from fractions import Fraction

from claims.entry.signs import is_nonnegative
from claims.entry.terms import Index, Peak, indices

from .arithmetic import Arithmetic
from .canonical_sums import components, ranked
from .polynomial import Monomial, Polynomial, content, divided, expression, leading, scaled


def maximum(nf: Arithmetic, e: Peak) -> Polynomial:
    """The normal form of a maximum: of terms that share no index the sum of the maxima of each."""
    body, bound = e.open()
    single = {k: k * 0 for k in bound if k.size == 1}
    p, bound = _joined(nf, nf.poly(body.xreplace(single)), [k for k in bound if k not in single])
    return nf.add(_maximum_over(nf, part, group) for group, part in components(p, bound, _indices_of))


def _indices_of(mono: Monomial) -> frozenset[Index]:
    return frozenset(k for x, _ in mono for k in indices(x))


def _joined(nf: Arithmetic, p: Polynomial, bound: list[Index]) -> tuple[Polynomial, list[Index]]:
    """(p, indices) where a maximum inside, times what is never negative, is one over its indices too."""
    for mono, c in p.items():
        for x, n in mono:
            rest = mono - {(x, n)}
            joins = isinstance(x, Peak) and n == 1 and c > 0 and indices(x) & set(bound)
            if joins and all(is_nonnegative(y**m) for y, m in rest):
                body, more = x.open()
                others = {m: d for m, d in p.items() if m != mono}
                return _joined(nf, nf.add([others, nf.mul([{rest: c}, nf.poly(body)])]), [*bound, *more])
    return p, bound


def _maximum_over(nf: Arithmetic, p: Polynomial, group: list[Index]) -> Polynomial:
    """That of terms which hang together by the indices in them; of none, and over no index, themselves."""
    if not group or not p:
        return p
    weight, rest = _weighed(p, set(group))
    inside = expression(rest)
    return nf.mul([weight, nf.settled({Peak.over(inside, *ranked({inside: 1}, group)): 1})])


def _weighed(p: Polynomial, bound: set[Index]) -> tuple[Polynomial, Polynomial]:
    """(weight, rest), their product p: the weight does not depend on the indices and is never negative."""
    apart: dict[Monomial, Polynomial] = {}
    for mono, c in p.items():
        inside = frozenset((x, n) for x, n in mono if indices(x) & bound)
        apart.setdefault(inside, {})[mono - inside] = c
    weight, *_ = apart.values()
    lead = leading(weight)
    shares: Polynomial = {inside: Fraction(part.get(lead, 0)) / weight[lead] for inside, part in apart.items()}
    if all(part == scaled(weight, shares[inside]) for inside, part in apart.items()):
        for sign in (1, -1):
            if is_nonnegative(expression(scaled(weight, sign))):
                number = abs(content(shares)[0])
                return scaled(weight, sign * number), scaled(shares, sign / number)
    c, mono = content(p)
    common = frozenset((x, n) for x, n in mono if n > 0 and not indices(x) & bound and is_nonnegative(x**n))
    return {common: abs(c)}, {divided(m, common): d / abs(c) for m, d in p.items()}
