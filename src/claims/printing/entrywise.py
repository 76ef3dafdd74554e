"""How entrywise products and functions are arranged: broadcasts as diagonal matrices, quotients, powers."""

from __future__ import annotations

import sympy as sp
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction

from claims.language.derivatives import Partial
from claims.language.products import entrywise, entrywise_parts, product
from claims.language.scopes import element, where_free

from .matrices import MatrixRules
from .notation import Bind, Piece


def as_power(M: sp.MatrixExpr) -> sp.MatrixExpr:
    """A power of each entry, whichever way it was written."""
    if isinstance(M, ElementwiseApplyFunction):
        base, exponent = M.function.expr.as_base_exp()
        if (base,) == M.function.variables and exponent.is_number and exponent != 1:
            return sp.HadamardPower(M.expr, exponent)
    return M


def is_taken_whole(e: sp.Basic, t: sp.Symbol) -> bool:
    """Is e a matrix with t in it, or a slope by t: would a matrix in the place of t be taken as one there?"""
    return is_slope_by(e, t) or bool(getattr(e, "is_Matrix", False)) and e.has(t)


def is_slope_by(e: sp.Basic, t: sp.Symbol) -> bool:
    return isinstance(e, Partial) and e.wrt == t or isinstance(e, sp.Derivative) and t in e.variables


def family(body: sp.Expr, t: sp.Symbol, M: sp.MatrixExpr) -> sp.FunctionMatrix:
    """What a function is at each entry of M.

    Raises:  NotImplementedError for its slope by an entry that is no letter
    """
    if not M.is_symbol and any(is_slope_by(part, t) for part in sp.preorder_traversal(body)):
        raise NotImplementedError(f"no way to write the slope of a function at each entry of {M}")
    at = sp.symbols("i j", integer=True, cls=sp.Dummy)
    return sp.FunctionMatrix(*M.shape, sp.Lambda(at, where_free(body, {t: element(M, *at)})))


class EntrywiseRules(MatrixRules):
    """Rules of the printer for entrywise matrices; each `_print_X` returns a Piece."""

    def _print_HadamardProduct(self, e: sp.HadamardProduct) -> Piece:
        front, factors = entrywise_parts(e)
        factors = [as_power(f) for f in factors]
        if front != 1:
            return self.piece(product(entrywise(*factors), scalar=front))
        left, right, rest = self.diagonals(factors, e.shape)
        above = [f for f in rest if not self.is_divisor(f)]
        below = [self.divisor(f) for f in rest if self.is_divisor(f)]
        body = self.quotient(above, below) if rest else Piece("", Bind.ATOM)
        if not left and not right:
            return body
        middle = [self.notation.at(body, Bind.PRODUCT)] if rest else [self.show(sp.OneMatrix(*e.shape))]
        return Piece(" ".join([*left, *middle, *right]), Bind.PRODUCT)

    def quotient(self, above: list[sp.MatrixExpr], below: list[sp.MatrixExpr]) -> Piece:
        top = self.joined(above)
        if not below:
            return top
        low = self.joined(below)
        text = self.notation.at(top, Bind.PRODUCT) + self.notation.quotient + self.notation.at(low, Bind.POWER)
        return Piece(text, Bind.HADAMARD)

    def joined(self, factors: list[sp.MatrixExpr]) -> Piece:
        if len(factors) < 2:
            return self.piece(factors[0]) if factors else Piece("1", Bind.ATOM)
        return Piece(self.notation.hadamard.join(self.show(f, Bind.PRODUCT) for f in factors), Bind.HADAMARD)

    def is_divisor(self, f: sp.MatrixExpr) -> bool:
        return isinstance(f, sp.HadamardPower) and f.exp.could_extract_minus_sign()

    def divisor(self, f: sp.HadamardPower) -> sp.MatrixExpr:
        return f.base if f.exp == -1 else sp.HadamardPower(f.base, -f.exp)

    def diagonals(
        self, factors: list[sp.MatrixExpr], shape: tuple[sp.Expr, sp.Expr]
    ) -> tuple[list[str], list[str], list[sp.MatrixExpr]]:
        """Rows scaled by a column, columns scaled by a row: diag(v) M and M diag(v); and the other factors."""
        left, right, rest = [], [], []
        for f in factors:
            rows = self.broadcast(f, -1) if shape[1] != 1 else None
            cols = self.broadcast(f, 0) if shape[0] != 1 and rows is None else None
            left += [rows] if rows else []
            right += [cols] if cols else []
            rest += [] if rows or cols else [f]
        return left, right, rest

    def broadcast(self, f: sp.MatrixExpr, end: int) -> str | None:
        """diag(v) for v 1^T (end -1) or 1 v (end 0), and its power; None for anything else."""
        if isinstance(f, sp.HadamardPower):
            inside = self.broadcast(f.base, end)
            return inside and self.notation.power(inside, self.piece(f.exp)).text
        if not isinstance(f, sp.MatMul):
            return None
        one = f.args[end]
        if not isinstance(one, sp.OneMatrix) or one.shape[end] == 1:
            return None
        if end:  # M 1 1^T is (M 1) 1^T: the ones that sum stay
            return self.diagonal(product(*f.args[:-1], *([sp.OneMatrix(one.rows, 1)] if one.rows != 1 else [])))
        return self.diagonal(product(*([sp.OneMatrix(1, one.cols)] if one.cols != 1 else []), *f.args[1:]))

    def diagonal(self, v: sp.MatrixExpr) -> str:
        """diag(v); the diagonal matrix of a quotient is a product, that of a power is a power."""
        v = v.arg if isinstance(v, sp.Transpose) else v
        factors = v.args if isinstance(v, sp.HadamardProduct) and any(map(self.is_divisor, v.args)) else [v]
        return " ".join(map(self.diagonal_factor, factors))

    def diagonal_factor(self, v: sp.MatrixExpr) -> str:
        if isinstance(v, sp.HadamardPower) and not v.exp.is_positive:
            return self.notation.power(self.diagonal(v.base), self.piece(v.exp)).text
        return self.named_call("diag", v).text

    def _print_HadamardPower(self, e: sp.HadamardPower) -> Piece:
        if e.exp.could_extract_minus_sign():
            return self._print_HadamardProduct(sp.HadamardProduct(e))
        return self.notation.hadamard_power(self.show(e.base, Bind.ATOM), self.piece(e.exp))

    def _print_ElementwiseApplyFunction(self, e: ElementwiseApplyFunction) -> Piece:
        t = sp.Dummy(real=True)
        body = e.function(t)
        if isinstance(body, sp.Function) and body.args == (t,) and not isinstance(body, sp.Abs):
            return self.call(type(body).__name__, (e.expr,))
        if any(is_taken_whole(part, t) for part in sp.preorder_traversal(body)):
            return self.piece(family(body, t, e.expr))
        self.arguments[t] = self.piece(e.expr)  # 1 / (1 + e^{-Z}): the matrix in the place of the number
        piece = self.piece(body)
        del self.arguments[t]
        return piece
