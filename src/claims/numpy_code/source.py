"""NumPy code from a formula: readable lines, one for each named quantity, as a person would write them.

Nothing here imports NumPy; whoever runs the code gives it: `compiled(formula, "gradient", [X, A, y], {"np": numpy})`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import sympy as sp

from claims.language import NAMES, Named, NamedScalar, canonical, is_matrix

from .printer import CodePrinter
from .scalars import identifier


def numpy_source(formula: sp.Basic | Sequence[sp.Basic], name: str, args: Iterable[sp.Basic]) -> str:
    """The source of a function of `args`, matrices or scalars, that computes a formula, or several.

    Named quantities that are not arguments become lines of their own; sizes are read off the arguments.

    Raises:  ValueError if a symbol of the formula is neither an argument nor a size of one
    """
    several = isinstance(formula, (list, tuple))
    formulas = [canonical(sp.sympify(e)) for e in (formula if several else [formula])]
    printer, args = CodePrinter(), list(args)
    quantities = needed(formulas, args)
    body = [f"{identifier(q)} = {printer.text(q.expr)}" for q in quantities]
    results = [printer.text(e) for e in formulas]
    body.append(f"return {', '.join(results)}")
    lines = [f"def {name}({', '.join(map(identifier, args))}):", *size_lines(printer.used - set(args), args), *body]
    return "\n    ".join(lines) + "\n"


def compiled(
    formula: sp.Basic | Sequence[sp.Basic], name: str, args: Iterable[sp.Basic], namespace: dict[str, Any]
) -> Callable[..., Any]:
    """The function itself, run in a namespace that holds `np`, and activations by their names."""
    scope = dict(namespace)
    exec(numpy_source(formula, name, args), scope)  # noqa: S102  our own source, from an expression
    function: Callable[..., Any] = scope[name]
    return function


def needed(formulas: list[sp.Basic], args: list[sp.Basic]) -> list[Named | NamedScalar]:
    """The named quantities that the formulas are computed from, inner ones first, down to the arguments."""
    found: dict[Named | NamedScalar, None] = {}

    def visit(node: sp.Basic) -> None:
        if node in args or node in found:
            return
        for a in [node.expr] if isinstance(node, NAMES) else node.args:
            visit(a)
        if isinstance(node, NAMES):
            found[node] = None

    for e in formulas:
        visit(e)
    return list(found)


def size_lines(sizes: set[sp.Symbol], args: list[sp.Basic]) -> list[str]:
    """Lines that read sizes off the arguments."""
    shapes = [
        (size, f"{identifier(A)}.shape[{axis}]") for A in args if is_matrix(A) for axis, size in enumerate(A.shape)
    ]
    where = dict(reversed(shapes))  # the first argument that has a size
    unknown = sorted(s.name for s in sizes if s not in where)
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: neither an argument nor a size of one; add it to the arguments")
    return [f"{identifier(s)} = {where[s]}" for s in sorted(sizes, key=lambda s: s.name)]
