"""From matrices to numbers: one generic entry of a matrix expression, as nested sums of entries."""

from __future__ import annotations

import contextlib
import contextvars
import functools
from collections.abc import Iterator

import sympy as sp
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction
from sympy.matrices.expressions.diagonal import DiagonalMatrix, DiagonalOf
from sympy.matrices.expressions.dotproduct import DotProduct
from sympy.matrices.expressions.matexpr import MatrixElement

from claims.language import (
    BOUND,
    Activation,
    Blocks,
    Expectation,
    Grad,
    Hess,
    Jac,
    Maximum,
    Named,
    NamedScalar,
    Partial,
    Total,
    canonical,
    is_matrix,
    parts,
    unfold,
)
from claims.language.unfolding import named_variables

from .averages import expected
from .blocks import block, in_parts, over, over_terms
from .determinants import determinant
from .kinks import KINKED, pieces, settle
from .limits import maximum_over_limits, product_over_limits, sum_over_limits
from .needs import (
    KINK,
    ROUNDED,
    Need,
    around,
    for_all,
    kinks_in,
    note,
    note_all,
    note_range,
    noted,
    noting,
    pass_on,
    power_of,
    raised,
)
from .partials import derivative, differentiated
from .terms import Binder, Delta, Entry, Inside, InverseEntry, NotCovered, OfMatrix, Place, PowerEntry, Real, put

Held = frozenset[Named | NamedScalar]  # names that stay what they are
_held: contextvars.ContextVar[Held] = contextvars.ContextVar("held", default=frozenset())


def lower(expression: sp.Basic, i: sp.Expr = sp.S.Zero, j: sp.Expr = sp.S.Zero) -> sp.Expr:
    """Entry i, j of a matrix expression, or a scalar, without matrices, names or derivatives."""
    return _release(_at(_with_scalars(canonical(sp.sympify(expression))), i, j))


def _with_scalars(e: sp.Basic) -> sp.Basic:
    """The expression without names of matrices, but those held; scalars are written out first, or a root and its need cancel."""
    return unfold(e, keep=_held.get().union(parts(e, NamedScalar)))


def _at(e: sp.Basic, i: sp.Expr, j: sp.Expr) -> sp.Expr:
    """An entry of a matrix, or a number, which has no places."""
    return entry(e, i, j) if is_matrix(e) else scalar(e)


@functools.singledispatch
def entry(M: sp.MatrixExpr, i: sp.Expr, j: sp.Expr) -> sp.Expr:
    raise NotCovered(f"no rule for the entries of {type(M).__name__}: {M}")


@entry.register(sp.MatrixSymbol)
def _(M: sp.MatrixSymbol, i: sp.Expr, j: sp.Expr) -> sp.Expr:
    return Entry(M, i, j)


@entry.register(sp.OneMatrix)
@entry.register(sp.ZeroMatrix)
def _(M: sp.OneMatrix | sp.ZeroMatrix, i: sp.Expr, j: sp.Expr) -> sp.Expr:
    return sp.Integer(isinstance(M, sp.OneMatrix))


@entry.register(sp.Identity)
def _(M: sp.Identity, i: sp.Expr, j: sp.Expr) -> sp.Expr:
    return Delta(i, j)


@entry.register(sp.MatAdd)
def _(M: sp.MatAdd, i: sp.Expr, j: sp.Expr) -> sp.Expr:
    return sp.Add(*[entry(A, i, j) for A in M.args])


@entry.register(sp.MatMul)
def _(M: sp.MatMul, i: sp.Expr, j: sp.Expr) -> sp.Expr:
    coefficient, factors = M.as_coeff_matrices()
    return scalar(coefficient) * _product(factors, i, j)


def _product(factors: list[sp.MatrixExpr], i: sp.Expr, j: sp.Expr) -> sp.Expr:
    A, *rest = factors
    if not rest:
        return entry(A, i, j)
    return over(lambda k: entry(A, i, k) * _product(rest, k, j), A.cols)


@entry.register(sp.MatPow)
@entry.register(sp.Inverse)
def _(M: sp.MatPow | sp.Inverse, i: sp.Expr, j: sp.Expr) -> sp.Expr:
    base, power = M.args
    if power == -1:
        return _whole(InverseEntry(base.arg, j, i) if isinstance(base, sp.Transpose) else InverseEntry(base, i, j))
    if not power.is_Integer or power < 0:
        return _power(base, power, i, j)
    return _product([base] * int(power), i, j) if power else Delta(i, j)


