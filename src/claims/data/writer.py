"""Statements written as JSON: a tree for each side, and tables of what their leaves are."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import sympy as sp

from claims.errors import Unwritable
from claims.language import NAMES, Activation

from . import reasons
from .grammar import VERSION
from .stated import Line, Stated
from .symbols import depends_on, described
from .trees import slope, tree

MET: dict[tuple[str, str | bool], type[Activation]] = {}  # (name, slope as data) -> the function


def write(stated: Stated) -> dict[str, Any]:
    """The statement as JSON, which `read` reads back as the same.

    Raises:  Unwritable, naming an operation that statements as data do not have
    """
    w = Writer()
    out = {"version": VERSION, "kind": stated.kind, **w.sides(stated)}
    out["given"] = [w.tree(fact) for fact in stated.given]
    out["steps"] = [w.line(line) for line in stated.steps]
    out["conditions"] = [w.tree(condition) for condition in stated.conditions]
    return {**out, **w.tables}


class Writer:
    """The tables of one statement, and the variables that are bound where the writer stands."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, Any]] = {"symbols": {}, "matrices": {}, "functions": {}, "names": {}}
        self.ids: dict[Any, str] = {}
        self.bound: dict[sp.Symbol, str] = {}
        self.taken: set[str] = set()
        self.met: dict[tuple[str, str | bool], type[Activation]] = {}

    def sides(self, line: Line | Stated) -> dict[str, Any]:
        """The left side, and the right one unless it is the definition of the name on the left."""
        sides = {"left": self.tree(line.left)}
        defined = isinstance(line.left, NAMES) and line.left.expr == line.right
        return sides if line.right is None or defined else {**sides, "right": self.tree(line.right)}

    def line(self, line: Line) -> dict[str, Any]:
        told = [reasons.written(reason, self) for reason in line.reasons]
        return {"kind": line.kind, **self.sides(line), "why": line.why, "reasons": told}

    def tree(self, e: Any) -> Any:
        return tree(e, self)

    def trees(self, args: Iterable[sp.Basic]) -> list[Any]:
        return [tree(a, self) for a in args]

    def leaf(self, op: str, table: str, thing: Any, entry: Callable[[], dict[str, Any]]) -> dict[str, str]:
        """A reference to a line of a table, which `entry()` makes when it is first needed."""
        if thing not in self.ids:
            self.ids[thing] = self.fresh(getattr(thing, "name", None) or thing.__name__)
            with self.scope({}):
                self.tables[table][self.ids[thing]] = entry()
        return {"op": op, "id": self.ids[thing]}

    def fresh(self, name: str, mark: str = "") -> str:
        """An id that nothing else has: the name, with a number where it is taken or where it is bound."""
        tried = [name] if not mark else []
        numbered = (f"{name}{mark or '~'}{k}" for k in range(1 if mark else 2, len(self.taken) + 3))
        found = next(text for text in [*tried, *numbered] if text not in self.taken)
        self.taken.add(found)
        return found

    @contextlib.contextmanager
    def scope(self, bound: dict[sp.Symbol, str] | None = None) -> Iterator[None]:
        """What is bound inside is not bound after it."""
        outside, self.bound = self.bound, dict(self.bound) if bound is None else bound
        yield
        self.bound = outside

    def bind(self, variable: sp.Symbol, **more: Any) -> dict[str, Any]:
        """A binder; the variable refers to it from here on."""
        self.bound[variable] = self.fresh(variable.name.strip("_") or "x", "#")
        return {"id": self.bound[variable], **described(variable), **more}

    def argument(self, variable: sp.Symbol) -> dict[str, Any]:
        """A binder of a function of entries, which are real numbers."""
        self.bound[variable] = self.fresh(variable.name, "#")
        return {"id": self.bound[variable], "name": variable.name}

    def meet(self, g: type[Activation]) -> type[Activation]:
        """The function of this name and this slope that was met first: those of two statements are one.

        Raises:  Unwritable for two in one statement, which would be one when they are read
        """
        alone = Writer()
        alone.ids[g] = alone.fresh(g.__name__)
        told = g.slope is not None and json.dumps([slope(g, alone), alone.tables], sort_keys=True)
        if self.met.setdefault((g.__name__, told), g) is not g:
            raise Unwritable(f"two functions are called {g.__name__} and have the same slope: give one another name")
        return MET.setdefault((g.__name__, told), g)

    def closed(self, thing: Any) -> None:
        """Refuse a leaf that is another one for each value of a variable bound around it."""
        if self.bound and (caught := depends_on(thing) & self.bound.keys()):
            raise Unwritable(
                f"{thing} depends on {min(map(str, caught))}, which is bound around it: write it out there"
            )
