"""Gradients of scalars that are made of entries, and by an entry: one generic entry, differentiated and collapsed."""

from __future__ import annotations

import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixElement

from claims.algebra.equality import Equality
from claims.entry.reading import LETTERS, readable
from claims.language import Grad, is_matrix, unfold
from claims.language.scopes import SUMS


def is_of_entries(scalar: sp.Expr, w: sp.Expr) -> bool:
    """Has a gradient no form in matrices, for a scalar made of entries or by one of them?"""
    return isinstance(w, MatrixElement) or unfold(scalar).has(MatrixElement, *SUMS)


def by_entries(gradient: Grad, equations: tuple[sp.Eq, ...]) -> sp.Expr:
    """The gradient, where these hold, as a formula for a number, or for the entry i, j of a matrix.

    Raises:  NotImplementedError where blocks have each an entry of their own
    """
    w = gradient.wrt
    said = (gradient.scalar, w, *(side for equation in equations for side in equation.args))
    written = [unfold(e) for e in said]
    sizes = [size for e in written for M in e.atoms(sp.MatrixSymbol) for size in M.shape]
    symbols = {s.name: s for e in (*written, *sizes) for s in e.free_symbols}
    zero = sp.ZeroMatrix(*w.shape) if is_matrix(w) else sp.S.Zero
    equality, *others = Equality(gradient, zero, equations).parts
    if others:
        raise NotImplementedError(f"no rule for a gradient whose entries are in several blocks: {gradient}")
    unused = (c for c in LETTERS if c not in symbols)
    free = {k: k.name for k in equality.free}
    places = [(k, next(unused)) for k in equality.place]
    taken = {s: name for name, s in symbols.items() if name not in free.values()}
    found = readable(equality.collapsed(), {**taken, **free, **dict(places)})
    found = found.xreplace({sp.Symbol(name, integer=True): symbols[name] for name in free.values()})
    if not is_matrix(w):
        return found
    return sp.FunctionMatrix(*w.shape, sp.Lambda(tuple(sp.Symbol(c, integer=True) for _, c in places), found))
