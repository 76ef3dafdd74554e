"""Statements read back from JSON, as the very expressions that were written."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import sympy as sp

from claims.errors import Unreadable
from claims.language import NAMES, Activation, Named, NamedScalar, activation, is_matrix, sigma
from claims.language.expectation import BERNOULLI, LAWS, Random, random_matrix
from claims.language.shapes import same_size

from . import reasons
from .checked import brief, chosen, fitting, named, symbol, value
from .grammar import KINDS, OPERATIONS, VERSION, built, misfit
from .rules import RULES
from .stated import Line, Stated
from .symbols import depends_on
from .writer import Writer

Made = TypeVar("Made")


def read(data: dict[str, Any]) -> Stated:
    """The statement that JSON of `write` says.

    Raises:  Unreadable, naming what is wrong and what would be right
    """
    version = value(data, "version", int)
    if version != VERSION:
        raise Unreadable(
            f"version {version} of statements: this `claims` reads version {VERSION}; use the one that wrote it"
        )
    r = Reader(data)
    try:
        return Stated(
            chosen(data, "kind", KINDS),
            *r.sides(data),
            given=r.conditions(value(data, "given", list)),
            steps=tuple(map(r.line, value(data, "steps", list))),
            conditions=r.conditions(value(data, "conditions", list)),
        )
    except RecursionError:
        raise Unreadable("a statement nested too deep to be read; name its parts") from None


class Reader:
    """The tables of one statement, what was made of their lines, and what is bound where the reader stands."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.tables: dict[str, dict[str, Any]] = {
            name: value(data, name, dict) for name in ("symbols", "matrices", "functions", "names")
        }
        self.made: dict[tuple[str, str], Any] = {}  # what was made of a line of a table
        self.making: list[tuple[str, str]] = []
        self.bound: dict[sp.Symbol, str] = {}
        self.binders: dict[str, Any] = {}  # of the whole statement, by their ids

    # ------------------------------------------------------------ lines
    def sides(self, node: Any) -> tuple[sp.Basic, sp.Basic | None]:
        """Both sides; a name alone stands for its definition."""
        left, right = self.tree(value(node, "left")), node.get("right")
        if right is not None:
            return left, self.tree(right)
        return left, left.expr if isinstance(left, NAMES) and node["kind"] != "nonnegative" else None

    def line(self, node: Any) -> Line:
        told = tuple(reasons.read(reason, self) for reason in value(node, "reasons", list))
        return Line(chosen(node, "kind", KINDS), *self.sides(node), why=value(node, "why", str), reasons=told)

    # ------------------------------------------------------------ tables
    def leaf(self, table: str, node: Any, key: str) -> Any:
        """What a line of a table stands for."""
        name = value(node, key, str)
        if name not in self.tables[table]:
            raise Unreadable(f"{name!r} is not among the {table}: put a line for it there, or mend {brief(node)}")
        if (table, name) not in self.made:
            self.made[table, name] = self.entry(table, name)
        return self.made[table, name]

    def entry(self, table: str, name: str) -> Any:
        """A line of a table, made where nothing is bound."""
        if (table, name) in self.making:
            raise Unreadable(f"{name!r} is defined by itself: a definition speaks of other things")
        with self.scope({}):
            self.making.append((table, name))
            made = getattr(self, table)(self.tables[table][name])
            self.making.pop()
            return made

    def alone(self, table: str, made: Made) -> Made:
        """What was made of a line, if it is not what was made of another one of the table."""
        others = [other for line, other in self.made.items() if line[0] == table and line != self.making[-1]]
        if made in others:
            raise Unreadable(f"two of the {table} are one: both are called {made}; give one another name")
        return made

    def symbols(self, line: Any) -> sp.Symbol:
        return self.alone("symbols", symbol(line))

    def matrices(self, line: Any) -> sp.MatrixSymbol:
        law = value(line, "random", dict, default=None)
        made = sp.MatrixSymbol(named(line), *self.size(line)) if law is None else self.random(line, law)
        return self.alone("matrices", made)

    def random(self, line: Any, law: Any) -> Random:
        """A matrix of random numbers."""
        kind = chosen(law, "law", LAWS)
        mean, variance = self.tree(value(law, "mean")), self.tree(0 if kind == BERNOULLI else value(law, "variance"))
        try:
            return random_matrix(named(line), *self.size(line), kind, mean, variance)
        except TypeError as fault:
            raise Unreadable(str(fault)) from None

    def names(self, line: Any) -> Named | NamedScalar:
        name, expr = named(line), self.tree(value(line, "definition"))
        told = self.size(line) if {"rows", "cols"} & line.keys() else None
        own = expr.shape if is_matrix(expr) else None
        if (own is None) != (told is None) or own and told and not all(map(same_size, own, told)):
            raise Unreadable(
                f"{name} has not the size of its definition: mend 'rows' and 'cols', which a number has not"
            )
        return Named(name, expr.rows, expr.cols, expr) if own else NamedScalar(name, expr)

    def size(self, line: Any) -> tuple[sp.Expr, sp.Expr]:
        sizes = self.trees([value(line, "rows"), value(line, "cols")])
        if odd := [size for size in sizes if not getattr(size, "is_integer", False) or size.is_nonpositive]:
            raise Unreadable(f"{odd[0]} is no size: a size is a whole number from 1")
        rows, cols = sizes
        return rows, cols

    def functions(self, line: Any) -> type[Activation]:
        name = named(line)
        if value(line, "known", str, default=None):
            return {"sigmoid": sigma}[chosen(line, "known", ["sigmoid"])]
        slope = value(line, "slope", dict, default=None)
        made = activation(name) if slope is None else Writer().meet(self.known_by_slope(name, slope))
        return self.alone("functions", made)

    def known_by_slope(self, name: str, slope: Any) -> type[Activation]:
        """The function's own id may stand in its slope: it is told what it is when it is asked for its slope."""
        here = self.making[-1]

        def derivative(z: sp.Expr, called: sp.Expr) -> sp.Basic:
            self.made[here] = type(called)
            return self.body(slope, z)

        return activation(name, derivative)

    # ------------------------------------------------------------ trees
    def trees(self, nodes: Iterable[Any]) -> tuple[sp.Basic, ...]:
        return tuple(map(self.tree, nodes))

    def tree(self, node: Any) -> sp.Basic:
        if isinstance(node, bool):
            return sp.sympify(node)
        if isinstance(node, int):
            return sp.Integer(node)
        op = value(node, "op", str)
        if op in OPERATIONS:
            return self.operation(op, value(node, "args", list))
        if op not in RULES:
            raise Unreadable(
                f"unknown operation {op!r}: version {VERSION} of statements knows {', '.join(OPERATIONS | RULES)}"
            )
        return self.fitted(op, lambda: RULES[op](self, node))

    def conditions(self, nodes: Iterable[Any]) -> tuple[sp.Basic, ...]:
        return tuple(fitting("c", self.tree(node), node) for node in nodes)

    def operation(self, op: str, nodes: Iterable[Any]) -> sp.Basic:
        kind, signature = OPERATIONS[op]
        args = self.trees(nodes)
        if reason := misfit(signature, args):
            raise Unreadable(f"{op!r} {reason}")
        return self.fitted(op, lambda: built(kind, args))

    def fitted(self, op: str, make: Callable[[], sp.Basic]) -> sp.Basic:
        """What an operation makes, or an error that names it."""
        try:
            return make()
        except Unreadable:
            raise
        except (TypeError, ValueError, AttributeError, LookupError, NotImplementedError) as error:
            raise Unreadable(f"{op!r} cannot be made of what stands in it: {error}") from error

    def free(self, table: str, node: Any, key: str = "id") -> Any:
        """A leaf of a table, unless a variable bound here has its name: SymPy could not tell them apart."""
        thing = self.leaf(table, node, key)
        if self.bound and (caught := depends_on(thing) & self.bound.keys()):
            raise Unreadable(
                f"{thing} depends on {min(map(str, caught))}, and a variable bound around it has that name: rename one"
            )
        return thing

    # ------------------------------------------------------------ what is bound
    @contextlib.contextmanager
    def scope(self, bound: dict[sp.Symbol, str] | None = None) -> Iterator[None]:
        """What is bound inside is not bound after it."""
        outside, self.bound = self.bound, dict(self.bound) if bound is None else bound
        yield
        self.bound = outside

    def limit(self, binder: Any) -> sp.Tuple:
        """The variable of a sum with its ends, known from here on."""
        ends = [fitting("n", self.tree(value(binder, end)), binder) for end in ("low", "high")]
        variable = symbol(binder)
        self.bound[variable] = self.unbound(binder)
        return sp.Tuple(variable, *ends)

    def unbound(self, binder: Any) -> str:
        """The id of a binder, which no other one of the statement has: a reader could not tell whose it is."""
        name: str = value(binder, "id", str)
        if self.binders.setdefault(name, binder) is not binder:
            raise Unreadable(f"{name!r} is bound twice: give one of them another id")
        return name

    def variable(self, node: Any) -> sp.Symbol:
        name = value(node, "id", str)
        found = next((v for v, bound in self.bound.items() if bound == name), None)
        if found is None:
            raise Unreadable(
                f"{name!r} is bound nowhere around {brief(node)}, or hidden by a variable of the same name: bind it there"
            )
        return found

    def body(self, node: Any, *values: sp.Expr) -> sp.Basic:
        """The body of a function at some values."""
        binders = value(node, "bind", list)
        if len(binders) != len(values):
            raise Unreadable(f"{len(values)} variables belong into 'bind', not {len(binders)}")
        with self.scope():
            for binder, v in zip(binders, values, strict=True):
                self.bound[v] = self.unbound(binder)
            return self.tree(value(node, "body"))
