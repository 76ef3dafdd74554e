"""How scalars are arranged: sums, products and fractions, functions."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixElement

from claims.language import Maximum, NamedScalar, Total
from claims.language.products import product, product_parts

from .notation import Bind, Piece
from .rules import Rules

VARYING = (Total, sp.Sum, MatrixElement, sp.KroneckerDelta)
LAST_LETTERS = "uvwxyz"  # of the alphabet: variables, as people write them
REACHING = (sp.Sum, sp.Product, Maximum, sp.Integral)


def is_reciprocal(f: sp.Expr) -> bool:
    """Is f a power with a negative exponent?  b^(m - k) is not: it stays on the line."""
    return isinstance(f, sp.Pow) and f.exp.as_coeff_Mul()[0].is_negative


def one_root(factors: list[sp.Expr]) -> list[sp.Expr]:
    """sqrt(2) / sqrt(n), as SymPy keeps it, is sqrt(2 / n)."""
    roots = [f for f in factors if isinstance(f, sp.Pow) and abs(f.exp) == sp.S.Half and not f.has(*VARYING)]
    if len(roots) < 2:
        return factors
    inside = sp.Mul(*[f.base ** (2 * f.exp) for f in roots])
    return [f for f in factors if f not in roots] + [sp.Pow(inside, sp.S.Half, evaluate=False)]


class ScalarRules(Rules):
    """Rules of the printer for scalars; each `_print_X` returns a Piece."""

    # ------------------------------------------------------------ signs, and sums of terms
    def signed(self, e: sp.Basic) -> tuple[int, sp.Basic]:
        """The sign that e is printed with, and e without it."""
        if isinstance(e, sp.MatMul):
            return self.signed_product(e)
        if getattr(e, "is_Matrix", False) or not isinstance(e, sp.Expr):
            return 1, e
        if isinstance(e, sp.Sum):
            sign, body = self.signed(e.function)
            return (sign, sp.Sum(body, *e.limits)) if sign < 0 else (1, e)
        if e.as_coeff_Mul()[0].is_negative:
            sign, e = self.signed(-e)
            return -sign, e
        return self.signed_factor(e) if isinstance(e, sp.Mul) else (1, e)

    def signed_product(self, e: sp.MatrixExpr) -> tuple[int, sp.MatrixExpr]:
        """A product and its sign apart."""
        scalar, factors = product_parts(e)
        sign, scalar = self.signed(scalar)
        return sign, product(*factors, scalar=scalar)

    def signed_factor(self, e: sp.Mul) -> tuple[int, sp.Mul]:
        """(1/m) (-u - v) is -(1/m) (u + v)."""
        for f in e.args:
            if f.is_Add and all(self.signed(t)[0] < 0 for t in f.args):
                rest = [a for a in e.args if a is not f]
                return -1, sp.Mul(*rest, sp.Add(*[-t for t in f.args]), evaluate=False)
        return 1, e

    def add_up(self, terms: list[tuple[int, str]]) -> Piece:
        """Terms with their signs, one text; the positive ones come first."""
        text = ""
        for sign, term in sorted(terms, key=lambda t: t[0] < 0):
            joint = (" + " if sign > 0 else " - ") if text else ("" if sign > 0 else "-")
            text += joint + term
        return Piece(text, Bind.SUM)

    def _print_Add(self, e: sp.Add) -> Piece:
        common = self.common_factor(e)
        if common is not None:
            return self.piece(sp.Mul(common, sp.Add(*[t / common for t in e.args]), evaluate=False))
        counts = all(s.is_integer for s in e.free_symbols)
        rank = functools.partial(self.term_rank, counts)
        terms = sorted(sorted(map(self.signed, e.args), key=rank), key=lambda t: t[0] < 0)
        last = len(terms)  # a sum sign takes all that follows: only those at the end go without brackets
        while last and self.is_reaching(terms[last - 1][1]):
            last -= 1
        level = [Bind.PRODUCT] * last + [Bind.OPEN] * (len(terms) - last)
        return self.add_up([(sign, self.show(t, bind)) for (sign, t), bind in zip(terms, level)])

    def term_rank(self, counts: bool, signed: tuple[int, sp.Basic]) -> tuple[Any, ...]:
        """Numbers first, or last where something is counted, then what varies, then the shorter, sums last.

        So 1 + exp(z), x w + b and f(x + h), but m + 1.
        """
        _, t = signed
        text = self.show(t)
        varies = any(s.name[0] in LAST_LETTERS for s in t.free_symbols)
        return t.has(*REACHING), t.is_number == counts, not varies, not isinstance(t, sp.Function), len(text), text

    def is_reaching(self, t: sp.Basic) -> bool:
        return isinstance(t, REACHING) or isinstance(t, sp.Mul) and any(isinstance(f, REACHING) for f in t.args)

    def common_factor(self, e: sp.Add) -> sp.Expr | None:
        """The factor without entries that all terms share: -(1/m) (<Y, log A> + ...)."""
        if not e.has(Total, sp.Sum):
            return None
        factors = [t.as_independent(*VARYING, as_Add=False)[0] for t in e.args]
        return factors[0] if len(set(factors)) == 1 and abs(factors[0]) != 1 else None

    # ------------------------------------------------------------ products and fractions
    def _print_Mul(self, e: sp.Mul) -> Piece:
        if sp.I in e.args:
            return self.piece(self.with_imaginary(e))
        sign, e = self.signed(e)
        minus = "-" if sign < 0 else ""
        if not isinstance(e, sp.Mul):
            return Piece(minus + self.show(e, Bind.PRODUCT), Bind.SUM if minus else Bind.PRODUCT)
        constant, varying = self.split_fraction(one_root([f for f in e.args if f != 1]))
        if varying[1]:  # what varies stands below: one fraction holds it all
            top, low = (self.row(a + b) for a, b in zip(constant, varying))
            piece = self.notation.fraction(top, low)
        elif constant[1] and varying[0]:
            top, low = map(self.row, constant)
            piece = self.notation.scaled(top, low, self.row(varying[0], factor=True))
        elif constant[1]:
            piece = self.notation.fraction(*map(self.row, constant))
        else:
            piece = self.row(constant[0] + varying[0])
        return Piece(minus + piece.text, Bind.SUM if minus else piece.bind)

    def with_imaginary(self, e: sp.Mul) -> sp.Mul:
        """SymPy keeps u / (2 i) as -i u / 2."""
        c, factors = e.as_coeff_mul()
        others = [f for f in factors if f != sp.I]
        many = len(factors) - len(others)
        unit = sp.Symbol(self.notation.imaginary) ** many
        if many == 1 and c.is_negative and sp.fraction(e)[1] != 1:
            return sp.Mul(-c, *others, 1 / unit, evaluate=False)
        return sp.Mul(c, unit, *others, evaluate=False)

    def split_fraction(self, factors: list[sp.Expr]) -> list[list[list[sp.Expr]]]:
        """Factors above and below the line: those that are constant, those that vary over the entries."""
        constant: tuple[list[sp.Expr], list[sp.Expr]] = ([], [])
        varying: tuple[list[sp.Expr], list[sp.Expr]] = ([], [])
        for f in factors:
            above, below = varying if f.has(*VARYING) else constant
            if isinstance(f, sp.Rational) and f.q != 1:
                above += [sp.Integer(f.p)] if f.p != 1 else []
                below.append(sp.Integer(f.q))
            elif is_reciprocal(f):
                below.append(1 / f)
            else:
                above.append(f)
        return [[sorted(side, key=self.factor_rank) for side in pair] for pair in (constant, varying)]

    def factor_rank(self, f: sp.Expr) -> tuple[Any, ...]:
        """Numbers, powers of numbers, symbols, deltas, functions, sums in brackets, logarithms; sum signs last."""
        is_sum = f.is_Add or f.is_Pow and f.base.is_Add
        kinds = (isinstance(f, REACHING), self.is_entrywise(f), not f.is_number, f.has(sp.KroneckerDelta))
        return *kinds, isinstance(f, sp.log), is_sum, isinstance(f, sp.Function), self.show(f)

    def row(self, factors: list[sp.Expr], factor: bool = False) -> Piece:
        """Factors side by side; `factor` when more stands before them."""
        if not factors:
            return Piece("1", Bind.ATOM)
        if len(factors) == 1 and not factor:
            return self.piece(factors[0])
        last = factors[-1]
        texts = [self.show(f, Bind.POWER) for f in factors[:-1]] + [self.show(last, self.last_level(factors))]
        text, many = texts[0], len([f for f in factors if self.is_entrywise(f)]) > 1
        for before, f, t in zip(factors, factors[1:], texts[1:]):  # 2 3^k would read as 23^k
            both = self.is_entrywise(before) and self.is_entrywise(f)
            text += (self.notation.hadamard if both else self.notation.times if t[0].isdigit() else " ") + t
        bind = Bind.HADAMARD if many else Bind.PRODUCT
        return Piece(text, Bind.OPEN if isinstance(last, REACHING) else bind)

    def is_entrywise(self, e: sp.Expr) -> bool:
        """Does a matrix stand in e in the place of its entries?"""
        return bool(self.arguments) and e.has(*self.arguments)

    def last_level(self, factors: list[sp.Expr]) -> Bind:
        """The last of a row may be a sum sign, or the only product of vectors: lambda u^T v."""
        if isinstance(factors[-1], REACHING):
            return Bind.OPEN
        alone = [f for f in factors if f.has(Total)] == [factors[-1]]
        return Bind.PRODUCT if alone and isinstance(factors[-1], Total) else Bind.POWER

    def _print_Pow(self, e: sp.Pow) -> Piece:
        if is_reciprocal(e):
            return self.notation.fraction(Piece("1", Bind.ATOM), self.piece(1 / e))
        if isinstance(e.base, Total) and e.exp.is_Rational and self.square_root(e.base) is not None:
            return self.norm_power(self.square_root(e.base), 2 * e.exp)
        if e.exp == sp.S.Half:
            return self.notation.root(self.show(e.base))
        if self.is_entrywise(e.base):
            return self.notation.hadamard_power(self.show(e.base, Bind.ATOM), self.piece(e.exp))
        return self.notation.power(self.show(e.base, Bind.ATOM), self.piece(e.exp))

    def square_root(self, T: Total) -> sp.MatrixExpr | None:
        """R where T is the sum of the squares of R, or None."""
        M = T.arg
        if isinstance(M, sp.HadamardPower) and M.exp == 2:
            return M.base
        if isinstance(M, sp.HadamardProduct) and len(M.args) == 2 and M.args[0] == M.args[1]:
            return M.args[0]
        return None

    def norm_power(self, R: sp.MatrixExpr, exponent: sp.Expr) -> Piece:
        norm = self.notation.norm(self.show(R))
        return Piece(norm, Bind.ATOM) if exponent == 1 else self.notation.power(norm, self.piece(exponent))

    # ------------------------------------------------------------ numbers, symbols, functions
    def _print_Symbol(self, e: sp.Symbol) -> Piece:
        return self.arguments.get(e) or self.called(self.names.get(e) or self.notation.name(e.name))

    def _print_NamedScalar(self, e: NamedScalar) -> Piece:
        return self.called(self.notation.loss if e.name == "L" else self.notation.name(e.name))

    def _print_Number(self, e: sp.Number) -> Piece:
        if e.is_Rational and e.q != 1:
            fraction = self.notation.fraction(*(Piece(str(k), Bind.ATOM) for k in (abs(e.p), e.q)))
            return Piece("-" + fraction.text, Bind.SUM) if e.p < 0 else fraction
        return Piece(str(e), Bind.ATOM if e >= 0 else Bind.SUM)

    def _print_Infinity(self, e: sp.Expr) -> Piece:
        return Piece(self.notation.infinity, Bind.ATOM)

    def _print_NegativeInfinity(self, e: sp.Expr) -> Piece:
        return Piece("-" + self.notation.infinity, Bind.SUM)

    def _print_Pi(self, e: sp.Expr) -> Piece:
        return Piece(self.notation.pi, Bind.ATOM)

    def _print_ImaginaryUnit(self, e: sp.Expr) -> Piece:
        return Piece(self.notation.imaginary, Bind.ATOM)

    def _print_Exp1(self, e: sp.Expr) -> Piece:
        return Piece("e", Bind.ATOM)

    def _print_exp(self, e: sp.exp) -> Piece:
        return self.notation.exponential(self.piece(e.args[0]))

    def _print_Abs(self, e: sp.Abs) -> Piece:
        return Piece(self.notation.absolute(self.show(e.args[0])), Bind.ATOM)

    def _print_Heaviside(self, e: sp.Heaviside) -> Piece:
        sign = {0: "Gt", 1: "Ge"}.get(e.args[1])
        if sign is None:
            return self.call("H", e.args[:1])
        return Piece(self.notation.indicator(f"{self.show(e.args[0])} {self.notation.relations[sign]} 0"), Bind.ATOM)

    def _print_Max(self, e: sp.Max | sp.Min) -> Piece:
        return self.call(type(e).__name__.lower(), sorted(e.args, key=lambda a: (not a.is_number, self.show(a))))

    _print_Min = _print_Max

    def _print_Function(self, e: sp.Function) -> Piece:
        return self.call(type(e).__name__, e.args)

    def call(self, function: str, args: Iterable[sp.Basic]) -> Piece:
        body = self.notation.bracket(", ".join(self.show(a) for a in args))
        return Piece(self.notation.function(function) + body, Bind.ATOM)

    def _print_Piecewise(self, e: sp.Piecewise) -> Piece:
        cases = [(value, condition) for value, condition in e.args]
        if len(cases) == 2 and [v for v, _ in cases] == [1, 0] and cases[1][1] == sp.true:
            return Piece(self.notation.indicator(self.show(cases[0][1])), Bind.ATOM)
        rows = [(self.show(v), "" if c == sp.true else self.show(c)) for v, c in cases]
        return Piece(self.notation.cases(rows), Bind.ATOM)

    def _print_And(self, e: sp.And) -> Piece:
        parts = [self.notation.bracket(self.show(a)) if isinstance(a, sp.Or) else self.show(a) for a in e.args]
        return Piece(self.notation.both.join(sorted(parts)), Bind.SUM)

    def _print_Or(self, e: sp.Or) -> Piece:
        return Piece(self.notation.either.join(sorted(map(self.show, e.args))), Bind.SUM)

    def _print_Not(self, e: sp.Not) -> Piece:
        """Not both is either not."""
        return self.piece(sp.to_nnf(e))
