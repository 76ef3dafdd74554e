"""Sums in one form: the order of their indices does not depend on how they were written."""

from __future__ import annotations

import itertools

import sympy as sp

from claims.entry.terms import Sigma, indices, spell, spell_with


def components(mono: dict, bound, indices=indices) -> list:
    """The bound indices grouped by the factors that share them, each group with its factors."""
    groups = [([k], {}) for k in bound]
    for x, n in mono.items():
        touched = [g for g in groups if indices(x) & set(g[0])]
        groups = [g for g in groups if g not in touched]
        factors = {x: n}
        for _, part in touched:
            factors |= part
        groups.append(([k for ks, _ in touched for k in ks], factors))
    return [(ks, part) for ks, part in groups]


def close(part: dict, group) -> Sigma:
    """The sum of a connected product over its bound indices, in the order that the product gives them."""
    return Sigma.over(sp.Mul(*[x**n for x, n in part.items()]), *ranked(part, group))


def closed_over(e, bound):
    """The expression for all values of some of its indices, in one form whatever they are called."""
    return close({e: 1}, sorted(bound, key=lambda k: k.dummy_index)) if bound else e


class ForAll:
    """Expressions of which something is known; an index that is not fixed by the claim stands for all its values."""

    def __init__(self, expressions=(), fixed=frozenset()):
        self.fixed = fixed
        self.closed = {closed_over(e, indices(e) - fixed) for e in expressions}

    def __bool__(self):
        return bool(self.closed)

    def __contains__(self, e) -> bool:
        return bool(self.closed) and any(
            closed_over(e, indices(e) - fixed) in self.closed for fixed in (self.fixed, frozenset())
        )


def ranked(part: dict, group) -> list:
    """The indices in an order that depends on the sum alone.

    Indices are told apart by where they stand, then by where their neighbours stand; ties are tried in every order.
    """
    colours = refine(part, {k: spell(k) for k in group})
    classes = [sorted(ks, key=str) for ks in _classes(colours)]
    if all(len(c) == 1 for c in classes):
        return [k for c in classes for k in c]
    orders = itertools.product(*[itertools.permutations(c) for c in classes])
    return min(([k for c in order for k in c] for order in orders), key=lambda ks: word(part, ks))


def refine(part: dict, colours: dict) -> dict:
    """Colours that tell apart as many indices as their surroundings do."""
    while True:
        new = {k: surroundings(part, k, colours) for k in colours}
        ranks = {c: f"#{t:02d}" for t, c in enumerate(sorted(set(new.values())))}
        new = {k: ranks[c] for k, c in new.items()}
        if len(ranks) == len(set(colours.values())):
            return new
        colours = new


def surroundings(part, k, colours) -> str:
    seen = sorted(f"{spell_with(x, {**colours, k: '!'})}^{n}" for x, n in part.items() if k in indices(x))
    return f"{colours[k]}|{k.size}|{seen}"


def _classes(colours):
    out = {}
    for k, c in colours.items():
        out.setdefault(c, []).append(k)
    return [out[c] for c in sorted(out)]


def word(part, ks) -> list:
    names = {k: f"#{t}" for t, k in enumerate(ks)}
    return sorted(f"{spell_with(x, names)}^{n}" for x, n in part.items())
