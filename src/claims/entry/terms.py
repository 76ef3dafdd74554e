"""What a generic entry is written with: indices that know their range, entries, sums and maxima over indices, deltas, steps."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Mapping
from typing import Self

import sympy as sp
from sympy.printing.str import StrPrinter

from claims.language.scopes import made_of
from claims.language.shapes import is_size

Place = tuple[sp.Expr, ...]  # one index or more: where an entry stands
Names = Mapping[sp.Basic, sp.Basic]  # what is put in the place of symbols, indices and entries
Lowering = Callable[[sp.Expr], sp.Expr]  # a scalar expression written out by entries
EntryAt = Callable[[sp.MatrixExpr, sp.Expr, sp.Expr], sp.Expr]  # an entry of a matrix expression, written out


class NotCovered(NotImplementedError):
    """An operation the prover has no rule for."""


class Index(sp.Dummy):
    """An index running over 0 .. size - 1, equal only to itself: no other is made equal to it later.

    A free index of a claim may stand in places of several sizes; it is in the range of each.
    """

    __slots__ = ("sizes",)
    sizes: Place

    def __new__(cls, name: str, *sizes: sp.Expr) -> Self:
        self: Self = sp.Dummy.__new__(cls, name, integer=True, nonnegative=True)
        self.sizes = tuple(map(sp.sympify, sizes))
        if any(size.has(Index, Slot) for size in self.sizes):
            raise NotCovered(f"no rule for a range that depends on an index: {sizes}")
        return self

    @property
    def size(self) -> sp.Expr:
        return self.sizes[0]


class Slot(sp.Symbol):
    """Where an index that is bound stands in its body: `depth` binders further out, in `place` among its indices.

    Slots stand only inside binders. Whoever looks into one opens it, and finds new indices in their place; so what is
    substituted for an index, a symbol or an entry cannot be captured.
    """

    __slots__ = ("depth", "place")
    depth: int
    place: int

    def __new__(cls, depth: int, place: int) -> Self:
        self: Self = sp.Symbol.__new__(cls, f"#{depth}.{place}", integer=True, nonnegative=True)
        self.depth, self.place = depth, place
        return self


class Inside(sp.Dummy):
    """Any number between the ends of an integral, in what its integrand needs."""


def fresh(size: sp.Expr, name: str = "k") -> sp.Expr:
    """A new index, or 0 where there is one value only."""
    return sp.S.Zero if size == 1 else Index(name, size)


def in_range(t: sp.Expr, size: sp.Expr) -> bool:
    """Is t always one of 0 .. size - 1?"""
    if isinstance(t, Index) and size in t.sizes:
        return True
    if t.is_integer and t.is_nonnegative and (size - t).is_positive:
        return True
    return bool(t.is_integer) and is_from(t, sp.S.Zero) and is_below(t, size)


@functools.lru_cache(65536)
def extremes(t: sp.Expr) -> tuple[sp.Expr, sp.Expr] | None:
    """The least and the most that a whole number is, for all values of the indices in it; None unless it is linear in them."""
    if t.has(Slot):
        return None
    ends = [t, t]
    for k in sorted(indices(t), key=str):
        slope = sp.expand(t).coeff(k, 1)
        if not slope.is_Integer or sp.expand(t - slope * k).has(k):
            return None
        at = (sp.S.Zero, k.size - 1) if slope > 0 else (k.size - 1, sp.S.Zero)
        ends = [end.xreplace({k: place}) for end, place in zip(ends, at, strict=True)]
    return tuple(map(sp.expand, ends))


def is_below(t: sp.Expr, size: sp.Expr) -> bool:
    """Is a place always before this one?"""
    ends = extremes(t)
    return ends is not None and is_size(size - ends[1])


def is_from(t: sp.Expr, start: sp.Expr) -> bool:
    """Is a place always this one or one after it?"""
    ends = extremes(t)
    return ends is not None and is_size(ends[0] - start + 1)


@functools.lru_cache(65536)
def may_be_empty(k: Index) -> bool:
    """May there be no value in the range of an index that a sum binds?"""
    return not (k.size.is_positive or is_size(k.size))


class Real(sp.Expr):
    """A real number."""

    is_commutative = True
    is_real = True


def put(e: sp.Basic, names: Names) -> sp.Basic:
    """The expression with values for symbols; no part of it is forgotten, for each has to be defined."""
    if e in names or not e.args:
        return names.get(e, e)
    args = [put(a, names) for a in e.args]
    if all(a is b for a, b in zip(args, e.args, strict=True)):
        return e
    return made_of(e, args)


class OfMatrix(Real):
    """A number that a matrix has; what follows the matrix says which."""

    is_Atom = True  # nothing to factor or to expand: SymPy would mix the terms of the matrix with numbers

    @property
    def matrix(self) -> sp.MatrixExpr:
        return self.args[0]


class Entry(OfMatrix):
    """M[i, j] of a real matrix symbol M."""

    def _sympystr(self, printer: StrPrinter) -> str:
        return f"{self.matrix.name}[{self.args[1]}, {self.args[2]}]"


class InverseEntry(OfMatrix):
    """Entry i, j of the inverse of a square matrix expression."""


class PowerEntry(OfMatrix):
    """Entry i, j of a power of a square matrix expression, its exponent a size."""


class Determinant(OfMatrix):
    """The determinant of a square matrix expression."""


class Binder(sp.Expr):
    """What binds as many indices in a body as there are sizes; `over` makes it, `open` looks into it."""

    is_commutative = True

    def __new__(cls, body: sp.Expr, *sizes: sp.Expr) -> sp.Expr:
        return sp.Expr.__new__(cls, body, *sizes) if sizes and body != 0 else body

    @classmethod
    def over(cls, body: sp.Expr, *indices: Index) -> sp.Expr:
        """That of the body over these indices; over none, the body itself."""
        if not indices:
            return body
        return cls(_bound(body, {k: t for t, k in enumerate(indices)}, 0), *[k.size for k in indices])

    def open(self) -> tuple[sp.Expr, list[Index]]:
        """(body, indices), the indices new ones."""
        indices = [Index("k", size) for size in self.sizes]
        return _opened(self.args[0], indices, 0), indices

    @property
    def sizes(self) -> Place:
        return self.args[1:]

    def _eval_is_real(self) -> bool | None:
        return self.args[0].is_real

    @property
    def free_symbols(self) -> set[sp.Basic]:
        return {s for s in self.args[0].free_symbols if not isinstance(s, Slot)}

    def _sympystr(self, printer: StrPrinter) -> str:
        body, indices = self.open()
        limits = ", ".join(f"{k} < {k.size}" for k in indices)
        return f"{type(self).__name__}({printer._print(body)}; {limits})"


class Sigma(Binder):
    """The sum of a body over indices."""

    @staticmethod
    def together(parts: Iterable[sp.Expr]) -> sp.Expr:
        """What it comes to over a range that is cut."""
        return sp.Add(*parts)


class Peak(Binder):
    """The largest value of a real body over indices; each of their ranges has a place, for all sizes."""

    is_real = True

    @classmethod
    def over(cls, body: sp.Expr, *bound: Index) -> sp.Expr:
        return super().over(body, *[k for k in bound if k in indices(body)])

    @staticmethod
    def together(parts: Iterable[sp.Expr]) -> sp.Expr:
        return extreme(parts)


@functools.lru_cache(65536)
def reach(e: sp.Basic) -> int:
    """How many binders around e its slots speak of: 0 if it can stand alone."""
    if isinstance(e, Slot):
        return e.depth + 1
    if isinstance(e, Binder):
        return max(reach(e.args[0]) - 1, *map(reach, e.sizes))
    return max(map(reach, e.args), default=0)


def _bound(e: sp.Basic, places: dict[Index, int], depth: int) -> sp.Basic:
    """The expression under one more binder, which binds these indices."""
    if isinstance(e, Slot):
        return Slot(e.depth + 1, e.place) if e.depth >= depth else e
    if isinstance(e, Index):
        return Slot(depth, places[e]) if e in places else e
    if reach(e) <= depth and not indices(e) & places.keys():
        return e
    if isinstance(e, Binder):
        return e.func(_bound(e.args[0], places, depth + 1), *[_bound(size, places, depth) for size in e.sizes])
    return e.func(*[_bound(a, places, depth) for a in e.args])


def _opened(e: sp.Basic, bound: list[Index], depth: int) -> sp.Basic:
    """The expression without the binder around it, its indices these."""
    if isinstance(e, Slot):
        return e if e.depth < depth else bound[e.place] if e.depth == depth else Slot(e.depth - 1, e.place)
    if reach(e) <= depth:
        return e
    if isinstance(e, Binder):
        return e.func(_opened(e.args[0], bound, depth + 1), *[_opened(size, bound, depth) for size in e.sizes])
    return e.func(*[_opened(a, bound, depth) for a in e.args])


class Delta(Real):
    """1 if the two indices are equal, else 0."""

    is_nonnegative = True

    def __new__(cls, i: sp.Expr, j: sp.Expr) -> sp.Expr:
        if i == j:
            return sp.S.One
        if isinstance(i, (Index, Slot)) and isinstance(j, (Index, Slot)):
            return cls._of(i, j)  # both may be anywhere
        if (i - j).is_zero is False:
            return sp.S.Zero
        if shared := set(sp.Add.make_args(i)) & set(sp.Add.make_args(j)):
            return cls(i - sp.Add(*shared), j - sp.Add(*shared))
        if is_from(i - j, sp.S.One) or is_from(j - i, sp.S.One):
            return sp.S.Zero
        return cls._of(i, j)

    @classmethod
    def _of(cls, i: sp.Expr, j: sp.Expr) -> sp.Expr:
        return sp.Expr.__new__(cls, *sorted((i, j), key=sp.default_sort_key))


class Step(Real):
    """1 if the argument is positive, else 0."""

    is_nonnegative = True


class AtZero(Real):
    """1 if the argument is zero, else 0."""

    is_nonnegative = True


class Magnitude(Real):
    """The absolute value of a real number."""

    is_nonnegative = True


def extreme(values: Iterable[sp.Expr], sense: int = 1) -> sp.Expr:
    """The largest of some real values, for the sense -1 the least: max(a, b) = (a + b + |a - b|) / 2."""
    return functools.reduce(lambda a, b: (a + b + sense * Magnitude(a - b)) / 2, values)


MOST_WRITTEN_OUT = 4  # values of a maximum: its pieces double with each


def written_out(e: sp.Expr) -> sp.Expr:
    """Sums over ranges of known length, term by term; so are maxima of few values."""
    if isinstance(e, Binder) and all(size.is_Integer for size in e.sizes):
        body, bound = e.open()
        if isinstance(e, Sigma) or sp.Mul(*e.sizes) <= MOST_WRITTEN_OUT:
            places = itertools.product(*[range(int(k.size)) for k in bound])
            at = [dict(zip(bound, map(sp.Integer, place), strict=True)) for place in places]
            return e.together(written_out(body.xreplace(names)) for names in at)
    return e.func(*map(written_out, e.args)) if e.args and not isinstance(e, OfMatrix) else e


def places_of(e: sp.Expr) -> Place:
    """What says which entry, or how many terms, are meant."""
    if isinstance(e, OfMatrix):
        return e.args[1:]
    if isinstance(e, Delta):
        return e.args
    return e.sizes if isinstance(e, Binder) else ()


@functools.lru_cache(65536)
def indices(e: sp.Basic) -> frozenset[Index]:
    """The free indices of an expression."""
    return frozenset([e]) if isinstance(e, Index) else frozenset().union(*map(indices, e.args))


@functools.lru_cache(65536)
def spell(e: sp.Basic) -> str:
    """A text to order expressions by: the same for any hash seed, and blind to which index stands where."""
    if isinstance(e, Index):
        return f"?{e.size}"
    if not e.args:
        return f"{type(e).__name__}:{e}"
    inside: Iterable[str] = map(spell, e.args)
    inside = sorted(inside) if isinstance(e, (sp.Add, sp.Mul)) else inside
    return f"{type(e).__name__}({','.join(inside)})"


def spell_with(e: sp.Basic, names: dict[Index, str]) -> str:
    """The same, with names for some indices."""
    if isinstance(e, Index):
        return names.get(e, spell(e))
    if not indices(e) & names.keys():
        return spell(e)
    inside = [spell_with(a, names) for a in e.args]
    inside = sorted(inside) if e.is_Add or e.is_Mul else inside
    return f"{type(e).__name__}({','.join(inside)})"


def summed(body: sp.Expr, *indices: sp.Expr) -> sp.Expr:
    """The sum over those indices that are not the number 0."""
    return Sigma.over(body, *[k for k in indices if k != 0])
