"""One printed name must mean one thing in a claim: a reader could not tell two apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixElement

from claims.errors import Ambiguous

from .derivatives import Partial
from .expectation import Random
from .functions import Activation, Argument
from .letters import is_letter, seen, without_index
from .maxima import Maximum
from .names import NamedScalar, parts
from .predicates import Analytic, Smooth
from .scopes import SUMS, binds, free_symbols
from .symbols import is_matrix
from .unfolding import named_variables, unfold

Thing = Any  # a symbol, a matrix or a name, which are expressions, or a function, which is a class, or a word for an operation
OPERATIONS = {  # what is printed by a letter or a word
    "I": (sp.Identity,), "e": (sp.exp, type(sp.E)), "pi": (type(sp.pi),), "i": (type(sp.I),), "delta": (sp.KroneckerDelta,),
    "max": (sp.Max, Maximum), "min": (sp.Min,), "tr": (sp.Trace,), "det": (sp.Determinant,),
    "diag": (sp.DiagMatrix, sp.DiagonalOf),
}  # fmt: skip
CONSTANTS = ("e", "pi", "i")
SPELLED = (
    "log ln lg exp sin cos tan cot sec csc asin acos atan arcsin arccos arctan sinh cosh tanh coth asinh acosh atanh erf "
    "sign sgn abs sqrt floor ceil ceiling max min sup inf lim arg argmax argmin tr trace det diag rank"
)
WORDS = frozenset(SPELLED.split())  # which everybody reads as an operation: log (1 + z) is no product


def check_names(expressions: Iterable[sp.Basic]) -> None:
    """Refuse names that a reader could not tell apart, or would take for something else.

    Those are symbols of one name with different assumptions, and matrices of one name with different sizes or meanings;
    dummies; a number, a matrix, a function or an operation of one name; x1 and x_1, or α and alpha, which are printed
    alike; a number or a function x_1 beside entries of x, and a number g' beside a function g; x^2, f(x) or 2 as a name,
    and log_2, or any other word for an operation.  A matrix e that is not square may stand beside exp.

    Raises:  Ambiguous, naming the symbol
    """
    met: dict[str, tuple[str, Thing]] = {}
    words = [(word, word) for e in expressions for word in operations(e)]
    for name, thing in [*(named for e in expressions for named in named_things(e)), *words]:
        called, other = met.setdefault(seen(name), (name, thing))
        if (type(other) is not type(thing) or other != thing) and not _is_beside(other, thing):
            names = name if called == name else f"{called} and {name}, which are printed alike"
            raise Ambiguous(f"two different things are called {names}: {_told(other)}, and {_told(thing)}")
    bound = {s.name for e in expressions for s in _bound(e)}
    for name in sorted(bound):
        if (called := met.get(seen(name), (name,))[0]) != name:
            raise Ambiguous(f"{called} and {name} are printed alike, and {name} runs through values")
    if odd := [name for name in [*(name for name, _ in met.values()), *sorted(bound)] if not is_letter(name)]:
        raise Ambiguous(
            f"{odd[0]} is no name that is printed as one: a letter or a word has an index, as in x_1, or primes"
        )
    read = {
        seen(x.parent.name)
        for e in expressions
        for x in e.atoms(MatrixElement)
        if x.parent.is_symbol and not _is_number(x.parent)
    }
    read |= {seen(word) for e in expressions for word in operations(e) if word == "delta"}
    for name in bound:
        _check_word(name, seen(name))
    functions = {called for called, (_, thing) in met.items() if isinstance(thing, type)}
    for called, (name, thing) in met.items():
        if isinstance(thing, str) or isinstance(thing, type) and not issubclass(thing, Activation):
            continue  # an operation, by the word that everybody knows
        if (of := without_index(name)) in read and (_is_number(thing) or called in functions):
            raise Ambiguous(f"{name} is printed like an entry of {of}: call it otherwise")
        if called not in functions and (of := called.rstrip("'")) in functions:
            raise Ambiguous(f"{name} is printed like a slope of {of}: call it otherwise")
        _check_word(name, called)


def _check_word(name: str, called: str) -> None:
    word = re.split("[_^']", called)[0]
    if word.lower() in WORDS:
        raise Ambiguous(f"{name} is printed like the operation {word.lower()}: call it otherwise")


def _is_beside(thing: Thing, word: Thing) -> bool:
    """A matrix that is not square has no powers: nobody takes a table e of errors for the e of an exponential."""
    return isinstance(word, str) and word in CONSTANTS and is_matrix(thing) and thing.rows != thing.cols


def _is_number(thing: Thing) -> bool:
    """Is it a number, or a matrix of one entry, which is printed like that?"""
    return isinstance(thing, (sp.Symbol, NamedScalar)) or getattr(thing, "shape", None) == (1, 1)


def check_binders(expressions: Iterable[sp.Basic]) -> None:
    """Refuse a condition that SymPy moved out of the sum or the function that binds its letter.

    It writes a sum of pieces as pieces with sums in them, also where the condition speaks of an index of an inner sum.
    The letter is then free, or bound by another sum around it; it is still bound in the pieces.

    Raises:  Ambiguous, naming the letter
    """
    for e in expressions:
        bound = _bound(e)
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


def named_things(e: sp.Basic) -> Iterator[tuple[str, Thing]]:
    """(name, thing) for all that is not bound, in sizes of matrices and in definitions of names too."""
    bound = _bound(e).union(*(f.bound_symbols for f in e.atoms(sp.Lambda))) - free_symbols(e)
    bound = bound.union(limit.args[3] for limit in e.atoms(sp.Limit))  # "+", the side that it is taken from
    for node in sp.preorder_traversal(e):
        if isinstance(node, (sp.MatrixSymbol, NamedScalar)) or (isinstance(node, sp.Symbol) and node not in bound):
            yield node.name, node
        elif (f := _function(node)) is not None:
            yield f.__name__.rstrip("'"), f  # a prime behind it is that of a slope


def operations(e: sp.Basic) -> list[str]:
    """The letters and words that operations in an expression are printed by."""
    by_letter = any(step.args[1] not in (0, 1) for step in e.atoms(sp.Heaviside))  # others are printed as brackets
    return [word for word, kinds in OPERATIONS.items() if e.has(*kinds)] + ["H"] * by_letter


def _bound(e: sp.Basic) -> frozenset[sp.Symbol]:
    """The letters that run through values in sums and the like."""
    return frozenset(limit[0] for s in e.atoms(*SUMS) for limit in s.limits)


def _function(node: sp.Basic) -> type[sp.Function] | None:
    """The function that a node applies or speaks of, or None."""
    f = node.function if isinstance(node, (Smooth, Analytic)) else type(node)
    if issubclass(f, Activation):
        return f.base
    return f if issubclass(f, sp.Function) else None


def _told(thing: Thing) -> str:
    if isinstance(thing, str):
        return "what is printed so"
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