def _power(M: sp.MatrixExpr, exponent: sp.Expr, i: sp.Expr, j: sp.Expr) -> sp.Expr:
    """M^(t + 2) = M^t M M for an exponent that is a natural number."""
    more, t = exponent.as_coeff_Add()
    if not (more.is_Integer and more > 0):
        more, t = 0, exponent
    if not (exponent.is_integer and exponent.is_nonnegative and t.is_nonnegative):
        raise NotCovered(f"no rule for the power {exponent} of a matrix")
    rest = [M] * int(more)
    if not rest:
        return _whole(PowerEntry(M, t, i, j))
    return over(lambda k: _whole(PowerEntry(M, t, i, k)) * _product(rest, k, j), M.rows)


def _whole(e: OfMatrix) -> sp.Expr:
    """What is not written out by the entries of its matrix: noted is what each of these needs, and what it needs itself."""
    in_parts(functools.partial(entry, e.matrix), *e.matrix.shape)
    return noted(e)


@entry.register(sp.Transpose)
@entry.register(sp.Adjoint)
def _(M: sp.Transpose | sp.Adjoint, i: sp.Expr, j: sp.Expr) -> sp.Expr:
    return entry(M.arg, j, i)


@entry.register(Blocks)
def _(M: Blocks, i: sp.Expr, j: sp.Expr) -> sp.Expr:
    A, k = block(M, (i, j)[M.joined_along])
    return entry(A, i, k) if M.joined_along else entry(A, k, j)


@entry.register(sp.HadamardProduct)
def _(M: sp.HadamardProduct, i: sp.Expr, j: sp.Expr) -> sp.Expr:
    return sp.Mul(*[entry(A, i, j) for A in M.args])


@entry.register(sp.HadamardPower)
def _(M: sp.HadamardPower, i: sp.Expr, j: sp.Expr) -> sp.Expr:
    return power_of(_at(M.base, i, j), _at(M.exp, i, j))


@entry.register(ElementwiseApplyFunction)
def _(M: ElementwiseApplyFunction, i: sp.Expr, j: sp.Expr) -> sp.Expr:
    (t,), at = M.function.signature, entry(M.expr, i, j)
    with noting() as needs:
        body = settle(scalar(M.function.expr), t)
    pass_on(needs, {t: at})
    return body.xreplace({t: at})


@entry.register(sp.DiagMatrix)
def _(M: sp.DiagMatrix, i: sp.Expr, j: sp.Expr) -> sp.Expr:
    (v,) = M.args
    return Delta(i, j) * (entry(v, i, sp.S.Zero) if v.cols == 1 else entry(v, sp.S.Zero, i))


@entry.register(DiagonalMatrix)
def _(M: DiagonalMatrix, i: sp.Expr, j: sp.Expr) -> sp.Expr:
    return Delta(i, j) * entry(M.arg, i, j)


@entry.register(DiagonalOf)
def _(M: DiagonalOf, i: sp.Expr, j: sp.Expr) -> sp.Expr:
    return entry(M.arg, i, i)


@entry.register(sp.FunctionMatrix)
def _(M: sp.FunctionMatrix, i: sp.Expr, j: sp.Expr) -> sp.Expr:
    return scalar(put(M.lamda.expr, dict(zip(M.lamda.signature, (i, j), strict=True))))


@entry.register(sp.MatrixBase)
def _(M: sp.MatrixBase, i: sp.Expr, j: sp.Expr) -> sp.Expr:
    if i.is_Integer and j.is_Integer:
        return scalar(M[i, j])
    places = [(r, c) for r in range(M.rows) for c in range(M.cols)]
    return sp.Add(*[scalar(M[r, c]) * Delta(i, sp.Integer(r)) * Delta(j, sp.Integer(c)) for r, c in places])


@entry.register(Grad)
def _(M: Grad, i: sp.Expr, j: sp.Expr) -> sp.Expr:
    return _derivative(M, M.scalar, (i, j))


