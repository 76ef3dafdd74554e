"""What stands for itself in a line: names, slopes and functions of which nothing is known but what the reasons say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Self

import sympy as sp

from claims.language import NAMES, Activation, Partial, canonical, is_matrix, parts, sigma, unfold
from claims.language.functions import SlopeOf, standin
from claims.language.scopes import SUMS, binds

T = sp.Dummy("t", real=True)
DEFINED = {  # functions whose slopes are statements, and what they are
    "sigma": (sigma, 1 / (1 + sp.exp(-T))),
    "tanh": (sp.tanh, (sp.exp(T) - sp.exp(-T)) / (sp.exp(T) + sp.exp(-T))),
}


class StandIn(sp.MatrixSymbol):
    """A matrix in the place of a name or a slope; no other matrix is equal to it, whatever it is called."""


class Each(sp.Dummy):
    """An index that a condition leaves free: it holds for each, whatever is called like it in the line."""


class Held:
    """Expressions with stand-ins for all names but those in `opened`, for functions, and for slopes unless `slopes`.

    Where the chain rule is used, `chained`, only the slopes that it leaves to be found are not held.  `known` maps a
    function to its slope, (z, value) -> expression, where a reason tells it.
    """

    def __init__(
        self,
        opened: Iterable[str] = (),
        slopes: bool = False,
        known: Mapping[type[sp.Function], SlopeOf] | None = None,
        chained: bool = False,
    ) -> None:
        self.opened, self.slopes, self.chained = set(opened), slopes, chained
        self.made: dict[Any, sp.Expr] = {}  # meaning -> stand-in
        self.stands: dict[sp.Basic, sp.Expr] = {}  # what was written -> stand-in
        self.functions = {
            function: standin(function, (known or {}).get(function))
            for name, (function, _) in DEFINED.items()
            if name not in self.opened
        }

    def __call__(self, e: Any) -> sp.Basic:
        return self._functions(self._quantities(self.open(e)))

    def open(self, e: Any) -> sp.Basic:
        """Names and functions that are opened, by their definitions."""
        e = canonical(sp.sympify(e))
        return self._defined(unfold(e, keep=[name for name in parts(e, NAMES) if name.name not in self.opened]))

    def _defined(self, e: sp.Basic) -> sp.Basic:
        """Functions that are opened, by their definitions."""
        for name, (function, body) in DEFINED.items():
            if name in self.opened and e.has(function):
                e = e.replace(lambda x, f=function: type(x) is f, lambda x, body=body: body.xreplace({T: x.args[0]}))
        return e

    def _quantities(self, e: sp.Basic, bound: frozenset[sp.Basic] = frozenset()) -> sp.Basic:
        """Stand-ins for what is held; what depends on a variable bound around it runs through values, and is opened."""
        if not e.args or not e.has(*NAMES, Partial):
            return e
        if isinstance(e, NAMES):
            return self._quantities(unfold(e), bound) if leaves(e) & bound else self.standin(e)
        if isinstance(e, Partial):
            return e if not self.stays(e) or leaves(e) & bound else self.standin(e)
        inside = bound | binds(e)
        return e.func(*[self._quantities(a, inside) for a in e.args])

    def stays(self, slope: Partial) -> bool:
        """Does a slope stand for itself?"""
        return not self.slopes or (self.chained and not slope.args[0].has(*self.stands.values()))

    def standin(self, e: sp.Basic) -> sp.Expr:
        """The symbol that stands for a name or a slope; equal ones have the same."""
        key = meaning(e)
        if key not in self.made:
            number = len(self.made)
            self.made[key] = StandIn(f"{e} {number}", *e.shape) if is_matrix(e) else sp.Dummy(str(e), real=True)
        self.stands.setdefault(e, self.made[key])
        return self.made[key]

    def _functions(self, e: sp.Basic) -> sp.Basic:
        for function, other in self.functions.items():
            if e.has(function) or any(x.base is function for x in _activations(e)):
                e = e.replace(
                    lambda x, f=function: type(x) is f or (isinstance(x, Activation) and x.base is f),
                    lambda x, s=other: nth(s, getattr(x, "order", 0))(*x.args),
                )
        return e


def meaning(e: sp.Basic) -> Any:
    """What a name or a slope is, whatever its parts are called."""
    if isinstance(e, Partial):
        return type(e), settled(unfold(e)), e.wrt
    return settled(unfold(e.expr))


def leaves(e: sp.Basic) -> frozenset[sp.Basic]:
    """The symbols, matrices and names that an expression depends on, those in the definitions of its names too."""
    return frozenset(unfold(e).free_symbols).union(parts(e, NAMES), variables_of(e))


def variables_of(e: sp.Basic) -> frozenset[sp.Basic]:
    """What its slopes are by, which `unfold` leaves as it is."""
    return frozenset(p.wrt for p in parts(e, Partial))


def settled(e: sp.Basic) -> sp.Basic:
    """The expression with variables of sums that their places give them, whatever they were called."""
    if not e.args or not e.has(*SUMS):
        return e
    e = e.func(*[settled(a) for a in e.args])
    if not isinstance(e, SUMS):
        return e
    deep = 1 + max((v.dummy_index for v in e.function.atoms(_Place)), default=0)
    places = {k: _Place(deep + at, k) for at, (k, *_) in enumerate(e.limits)}
    return e.func(e.function.xreplace(places), *[limit.xreplace(places) for limit in e.limits])


class _Place(sp.Dummy):
    """The variable of a sum, by how deep sums stand inside it."""

    def __new__(cls, deep: int, variable: sp.Symbol) -> Self:
        return sp.Dummy.__new__(cls, "k", dummy_index=deep, **variable.assumptions0)


def _activations(e: sp.Basic) -> set[type[Activation]]:
    return {type(x) for x in e.atoms(Activation)}


def nth(function: type[Activation], order: int) -> type[Activation]:
    """The derivative of that order of an activation."""
    for _ in range(order):
        function = function.prime
    return function
