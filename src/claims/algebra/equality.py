"""Deciding an equality by algebra: ever dearer normal forms, the first that shows the difference to be zero."""

from __future__ import annotations

import copy
import functools
import itertools
from collections.abc import Callable, Iterable
from typing import Self

import sympy as sp

from claims.entry.blocks import in_parts
from claims.entry.lowering import lower, released
from claims.entry.needs import KINK, NONZERO, Need, noting
from claims.entry.scopes import ranged
from claims.entry.terms import Binder, Determinant, Index, Place, Slot, written_out
from claims.language import Activation, Nonnegative, Partial, is_matrix, unfold
from claims.language.shapes import same_size

from .by_sympy import by_sympy
from .cases import cases_of, guards_of
from .counting import shortest_lengths
from .domain import conditions_of
from .hypotheses import given_rules, inverse_rules, symmetric, symmetrised
from .induction import by_induction
from .integrals import by_differentiation
from .kinks import avoidable
from .known import Known
from .normal_form import NormalForm
from .polynomial import Polynomial, expression
from .regions import in_regions
from .zero import is_zero, solved

Verdict = tuple[str | None, sp.Expr | None]  # (method, None), or (None, what remains)
Lowered = tuple[sp.Expr, sp.Expr, list[Need], Place]  # both sides at a place, what they need there, the place
METHODS = {
    "plain": "normal form of one generic entry",
    "exponential": "normal form of one generic entry, written with exp",
}


