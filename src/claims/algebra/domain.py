"""Where a statement speaks: what must hold of its values so that both sides are defined, beyond what always holds.

What the sides need is noted while they are written out (`entry.needs`).  A need that the signs show to be met by all
values is dropped; the others are the conditions of the statement.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator

import sympy as sp
from sympy.core.relational import Relational

from claims.entry.needs import KINK, NEARBY, NONNEGATIVE, NONZERO, POSITIVE, Need, note_all, noting
from claims.entry.reading import LETTERS, readable
from claims.entry.signs import is_nonnegative, is_positive
from claims.entry.terms import Binder, Delta, Determinant, Entry, Inside, Magnitude, NotCovered, indices
from claims.language import Activation, Analytic, Smooth, is_matrix

from .equation import Equation
from .normal_form import NormalForm
from .polynomial import expression

SIGNED = (POSITIVE, NEARBY, NONNEGATIVE)
RELATIONS = {POSITIVE: sp.Gt, NEARBY: sp.Gt, NONNEGATIVE: sp.Ge, NONZERO: sp.Ne, KINK: sp.Ne}


def conditions_of(equalities: Iterable[Equation]) -> tuple[sp.Basic, ...]:
    """The relations that some equalities need, in the order found; empty if they speak of all values.

    Raises:  NotCovered for what is needed between the ends of an integral: no relation between letters says it
    """
    found = [(part, e) for e in equalities for need in e.needs for part in parts_of(need) if not is_met(part)]
    if inside := [need for need, _ in found if any(e.has(Inside) for e in (need.value, *need.guards))]:
        raise NotCovered(f"no rule for an integral over what is not defined everywhere: {inside[0].value}")
    positive = {need.value for need, _ in found if need.what in (POSITIVE, NEARBY) and not need.guards}
    nonzero = {v for u in positive for f in _factors(u) for v in (f, -f)}
    implied = {NONZERO: nonzero, NONNEGATIVE: positive}
    relations = [condition(need, e) for need, e in found if need.value not in implied.get(need.what, ())]
    functions = [each for e in equalities for each in of_functions(e)]
    return tuple(dict.fromkeys(r for r in [*relations, *functions] if r != sp.true))


def _factors(e: sp.Expr) -> list[sp.Expr]:
    """What is multiplied and divided in e: if e > 0, none of it is zero."""
    return [f.base if f.is_Pow and f.exp.is_nonzero else f for f in sp.Mul.make_args(e)]


def condition(need: Need, equality: Equation) -> sp.Basic:
    """The need as a relation, with letters for indices; where guards hold only, as an alternative to them.

    Raises:  NotCovered for what holds nowhere, such as for a place that no matrix has
    """
    if need.what in SIGNED and (least := _least(need.value)) is not None:
        if RELATIONS[need.what](least, 0) != sp.false:  # holds in all of the range; no letter says where that ends
            need = need._replace(value=least, guards=tuple(g for g in need.guards if not indices(g)))
        elif not need.guards:
            raise NotCovered(f"no rule for what has no value at the end of a range: {need.value} is {least} there")
    letters = {k: k.name for k in equality.fixed - set(equality.place)}
    parts = (need.value, *need.guards)  # one index has one letter in all of them
    taken = {s.name for e in (equality.left, equality.right, *parts) for s in e.free_symbols if s.is_Symbol}
    taken = taken - {k.name for k in equality.place if k != 0} | equality.letters()
    unused = [c for c in LETTERS if c not in {*letters.values(), *taken}]
    others = sorted(
        set().union(*map(indices, parts)) - letters.keys() - set(equality.place), key=lambda k: k.dummy_index
    )
    letters |= zip([*(k for k in equality.place if k != 0), *others], unused, strict=False)
    relation = plainly(RELATIONS[need.what](readable(need.value, letters), 0))
    return sp.Or(relation, *[plainly(sp.Not(readable(g, letters))) for g in need.guards]) if need.guards else relation


FLIPPED: dict[type[Relational], type[Relational]] = {
    sp.Gt: sp.Lt,
    sp.Ge: sp.Le,
    sp.Lt: sp.Gt,
    sp.Le: sp.Ge,
    sp.Ne: sp.Ne,
    sp.Eq: sp.Eq,
}


def plainly(relation: sp.Basic) -> sp.Basic:
    """1 - a > 0 as a < 1: a number beside one term goes to the other side."""
    number, rest = relation.lhs.as_coeff_Add() if isinstance(relation, Relational) else (sp.S.Zero, sp.S.Zero)
    if number == 0 or rest.is_Add or relation.rhs != 0:
        return relation
    c, term = rest.as_coeff_Mul()
    kind = FLIPPED[relation.func] if c < 0 else relation.func
    return kind(term, -number / c)


# ---------------------------------------------------------------- functions that may be any
def of_functions(equality: Equation) -> list[sp.Basic]:
    """How often the functions of a claim must be differentiable, beyond once, and which must be analytic."""
    orders: dict[sp.FunctionClass, int] = {}
    analytic: list[sp.Basic] = []
    for side in (equality.left, equality.right):
        for e in sorted(side.atoms(Activation), key=sp.default_sort_key):
            g = type(e)
            if g.base.slope is None:
                orders[g.base] = max(g.order, orders.get(g.base, 0))
                analytic += [Analytic(g.base)] if e.args[0].has(sp.I) else []
    smooth = [Smooth(g, order) for g, order in orders.items() if order > 1 and Analytic(g) not in analytic]
    return [*smooth, *dict.fromkeys(analytic)]


# ---------------------------------------------------------------- needs that are met by all values
def parts_of(need: Need) -> list[Need]:
    """A need of a product or a power as those of its factors, a sign that is never negative as that it is not zero."""
    e = _factored(need.value)
    if need.what == POSITIVE and is_nonnegative(e):
        return parts_of(need._replace(what=NONZERO))
    if need.what in (NONZERO, KINK):
        e = e.args[0] if isinstance(e, Magnitude) else e
        e = -e if e.could_extract_minus_sign() else e
        factors = [f.base if f.is_Pow else f for f in e.args if not is_positive(f)] if e.is_Mul else []
        if e.is_Mul or e.is_Pow:
            return [part for f in factors or [e.args[0]] for part in parts_of(need._replace(value=f))]
        return [need._replace(value=e)]
    signed = [f for f in sp.Mul.make_args(e) if not is_positive(f)]
    if len(signed) == 1 and signed[0].is_Pow and signed[0].exp.is_Integer and signed[0].exp % 2:
        signed = [signed[0].base]  # 1/u has the sign of u
    return [need._replace(value=sp.Mul(*signed))]


def _factored(e: sp.Expr) -> sp.Expr:
    """Common factors taken out of sums of terms, and out of sums over indices."""
    if e.has(Binder):
        with contextlib.suppress(ZeroDivisionError, NotImplementedError):
            e = NormalForm().simplify(e)
    return sp.factor_terms(e)


def defined_for_all(e: sp.Expr, t: sp.Expr) -> bool:
    """Does nothing that e needs to be defined depend on t, but what is met?"""
    with noting() as needs:
        note_all(e)
    return all(is_met(part) for need in needs if need.value.has(t) for part in parts_of(need))


def is_met(need: Need) -> bool:
    """Is the need shown to be met wherever its guards hold?"""
    test = {POSITIVE: _positive, NONNEGATIVE: _nonnegative, NEARBY: _nonnegative, NONZERO: _nonzero, KINK: _nonzero}[
        need.what
    ]
    return test(need.value) or any(_follows(need, g) for guard in need.guards for g in sp.And.make_args(guard))


def _positive(e: sp.Expr) -> bool:
    return any(map(is_positive, _forms(e))) or isinstance(e, Determinant) and _is_definite(e.matrix)


def _nonnegative(e: sp.Expr) -> bool:
    return any(map(is_nonnegative, _forms(e))) or _in_range(e)


def _nonzero(e: sp.Expr) -> bool:
    return _positive(e) or _positive(-e) or e.is_number and e.is_zero is False


def _forms(e: sp.Expr) -> Iterator[sp.Expr]:
    """The value in the forms in which its sign may show."""
    yield e
    try:
        plain = NormalForm().simplify(e)
        yield plain
        yield sp.factor_terms(plain)
        nf = NormalForm(exponential=True)
        above, below = nf.fraction(nf.poly(e))
        yield expression(above) / expression(below)
    except (ZeroDivisionError, NotImplementedError):
        return


def _in_range(e: sp.Expr) -> bool:
    """Is e, linear in its indices, never negative, each at that end of its range where e is least?"""
    least = _least(e)
    return least is not None and bool(least.is_nonnegative)


def _least(e: sp.Expr) -> sp.Expr | None:
    """The least value of e, linear in its indices: each at an end of its range; None for what is not linear."""
    if e.has(Binder, Entry, Delta) or not indices(e):
        return None
    for k in sorted(indices(e), key=str):
        slope = e.coeff(k, 1)
        if not slope.is_number or sp.expand(e - slope * k).has(k):
            return None
        e = e.xreplace({k: sp.S.Zero if slope.is_positive else k.size - 1})
    return sp.expand(e)


def _follows(need: Need, guard: sp.Basic) -> bool:
    """Does the need follow from one relation that holds?"""
    if isinstance(guard, sp.Ne):
        gap = guard.lhs - guard.rhs
        return need.what in (NONZERO, KINK) and any(sp.expand(need.value - s * gap) == 0 for s in (1, -1))
    if not isinstance(guard, (sp.Gt, sp.Ge, sp.Lt, sp.Le)):
        return False
    above = guard.gts - guard.lts  # > 0 or >= 0
    strict = isinstance(guard, (sp.Gt, sp.Lt))
    values = (need.value, -need.value) if need.what in (NONZERO, KINK) else (need.value,)
    return any(_exceeds(value - above, strict, need.what != NONNEGATIVE) for value in values)


def _exceeds(gap: sp.Expr, strict: bool, wanted: bool) -> bool:
    """With u > 0 (or u >= 0) known, is u + gap > 0, where that is wanted, or >= 0?"""
    gap = sp.expand(gap)
    return is_nonnegative(gap) if strict or not wanted else is_positive(gap)


def _is_definite(A: sp.MatrixExpr) -> bool:
    """Is the matrix a positive multiple of the identity plus terms c B^T B with c never negative?"""
    terms = [_definite(M) for M in (A.args if isinstance(A, sp.MatAdd) else [A])]
    return all(term is not None for term in terms) and any(terms)


def _definite(M: sp.MatrixExpr) -> bool | None:
    """True for c I with c > 0, False for c B^T B or c B B^T with c >= 0, None for all else."""
    c, factors = M.as_coeff_matrices() if isinstance(M, sp.MatMul) else (sp.S.One, [M])
    if all(isinstance(f, sp.Identity) for f in factors):
        return True if c.is_positive else None
    turned = [f.T for f in reversed(factors)]
    return False if c.is_nonnegative and len(factors) % 2 == 0 and turned == list(factors) and is_matrix(M) else None
