"""Where a statement applies: its letters, matched against parts of an expression.

What is found is a proposal, which `instances` checks: nothing rests on this module being right.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import sympy as sp
from sympy.core.symbol import Str
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction

from claims.entry.signs import SMOOTH, is_real
from claims.language import NAMES, Activation, Partial, Random, is_matrix
from claims.language.products import product, product_parts
from claims.language.scopes import binds

from .held import leaves

ANY = ("commutative", "real", "complex", "finite", "hermitian", "extended_real")  # what every real number is
Putting = Callable[[sp.Basic], sp.Basic]  # something into the place of a part
Found = dict[Any, Any]  # letter -> what it stands for


class Part(NamedTuple):
    """A part of an expression read as a pattern: the letters, how to put something in its place, what varies around it."""

    found: Found
    piece: sp.Basic
    put: Putting
    varied: frozenset[sp.Basic] = frozenset()


class Pattern:
    """One side of a statement, whose symbols, matrices, sizes and functions stand for any others."""

    def __init__(self, expression: sp.Basic) -> None:
        self.expression = expression

    def matches(self, target: sp.Basic, found: Found) -> Iterator[Found]:
        """Ways to read the whole target as the pattern."""
        return match(self.expression, target, found)

    def parts(self, target: sp.Basic, found: Found) -> Iterator[Part]:
        """Ways to read a part of the target as the pattern."""
        for new in self.matches(target, found):
            yield Part(new, target, lambda e: e)
        for piece, put in pieces(self.expression, target):
            for new in self.matches(piece, found):
                yield Part(new, piece, put)
        if isinstance(target, NAMES):
            return
        for k, a in enumerate(target.args):
            if not isinstance(a, Str | sp.Tuple):
                for part in self.parts(a, found):
                    yield part._replace(put=rebuilt(target, k, part.put), varied=part.varied | varies(target))


def varies(e: sp.Basic) -> frozenset[sp.Basic]:
    """What runs through values inside an expression: the variable of a slope and what it is made of, of a sum, a function."""
    if isinstance(e, Partial | sp.Derivative):
        return frozenset(s for v in e.args[1:] for s in leaves(v) if not s.is_integer)
    return binds(e)


def rebuilt(e: sp.Basic, k: int, put: Putting) -> Putting:
    """The expression, with something put into its k-th part."""
    return lambda new: e.func(*e.args[:k], put(new), *e.args[k + 1 :])


def between(make: Callable[..., sp.Basic], before: Sequence[sp.Basic], after: Sequence[sp.Basic]) -> Putting:
    """What is made of some terms or factors, with something put between them."""
    return lambda new: make(*before, new, *after)


def pieces(pattern: sp.Basic, target: sp.Basic) -> Iterator[tuple[sp.Basic, Putting]]:
    """Some of the terms of a sum, or of the factors of a product, where the pattern is one too."""
    if isinstance(target, sp.MatMul) and not isinstance(pattern, sp.MatAdd):
        scalar, factors = product_parts(target)
        for a, b in itertools.combinations(range(len(factors) + 1), 2):
            if (scalar, a, b) != (1, 0, len(factors)):
                make = functools.partial(product, scalar=scalar)
                yield product(*factors[a:b]), between(make, factors[:a], factors[b:])
    if isinstance(target, (sp.Add, sp.MatAdd, sp.Mul, sp.HadamardProduct)) and type(pattern) is type(target):
        args = target.args
        for size in range(len(pattern.args), len(args)):
            for chosen in itertools.combinations(range(len(args)), size):
                rest, at = [x for k, x in enumerate(args) if k not in chosen], chosen[0]
                yield target.func(*[args[k] for k in chosen]), between(target.func, rest[:at], rest[at:])


def match(p: sp.Basic, t: sp.Basic, found: Found) -> Iterator[Found]:
    """Ways to name the letters of p so that it becomes t."""
    if isinstance(p, NAMES):
        yield from named(p, t, found)
    elif isinstance(p, sp.MatrixSymbol) and not isinstance(p, Random):
        yield from letter(p, t, found) if is_matrix(t) else ()
    elif isinstance(p, sp.Symbol):
        yield from letter(p, t, found) if not is_matrix(t) else ()
    elif isinstance(p, sp.Transpose) and not isinstance(t, sp.Transpose):
        yield from match(p.arg, t.T, found) if is_matrix(t) and isinstance(p.arg, sp.MatrixSymbol) else ()
    elif isinstance(p, ElementwiseApplyFunction):
        yield from elementwise(p, t, found)
    elif isinstance(p, Activation):
        yield from called(p, t, found)
    elif isinstance(p, sp.MatMul):
        yield from chain(p, t, found)
    elif isinstance(p, (sp.Add, sp.Mul, sp.MatAdd, sp.HadamardProduct)):
        yield from in_any_order(p, t, found) if isinstance(t, type(p)) or isinstance(p, type(t)) else ()
    elif not p.args or isinstance(p, sp.Number):
        if p == t:
            yield found
    elif type(p) is type(t) and len(p.args) == len(t.args):
        yield from one_by_one(p.args, t.args, found)


def one_by_one(ps: Sequence[sp.Basic], ts: Sequence[sp.Basic], found: Found) -> Iterator[Found]:
    if not ps:
        yield found
        return
    for new in match(ps[0], ts[0], found):
        yield from one_by_one(ps[1:], ts[1:], new)


def letter(p: sp.Basic, t: sp.Basic, found: Found) -> Iterator[Found]:
    """A letter for anything of its shape, real as it is, of which what is assumed of the letter is known."""
    if p in found:
        if found[p] == t:
            yield found
    elif not is_real(t):
        return
    elif isinstance(p, sp.MatrixSymbol):
        yield from one_by_one(p.shape, t.shape, {**found, p: t})
    elif all(getattr(t, f"is_{fact}") is known for fact, known in p._assumptions_orig.items() if fact not in ANY):
        yield {**found, p: t}


def named(p: sp.Basic, t: sp.Basic, found: Found) -> Iterator[Found]:
    """A named quantity: what it is must fit; it is the name where there is one."""
    if p in found:
        if found[p] == t:
            yield found
    elif isinstance(t, NAMES):
        yield from ({**new, p: t} for new in match(p.expr, t.expr, found))
    else:
        yield from ({**new, p: t} for new in match(p.expr, t, found))


def elementwise(p: sp.Basic, t: sp.Basic, found: Found) -> Iterator[Found]:
    if isinstance(t, ElementwiseApplyFunction):
        for new in match(p.expr, t.expr, found):
            (u,), (v,) = p.function.signature, t.function.signature
            yield from match(p.function.expr, t.function.expr, {**new, u: v})


def called(p: sp.Basic, t: sp.Basic, found: Found) -> Iterator[Found]:
    """g(u), g a letter for any smooth function unless its slope is known; g' for that of what g stands for."""
    if type(p) is type(t) and p.slope is not None:
        yield from match(p.args[0], t.args[0], found)
    elif p.slope is None and (isinstance(t, SMOOTH) or (isinstance(t, Activation) and t.base.slope is None)):
        order, base = getattr(t, "order", 0), getattr(t, "base", type(t))
        if order == p.order and found.get(p.base, base) is base:
            yield from match(p.args[0], t.args[0], {**found, p.base: base})


