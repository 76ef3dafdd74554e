"""What a value needs in order to be defined, noted while it is written out.

Nothing is noted unless someone listens: `with noting() as needs`.  An index in a need that is not one of the claim's own
stands for all its values.
"""

from __future__ import annotations

import contextlib
import contextvars
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import sympy as sp

from claims.language import NAMES, Activation, NamedScalar

from .signs import is_nonnegative
from .terms import (
    AtZero,
    Binder,
    Delta,
    Determinant,
    Index,
    InverseEntry,
    Magnitude,
    Names,
    NotCovered,
    OfMatrix,
    PowerEntry,
    Step,
    in_range,
    may_be_empty,
)

POSITIVE, NONNEGATIVE, NONZERO, KINK = "> 0", ">= 0", "!= 0", "no kink at 0"
NEARBY = ">= 0, and not only on one side"  # of what is differentiated: > 0, unless it is never negative at all
_notes: contextvars.ContextVar[list[Need] | None] = contextvars.ContextVar("notes", default=None)
_guards: contextvars.ContextVar[tuple[sp.Basic, ...]] = contextvars.ContextVar("guards", default=())
_over: contextvars.ContextVar[tuple[sp.Symbol, ...]] = contextvars.ContextVar("over", default=())


class Need(NamedTuple):
    """That a value has a sign, or that it is no kink, wherever the guards hold.

    `over`: the bound variables for all of whose values it is needed, where there may be none.
    """

    what: str
    value: sp.Expr
    guards: tuple[sp.Basic, ...] = ()
    over: tuple[sp.Symbol, ...] = ()

    def at(self, names: Names) -> Need:
        """The need with other values for some symbols or indices."""
        guards, over = (tuple(e.xreplace(names) for e in es) for es in (self.guards, self.over))
        return Need(self.what, self.value.xreplace(names), guards, over)


@contextlib.contextmanager
def noting() -> Iterator[list[Need]]:
    """The list of what is noted inside, which nobody outside hears; nor do guards that hold outside stand in it.

    So the list may be told in other names: those of the inside are not those of the outside, though they look alike.
    """
    notes: list[Need] = []
    outside, guards, over = _notes.set(notes), _guards.set(()), _over.set(())
    try:
        yield notes
    finally:
        _notes.reset(outside)
        _guards.reset(guards)
        _over.reset(over)


@contextlib.contextmanager
def nothing_if(kind: type[Exception]) -> Iterator[None]:
    """What was noted inside is forgotten if an error of this kind leaves it."""
    notes = _notes.get()
    before = len(notes or ())
    try:
        yield
    except kind:
        if notes is not None:
            del notes[before:]
        raise


@contextlib.contextmanager
def under(*guards: sp.Basic) -> Iterator[None]:
    """What is noted inside is needed only where these conditions hold."""
    token = _guards.set((*_guards.get(), *(g for g in guards if g != sp.true)))
    try:
        yield
    finally:
        _guards.reset(token)


@contextlib.contextmanager
def for_all(*bound: sp.Symbol) -> Iterator[None]:
    """What is noted inside is needed for all values of these variables, of which there may be none."""
    token = _over.set((*_over.get(), *bound))
    try:
        yield
    finally:
        _over.reset(token)


@contextlib.contextmanager
def around(*variables: sp.Expr) -> Iterator[None]:
    """What is noted inside is needed on both sides of the values of these variables: a slope is taken by them.

    One that may be 0 and never has one of the signs has nothing on the other side of 0.  A name moves to all values, also
    to those that its definition never has: what is never negative has to be seen before the name is opened.
    """
    with noting() as needs:
        yield
    moved = [v.matrix if isinstance(v, OfMatrix) else v for v in variables]
    names = [v for v in moved if isinstance(v, NAMES)]
    for need in needs:
        if need.what in (NONNEGATIVE, NEARBY) and need.value.has(*moved):
            open_ended = need.value.has(*names) and not is_nonnegative(need.value)
            need = need._replace(what=POSITIVE if open_ended else NEARBY)
        pass_on([need], {})
    for v in variables:
        if v.is_Symbol and (v.is_nonnegative or v.is_nonpositive) and not v.is_nonzero:
            note(NONZERO, v)


def in_terms(indices: Iterable[Index]) -> contextlib.AbstractContextManager[None]:
    """What is noted inside is needed in the terms of a sum over these indices."""
    return for_all(*filter(may_be_empty, indices))


def note(what: str, value: sp.Expr) -> None:
    if (notes := _notes.get()) is not None:
        notes.append(Need(what, sp.sympify(value), _guards.get(), _over.get()))


def note_range(k: sp.Expr, size: sp.Expr) -> None:
    """That a place is one: 0 <= k < size.

    Raises:  NotCovered where it may not be whole
    """
    if not k.is_integer:
        raise NotCovered(f"no rule for a place that may not be a whole number: {k}")
    if not in_range(k, size):
        note(NONNEGATIVE, k)
        note(NONNEGATIVE, size - 1 - k)


def pass_on(needs: Iterable[Need], names: Names) -> None:
    """Needs of a part, in other names, noted for the whole: under the guards and for all values that hold here."""
    for need in needs:
        if (notes := _notes.get()) is not None:
            what, value, guards, over = need.at(names)
            notes.append(Need(what, value, (*_guards.get(), *guards), (*_over.get(), *over)))


def noted(e: sp.Expr) -> sp.Expr:
    """The value itself, its own need noted, not those of its parts."""
    if _notes.get() is not None:
        for what, value in need_of(e):
            note(what, value)
    return e


