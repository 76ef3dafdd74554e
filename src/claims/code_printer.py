"""Expressions as NumPy: products as @, entrywise products as *, ones as sums and broadcasts."""

from __future__ import annotations

import re
from enum import IntEnum

import sympy as sp

from .notation import Piece
from .products import is_ones, product, product_parts
from .vocabulary import Partial, is_matrix


class Bind(IntEnum):
    """How tightly a piece of Python holds together."""

    SUM = 0
    PRODUCT = 1
    SIGN = 2
    POWER = 3
    ATOM = 4


FUNCTIONS = {"exp": "np.exp", "log": "np.log", "tanh": "np.tanh", "sin": "np.sin", "cos": "np.cos", "sign": "np.sign",
             "sinh": "np.sinh", "cosh": "np.cosh", "Abs": "np.abs"}  # fmt: skip
RELATIONS = {sp.Gt: ">", sp.Ge: ">=", sp.Lt: "<", sp.Le: "<=", sp.Eq: "==", sp.Ne: "!="}


def identifier(symbol) -> str:
    """A Python name: W1 and W_1 as they are, n_{l-1} as n_l_1, lambda as lambda_, g' as g_prime."""
    name = symbol if isinstance(symbol, str) else symbol.name
    text = re.sub(r"\W+", "_", name.replace("'", "_prime")).strip("_")
    return f"{text}_" if text in ("lambda", "np") else text


