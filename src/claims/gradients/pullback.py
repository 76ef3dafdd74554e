"""Backpropagation on expressions: what each operation hands back to its operands.

The adjoint G of an expression e is the derivative of the loss with respect to it, so that d loss = <G, de>.  A rule
gives the adjoints of the operands of e; each is a lemma: the gradient of <G, e(X)> with respect to X, G held constant.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any, NamedTuple

import sympy as sp
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction

from claims.language import (
    BOUND,
    NAMES,
    Blocks,
    Expectation,
    Named,
    NamedScalar,
    Total,
    apply,
    canonical,
    is_matrix,
    ones,
)
from claims.language.products import entrywise, is_ones, product, product_parts

from .selection import chosen, ranges


class Contribution(NamedTuple):
    """The adjoint that an operation hands to one of its operands, and by which rule."""

    rule: str
    operand: sp.Basic
    adjoint: sp.Basic


def pullback(expression: Any, G: sp.Expr, X: sp.Expr) -> sp.Expr:
    """The gradient with respect to X of <G, expression>, G held constant.

    Shapes:  expression and G alike; the result like X
    Raises:  NotImplementedError for an operation without a rule
    """
    expression = canonical(sp.sympify(expression))
    if expression == X:
        return G
    parts = contributions(expression, G) if expression.has(X) else []
    handed = [pullback(operand, H, X) for _, operand, H in parts if operand.has(X)]
    return add_up(handed, X)


def add_up(adjoints: list[sp.Expr], X: sp.Expr) -> sp.Expr:
    """The sum of adjoints of X; zero if there are none."""
    if not adjoints:
        return sp.ZeroMatrix(*X.shape) if is_matrix(X) else sp.S.Zero
    if len(adjoints) == 1:
        return adjoints[0]
    return sp.MatAdd(*adjoints) if is_matrix(X) else sp.Add(*adjoints)


@functools.singledispatch
def contributions(e: sp.Expr, G: sp.Expr) -> list[Contribution]:
    """What e, with adjoint G, hands to each of its operands."""
    raise NotImplementedError(
        f"no rule for the derivative of {type(e).__name__.strip('_')}: {e}; write it with products, sums and functions of entries"
    )


@contributions.register(Named)
@contributions.register(NamedScalar)
def _(e: Named | NamedScalar, G: sp.Expr) -> list[Contribution]:
    return [Contribution("definition", e.expr, G)]


@contributions.register(sp.MatrixSymbol)
@contributions.register(sp.OneMatrix)
@contributions.register(sp.Identity)
@contributions.register(sp.ZeroMatrix)
def _(e: sp.MatrixExpr, G: sp.MatrixExpr) -> list[Contribution]:
    return []


@contributions.register
def _(e: sp.MatAdd, G: sp.MatrixExpr) -> list[Contribution]:
    return [Contribution("sum", term, G) for term in e.args]


@contributions.register
def _(e: sp.MatMul, G: sp.MatrixExpr) -> list[Contribution]:
    scalar, factors = product_parts(e)
    out = [Contribution("scalar multiple", scalar, Total(entrywise(G, product(*factors))))] if scalar != 1 else []
    for k, factor in enumerate(factors):
        left, right = [f.T for f in reversed(factors[:k])], [f.T for f in reversed(factors[k + 1 :])]
        if isinstance(factor, sp.DiagMatrix) and right:
            out.append(_row_scaling(factor.args[0], product(*left, G, scalar=scalar), product(*factors[k + 1 :])))
        else:
            out.append(Contribution(_product_rule(left, right), factor, product(*left, G, *right, scalar=scalar)))
    return out


def _product_rule(left: list[sp.MatrixExpr], right: list[sp.MatrixExpr]) -> str:
    if not left and not right:
        return "scalar multiple"
    return "broadcast" if all(map(is_ones, left + right)) else "product"


def _row_scaling(v: sp.MatrixExpr, G: sp.MatrixExpr, right: sp.MatrixExpr) -> Contribution:
    """diag(v) R scales the rows of R: v gets the row sums of G o R."""
    column = product(entrywise(G, right), ones(right.cols))
    return Contribution("diagonal", v, column if v.cols == 1 else column.T)


@contributions.register
def _(e: sp.Inverse, G: sp.MatrixExpr) -> list[Contribution]:
    return [Contribution("inverse", e.arg, product(sp.Transpose(e), G, sp.Transpose(e), scalar=sp.S.NegativeOne))]


@contributions.register
def _(e: sp.MatPow, G: sp.MatrixExpr) -> list[Contribution]:
    if not (e.exp.is_Integer and e.exp > 0):
        return contributions.dispatch(object)(e, G)
    return contributions(sp.MatMul(*[e.base] * int(e.exp)), G)


@contributions.register
def _(e: sp.Transpose, G: sp.MatrixExpr) -> list[Contribution]:
    return [Contribution("transpose", e.arg, G.T)]


@contributions.register
def _(e: Blocks, G: sp.MatrixExpr) -> list[Contribution]:
    among = ranges(e)
    return [Contribution("block", A, chosen(G, where, among)) for A, where in zip(e.args, among, strict=True)]


@contributions.register
def _(e: sp.HadamardProduct, G: sp.MatrixExpr) -> list[Contribution]:
    return [
        Contribution("Hadamard product", factor, entrywise(G, *e.args[:k], *e.args[k + 1 :]))
        for k, factor in enumerate(e.args)
    ]


@contributions.register
def _(e: sp.HadamardPower, G: sp.MatrixExpr) -> list[Contribution]:
    if is_matrix(e.exp):
        raise NotImplementedError(f"no rule for the derivative of a power whose exponent is a matrix: {e}")
    slope = e.base if e.exp == 2 else sp.HadamardPower(e.base, e.exp - 1)
    base = Contribution("Hadamard power", e.base, entrywise(G, product(slope, scalar=e.exp)))
    if e.exp.is_number:
        return [base]
    return [base, Contribution("exponent", e.exp, Total(entrywise(G, e, apply(sp.log, e.base))))]


@contributions.register
def _(e: ElementwiseApplyFunction, G: sp.MatrixExpr) -> list[Contribution]:
    inside = Contribution("elementwise", e.expr, entrywise(G, apply(derivative(e.function), e.expr)))
    return [inside, *(_parameter(e, operand, G) for operand in _parameters(e.function))]


def derivative(function: sp.Lambda) -> sp.Lambda:
    """The derivative of a real function; at the kink of max(0, z) the subgradient 0, as in NumPy's z > 0."""
    _parameters(function)
    slope = slope_by(function(BOUND), BOUND)
    return sp.Lambda(BOUND, slope.replace(sp.Heaviside, lambda z, *_: sp.Heaviside(z, 0)))


