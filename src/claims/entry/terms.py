"""What a generic entry is written with: indices that know their range, entries, sums over indices, deltas, steps."""

from __future__ import annotations

import functools
import itertools

import sympy as sp


class Index(sp.Dummy):
    """An index running over 0 .. size - 1, equal only to itself: substitution cannot capture it."""

    __slots__ = ("size",)

    def __new__(cls, name, size, mark=None):
        self = sp.Dummy.__new__(cls, name, dummy_index=mark, integer=True, nonnegative=True)
        self.size = sp.sympify(size)
        return self

    def _hashable_content(self):
        return (*super()._hashable_content(), self.size)


def fresh(size, name="k"):
    """A new index, or 0 where there is one value only."""
    return sp.S.Zero if size == 1 else Index(name, size)


class Real(sp.Expr):
    """A real number."""

    is_commutative = True
    is_real = True


class Entry(Real):
    """M[i, j] of a real matrix symbol M."""

    @property
    def matrix(self):
        return self.args[0]

    def _sympystr(self, printer):
        return f"{self.matrix.name}[{self.args[1]}, {self.args[2]}]"


class InverseEntry(Real):
    """Entry i, j of the inverse of a square matrix expression."""

    @property
    def matrix(self):
        return self.args[0]


class Determinant(Real):
    """The determinant of a square matrix expression."""

    @property
    def matrix(self):
        return self.args[0]


class Sigma(sp.Expr):
    """The sum of a body over indices; each knows its range."""

    is_commutative = True

    def __new__(cls, body, *indices):
        return sp.Expr.__new__(cls, body, *indices) if indices and body != 0 else body

    @property
    def body(self):
        return self.args[0]

    @property
    def indices(self):
        return self.args[1:]

    def _eval_is_real(self):
        return self.body.is_real

    @property
    def free_symbols(self):
        return self.body.free_symbols - set(self.indices)

    def _sympystr(self, printer):
        limits = ", ".join(f"{k} < {k.size}" for k in self.indices)
        return f"Sum({printer._print(self.body)}; {limits})"


class Delta(Real):
    """1 if the two indices are equal, else 0."""

    is_nonnegative = True

    def __new__(cls, i, j):
        if i == j:
            return sp.S.One
        if i.is_Integer and j.is_Integer:
            return sp.S.Zero
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


def written_out(e):
    """Sums over ranges of known length, term by term."""
    if isinstance(e, Sigma) and all(k.size.is_Integer for k in e.indices):
        places = itertools.product(*[range(int(k.size)) for k in e.indices])
        return sp.Add(
            *[written_out(e.body.xreplace(dict(zip(e.indices, map(sp.Integer, at), strict=True)))) for at in places]
        )
    return e.func(*map(written_out, e.args)) if e.args and not isinstance(e, (Entry, InverseEntry, Determinant)) else e


@functools.lru_cache(65536)
def indices(e) -> frozenset:
    """The free indices of an expression."""
    if isinstance(e, Index):
        return frozenset([e])
    inside = frozenset().union(*map(indices, e.args))
    return inside - set(e.indices) if isinstance(e, Sigma) else inside


@functools.lru_cache(65536)
def height(e) -> int:
    """How deep sums are nested in an expression."""
    return max(map(height, e.args), default=0) + isinstance(e, Sigma)


@functools.lru_cache(65536)
def spell(e) -> str:
    """A text to order expressions by: the same for any hash seed, and blind to which index stands where."""
    if isinstance(e, Index):
        return f"?{e.size}"
    if not e.args:
        return f"{type(e).__name__}:{e}"
    inside = map(spell, e.args)
    inside = sorted(inside) if e.is_Add or e.is_Mul else inside
    return f"{type(e).__name__}({','.join(inside)})"


def spell_with(e, names: dict) -> str:
    """The same, with names for some indices."""
    if isinstance(e, Index):
        return names.get(e, spell(e))
    if not indices(e) & names.keys():
        return spell(e)
    inside = [spell_with(a, names) for a in e.args]
    inside = sorted(inside) if e.is_Add or e.is_Mul else inside
    return f"{type(e).__name__}({','.join(inside)})"


def summed(body, *indices):
    """The sum over those indices that are not the number 0."""
    return Sigma(body, *[k for k in indices if k != 0])
