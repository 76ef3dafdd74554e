"""How each operation that has more than arguments is read; `r`, a `Reader`, has the tables and what is bound."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import sympy as sp
from sympy.core.function import Derivative

from claims.errors import Unreadable
from claims.language import Activation, Analytic, Apply, Smooth, is_matrix
from claims.language.decimals import digits_of, fraction_of

from .checked import brief, chosen, fitting, some, symbol, value
from .grammar import CONSTANTS, FOLDS
from .tables import Reading

FRACTION = re.compile(r"-?[0-9]+(/[0-9]+)?")
DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]*)?(e[+-]?[0-9]{1,6})?")
PRECISE = 100_000  # bits of a decimal, at the most


def digits(node: Any, form: re.Pattern[str]) -> str:
    """The digits of a number, in the form that `write` gives them."""
    text: str = value(node, "value", str)
    if not form.fullmatch(text):
        raise Unreadable(f"{node['op']!r} cannot be made of {brief(text)}: digits belong there, as in '-12'")
    return text


def read_fraction(r: Reading, node: Any) -> sp.Rational:
    above, _, below = digits(node, FRACTION).partition("/")
    if int(below or 1) == 0:
        raise Unreadable(f"no number is divided by zero: {node}")
    return sp.Rational(int(above), int(below or 1))


def read_decimal(r: Reading, node: Any) -> sp.Float:
    if not 1 <= (bits := value(node, "precision", int)) <= PRECISE:
        raise Unreadable(f"'precision' cannot be {bits}: it is a number of bits, from 1 to {PRECISE}")
    made = sp.Float(text := digits(node, DECIMAL), precision=bits)
    if fraction_of(made) != sp.Rational(text):
        raise Unreadable(
            f"{bits} bits are too few for {brief(text)}: they hold {digits_of(made)}; write it as a fraction"
        )
    return made


def read_constant(r: Reading, node: Any) -> sp.Expr:
    return CONSTANTS[chosen(node, "value", CONSTANTS)]


MOST_SLOPES = 20  # of slopes, one of the other: what writes a statement writes no more


def read_call(r: Reading, node: Any) -> Activation:
    g: type[Activation] = r.free("functions", node, "function")
    order = value(node, "order", int, default=0)
    if not 0 <= order <= MOST_SLOPES:
        raise Unreadable(f"'call' takes an order from 0 to {MOST_SLOPES}, and not {order}")
    for _ in range(order):
        g = g.prime
    (z,) = r.trees(value(node, "args", list))
    return g(z, evaluate=False)


def read_smooth(r: Reading, node: Any) -> Smooth:
    return Smooth(r.free("functions", node, "function"), value(node, "order", int))


def read_analytic(r: Reading, node: Any) -> Analytic:
    return Analytic(r.free("functions", node, "function"))


def read_apply(r: Reading, node: Any) -> Apply:
    (M,) = r.trees(value(node, "args", list))
    if not is_matrix(M):
        raise Unreadable(f"'apply' takes a matrix where {M} stands")
    return Apply(lambda t: r.body(node, t), M)


def read_function_matrix(r: Reading, node: Any) -> sp.FunctionMatrix:
    shape, variables = r.trees(value(node, "args", list)), [symbol(b) for b in value(node, "bind", list)]
    return sp.FunctionMatrix(*shape, sp.Lambda(tuple(variables), r.body(node, *variables)))


def read_fold(r: Reading, node: Any) -> sp.Expr:
    """A sum, a product, an integral; SymPy's own would put what is nested into another form."""
    with r.scope():
        limits = [r.limit(binder) for binder in some(node, "bind")]
        body = fitting("n", r.tree(value(node, "body")), node)
    made = sp.Expr.__new__(FOLDS[node["op"]], body, *reversed(limits))
    made.is_commutative = body.is_commutative
    return made


def read_rows(r: Reading, node: Any) -> sp.ImmutableDenseMatrix:
    """Rows of numbers, as many and as long as the shape says."""
    rows, shape = value(node, "rows", list), value(node, "shape", list)
    if len(shape) != 2 or len(rows) != shape[0] or any(not isinstance(x, list) or len(x) != shape[1] for x in rows):
        raise Unreadable(f"'shape' cannot be {brief(shape)}: it says how many 'rows' there are, and how long they are")
    entries = [fitting("n", r.tree(x), node) for row in rows for x in row]
    return sp.ImmutableDenseMatrix(*shape, entries)


def read_cases(r: Reading, node: Any) -> sp.Piecewise:
    cases = [(value(case, "value"), value(case, "if")) for case in some(node, "cases")]
    pairs = [(fitting("n", r.tree(piece), piece), fitting("c", r.tree(when), when)) for piece, when in cases]
    return sp.Piecewise(*pairs, evaluate=False)


def read_derivative(r: Reading, node: Any) -> sp.Basic:
    by = [(r.tree(value(b, "variable")), r.tree(value(b, "times"))) for b in some(node, "by")]
    if odd := next((times for _, times in by if not times.is_Integer or times < 0), None):
        raise Unreadable(f"'times' cannot be {odd}: it says how often a derivative is taken")
    return Derivative(*r.trees(value(node, "args", list)), *by, evaluate=False)


RULES: dict[str, Callable[[Reading, Any], sp.Basic]] = {
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
