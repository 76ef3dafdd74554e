"""How each operation is written; `w`, a `Writer`, has the tables of the statement and what is bound."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any, NoReturn

import sympy as sp
from sympy.core.function import Derivative
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction

from claims.errors import Unwritable
from claims.language import (
    BOUND,
    Activation,
    Analytic,
    Expectation,
    Grad,
    Hess,
    Jac,
    Maximum,
    Named,
    NamedScalar,
    Random,
    Smooth,
    canonical,
    sigma,
)
from claims.language.decimals import digits_of
from claims.language.expectation import BERNOULLI

from .grammar import CONSTANTS, FOLDS, LARGEST, OPERATIONS, misfit
from .symbols import described
from .tables import Writing

OP_OF = {kind: op for op, (kind, _) in OPERATIONS.items()}
NAME_OF = {value: name for name, value in CONSTANTS.items()}


@functools.singledispatch
def tree(e: sp.Basic, w: Writing) -> Any:
    op = OP_OF.get(type(e))
    if op is None:
        raise Unwritable(f"no way to write {type(e).__name__} as data: {e}; add it to claims/data/grammar.py")
    return operation(op, e.args, w)


def operation(op: str, args: Sequence[sp.Basic], w: Writing) -> dict[str, Any]:
    if reason := misfit(OPERATIONS[op][1], args):
        raise Unwritable(f"no way to write this as data: {op} {reason}")
    return {"op": op, "args": w.trees(args)}


@tree.register(sp.HadamardPower)
def _(e: sp.HadamardPower, w: Writing) -> Any:
    return operation("hadamard-power", e.args, w)


@tree.register(int)
@tree.register(float)
def _(e: float, w: Writing) -> Any:
    return w.tree(sp.sympify(e))


@tree.register(sp.logic.boolalg.BooleanAtom)
def _(e: sp.Basic, w: Writing) -> bool:
    return bool(e)


@tree.register(sp.Integer)
def _(e: sp.Integer, w: Writing) -> int | dict[str, Any]:
    return int(e) if abs(e) <= LARGEST else {"op": "integer", "value": str(e)}


@tree.register(sp.Rational)
def _(e: sp.Basic, w: Writing) -> dict[str, Any]:
    return {"op": "rational", "value": f"{e.p}/{e.q}"}


@tree.register(sp.Float)
def _(e: sp.Basic, w: Writing) -> dict[str, Any]:
    return {"op": "decimal", "value": digits_of(e), "precision": e._prec}


@tree.register(sp.core.numbers.NumberSymbol)
@tree.register(sp.core.numbers.ImaginaryUnit)
@tree.register(sp.core.numbers.Infinity)
@tree.register(sp.core.numbers.NegativeInfinity)
def _(e: sp.Basic, w: Writing) -> dict[str, Any]:
    if e not in NAME_OF:
        raise Unwritable(f"no way to write the constant {e} as data; add it to claims/data/grammar.py")
    return {"op": "constant", "value": NAME_OF[e]}


@tree.register(sp.Symbol)
def _(e: sp.Basic, w: Writing) -> dict[str, Any]:
    if e in w.bound:
        return {"op": "bound", "id": w.bound[e]}
    return w.leaf("symbol", "symbols", e, lambda: described(e))


@tree.register(sp.MatrixSymbol)
def _(e: sp.Basic, w: Writing) -> dict[str, Any]:
    w.closed(e)
    return w.leaf("matrix", "matrices", e, lambda: {"name": e.name, **sized(e, w)})


@tree.register(Random)
def _(e: sp.Basic, w: Writing) -> dict[str, Any]:
    """A random matrix: its line says its law too."""
    w.closed(e)
    return w.leaf("matrix", "matrices", e, lambda: {"name": e.name, **sized(e, w), "random": law(e, w)})


def law(e: Random, w: Writing) -> dict[str, Any]:
    spread = {} if e.law == BERNOULLI else {"variance": w.tree(e.variance)}
    return {"law": e.law, "mean": w.tree(e.mean), **spread}


def sized(e: sp.MatrixExpr, w: Writing) -> dict[str, Any]:
    return {"rows": w.tree(e.rows), "cols": w.tree(e.cols)}


@tree.register(Named)
@tree.register(NamedScalar)
def _(e: sp.Basic, w: Writing) -> dict[str, Any]:
    w.closed(e)
    shape = sized if isinstance(e, Named) else lambda *_: {}
    return w.leaf("name", "names", e, lambda: {"name": e.name, **shape(e, w), "definition": w.tree(e.expr)})


@tree.register(Activation)
def _(e: sp.Basic, w: Writing) -> dict[str, Any]:
    order = {"order": e.order} if e.order else {}
    return {"op": "call", "function": function(type(e), w), **order, "args": w.trees(e.args)}


def function(g: type[Activation], w: Writing) -> str:
    """The id of the function that g is a derivative of."""
    w.closed(g.base)
    return w.leaf("call", "functions", g.base, lambda: function_entry(g.base, w))["id"]


def function_entry(g: type[Activation], w: Writing) -> dict[str, Any]:
    """A known one, one that is known by its slope, or any."""
    w.meet(g)
    if g is sigma:
        return {"name": g.__name__, "known": "sigmoid"}
    if g.slope is None:
        return {"name": g.__name__}
    return {"name": g.__name__, "slope": slope(g, w)}


def slope(g: type[Activation], w: Writing) -> dict[str, Any]:
    with w.scope():
        return {"bind": [w.argument(BOUND)], "body": w.tree(g.slope)}


@tree.register(Smooth)
@tree.register(Analytic)
def _(e: sp.Basic, w: Writing) -> dict[str, Any]:
    order = {"order": e.order} if isinstance(e, Smooth) else {}
    return {"op": type(e).__name__.lower(), "function": function(e.function, w), **order}


# ---------------------------------------------------------------- what binds variables
@tree.register(ElementwiseApplyFunction)
def _(e: sp.Basic, w: Writing) -> dict[str, Any]:
    f, args = canonical(e).function, w.trees([e.expr])
    with w.scope():
        return {"op": "apply", "bind": [w.argument(v) for v in f.signature], "body": w.tree(f.expr), "args": args}


@tree.register(sp.FunctionMatrix)
def _(e: sp.Basic, w: Writing) -> dict[str, Any]:
    f, args = e.lamda, w.trees([e.rows, e.cols])
    with w.scope():
        bind = [w.bind(v) for v in f.signature]
        return {"op": "function-matrix", "bind": bind, "body": w.tree(f.expr), "args": args}


@tree.register(sp.Sum)
@tree.register(sp.Product)
@tree.register(Maximum)
@tree.register(sp.Integral)
def _(e: sp.Basic, w: Writing) -> dict[str, Any]:
    op = next(op for op, kind in FOLDS.items() if isinstance(e, kind))
    with w.scope():
        binders = []
        for variable, *ends in reversed(e.limits):  # SymPy's innermost comes first, and may use those after it
            low, high = w.trees(ends) if len(ends) == 2 else no_ends(e)
            binders.append(w.bind(variable, low=low, high=high))
        return {"op": op, "bind": binders, "body": w.tree(e.function)}


def no_ends(e: sp.Basic) -> NoReturn:
    raise Unwritable(f"no way to write {e} as data: give it both its ends")


# ---------------------------------------------------------------- what has more than arguments, or others
@tree.register(sp.Inverse)
def _(e: sp.Basic, w: Writing) -> dict[str, Any]:
    return operation("inverse", [e.arg], w)


@tree.register(Expectation)
@tree.register(Grad)
@tree.register(Hess)
@tree.register(Jac)
def _(e: sp.Basic, w: Writing) -> dict[str, Any]:
    return operation(e.symbol.lower(), e.args, w)


@tree.register(sp.MatrixBase)
def _(e: sp.Basic, w: Writing) -> dict[str, Any]:
    return {"op": "rows", "rows": [w.trees(row) for row in e.tolist()], "shape": list(e.shape)}


@tree.register(sp.Piecewise)
def _(e: sp.Basic, w: Writing) -> dict[str, Any]:
    return {"op": "cases", "cases": [{"value": w.tree(value), "if": w.tree(condition)} for value, condition in e.args]}


@tree.register(Derivative)
def _(e: sp.Basic, w: Writing) -> dict[str, Any]:
    by = [{"variable": w.tree(v), "times": w.tree(n)} for v, n in e.variable_count]
    return {"op": "derivative", "args": w.trees([e.expr]), "by": by}
