"""Is a normal form zero?  Denominators are cleared; then sums over like ranges are joined and their bodies compared."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

import sympy as sp

from claims.entry.terms import AtZero, Entry, Index, Sigma, indices

from .normal_form import NormalForm
from .polynomial import Monomial, Polynomial, accumulate, divided, expression, scaled

Bodies = dict[tuple[Index, ...], Polynomial]  # under the sum over some indices, that of many monomials


def is_zero(nf: NormalForm, p: Polynomial) -> bool:
    """Is p zero for all sizes and values, its atoms being independent?"""
    numerator, _ = nf.fraction(p)
    if not numerator or _zero_at_kinks(nf, numerator):
        return True
    bodies = {ranges: symmetrised(nf, body, ranges) for ranges, body in joined(nf, numerator).items()}
    return all(not nf.fraction(body)[0] for body in bodies.values()) or not nf.fraction(summed_again(nf, bodies))[0]


def summed_again(nf: NormalForm, bodies: Bodies) -> Polynomial:
    """The sums of symmetrised bodies: what cancels but on the diagonal is a sum over fewer indices."""
    total: Polynomial = {}
    for ranges, body in bodies.items():
        accumulate(total, nf.sum_all(body, list(ranges)))
    return total


def _zero_at_kinks(nf: NormalForm, p: Polynomial) -> bool:
    """[u = 0] f is zero if f is where u = 0 is solved for one of its atoms; each term belongs to one kink alone."""
    kinks = sorted({x for mono in p for x, _ in mono if isinstance(x, AtZero)}, key=str)
    return bool(kinks) and any(_zero_in_turn(nf, p, order) for order in (kinks, kinks[::-1]))


def _zero_in_turn(nf: NormalForm, p: Polynomial, kinks: list[AtZero]) -> bool:
    """Is the part of each kink zero, the terms that hold an earlier one left out?"""
    rest = dict(p)
    for kink in kinks:
        mine = [mono for mono in rest if (kink, 1) in mono]
        part = {divided(mono, frozenset([(kink, 1)])): rest.pop(mono) for mono in mine}
        solution = solved(kink.args[0])
        if part and (solution is None or not is_zero(nf, nf.poly(expression(part).xreplace(solution)))):
            return False
    return not rest


def solved(u: sp.Expr) -> dict[sp.Expr, sp.Expr] | None:
    """u = 0 solved for a symbol or an entry that occurs in one term, with a number before it."""
    for term in sp.Add.make_args(u):
        c, x = term.as_coeff_Mul()
        if isinstance(x, (sp.Symbol, Entry)) and not (u - term).has(x):
            return {x: sp.expand(x - u / c)}
    return None


def joined(nf: NormalForm, p: Polynomial) -> Bodies:
    """{indices: body}: all terms summed over the same ranges, under one sum, whose indices are opened here."""
    out: Bodies = {}
    stock = Stock()
    for mono, c in p.items():
        ranges, body = _opened(nf, mono, stock)
        accumulate(out.setdefault(ranges, {}), body, c)
    return out


class Stock:
    """Indices of this step alone, shared by its sums: number 0, 1, ... of each size."""

    def __init__(self) -> None:
        self.made: defaultdict[sp.Expr, list[Index]] = defaultdict(list)

    def take(self, size: sp.Expr, number: int) -> Index:
        made = self.made[size]
        while len(made) <= number:
            made.append(Index("k", size))
        return made[number]


def _opened(nf: NormalForm, mono: Monomial, stock: Stock) -> tuple[tuple[Index, ...], Polynomial]:
    """The sums of a monomial opened, their indices taken from the stock."""
    used: defaultdict[sp.Expr, list[Index]] = defaultdict(list)
    factors = []
    for x, n in mono:
        if not isinstance(x, Sigma) or n < 0:
            factors.append(x**n)
            continue
        for _ in range(n):
            body, bound = x.open()
            names = {}
            for k in bound:
                taken = used[k.size]
                taken.append(stock.take(k.size, len(taken)))
                names[k] = taken[-1]
            factors.append(body.xreplace(names))
    ranges = tuple(k for size in sorted(used, key=str) for k in used[size])
    return ranges, nf.poly(sp.Mul(*factors))


def symmetrised(nf: NormalForm, body: Polynomial, opened: Iterable[Index]) -> Polynomial:
    """The sum of the body over all orders of the opened indices of one range: its sum is zero if this is.

    Only indices that this step opened are exchanged: a free one stands for one value.
    """
    stocks: defaultdict[sp.Expr, list[Index]] = defaultdict(list)
    for k in opened:
        stocks[k.size].append(k)
    present = {ks: [k for k in stocks[ks] if any(k in indices(x) for mono in body for x, _ in mono)] for ks in stocks}
    groups = [ks for ks in present.values() if len(ks) > 1]
    if not body or not groups or any(len(ks) > 4 for ks in groups):
        return body
    e = expression(body)
    total: Polynomial = {}
    for orders in itertools.product(*[itertools.permutations(ks) for ks in groups]):
        names = {k: t for ks, order in zip(groups, orders, strict=True) for k, t in zip(ks, order, strict=True)}
        accumulate(total, nf.poly(e.xreplace(names)))
    return scaled(total, Fraction(1, math.prod(math.factorial(len(ks)) for ks in groups)))
