"""How each operation that has more than arguments is read; `r`, a `Reader`, has the tables and what is bound."""

from __future__ import annotations

import sympy as sp
from sympy.core.function import Derivative

from claims.errors import Unreadable
from claims.language import Analytic, Apply, Smooth, is_matrix

from .checked import chosen, symbol, value
from .grammar import CONSTANTS, FOLDS


def read_fraction(r, node):
    above, _, below = value(node, "value", str).partition("/")
    if int(below or 1) == 0:
        raise Unreadable(f"no number is divided by zero: {node}")
    return sp.Rational(int(above), int(below or 1))


def read_decimal(r, node):
    return sp.Float(value(node, "value", str), precision=value(node, "precision", int))


def read_constant(r, node):
    return CONSTANTS[chosen(node, "value", CONSTANTS)]


def read_call(r, node):
    g = r.free("functions", node, "function")
    for _ in range(value(node, "order", int, default=0)):
        g = g.prime
    (z,) = r.trees(value(node, "args", list))
    return g(z, evaluate=False)


def read_smooth(r, node):
    return Smooth(r.free("functions", node, "function"), value(node, "order", int))


def read_analytic(r, node):
    return Analytic(r.free("functions", node, "function"))


def read_apply(r, node):
    (M,) = r.trees(value(node, "args", list))
    if not is_matrix(M):
        raise Unreadable(f"'apply' takes a matrix where {M} stands")
    return Apply(lambda t: r.body(node, t), M)


def read_function_matrix(r, node):
    shape, variables = r.trees(value(node, "args", list)), [symbol(b) for b in value(node, "bind", list)]
    return sp.FunctionMatrix(*shape, sp.Lambda(tuple(variables), r.body(node, *variables)))


def read_fold(r, node):
    """A sum, a product, an integral; SymPy's own would put what is nested into another form."""
    with r.scope():
        limits = [r.limit(binder) for binder in value(node, "bind", list)]
        body = r.tree(value(node, "body"))
    made = sp.Expr.__new__(FOLDS[node["op"]], body, *reversed(limits))
    made.is_commutative = body.is_commutative
    return made


def read_rows(r, node):
    entries = [r.tree(x) for row in value(node, "rows", list) for x in row]
    return sp.ImmutableDenseMatrix(*value(node, "shape", list), entries)


def read_cases(r, node):
    cases = [(r.tree(value(case, "value")), r.tree(value(case, "if"))) for case in value(node, "cases", list)]
    return sp.Piecewise(*cases, evaluate=False)


def read_derivative(r, node):
    by = [(r.tree(value(b, "variable")), r.tree(value(b, "times"))) for b in value(node, "by", list)]
    return Derivative(*r.trees(value(node, "args", list)), *by, evaluate=False)


RULES = {
    "integer": read_fraction,
    "rational": read_fraction,
    "decimal": read_decimal,
    "constant": read_constant,
    "symbol": lambda r, node: r.free("symbols", node),
    "matrix": lambda r, node: r.free("matrices", node),
    "name": lambda r, node: r.free("names", node),
    "bound": lambda r, node: r.variable(node),
    "call": read_call,
    "apply": read_apply,
    "function-matrix": read_function_matrix,
    **dict.fromkeys(FOLDS, read_fold),
    "rows": read_rows,
    "cases": read_cases,
    "derivative": read_derivative,
    "smooth": read_smooth,
    "analytic": read_analytic,
}