def _parameters(function: sp.Lambda) -> list[sp.Expr]:
    """The scalars and totals in the body of a function of entries, which are the same for all entries.

    Raises:  NotImplementedError for one that is another one for each entry
    """
    (variable,) = function.bound_symbols
    operands = [operand for operand in scalar_operands(function.expr) if operand != variable]
    if mixed := [operand for operand in operands if operand.has(variable)]:
        raise NotImplementedError(f"no rule for the derivative of {mixed[0]}, which is another one for each {variable}")
    return operands


def _parameter(e: ElementwiseApplyFunction, operand: sp.Expr, G: sp.MatrixExpr) -> Contribution:
    """What a function of entries hands to a scalar in its body: the sum over all entries."""
    symbol = sp.Dummy(real=True)
    slope = slope_by(e.function.expr.xreplace({operand: symbol}), symbol).xreplace({symbol: operand})
    return Contribution(
        "parameter", operand, Total(entrywise(G, apply(sp.Lambda(e.function.signature, slope), e.expr)))
    )


def slope_by(e: sp.Expr, symbol: sp.Symbol) -> sp.Expr:
    """The derivative of a scalar by a symbol, where it is no jump.

    Raises:  NotImplementedError where SymPy knows none
    """
    slope = _as_usual(_in_pairs(e, symbol).diff(symbol))
    if any(power.base.has(symbol) and power.exp.free_symbols for power in e.atoms(sp.Pow)):
        slope = sp.powsimp(slope, deep=True, combine="exp")  # n x^(n - 1), which SymPy has as n x^n / x
    slope = slope.replace(sp.DiracDelta, lambda *_: sp.S.Zero).replace(_is_slope_of_steps, lambda _: sp.S.Zero)
    if slope.has(sp.Derivative, sp.Subs):
        raise NotImplementedError(f"no rule for the derivative of {e}: it would be {slope}")
    return slope


