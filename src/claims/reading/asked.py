"""What a phrase is asked for: a number, a matrix, a condition, a size; and sizes that are told late."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NoReturn

from claims.errors import Misread

from .cursor import COLUMNS
from .names import Lexicon
from .products import Products
from .signs import Sign
from .sizes import CONDITION, Open, Shape, Size, Sizes, Tree
from .syntax import Node
from .values import Placed, Value, op


class Asked:
    """The methods by which rules ask for their parts; `of` reads a phrase (see `meaning`)."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon, self.tables = lexicon, lexicon.tables
        self.functions = dict(self.tables["functions"])
        self.sizes = Sizes(self.tables["symbols"])
        self.products = Products(self.sizes)
        self.opened: list[tuple[Size, Node]] = []
        self.shifted: set[str] = set()  # bound variables that are counted from 0 where print counts from 1
        self.ranges: dict[str, list[Size | None]] = {}  # of bound variables, as far as what they index tells
        self.count = self.norms = 0

    def of(self, node: Node) -> Value:
        raise NotImplementedError

    def fail(self, message: str, place: Placed) -> NoReturn:
        raise Misread(message, place.start, place.end)

    def shown(self, value: Value) -> str:
        return self.sizes.shape_text(value.shape)

    def scalar(self, node: Node, what: str, value: Value | None = None) -> Tree:
        """A number, or the one entry of a matrix."""
        value = value or self.any(node)
        if value.is_matrix and not self.sizes.is_single(value.shape):
            self.fail(f"{what} needs a number, and this is {self.shown(value)}.", node)
        return self.products.total(value).tree

    def any(self, node: Node) -> Value:
        """A number or a matrix."""
        value = self.of(node)
        if value.shape == CONDITION:
            self.fail("A condition stands where a number or a matrix is meant.", node)
        return value

    def matrix(self, node: Node, what: str) -> Value:
        value = self.any(node)
        if not value.is_matrix:
            self.fail(f"{what} needs a matrix, and this is a number.", node)
        return value

    def square(self, node: Node, what: str, value: Value | None = None) -> Value:
        value = value or self.matrix(node, what)
        if not self.sizes.unify(*value.sides):
            self.fail(f"{what} needs a square matrix, and this is {self.shown(value)}.", node)
        return value

    def length(self, value: Value, node: Node, what: str) -> Size:
        """The length of a row or of a column."""
        length = self.sizes.length(value.shape)
        if length is None:
            self.fail(f"{what} needs a row or a column, and this is {self.shown(value)}.", node)
        return length

    def condition(self, node: Node) -> Tree:
        value = self.of(node)
        if value.shape != CONDITION:
            self.fail("A condition is meant here, such as z > 0.", node)
        return value.tree

    def size(self, node: Node) -> tuple[Tree, dict[str, int]]:
        tree = self.scalar(node, "A size")
        size = self.sizes.linear(tree)
        if size is None:
            self.fail("A size is meant here: a whole number, a declared size, or a sum of these.", node)
        return tree, size

    # ------------------------------------------------------------ one shape
    def levelled(self, values: list[Value], signs: list[Sign], needs: str) -> tuple[list[Tree], Shape]:
        """Trees of one shape: a number beside matrices is one at each entry."""
        matrices = [value for value in values if value.is_matrix]
        if len(matrices) < len(values) and all(self.sizes.is_single(value.shape) for value in matrices):
            return [self.products.total(value).tree for value in values], None
        for value, sign in zip(values, signs, strict=True):
            if value.is_matrix:
                self.products.met(matrices[0], value, sign, needs)
        shape = matrices[0].sides
        return [self.spread(value, shape) for value in values], shape

    def spread(self, value: Value, shape: tuple[Size, Size]) -> Tree:
        """A matrix as it is, a number at each entry of one."""
        if value.is_matrix:
            return value.tree
        if value.columns:  # [a b] = x^T
            self.fail(COLUMNS, value)
        sizes = map(self.sizes.tree, shape)
        if value.tree == 0:
            return op("zeros", *sizes)
        return op("ones", *sizes) if value.tree == 1 else op("matmul", *value.parts, op("ones", *sizes))

    # ------------------------------------------------------------ variables
    def fresh(self, name: str) -> dict[str, str]:
        self.count += 1
        return {"id": f"{name}#{self.count}", "name": name}

    def again(self, tree: Tree) -> Any:
        """A tree a second time, whose bound variables are others: each is defined once."""
        ids: dict[str, str] = {}

        def change(part: Any) -> Any:
            if isinstance(part, list):
                return list(map(change, part))
            if not isinstance(part, dict):
                return part
            for bound in part.get("bind", ()):
                ids[bound["id"]] = self.fresh(bound["name"])["id"]
            return {key: ids.get(each, each) if key == "id" else change(each) for key, each in part.items()}

        return change(tree)

    def settled(self, tree: Tree) -> Any:
        """A tree with all sizes told."""
        for size, node in self.opened:
            if isinstance(self.sizes.settled(size), Open):
                self.fail("The size of the ones or of the identity cannot be told: write ones(m, n) or eye(n).", node)

        def told(part: Any) -> Any:
            if isinstance(part, Open):
                return self.sizes.tree(part)
            if isinstance(part, list):
                return list(map(told, part))
            return {key: told(each) for key, each in part.items()} if isinstance(part, dict) else part

        return told(tree)

    def made(self, node: Placed, tree: Any, shape: Shape, **more: Any) -> Value:
        return Value(tree, shape, node.start, node.end, **more)

    def placed(self, node: Placed, value: Value, **more: Any) -> Value:
        return replace(value, start=node.start, end=node.end, **more)
