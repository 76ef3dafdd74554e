"""The slopes of what a generic entry is made of: SymPy knows each function's, these are for sums and entries."""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

from claims.language import Activation, NamedScalar

from .blocks import over
from .kinks import KINKED
from .lowering import entry, note_slope, scalar
from .needs import KINK, ROUNDED, in_terms, kinks_in, note, note_all, power_of, under
from .partials import Differentiation, slope
from .signs import is_smooth
from .terms import AtZero, Delta, Determinant, Entry, InverseEntry, Magnitude, NotCovered, Peak, Sigma, Step


@slope.register(sp.Symbol)
def _(e: sp.Symbol, d: Differentiation) -> sp.Expr:
    return sp.Integer(e == d.v)


@slope.register(NamedScalar)
def _(e: NamedScalar, d: Differentiation) -> sp.Expr:
    if e != d.v:
        raise NotCovered(f"{e} is held while something is differentiated by {d.v}")
    return sp.S.One


@slope.register(Entry)
def _(e: Entry, d: Differentiation) -> sp.Expr:
    if not isinstance(d.v, Entry) or e.matrix != d.v.matrix:
        return sp.S.Zero
    return sp.Mul(*map(Delta, e.args[1:], d.v.args[1:]))


@slope.register(sp.Add)
def _(e: sp.Add, d: Differentiation) -> sp.Expr:
    return sp.Add(*map(d, e.args))


@slope.register(sp.Mul)
def _(e: sp.Mul, d: Differentiation) -> sp.Expr:
    return sp.Add(*[_factor(e.args, k, d) for k in range(len(e.args))])


def _factor(factors: Sequence[sp.Expr], k: int, d: Differentiation) -> sp.Expr:
    changing = d(factors[k])
    return changing and changing * sp.Mul(*factors[:k], *factors[k + 1 :])


@slope.register(sp.Pow)
def _(e: sp.Pow, d: Differentiation) -> sp.Expr:
    base, exponent = e.args
    by_base = exponent * power_of(base, exponent - 1) * d(base)
    changing = d(exponent)
    return by_base if changing == 0 else by_base + e * sp.log(base) * changing


@slope.register(Sigma)
def _(e: Sigma, d: Differentiation) -> sp.Expr:
    body, indices = e.open()
    d.opened.update(indices)
    with in_terms(indices):
        return Sigma.over(d(body), *indices)


@slope.register(Peak)
def _(e: Peak, d: Differentiation) -> sp.Expr:
    raise NotCovered(f"no rule for the slope of a maximum over an index, which has kinks: {e}")


@slope.register(InverseEntry)
def _(e: InverseEntry, d: Differentiation) -> sp.Expr:
    """d(A^-1) = -A^-1 dA A^-1."""
    A, i, j = e.args
    change = lambda p, q: InverseEntry(A, i, p) * d(entry(A, p, q)) * InverseEntry(A, q, j)
    return -over(change, *A.shape)


@slope.register(Determinant)
def _(e: Determinant, d: Differentiation) -> sp.Expr:
    """d det A = det A tr(A^-1 dA)."""
    A = e.matrix
    return e * over(lambda p, q: InverseEntry(A, q, p) * d(entry(A, p, q)), *A.shape)


@slope.register(Step)
@slope.register(AtZero)
def _(e: Step | AtZero, d: Differentiation) -> sp.Expr:
    _note_kink(e.args[0], d(e.args[0]), d)
    return sp.S.Zero


@slope.register(Magnitude)
def _(e: Magnitude, d: Differentiation) -> sp.Expr:
    """|u| has the slope sign(u) u'; also where u is zero all around, since u' is zero there."""
    (u,) = e.args
    _note_kink(u, d(u), d)
    return (2 * Step(u) - 1) * d(u)


def _note_kink(u: sp.Expr, changing: sp.Expr, d: Differentiation) -> None:
    """A zero of u is a kink where what is inside changes with the variable: delta_ki c speaks of u for k = i alone."""
    if changing == 0:
        return
    names, guards = {}, []
    for delta in sorted(deltas_in(changing), key=lambda delta: [k.sort_key() for k in delta.args]):
        pinned = next((k for k in delta.args if k in d.opened and k not in names), None)
        if pinned is None:
            guards.append(sp.Eq(*delta.args, evaluate=False))
        else:
            names[pinned] = next(k for k in delta.args if k != pinned)
    with under(*[g.xreplace(names) for g in guards]):
        note(KINK, u.xreplace(names))


def deltas_in(e: sp.Expr) -> set[Delta]:
    """The deltas without which e is zero."""
    if isinstance(e, Delta):
        return {e}
    if e.is_Mul:
        return set().union(*map(deltas_in, e.args))
    if e.is_Add:
        return set.intersection(*map(deltas_in, e.args))
    if isinstance(e, Sigma):
        body, indices = e.open()
        return {delta for delta in deltas_in(body) if not set(delta.args) & set(indices)}
    return set()


@slope.register(sp.floor)
@slope.register(sp.ceiling)
def _(e: sp.floor | sp.ceiling, d: Differentiation) -> sp.Expr:
    """Constant between whole numbers, where it jumps."""
    for u in kinks_in(e):
        _note_kink(u, d(e.args[0]), d)
    return sp.S.Zero


@slope.register(sp.atan2)
def _(e: sp.atan2, d: Differentiation) -> sp.Expr:
    raise NotCovered(f"no rule for the slope of an angle, which jumps: {e}")


@slope.register(sp.Function)
def _(e: sp.Function, d: Differentiation) -> sp.Expr:
    return sp.Add(*[_chain(e, k, d) for k in range(len(e.args))])


def _chain(e: sp.Function, k: int, d: Differentiation) -> sp.Expr:
    inside = d(e.args[k])
    if inside == 0:
        return inside
    outside = e.fdiff(k + 1)
    if isinstance(e, Activation):
        note_slope(type(e), e.args[0])
    if outside.has(sp.Derivative, sp.Subs):
        raise NotCovered(f"no rule for the slope of {type(e).__name__}: {e}")
    if outside.has(*KINKED, *ROUNDED):  # an activation whose slope is given in pieces
        outside = scalar(outside)
        for u in kinks_in(outside):
            _note_kink(u, inside, d)
    note_all(outside)
    return outside * inside


def is_any_function(e: sp.Basic) -> bool:
    """Is it a value of a function of which nothing is known but that it is differentiable, and so continuous?"""
    return isinstance(e, Activation) and e.order == 0 and e.slope is None


@slope.register(sp.Integral)
def _(e: sp.Integral, d: Differentiation) -> sp.Expr:
    """By the rule of Leibniz, where integrand and ends are smooth for all values.

    Over an infinite range a slope and an integral may not change places, nor for any differentiable function, whose
    slope may jump: there only an end may vary.
    """
    ends = [end for _, *ends in e.limits for end in ends]
    finite = [end for end in ends if not end.is_infinite]
    moving_end = len(e.limits) == 1 and not e.function.has(d.v)
    integrand = e.function.xreplace({v: sp.Dummy(real=True) for v, *_ in e.limits})  # at the ends too
    if moving_end:
        integrand = integrand.replace(is_any_function, lambda g: g.args[0])
    if e.has(Sigma, Entry) or not all(map(is_smooth, (integrand, *finite))) or not (finite == ends or moving_end):
        raise NotCovered(f"no rule for the slope of this integral: {e}")
    return sp.diff(e, d.v)
