"""A key for what a statement says, whatever its letters are called: two chapters may state the same."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import replace
from typing import Any

import sympy as sp

from claims.errors import Unwritable
from claims.language import Activation, Grad, sigma

from .stated import Stated
from .writer import write


def key_of(stated: Stated) -> str | None:
    """The key of a definition, and of the slope of a function; None for a statement that nothing needs unasked.

    A named quantity keeps its name, its parts may have any; where it has a value follows from them.
    """
    if stated.kind == "definition" and isinstance(stated.left, sp.Function):
        return f"function:{_name(stated.left)}" if _is_known(stated.left) else None
    if stated.kind == "definition":
        with suppress(Unwritable):
            return hashlib.sha256(_Renamed(write(replace(stated, conditions=()))).text.encode()).hexdigest()[:16]
    if stated.kind == "equation" and _is_slope(stated):
        return f"slope:{_name(stated.left.scalar)}"
    return None


def _is_slope(stated: Stated) -> bool:
    e = stated.left
    return (
        isinstance(e, Grad) and isinstance(e.scalar, sp.Function) and _is_known(e.scalar) and e.scalar.args == (e.wrt,)
    )


def _is_known(value: sp.Function) -> bool:
    """Is it the value of a function that its name alone tells, and not of an author's own?"""
    return isinstance(value, sigma) or not isinstance(value, Activation)


def _name(function: sp.Function) -> str:
    name: str = type(function).__name__ if isinstance(function, Activation) else function.func.__name__
    return name


class _Renamed:
    """A statement as text, its letters numbered in the order in which they stand."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.numbers: dict[str, int] = {}
        self.text = json.dumps([data["left"].get("op"), self.of(data["left"])], sort_keys=True)

    def of(self, node: Any) -> Any:
        if isinstance(node, list):
            return [self.of(part) for part in node]
        if not isinstance(node, dict):
            return node
        if "id" in node and "op" in node:
            return self.leaf(node)
        if "id" in node:
            self.numbers[node["id"]] = len(self.numbers)
        return {key: self.part(key, part) for key, part in node.items() if key != "name"}

    def part(self, key: str, part: Any) -> Any:
        if key == "id":
            return self.numbers[part]
        return self.leaf({"id": part}) if key == "function" else self.of(part)

    def leaf(self, node: dict[str, str]) -> list[Any]:
        """A letter by its number, which is no number of the formula, told in full where it stands first."""
        table = next((t for t in ("symbols", "matrices", "functions", "names") if node["id"] in self.data[t]), None)
        if node["id"] in self.numbers:
            return ["letter", self.numbers[node["id"]]]
        number = self.numbers[node["id"]] = len(self.numbers)
        if table is None:
            return ["letter", number]
        line = self.data[table][node["id"]]
        return [number, table, self.of(line), line["name"] if number == 0 or "known" in line else ""]