@entry.register(Hess)
def _(M: Hess, i: sp.Expr, j: sp.Expr) -> sp.Expr:
    return _derivative(M, M.scalar, _place(M.wrt, i), _place(M.wrt, j))


@entry.register(Expectation)
def _(M: Expectation, i: sp.Expr, j: sp.Expr) -> sp.Expr:
    return expected(M, lambda: entry(M.arg, i, j), _at)


@entry.register(Jac)
def _(M: Jac, i: sp.Expr, j: sp.Expr) -> sp.Expr:
    column = M.column
    where = _place(column, i) if is_matrix(column) else ()
    place = _place(M.wrt, j) if is_matrix(M.wrt) else ()
    return _derivative(M, column, place, of=where)


def _place(vector: sp.MatrixExpr, k: sp.Expr) -> Place:
    """Where entry k of a column or a row stands."""
    return (k, sp.S.Zero) if vector.cols == 1 else (sp.S.Zero, k)


def _derivative(partial: Partial, expression: sp.Expr, *places: Place, of: Place = ()) -> sp.Expr:
    """The expression differentiated by an entry of `wrt` for each place; a name is held meanwhile."""
    wrt = _variable(partial.wrt)
    with _holding(partial) as keep, around(wrt):
        value, needs = _written_out(expression, keep, of)
        pass_on(needs, {})
    return differentiated(value, [Entry(wrt, *place) if place else wrt for place in places])


@functools.lru_cache(256)
def _written_out(expression: sp.Expr, keep: Held, place: Place) -> tuple[sp.Expr, tuple[Need, ...]]:
    """What a slope is taken of and what it needs, these names held: the same for each part of a range that is cut."""
    with noting() as needs:
        value = entry(expression, *place) if place else scalar(expression)
        return _release(value, keep), tuple(needs)


def _variable(v: sp.Expr) -> sp.Expr:
    """What a slope is taken by: a name is held, and has a value where the slope is taken."""
    owner = v.parent if isinstance(v, MatrixElement) else v
    if isinstance(owner, Named):
        in_parts(functools.partial(entry, _with_scalars(owner.expr)), *owner.shape)
    value = v if is_matrix(v) else scalar(v)
    return v if isinstance(v, NamedScalar) else value


@contextlib.contextmanager
def _holding(partial: Partial | sp.Derivative) -> Iterator[Held]:
    """The names that stay what they are inside: those of this derivative, and of all around it."""
    token = _held.set(_held.get().union(named_variables(partial)))
    try:
        yield _held.get()
    finally:
        _held.reset(token)


def released(need: Need) -> Need:
    """A need with the names that were held by their definitions."""
    return need._replace(value=_release(need.value), guards=tuple(map(_release, need.guards)))


def _release(value: sp.Basic, keep: Held = frozenset()) -> sp.Basic:
    """Names that were held, by their definitions; what a name that is kept is defined by stays as it is."""
    if value in keep:
        return value
    if isinstance(value, NamedScalar):
        return scalar(unfold(value.expr, keep))
    if isinstance(value, OfMatrix):
        return _opened_in(value, keep) if _is_open(value.matrix, keep) else value
    if isinstance(value, Binder):
        return over_terms(value, lambda body: _release(body, keep)) if _is_open(value, keep) else value
    args = [_release(a, keep) for a in value.args]
    if all(a is b for a, b in zip(args, value.args, strict=True)):
        return value
    return raised(*args) if value.is_Pow else value.func(*args)


def _is_open(e: sp.Basic, keep: Held) -> bool:
    """Does a name stand in e that is not kept, and is in no name itself?"""
    if isinstance(e, (Named, NamedScalar)):
        return e not in keep
    return any(_is_open(a, keep) for a in e.args)


def _opened_in(e: OfMatrix, keep: Held) -> sp.Expr:
    """An entry, an entry of an inverse or a determinant, the names in its matrix opened."""
    M = unfold(e.matrix, keep)
    return entry(M, *e.args[1:]) if isinstance(e, Entry) else e.func(M, *e.args[1:])


