"""What belongs together in a formula, not yet what it means: a node for each kind of phrase, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import NamedTuple

from .names import Bound, Known
from .signs import Sign


@dataclass(eq=False)
class Node:
    start: int
    end: int


@dataclass(eq=False)
class Number(Node):
    text: str


@dataclass(eq=False)
class Leaf(Node):
    found: Known | Bound


@dataclass(eq=False)
class Group(Node):
    """A bracket; `square` is one of [ ], `columns` one whose inner parts may be columns that spaces part."""

    inner: Node
    square: bool = False
    columns: bool = False


class Term(NamedTuple):
    minus: bool
    sign: Sign
    node: Node


@dataclass(eq=False)
class Sum(Node):
    terms: list[Term]


class Link(NamedTuple):
    """A factor and the sign before it, "" where it stands side by side with the one before."""

    op: str
    sign: Sign
    node: Node


@dataclass(eq=False)
class Chain(Node):
    """Factors and the signs between them; `fraction` is one of LaTeX."""

    head: Node
    links: list[Link]
    fraction: bool = False


@dataclass(eq=False)
class Transposed(Node):
    base: Node


@dataclass(eq=False)
class Power(Node):
    """`exponent` is None, and `letter` true, for X^T; both are there where T is a number too."""

    base: Node
    exponent: Node | None
    entrywise: bool = False
    letter: bool = False


@dataclass(eq=False)
class Indexed(Node):
    base: Node
    indices: list[Node]


@dataclass(eq=False)
class Delta(Node):
    indices: list[Node]


class Key(NamedTuple):
    """axis=0 or keepdims=True."""

    name: str
    text: str
    start: int
    end: int


@dataclass(eq=False)
class Call(Node):
    """A function of the language by its name, or a declared one; `order` of its slope."""

    name: str
    args: list[Node]
    found: Known | None = None
    order: int = 0
    keys: list[Key] = field(default_factory=list)
    bars: bool = False  # a norm between bars, and what is written below it: 2 or F
    below: str = ""


@dataclass(eq=False)
class Root(Node):
    """A root whose order is written: \\sqrt[3]{z}."""

    arg: Node
    order: Node


@dataclass(eq=False)
class Bars(Node):
    inner: Node


@dataclass(eq=False)
class Fold(Node):
    """A sum, a product, a maximum or an integral; `loose` where its last factor may stand outside of it."""

    op: str
    bound: Bound
    low: Node | None
    high: Node | None
    body: Node
    loose: bool = False


@dataclass(eq=False)
class Mapped(Node):
    """apply(t -> body, matrix)"""

    bound: Bound
    body: Node
    arg: Node


@dataclass(eq=False)
class Slope(Node):
    """grad, hess or jac; an `operator` such as ∂/∂z stands before what it is taken of, `inline` on one line."""

    op: str
    of: Node
    by: Node
    operator: bool = False
    inline: bool = False


@dataclass(eq=False)
class Slopes(Node):
    """A slope of higher order, by several letters."""

    of: Node
    by: list[Node]
    operator: bool = False
    inline: bool = False


@dataclass(eq=False)
class Rows(Node):
    rows: list[list[Node]]


class Case(NamedTuple):
    value: Node
    when: Node | None  # None: otherwise


@dataclass(eq=False)
class Cases(Node):
    cases: list[Case]


@dataclass(eq=False)
class Indicator(Node):
    condition: Node


@dataclass(eq=False)
class Relation(Node):
    op: str
    left: Node
    right: Node
    sign: Sign


@dataclass(eq=False)
class Logic(Node):
    op: str
    args: list[Node]


def bare(node: Node) -> Node:
    """What a minus stands before."""
    while isinstance(node, Sum) and len(node.terms) == 1:
        node = node.terms[0].node
    return node


def leaves(part: object, indices: bool = True) -> Iterator[Leaf]:
    """The names in a part of a formula, those in `indices` of entries too unless they are left out."""
    if isinstance(part, Leaf):
        yield part
    elif isinstance(part, list | tuple):
        for each in part:
            yield from leaves(each, indices)
    elif isinstance(part, Node):
        for name in (f.name for f in fields(part)):
            if indices or name != "indices":
                yield from leaves(getattr(part, name), indices)


def is_label(node: Node) -> bool:
    """May it be the number of a layer or of a sample, and no exponent?"""
    if not isinstance(node, Group):
        return False
    inner = node.inner
    nodes = [term.node for term in inner.terms] if isinstance(inner, Sum) else [inner]
    return all(isinstance(each, Leaf | Number) for each in nodes)


def is_e(node: Node) -> bool:
    return isinstance(node, Leaf) and node.found == Known("builtin", "e")


def has_columns(node: Node) -> bool:
    """Does something in it stand beside something else, as columns would that are parted by spaces?"""
    terms = node.terms if isinstance(node, Sum) else []
    parts = [term.node for term in terms] or [node]
    beside = any(isinstance(part, Chain) and not all(link.op for link in part.links) for part in parts)
    return beside or any(sign.spaced and term.start == sign.end for _, sign, term in terms[1:])


def is_list(node: Node) -> bool:
    """Does it stand in square brackets, with commas or alone?"""
    return isinstance(node, Rows) or (isinstance(node, Group) and node.square)
