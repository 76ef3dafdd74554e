"""Slopes, in all ways to write them, and what an operator before a formula is taken of."""

from __future__ import annotations

from typing import NoReturn, TypeGuard

from claims.errors import Misread
from claims.language.letters import GREEK

from .cursor import Cursor
from .functions import ALIASES, FUNCTIONS
from .names import Known, spelling, spelt
from .signs import Sign
from .syntax import Fold, Group, Indexed, Leaf, Node, Number, Power, Slope, Slopes, bare

UNCLEAR = "What belongs to the {} is unclear: write brackets."
DIVISION = "What is divided by is unclear: write brackets."
ORDER = (
    "A slope of second order is written ∂²f/∂z², ∂²f/∂x∂y for numbers, or ∂²f/∂w∂w^T for a column; "
    "as many ∂ stand above as below."
)
LAYOUT = (
    "A Jacobian is written ∂u/∂v^T for columns u and v, ∂u^T/∂v for rows: its entry i, j is the slope of u_i by v_j."
)


class Unknown(Misread):
    """A name that is not declared."""

    def __init__(self, name: str, near: list[str], start: int, end: int) -> None:
        close = f"; its spelling is near to {', '.join(near)}" if near else ""
        remedy = f'add "{name}", "{name} > 0", "{name}: size", "{name}: m x n" or "{name}()"'
        super().__init__(f"{name} is not declared{close}: {remedy}.", start, end)
        self.name = name


class Operators(Cursor):
    # ------------------------------------------------------------ what `phrases` and `grammar` read
    def whole(self) -> Node:
        raise NotImplementedError

    def sum(self) -> Node:
        raise NotImplementedError

    def chain(self) -> Node:
        raise NotImplementedError

    def power(self) -> Node:
        raise NotImplementedError

    def atom(self) -> Node:
        raise NotImplementedError

    def group(self) -> Node:
        raise NotImplementedError

    def entry(self, sign: Sign, skipped: int = 0) -> Indexed | None:
        raise NotImplementedError

    def starts_factor(self) -> bool:
        raise NotImplementedError

    # ------------------------------------------------------------ operators
    def unknown(self, name: str, start: int, end: int) -> NoReturn:
        raise Unknown(name, self.lexicon.near(name, FUNCTIONS), start, end)

    def closed(self, node: Node) -> Node:
        """A sum takes all factors that follow: where it matters how many are meant, brackets are needed."""
        inner = bare(node)
        if isinstance(inner, Fold) and inner.loose:
            self.fail(UNCLEAR.format(inner.op), inner)
        return node

    def slope(self, first: Sign, brace: Sign | None = None) -> Node:
        """What follows a first ∂: f/∂X, or /∂X f; in a fraction of LaTeX between braces."""
        order = self.order()
        above = None
        if not self.at("}" if brace else "/"):
            above = self.inside(self.chain) if brace else self.closed(self.power())
        if brace:
            self.expect("}", brace)
            brace = self.expect("{")
        else:
            self.expect("/")
        start = self.sign
        by: list[Node] = []
        while len(by) < order:
            self.expect("∂")
            by += self.slope_by(order, len(by))
        if brace:
            self.expect("}", brace)
        if order > 1 and self.at("∂") and self.sign.glued:
            self.fail(ORDER, start, self.sign)
        of, operator = (above, False) if above else self.operand()
        place = self.since(first)
        if order > 1:
            return Slopes(*place, of, by, operator, not brace)
        return Slope(*place, "grad", of, by[0], operator, not brace)

    def slope_by(self, order: int, before: int) -> list[Node]:
        """What stands behind one ∂ below the line, so many times as its exponent says."""
        variable, times = self.power(), 1
        if order > 1 and isinstance(variable, Power) and not variable.letter:
            times = int(variable.exponent.text) if is_whole(variable.exponent) else 0
            variable = variable if times < 1 else variable.base
        if not 1 <= times <= order - before:
            self.fail(ORDER, variable)
        return [variable] * times

    def order(self) -> int:
        """The order of a slope behind its first ∂."""
        if self.at("²", "³"):
            return 2 if self.take().text == "²" else 3
        if not self.at("^"):
            return 1
        self.take()
        brace = self.take() if self.at("{") else None
        if self.sign.text not in ("1", "2", "3", "4"):
            self.unexpected()
        order = int(self.take().text)
        if brace:
            self.expect("}", brace)
        return order

    def operand(self) -> tuple[Node, bool]:
        """What an operator such as ∂/∂X is taken of: one factor, and no other may follow, or what stands in [ ]."""
        square = self.at("[")
        of = self.closed(self.power())
        if square and not isinstance(of, Group):
            self.fail("What the slope is taken of is unclear: write brackets, such as ∂/∂z [a z].", of)
        return of, not square

    def differential(self, sign: Sign, ahead: int, taken: int, first: Sign | None = None) -> Node | None:
        """df/dX and d/dX f, where df and dX are not names themselves; dX is some signs ahead, and so many are taken."""
        below, lexicon = self.ahead(ahead), self.lexicon
        if not is_slope(sign) or not is_slope(below) or below.text == "d":
            return None
        if ALIASES.get(below.text, below.text) in FUNCTIONS or lexicon.find(spelling(sign)):
            return None
        by = self.moved(below)
        of = self.moved(sign) if sign.text != "d" else None
        if not by and lexicon.find(spelling(below)):
            return None
        if not by:
            self.unknown(spelling(below)[1:], below.start + 1, below.end)
        if not of and sign.text != "d":
            self.unknown(spelling(sign)[1:], sign.start + 1, sign.end)
        self.place += taken
        above, operator = (of, False) if of else self.operand()
        return Slope(*self.since(first or sign), "grad", above, by, operator, first is None)

    def moved(self, sign: Sign) -> Node | None:
        """What stands behind a d: a name, or an entry of one."""
        name, place = spelling(sign)[1:], Node(sign.start + 1, sign.end)
        found = self.lexicon.find(name)
        if isinstance(found, Known) and found.kind == "function":
            self.fail(f"{name} is a function: what it is taken of stands in brackets behind it.", place)
        return Leaf(place.start, place.end, found) if found else self.entry(sign, 1)

    def slope_call(self, sign: Sign) -> Node:
        opened = self.take()
        args = self.inside(lambda: self.listed(")", opened, self.sum))
        if len(args) != 2:
            self.fail(f"{sign.text} takes 2 arguments, not {len(args)}: what it is of, and by what.", sign)
        return Slope(*self.since(sign), sign.text, args[0], args[1])


def is_slope(sign: Sign) -> bool:
    """Is it d, or d and a name?"""
    named = sign.text == "d" or (sign.text[:1] == "d" and sign.text[1:2].isalpha())
    return sign.kind == "word" and named and spelt(sign.text) not in GREEK


def is_whole(node: Node | None) -> TypeGuard[Number]:
    return isinstance(node, Number) and node.text.isdecimal()
