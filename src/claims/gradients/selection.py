"""Some rows or columns of a matrix: its product with an identity among zeros, or the blocks that stand there.

M [0; I; 0] are the columns of M that meet the identity, and [0 I 0] M such rows.
"""

from __future__ import annotations

from typing import NamedTuple

import sympy as sp
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction

from claims.language import Blocks, HStack, VStack, apply, is_matrix
from claims.language.products import product, product_parts
from claims.language.shapes import is_size, same_size

ROWS, COLUMNS = 0, 1


class Range(NamedTuple):
    """Rows or columns that follow each other, and how many stand before them."""

    axis: int
    start: sp.Expr
    size: sp.Expr

    @property
    def end(self) -> sp.Expr:
        return sp.expand(self.start + self.size)

    def within(self, other: Range) -> bool:
        """Does it lie in another range, for all sizes?"""
        return is_size(self.start - other.start + 1) and is_size(other.end - self.end + 1)


def ranges(M: Blocks) -> list[Range]:
    """Where each block of a matrix stands."""
    found: list[Range] = []
    for A in M.args:
        found.append(Range(M.joined_along, found[-1].end if found else sp.S.Zero, A.shape[M.joined_along]))
    return found


def chosen(M: sp.MatrixExpr, where: Range, among: list[Range] | None = None) -> sp.MatrixExpr:
    """These rows or columns of M, `among` those that other blocks have."""
    found = part(M, where)
    if found is not None:
        return found
    selection = _selection(where, _around(where, M.shape[where.axis]) if among is None else among)
    return product(M, selection) if where.axis == COLUMNS else product(selection, M)


def _around(where: Range, length: sp.Expr) -> list[Range]:
    """The range and what stands before and after it.

    Raises:  NotImplementedError where there is something beside it for some sizes alone
    """
    whole = [
        Range(where.axis, sp.S.Zero, where.start),
        where,
        Range(where.axis, where.end, sp.expand(length - where.end)),
    ]
    found = [at for at in whole if at.size != 0]
    if not all(is_size(at.size) for at in found):
        raise NotImplementedError(f"no rule for {where.size} of {length} rows or columns that may be all of them")
    return found


def _selection(where: Range, among: list[Range]) -> Blocks:
    """The matrix by which one of so many rows or columns is multiplied: an identity, and zeros for all others."""
    blocks = [sp.Identity(where.size) if at == where else sp.ZeroMatrix(at.size, where.size) for at in among]
    return VStack(*blocks) if where.axis == COLUMNS else HStack(*[A.T for A in blocks])


def choice(S: sp.MatrixExpr) -> Range | None:
    """Which rows or columns a matrix chooses, if it is an identity among zeros."""
    if not isinstance(S, Blocks) or not all(isinstance(A, (sp.ZeroMatrix, sp.Identity)) for A in S.args):
        return None
    kept = [where for A, where in zip(S.args, ranges(S), strict=True) if isinstance(A, sp.Identity)]
    return kept[0]._replace(axis=1 - S.joined_along) if len(kept) == 1 else None


def selection_factor(S: sp.MatrixExpr, transposed: bool = False) -> sp.MatrixExpr | None:
    """A matrix that chooses rows or columns, or its transpose, which chooses the others; None for any other."""
    if choice(S) is None:
        return None
    turned = HStack if isinstance(S, VStack) else VStack
    return turned(*[A.T for A in S.args]) if transposed else S


def part(M: sp.MatrixExpr, where: Range) -> sp.MatrixExpr | None:
    """These rows or columns of M, if they are shorter than a product with M; else None."""
    if same_size(M.shape[where.axis], where.size):
        return M
    if isinstance(M, (sp.OneMatrix, sp.ZeroMatrix)):
        return type(M)(*[where.size if axis == where.axis else length for axis, length in enumerate(M.shape)])
    if isinstance(M, sp.Identity):
        return _selection(where, _around(where, M.rows))
    if isinstance(M, Blocks) and M.joined_along == where.axis:
        return _of_blocks(M, where)
    if isinstance(M, sp.Transpose):
        found = part(M.arg, where._replace(axis=1 - where.axis))
        return None if found is None else found.T
    if isinstance(M, sp.MatMul):
        scalar, factors = product_parts(M)
        factors[-where.axis] = part(factors[-where.axis], where)
        return None if None in factors else product(*factors, scalar=scalar)
    if isinstance(M, ElementwiseApplyFunction):
        found = part(M.expr, where)
        return None if found is None else apply(M.function, found)
    if isinstance(M, (Blocks, sp.MatAdd, sp.HadamardProduct, sp.HadamardPower)):
        args = [part(A, where) if is_matrix(A) else A for A in M.args]
        if any(found is not None for found, A in zip(args, M.args, strict=True) if is_matrix(A)):
            return M.func(*[chosen(A, where) if is_matrix(A) else A for A in M.args])
    return None


def _of_blocks(M: Blocks, where: Range) -> sp.MatrixExpr | None:
    """The blocks that stand there, or what stands there in one of them."""
    inside = [A for A, at in zip(M.args, ranges(M), strict=True) if at.within(where)]
    if inside and same_size(sum(A.shape[where.axis] for A in inside), where.size):
        return inside[0] if len(inside) == 1 else M.func(*inside)
    around = [(A, at) for A, at in zip(M.args, ranges(M), strict=True) if where.within(at)]
    return chosen(around[0][0], where._replace(start=where.start - around[0][1].start)) if around else None


def chosen_factor(left: sp.MatrixExpr, right: sp.MatrixExpr) -> sp.MatrixExpr | None:
    """The product of two factors where one chooses what the other has in a shorter form; else None."""
    for M, where in _choosing(left, right):
        if (found := part(M, where)) is not None:
            return found
    return None


def entry_chosen(row: sp.MatrixExpr, column: sp.MatrixExpr) -> sp.Expr | None:
    """The product of a row and a column where one chooses an entry of the other; else None."""
    for M, where in _choosing(row, column):
        if isinstance(M, (sp.MatrixSymbol, sp.Transpose)):
            return M[0, where.start] if where.axis == COLUMNS else M[where.start, 0]
    return None


def _choosing(left: sp.MatrixExpr, right: sp.MatrixExpr) -> list[tuple[sp.MatrixExpr, Range]]:
    """(M, what the other factor chooses of it) for a product of two factors."""
    sides = [(left, choice(right), COLUMNS), (right, choice(left), ROWS)]
    return [(M, where) for M, where, axis in sides if where is not None and where.axis == axis]


def placed(terms: list[sp.MatrixExpr]) -> list[sp.MatrixExpr]:
    """Terms that lie side by side, or one above the other, as blocks of one matrix: M [I 0] + N [0 I] as [M N]."""
    for kind, end in ((HStack, -1), (VStack, 0)):
        found: dict[sp.Expr, tuple[sp.Expr, sp.MatrixExpr, sp.MatrixExpr]] = {}
        for term in terms:
            scalar, factors = product_parts(term)
            where = choice(factors.pop(end)) if isinstance(factors[end], kind) and len(factors) > 1 else None
            if where:
                found.setdefault(where.start, (where.end, product(*factors, scalar=scalar), term))
        position, row = sp.S.Zero, []
        while position in found:
            row.append(found[position])
            position = row[-1][0]
        if len(row) > 1 and same_size(position, terms[0].shape[kind.joined_along]):
            used = [term for _, _, term in row]
            terms = [kind(*[block for _, block, _ in row]), *(term for term in terms if term not in used)]
    return terms