class CodePrinter:
    """NumPy of expressions; `used` collects the scalars that the code needs."""

    def __init__(self):
        self.used: set = set()
        self.arguments: dict = {}  # what stands in the place of a function's variable

    def text(self, e, level: Bind = Bind.SUM) -> str:
        piece = self.piece(e)
        return piece.text if piece.bind >= level else f"({piece.text})"

    def piece(self, e) -> Piece:
        names = (f"_print_{kind.__name__}" for kind in type(e).__mro__)
        rule = next((name for name in names if hasattr(type(self), name)), None)
        if rule is None or isinstance(e, Partial):
            raise NotImplementedError(f"no NumPy for a {type(e).__name__}: {e}")
        return getattr(self, rule)(e)

    # ------------------------------------------------------------ scalars
    def _print_Symbol(self, e):
        if e in self.arguments:
            return self.arguments[e]
        self.used.add(e)
        return Piece(identifier(e), Bind.ATOM)

    def _print_NamedScalar(self, e):
        return Piece(identifier(e), Bind.ATOM)

    def _print_Number(self, e):
        text = f"{e.p} / {e.q}" if e.is_Rational and e.q != 1 else str(e)
        return Piece(text, Bind.SUM if e < 0 else Bind.PRODUCT if "/" in text else Bind.ATOM)

    def _print_Pi(self, e):
        return Piece("np.pi", Bind.ATOM)

    def _print_Exp1(self, e):
        return Piece("np.e", Bind.ATOM)

    def _print_Add(self, e):
        return self.add_up([self.signed(t) for t in e.args])

    def _print_Mul(self, e):
        sign, e = self.signed(e)
        above, below = [], []
        for f in sp.Mul.make_args(e):
            number, divisor = sp.fraction(f)
            above += [number] if number != 1 else []
            below += [divisor] if divisor != 1 else []
        piece = self.quotient(above, below)
        return Piece("-" + piece.text, Bind.SUM) if sign < 0 else piece

    def _print_Pow(self, e):
        return self.power(e.base, e.exp)

    _print_HadamardPower = _print_Pow

    def power(self, base, exponent):
        if exponent.as_coeff_Mul()[0].is_negative:
            inverse = self.power(base, -exponent)
            return Piece(f"1 / {inverse.text if inverse.bind > Bind.PRODUCT else f'({inverse.text})'}", Bind.PRODUCT)
        if exponent == 1:
            return self.piece(base)
        if exponent == sp.S.Half:
            return Piece(f"np.sqrt({self.text(base)})", Bind.ATOM)
        return Piece(f"{self.text(base, Bind.ATOM)}**{self.text(exponent, Bind.ATOM)}", Bind.POWER)

    def signed(self, e):
        """(sign, e without it)."""
        scalar, factors = product_parts(e) if is_matrix(e) else (e, None)
        minus = bool(scalar.as_coeff_Mul()[0].is_negative)
        rest = -scalar if minus else scalar
        return (-1 if minus else 1), (rest if factors is None else product(*factors, scalar=rest))

    def add_up(self, terms):
        """Signed terms: numbers first, positive ones before negative ones."""
        text = ""
        for sign, t in sorted(terms, key=lambda t: (t[0] < 0, not self.is_number(t[1]))):
            text += (" + " if sign > 0 else " - ") if text else "" if sign > 0 else "-"
            text += self.text(t, Bind.PRODUCT)
        return Piece(text, Bind.SUM)

    def is_number(self, e) -> bool:
        return is_ones(e) if is_matrix(e) else e.is_number

    def quotient(self, above, below):
        """a * b / c / d; what stands below one line is divided by in turn."""
        first = self.piece(above[0]) if len(above) == 1 else None
        top = first.text if first and first.bind >= Bind.PRODUCT else " * ".join(self.text(f, Bind.SIGN) for f in above)
        text = (top or "1") + "".join(f" / {self.text(f, Bind.SIGN)}" for f in below)
        return first if first and not below else Piece(text, Bind.PRODUCT)

    # ------------------------------------------------------------ functions
    def _print_Function(self, e):
        name = FUNCTIONS.get(type(e).__name__, identifier(type(e).__name__))
        return Piece(f"{name}({', '.join(map(self.text, e.args))})", Bind.ATOM)

    def _print_sigma(self, e):
        return self.quotient([sp.S.One], [1 + sp.exp(-e.args[0])])

    def _print_Max(self, e):
        name = {sp.Max: "np.maximum", sp.Min: "np.minimum"}[type(e)]
        first, *rest = sorted(e.args, key=lambda a: not a.is_number)
        text = self.text(first)
        for a in rest:
            text = f"{name}({text}, {self.text(a)})"
        return Piece(text, Bind.ATOM)

    _print_Min = _print_Max

    def _print_Heaviside(self, e):
        if e.args[1] not in (0, 1):
            raise NotImplementedError(f"no NumPy for the value of {e} at its step: say 0 or 1")
        return Piece(f"({self.text(e.args[0])} {'>' if e.args[1] == 0 else '>='} 0)", Bind.ATOM)

    def _print_Piecewise(self, e):
        *cases, (last, _) = e.args
        text = self.text(last)
        for value, condition in reversed(cases):
            text = f"np.where({self.text(condition)}, {self.text(value)}, {text})"
        return Piece(text, Bind.ATOM)

    def _print_Relational(self, e):
        return Piece(f"{self.text(e.lhs)} {RELATIONS[type(e)]} {self.text(e.rhs)}", Bind.SUM)

    def _print_ElementwiseApplyFunction(self, e):
        t = sp.Dummy(real=True)
        self.arguments[t] = self.piece(e.expr)
        piece = self.piece(e.function(t))
        del self.arguments[t]
        return piece

    def _print_Total(self, e):
        return Piece(f"np.sum({self.text(e.arg)})", Bind.ATOM)

    def _print_Trace(self, e):
        return Piece(f"np.trace({self.text(e.arg)})", Bind.ATOM)

    # ------------------------------------------------------------ matrices
    def _print_MatrixSymbol(self, e):
        return Piece(identifier(e), Bind.ATOM)

    def _print_OneMatrix(self, e):
        return Piece(f"np.ones(({self.text(e.rows)}, {self.text(e.cols)}))", Bind.ATOM)

    def _print_ZeroMatrix(self, e):
        return Piece(f"np.zeros(({self.text(e.rows)}, {self.text(e.cols)}))", Bind.ATOM)

    def _print_Identity(self, e):
        return Piece(f"np.eye({self.text(e.rows)})", Bind.ATOM)

    def _print_DiagMatrix(self, e):
        return Piece(f"np.diagflat({self.text(e.args[0])})", Bind.ATOM)

    def _print_Transpose(self, e):
        return Piece(f"{self.text(e.arg, Bind.ATOM)}.T", Bind.ATOM)

    def _print_MatAdd(self, e):
        return self.add_up([self.signed(M) for M in self.broadcasting(e.args)])

    def _print_HadamardProduct(self, e):
        above, below = [], []
        for f in self.broadcasting(e.args):
            divisor = isinstance(f, sp.HadamardPower) and f.exp.as_coeff_Mul()[0].is_negative
            below += [sp.HadamardPower(f.base, -f.exp)] if divisor else []
            above += [] if divisor else [f]
        return self.quotient(above, below)

    def _print_MatMul(self, e):
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

    def matrix_product(self, factors):
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

    def summed(self, factors, axis):
        return Piece(f"np.sum({self.text(product(*factors))}, axis={axis}, keepdims=True)", Bind.ATOM)

    # ------------------------------------------------------------ broadcasting
    def broadcasting(self, operands) -> list:
        """Operands without the ones that NumPy's broadcasting stands in for; one operand must have the whole shape."""
        narrow = [self.narrowed(M) for M in operands]
        if all(M is not None for M in narrow):
            narrow[0] = None
        whole = [M for M, thin in zip(operands, narrow, strict=True) if thin is None]
        return whole + [thin for thin in narrow if thin is not None]

    def narrowed(self, M):
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
