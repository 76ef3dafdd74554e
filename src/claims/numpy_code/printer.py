"""Expressions as NumPy: products as @, entrywise products as *, ones as sums and broadcasts."""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixElement

from claims.language import Blocks, HStack, VStack, is_matrix
from claims.language.products import product, product_parts
from claims.printing.notation import Piece

from .scalars import Bind, ScalarCode, identifier


class CodePrinter(ScalarCode):
    """NumPy of expressions: with the rules for matrices, and for what broadcasts."""

    # ------------------------------------------------------------ matrices
    def _print_MatrixSymbol(self, e: sp.MatrixSymbol) -> Piece:
        return Piece(identifier(e), Bind.ATOM)

    def _print_OneMatrix(self, e: sp.OneMatrix) -> Piece:
        return Piece(f"np.ones(({self.text(e.rows)}, {self.text(e.cols)}))", Bind.ATOM)

    def _print_ZeroMatrix(self, e: sp.ZeroMatrix) -> Piece:
        return Piece(f"np.zeros(({self.text(e.rows)}, {self.text(e.cols)}))", Bind.ATOM)

    def _print_Identity(self, e: sp.Identity) -> Piece:
        return Piece(f"np.eye({self.text(e.rows)})", Bind.ATOM)

    def _print_HStack(self, e: HStack) -> Piece:
        return self.joined("np.hstack", e)

    def _print_VStack(self, e: VStack) -> Piece:
        return self.joined("np.vstack", e)

    def joined(self, function: str, e: Blocks) -> Piece:
        return Piece(f"{function}([{', '.join(map(self.text, e.args))}])", Bind.ATOM)

    def _print_MatrixElement(self, e: MatrixElement) -> Piece:
        M, *place = e.args
        return Piece(f"{self.text(M, Bind.ATOM)}[{', '.join(map(self.text, place))}]", Bind.ATOM)

    def _print_DiagMatrix(self, e: sp.DiagMatrix) -> Piece:
        return Piece(f"np.diagflat({self.text(e.args[0])})", Bind.ATOM)

    def _print_Transpose(self, e: sp.Transpose) -> Piece:
        return Piece(f"{self.text(e.arg, Bind.ATOM)}.T", Bind.ATOM)

    def _print_MatAdd(self, e: sp.MatAdd) -> Piece:
        return self.add_up([self.signed(M) for M in self.broadcasting(e.args)])

    def _print_HadamardProduct(self, e: sp.HadamardProduct) -> Piece:
        above, below = [], []
        for f in self.broadcasting(e.args):
            divisor = isinstance(f, sp.HadamardPower) and f.exp.as_coeff_Mul()[0].is_negative
            below += [sp.HadamardPower(f.base, -f.exp)] if divisor else []
            above += [] if divisor else [f]
        return self.quotient(above, below)

    def _print_MatMul(self, e: sp.MatMul) -> Piece:
        sign, e = self.signed(e)
        scalar, factors = product_parts(e)
        above, below = sp.fraction(scalar)
        body = self.matrix_product(factors)
        front = f"{self.text(above, Bind.SIGN)} * " if above != 1 else ""
        text = front + (body.text if body.bind >= (Bind.SIGN if front else Bind.PRODUCT) else f"({body.text})")
        text += f" / {self.text(below, Bind.SIGN)}" if below != 1 else ""
        if sign < 0:
            return Piece("-" + text, Bind.SUM)
        return body if text == body.text else Piece(text, Bind.PRODUCT)

    def matrix_product(self, factors: list[sp.MatrixExpr]) -> Piece:
        """Ones at the ends sum; diagonal matrices at the ends scale; the rest is @."""
        first, *rest = factors
        if not rest:
            return self.piece(first)
        *others, last = factors
        if isinstance(last, sp.OneMatrix) and last.cols == 1:
            return self.summed(others, 1)
        if isinstance(first, sp.OneMatrix) and first.rows == 1:
            return self.summed(rest, 0)
        if isinstance(first, sp.DiagMatrix):
            v = first.args[0]
            return self.quotient([v if v.cols == 1 else v.T, product(*rest)], [])
        if isinstance(last, sp.DiagMatrix):
            v = last.args[0]
            return self.quotient([product(*others), v if v.rows == 1 else v.T], [])
        return Piece(" @ ".join(self.text(M, Bind.SIGN) for M in factors), Bind.PRODUCT)

    def summed(self, factors: list[sp.MatrixExpr], axis: int) -> Piece:
        return Piece(f"np.sum({self.text(product(*factors))}, axis={axis}, keepdims=True)", Bind.ATOM)

    # ------------------------------------------------------------ broadcasting
    def broadcasting(self, operands: Sequence[sp.MatrixExpr]) -> list[sp.Expr]:
        """Operands without the ones that NumPy's broadcasting stands in for; one operand must have the whole shape."""
        narrow = [self.narrowed(M) for M in operands]
        if all(M is not None for M in narrow):
            narrow[0] = None
        whole = [M for M, thin in zip(operands, narrow, strict=True) if thin is None]
        return whole + [thin for thin in narrow if thin is not None]

    def narrowed(self, M: sp.MatrixExpr) -> sp.Expr | None:
        """b * ones(m) as b, ones(m) * b as b, E * ones(K, K) as the sums of the rows of E; None where M is whole."""
        if isinstance(M, sp.HadamardPower):
            inside = self.narrowed(M.base)
            return inside if inside is None else inside**M.exp if not is_matrix(inside) else type(M)(inside, M.exp)
        scalar, factors = product_parts(M)
        first, last = factors[0], factors[-1]
        if all(isinstance(f, sp.OneMatrix) for f in factors):
            return scalar if len(factors) == 1 else None
        if isinstance(last, sp.OneMatrix) and last.cols != 1:
            summed = [*factors[:-1], *([sp.OneMatrix(last.rows, 1)] if last.rows != 1 else [])]
            return product(*summed, scalar=scalar)
        if isinstance(first, sp.OneMatrix) and first.rows != 1:
            summed = [*([sp.OneMatrix(1, first.cols)] if first.cols != 1 else []), *factors[1:]]
            return product(*summed, scalar=scalar)
        return None
