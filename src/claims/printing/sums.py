"""How entries of matrices, and sums, maxima and integrals over an index, are arranged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sympy as sp
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.matrices.expressions.matexpr import MatrixElement

from claims.language import Maximum
from claims.language.letters import is_letter, seen
from claims.language.scopes import SUMS, apart, free_symbols, made_of, where_free

from .notation import Bind, Piece
from .rules import Rules

BOUND = "ijklrstuvpqxyzabcdefgh"  # names for bound indices, outermost first
VARIABLES = "tsuvrqpxyzabcdefghijkl"  # and for those of integrals


PLACES = (MatrixElement, sp.KroneckerDelta)


def places(i: sp.Symbol, e: sp.Basic) -> list[sp.Basic]:
    """Where i says which entry is meant."""
    return [x for x in e.atoms(*PLACES) if x.has(i)]


def is_number(i: sp.Symbol, e: sp.Basic) -> bool:
    """Does i stand elsewhere than in places, and free?"""
    if isinstance(e, PLACES) or i not in free_symbols(e):
        return False
    parts = (e.function, *[end for _, *ends in e.limits for end in ends]) if isinstance(e, SUMS) else e.args
    return e == i or any(is_number(i, part) for part in parts)


class SumRules(Rules):
    """Rules of the printer for entries and for sums over them; each `_print_X` returns a Piece."""

    def position(self, i: sp.Expr) -> str:
        """An index counted from 1, as in print; expressions count it from 0, and so do those that are numbers too."""
        counted = {s for s in i.free_symbols if s.is_integer or s in self.names} - self.numbers
        shown = {s: s - 1 for s in counted if not s.is_positive}
        return self.show(sp.expand(sp.sympify(i).xreplace(shown) + 1))

    def _print_MatrixElement(self, e: MatrixElement) -> Piece:
        indices = [self.position(k) for k, size in zip(e.args[1:], e.parent.shape) if size != 1]
        base = self.show(e.parent, Bind.ATOM)
        return Piece(self.notation.entry(base, indices) if indices else base, Bind.ATOM)

    def _print_KroneckerDelta(self, e: sp.KroneckerDelta) -> Piece:
        return Piece(self.notation.delta(sorted(map(self.position, e.args[:2]))), Bind.ATOM)

    def _print_Sum(self, e: sp.Sum) -> Piece:
        single = next((at for at, (_, low, high) in enumerate(e.limits) if low == high), None)
        if single is None:
            return self.over("sum", e)
        i, value, _ = e.limits[single]  # one value: no sum
        inner, outer = e.limits[:single], e.limits[single + 1 :]
        body = made_of(e, [e.function, *inner]) if inner else e.function
        here = where_free(apart([body])[0] if value.free_symbols else body, {i: value})
        return self.piece(made_of(e, [here, *outer]) if outer else here)

    def _print_Product(self, e: sp.Product) -> Piece:
        return self.over("prod", e)

    def _print_Maximum(self, e: Maximum) -> Piece:
        return self.over("max", e)

    def _print_FunctionMatrix(self, e: sp.FunctionMatrix) -> Piece:
        """The family of its entries, with an index for each axis that has more than one place."""
        axes = list(zip(e.lamda.signature, e.shape, strict=True))
        body = where_free(e.lamda.expr, {i: sp.S.Zero for i, size in axes if size == 1})
        limits = [(i, sp.S.Zero, size - 1) for i, size in reversed(axes) if size != 1]
        ranges, body = self.ranged(body, limits, Bind.SUM)
        return Piece(self.notation.family(body, ranges), Bind.POWER)

    def over(self, sign: str, e: ExprWithLimits) -> Piece:
        ranges, body = self.ranged(e.function, e.limits, Bind.OPEN)
        return Piece("".join(self.notation.over(sign, *bounds) for bounds in ranges) + body, Bind.OPEN)

    def ranged(
        self, body: sp.Expr, limits: Sequence[Iterable[sp.Basic]], level: Bind
    ) -> tuple[list[tuple[str, str, str]], str]:
        """[(index, from, to)], the outermost before the others, and what they range over, as they are shown."""
        outer, numbers, ranges = dict(self.names), self.numbers, []
        inside = sp.Tuple(body, *[end for _, *ends in limits for end in ends])
        self.numbers = numbers | {i for i, *_ in limits if i.is_positive or is_number(i, inside) and places(i, inside)}
        for i, low, high in reversed(limits):  # the outermost comes last
            low, high = self.shown_range(inside, i, low, high)
            ends = self.show(low), self.show(high)
            self.names[i] = self.fresh_name(i)
            ranges.append((self.names[i], *ends))
        shown = self.show(body, level)
        self.names, self.numbers = outer, numbers
        return ranges, shown

    def shown_range(self, body: sp.Basic, i: sp.Symbol, low: sp.Expr, high: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
        """0..n-1 is shown as 1..n where i is a position alone, or does not occur."""
        alone = bool(places(i, body)) and i not in self.numbers
        shift = 1 if alone or not body.has(i) and low == 0 else 0
        return low + shift, high + shift

    def fresh_name(self, i: sp.Symbol, letters: str = BOUND) -> str:
        """Its own name unless that is printed like another letter, or is none."""
        used = set(map(seen, self.names.values())) | self.taken
        own = not isinstance(i, sp.Dummy) and is_letter(i.name) and seen(i.name) not in used
        return self.notation.name(i.name) if own else next(c for c in letters if c not in used)

    def _print_Integral(self, e: sp.Integral) -> Piece:
        *inner, (variable, low, high) = e.limits  # the outermost comes last
        ends = self.show(low), self.show(high)
        outer, numbers = dict(self.names), self.numbers
        self.names[variable] = name = self.fresh_name(variable, VARIABLES)
        self.numbers = numbers | {variable}
        body = self.show(made_of(e, [e.function, *inner]) if inner else e.function, Bind.PRODUCT)
        self.names, self.numbers = outer, numbers
        return Piece(self.notation.integral(body, name, *ends), Bind.OPEN)
