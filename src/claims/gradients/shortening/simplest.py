"""The shortest way to write a scalar, among a few rational forms of it."""

from __future__ import annotations

from collections.abc import Collection

import sympy as sp

Table = dict[sp.Expr, sp.Symbol]  # values of functions, and the symbols that stand for them


def rational(e: sp.Expr, table: Table) -> sp.Expr:
    """e as a rational function: every function value is replaced by a symbol, kept in the table."""
    if isinstance(e, sp.exp):
        scale, rest = e.args[0].as_coeff_Mul()
        if isinstance(rest, sp.Add) and rest.could_extract_minus_sign():
            scale, rest = -scale, -rest
        if scale.is_Integer:  # e^(-2u) as a power of e^u
            return _stand_in(sp.exp(rest), table) ** scale
    if isinstance(e, (sp.Add, sp.Mul)):
        return e.func(*[rational(a, table) for a in e.args])
    if isinstance(e, sp.Pow) and e.exp.is_Integer:
        return rational(e.base, table) ** e.exp
    return e if e.is_number or e.is_Symbol else _stand_in(e, table)


def _stand_in(value: sp.Expr, table: Table) -> sp.Symbol:
    return table.setdefault(value, sp.Dummy(f"t{len(table):03d}"))


def cost(e: sp.Expr, calls: Collection[sp.Symbol] = ()) -> int:
    """How long e is to read: its leaves and function calls; symbols in `calls` stand for calls."""
    if not e.args:
        return bool(e != -1) + (e in calls)
    if isinstance(e, sp.Pow) and e.exp == -1:
        return cost(e.base, calls)
    return isinstance(e, sp.Function) + sum(cost(a, calls) for a in e.args)


def simplest(e: sp.Expr, atoms: Collection[sp.Symbol], calls: Collection[sp.Symbol] = ()) -> sp.Expr:
    """The cheapest of a few rational forms of e; ties go to the earlier."""
    flat = sp.cancel(e)
    forms = [sp.factor(flat), sp.factor_terms(flat), flat, by_coefficient(flat, atoms), e]
    return min(map(tidy_signs, forms), key=lambda form: cost(form, calls))


def by_coefficient(e: sp.Expr, atoms: Collection[sp.Symbol]) -> sp.Expr:
    """Terms with like constant factors together: (a - y)/m + lambda w."""
    if not sp.fraction(e)[1].free_symbols.isdisjoint(atoms):
        return e
    groups: dict[sp.Expr, list[sp.Expr]] = {}
    for term in sp.Add.make_args(sp.expand(e)):
        constant, rest = term.as_independent(*atoms, as_Add=False)
        number, constant = constant.as_coeff_Mul()
        groups.setdefault(abs(number) * constant, []).append(rest if number > 0 else -rest)
    return sp.Add(*[constant * _shorter(sp.Add(*terms)) for constant, terms in groups.items()])


def _shorter(e: sp.Expr) -> sp.Expr:
    return min(sp.factor(e), sp.factor_terms(e), key=cost)


# ---------------------------------------------------------------- signs
def tidy_signs(e: sp.Expr) -> sp.Expr:
    """-a (a - 1) as a (1 - a), and -(y - a)/m as (a - y)/m."""
    if e.args and not isinstance(e, sp.Function):
        e = e.func(*map(tidy_signs, e.args))
    if not isinstance(e, sp.Mul):
        return e
    number, factors = e.as_coeff_mul()
    factors = list(factors)
    for k in _odd_sums(factors):
        if _leading_number(factors[k]) < 0:
            factors[k], number = _flip(factors[k]), -number
    plain = [k for k in _odd_sums(factors) if _leading_number(factors[k]) == 0]
    if number < 0 and plain:
        k = min(plain, key=lambda k: (factors[k].is_Pow, k))
        factors[k], number = _flip(factors[k]), -number
    return sp.Mul(number, *factors)


def _odd_sums(factors: list[sp.Expr]) -> list[int]:
    """Where the factors are sums, or odd powers of sums, whose sign may be changed."""
    odd = [f.is_Pow and f.base.is_Add and f.exp.is_Integer and f.exp % 2 for f in factors]
    return [k for k, f in enumerate(factors) if f.is_Add or odd[k]]


def _leading_number(f: sp.Expr) -> sp.Expr:
    return (f if f.is_Add else f.base).as_coeff_Add()[0]


def _flip(f: sp.Expr) -> sp.Expr:
    return f.func(*[-t for t in f.args]) if f.is_Add else sp.Pow(_flip(f.base), f.exp)
