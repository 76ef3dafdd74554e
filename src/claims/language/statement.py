"""What a claim states: two sides that fit, hypotheses, and the chain of equalities between."""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from claims.errors import SizesDoNotFit

from .ambiguity import check_names
from .derivatives import Nonnegative, Partial
from .functions import canonical
from .scopes import where_free
from .shapes import check_shapes, same_shape
from .sums import Total
from .symbols import is_matrix
from .unfolding import unfold


@dataclass(frozen=True)
class Statement:
    lhs: sp.Basic
    rhs: sp.Basic | None
    given: tuple
    chain: tuple

    @property
    def state(self) -> str:
        """`proved-all` when sizes are symbols or sums have symbolic length, else `proved`."""
        sides = [unfold(x) for link in self.chain for x in link[:2] if x is not None]
        return "proved-all" if any(map(_open_sizes, sides)) else "proved"


def _open_sizes(e) -> bool:
    sizes = [d for a in sp.preorder_traversal(e) if is_matrix(a) for d in a.shape]
    sizes += [d for s in e.atoms(sp.Sum) for limit in s.limits for d in limit[1:]]
    return any(sp.sympify(d).free_symbols for d in sizes)


def prepared(lhs, rhs, given=(), steps=()) -> Statement:
    """The statement, its sizes and names checked.

    Raises:  SizesDoNotFit, Ambiguous; TypeError if there is nothing to prove
    """
    if rhs is None and isinstance(lhs, sp.Equality):
        lhs, rhs = lhs.args
    assumed, given = _hypotheses(given)
    expressions = [_side(e, assumed) for e in (lhs, rhs, *[e for e, _ in steps])]
    lhs, rhs, middle = expressions[0], expressions[1], expressions[2:]
    if (rhs is None) != isinstance(lhs, Nonnegative):
        raise TypeError("a claim has two sides, or is nonnegative(expression)")
    given = tuple(sp.Eq(_side(e.lhs, assumed), _side(e.rhs, assumed), evaluate=False) for e in given)
    everything = [e for e in [lhs, rhs, *middle] if e is not None] + [s for e in given for s in e.args]
    for e in everything:
        check_shapes(e)
    check_names(everything)
    for equation in given:
        meet(*equation.args)
    return Statement(lhs, rhs, given, tuple(_chain(lhs, rhs, middle, [why for _, why in steps])))


def _hypotheses(given):
    """Assumptions on symbols, and equations."""
    assumed, equations = {}, []
    for fact in given if isinstance(given, (tuple, list)) else [given]:
        if isinstance(fact, sp.Equality):
            equations.append(fact)
        elif isinstance(fact, (sp.Gt, sp.Ge, sp.Lt, sp.Le)) and fact.gts.is_Symbol | fact.lts.is_Symbol:
            assumed |= _sign(fact)
        elif fact is not sp.true:
            raise TypeError(f"a hypothesis is an equation between expressions, or the sign of a symbol, not {fact}")
    return assumed, equations


def _sign(fact):
    """x > 0 as a symbol of the same name that is positive."""
    strict = isinstance(fact, (sp.Gt, sp.Lt))
    symbol, sign = (fact.gts, "positive" if strict else "nonnegative") if fact.lts == 0 else (
        fact.lts, "negative" if strict else "nonpositive")  # fmt: skip
    if 0 not in fact.args:
        raise TypeError(f"a hypothesis about a symbol compares it with 0, unlike {fact}")
    known = {k: v for k, v in symbol._assumptions_orig.items()}
    return {symbol: sp.Symbol(symbol.name, **{**known, "real": True, sign: True})}


def _side(e, assumed):
    """An expression to compare; a decimal number is the fraction that it writes.

    Raises:  TypeError if it is not an expression; ValueError if it is not finite
    """
    if e is None:
        return None
    if isinstance(e, (str, bool)) or not isinstance(e := _sympified(e), (sp.Expr, sp.MatrixBase, Partial, Nonnegative)):
        raise TypeError(f"a side of a claim is a number, or an expression of SymPy or of claims, not {e!r}")
    if e.has(sp.nan, sp.zoo) or e in (sp.oo, -sp.oo):
        raise ValueError(f"{e}: not a number, so something is divided by zero")
    return canonical(where_free(e.xreplace({x: sp.Rational(str(x)) for x in e.atoms(sp.Float)}), assumed))


def _sympified(e):
    try:
        return sp.sympify(e)
    except sp.SympifyError:
        return e


def _chain(lhs, rhs, middle, whys):
    """(left, right, why) for each equality; for `nonnegative`, the last link is that."""
    if isinstance(lhs, Nonnegative):
        stations = [lhs.expr, *middle]
        links = list(zip(stations, middle, whys, strict=False))
        return [meet(a, b) + (why,) for a, b, why in links] + [(Nonnegative(stations[-1]), None, "never negative")]
    stations = [lhs, *middle] if middle and middle[-1] == rhs else [lhs, *middle, rhs]
    return [(*meet(a, b), why) for a, b, why in zip(stations, stations[1:] or [rhs], [*whys, ""], strict=False)]


def meet(a, b):
    """Two sides of one shape: a matrix of one entry is a scalar, and 0 is any matrix of zeros."""
    if is_matrix(a) and b == 0:
        return a, sp.ZeroMatrix(*a.shape)
    a, b = (Total(x) if is_matrix(x) and tuple(x.shape) == (1, 1) else x for x in (a, b))
    shapes = [tuple(x.shape) if is_matrix(x) else (1, 1) for x in (a, b)]
    if is_matrix(a) != is_matrix(b) or (is_matrix(a) and not same_shape(a, b)):
        raise SizesDoNotFit("sizes do not fit: {} is {} x {}, {} is {} x {}".format(a, *shapes[0], b, *shapes[1]))
    return a, b