def scalar(e: sp.Expr) -> sp.Expr:
    """A scalar expression with its totals, traces, entries and sums written out."""
    if isinstance(e, (sp.Symbol, Real, Binder)) or not e.args:
        return e
    if isinstance(e, Total):
        return over(functools.partial(entry, e.arg), *e.arg.shape)
    if isinstance(e, sp.Trace):
        return over(lambda k: entry(e.arg, k, k), e.arg.rows)
    if isinstance(e, sp.Determinant):
        return determinant(e.arg, entry, scalar, _whole)
    if isinstance(e, DotProduct):
        return scalar(Total(sp.HadamardProduct(*e.args)))
    if isinstance(e, MatrixElement):
        for k, size in zip(e.indices, e.parent.shape, strict=True):
            note_range(k, size)
        return entry(e.parent, *e.indices)
    if isinstance(e, sp.Sum):
        return sum_over_limits(e, scalar)
    if isinstance(e, sp.Product):
        return product_over_limits(e, scalar)
    if isinstance(e, Maximum):
        return maximum_over_limits(e, scalar)
    if isinstance(e, sp.KroneckerDelta):
        if len(e.args) > 2:
            raise NotCovered(f"no rule for a delta with a range: {e}")
        return Delta(*map(scalar, e.args))
    if isinstance(e, (Grad, Hess)):
        return _derivative(e, e.scalar, *[()] * (2 if isinstance(e, Hess) else 1))
    if isinstance(e, NamedScalar):
        return e if e in _held.get() else scalar(_with_scalars(e.expr))
    if isinstance(e, Expectation):
        return expected(e, lambda: scalar(e.arg), _at)
    if isinstance(e, KINKED):
        return pieces(e, scalar)
    if isinstance(e, Activation) and e.closed is not None:
        note_slope(type(e).of, scalar(e.args[0]))
        closed = slope_in_pieces(e.doit())
        return closed if e.closed.has(*KINKED, *ROUNDED) else e.func(scalar(e.args[0]))
    if isinstance(e, sp.Derivative):
        return _unevaluated(e)
    if isinstance(e, sp.Integral):
        return _integral(e)
    if not isinstance(e, (sp.Add, sp.Mul, sp.Pow, sp.Function)) or any(map(is_matrix, e.args)):
        raise NotCovered(f"no rule for {type(e).__name__}: {e}")
    args = [scalar(a) for a in e.args]
    return power_of(*args) if e.is_Pow else noted(e.func(*args))


def note_slope(g: sp.FunctionClass, at: sp.Expr) -> None:
    """What the slope of an activation needs at a point, also where its closed form has cancelled it."""
    if g.closed is not None:
        pass_on(_needs_of_slope(g), {BOUND: at})


@functools.cache
def _needs_of_slope(g: sp.FunctionClass) -> tuple[Need, ...]:
    """Those of the function alone, wherever it is asked for first."""
    with noting() as needs:
        with around(BOUND):
            note_slope(g.of, BOUND)
            closed = scalar(g.closed)
        note_all(derivative(closed, BOUND))
    return tuple(needs)


def slope_in_pieces(e: sp.Expr) -> sp.Expr:
    """The slope of an activation that is given in pieces: at their ends there is none."""
    value = scalar(e)
    for u in kinks_in(value):
        note(KINK, u)
    return value


# ---------------------------------------------------------------- integrals and slopes that SymPy leaves as they are
def _integral(e: sp.Integral) -> sp.Expr:
    """The integral itself, its parts written out."""
    if any(len(limit) != 3 for limit in e.limits):
        raise NotCovered(f"no rule for an integral without ends: {e}")
    limits = [(v, *map(scalar, ends)) for v, *ends in e.limits]
    with noting() as needs, for_all(*[v for v, *_ in limits]):
        body = scalar(e.function)
    between = {v: low.is_nonnegative and high.is_nonnegative or None for v, low, high in limits}
    pass_on(needs, {v: Inside(v.name, real=True, positive=positive) for v, positive in between.items()})
    return sp.Integral(body, *limits)


def _unevaluated(e: sp.Derivative) -> sp.Expr:
    """SymPy's own derivative of a scalar by symbols."""
    if any(is_matrix(v) or not count.is_Integer for v, count in e.variable_count):
        raise NotCovered(f"no rule for {e}")
    variables = list(map(_variable, e.variables))
    with _holding(e) as keep, around(*variables):
        value = _release(scalar(e.expr), keep)
    return differentiated(value, variables)
