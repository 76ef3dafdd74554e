"""Is a normal form zero?  Denominators are cleared; then sums over like ranges are joined and their bodies compared."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import sympy as sp

from claims.entry.terms import AtZero, Entry, Index, Sigma

from .polynomial import accumulate, divided, expression, scaled


def is_zero(nf, p: dict) -> bool:
    """Is p zero for all sizes and values, its atoms being independent?"""
    numerator, _ = nf.fraction(p)
    if not numerator or _zero_at_kinks(nf, numerator):
        return True
    bodies = {ranges: symmetrised(nf, body) for ranges, body in joined(nf, numerator).items()}
    return all(not nf.fraction(body)[0] for body in bodies.values()) or not nf.fraction(summed_again(nf, bodies))[0]


def summed_again(nf, bodies) -> dict:
    """The sums of symmetrised bodies: what cancels but on the diagonal is a sum over fewer indices."""
    total = {}
    for ranges, body in bodies.items():
        accumulate(total, nf.sum_all(body, [stock(size, t + 1) for size, count in ranges for t in range(count)]))
    return total


def _zero_at_kinks(nf, p):
    """[u = 0] f is zero if f is where u = 0 is solved for one of its atoms."""
    kinks = {x for mono in p for x, _ in mono if isinstance(x, AtZero)}
    if not kinks or any(not any(x in kinks for x, _ in mono) for mono in p):
        return False
    for kink in kinks:
        solution = _solved(kink.args[0])
        if solution is None:
            return False
        part = {divided(mono, frozenset([(kink, 1)])): c for mono, c in p.items() if (kink, 1) in mono}
        if not is_zero(nf, nf.poly(expression(part).xreplace(solution))):
            return False
    return True


def _solved(u):
    """u = 0 solved for a symbol or an entry that occurs in one term, with a number before it."""
    for term in sp.Add.make_args(u):
        c, x = term.as_coeff_Mul()
        if isinstance(x, (sp.Symbol, Entry)) and not (u - term).has(x):
            return {x: sp.expand(x - u / c)}
    return None


def joined(nf, p: dict) -> dict:
    """{ranges: body}: all terms summed over the same ranges, under one sum."""
    out = {}
    for mono, c in p.items():
        ranges, body = _opened(nf, mono)
        accumulate(out.setdefault(ranges, {}), body, c)
    return out


def _opened(nf, mono):
    """The sums of a monomial opened, their indices taken from a common stock."""
    used, factors = {}, []
    for x, n in mono:
        if not isinstance(x, Sigma) or n < 0:
            factors.append(x**n)
            continue
        for _ in range(n):
            names = {k: _stock(k.size, used) for k in x.indices}
            factors.append(x.body.xreplace(names))
    ranges = tuple(sorted(used.items(), key=lambda item: str(item[0])))
    return ranges, nf.poly(sp.Mul(*factors))


def _stock(size, used):
    used[size] = used.get(size, 0) + 1
    return stock(size, used[size])


def stock(size, t):
    """Index number t of the stock. Its mark is negative: SymPy counts up from a random number, and never gets there."""
    return Index("k", size, mark=-t)


def is_stock(k) -> bool:
    return k.dummy_index < 0


def symmetrised(nf, body: dict) -> dict:
    """The sum of the body over all orders of indices with the same range: its sum is zero if this is."""
    found = {}
    for x in expression(body).atoms(Index):
        found.setdefault(x.size, []).append(x)
    stocks = [[k for k in ks if is_stock(k)] for ks in found.values()]
    if not body or all(len(ks) < 2 for ks in stocks) or any(len(ks) > 4 for ks in stocks):
        return body
    e, total = expression(body), {}
    for orders in itertools.product(*[itertools.permutations(ks) for ks in stocks]):
        names = {k: t for ks, order in zip(stocks, orders, strict=True) for k, t in zip(ks, order, strict=True)}
        accumulate(total, nf.poly(e.xreplace(names)))
    return scaled(total, Fraction(1, math.prod(math.factorial(len(ks)) for ks in stocks)))
