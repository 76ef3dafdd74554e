"""What a claim states: two sides that fit, hypotheses, and the chain of equalities between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp

from claims.errors import SizesDoNotFit, Undecided

from .ambiguity import check_binders, check_held, check_names
from .decimals import exact
from .derivatives import Nonnegative, Partial
from .expectation import check_random
from .functions import canonical
from .maxima import Maximum
from .reasons import Why, reasoned
from .scopes import where_free
from .shapes import check_shapes, same_shape
from .sums import Total
from .symbols import is_matrix
from .unfolding import unfold

Link = tuple[sp.Basic, sp.Basic | None, Why]  # left = right for a reason, or that left is never negative


@dataclass(frozen=True)
class Statement:
    lhs: sp.Basic
    rhs: sp.Basic | None
    given: tuple[sp.Equality, ...]
    chain: tuple[Link, ...]

    @property
    def state(self) -> str:
        """`proved-all` when sizes are symbols or sums have symbolic length, else `proved`."""
        sides = [unfold(x) for link in self.chain for x in link[:2] if x is not None]
        return "proved-all" if any(map(_open_sizes, sides)) else "proved"


def _open_sizes(e: sp.Basic) -> bool:
    sizes = [d for a in sp.preorder_traversal(e) if is_matrix(a) for d in a.shape]
    sizes += [d for s in e.atoms(sp.Sum, Maximum) for limit in s.limits for d in limit[1:]]
    return any(sp.sympify(d).free_symbols for d in sizes)


def prepared(lhs: Any, rhs: Any, given: Any = (), steps: Sequence[tuple[Any, Any]] = ()) -> Statement:
    """The statement, its sizes and names checked.

    Raises:  SizesDoNotFit, Ambiguous; TypeError if there is nothing to prove
    """
    if rhs is None and isinstance(lhs, sp.Equality):
        lhs, rhs = lhs.args
    signs, given = _hypotheses(given)
    stations, whys = _stations(steps)
    sides = _alike([_side(e) for e in (lhs, *([] if rhs is None else [rhs]), *stations)])
    if (rhs is None) != isinstance(sides[0], Nonnegative) or any(isinstance(e, Nonnegative) for e in sides[1:]):
        raise TypeError("a claim has two sides, or is nonnegative(expression); its steps are expressions")
    given = [sp.Eq(*_alike([_side(side) for side in e.args]), evaluate=False) for e in given]
    check_names([*sides, *given, *signs])
    check_binders([*sides, *given])
    check_held([*sides, *given])
    check_random([*sides, *given])
    assumed, zeros = _assumptions(signs)
    sides = [_assumed(e, assumed) for e in sides]
    given = tuple(sp.Eq(*[_assumed(side, assumed) for side in e.args], evaluate=False) for e in [*given, *zeros])
    for e in [*sides, *(side for equation in given for side in equation.args)]:
        check_shapes(e)
    for equation in given:
        meet(*equation.args)
    lhs, rhs, middle = (sides[0], None, sides[1:]) if rhs is None else (*sides[:2], sides[2:])
    return Statement(lhs, rhs, given, tuple(_chain(lhs, rhs, middle, whys)))


def _stations(steps: Sequence[tuple[Any, Any]]) -> tuple[list[Any], list[Why]]:
    """The expressions on the way from side to side, and the reason of each.

    Raises:  TypeError if a step is no pair of them
    """
    for step in steps:
        if not isinstance(step, (tuple, list)) or len(step) != 2 or step[0] is None:
            raise TypeError(f"a step is a pair (expression, why), not {step!r}")
    return [e for e, _ in steps], [reasoned(why) for _, why in steps]


# ---------------------------------------------------------------- hypotheses
def facts(given: Any) -> list[Any]:
    """Hypotheses, one alone or several, without what is plainly true."""
    return [fact for fact in (given if isinstance(given, (tuple, list)) else [given]) if fact is not sp.true]


def _hypotheses(given: Any) -> tuple[dict[sp.Symbol, set[str]], list[sp.Equality]]:
    """The signs that each symbol has, as words of SymPy, and equations."""
    signs: dict[sp.Symbol, set[str]] = {}
    equations = []
    for fact in facts(given):
        if isinstance(fact, sp.Equality):
            equations.append(fact)
        elif isinstance(fact, (sp.Gt, sp.Ge, sp.Lt, sp.Le)) and fact.gts.is_Symbol | fact.lts.is_Symbol:
            symbol, sign = _sign(fact)
            signs.setdefault(symbol, set()).add(sign)
        elif fact is False or fact is sp.false:
            raise _contradictory("for anything")
        else:
            raise TypeError(f"a hypothesis is an equation between expressions, or the sign of a symbol, not {fact}")
    return signs, equations


def _contradictory(what: str) -> Undecided:
    return Undecided(
        f"undecided; there is no value {what} with which the hypotheses hold: do they contradict each other?"
    )


def _sign(fact: sp.Rel) -> tuple[sp.Symbol, str]:
    """x > 0 as (x, "positive")."""
    fact = exact(fact)
    if 0 not in fact.args:
        raise TypeError(f"a hypothesis about a symbol compares it with 0, unlike {fact}")
    strict = isinstance(fact, (sp.Gt, sp.Lt))
    if fact.lts == 0:
        return fact.gts, "positive" if strict else "nonnegative"
    return fact.lts, "negative" if strict else "nonpositive"


def _assumptions(signs: Mapping[sp.Symbol, set[str]]) -> tuple[dict[sp.Symbol, sp.Symbol], list[sp.Equality]]:
    """For each symbol the one that has its signs too; an equation for each that is left no value but 0.

    Raises:  Undecided if no number has all the signs of a symbol
    """
    assumed, zeros = {}, []
    for symbol, words in signs.items():
        facts = {**symbol._assumptions_orig, "real": True, **dict.fromkeys(sorted(words), True)}
        try:
            known = type(symbol)(symbol.name, **facts)
        except sp.core.facts.InconsistentAssumptions:
            raise _contradictory(f"for {symbol}") from None
        if known.is_zero:
            zeros.append(sp.Eq(symbol, 0, evaluate=False))
        else:
            assumed[symbol] = known
    return assumed, zeros


def _assumed(e: sp.Basic, assumed: Mapping[sp.Symbol, sp.Symbol]) -> sp.Basic:
    return canonical(where_free(e, assumed))


# ---------------------------------------------------------------- sides
def _side(e: Any) -> sp.Basic:
    """An expression to compare; a decimal number is the fraction that it writes.

    Raises:  TypeError if it is not an expression; ValueError if it is not finite
    """
    if isinstance(e, (str, bool)) or not isinstance(e := _sympified(e), (sp.Expr, sp.MatrixBase, Partial, Nonnegative)):
        raise TypeError(f"a side of a claim is a number, or an expression of SymPy or of claims, not {e!r}")
    if e.has(sp.nan, sp.zoo) or e in (sp.oo, -sp.oo):
        raise ValueError(f"{e}: not a number, so something is divided by zero")
    return canonical(exact(e))


def _alike(sides: list[sp.Basic]) -> list[sp.Basic]:
    """Sides of which 0 beside a matrix is the matrix of zeros; one of one entry is a number."""
    shapes = [side.shape for side in sides if is_matrix(side) and tuple(side.shape) != (1, 1)]
    return [sp.ZeroMatrix(*shapes[0]) if shapes and side == 0 else side for side in sides]


def _sympified(e: Any) -> Any:
    try:
        return sp.sympify(e)
    except sp.SympifyError:
        return e


def _chain(lhs: sp.Basic, rhs: sp.Basic | None, middle: Sequence[sp.Basic], whys: Sequence[Why]) -> list[Link]:
    """(left, right, why) for each equality; for `nonnegative`, the last link is that."""
    if isinstance(lhs, Nonnegative):
        stations = [lhs.expr, *middle]
        links = list(zip(stations, middle, whys, strict=False))
        return [meet(a, b) + (why,) for a, b, why in links] + [(Nonnegative(stations[-1]), None, Why())]
    stations = [lhs, *middle] if middle and middle[-1] == rhs else [lhs, *middle, rhs]
    return [(*meet(a, b), why) for a, b, why in zip(stations, stations[1:] or [rhs], [*whys, Why()], strict=False)]


def meet(a: sp.Basic, b: sp.Basic) -> tuple[sp.Basic, sp.Basic]:
    """Two sides of one shape: a matrix of one entry is a scalar, and 0 is any matrix of zeros."""
    if is_matrix(a) and b == 0:
        return a, sp.ZeroMatrix(*a.shape)
    a, b = (Total(x) if is_matrix(x) and tuple(x.shape) == (1, 1) else x for x in (a, b))
    shapes = [tuple(x.shape) if is_matrix(x) else (1, 1) for x in (a, b)]
    if is_matrix(a) != is_matrix(b) or (is_matrix(a) and not same_shape(a, b)):
        raise SizesDoNotFit("sizes do not fit: {} is {} x {}, {} is {} x {}".format(a, *shapes[0], b, *shapes[1]))
    return a, b
