"""What a claim leaves open: sizes, matrices, numbers, free indices, functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixElement

from claims.language import Activation, Maximum, is_matrix, sigma

from .arithmetic import Number
from .scope import Under, free, is_defined, walk

Sizes = dict[sp.Basic, Number]  # what each size is


@dataclass
class Unknowns:
    """Everything that stands for any value, each kind in a reproducible order.

    `landmarks`: sizes about those that a condition names.  `indices`: for each free index (place, size) wherever it stands; `shapes`: all sizes of matrices, also composed ones.
    """

    sizes: list[sp.Symbol] = field(default_factory=list)
    matrices: list[sp.MatrixSymbol] = field(default_factory=list)
    scalars: list[sp.Expr] = field(default_factory=list)
    indices: dict[sp.Symbol, list[tuple[sp.Expr, sp.Expr]]] = field(default_factory=dict)
    activations: list[sp.FunctionClass] = field(default_factory=list)
    limits: list[sp.Symbol] = field(default_factory=list)
    shapes: list[sp.Expr] = field(default_factory=list)
    landmarks: tuple[int, ...] = ()

    @property
    def none(self) -> bool:
        """Is nothing left open, so that all points are the same?"""
        return not (self.sizes or self.movable or self.indices or self.activations)

    @property
    def movable(self) -> list[sp.Basic]:
        """What a step may change, if the assumptions allow it."""
        return [*self.matrices, *self.scalars]


def unknowns(expressions: Iterable[sp.Basic]) -> Unknowns:
    """Everything that stands for any value in some expressions."""
    expressions = [sp.sympify(e) for e in expressions]
    nodes = list(dict.fromkeys(pair for e in expressions for pair in walk(e)))
    open_ = {s for e in expressions for s in free(e) if not is_defined(s)}
    numbers = {s for s in open_ if not is_matrix(s)}
    found = Unknowns(matrices=_sorted(open_ - numbers), shapes=_shapes(nodes))
    found.sizes = _sorted({s for d in found.shapes for s in d.free_symbols} & numbers)
    found.indices = _indices(nodes, numbers - set(found.sizes))
    found.limits = [s for s in _limits(nodes) if s in numbers and s not in found.sizes and s not in found.indices]
    found.sizes += [s for s in found.limits if s.is_integer and s.is_positive]
    found.scalars = _sorted(numbers - set(found.sizes) - set(found.indices))
    functions = {type(node).base for node, _ in nodes if isinstance(node, Activation)} - {sigma}
    found.activations = sorted(functions, key=lambda g: g.__name__)
    return found


def _sorted(things: Iterable[sp.Basic]) -> list[sp.Basic]:
    return sorted(things, key=lambda s: (str(s), sp.default_sort_key(s)))


def _shapes(nodes: Iterable[Under]) -> list[sp.Expr]:
    return _sorted({sp.sympify(d) for node, _ in nodes if is_matrix(node) for d in node.shape})


def _indices(nodes: Iterable[Under], numbers: set[sp.Basic]) -> dict[sp.Symbol, list[tuple[sp.Expr, sp.Expr]]]:
    """The symbols that stand in a place of a matrix, with the places that nothing bound has a part in."""
    indices: dict[sp.Symbol, list[tuple[sp.Expr, sp.Expr]]] = {}
    for node, bound in nodes:
        if not isinstance(node, MatrixElement):
            continue
        for place, size in zip(node.indices, node.parent.shape, strict=True):
            inside = free(place)
            if inside.isdisjoint({variable for variable, _ in bound}):
                for s in _sorted(inside & numbers):
                    indices.setdefault(s, []).append((place, sp.sympify(size)))
    return indices


def _limits(nodes: Iterable[Under]) -> list[sp.Symbol]:
    over = [node for node, _ in nodes if isinstance(node, (sp.Sum, sp.Product, Maximum))]
    ends = {end for node in over for _, *ends in node.limits for end in ends}
    return _sorted({s for end in ends for s in free(end) if s.is_Symbol})
