"""Sums, products and maxima with limits of their own, over indices that count from 0."""

from __future__ import annotations

import sympy as sp
from sympy.concrete.expr_with_limits import ExprWithLimits

from claims.language import Maximum
from claims.language.shapes import is_size

from .blocks import in_parts
from .kinks import indicator, real
from .needs import NONNEGATIVE, in_terms, note, under
from .signs import is_positive
from .terms import Index, Lowering, NotCovered, Peak, Sigma, extremes, put


def _opened(e: ExprWithLimits, scalar: Lowering) -> tuple[sp.Expr | None, sp.Expr, list[Index]]:
    """(body, counted, indices from 0, innermost first) of a sum or a product; (None, 0, []) where it has no terms.

    Where a length depends on an index around it, the indices run as far as it gets for any; `counted` is 1 for a term
    within the length, and 0 beyond.
    """
    body, inner, found, within = e.function, list(e.limits), [], []
    while inner:
        k, low, high = inner.pop()
        size = sp.expand(high - low + 1)
        if not _is_length(size) or size.free_symbols & {limit[0] for limit in e.limits}:
            raise NotCovered(f"no rule for the limits of {e}")
        least, most = _at_ends(size, e)
        for end in dict.fromkeys((least, most)):
            _note_length(end, e)
        if most == 0:
            return None, sp.S.Zero, []
        t = Index(k.name, most)
        found.append(t)
        if most != size:
            within.append(sp.Le(t, size - 1))
        names = {k: low + t}
        body, inner = put(body, names), [limit.xreplace(names) for limit in inner]
    cases = [indicator(each, scalar) for each in within]
    with in_terms(found), under(*[holds for _, holds in cases]):
        return scalar(body), sp.Mul(*[one for one, _ in cases]), found[::-1]


def _is_length(size: sp.Expr) -> bool:
    """Is it made of whole numbers, sizes and indices alone?"""
    return bool(size.is_integer) and not size.has(sp.oo, sp.Function) and all(s.is_integer for s in size.free_symbols)


def _at_ends(size: sp.Expr, e: ExprWithLimits) -> tuple[sp.Expr, sp.Expr]:
    """The least and the most that a length is, for all values of the indices that it depends on.

    Raises:  NotCovered unless it is linear in them
    """
    ends = extremes(size)
    if ends is None:
        raise NotCovered(f"no rule for the limits of {e}")
    return ends


def _note_length(size: sp.Expr, e: ExprWithLimits) -> None:
    """A sum of no terms is 0; one of fewer has no meaning."""
    if size.is_nonnegative:
        return
    if size.is_negative or not all(s.is_nonnegative for s in size.free_symbols):
        raise NotCovered(f"{e} may have fewer than no terms: say which of its limits are not negative")
    note(NONNEGATIVE, size)


def sum_over_limits(e: sp.Sum, scalar: Lowering) -> sp.Expr:
    """A sum; `scalar` lowers its terms."""
    body, counted, found = _opened(e, scalar)
    if body is None:
        return sp.S.Zero
    body = counted * body
    for k in found:
        body = Sigma.over(body, k)
    return body


def product_over_limits(e: sp.Product, scalar: Lowering) -> sp.Expr:
    """A product of positive factors, as exp of the sum of their logarithms."""
    body, counted, found = _opened(e, scalar)
    if body is None:
        return sp.S.One
    if not is_positive(body):
        raise NotCovered(f"no rule for a product of factors that may not be positive: {e}")
    logarithms = counted * sp.log(body)
    for k in found:
        logarithms = Sigma.over(logarithms, k)
    return sp.exp(logarithms)


def maximum_over_limits(e: Maximum, scalar: Lowering) -> sp.Expr:
    """A maximum; `scalar` lowers its values.

    Raises:  NotCovered unless there is a value for all sizes, as many whatever the indices around it are
    """
    variables = [k for k, *_ in e.limits]
    starts = [low for _, low, _ in e.limits]
    sizes = [sp.expand(high - low + 1) for _, low, high in e.limits]
    depends = any(end.has(*variables) for end in (*starts, *sizes))
    if depends or not all(low.is_integer for low in starts) or not all(map(is_size, sizes)):
        raise NotCovered(f"no rule for a maximum that may be over nothing, or over as many as an index says: {e}")

    def value(*places: sp.Expr) -> sp.Expr:
        names = {k: low + t for k, low, t in zip(variables, starts, places, strict=True)}
        return real(scalar(put(e.function, names)))

    return Peak.together(Peak.over(inside, *found) for inside, found in in_parts(value, *sizes, names="k" * len(sizes)))
