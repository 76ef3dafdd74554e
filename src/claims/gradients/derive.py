"""Gradients in closed form, found by reverse mode on matrix expressions.

What the sweep finds is a conjecture until `Derivation.check` has put it to the prover, which knows nothing of this:
`derive` does so before it returns, `gradients` leaves it to the caller.
"""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixElement

from claims.gradients.shortening.algebra import Algebra
from claims.language import NAMES, Grad, canonical, named, parts, unfold
from claims.language.ambiguity import check_names
from claims.language.decimals import exact
from claims.language.functions import expression_of
from claims.language.statement import facts, prepared
from claims.proof.printed import text
from claims.proof.records import emit

from .by_entries import by_entries, is_of_entries
from .chain_rule import Statement, statement
from .derivation import Derivation
from .sweep import Line, Sweep


def derive(
    gradient: Grad,
    given: Any = (),
    *,
    names: list[sp.Expr] | tuple[sp.Expr, ...] = (),
    id: str | None = None,
    title: str | None = None,
) -> Derivation:
    """The gradient of a scalar in closed form, with the lines of a textbook, every one of them proved.

    The result may be written with the named quantities of the scalar, and with those in `names`; with an `id` it is a
    statement of its own.  What is made of entries, or is asked by one, has its gradient as a formula for an entry.

    Raises:  TypeError for what is no gradient, NotImplementedError for an operation without a rule, ProverFault if what
    was found is false, what else `claim` raises for a line that is not proved
    """
    if not isinstance(gradient, Grad):
        raise TypeError(f"what is derived is a gradient, Grad(scalar, symbol), not {gradient!r}")
    (found,) = gradients(gradient.scalar, [gradient.wrt], given, names=names)
    found.id, found.title = id, title
    found.check()
    if id is not None:
        emit(found)
    return found


def gradients(
    scalar: Any,
    wrt: list[sp.Expr] | tuple[sp.Expr, ...],
    given: Any = (),
    *,
    names: list[sp.Expr] | tuple[sp.Expr, ...] = (),
) -> list[Derivation]:
    """The derivations of the gradients with respect to each of `wrt`, in one backward sweep.

    Raises:  NotImplementedError for an operation without a rule or by what has no name, what `claim` raises for a
    statement that says nothing
    """
    scalar = exact(expression_of(scalar, "what has a gradient is"))
    if not isinstance(wrt, (list, tuple)):
        raise TypeError(f"gradients are by some letters, [W, b], not {wrt!r}")
    if not isinstance(names, (list, tuple)) or not all(isinstance(name, NAMES) for name in names):
        raise TypeError(f"the names that a result may be written with are a list of them, [A, B], not {names!r}")
    prepared(scalar, scalar, given)  # what is no hypothesis is told as `claim` tells it
    given = tuple(map(canonical, facts(given)))
    for w in wrt:
        if not isinstance(w, (sp.MatrixSymbol, sp.Symbol, MatrixElement, *NAMES)):
            raise NotImplementedError(f"no rule for the gradient by {w}; take it by a matrix or a number with a name")
        if isinstance(w, NAMES) and w.has(Grad):
            raise NotImplementedError(f"no rule for the gradient by {w}, which is made of a gradient itself")
    opened = _without_gradients(scalar)
    inside = parts(opened, NAMES)
    known = [*inside, *(name for name in names if name not in inside)]
    equations = tuple(fact for fact in given if isinstance(fact, sp.Equality))
    algebra = Algebra(known, equations)
    sweep = Sweep(algebra, [w for w in wrt if not is_of_entries(scalar, w)])
    if sweep.wrt:
        sweep.run(opened, inside)
    asked = [Grad(scalar, w) for w in wrt]
    return [
        _derivation(sweep, algebra, opened, gradient, given)
        if w in sweep.wrt
        else _of_entries(gradient, by_entries(gradient, equations), given)
        for w, gradient in zip(wrt, asked, strict=True)
    ]


def _without_gradients(scalar: sp.Expr) -> sp.Expr:
    """The scalar with the closed forms of the gradients that it is made of, and without the names of what holds one.

    A hypothesis says nothing of their slopes.
    """
    if scalar.has(Grad):
        scalar = unfold(scalar, keep=[name for name in parts(scalar, NAMES) if not name.has(Grad)])
    while inner := [g for g in scalar.atoms(Grad) if not any(part.has(Grad) for part in g.args)]:
        scalar = scalar.xreplace({g: gradients(g.scalar, [g.wrt])[0].closed for g in inner})
    return scalar


def _of_entries(gradient: Grad, found: sp.Expr, given: tuple[sp.Basic, ...]) -> Derivation:
    """The derivation in one line of what has no form in matrices."""
    line = Line(gradient.wrt, named(f"d{_name(gradient.wrt)}", found), found)
    check_names([gradient.scalar, line.symbol, *given])
    return Derivation(gradient, found, found, found, [line], [Statement(gradient, found, (), {})], [], given)


def _name(w: sp.Expr) -> str:
    """What a quantity is called, an entry by its place counted from 1: w_j, W_kl."""
    name: str = w.parent.name if isinstance(w, MatrixElement) else w.name
    if not isinstance(w, MatrixElement):
        return name
    places = [k for k, size in zip(w.indices, w.parent.shape, strict=True) if size != 1]
    shown = [text(k + 1 if k.is_number else k).replace(" ", "") for k in places]
    together = "" if all(len(k) == 1 for k in shown) else ","
    return f"{name}_{together.join(shown)}" if shown else name


def _derivation(
    sweep: Sweep, algebra: Algebra, scalar: sp.Expr, gradient: Grad, given: tuple[sp.Basic, ...]
) -> Derivation:
    w = gradient.wrt
    result = sweep.adjoint(w)
    last = Line(w, named(f"d{w.name}", result), result)
    told = _with_those_before(last, sweep.lines, scalar)
    check_names([scalar, *algebra.names, *(line.symbol for line in told), *given])
    opened = unfold(result, keep=algebra.names)
    closed = algebra.normal(opened)
    return Derivation(gradient, result, opened, closed, list(told), list(told.values()), sweep.steps, given)


def _with_those_before(last: Line, lines: list[Line], scalar: sp.Expr) -> dict[Line, Statement]:
    """Each line that the last one needs, and what it claims: those that it names, and those of what it goes through.

    The latter say where the scalar has a value, also where what they hand on is zero.
    """
    used, told = parts(last.expr, NAMES), {last: statement(last, lines, scalar)}
    for line in reversed(lines):
        if line.symbol in used or any(line.quantity in later.through for later in told.values()):
            told[line] = statement(line, lines, scalar)
    return dict(reversed(told.items()))