def chain(p: sp.Basic, t: sp.Basic, found: Found) -> Iterator[Found]:
    """A product of matrices: each letter takes one factor or some that follow one another."""
    scalar, factors = product_parts(p)
    other, those = product_parts(t) if is_matrix(t) else (None, [])
    if other is None or len(those) < len(factors):
        return
    for new in match(scalar, other, found):
        yield from _chain(factors, those, new)


def _chain(factors: list[sp.MatrixExpr], those: list[sp.MatrixExpr], found: Found) -> Iterator[Found]:
    if not factors:
        if not those:
            yield found
        return
    longest = len(those) - len(factors) + 1
    for k in range(1, longest + 1):
        for new in match(factors[0], product(*those[:k]), found):
            yield from _chain(factors[1:], those[k:], new)


def in_any_order(p: sp.Basic, t: sp.Basic, found: Found) -> Iterator[Found]:
    """Terms or factors in any order; one letter takes what the others leave."""
    kind = p.func
    ts = list(t.args) if isinstance(t, type(p)) or isinstance(p, type(t)) else [t]
    ps = sorted(p.args, key=lambda a: isinstance(a, sp.Symbol | sp.MatrixSymbol) and a not in found)
    yield from _in_any_order(kind, ps, ts, found)


def _in_any_order(kind: Any, ps: list[sp.Basic], ts: list[sp.Basic], found: Found) -> Iterator[Found]:
    if len(ts) < len(ps):
        return
    if not ps:
        if not ts:
            yield found
        return
    if len(ps) == 1:
        yield from match(ps[0], ts[0] if len(ts) == 1 else kind(*ts), found)
        return
    for k in range(len(ts)):
        for new in match(ps[0], ts[k], found):
            yield from _in_any_order(kind, ps[1:], ts[:k] + ts[k + 1 :], new)
