"""What a phrase was read as, and how trees of the schema are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol, TypeGuard

from claims.data.grammar import LARGEST

from .sizes import Open, Shape, Size, Tree


class Placed(Protocol):
    """What stands somewhere in a formula."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, eq=False)
class Value:
    """A tree with its shape and its place; the other fields say in which form it was written.

    `factors` are those of a product without brackets, `literal` is a number in digits, `grouped` stood in brackets,
    `column` is a column of ones whose length its neighbours tell, `fraction` is one of LaTeX, `squares` is the square of a norm,
    `columns` stood in [ ] and may be columns that spaces part.
    """

    tree: Tree
    shape: Shape
    start: int
    end: int
    factors: tuple[Tree, ...] = ()
    literal: bool = False
    grouped: bool = False
    column: bool = False
    fraction: bool = False
    squares: Tree | None = None
    columns: bool = False

    @property
    def is_matrix(self) -> bool:
        return isinstance(self.shape, tuple)

    @property
    def sides(self) -> tuple[Size, Size]:
        """The rows and the columns of a matrix."""
        if not isinstance(self.shape, tuple):
            raise TypeError(f"{self.tree} is no matrix")
        return self.shape

    @property
    def number(self) -> Fraction | None:
        """What a number in digits is."""
        return fraction(self.tree) if self.literal else None

    @property
    def parts(self) -> tuple[Tree, ...]:
        """The factors, or what is one by itself."""
        return self.factors or (self.tree,)


def op(name: str, *args: Any) -> dict[str, Any]:
    return {"op": name, "args": list(args)}


HALF = {"op": "rational", "value": "1/2"}


def ratio(value: Fraction) -> Tree:
    """A fraction in its lowest terms as a tree."""
    if value.denominator != 1:
        return {"op": "rational", "value": str(value)}
    whole = value.numerator
    return whole if abs(whole) <= LARGEST else {"op": "integer", "value": str(whole)}


def fraction(tree: Tree) -> Fraction | None:
    """The value of a number in digits, None for any other tree."""
    if isinstance(tree, int):
        return Fraction(tree)
    return Fraction(tree["value"]) if tree["op"] in ("rational", "integer") else None


def opposite(factors: Sequence[Tree]) -> list[Tree]:
    """A product with the other sign, which its number takes."""
    number = fraction(factors[0])
    return [-1, *factors] if number is None else [ratio(-number), *factors[1:]]


def opposed(exponent: Tree) -> Tree:
    parts = exponent["args"] if isinstance(exponent, dict) and exponent["op"] == "mul" else [exponent]
    factors = opposite(parts)
    return op("mul", *factors) if len(factors) > 1 else factors[0]


def is_op(tree: Tree, name: str) -> TypeGuard[dict[str, Any]]:
    return isinstance(tree, dict) and tree["op"] == name


OF_MATRICES = (
    "matrix matmul matadd hadamard hadamard-power hstack vstack matpow transpose adjoint inverse diagonal-matrix "
    "diagonal-part diagonal ones zeros identity apply rows jac"
)
MATRICES = frozenset(OF_MATRICES.split())


def is_matrix(tree: Tree | Open) -> bool:
    """Is a tree one of a matrix?"""
    if not isinstance(tree, dict):
        return False
    if tree["op"] in ("grad", "hess"):
        return is_matrix(tree["args"][1])
    return tree["op"] in MATRICES