def note_all(e: sp.Expr) -> None:
    """What a value and all its parts need: for a slope, of which no part was noted."""
    if _notes.get() is None:
        return
    if isinstance(e, Binder):
        body, indices = e.open()
        with in_terms(indices):
            note_all(body)
        return
    noted(e)
    if isinstance(e, (OfMatrix, NamedScalar)):  # what its matrix or its definition needs was noted with that
        return
    guards = [_holds(f) for f in e.args if isinstance(f, (Step, AtZero))] if e.is_Mul else []
    with under(*guards):
        for a in e.args:
            note_all(a)


def _holds(indicator: Step | AtZero) -> sp.Basic:
    (u,) = indicator.args
    return u > 0 if isinstance(indicator, Step) else sp.Eq(u, 0)


# ---------------------------------------------------------------- which value needs what
TOTAL = (
    sp.exp, sp.sin, sp.cos, sp.sinh, sp.cosh, sp.tanh, sp.sech, sp.atan, sp.asinh, sp.erf, sp.erfc, sp.floor, sp.ceiling,
    sp.sinc, Activation,
)  # fmt: skip
PARTIAL: dict[type[sp.Function], Callable[..., tuple[str, sp.Expr]]] = {
    sp.log: lambda u: (POSITIVE, u),
    sp.tan: lambda u: (NONZERO, sp.cos(u)),
    sp.sec: lambda u: (NONZERO, sp.cos(u)),
    sp.cot: lambda u: (NONZERO, sp.sin(u)),
    sp.csc: lambda u: (NONZERO, sp.sin(u)),
    sp.coth: lambda u: (NONZERO, u),
    sp.csch: lambda u: (NONZERO, u),
    sp.asin: lambda u: (NONNEGATIVE, 1 - u**2),
    sp.acos: lambda u: (NONNEGATIVE, 1 - u**2),
    sp.acosh: lambda u: (NONNEGATIVE, u - 1),
    sp.atanh: lambda u: (POSITIVE, 1 - u**2),
    sp.gamma: lambda u: (POSITIVE, u),
    sp.loggamma: lambda u: (POSITIVE, u),
    sp.digamma: lambda u: (POSITIVE, u),
    sp.LambertW: lambda u: (NONNEGATIVE, u),
    sp.erfinv: lambda u: (POSITIVE, 1 - u**2),
    sp.erfcinv: lambda u: (POSITIVE, u * (2 - u)),
    sp.factorial: lambda u: (NONNEGATIVE, u),
    sp.atan2: lambda v, u: (NONZERO, u**2 + v**2),
    sp.polygamma: lambda n, u: (POSITIVE, u),
}


def need_of(e: sp.Expr) -> list[tuple[str, sp.Expr]]:
    """(what, value) that an operation needs of its operands, themselves defined.

    Raises:  NotCovered for a function of which it is not known where it is defined
    """
    if e.is_Pow:
        return need_of_power(*e.args)
    if isinstance(e, InverseEntry):
        return [(NONZERO, Determinant(e.matrix))]
    if isinstance(e, PowerEntry):
        return [(NONNEGATIVE, e.args[1])]
    if isinstance(e, sp.binomial):
        n, k = e.args
        return [(NONNEGATIVE, k), (NONNEGATIVE, n - k)]
    if type(e) in PARTIAL and len(e.args) == PARTIAL[type(e)].__code__.co_argcount:
        return [PARTIAL[type(e)](*e.args)]
    if isinstance(e, sp.Function) and not isinstance(e, TOTAL):
        raise NotCovered(f"it is not known where {type(e).__name__} is defined: {e}")
    return []


def need_of_power(base: sp.Expr, exponent: sp.Expr) -> list[tuple[str, sp.Expr]]:
    if exponent.is_integer:
        return [] if exponent.is_nonnegative else [(NONZERO, base)]
    return [(NONNEGATIVE if exponent.is_positive else POSITIVE, base)]


def power_of(base: sp.Expr, exponent: sp.Expr) -> sp.Expr:
    """base**exponent; where a quotient has a value, an indicator below the line is 1.

    So it does not cancel the indicator of the case that it stands in.
    """
    for what, value in need_of_power(*_as_one(base, exponent)):
        note(what, value)
    if exponent.is_negative:
        base = sp.Mul(*[f for f in sp.Mul.make_args(base) if not isinstance(f.as_base_exp()[0], (Step, AtZero, Delta))])
    return raised(base, exponent)


def _as_one(base: sp.Expr, exponent: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    """The power of a power as one power, if it is one: what 1/sqrt(u) needs is u > 0, where the root needs u >= 0."""
    whole = base**exponent
    return whole.args if base.is_Pow and whole.is_Pow and whole.base == base.base else (base, exponent)


def raised(base: sp.Expr, exponent: sp.Expr) -> sp.Expr:
    """base**exponent, where the root of a square is a magnitude; inside of the base nothing is touched."""
    whole = base**exponent
    if not whole.has(sp.Abs):
        return whole
    factors = [f.as_base_exp() for f in sp.Mul.make_args(whole)]
    return sp.Mul(*[(Magnitude(*b.args) if isinstance(b, sp.Abs) else b) ** e for b, e in factors])


ROUNDED = (sp.floor, sp.ceiling)


def kinks_in(e: sp.Basic) -> list[sp.Expr]:
    """The arguments at whose zeros a value has kinks or jumps; those under a binder with its indices opened."""
    if isinstance(e, Binder):
        return kinks_in(e.open()[0])
    own = [e.args[0]] if isinstance(e, (Step, AtZero, Magnitude)) else []
    own += [sp.sin(sp.pi * e.args[0])] if isinstance(e, ROUNDED) else []
    return own + [u for a in e.args for u in kinks_in(a)]
