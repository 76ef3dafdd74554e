"""The expectation of a generic entry: products of independent random entries, by their cumulants.

An entry of a random matrix is independent of every other one, so cumulants of several entries are 0 unless all are the same;
and a product has as expectation the sum, over all ways to part its factors, of the products of the cumulants of the parts.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

import sympy as sp
from sympy.utilities.iterables import multiset_partitions

from claims.language.expectation import BERNOULLI, NORMAL, SYMMETRIC, Expectation, Random

from .needs import NONNEGATIVE, note, noting, pass_on
from .terms import AtZero, Delta, Entry, EntryAt, Index, Magnitude, NotCovered, Place, Sigma, Slot, Step, fresh

MOST = 8  # random factors of one product
KINKED = (Magnitude, Step, AtZero)


def expected(e: Expectation, lowered: Callable[[], sp.Expr], at: EntryAt) -> sp.Expr:
    """The expectation e of what `lowered()` gives, which must have a value for all outcomes.

    `at(M, i, j)` lowers an entry of a mean or a variance.

    Raises:  NotCovered
    """
    for x in e.bound_symbols:
        _note_law(x, at)
    with noting() as needs:
        value = lowered()
    letters = value.atoms(Random)
    if len({x.name for x in letters}) < len(letters) or any(x.has(Slot) for x in letters):
        raise NotCovered(f"no rule for a random letter of more than one law: {e.arg}")
    if any(part.has(Random) for need in needs for part in (need.value, *need.guards)):
        raise NotCovered(f"no rule for the expectation of what some outcomes leave undefined: {e.arg}")
    pass_on(needs, {})
    return average(value, at)


def _note_law(x: Random, at: EntryAt) -> None:
    """That there is such a law for each entry."""
    place = fresh(x.rows), fresh(x.cols)
    mean = at(x.mean, *place)
    if x.law == BERNOULLI:
        note(NONNEGATIVE, mean)
        note(NONNEGATIVE, 1 - mean)
    else:
        note(NONNEGATIVE, at(x.variance, *place))


def average(e: sp.Expr, at: EntryAt) -> sp.Expr:
    """E[e], where random entries stand in sums, products and indicators.

    Raises:  NotCovered
    """
    _check(e)
    return _average([e], at)


def _check(e: sp.Expr) -> None:
    """All that is random grows like a power at the most, so that it has an expectation."""
    if not e.has(Random) or isinstance(e, Entry) and isinstance(e.matrix, Random):
        return
    power = e.is_Pow and e.exp.is_Integer and 0 < e.exp <= MOST
    if not (e.is_Add or e.is_Mul or power or isinstance(e, (Sigma, *KINKED))):
        raise NotCovered(f"no rule for the expectation of {e}")
    for a in e.args:
        _check(a)


def _average(factors: list[sp.Expr], at: EntryAt) -> sp.Expr:
    factors = [f for factor in factors for f in _flat(factor)]
    moving = [f for f in factors if f.has(Random)]
    fixed = sp.Mul(*[f for f in factors if not f.has(Random)])
    return fixed * _moving(moving, at) if moving else fixed


def _flat(e: sp.Expr) -> list[sp.Expr]:
    """The factors of a product; a power is one."""
    if e.is_Mul:
        return [f for a in e.args for f in _flat(a)]
    return _flat(e.base) * int(e.exp) if e.is_Pow and e.has(Random) else [e]


def _moving(factors: list[sp.Expr], at: EntryAt) -> sp.Expr:
    """The expectation of a product of what is random."""
    if len(factors) > MOST:
        raise NotCovered(f"no rule for the expectation of a product of more than {MOST} random factors")
    if _is_odd(factors):
        return sp.S.Zero
    if (plain := _without_kink(factors)) is not None:
        return _average(plain, at)
    for k, f in enumerate(factors):
        rest = factors[:k] + factors[k + 1 :]
        if isinstance(f, Sigma):
            body, places = f.open()
            return Sigma.over(_average([body, *rest], at), *places)
        if f.is_Add:
            return sp.Add(*[_average([term, *rest], at) for term in f.args])
    entries = [f for f in factors if isinstance(f, Entry)]
    for x in dict.fromkeys(f.matrix for f in entries):
        rest = [f for f in factors if not (isinstance(f, Entry) and f.matrix == x)]
        if not any(f.has(x) for f in rest):
            return _moment(x, [f.args[1:] for f in entries if f.matrix == x], rest, at)
    raise NotCovered(f"no rule for the expectation of {next(f for f in factors if not isinstance(f, Entry))}")


# ---------------------------------------------------------------- what changes its sign with random numbers
def _is_odd(factors: list[sp.Expr]) -> bool:
    """Does the product change its sign with all entries of some matrices that are as likely with the other sign?"""
    return any(_parity(sp.Mul(*factors, evaluate=False), flipped) == 1 for flipped in _flips(factors))


def _flips(factors: list[sp.Expr]) -> list[frozenset[Random]]:
    """Sets of random matrices whose entries may all change their sign: nothing is more likely after it, or less."""
    matrices = {x for f in factors for x in f.atoms(Random) if x.law in (SYMMETRIC, NORMAL) and x.mean.is_zero}
    return [frozenset([x]) for x in matrices] + [frozenset(matrices)] * (len(matrices) > 1)


@functools.lru_cache(4096)
def _parity(e: sp.Expr, flipped: frozenset[Random]) -> int | None:
    """0 if e stays as it is when these matrices change their sign, 1 if it changes its own, None if neither is seen."""
    if not e.has(*flipped):
        return 0
    if isinstance(e, Entry):
        return int(e.matrix in flipped)
    if isinstance(e, Sigma):
        return _parity(e.args[0], flipped)
    parities = [_parity(a, flipped) for a in e.args]
    inside = [parity for parity in parities if parity is not None]
    if len(inside) < len(parities):
        return None
    if e.is_Mul:
        return sum(inside) % 2
    if e.is_Add:
        return inside[0] if len(set(inside)) == 1 else None
    if e.is_Pow:
        return int(e.exp) * inside[0] % 2
    return 0 if isinstance(e, (Magnitude, AtZero)) or inside == [0] else None


def _without_kink(factors: list[sp.Expr]) -> list[sp.Expr] | None:
    """The product with |u| |u| as u u, and with 1/2 for [u > 0] where all else is even and 0 with u; None without such."""
    for f in factors:
        rest = [g for g in factors if g != f]
        (u,) = f.args if isinstance(f, KINKED) else (None,)
        if isinstance(f, Magnitude) and (count := factors.count(f)) > 1:
            return [*rest, *[u] * (count - count % 2), *[f] * (count % 2)]
        if isinstance(f, Step) and u in rest and _halves(u, rest):
            return [sp.S.Half, *rest]
    return None


def _halves(u: sp.Expr, rest: list[sp.Expr]) -> bool:
    """Is u > 0 in one half of the rest, and u < 0 in the other?"""
    product = sp.Mul(*rest, evaluate=False)
    return any(_parity(u, flipped) == 1 and _parity(product, flipped) == 0 for flipped in _flips([u, *rest]))


# ---------------------------------------------------------------- moments
def _moment(x: Random, places: list[Place], rest: list[sp.Expr], at: EntryAt) -> sp.Expr:
    """E of a product of entries of one random matrix, and of others that are independent of it."""
    return sp.Add(
        *[_product_of_cumulants(x, parts, rest, at) for parts in multiset_partitions(list(enumerate(places)))]
    )


def _product_of_cumulants(x: Random, parts: list[list[tuple[int, Place]]], rest: list[sp.Expr], at: EntryAt) -> sp.Expr:
    """One way to part the entries: those of a part stand in one place, wherever the rest speaks of it."""
    product = sp.S.One
    same: dict[Index, sp.Expr] = {}
    for part in sorted(parts, key=len):  # a mean of 0 is seen before a cumulant that is not known
        (_, first), *others = part
        for k, l in (pair for _, place in others for pair in zip(first, place, strict=True)):
            product *= Delta(k, l)
            same |= {l: k.xreplace(same)} if isinstance(l, Index) and l != k else {}
        product = product and product * _cumulant(x, len(part), first, at)
        if product == 0:
            return product
    return product * _average([f.xreplace(same) for f in rest], at)


def _cumulant(x: Random, order: int, place: Place, at: EntryAt) -> sp.Expr:
    """Of one entry: the mean, the variance, and so on.

    Raises:  NotCovered where the law does not say it
    """
    if x.law == BERNOULLI:
        return _of_bernoulli(order).xreplace({SHARE: at(x.mean, *place)})
    if order <= 2:
        return at(x.mean if order == 1 else x.variance, *place)
    if x.law == NORMAL or x.law == SYMMETRIC and order % 2:
        return sp.S.Zero
    raise NotCovered(f"mean and variance of {x.name} do not say what the expectation of {order} equal factors is")


SHARE = sp.Dummy("p", real=True)


@functools.cache
def _of_bernoulli(order: int) -> sp.Expr:
    """The cumulants of a number that is 1 with probability p, else 0."""
    return SHARE if order == 1 else sp.expand(SHARE * (1 - SHARE) * _of_bernoulli(order - 1).diff(SHARE))
