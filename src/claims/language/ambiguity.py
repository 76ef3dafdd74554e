"""One printed name must mean one thing in a claim: a reader could not tell two apart."""

from __future__ import annotations

import sympy as sp

from claims.errors import Ambiguous

from .names import Named, NamedScalar


def check_names(expressions) -> None:
    """Refuse symbols of one name with different assumptions, and matrices of one name with different sizes or meanings.

    Raises:  Ambiguous, naming the symbol
    """
    seen = {}
    for e in expressions:
        for thing in _named_things(e):
            kind = "matrix" if isinstance(thing, sp.MatrixSymbol) else "scalar"
            other = seen.setdefault((kind, thing.name), thing)
            if other != thing:
                raise Ambiguous(f"two different things are called {thing.name}: {_told(other)}, and {_told(thing)}")


def _named_things(e):
    bound = {limit[0] for s in e.atoms(sp.Sum, sp.Integral, sp.Product) for limit in s.limits}
    for node in sp.preorder_traversal(e):
        if (
            isinstance(node, (Named, NamedScalar, sp.MatrixSymbol))
            or isinstance(node, sp.Symbol)
            and not isinstance(node, sp.Dummy)
            and node not in bound
        ):
            yield node


def _told(thing) -> str:
    if isinstance(thing, sp.MatrixSymbol):
        defined = f" defined as {thing.expr}" if hasattr(thing, "expr") else ""
        return f"a {thing.rows} x {thing.cols} matrix{defined}"
    if hasattr(thing, "expr"):
        return f"a name for {thing.expr}"
    facts = [k for k, v in sorted(thing.assumptions0.items()) if v and k not in ("commutative", "complex", "finite")]
    return f"a symbol that is {', '.join(facts) or 'any number'}"
