"""How matrices are arranged: products, sums, totals and norms."""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

from claims.language import Expectation, HStack, Total, VStack, parts
from claims.language.products import entrywise, entrywise_parts, product, product_parts

from .notation import Bind, Piece
from .scalars import ScalarRules


class MatrixRules(ScalarRules):
    """Rules of the printer for matrices; each `_print_X` returns a Piece."""

    def _print_MatrixSymbol(self, e: sp.MatrixSymbol) -> Piece:
        return self.called(self.notation.name(e.name))

    def _print_OneMatrix(self, e: sp.OneMatrix) -> Piece:
        one, row = self.notation.ones, self.notation.transpose(self.notation.ones)
        if e.cols == 1:
            return Piece(one, Bind.ATOM)
        return Piece(row if e.rows == 1 else f"{one} {row}", Bind.POWER)

    def _print_ZeroMatrix(self, e: sp.ZeroMatrix) -> Piece:
        return Piece("0", Bind.ATOM)

    def _print_Identity(self, e: sp.Identity) -> Piece:
        return Piece(self.notation.identity, Bind.ATOM)

    def _print_MatrixBase(self, e: sp.MatrixBase) -> Piece:
        return Piece(self.notation.table([[self.show(x) for x in row] for row in e.tolist()]), Bind.ATOM)

    def _print_HStack(self, e: HStack) -> Piece:
        return self.blocks([e.args])

    def _print_VStack(self, e: VStack) -> Piece:
        """A column of blocks; a grid where all are rows of blocks of the same widths."""
        rows = [M.args if isinstance(M, HStack) else (M,) for M in e.args]
        widths = {tuple(A.cols for A in row) for row in rows}
        return self.blocks(rows if len(widths) == 1 else [(M,) for M in e.args])

    def blocks(self, rows: Sequence[Sequence[sp.MatrixExpr]]) -> Piece:
        return Piece(self.notation.table([[self.show(A) for A in row] for row in rows]), Bind.ATOM)

    def _print_Transpose(self, e: sp.Transpose) -> Piece:
        return Piece(self.notation.transpose(self.show(e.arg, Bind.ATOM)), Bind.POWER)

    def _print_Inverse(self, e: sp.Inverse) -> Piece:
        return self.notation.power(self.show(e.arg, Bind.ATOM), Piece("-1", Bind.SUM))

    def _print_MatPow(self, e: sp.MatPow) -> Piece:
        return self.notation.power(self.show(e.base, Bind.ATOM), self.piece(e.exp))

    def _print_DiagMatrix(self, e: sp.DiagMatrix) -> Piece:
        return self.named_call("diag", e.args[0])

    def _print_DiagonalOf(self, e: sp.DiagonalOf) -> Piece:
        return self.named_call("diag", e.args[0])

    def _print_Trace(self, e: sp.Trace) -> Piece:
        return self.named_call("tr", e.args[0])

    def _print_Determinant(self, e: sp.Determinant) -> Piece:
        return self.named_call("det", e.args[0])

    def _print_Expectation(self, e: Expectation) -> Piece:
        return Piece(self.notation.expectation(self.show(e.arg)), Bind.ATOM)

    def named_call(self, name: str, M: sp.MatrixExpr) -> Piece:
        return Piece(self.notation.function(name) + self.notation.bracket(self.show(M)), Bind.POWER)

    # ------------------------------------------------------------ sums
    def _print_MatAdd(self, e: sp.MatAdd) -> Piece:
        terms = sorted(map(self.signed, e.args), key=lambda t: self.matrix_term_rank(t[1]))
        return self.add_up([(sign, self.plain_number(M) or self.show(M, Bind.HADAMARD)) for sign, M in terms])

    def matrix_term_rank(self, M: sp.MatrixExpr) -> tuple[int, str]:
        """Numbers, products, symbols, elementwise things, broadcasts; derived things before those given."""
        scalar, factors = product_parts(M)
        ones = [isinstance(f, sp.OneMatrix) for f in factors]
        if all(ones):
            kind = 0 if scalar.is_number else 5
        elif any(ones):
            kind = 4
        elif len(factors) > 1:
            kind = 1
        else:
            kind = 2 if isinstance(factors[0], (sp.MatrixSymbol, sp.Transpose)) else 3
        return kind, self.show(product(*factors))

    def plain_number(self, M: sp.MatrixExpr) -> str | None:
        """A number times all ones, inside a sum, is the number: 1 - A."""
        scalar, factors = product_parts(M)
        if len(factors) == 1 and isinstance(factors[0], sp.OneMatrix) and scalar.is_number:
            return self.show(scalar, Bind.PRODUCT)
        return None

    # ------------------------------------------------------------ products
    def _print_MatMul(self, e: sp.MatMul) -> Piece:
        sign, e = self.signed_product(e)
        scalar, factors = product_parts(e)
        if len(factors) == 1 and isinstance(factors[0], sp.HadamardProduct):
            front, inside = entrywise_parts(factors[0])
            scalar, factors = scalar * front, [entrywise(*inside)]
        piece = self.multiple(scalar, factors)
        return Piece("-" + self.notation.at(piece, Bind.OPEN), Bind.SUM) if sign < 0 else piece

    def multiple(self, scalar: sp.Expr, factors: list[sp.MatrixExpr]) -> Piece:
        if all(isinstance(M, sp.OneMatrix) and tuple(M.shape) == (1, 1) for M in factors):
            return self.piece(scalar)
        body = self.matrix_row(factors, alone=scalar == 1)
        if scalar == 1:
            return body
        top, low = sp.fraction(scalar)
        if parts(low, Total):  # exp(z) / 1^T exp(z): what is computed stands below the line
            above = body if top == 1 else Piece(f"{self.show(top, Bind.POWER)} {body.text}", Bind.PRODUCT)
            return self.notation.fraction(above, self.piece(low))
        if low != 1:
            return self.notation.scaled(self.piece(top), self.piece(low), body)
        front = self.show(top, Bind.POWER if parts(top, Total) else Bind.PRODUCT)
        return Piece(f"{front} {body.text}", min(body.bind, Bind.PRODUCT))

    def matrix_row(self, factors: list[sp.MatrixExpr], alone: bool) -> Piece:
        """Factors side by side, in the order of the product; `alone` when no scalar stands before them."""
        if len(factors) == 1:
            piece = self.piece(factors[0])
            return piece if alone or piece.bind >= Bind.HADAMARD else Piece(self.show(factors[0], Bind.ATOM), Bind.ATOM)
        return Piece(" ".join(self.show(M, Bind.POWER) for M in factors), Bind.PRODUCT)

    # ------------------------------------------------------------ totals
    def _print_Total(self, e: Total) -> Piece:
        """1^T v, u^T v, <A, B>, |v|^2, 1^T A 1."""
        M = e.arg
        if self.square_root(e) is not None:
            return self.norm_power(self.square_root(e), sp.Integer(2))
        if tuple(M.shape) == (1, 1):
            return self.piece(M)
        if isinstance(M, sp.HadamardProduct) and len(M.args) == 2:
            return self.inner(*M.args)
        row = sp.OneMatrix(1, M.rows) if M.rows != 1 else None
        column = sp.OneMatrix(M.cols, 1) if M.cols != 1 else None
        scalar, factors = product_parts(M)
        if scalar != 1:
            return self.piece(sp.Mul(scalar, Total(product(*factors)), evaluate=False))
        return self.matrix_row([f for f in (row, *factors, column) if f is not None], alone=True)

    def inner(self, A: sp.MatrixExpr, B: sp.MatrixExpr) -> Piece:
        if A.cols == 1:
            text = f"{self.notation.transpose(self.show(A, Bind.ATOM))} {self.show(B, Bind.POWER)}"
            return Piece(text, Bind.PRODUCT)
        return Piece(self.notation.inner(self.show(A), self.show(B)), Bind.ATOM)
