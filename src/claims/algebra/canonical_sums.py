"""Sums in one form: the order of their indices does not depend on how they were written."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

import sympy as sp

from claims.entry.terms import Index, Sigma, indices, spell, spell_with

from .polynomial import Powers

Part = TypeVar("Part", bound=Hashable)
Share = TypeVar("Share")


def components(
    mono: dict[Part, Share], bound: list[Index], indices: Callable[[Part], frozenset[Index]] = indices
) -> list[tuple[list[Index], dict[Part, Share]]]:
    """The bound indices grouped by the factors that share them, each group with its factors."""
    groups: list[tuple[list[Index], dict[Part, Share]]] = [([k], {}) for k in bound]
    for x, n in mono.items():
        touched = [g for g in groups if indices(x) & set(g[0])]
        groups = [g for g in groups if g not in touched]
        factors = {x: n}
        for _, part in touched:
            factors |= part
        groups.append(([k for ks, _ in touched for k in ks], factors))
    return [(ks, part) for ks, part in groups]


def close(part: Powers, group: Iterable[Index]) -> sp.Expr:
    """The sum of a connected product over its bound indices, in the order that the product gives them."""
    return Sigma.over(sp.Mul(*[x**n for x, n in part.items()]), *ranked(part, group))


def closed_over(e: sp.Expr, bound: Iterable[Index]) -> sp.Expr:
    """The expression for all values of some of its indices, in one form whatever they are called."""
    return close({e: 1}, bound)


class ForAll:
    """Expressions of which something is known; an index that is not fixed by the claim stands for all its values."""

    def __init__(self, expressions: Iterable[sp.Expr] = (), fixed: frozenset[Index] = frozenset()) -> None:
        self.fixed = fixed
        self.closed = {closed_over(e, indices(e) - fixed) for e in expressions}

    def __bool__(self) -> bool:
        return bool(self.closed)

    def __contains__(self, e: sp.Expr) -> bool:
        return bool(self.closed) and any(
            closed_over(e, indices(e) - fixed) in self.closed for fixed in (self.fixed, frozenset())
        )


def ranked(part: Powers, group: Iterable[Index]) -> list[Index]:
    """The indices in an order that depends on the sum alone.

    Indices are told apart by where they stand, then by where their neighbours stand; ties are tried in every order.
    """
    colours = refine(part, {k: spell(k) for k in group})
    classes = [sorted(ks, key=str) for ks in _classes(colours)]
    if all(len(c) == 1 for c in classes):
        return [k for c in classes for k in c]
    orders = itertools.product(*[itertools.permutations(c) for c in classes])
    return min(([k for c in order for k in c] for order in orders), key=lambda ks: word(part, ks))


def refine(part: Powers, colours: dict[Index, str]) -> dict[Index, str]:
    """Colours that tell apart as many indices as their surroundings do."""
    while True:
        new = {k: surroundings(part, k, colours) for k in colours}
        ranks = {c: f"#{t:02d}" for t, c in enumerate(sorted(set(new.values())))}
        new = {k: ranks[c] for k, c in new.items()}
        if len(ranks) == len(set(colours.values())):
            return new
        colours = new


def surroundings(part: Powers, k: Index, colours: dict[Index, str]) -> str:
    seen = sorted(f"{spell_with(x, {**colours, k: '!'})}^{n}" for x, n in part.items() if k in indices(x))
    return f"{colours[k]}|{k.size}|{seen}"


def _classes(colours: dict[Index, str]) -> list[list[Index]]:
    out: dict[str, list[Index]] = {}
    for k, c in colours.items():
        out.setdefault(c, []).append(k)
    return [out[c] for c in sorted(out)]


def word(part: Powers, ks: Iterable[Index]) -> list[str]:
    names = {k: f"#{t}" for t, k in enumerate(ks)}
    return sorted(f"{spell_with(x, names)}^{n}" for x, n in part.items())
