r"""How things are written: the signs of LaTeX, for the one printer that arranges them.

A piece is a text with how tightly it binds; a notation brackets a piece only where its own layout needs it, so that
`\frac{a + b}{m}` needs no brackets and `(a + b) / m` does.
"""

from __future__ import annotations

from enum import IntEnum
from itertools import groupby
from typing import ClassVar, NamedTuple

from claims.language.letters import GREEK, index, letter


def counted(names: list[str]) -> list[str]:
    """z, z, w as z^2, w; what has an exponent of its own is repeated."""
    found = []
    for name, same in groupby(names):
        count = len([*same])
        found += [f"{name}^{count}"] if count > 1 and "^" not in name else [name] * count
    return found


class Bind(IntEnum):
    """How tightly a printed piece holds together, loosest first; OPEN ends in a sum sign that takes all that follows."""

    SUM = 0
    OPEN = 1
    HADAMARD = 2
    PRODUCT = 3
    POWER = 4
    ATOM = 5


class Piece(NamedTuple):
    text: str
    bind: IntEnum  # of the language that is written


COMMANDS = frozenset((*GREEK, "log", "exp", "sin", "cos", "tan", "sinh", "cosh", "tanh", "max", "min", "det"))


class Latex:
    """The signs of LaTeX, as far as KaTeX knows them."""

    ones, hadamard, quotient, identity, infinity, pi = r"\mathbf{1}", r" \odot ", r" \oslash ", "I", r"\infty", r"\pi"
    imaginary, times, loss = r"\mathrm{i}", r" \cdot ", r"\mathcal{L}"
    both, either = r" \text{ and } ", r" \text{ or } "
    relations: ClassVar = {"Eq": "=", "Ne": r"\ne", "Ge": r"\ge", "Gt": ">", "Le": r"\le", "Lt": "<"}

    def name(self, name: str) -> str:
        return letter(name)

    def index(self, text: str) -> str:
        return index(text)

    def function(self, name: str) -> str:
        stem = name.rstrip("'")
        if "_" in stem:
            return self.name(stem) + name[len(stem) :]
        known = "\\" + stem if stem in COMMANDS else stem if len(stem) == 1 else rf"\operatorname{{{stem}}}"
        return known + name[len(stem) :]

    def bracket(self, text: str) -> str:
        tall = any(sign in text for sign in (r"\frac", r"\sum", r"\prod", r"\max_", r"\begin"))
        return rf"\left({text}\right)" if tall else f"({text})"

    def at(self, piece: Piece, level: Bind) -> str:
        return piece.text if piece.bind >= level else self.bracket(piece.text)

    def fraction(self, top: Piece, low: Piece) -> Piece:
        return Piece(rf"\frac{{{top.text}}}{{{low.text}}}", Bind.PRODUCT)

    def scaled(self, top: Piece, low: Piece, body: Piece) -> Piece:
        return Piece(f"{self.fraction(top, low).text} {body.text}", min(body.bind, Bind.PRODUCT))

    def power(self, base: str, exponent: Piece) -> Piece:
        braced = exponent.text if len(exponent.text) == 1 else f"{{{exponent.text}}}"
        return Piece(f"{base}^{braced}", Bind.POWER)

    def hadamard_power(self, base: str, exponent: Piece) -> Piece:
        return Piece(rf"{base}^{{\odot {exponent.text}}}", Bind.POWER)

    def exponential(self, exponent: Piece) -> Piece:
        return Piece(f"e^{{{exponent.text}}}", Bind.POWER)

    def root(self, inside: str) -> Piece:
        return Piece(rf"\sqrt{{{inside}}}", Bind.ATOM)

    def transpose(self, base: str) -> str:
        return rf"{base}^\top"

    def norm(self, inside: str) -> str:
        return rf"\| {inside} \|"

    def absolute(self, inside: str) -> str:
        return rf"\left|{inside}\right|"

    def inner(self, left: str, right: str) -> str:
        return rf"\langle {left}, {right} \rangle"

    def expectation(self, inside: str) -> str:
        return rf"\operatorname{{E}}\left[{inside}\right]"

    def indicator(self, condition: str) -> str:
        return rf"\mathbf{{1}}[{condition}]"

    def entry(self, base: str, indices: list[str]) -> str:
        loose = not base.startswith("(") and ("_" in base or len(base) > 1 and not base.startswith("\\"))
        base = self.bracket(base) if loose else base
        return base + self.index(self.adjoin(indices))

    def adjoin(self, indices: list[str]) -> str:
        return "".join(indices) if all(len(i) == 1 for i in indices) else ", ".join(indices)

    def delta(self, indices: list[str]) -> str:
        return rf"\delta_{{{self.adjoin(indices)}}}"

    def over(self, sign: str, index: str, low: str, high: str) -> str:
        return rf"\{sign}_{{{index}={low}}}^{{{high}}} "

    def family(self, body: str, ranges: list[tuple[str, str, str]]) -> str:
        """What there is one of for each value of some indices: (a_i b_j) with i, j from 1 to m, n."""
        if not ranges:
            return self.bracket(body)
        starts, ends = (
            ", ".join(parts) for parts in zip(*((f"{i}={low}", high) for i, low, high in ranges), strict=True)
        )
        return f"{self.bracket(body)}_{{{starts}}}^{{{ends}}}"

    def integral(self, body: str, variable: str, low: str, high: str) -> str:
        return rf"\int_{{{low}}}^{{{high}}} {body} \, \mathrm{{d}}{variable}"

    def cases(self, rows: list[tuple[str, str]]) -> str:
        body = r" \\ ".join(rf"{value} & \text{{if }} {condition}" if condition else rf"{value} & \text{{otherwise}}"
                            for value, condition in rows)  # fmt: skip
        return rf"\begin{{cases}} {body} \end{{cases}}"

    def table(self, rows: list[list[str]]) -> str:
        return r"\begin{pmatrix} " + r" \\ ".join(" & ".join(row) for row in rows) + r" \end{pmatrix}"

    def derivative(self, what: str, by: list[str]) -> str:
        order = f"^{len(by)}" if len(by) > 1 else ""
        below = r" \, ".join(rf"\partial {name}" for name in counted(by))
        return rf"\frac{{\partial{order}{' ' + what if what else ''}}}{{{below}}}"

    def derivative_of(self, what: str, by: list[str]) -> str:
        return rf"{self.derivative('', by)} \left[{what}\right]"
