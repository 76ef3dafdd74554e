"""Scalar functions of entries back as matrices."""

from __future__ import annotations

import sympy as sp
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction

from claims.gradients.selection import placed
from claims.language import apply, ones
from claims.language.products import entrywise, product, product_parts
from claims.printing.printer import text

from .entries import COLUMN, ROW, Entries, Rewriting, Shape


def rebuild(entries: Entries, e: sp.Expr, shape: Shape | None = None) -> sp.MatrixExpr:
    """The matrix whose generic entry is e.

    Raises:  NotImplementedError for a function of several entries at once
    """
    shape = entries.shape if shape is None else shape
    if e == 0:
        return sp.ZeroMatrix(*shape)
    ways = entries.ways(e)
    if not ways:
        return product(ones(*shape), scalar=e)
    if shape == entries.shape and len(ways) == 1 and (narrow := _broadcast(entries, e, shape, *ways)) is not None:
        return narrow
    if e in entries.atoms:
        return entries.atoms[e][0]
    if isinstance(e, sp.Add):
        return _sum(entries, e, shape)
    if isinstance(e, sp.Mul):
        return _product(entries, e, shape)
    if isinstance(e, sp.Pow) and not entries.ways(e.exp):
        return sp.HadamardPower(rebuild(entries, e.base, shape), e.exp)
    return _function(entries, e, shape)


def _broadcast(entries: Entries, e: sp.Expr, shape: Shape, way: str) -> sp.MatrixExpr | None:
    """What varies one way only is a vector times ones; None where nothing needs ones."""
    constant, rest = split(entries, e)
    if way == COLUMN and shape[1] != 1:
        return product(rebuild(entries, rest, (shape[0], 1)), ones(1, shape[1]), scalar=constant)
    if way == ROW and shape[0] != 1:
        return product(ones(shape[0], 1), rebuild(entries, rest, (1, shape[1])), scalar=constant)
    return None


def split(entries: Entries, e: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    """The factor that does not vary over the entries, and the rest."""
    factors = sp.Mul.make_args(e)
    return sp.Mul(*[f for f in factors if not entries.ways(f)]), sp.Mul(*[f for f in factors if entries.ways(f)])


def _sum(entries: Entries, e: sp.Add, shape: Shape) -> sp.MatrixExpr:
    number, rest = e.primitive()
    if all(term.could_extract_minus_sign() for term in rest.args):
        number, rest = -number, -rest
    if number != 1:
        return product(rebuild(entries, rest, shape), scalar=number)
    terms = [split(entries, term) for term in e.args]
    return collect(entries.algebra, [product(rebuild(entries, rest, shape), scalar=c) for c, rest in terms])


def _product(entries: Entries, e: sp.Mul, shape: Shape) -> sp.MatrixExpr:
    constant, rest = split(entries, e)
    factors = sp.Mul.make_args(rest)
    narrow = [sp.Mul(*[f for f in factors if entries.ways(f) == {way}]) for way in (COLUMN, ROW)]
    if shape != entries.shape:  # a vector on its own: nothing to broadcast
        narrow = []
    wide = [f for f in factors if not narrow or entries.ways(f) not in ({COLUMN}, {ROW})]
    matrices = [rebuild(entries, f, shape) for f in [*narrow, *wide] if f != 1]
    return product(entrywise(*sorted(matrices, key=factor_rank)), scalar=constant)


def factor_rank(M: sp.MatrixExpr) -> tuple[int, str]:
    """Order of entrywise factors: products, symbols, powers, functions, sums."""
    kinds = ((sp.MatMul,), (sp.MatrixSymbol, sp.Transpose), (sp.HadamardPower,), (ElementwiseApplyFunction,))
    kind = next((k for k, types in enumerate(kinds) if isinstance(M, types)), len(kinds))
    return kind, text(M)


def _function(entries: Entries, e: sp.Expr, shape: Shape) -> sp.MatrixExpr:
    """A function of one entry: of one argument, or of one atom wherever it stands."""
    arguments = [a for a in e.args if isinstance(a, sp.Expr) and entries.ways(a)]
    if isinstance(e, sp.Function) and len(arguments) == 1 and not isinstance(e, sp.Piecewise):
        inside = arguments[0]
        return apply(lambda t: e.func(*[t if a is inside else a for a in e.args]), rebuild(entries, inside, shape))
    atoms = [s for s in e.free_symbols if s in entries.atoms]
    if len(atoms) == 1:
        return apply(lambda t: e.xreplace({atoms[0]: t}), rebuild(entries, atoms[0], shape))
    raise NotImplementedError(f"no matrix form for {e}: it is one function of several entries")


def collect(algebra: Rewriting, terms: list[sp.MatrixExpr]) -> sp.MatrixExpr:
    """X^T A - X^T y as X^T (A - y), and H v + H^T v as (H + H^T) v."""
    flat = [product_parts(term) for term in terms]
    for right in (True, False):
        for _, factors in flat:
            end = factors[-1] if right else factors[0]
            like = [(c, fs) for c, fs in flat if len(fs) > 1 and (fs[-1] if right else fs[0]) == end]
            if len(factors) > 1 and len(like) > 1 and not isinstance(end, sp.OneMatrix):
                rest = [product(*(fs[:-1] if right else fs[1:]), scalar=c) for c, fs in like]
                middle = algebra.normal(sp.MatAdd(*rest))
                others = [product(*fs, scalar=c) for c, fs in flat if (c, fs) not in like]
                return collect(algebra, [*others, product(middle, end) if right else product(end, middle)])
    terms = placed(terms)
    return sp.MatAdd(*terms) if len(terms) > 1 else terms[0]
