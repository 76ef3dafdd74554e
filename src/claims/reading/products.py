"""What a chain of factors means.

Side by side, and @, is the matrix product; ⊙ is looser and entrywise; of *, ·, × and .* all readings are tried, and one is
taken only if no other fits; · and × are never entrywise.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from itertools import product as choices
from typing import Any, NamedTuple, NoReturn

from claims.errors import Misread

from .cursor import COLUMNS
from .operators import DIVISION
from .signs import Sign
from .sizes import Shape, Sizes, Tree
from .syntax import Call, Fold, Group, Indexed, Node, Number, Power, Transposed
from .values import Placed, Value, fraction, is_matrix, is_op, op, opposed, ratio

UNCLEAR = ("*", "·", "×")
ENTRYWISE = ("⊙", "⊙*", "./", "⊘")
MOST = 10  # of the signs *, · and × in a chain
SUMS = ("total", "norm")
QUOTIENT = (
    "Over a square matrix the sign / can mean the inverse: write Q^-1 for that, or ⊘ for a quotient entry by entry."
)


class Factor(NamedTuple):
    """A factor with the sign before it, an empty one before the first."""

    op: str
    sign: Sign
    node: Node
    value: Value


class Products:
    def __init__(self, sizes: Sizes) -> None:
        self.sizes = sizes

    def fail(self, needs: str, a: Value, b: Value, place: Placed, hint: str = "") -> NoReturn:
        shapes = f"{self.sizes.shape_text(a.shape)} and {self.sizes.shape_text(b.shape)}"
        raise Misread(f"{needs}: here {shapes}.{hint and f' {hint}'}", place.start, place.end)

    # ------------------------------------------------------------ two factors
    def total(self, value: Value) -> Value:
        """A matrix of one entry as the number it holds."""
        return Value(op("total", value.tree), None, value.start, value.end) if value.is_matrix else value

    def product(self, factors: Sequence[Tree], shape: Shape, start: int, end: int) -> Value:
        tree = op("matmul" if shape else "mul", *factors) if len(factors) > 1 else factors[0]
        return Value(tree, shape, start, end, factors=tuple(factors))

    def times(self, a: Value, b: Value, sign: Placed) -> Value:
        sizes = self.sizes
        if b.column and a.is_matrix:
            if sizes.is_single(a.shape):
                return self.times(self.total(a), replace(b, column=False), sign)  # (uᵀ v) 1
            if sizes.is_one(a.sides[1]):  # ones of one entry say nothing
                self.misfit(a, b, sign)
        if a.is_matrix and b.is_matrix and not sizes.unify(a.sides[1], b.sides[0]):
            if sizes.is_single(a.shape):
                return self.times(self.total(a), b, sign)
            if sizes.is_single(b.shape):
                return self.times(a, self.total(b), sign)
            self.misfit(a, b, sign)
        shape = (a.sides[0], b.sides[1]) if a.is_matrix and b.is_matrix else a.shape or b.shape
        return self.product([*a.parts, *(b.parts if b.fraction else [b.tree])], shape, a.start, b.end)

    def misfit(self, a: Value, b: Value, sign: Placed) -> NoReturn:
        (rows, cols), (below, across), same = a.sides, b.sides, self.sizes.same
        hint = ""
        if same(rows, below) and same(cols, across):
            hint = "The entrywise product is written ⊙."
        elif same(rows, below):
            hint = "Is the transpose of the left one meant?"
        elif same(cols, across):
            hint = "Is the transpose of the right one meant?"
        elif same(rows, across):
            hint = "Is the other order meant?"
        self.fail("A matrix product needs as many columns on the left as rows on the right", a, b, sign, hint)

    def quotient(self, a: Value, b: Value, sign: Placed) -> Value:
        """Over a square matrix / is the product with its inverse for some, and goes entry by entry for others."""
        if b.is_matrix and not self.sizes.is_single(b.shape) and self.sizes.same(*b.sides):
            raise Misread(QUOTIENT, sign.start, sign.end)
        return self.divided(a, b, sign)

    def divided(self, a: Value, b: Value, sign: Placed) -> Value:
        sizes, place = self.sizes, (a.start, b.end)
        if sizes.is_single(b.shape) and not sizes.is_single(a.shape):
            b = self.total(b)
        one = a.literal and a.tree == 1
        if b.is_matrix:
            base, number = b.tree, Fraction(1)
            if is_op(b.tree, "hadamard-power") and not b.grouped and (power := fraction(b.tree["args"][1])) is not None:
                base, number = b.tree["args"][0], power
            inverse = Value(op("hadamard-power", base, ratio(-number)), b.shape, *place)
            if a.is_matrix:
                return self.entrywise(a, inverse, sign)
            return inverse if one else self.times(a, inverse, sign)
        if b.tree == 0:
            raise Misread("Division by 0.", b.start, b.end)
        if (below := b.number) is not None:
            if (above := a.number) is not None:
                return Value(ratio(above / below), None, *place, literal=True)
            return self.product([*a.parts, ratio(1 / below)], a.shape, *place)
        base, exponent = b.tree["args"] if is_op(b.tree, "pow") and not b.grouped else (b.tree, 1)
        reciprocal = op("pow", base, opposed(exponent))
        return self.product([reciprocal] if one else [*a.parts, reciprocal], a.shape, *place)

    def entrywise(self, a: Value, b: Value, sign: Placed) -> Value:
        if not (a.is_matrix and b.is_matrix):
            return self.times(a, b, sign)
        self.met(a, b, sign, "An entrywise product or quotient needs matrices of one shape")
        factors = a.tree["args"] if is_op(a.tree, "hadamard") and not a.grouped else [a.tree]
        return Value(op("hadamard", *factors, b.tree), a.shape, a.start, b.end)

    def met(self, a: Value, b: Value, sign: Placed, needs: str) -> None:
        """Refuses matrices of two shapes."""
        if all(map(self.sizes.unify, a.sides, b.sides)):
            return
        same, single = self.sizes.same, self.sizes.is_one
        hint = ""
        if same(a.sides[0], b.sides[1]) and same(a.sides[1], b.sides[0]):
            hint = "Is the transpose of one meant?"
        elif all(same(x, y) or single(x) or single(y) for x, y in zip(a.sides, b.sides, strict=True)):
            hint = "A row or a column is spread by a product with ones, such as ones(m, 1) b."
        self.fail(needs, a, b, sign, hint)

    # ------------------------------------------------------------ a chain
    def chain(self, factors: list[Factor]) -> Value:
        self.refuse(factors)
        unclear = [k for k, factor in enumerate(factors) if factor.op in UNCLEAR]
        dotted = [k for k, factor in enumerate(factors) if factor.op in ("⊙*", "./")]
        if sum(factor.value.is_matrix for factor in factors) < 2 or not (unclear or dotted):
            return self.joined(factors, set(), True)
        (entry, loose), *others = self.readings(factors, unclear)
        if others:
            sign = factors[(unclear or dotted)[0]].sign
            written = ".*" if sign.text == "⊙*" else sign.text
            raise Misread(
                f"What the sign {written} means here is unclear, or what it binds: write @ or ⊙, and brackets.",
                sign.start,
                sign.end,
            )
        if dot := next((factors[k].sign for k in entry if factors[k].op != "*"), None):
            raise Misread(
                f"Between two matrices of one shape the sign {dot.text} can mean several products: "
                "write x^T y for the inner product, ⊙ for the entrywise one.",
                dot.start,
                dot.end,
            )
        return self.joined(factors, entry, loose)

    def readings(self, factors: list[Factor], unclear: list[int]) -> list[tuple[set[int], bool]]:
        """Which of the unclear signs are entrywise, and whether that binds less: one choice for each product that fits."""
        if len(unclear) > MOST:
            sign = factors[unclear[MOST]].sign
            raise Misread(f"More than {MOST} signs of products: write brackets.", sign.start, sign.end)
        orders = [True] if any(factor.op in ("⊙", "⊘") for factor in factors) else [True, False]
        fits: dict[str, tuple[set[int], bool]] = {}
        wrong: Misread | None = None
        for taken in choices([False, True], repeat=len(unclear)):
            entry = {k for k, is_entry in zip(reversed(unclear), taken, strict=True) if is_entry}
            for loose in orders:
                with self.sizes.trial():
                    try:
                        key = json.dumps(self.core(self.joined(factors, entry, loose).tree), default=self.sizes.text)
                        fits.setdefault(key, (entry, loose))
                    except Misread as error:
                        wrong = wrong or error
        if wrong and not fits:
            raise wrong
        return list(fits.values())

    def joined(self, factors: list[Factor], entry: set[int], loose: bool) -> Value:
        """One reading of a chain: `entry` says which signs are entrywise too, `loose` that those bind less."""
        blocks = [(factors[0], factors[0].value)]
        for k, factor in enumerate(factors[1:], 1):
            before, current = blocks[-1]
            if factor.op not in ENTRYWISE and k not in entry:
                step = self.quotient if factor.op == "/" else self.times
                blocks[-1] = before, step(current, factor.value, factor.sign)
            elif loose:
                blocks.append((factor, factor.value))
            else:
                blocks[-1] = before, self.met_at(current, factor, factor.value)
        out = blocks[0][1]
        for factor, value in blocks[1:]:
            out = self.met_at(out, factor, value)
        return out

    def met_at(self, a: Value, factor: Factor, b: Value) -> Value:
        if factor.op in ("./", "⊘"):
            return self.divided(a, replace(b, grouped=True), factor.sign)
        return self.entrywise(a, b, factor.sign)

    def core(self, tree: Any) -> Any:
        """A product without its numbers, which stand at one place as well as at another."""
        if not is_op(tree, "matmul") and not is_op(tree, "hadamard"):
            return tree
        args = [self.core(arg) for arg in tree["args"] if is_matrix(arg)]
        flat = [part for arg in args for part in (arg["args"] if arg.get("core") == tree["op"] else [arg])]
        return {"core": tree["op"], "args": flat} if len(flat) > 1 else flat[0]

    # ------------------------------------------------------------ what is not guessed
    def refuse(self, factors: list[Factor]) -> None:
        """z / a b, where b may stand below the line, a 1 beside a matrix, which may be a column of ones, and [a b] there."""
        row = next((factor.value for factor in factors if factor.value.columns and not factor.value.is_matrix), None)
        if row and any(factor.value.is_matrix for factor in factors):
            raise Misread(COLUMNS, row.start, row.end)
        for k, (before, factor) in enumerate(pairwise(factors)):
            tight = factor.op in ("", "*", "·", "×", "@", "/")
            if before.op in ("./", "⊘") and tight:
                raise Misread(DIVISION, before.node.start, factor.node.end)
            if factor.op:
                continue
            inner = factor.node
            while isinstance(inner, Transposed | Power | Indexed):
                inner = inner.base
            is_entry = isinstance(inner, Group) and (inner.square or self.is_place(inner, factor))
            if is_entry and before.value.is_matrix:  # x [i] is no product, nor x(i)
                raise Misread("Entries are counted from 1: write A_{i,j}.", factor.node.start, factor.node.end)
            if factor.sign.divides and before.value.is_matrix:
                raise Misread(DIVISION, before.node.start, factor.node.end)
            coefficient = k == 1 and factors[0].value.literal and before.value.literal  # 1/2 z
            below = before.value.is_matrix or not (factor.value.is_matrix or is_sum(factor.node))
            if before.op == "/" and below and not coefficient:
                raise Misread(DIVISION, before.node.start, factor.node.end)
            one, other = (before, factor) if is_one(before.node) else (factor, before)
            if is_one(one.node) and before.op != "/" and other.value.is_matrix:
                raise Misread(
                    "The 1 can be a number and a column of ones here: write ones(m, 1), or leave it out.",
                    one.node.start,
                    one.node.end,
                )

    def is_place(self, group: Group, factor: Factor) -> bool:
        """(2), and what holds letters that are whole alone, such as (i) and (n - 1)^2, may say which entry is meant, right behind a matrix."""
        tree, symbols = factor.value.tree, self.sizes.symbols
        while is_op(tree, "pow"):
            tree = tree["args"][0]
        letters = (self.sizes.linear(tree) or {}).keys() - {""}
        is_whole = all(id not in symbols or symbols[id]["facts"].get("integer") for id in letters)
        return factor.sign.glued and (isinstance(group.inner, Number) or (bool(letters) and is_whole))


def is_one(node: Node) -> bool:
    return isinstance(node, Number) and node.text == "1"


def is_sum(node: Node) -> bool:
    """Is it what ends by itself, as in 1/m sum(A)?"""
    return isinstance(node, Fold) or (isinstance(node, Call) and not node.found and node.name in SUMS)
