"""What slopes mean: gradients, Hessians and Jacobians, in all ways to write them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TypeGuard

from .asked import Asked
from .operators import LAYOUT, ORDER
from .syntax import Node, Power, Slope, Slopes, Transposed
from .values import Value, is_op, op


class Gradients(Asked):
    def slope(self, node: Slope, known: Value | None = None) -> Value:
        """A slope of what stands in it, or of a value that is known."""
        by = node.by.base if is_turned(node.by) else node.by
        variable, value = self.any(by), known or self.any(node.of)
        bare = replace(value, tree=value.tree["args"][0]) if is_op(value.tree, "transpose") else value
        if node.op == "grad" and (by is not node.by or (bare is not value and variable.is_matrix)):  # ∂u/∂vᵀ, ∂uᵀ/∂v
            jacobian = self.jacobian(node, bare, variable)
            if not (self.sizes.is_one(value.sides[1]) and self.sizes.is_one(variable.sides[0 if by is node.by else 1])):
                self.fail(LAYOUT, node)
            return jacobian
        if not any(is_op(variable.tree, kind) for kind in ("symbol", "matrix", "entry")):
            self.fail("A slope is by a name or by an entry.", node.by)
        if node.op == "jac":
            return self.jacobian(node, value, variable)
        if value.is_matrix and not self.sizes.is_single(value.shape):
            self.fail(f"A gradient is of a number, and this is {self.shown(value)}.", node.of)
        shape = variable.shape
        if node.op == "hess" and variable.is_matrix:
            n = self.length(variable, node.by, "hess")
            shape = n, n
        return self.made(node, op(node.op, self.products.total(value).tree, variable.tree), shape)

    def jacobian(self, node: Slope, value: Value, variable: Value) -> Value:
        shape = self.length(value, node.of, "A Jacobian"), self.length(variable, node.by, "A Jacobian")
        return self.made(node, op("jac", value.tree, variable.tree), shape)

    def higher(self, node: Slopes) -> Value:
        """∂²f by two letters or by one twice: a Hessian, or slopes by numbers one after the other."""
        turned = list(map(is_turned, node.by))
        bare = [by.base if is_turned(by) else by for by in node.by]
        values = [self.any(by) for by in bare]
        same = len({json.dumps(value.tree, default=lambda size: id(size)) for value in values}) == 1
        first = values[0]
        if first.is_matrix:
            column = self.sizes.is_one(first.sides[1])
            fits = same and len(bare) == 2 and (not any(turned) or turned == [not column, column])
        else:
            fits = not any(turned) and not any(value.is_matrix for value in values)
        if not fits:
            self.fail(ORDER, spanning(node.by))
        if same and len(bare) == 2:
            return self.slope(Slope(node.start, node.end, "hess", node.of, bare[0]))
        *others, last = bare
        inner = self.slope(Slope(node.start, node.end, "grad", node.of, last))
        for by in reversed(others):
            inner = self.slope(Slope(node.start, node.end, "grad", node.of, by), inner)
        return inner


def is_turned(node: Node) -> TypeGuard[Transposed | Power]:
    """Is it xᵀ, or x^T?"""
    return isinstance(node, Transposed) or (isinstance(node, Power) and node.letter)


def spanning(nodes: list[Node]) -> Node:
    """The place from the first node to the last."""
    return Node(nodes[0].start, nodes[-1].end)