class Equality:
    """left = right at a generic entry i, j, under hypotheses, wherever both sides are defined.

    `needs` is what the sides need for that; where a need says that there is no kink, the algebra takes it at its word.
    `beside`: what else the claim says, where its free indices may stand in more places.
    """

    def __init__(self, lhs: sp.Expr, rhs: sp.Expr, given: Iterable[sp.Eq] = (), beside: Iterable[sp.Expr] = ()) -> None:
        self.written = None if is_matrix(lhs) else unfold(lhs - rhs)
        given = tuple(sp.Eq(*map(unfold, e.args), evaluate=False) for e in given)  # a name says what its letters do
        self.mirrored = [H for H in map(symmetric, given) if H is not None]
        self.hypotheses = given
        equations = [e for e in given if symmetric(e) is None]
        self.sides: tuple[sp.Expr, sp.Expr] | None = (lhs, rhs)  # as they were written, where that is all there is
        self.said = (lhs, rhs, *given, *beside)  # all of it
        facts = [side for e in equations for side in (e.lhs, e.rhs)]
        (lhs, rhs, *sides), self.free = ranged([lhs, rhs, *facts, *beside])
        sides = sides[: len(facts)]
        self.given = list(zip(sides[::2], sides[1::2], strict=True))
        self.zeros: list[sp.Expr] = []  # what is zero in the case at hand
        generic = in_parts(functools.partial(_lowered, lhs, rhs), *(lhs.shape if is_matrix(lhs) else ()), names="ij")
        first, *others = generic
        self.parts = [self.at(*first), *(copy.copy(self).at(*other) for other in others)]
        for part in self.parts:
            part.parts = self.parts

    def at(self, lowered: Lowered, place: Iterable[sp.Expr]) -> Self:
        """Itself at a generic entry in one of the parts that both sides are made of."""
        self.left, self.right, self.needs, self.where = lowered
        self.place = list(place)
        self.fixed = frozenset([*self.free, *(k for k in place if k != 0)])  # they stand for one value each
        return self

    def of(
        self,
        left: sp.Expr,
        right: sp.Expr = sp.S.Zero,
        needs: Iterable[Need] | None = None,
        fixed: Iterable[Index] = (),
    ) -> Self:
        """left = right under the same hypotheses, where this one speaks or wherever `needs` say; for more indices `fixed`."""
        other = copy.copy(self)
        other.left, other.right, other.written, other.sides, other.parts = left, right, None, None, [other]
        other.needs = self.needs if needs is None else list(needs)
        other.fixed = self.fixed.union(fixed)
        return other

    @property
    def difference(self) -> sp.Expr:
        return self.left - self.right

    def letters(self) -> set[str]:
        """What the numbers and free indices are called that stand in the claim, also where they come to nothing."""
        return {s.name for e in self.said for s in unfold(e).free_symbols if s.is_Symbol}

    def normal_form(self, exponential: bool = False, rising: bool = False) -> NormalForm:
        shortest = shortest_lengths([self.left, self.right])
        plain = NormalForm(exponential=exponential, shortest=shortest)
        kinks = avoidable(plain, self.needs, self.fixed, self.constrained)
        rules = given_rules(plain, self.given, self.mirrored) + inverse_rules(plain, self.difference)
        known = Known(NormalForm(rules, kinks, exponential, shortest=shortest), self.needs, self.fixed)
        return NormalForm(rules, kinks, exponential, known, shortest, rising)

    @property
    def constrained(self) -> frozenset[sp.Basic]:
        """The symbols that hypotheses speak of."""
        return frozenset(s for sides in self.given for side in sides for s in side.free_symbols).union(
            H for H, _ in self.mirrored
        )

    def poly(self, nf: NormalForm, e: sp.Expr) -> Polynomial:
        """The normal form, hypotheses used first as they were written, then what is symmetric taken as such."""
        p = nf.poly(e)
        return nf.poly(symmetrised(expression(p), self.mirrored)) if self.mirrored else p

    def decide(self) -> Verdict:
        """(method, None) if the equality holds, else (None, what remains of the difference)."""
        return self.in_each_case(Equality.decided)

    def in_each_case(self, decided: Callable[[Equality], Verdict]) -> Verdict:
        """The verdict on all parts; where pieces that do not apply have no value, on each case of each."""
        methods = []
        for part in self.parts:
            cases = cases_of(part) if guards_of(part.needs) else [part]
            if not cases:
                return None, part.difference
            for case in cases:
                method, remainder = decided(case)
                if method is None:
                    return None, remainder
                methods.append(method)
        return "; ".join(dict.fromkeys(methods)), None

    def decided(self) -> Verdict:
        """The verdict on an equality whose pieces are all defined."""
        remainder = None
        for kind, method in METHODS.items():
            nf = self.normal_form(kind == "exponential")
            p = self.poly(nf, self.difference)
            if is_zero(nf, p) or self.at_zeros(nf):
                return method, None
            remainder = nf.simplify(self.difference) if remainder is None else remainder
        found = (
            self.by_rising()
            or self.by_regions()
            or by_induction(nf, p, self.hypotheses, self.kinks)
            or self.by_inverses()
            or self.by_entries()
            or self.by_differentiation()
            or self.by_sympy()
        )
        return found, None if found else remainder

    def by_rising(self) -> str | None:
        """The method if the sides are equal once sums of powers are counted from the least exponent on."""
        if not any(x.exp.has(Slot) for x in self.difference.atoms(sp.Pow)):
            return None  # no power in a sum by its index
        return METHODS["plain"] if self.is_zero_in(self.normal_form(rising=True)) else None

    def by_regions(self) -> str | None:
        """The method if the equality holds on each side of each kink."""
        return "by the sides of each kink" if in_regions(self, Equality.in_one_form) else None

    def in_one_form(self) -> bool:
        """Is the difference zero in one of the normal forms?"""
        return any(self.is_zero_in(self.normal_form(kind == "exponential")) for kind in METHODS)

    def is_zero_in(self, nf: NormalForm) -> bool:
        """Is the difference zero in this normal form?"""
        return is_zero(nf, self.poly(nf, self.difference))

    def at_zeros(self, nf: NormalForm) -> bool:
        """Is the difference zero once what is zero in this case is put in?"""
        e = self.difference
        for u in self.zeros:
            e = e.xreplace(solved(u) or {})
        return bool(self.zeros) and not e.has(sp.zoo, sp.nan) and is_zero(nf, self.poly(nf, e))

    def by_entries(self) -> str | None:
        """The method if every entry, its sums written out, is equal: where sizes are numbers."""
        e = self.difference
        ranges = [range(int(k.size)) if k != 0 and k.size.is_Integer else [k] for k in self.place]
        if not any(size.is_Integer for k in e.atoms(Index, Binder) for size in k.sizes):
            return None
        places = [dict(zip(self.place, map(sp.sympify, values), strict=True)) for values in itertools.product(*ranges)]
        entries = [written_out(e.xreplace(place)) for place in places]
        for exponential in (False, True):
            nf = self.normal_form(exponential)
            if all(is_zero(nf, self.poly(nf, entry)) for entry in entries):
                return "normal form of every entry" + ", written with exp" * exponential
        return None

    def by_inverses(self) -> str | None:
        """The method if the sides are equal once multiplied, from the left or the right, by what is inverted in them."""
        if self.sides is None or not is_matrix(self.sides[0]):
            return None
        L, R = self.sides
        whole = unfold(L - R)
        inverted = sorted({x.args[0] for x in whole.atoms(sp.Inverse)}, key=str)
        inverted = [A for A in inverted if any(need == Need(NONZERO, Determinant(A)) for need in self.needs)]
        left, right = ([A for A in inverted if same_size(A.rows, size)] for size in whole.shape)
        for A, B in itertools.product((None, *left), (None, *right)):
            if A is not None or B is not None:
                product = sp.MatMul(*[M for M in (A, whole, B) if M is not None])
                multiplied = ranged([product])[0][0]
                # an entry of the product is made of all entries of a column, or of a row, in whichever part they are:
                # what one of them needs is nothing that the others need
                if all(part.of(lower(multiplied, *part.where), needs=()).in_one_form() for part in self.parts):
                    return "multiplied by what is inverted"
        return None

    def by_differentiation(self) -> str | None:
        if self.given or self.kinks or self.place or not self.difference.has(sp.Integral):
            return None
        return by_differentiation(self.normal_form(), self.difference)

    def by_sympy(self) -> str | None:
        return None if self.given or self.kinks or self.place or self.written is None else by_sympy(self.written)

    @property
    def kinks(self) -> list[sp.Expr]:
        """Where functions that are differentiated have kinks."""
        return [need.value for need in self.needs if need.what == KINK]

    def collapsed(self) -> sp.Expr:
        """The left side in normal form."""
        return self.normal_form().simplify(self.left)


