"""Sizes and shapes. A size is linear in letters: {id: coefficient}, with "" for the constant; or an `Open` one.

A shape is None for a number, (rows, columns) for a matrix, CONDITION for a relation.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

CONDITION = "condition"
Tree = int | dict[str, Any]


class Open:
    """The length of a 1 or an I, which its neighbours tell."""


Size = dict[str, int] | Open
Shape = tuple[Size, Size] | str | None


def constant(n: int) -> dict[str, int]:
    return {"": n} if n else {}


ONE = constant(1)


def plus(a: dict[str, int], b: dict[str, int], c: int = 1) -> dict[str, int]:
    """a + c b"""
    out = {id: a.get(id, 0) + c * b.get(id, 0) for id in {**a, **b}}
    return {id: n for id, n in out.items() if n}


class Sizes:
    """What is known of open sizes."""

    def __init__(self, symbols: dict[str, Any]):
        self.symbols = symbols
        self.told: dict[Open, Size] = {}

    @contextlib.contextmanager
    def trial(self) -> Iterator[None]:
        """What is told inside is forgotten after it."""
        before = dict(self.told)
        yield
        self.told = before

    def settled(self, size: Size) -> Size:
        while isinstance(size, Open) and size in self.told:
            size = self.told[size]
        return size

    def same(self, a: Size, b: Size) -> bool:
        a, b = self.settled(a), self.settled(b)
        return a is b or (isinstance(a, dict) and isinstance(b, dict) and a == b)

    def unify(self, a: Size, b: Size) -> bool:
        """Makes both sizes one, by telling what is open; False where they differ."""
        a, b = self.settled(a), self.settled(b)
        if self.same(a, b):
            return True
        if isinstance(a, Open):
            self.told[a] = b
        elif isinstance(b, Open):
            self.told[b] = a
        else:
            return False
        return True

    def is_one(self, size: Size) -> bool:
        return self.same(size, ONE)

    def is_single(self, shape: Shape) -> bool:
        """Is it the shape of a matrix of one entry?"""
        return isinstance(shape, tuple) and all(map(self.is_one, shape))

    def same_shape(self, a: Shape, b: Shape) -> bool:
        return a == b or (isinstance(a, tuple) and isinstance(b, tuple) and all(map(self.same, a, b)))

    def length(self, shape: Shape) -> Size | None:
        """The length of a column or a row."""
        if not isinstance(shape, tuple):
            return None
        rows, cols = shape
        return rows if self.is_one(cols) else cols if self.is_one(rows) else None

    def linear(self, tree: Tree | Open) -> dict[str, int] | None:
        """A tree as a size, or None where it is not linear."""
        if isinstance(tree, Open):
            size = self.settled(tree)
            return None if isinstance(size, Open) else size
        if isinstance(tree, int):
            return constant(tree)
        if tree["op"] in ("symbol", "bound"):
            return {tree["id"]: 1}
        if tree["op"] not in ("add", "mul"):
            return None
        found = [self.linear(arg) for arg in tree["args"]]
        parts = [part for part in found if part is not None]
        if len(parts) < len(found):
            return None
        total = constant(0) if tree["op"] == "add" else ONE
        for part in parts:
            if tree["op"] == "add":
                total = plus(total, part)
            elif not part.keys() - {""}:
                total = plus({}, total, part.get("", 0))
            elif not total.keys() - {""}:
                total = plus({}, part, total.get("", 0))
            else:
                return None
        return total

    def tree(self, size: Size) -> Tree | Open:
        """A size as a tree, or the size itself while it is open."""
        size = self.settled(size)
        if isinstance(size, Open):
            return size
        terms: list[Tree] = []
        for id, n in sorted(size.items()):
            leaf = {"op": "symbol" if id in self.symbols else "bound", "id": id}
            terms.append(n if not id else leaf if n == 1 else {"op": "mul", "args": [n, leaf]})
        return {"op": "add", "args": terms} if len(terms) > 1 else terms[0] if terms else 0

    def text(self, size: Size) -> str:
        """A size in letters: n_1, T + 1, ?."""
        size = self.settled(size)
        if isinstance(size, Open):
            return "?"
        out = ""
        for id, n in sorted(size.items(), key=lambda term: (not term[0], term[0])):
            letter = id.partition("#")[0]
            term = f"{'' if abs(n) == 1 else f'{abs(n)} '}{letter}" if id else str(abs(n))
            out += f" {'-' if n < 0 else '+'} {term}" if out else f"{'-' if n < 0 else ''}{term}"
        return out or "0"

    def shape_text(self, shape: Shape) -> str:
        return f"{self.text(shape[0])} × {self.text(shape[1])}" if isinstance(shape, tuple) else "a number"
