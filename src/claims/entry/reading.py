"""An entry in SymPy's own words again, with letters for indices."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from claims.language import Maximum
from claims.language.scopes import element

from .terms import AtZero, Binder, Delta, Determinant, Entry, Index, InverseEntry, Magnitude, Peak, PowerEntry, Step

LETTERS = "ijklpqrstuv"


def readable(e: sp.Basic, letters: Mapping[sp.Expr, str] | None = None) -> sp.Basic:
    """The expression in SymPy's own words, its indices as letters."""
    return _Reader(dict(letters or {}))(sp.sympify(e))


class _Reader:
    def __init__(self, letters: Mapping[sp.Expr, str]) -> None:
        self.names = {k: sp.Symbol(c, integer=True) for k, c in letters.items() if k != 0}

    def __call__(self, e: sp.Basic, inside: tuple[str, ...] = ()) -> sp.Basic:
        if isinstance(e, Index):
            return self.names.get(e) or self.letter(e, ())
        if isinstance(e, Binder):
            return self.over(e, inside)
        args = [self(a, inside) if isinstance(a, sp.Basic) else a for a in e.args]
        if isinstance(e, Entry):
            return element(e.matrix, *args[1:])
        if isinstance(e, InverseEntry):
            return sp.Inverse(args[0])[args[1], args[2]]
        if isinstance(e, PowerEntry):
            return sp.MatPow(*args[:2])[args[2], args[3]]
        if isinstance(e, Determinant):
            return sp.Determinant(args[0])
        if isinstance(e, Delta):
            return sp.KroneckerDelta(*args)
        if isinstance(e, Step):
            return sp.Piecewise((1, args[0] > 0), (0, True))
        if isinstance(e, AtZero):
            return sp.Piecewise((1, sp.Eq(args[0], 0)), (0, True))
        if isinstance(e, Magnitude):
            return sp.Abs(args[0])
        return e.func(*args) if args and not isinstance(e, sp.MatrixSymbol) else e

    def letter(self, k: Index, inside: tuple[str, ...]) -> sp.Symbol:
        taken = {str(s) for s in self.names.values()} if not inside else set(inside)
        name = next(c for c in [*LETTERS, *(f"k{t}" for t in range(99))] if c not in taken)
        return self.names.setdefault(k, sp.Symbol(name, integer=True))

    def over(self, e: Binder, inside: tuple[str, ...]) -> sp.Expr:
        """A bound index gets the first letter free where it stands."""
        outer = {str(s) for k, s in self.names.items()} | set(inside)
        names, (body, bound) = {}, e.open()
        for k in bound:
            name = next(c for c in [*LETTERS, *(f"k{t}" for t in range(99))] if c not in outer)
            outer.add(name)
            names[k] = sp.Symbol(name, integer=True)
        reader = _Reader({})
        reader.names = {**self.names, **names}
        kind = Maximum if isinstance(e, Peak) else sp.Sum
        return kind(reader(body, tuple(outer)), *[(names[k], 0, k.size - 1) for k in bound])
