"""What symbols stand for at a point, what was computed there, and how much that cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sympy as sp

from claims.budget import checkpoint

from .arithmetic import Value, exactly
from .nodes import Node
from .standins import Function


class TooDear(Exception):
    """A point costs more than it may."""


class Meter:
    """Counts what evaluation costs, in nodes; unlike seconds these are the same on every machine."""

    def __init__(self, limit: float = float("inf")) -> None:
        self.spent, self.limit = 0, limit

    def spend(self, cost: int) -> None:
        before, self.spent = self.spent, self.spent + cost
        if before >> 6 != self.spent >> 6:
            checkpoint()
        if self.spent > self.limit:
            raise TooDear("a value takes too long")


class Environment(dict[sp.Basic, Any]):
    """Values of symbols: numbers, and lists of rows; `functions` gives the activations that may be any function.

    It keeps what was computed, so that a step in one entry, for a slope, computes again only what the step moves.
    """

    def __init__(
        self,
        values: Mapping[sp.Basic, Value] | Iterable[tuple[sp.Basic, Value]] = (),
        functions: Mapping[sp.FunctionClass, Function] | None = None,
        meter: Meter | None = None,
    ) -> None:
        super().__init__({s: _taken(v) for s, v in dict(values).items()})
        self.functions, self.meter = functions or {}, meter or Meter()
        self.kept: dict[tuple[Node, int], Any] = {}
        self.steps: dict[tuple[Any, ...], Environment] = {}
        self.before: Environment | None = None
        self.changed: frozenset[sp.Basic] = frozenset()

    def __setitem__(self, symbol: sp.Basic, now: Value) -> None:
        super().__setitem__(symbol, _taken(now))
        self.kept.clear()
        self.steps.clear()

    def set(self, values: Mapping[sp.Basic, Value]) -> Environment:
        """A new environment with other values, as they were computed."""
        after = Environment((), self.functions, self.meter)
        dict.update(after, self)
        dict.update(after, values)
        after.before, after.changed = self, frozenset(values)
        return after

    def afresh(self) -> Environment:
        """The same values, with nothing computed yet."""
        after = Environment((), self.functions, self.meter)
        dict.update(after, self)
        return after

    def first_with(self, symbols: frozenset[sp.Basic]) -> Environment:
        """The first of those that this one came from where the symbols had the values that they have here."""
        env = self
        while env.before is not None and env.changed.isdisjoint(symbols):
            env = env.before
        return env


def _taken(value: Value) -> Value:
    return [[exactly(x) for x in row] for row in value] if isinstance(value, list) else exactly(value)
