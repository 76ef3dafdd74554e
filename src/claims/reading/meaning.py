"""From phrases to trees of the schema: what each kind of phrase means, by the shapes of its parts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import singledispatchmethod
from typing import Any

from .calls import Calls
from .names import Bound, Known
from .products import Factor, is_one
from .signs import Sign
from .sizes import CONDITION, ONE, Open, Size, Tree, constant, plus
from .slopes import Gradients
from .syntax import (
    Bars,
    Call,
    Cases,
    Chain,
    Delta,
    Fold,
    Group,
    Indexed,
    Indicator,
    Leaf,
    Logic,
    Mapped,
    Node,
    Number,
    Power,
    Relation,
    Root,
    Rows,
    Slope,
    Slopes,
    Sum,
    Transposed,
    is_e,
    leaves,
)
from .values import Value, fraction, is_op, op, opposite, ratio

CONSTANTS = {"pi": "pi", "π": "pi", "e": "e", "oo": "oo", "inf": "oo", "1j": "i"}
ONES = Known("builtin", "𝟏")
SERIES = "e to a square matrix can be its exponential series: write exp( ) for the exponential of each entry."


class Meaning(Calls, Gradients):
    @singledispatchmethod
    def of(self, node: Node) -> Value:
        raise TypeError(type(node))

    # ------------------------------------------------------------ leaves
    @of.register
    def _(self, node: Number) -> Value:
        digits, _, power = node.text.lower().partition("e")
        whole, _, part = digits.partition(".")
        value = Fraction(int(whole + part or "0")) * Fraction(10) ** (int(power or "0") - len(part))
        return self.made(node, ratio(value), None, literal=True)

    @of.register
    def _(self, node: Leaf) -> Value:
        found = node.found
        if isinstance(found, Bound):
            return self.made(node, {"op": "bound", "id": found.id}, None)
        if found.kind == "symbol":
            return self.made(node, {"op": "symbol", "id": found.id}, None)
        if found.kind == "matrix":
            line = self.tables["matrices"][found.id]
            shape = self.side(line["rows"]), self.side(line["cols"])
            return self.made(node, {"op": "matrix", "id": found.id}, shape)
        if found.id in CONSTANTS:
            return self.made(node, {"op": "constant", "value": CONSTANTS[found.id]}, None)
        n = Open()
        self.opened.append((n, node))
        if found.id == "I":
            return self.made(node, op("identity", n), (n, n))
        return self.made(node, op("ones", n, 1), (n, ONE), column=True)

    @of.register
    def _(self, node: Group) -> Value:
        value = self.of(node.inner)
        return self.made(node, value.tree, value.shape, grouped=True, columns=node.columns)

    def side(self, tree: Tree) -> Size:
        """A side of a matrix that is declared, which a line that declares one looks at."""
        size = self.sizes.linear(tree)
        if size is None:
            raise TypeError(f"{tree} is no size")
        return size

    # ------------------------------------------------------------ sums, products, powers
    @of.register
    def _(self, node: Sum) -> Value:
        values = []
        for minus, _, part in node.terms:
            value = self.any(part)
            if minus and (number := value.number) is not None:
                value = self.placed(value, value, tree=ratio(-number))
            elif minus:
                turned = self.products.product(opposite(value.parts), value.shape, value.start, value.end)
                value = replace(turned, columns=value.columns)
            values.append(value)
        if len(values) == 1:
            return self.placed(node, values[0])
        needs = "A sum needs matrices of one shape"
        level, shape = self.levelled(values, [term.sign for term in node.terms], needs)
        return self.made(node, op("matadd" if shape else "add", *level), shape)

    @of.register
    def _(self, node: Chain) -> Value:
        factors = [Factor("", Sign("op", "", node.start, node.start), node.head, self.any(node.head))]
        factors += [Factor(link.op, link.sign, link.node, self.any(link.node)) for link in node.links]
        return self.placed(node, self.products.chain(factors), fraction=node.fraction)

    @of.register
    def _(self, node: Bars) -> Value:
        """|z|: of a matrix it might be the determinant, and what is meant entry by entry is abs(A)."""
        return self.made(node, op("abs", self.scalar(node.inner, "| |")), None)

    @of.register
    def _(self, node: Transposed) -> Value:
        if is_one(node.base):  # 1ᵀ sums a column
            return self.turned(node, self.of(Leaf(node.base.start, node.base.end, ONES)))
        return self.turned(node, self.matrix(node.base, "The transpose"))

    @of.register
    def _(self, node: Power) -> Value:
        base, exponent = node.base, node.exponent
        if is_e(base) and exponent and not node.letter:
            power = self.any(exponent)
            if power.is_matrix and not self.sizes.is_single(power.shape) and self.sizes.same(*power.sides):
                self.fail(SERIES, exponent)  # which exp(A) is not
            return self.applied(node, [exponent], lambda t: op("exp", t), [power])
        if node.letter and is_one(base) and not exponent:
            return self.of(Transposed(node.start, node.end, base))
        value = self.any(base)
        if node.letter and value.is_matrix:
            if exponent and self.sizes.same(*value.sides):
                self.fail("T is a number here, and also the sign of a transpose: write ' for the transpose.", node)
            return self.turned(node, value)
        if not exponent:
            self.fail("The transpose needs a matrix, and this is a number.", base)
        if value.is_matrix and isinstance(exponent, Power) and exponent.letter:  # A^2^T
            self.fail("T is a number here, and also the sign of a transpose: write ' for the transpose.", exponent)
        tree = self.scalar(exponent, "An exponent")
        if value.squares is not None:
            return self.made(node, self.norm_power(value.squares, tree), None)
        if value.is_matrix:
            return self.matrix_power(node, value, tree)
        if value.number and tree == -1:
            return self.made(node, ratio(1 / value.number), None, literal=True)
        return self.made(node, op("pow", value.tree, tree), None)

    def matrix_power(self, node: Power, value: Value, exponent: Tree) -> Value:
        """Entry by entry where a sign says so, or where the matrix is not square."""
        number = fraction(exponent)
        if not node.entrywise and number is not None and number < 0:
            self.square(node.base, "The inverse", value)
        if node.entrywise or not self.sizes.same(*value.sides):
            return self.made(node, op("hadamard-power", value.tree, exponent), value.shape)
        power = op("inverse", value.tree) if exponent == -1 else op("matpow", value.tree, exponent)
        return self.made(node, power, value.shape)

    @of.register
    def _(self, node: Root) -> Value:
        """\\sqrt[3]{z}"""
        order = self.scalar(node.order, "The order of a root")
        one, below = self.made(node, 1, None, literal=True), self.made(node.order, order, None)
        below = self.placed(node.order, below, literal=fraction(order) is not None)
        exponent = self.products.divided(one, below, node).tree
        return self.applied(node, [node.arg], lambda t: op("pow", t, exponent))

    # ------------------------------------------------------------ entries and indices
    def position(self, node: Node) -> tuple[Tree | Open, dict[str, int]]:
        """Where an entry stands, from 0, and what was written; print counts from 1, free indices count from 0."""
        written = self.sizes.linear(self.scalar(node, "An index"))
        if written is None:
            self.fail("The index is not a whole number that is a sum of sizes and indices.", node)
        shift = sum(n for id, n in written.items() if id in self.shifted or self.lexicon.is_index(id))
        place = plus(written, constant(shift - 1))
        if place.keys() == {""} and place[""] < 0:
            self.fail("Entries are counted from 1: write A_{i,j}.", node)
        return self.sizes.tree(place), written

    @of.register
    def _(self, node: Indexed) -> Value:
        value, indices = self.matrix(node.base, "An index"), node.indices
        length = self.sizes.length(value.shape)
        joined = len(indices) == 2 and indices[0].end == indices[1].start  # x_{12} of a column
        if len(indices) not in (1, 2) or (length is None and len(indices) == 1) or (length is not None and joined):
            expected = "2 indices" if length is None else "1 index"
            self.fail(f"{self.shown(value)} has {expected}, not {len(indices)}.", node)
        row = self.sizes.is_one(value.sides[0]) and not self.sizes.is_one(value.sides[1])
        axes = [0, 1] if len(indices) == 2 else [1] if row else [0]
        places: list[Tree | Open] = [0, 0]
        for axis, index in zip(axes, indices, strict=True):
            places[axis], written = self.position(index)
            self.note_range(written, value.sides[axis])
        return self.made(node, op("entry", value.tree, *places), None)

    def note_range(self, written: dict[str, int], size: Size) -> None:
        """A variable that is an index by itself runs over that side; of one beside others this cannot be told."""
        for id in written.keys() & self.ranges.keys():
            self.ranges[id].append(size if written == {id: 1} else None)

    @of.register
    def _(self, node: Delta) -> Value:
        if len(node.indices) != 2:
            self.fail(f"delta has 2 indices, not {len(node.indices)}.", node)
        return self.made(node, op("delta", *(self.position(index)[0] for index in node.indices)), None)

    @of.register
    def _(self, node: Fold) -> Value:
        bound, is_whole = node.bound, node.op != "integral"
        line = self.fresh(bound.name)
        inside = any(leaf.found is bound for leaf in leaves(node.body))
        shifted = is_whole and inside and not any(leaf.found is bound for leaf in leaves(node.body, indices=False))
        ends = None
        if node.low and node.high:
            ends = [self.ended(self.scalar(end, "An end"), shifted) for end in (node.low, node.high)]
        bound.id = line["id"]
        self.ranges[bound.id] = []
        if shifted:
            self.shifted.add(bound.id)
        body = self.scalar(node.body, f"What is in the {node.op}")
        low, high = ends or self.whole_range(node, shifted)
        bind = {**line, "facts": {"integer" if is_whole else "real": True}, "low": low, "high": high}
        binds = [bind]
        if is_op(body, node.op) and isinstance(node.body, Fold):
            binds, body = [bind, *body["bind"]], body["body"]
        return self.made(node, {"op": node.op, "bind": binds, "body": body}, None)

    def whole_range(self, node: Fold, shifted: bool) -> tuple[Tree | Open, Tree | Open]:
        """The ends of a variable that runs over all places of what it indexes."""
        sizes = self.ranges[node.bound.id]
        first = sizes[0] if sizes else None
        if first is None or not all(size is not None and self.sizes.unify(first, size) for size in sizes):
            name = node.bound.name
            self.fail(f"From where to where {name} runs cannot be told: write sum_{{{name}=1}}^n.", node.bound.sign)
        last = plus(self.told(first, node.bound.sign), constant(-1 if shifted else 0))
        return (0 if shifted else 1), self.sizes.tree(last)

    def ended(self, tree: Tree, shifted: bool) -> Tree | Open:
        """An end of a sum, less 1 where its index is counted from 0."""
        if not shifted:
            return tree
        size = self.sizes.linear(tree)
        return op("add", tree, -1) if size is None else self.sizes.tree(plus(size, constant(-1)))

    @of.register
    def _(self, node: Mapped) -> Value:
        line = self.fresh(node.bound.name)
        node.bound.id = line["id"]
        body = self.scalar(node.body, "A function")
        value = self.matrix(node.arg, "apply")
        return self.made(node, {"op": "apply", "bind": [line], "body": body, "args": [value.tree]}, value.shape)

    # ------------------------------------------------------------ functions, slopes, blocks
    @of.register
    def _(self, node: Call) -> Value:
        return self.called(node)

    @of.register
    def _(self, node: Slope) -> Value:
        return self.slope(node)

    @of.register
    def _(self, node: Slopes) -> Value:
        return self.higher(node)

    @of.register
    def _(self, node: Rows) -> Value:
        """A matrix written out, of numbers or of blocks."""
        width = len(node.rows[0])
        for parts in node.rows:
            if len(parts) != width:
                self.fail(f"Rows of one length are meant, of {width} entries, and one has {len(parts)}.", node)
        values = [[self.any(part) for part in row] for row in node.rows]
        if not any(v.is_matrix and not self.sizes.is_single(v.shape) for row in values for v in row):
            rows = [[self.products.total(value).tree for value in row] for row in values]
            shape = constant(len(rows)), constant(width)
            return self.made(node, {"op": "rows", "rows": rows, "shape": [len(rows), width]}, shape)
        for parts, row in zip(node.rows, values, strict=True):
            for part, value in zip(parts, row, strict=True):
                if not value.is_matrix:
                    self.fail("A block needs a matrix, and this is a number.", part)
        across = [self.blocks(node, "hstack", row) if width > 1 else row[0] for row in values]
        return self.blocks(node, "vstack", across) if len(across) > 1 else across[0]

    # ------------------------------------------------------------ conditions
    @of.register
    def _(self, node: Cases) -> Value:
        cases = [
            {"value": self.scalar(value, "A case"), "if": True if when is None else self.condition(when)}
            for value, when in node.cases
        ]
        return self.made(node, {"op": "cases", "cases": cases}, None)

    @of.register
    def _(self, node: Indicator) -> Value:
        """1[z > 0], and 1[Z > 0] entry by entry."""
        condition = node.condition
        if not isinstance(condition, Relation):
            return self.made(node, indicated(self.condition(condition)), None)
        sides = [condition.left, condition.right]
        values = [self.any(side) for side in sides]
        if any(value.is_matrix for value in values):
            return self.applied(node, sides, lambda a, b: indicated(op(condition.op, a, b)), values)
        return self.made(node, indicated(self.related(condition, values).tree), None)

    @of.register
    def _(self, node: Relation) -> Value:
        return self.related(node, [self.any(node.left), self.any(node.right)])

    def related(self, node: Relation, values: list[Value]) -> Value:
        if node.op not in ("eq", "ne"):
            for side, value in zip((node.left, node.right), values, strict=True):
                self.scalar(side, "An inequality", value)
            values = [self.products.total(value) for value in values]
        level, _ = self.levelled(values, [node.sign, node.sign], "Both sides need one shape")
        return self.made(node, op(node.op, *level), CONDITION)

    @of.register
    def _(self, node: Logic) -> Value:
        return self.made(node, op(node.op, *map(self.condition, node.args)), CONDITION)


def indicated(condition: Tree) -> dict[str, Any]:
    return {"op": "cases", "cases": [{"value": 1, "if": condition}, {"value": 0, "if": True}]}
