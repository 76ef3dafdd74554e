"""Hypotheses as rewrite rules: where the left side of an equation occurs, under a sum or not, the right side takes over."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

import sympy as sp

from claims.entry.blocks import in_parts
from claims.entry.lowering import lower
from claims.entry.needs import KINK, noting
from claims.entry.signs import is_positive
from claims.entry.terms import (
    Binder,
    Delta,
    Entry,
    Index,
    InverseEntry,
    NotCovered,
    PowerEntry,
    Sigma,
    fresh,
    in_range,
    indices,
    summed,
)
from claims.language import is_matrix

from .arithmetic import Arithmetic
from .cases import guards_of
from .normal_form import NormalForm
from .polynomial import Monomial, Polynomial, Powers, divided, expression, reciprocal, scaled

Symmetry = tuple[sp.MatrixSymbol, int]  # of H^T = H, or of H^T = -H
Found = dict[sp.Expr, sp.Expr]  # what the indices of a rule are


def symmetric(equation: sp.Eq) -> Symmetry | None:
    """(H, sign) if an equation says that the matrix H is sign times its own transpose, else None."""
    for H in equation.atoms(sp.MatrixSymbol):
        for sign in (1, -1):
            if set(equation.args) in ({H, sign * H.T}, {H.T, sign * H}):
                return H, sign
    return None


class Before(sp.MatrixSymbol):
    """The matrix B of which a symmetric one is half the sum with its transpose; no other symbol is equal to it."""


def symmetrised(e: sp.Expr, symmetries: Iterable[Symmetry]) -> sp.Expr:
    """Every matrix with H^T = H is (B + B^T)/2 for some B, and with H^T = -H it is (B - B^T)/2: put that in its place.

    Its inverse is of the same kind.
    """
    for H, sign in symmetries:
        for kind in (Entry, InverseEntry):
            B = Before(f"{kind.__name__} of {H.name}", *H.shape)
            e = e.replace(
                lambda x, H=H, kind=kind: isinstance(x, kind) and x.matrix == H,
                lambda x, B=B, sign=sign: (Entry(B, *x.args[1:]) + sign * Entry(B, *x.args[:0:-1])) / 2,
            )
    return e


class Rule:
    """`part`, a product of atoms summed over `bound`, equals `value`; the indices in `free`, its places, stand for any."""

    def __init__(
        self,
        nf: NormalForm,
        left: sp.Expr,
        right: sp.Expr,
        places: Iterable[sp.Expr],
        mirrored: Iterable[Symmetry] = (),
    ) -> None:
        self.mirrored = {H for H, sign in mirrored if sign == 1}
        p = nf.poly(left - right)
        mono = max(nf.poly(left).keys() & p.keys() or p, key=_weight)
        if any(m != mono and all((x, n) in m for x, n in mono) for m in p):
            mono = max(p, key=_weight)  # a = b + c a would lead to itself
        pattern = frozenset((x, n) for x, n in mono if not (is_positive(x) and not indices(x) and not x.has(Binder)))
        pattern = pattern or mono
        rest = {m: c for m, c in p.items() if m != mono}
        scale = divided(pattern, mono)
        self.value = expression(scaled(rest, -reciprocal(p[mono]))) * expression({scale: 1})
        self.part, self.bound = _opened(nf, dict(pattern))
        self.free = {k for k in places if isinstance(k, Index)}

    def apply(self, nf: Arithmetic, mono: Powers) -> Polynomial | None:
        """The monomial rewritten by a rule without sums, or None."""
        return None if self.bound else self._rewrite(nf, mono, [])

    def apply_under(self, nf: Arithmetic, mono: Powers, bound: list[Index]) -> Polynomial | None:
        """The sum of the monomial over the bound indices, rewritten, or None."""
        return self._rewrite(nf, mono, bound) if self.bound else None

    def two_values(self, y: Entry) -> tuple[sp.Expr, sp.Expr] | None:
        """1 and -1 for an entry that the rule gives the square 1, 1 and 0 for one that it gives itself; or None."""
        if self.bound or list(self.part.values()) != [2]:
            return None
        for names in self._unify(next(iter(self.part)), y, {}):
            square = self.value.xreplace(names)
            return {sp.S.One: (sp.S.One, sp.S.NegativeOne), y: (sp.S.One, sp.S.Zero)}.get(square)
        return None

    def _rewrite(self, nf: Arithmetic, mono: Powers, bound: list[Index]) -> Polynomial | None:
        for names, left in self._matches(list(self.part.items()), dict(mono), {}):
            if self._fits(names, left, bound):
                value = nf.mul([{frozenset(left.items()): 1}, nf.poly(self.value.xreplace(names))])
                gone = {names[k] for k in self.bound}
                return nf.sum_all(value, [k for k in bound if k not in gone])
        return None

    def _fits(self, names: Found, left: Powers, bound: list[Index]) -> bool:
        """Bound indices of the rule meet bound indices that stand nowhere else."""
        taken = [names[k] for k in self.bound]
        elsewhere = {t for k, t in names.items() if k in self.free}.union(*map(indices, left))
        return len(set(taken)) == len(taken) and set(taken) <= set(bound) and not set(taken) & elsewhere

    def _matches(
        self, pattern: list[tuple[sp.Expr, int]], mono: Powers, names: Found
    ) -> Iterator[tuple[Found, Powers]]:
        if not pattern:
            yield names, mono
            return
        (x, n), *rest = pattern
        for y, e in mono.items():
            if e == n or e > n > 0 or e < n < 0:
                left = {z: c for z, c in {**mono, y: e - n}.items() if c}
                for new in self._unify(x, y, names):
                    yield from self._matches(rest, left, new)

    def _unify(self, x: sp.Expr, y: sp.Expr, names: Found) -> Iterator[Found]:
        """Ways to name the indices of the rule so that x becomes y.

        An index that a sum inside y binds is a slot, and no name for a place of the rule.  What is summed in the rule is
        summed over the same range in y: a sum of fewer terms is another one.
        """
        if x in self.free or x in self.bound:
            fits = in_range(y, x.size) if x in self.free else isinstance(y, Index) and y.size == x.size
            if names.get(x, y) == y and fits:
                yield {**names, x: y}
        elif isinstance(x, Index) or not indices(x):
            if x == y:
                yield names
        elif type(x) is type(y) and len(x.args) == len(y.args):
            for order in self._orders(y):
                yield from self._unify_all(x.args, order, names)

    def _orders(self, y: sp.Expr) -> Iterable[Sequence[sp.Expr]]:
        """The arguments in every order that means the same."""
        if isinstance(y, (sp.Add, sp.Mul)) and not is_matrix(y):
            return itertools.permutations(y.args)
        if isinstance(y, (Entry, InverseEntry)) and y.matrix in self.mirrored:
            return [y.args, (y.args[0], *y.args[:0:-1])]
        return [y.args]

    def _unify_all(self, xs: Sequence[sp.Expr], ys: Sequence[sp.Expr], names: Found) -> Iterator[Found]:
        if not xs:
            yield names
            return
        for new in self._unify(xs[0], ys[0], names):
            yield from self._unify_all(xs[1:], ys[1:], new)


def given_rules(
    nf: NormalForm, equations: Iterable[tuple[sp.Expr, sp.Expr]], mirrored: Sequence[Symmetry] = ()
) -> list[Rule]:
    """A rule for each equation (left, right) that says something, at a generic entry.

    Of equations between numbers, each is written by those before it, so that they do not lead round in a circle.
    """
    out: list[Rule] = []
    of_numbers: list[Rule] = []
    for lhs, rhs in equations:
        both = lambda *at, sides=(lhs, rhs): [lower(side, *at) for side in sides]
        with noting() as needs:
            generic = in_parts(both, *(lhs.shape if is_matrix(lhs) else ()))
        if guards_of(needs):
            raise NotCovered("no rule for a hypothesis with a piece that has no value where it does not apply")
        if any(need.what == KINK for need in needs):
            raise NotCovered("no rule for a hypothesis with the slope of a function that has kinks")
        here = nf if is_matrix(lhs) else nf.under(of_numbers)
        rules = [Rule(here, left, right, set(at), mirrored) for (left, right), at in generic if here.poly(left - right)]
        out += rules
        of_numbers += [] if is_matrix(lhs) else rules
    return out


def inverse_rules(nf: NormalForm, e: sp.Expr) -> list[Rule]:
    """A^-1 A = A A^-1 = 1 for each inverse in an expression, and A A^t = A^t A for each power."""
    out = []
    for A, t in sorted({x.args[:2] for x in e.atoms(PowerEntry)}, key=str):
        i, j, k = (fresh(A.rows) for _ in range(3))
        left, right = lower(A, i, k) * PowerEntry(A, t, k, j), PowerEntry(A, t, i, k) * lower(A, k, j)
        if nf.poly(summed(left - right, k)):
            out.append(Rule(nf, summed(left, k), summed(right, k), {i, j}))
    for A in sorted({x.matrix for x in e.atoms(InverseEntry)}, key=str):
        i, j, k = (fresh(A.rows) for _ in range(3))
        out.append(Rule(nf, summed(InverseEntry(A, i, k) * lower(A, k, j), k), Delta(i, j), {i, j}))
        out.append(Rule(nf, summed(lower(A, i, k) * InverseEntry(A, k, j), k), Delta(i, j), {i, j}))
    return out


def _weight(mono: Monomial) -> tuple[int, int, int, list[str]]:
    """The monomial to rewrite: with the most sums and factors."""
    bound = sum(len(x.sizes) for x, _ in mono if isinstance(x, Binder))
    entries = sum(abs(n) * bool(x.has(Entry, InverseEntry)) for x, n in mono)
    return bound, entries, sum(abs(n) for _, n in mono), sorted(str(x) for x, _ in mono)


def _opened(nf: NormalForm, mono: Powers) -> tuple[Powers, list[Index]]:
    """A single sum as its body and bound indices, if its body is one product."""
    if len(mono) == 1 and isinstance(next(iter(mono)), Sigma) and next(iter(mono.values())) == 1:
        body, bound = next(iter(mono)).open()
        p = nf.poly(body)
        if len(p) == 1 and next(iter(p.values())) == 1:
            return dict(next(iter(p))), bound
    return mono, []