def _lowered(lhs: sp.Expr, rhs: sp.Expr, *where: sp.Expr) -> Lowered:
    """Both sides at a place, what they need there, and the place; where a range is cut, it is before a slope is taken."""
    found: dict[sp.Expr, tuple[sp.Expr, list[Need]]] = {}
    for side in sorted({lhs, rhs}, key=lambda side: side.has(Partial)):
        with noting() as needs:
            found[side] = lower(side, *where), needs
    (left, before), (right, after) = found[lhs], found[rhs]
    return left, right, list(dict.fromkeys(released(need) for need in [*before, *after])), where


def slopes_twice(e: sp.Basic) -> bool:
    """May a function that is told by its slope be differentiated twice?"""
    e = unfold(sp.sympify(e))
    told = [g for g in e.atoms(Activation) if g.slope is not None or g.closed is not None]
    return any(g.order > 1 for g in told) or bool(told) and e.has(Partial, sp.Derivative)


@functools.lru_cache(256)
def equality(lhs: sp.Expr, rhs: sp.Expr, given: tuple[sp.Eq, ...] = ()) -> Equality:
    """The equality, made once for all who ask about it: whoever changes one makes a copy."""
    return Equality(lhs, rhs, given)


@functools.lru_cache(1024)
def verdict(lhs: sp.Expr, rhs: sp.Expr, given: tuple[sp.Eq, ...] = ()) -> Verdict:
    """(method, None) if lhs = rhs, else (None, what remains of the difference)."""
    return equality(lhs, rhs, given).decide()


def conditions(
    sides: Iterable[sp.Basic], given: Iterable[sp.Eq] = (), others: Iterable[sp.Basic] = ()
) -> tuple[sp.Basic, ...]:
    """What a statement about these sides needs, in the order found, and others; empty if it speaks of all values.

    A hypothesis that is not defined restricts nothing, so its sides need nothing; but slopes of slopes that are told in
    closed form may have a value where that form has none.
    """
    facts = [side for fact in given for side in fact.args if slopes_twice(side)]
    written = dict.fromkeys([*sides, *facts])  # a side between two lines is one of each
    expressions = [side.expr if isinstance(side, Nonnegative) else side for side in written]
    zeros = [sp.ZeroMatrix(*e.shape) if is_matrix(e) else sp.S.Zero for e in expressions]
    equalities = [Equality(e, zero, given, expressions) for e, zero in zip(expressions, zeros, strict=True)]
    found = conditions_of([part for equality in equalities for part in equality.parts])
    return tuple(dict.fromkeys([*found, *(c for c in others if c != sp.true)]))
