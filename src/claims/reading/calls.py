"""What functions mean: those of numbers at each entry of a matrix, those of matrices by a rule of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NoReturn

from .asked import Asked
from .counted import standing
from .functions import FUNCTIONS, KEYS, SCALAR
from .sizes import ONE, Size, Tree, constant, plus
from .syntax import Call, Node
from .values import HALF, Placed, Value, fraction, is_op, op, ratio

# Of t: functions that the schema does not have, and the slopes of those that are no letters.
LONG: dict[str, Callable[[Tree], Tree]] = {
    "sqrt": lambda t: op("pow", t, HALF),
    "relu": lambda t: op("max", 0, t),
    "softplus": lambda t: op("log", op("add", 1, op("exp", t))),
    "log1p": lambda t: op("log", op("add", 1, t)),
    "expm1": lambda t: op("add", -1, op("exp", t)),
}
SLOPES: dict[str, Callable[[Tree], Tree]] = {
    "exp": lambda t: op("exp", t),
    "log": lambda t: op("pow", t, -1),
    "sin": lambda t: op("cos", t),
    "cos": lambda t: op("mul", -1, op("sin", t)),
    "tanh": lambda t: op("add", 1, op("mul", -1, op("pow", op("tanh", t), 2))),
    "relu": lambda t: op("mul", op("max", 0, t), op("pow", t, -1)),  # none at 0
}
OF_SQUARE = ("trace", "determinant", "inverse", "diagonal-part")


class Calls(Asked):
    def called(self, node: Call) -> Value:
        """A function at its arguments."""
        name, args = node.name, node.args
        least, most = (1, 1) if node.found else FUNCTIONS[name]
        if not least <= len(args) <= most:
            self.count_fails(node, str(least) if least == most else f"{least} to {most}", len(args))
        for key in node.keys:
            if node.found or key.name not in KEYS.get(name, ()):
                self.fail(f"{key.name} cannot stand here.", key)
        if node.found or name == "sigma":
            function = node.found.id if node.found else self.sigmoid()
            order = {"order": node.order} if node.order else {}
            return self.applied(node, args, lambda t: {"op": "call", "function": function, **order, "args": [t]})
        if name == "max" and len(args) == 1:
            return self.largest(node)
        if node.order:
            if name not in SLOPES or node.order > 1:
                self.fail(f"{name} is not a function with a slope of its own here: write ∂/∂z [{name}(z)].", node)
            return self.applied(node, args, SLOPES[name])
        if name in LONG:
            return self.applied(node, args, LONG[name])
        if name in SCALAR:
            return self.applied(node, args, lambda *ts: op(name, *ts))
        if name in OF_SQUARE:
            value = self.square(args[0], f"The {name}")
            is_number = name in ("trace", "determinant")
            return self.made(node, op(name, value.tree), None if is_number else value.shape)
        made: Value = getattr(self, f"call_{name}")(node, *args)
        return made

    def count_fails(self, node: Call, expected: str, found: int) -> NoReturn:
        self.fail(f"{node.name} takes {expected} argument{'s' * (expected != '1')}, not {found}.", node)

    def applied(
        self, node: Node, nodes: list[Node], make: Callable[..., Tree], values: list[Value] | None = None
    ) -> Value:
        """A function of numbers: at each entry where one argument is a matrix."""
        values = values or [self.any(each) for each in nodes]
        at = next((k for k, value in enumerate(values) if value.is_matrix), None)
        if at is None:
            return self.made(node, make(*(value.tree for value in values)), None)
        for k, value in enumerate(values):
            if value.is_matrix and k != at:
                self.fail(f"A function takes one matrix, and beside it numbers: this is {self.shown(value)}.", nodes[k])
        t = self.fresh("t")
        body = make(*({"op": "bound", "id": t["id"]} if k == at else v.tree for k, v in enumerate(values)))
        return self.made(node, {"op": "apply", "bind": [t], "body": body, "args": [values[at].tree]}, values[at].shape)

    def sigmoid(self) -> str:
        """The sigmoid, put into the table where the statement has none."""
        known = next((id for id, line in self.functions.items() if line.get("known") == "sigmoid"), None)
        if known is None:
            self.functions["sigma"] = {"name": "sigma", "known": "sigmoid"}
        return known or "sigma"

    # ------------------------------------------------------------ sums of entries
    def norm_power(self, squares: Tree, exponent: Tree) -> Tree:
        """The power of a norm as one of its square."""
        number = fraction(exponent)
        half = op("mul", HALF, exponent) if number is None else ratio(number / 2)
        return squares if half == 1 else op("pow", squares, half)

    def call_norm(self, node: Call, arg: Node) -> Value:
        """The square holds what it is of twice, so that norms of norms would grow without end."""
        self.norms += 1
        if self.norms > 4:
            self.fail("So many norms in one another are not read: split the formula.", arg)
        value = self.any(arg)
        self.norms -= 1
        if not value.is_matrix:
            return self.made(node, op("abs", value.tree), None)
        if node.below == "2":  # of another matrix its largest singular value
            self.length(value, arg, "The norm with a 2 below it")
        squares = op("total", op("hadamard", value.tree, self.again(value.tree)))
        return self.made(node, op("pow", squares, HALF), None, squares=squares)

    def call_total(self, node: Call, arg: Node) -> Value:
        return self.summed(node, arg)[0]

    def call_mean(self, node: Call, arg: Node) -> Value:
        value, over = self.summed(node, arg)
        below = [op("pow", self.sizes.tree(size), -1) for size in over if not self.sizes.is_one(size)]
        return self.products.product([*below, *value.parts], value.shape, node.start, node.end)

    def summed(self, node: Call, arg: Node) -> tuple[Value, tuple[Size, ...]]:
        """The sum of all entries, or along one axis, and the sizes that it goes over; a number is its own sum, but one at a free
        index, as in sum x_i, is meant to be summed over it."""
        axis = next((key for key in reversed(node.keys) if key.name == "axis"), None)
        value = self.matrix(arg, "A sum along an axis") if axis else self.any(arg)
        if not value.is_matrix:
            name = next((id for id, placed in standing(value.tree) if placed and self.lexicon.is_index(id)), None)
            if name is not None:
                self.fail(f"From where to where {name} runs cannot be told: write sum_{{{name}=1}}^n.", arg)
            return self.made(node, value.tree, None), ()
        rows, cols = value.sides
        place = node.start, node.end
        if axis is None:
            return self.made(node, op("total", value.tree), None), value.sides
        if axis.text == "0":
            return self.products.product([op("ones", 1, self.sizes.tree(rows)), value.tree], (ONE, cols), *place), (
                rows,
            )
        if axis.text in ("1", "-1"):
            return self.products.product([value.tree, op("ones", self.sizes.tree(cols), 1)], (rows, ONE), *place), (
                cols,
            )
        return self.fail("An axis is 0, 1 or -1.", axis)

    def largest(self, node: Call) -> Value:
        """The largest entry of a matrix: one number alone has none beside it."""
        value = self.any(node.args[0])
        if not value.is_matrix:
            self.count_fails(node, "2 to 9", 1)
        bind: list[dict[str, Any]] = []
        places: list[Tree] = []
        for size, name in zip(value.sides, "ij", strict=True):
            if self.sizes.is_one(size):
                places.append(0)
                continue
            line = self.fresh(name)
            last = self.sizes.tree(plus(self.told(size, node), constant(-1)))
            bind.append({**line, "facts": {"integer": True}, "low": 0, "high": last})
            places.append({"op": "bound", "id": line["id"]})
        entry = op("entry", value.tree, *places)
        return self.made(node, {"op": "maximum", "bind": bind, "body": entry} if bind else entry, None)

    def told(self, size: Size, node: Placed) -> dict[str, int]:
        """A size that must not be open here."""
        size = self.sizes.settled(size)
        if not isinstance(size, dict):
            self.fail("The size of the ones or of the identity cannot be told: write ones(m, n) or eye(n).", node)
        return size

    def call_softmax(self, node: Call, arg: Node) -> Value:
        """Of each row; of a column it would be ones."""
        value = self.matrix(arg, "softmax")
        for key in node.keys:
            if key.text not in ("1", "-1"):
                self.fail("The softmax is taken of each row, along axis 1.", key)
        if self.sizes.is_one(value.sides[1]):
            wrong = f"The softmax is taken of each row, and this is {self.shown(value)}: each row is one number."
            self.fail(f"{wrong} Write softmax(x^T).", arg)
        n = self.sizes.tree(value.sides[1])

        def exp(tree: Tree) -> Tree:
            t = self.fresh("t")
            return {"op": "apply", "bind": [t], "body": op("exp", {"op": "bound", "id": t["id"]}), "args": [tree]}

        below = op("matmul", exp(self.again(value.tree)), op("ones", n, n))
        return self.made(node, op("hadamard", exp(value.tree), op("hadamard-power", below, -1)), value.shape)

    # ------------------------------------------------------------ matrices
    def call_transpose(self, node: Call, arg: Node) -> Value:
        return self.turned(node, self.matrix(arg, "The transpose"))

    def turned(self, node: Node, value: Value) -> Value:
        rows, cols = value.sides
        if value.column and is_op(value.tree, "ones"):
            return self.made(node, op("ones", 1, value.tree["args"][0]), (cols, rows))
        return self.made(node, op("transpose", value.tree), (cols, rows))

    def call_adjoint(self, node: Call, arg: Node) -> Value:
        value = self.matrix(arg, "The adjoint")
        return self.made(node, op("adjoint", value.tree), value.sides[::-1])

    def call_diag(self, node: Call, arg: Node) -> Value:
        """Of a row or a column the matrix with that diagonal, of a matrix its diagonal."""
        value = self.matrix(arg, "diag")
        if (n := self.sizes.length(value.shape)) is not None:
            return self.made(node, op("diagonal-matrix", value.tree), (n, n))
        self.square(arg, "diag", value)
        return self.made(node, op("diagonal", value.tree), (value.sides[0], ONE))

    def call_hstack(self, node: Call, *args: Node) -> Value:
        return self.blocks(node, "hstack", [self.matrix(arg, "hstack") for arg in args])

    def call_vstack(self, node: Call, *args: Node) -> Value:
        return self.blocks(node, "vstack", [self.matrix(arg, "vstack") for arg in args])

    def blocks(self, node: Node, name: str, values: list[Value]) -> Value:
        """Matrices side by side, or one above the other."""
        along, across = (0, 1) if name == "vstack" else (1, 0)
        needs = "Blocks side by side need as many rows, and one above the other as many columns"
        for value in values:
            if not self.sizes.unify(values[0].sides[across], value.sides[across]):
                self.products.fail(needs, values[0], value, value)
        length = constant(0)
        for value in values:
            length = plus(length, self.told(value.sides[along], value))
        side = values[0].sides[across]
        shape = (length, side) if name == "vstack" else (side, length)
        return self.made(node, op(name, *(value.tree for value in values)), shape)

    def call_ones(self, node: Call, *args: Node) -> Value:
        (m, rows), (n, cols) = [*map(self.size, args), (1, ONE)][:2]
        return self.made(node, op(node.name, m, n), (rows, cols))

    call_zeros = call_ones

    def call_identity(self, node: Call, arg: Node) -> Value:
        tree, size = self.size(arg)
        return self.made(node, op("identity", tree), (size, size))

    # ------------------------------------------------------------ products
    def call_dot(self, node: Call, a: Node, b: Node) -> Value:
        """Of two columns or rows their inner product; else NumPy's: the matrix product."""
        u, v = self.any(a), self.any(b)
        if u.is_matrix and self.sizes.length(u.shape) is not None and self.sizes.same_shape(u.shape, v.shape):
            return self.made(node, op("dot", u.tree, v.tree), None)
        return self.placed(node, self.products.times(u, v, b))

    def call_matmul(self, node: Call, a: Node, b: Node) -> Value:
        return self.placed(node, self.products.times(self.matrix(a, "matmul"), self.matrix(b, "matmul"), b))

    def call_multiply(self, node: Call, a: Node, b: Node) -> Value:
        return self.placed(node, self.products.entrywise(self.any(a), self.any(b), b))

    def call_divide(self, node: Call, a: Node, b: Node) -> Value:
        return self.placed(node, self.products.divided(self.any(a), replace(self.any(b), grouped=True), b))

    def call_inner(self, node: Call, a: Node, b: Node) -> Value:
        u, v = self.matrix(a, "An inner product"), self.matrix(b, "An inner product")
        self.products.met(u, v, b, "An inner product needs two matrices of one shape")
        return self.made(node, op("total", op("hadamard", u.tree, v.tree)), None)