def _is_slope_of_steps(e: sp.Basic) -> bool:
    return isinstance(e, sp.Derivative) and isinstance(e.expr, (sp.floor, sp.ceiling))


class _Pair(sp.Function):
    """The larger or smaller of two numbers; where they are the same its slope is that of one of them.

    SymPy's slope is that of both, or of none, also where they are the same in more than a point.
    """

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        u, v = self.args
        later = sp.Heaviside(self.sign * (v - u), 0)
        return later if argindex == 2 else 1 - later


class _Larger(_Pair):
    usual, sign = sp.Max, 1


class _Smaller(_Pair):
    usual, sign = sp.Min, -1


PAIRS = (_Larger, _Smaller)


def _in_pairs(e: sp.Expr, symbol: sp.Symbol) -> sp.Expr:
    """The expression with two compared at a time, what has this symbol with what has not."""
    for pair in PAIRS:
        e = e.replace(
            pair.usual, lambda *args, pair=pair: functools.reduce(pair, _still_before(pair.usual, args, symbol))
        )
    return e


def _still_before(extreme: type[sp.Expr], args: Iterable[sp.Expr], symbol: sp.Symbol) -> list[sp.Expr]:
    still = [a for a in args if not a.has(symbol)]
    return [*([extreme(*still)] if still else []), *(a for a in args if a.has(symbol))]


def _as_usual(e: sp.Expr) -> sp.Expr:
    for pair in PAIRS:
        e = e.replace(pair, pair.usual)
    return e


@contributions.register
def _(e: sp.DiagMatrix, G: sp.MatrixExpr) -> list[Contribution]:
    column = product(entrywise(G, sp.Identity(e.rows)), ones(e.rows))
    return [Contribution("diagonal", e.args[0], column if e.args[0].cols == 1 else column.T)]


# ---------------------------------------------------------------- scalars
@contributions.register
def _(e: Total, G: sp.Expr) -> list[Contribution]:
    return [Contribution("total", e.arg, product(ones(*e.arg.shape), scalar=G))]


@contributions.register
def _(e: sp.Trace, G: sp.Expr) -> list[Contribution]:
    return [Contribution("trace", e.arg, product(sp.Identity(e.arg.rows), scalar=G))]


@contributions.register
def _(e: sp.Determinant, G: sp.Expr) -> list[Contribution]:
    return [Contribution("determinant", e.arg, product(sp.Transpose(e.arg.inverse()), scalar=G * e))]


@contributions.register
def _(e: sp.Expr, G: sp.Expr) -> list[Contribution]:
    if is_matrix(e):
        return contributions.dispatch(object)(e, G)
    operands = scalar_operands(e)
    if operands == [e]:
        return [] if isinstance(e, sp.Symbol) else contributions.dispatch(object)(e, G)
    at = {operand: sp.Dummy(real=True) for operand in operands}
    flat, back = e.xreplace(at), {symbol: operand for operand, symbol in at.items()}
    return [Contribution("scalar", operand, G * slope_by(flat, at[operand]).xreplace(back)) for operand in operands]


def scalar_operands(e: sp.Expr) -> list[sp.Expr]:
    """The totals, traces, expectations, slopes, names and symbols that a scalar is a function of, in the order of writing.

    A whole number is none: there is no slope by it.
    """
    parts = (Total, sp.Trace, sp.Determinant, Expectation, sp.Derivative, sp.Symbol, *NAMES)
    if isinstance(e, parts) or not e.args or is_matrix(e):
        return [] if getattr(e, "is_number", True) or isinstance(e, sp.Symbol) and e.is_integer else [e]
    found = [operand for a in e.args for operand in scalar_operands(a)]
    return [e] if any(map(is_matrix, found)) else list(dict.fromkeys(found))
