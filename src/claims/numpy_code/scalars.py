"""Scalars, and functions of each entry, as Python."""

from __future__ import annotations

import re
from enum import IntEnum

import sympy as sp
from sympy.core.relational import Relational
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction

from claims.language import Activation, Maximum, NamedScalar, Partial, Total, is_matrix, sigma
from claims.language.products import is_ones, product, product_parts
from claims.printing.entrywise import is_taken_whole
from claims.printing.notation import Piece


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


def identifier(symbol: sp.Basic | str) -> str:
    """A Python name: W1 and W_1 as they are, n_{l-1} as n_l_1, lambda as lambda_, g' as g_prime."""
    name = symbol if isinstance(symbol, str) else symbol.name
    text = re.sub(r"\W+", "_", name.replace("'", "_prime")).strip("_")
    return f"{text}_" if text in ("lambda", "np") else text


class ScalarCode:
    """Rules of the code printer for scalars; `used` collects those that the code needs."""

    def __init__(self) -> None:
        self.used: set[sp.Symbol] = set()
        self.arguments: dict[sp.Symbol, Piece] = {}  # what stands in the place of a function's variable

    def text(self, e: sp.Basic, level: Bind = Bind.SUM) -> str:
        piece = self.piece(e)
        return piece.text if piece.bind >= level else f"({piece.text})"

    def piece(self, e: sp.Basic) -> Piece:
        kinds = (kind for kind in type(e).__mro__ if kind is sigma or not issubclass(kind, Activation))
        names = (f"_print_{kind.__name__}" for kind in kinds)
        rule = next((name for name in names if hasattr(type(self), name)), None)
        if rule is None or isinstance(e, Partial):
            raise NotImplementedError(f"no NumPy for a {type(e).__name__}: {e}")
        written: Piece = getattr(self, rule)(e)
        return written

    # ------------------------------------------------------------ numbers, symbols, sums and products
    def _print_Symbol(self, e: sp.Symbol) -> Piece:
        if e in self.arguments:
            return self.arguments[e]
        self.used.add(e)
        return Piece(identifier(e), Bind.ATOM)

    def _print_NamedScalar(self, e: NamedScalar) -> Piece:
        return Piece(identifier(e), Bind.ATOM)

    def _print_Number(self, e: sp.Number) -> Piece:
        text = f"{e.p} / {e.q}" if e.is_Rational and e.q != 1 else str(e)
        return Piece(text, Bind.SUM if e < 0 else Bind.PRODUCT if "/" in text else Bind.ATOM)

    def _print_Pi(self, e: sp.Expr) -> Piece:
        return Piece("np.pi", Bind.ATOM)

    def _print_Exp1(self, e: sp.Expr) -> Piece:
        return Piece("np.e", Bind.ATOM)

    def _print_Add(self, e: sp.Add) -> Piece:
        return self.add_up([self.signed(t) for t in e.args])

    def _print_Mul(self, e: sp.Mul) -> Piece:
        sign, e = self.signed(e)
        above, below = [], []
        for f in sp.Mul.make_args(e):
            number, divisor = sp.fraction(f)
            above += [number] if number != 1 else []
            below += [divisor] if divisor != 1 else []
        piece = self.quotient(above, below)
        return Piece("-" + piece.text, Bind.SUM) if sign < 0 else piece

    def _print_Pow(self, e: sp.Pow | sp.HadamardPower) -> Piece:
        return self.power(e.base, e.exp)

    _print_HadamardPower = _print_Pow

    def power(self, base: sp.Expr, exponent: sp.Expr) -> Piece:
        if exponent.as_coeff_Mul()[0].is_negative:
            inverse = self.power(base, -exponent)
            return Piece(f"1 / {inverse.text if inverse.bind > Bind.PRODUCT else f'({inverse.text})'}", Bind.PRODUCT)
        if exponent == 1:
            return self.piece(base)
        if exponent == sp.S.Half:
            return Piece(f"np.sqrt({self.text(base)})", Bind.ATOM)
        return Piece(f"{self.text(base, Bind.ATOM)}**{self.text(exponent, Bind.ATOM)}", Bind.POWER)

    def signed(self, e: sp.Expr) -> tuple[int, sp.Expr]:
        """(sign, e without it)."""
        scalar, factors = product_parts(e) if is_matrix(e) else (e, None)
        minus = bool(scalar.as_coeff_Mul()[0].is_negative)
        rest = -scalar if minus else scalar
        return (-1 if minus else 1), (rest if factors is None else product(*factors, scalar=rest))

    def add_up(self, terms: list[tuple[int, sp.Expr]]) -> Piece:
        """Signed terms: numbers first, positive ones before negative ones."""
        text = ""
        for sign, t in sorted(terms, key=lambda t: (t[0] < 0, not self.is_number(t[1]))):
            text += (" + " if sign > 0 else " - ") if text else "" if sign > 0 else "-"
            text += self.text(t, Bind.PRODUCT)
        return Piece(text, Bind.SUM)

    def is_number(self, e: sp.Expr) -> bool:
        return is_ones(e) if is_matrix(e) else e.is_number

    def quotient(self, above: list[sp.Expr], below: list[sp.Expr]) -> Piece:
        """a * b / c / d; what stands below one line is divided by in turn."""
        first = self.piece(above[0]) if len(above) == 1 else None
        top = first.text if first and first.bind >= Bind.PRODUCT else " * ".join(self.text(f, Bind.SIGN) for f in above)
        text = (top or "1") + "".join(f" / {self.text(f, Bind.SIGN)}" for f in below)
        return first if first and not below else Piece(text, Bind.PRODUCT)

    # ------------------------------------------------------------ functions
    def _print_Function(self, e: sp.Function) -> Piece:
        name = FUNCTIONS.get(type(e).__name__, identifier(type(e).__name__))
        return Piece(f"{name}({', '.join(map(self.text, e.args))})", Bind.ATOM)

    def _print_sigma(self, e: sp.Function) -> Piece:
        return self.quotient([sp.S.One], [1 + sp.exp(-e.args[0])])

    def _print_Max(self, e: sp.Max | sp.Min) -> Piece:
        name = {sp.Max: "np.maximum", sp.Min: "np.minimum"}[type(e)]
        first, *rest = sorted(e.args, key=lambda a: not a.is_number)
        text = self.text(first)
        for a in rest:
            text = f"{name}({text}, {self.text(a)})"
        return Piece(text, Bind.ATOM)

    _print_Min = _print_Max

    def _print_Heaviside(self, e: sp.Heaviside) -> Piece:
        if e.args[1] not in (0, 1):
            raise NotImplementedError(f"no NumPy for the value of {e} at its step: say 0 or 1")
        return Piece(f"({self.text(e.args[0])} {'>' if e.args[1] == 0 else '>='} 0)", Bind.ATOM)

    def _print_Piecewise(self, e: sp.Piecewise) -> Piece:
        *cases, (last, _) = e.args
        text = self.text(last)
        for value, condition in reversed(cases):
            text = f"np.where({self.text(condition)}, {self.text(value)}, {text})"
        return Piece(text, Bind.ATOM)

    def _print_Relational(self, e: Relational) -> Piece:
        return Piece(f"{self.text(e.lhs)} {RELATIONS[type(e)]} {self.text(e.rhs)}", Bind.SUM)

    def _print_ElementwiseApplyFunction(self, e: ElementwiseApplyFunction) -> Piece:
        t = sp.Dummy(real=True)
        body = e.function(t)
        if any(is_taken_whole(part, t) for part in sp.preorder_traversal(body)):
            raise NotImplementedError(f"no NumPy for what a function makes of each entry by a matrix: {e}")
        self.arguments[t] = self.piece(e.expr)
        piece = self.piece(body)
        del self.arguments[t]
        return piece

    def _print_Maximum(self, e: Maximum) -> Piece:
        """The largest entry of a matrix; another maximum is none of a whole array."""
        M, ranges = getattr(e.function, "parent", None), {k: (low, high) for k, low, high in e.limits}
        places = zip(e.function.indices, M.shape, strict=True) if M is not None else ()
        if M is None or any(ranges.pop(k, (k, k)) != (0, size - 1) for k, size in places) or ranges:
            raise NotImplementedError(f"no NumPy for a maximum but of all entries of a matrix: {e}")
        return Piece(f"np.max({self.text(M)})", Bind.ATOM)

    def _print_Total(self, e: Total) -> Piece:
        return Piece(f"np.sum({self.text(e.arg)})", Bind.ATOM)

    def _print_Trace(self, e: sp.Trace) -> Piece:
        return Piece(f"np.trace({self.text(e.arg)})", Bind.ATOM)
