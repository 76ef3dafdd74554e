"""One printed name must mean one thing in a claim: a reader could not tell two apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixElement

from claims.errors import Ambiguous

from .derivatives import Partial
from .expectation import Random
from .functions import Activation, Argument
from .letters import seen, without_index
from .names import NamedScalar, parts
from .predicates import Analytic, Smooth
from .scopes import SUMS, binds
from .unfolding import named_variables, unfold

Thing = Any  # a symbol, a matrix or a name, which are expressions, or a function, which is a class


def check_names(expressions: Iterable[sp.Basic]) -> None:
    """Refuse symbols of one name with different assumptions, and matrices of one name with different sizes or meanings.

    Also dummies, functions, a matrix and a number of one name, a number x_1 beside entries of x, and x1 and x_1, or α and alpha: they print alike.

    Raises:  Ambiguous, naming the symbol
    """
    met: dict[tuple[str, str], tuple[str, Thing]] = {}
    for e in expressions:
        for kind, name, thing in named_things(e):
            called, other = met.setdefault((kind, seen(name)), (name, thing))
            if type(other) is not type(thing) or other != thing:
                names = name if called == name else f"{called} and {name}, which are printed alike"
                raise Ambiguous(f"two different things are called {names}: {_told(other)}, and {_told(thing)}")
    read = {
        seen(x.parent.name)
        for e in expressions
        for x in e.atoms(MatrixElement)
        if x.parent.is_symbol and x.parent.shape != (1, 1)
    }
    for name, thing in met.values():
        if isinstance(thing, (sp.Symbol, NamedScalar)) and (of := without_index(name)) in read:
            raise Ambiguous(f"{name} is printed like an entry of {of}: call the number otherwise")


def check_binders(expressions: Iterable[sp.Basic]) -> None:
    """Refuse a condition that SymPy moved out of the sum or the function that binds its letter.

    It writes a sum of pieces as pieces with sums in them, also where the condition speaks of an index of an inner sum.
    The letter is then free, or bound by another sum around it; it is still bound in the pieces.

    Raises:  Ambiguous, naming the letter
    """
    for e in expressions:
        bound = {limit[0] for s in e.atoms(*SUMS) for limit in s.limits}
        conditions = {s for pieces in e.atoms(sp.Piecewise) for _, holds in pieces.args for s in holds.free_symbols}
        astray = [s for s in e.free_symbols if isinstance(s, Argument) or s in bound and s in conditions]
        astray += [s for pieces in e.atoms(sp.Piecewise) for s in _bound_in_values(pieces)]
        if astray:
            raise Ambiguous(
                f"{min(map(str, astray))} stands in a condition outside of what binds it; SymPy moves conditions out of "
                "sums: give the inner sum a letter of its own, or write it as a matrix product, or the condition as a "
                "matrix of zeros and ones"
            )


def _bound_in_values(pieces: sp.Piecewise) -> frozenset[sp.Basic]:
    """The letters of its conditions that something in its values binds."""
    bound = frozenset().union(*(binds(x) for value, _ in pieces.args for x in sp.preorder_traversal(value)))
    return bound.intersection(s for _, holds in pieces.args for s in holds.free_symbols)


def check_held(expressions: Iterable[sp.Basic]) -> None:
    """Refuse a slope by a name that runs with a variable inside of what is differentiated: which of its values is meant?

    Raises:  Ambiguous, naming both
    """
    for e in expressions:
        for slope in parts(e, (Partial, sp.Derivative)):
            for name in named_variables(slope):
                inside = unfold(slope.args[0], keep=[name])
                running = [k for b in sp.preorder_traversal(inside) if b.has(name) for k in binds(b)]
                if found := [k for k in running if k.is_Symbol and k in unfold(name).free_symbols]:
                    raise Ambiguous(f"{name}, which a slope is taken by, runs with {found[0]} inside of that slope")


def named_things(e: sp.Basic) -> Iterator[tuple[str, str, Thing]]:
    """(kind, name, thing) for all that is not bound, in sizes of matrices and in definitions of names too."""
    bound = {limit[0] for s in e.atoms(*SUMS) for limit in s.limits}
    bound = bound.union(*(f.bound_symbols for f in e.atoms(sp.Lambda)))
    for node in sp.preorder_traversal(e):
        if isinstance(node, (sp.MatrixSymbol, NamedScalar)) or (isinstance(node, sp.Symbol) and node not in bound):
            yield "letter", node.name, node
        elif (f := _function(node)) is not None:
            yield "function", f.__name__, f


def _function(node: sp.Basic) -> type[sp.Function] | None:
    """The function that a node applies or speaks of, or None."""
    f = node.function if isinstance(node, (Smooth, Analytic)) else type(node)
    if issubclass(f, Activation):
        return f.base
    return f if issubclass(f, sp.Function) else None


def _told(thing: Thing) -> str:
    if isinstance(thing, type):
        slope = getattr(thing, "slope", None)
        return "a function of SymPy" if not issubclass(thing, Activation) else (
            "a function that may be any" if slope is None else f"a function whose slope is {slope}")  # fmt: skip
    if isinstance(thing, Random):
        return f"a random {thing.rows} x {thing.cols} matrix with mean {thing.mean} and variance {thing.variance}"
    if isinstance(thing, sp.MatrixSymbol):
        defined = f" defined as {thing.expr}" if hasattr(thing, "expr") else ""
        return f"a {thing.rows} x {thing.cols} matrix{defined}"
    if hasattr(thing, "expr"):
        return f"a name for {thing.expr}"
    dummy = "a dummy" if thing.is_Dummy else "a symbol"
    facts = [k for k, v in sorted(thing.assumptions0.items()) if v and k not in ("commutative", "complex", "finite")]
    return f"{dummy} that is {', '.join(facts) or 'any number'}"
