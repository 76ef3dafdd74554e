"""The signs of plain text, for a terminal and for screen readers."""

from __future__ import annotations

from typing import ClassVar

from .notation import Bind, Latex, Piece, counted


class Text(Latex):
    """Plain text for a terminal or a screen reader: X^T (A - y) / m."""

    ones, hadamard, quotient, infinity, pi, imaginary = "1", " ⊙ ", " ⊘ ", "oo", "pi", "i"
    times, both, either, loss = " * ", " and ", " or ", "L"
    relations: ClassVar = {"Eq": "=", "Ne": "!=", "Ge": ">=", "Gt": ">", "Le": "<=", "Lt": "<"}

    def name(self, name: str) -> str:
        return name.replace("\\", "")

    def function(self, name: str) -> str:
        return name

    def bracket(self, text: str) -> str:
        return f"({text})"

    def fraction(self, top: Piece, low: Piece) -> Piece:
        return Piece(f"{self.at(top, Bind.PRODUCT)} / {self.at(low, Bind.POWER)}", Bind.PRODUCT)

    def scaled(self, top: Piece, low: Piece, body: Piece) -> Piece:
        whole = body if top.text == "1" else self.row(top, body)
        return self.fraction(whole, low)

    def row(self, first: Piece, second: Piece) -> Piece:
        return Piece(f"{self.at(first, Bind.PRODUCT)} {self.at(second, Bind.PRODUCT)}", Bind.PRODUCT)

    def power(self, base: str, exponent: Piece) -> Piece:
        return Piece(f"{base}^{self.at(exponent, Bind.ATOM)}", Bind.POWER)

    def hadamard_power(self, base: str, exponent: Piece) -> Piece:
        return Piece(f"{base}^⊙{self.at(exponent, Bind.ATOM)}", Bind.POWER)

    def exponential(self, exponent: Piece) -> Piece:
        return Piece(f"exp({exponent.text})", Bind.ATOM)

    def root(self, inside: str) -> Piece:
        return Piece(f"sqrt({inside})", Bind.ATOM)

    def transpose(self, base: str) -> str:
        return f"{base}^T"

    def norm(self, inside: str) -> str:
        return f"||{inside}||"

    def absolute(self, inside: str) -> str:
        return f"|{inside}|"

    def inner(self, left: str, right: str) -> str:
        return f"<{left}, {right}>"

    def family(self, body: str, ranges: list[tuple[str, str, str]]) -> str:
        return f"({body} for {', '.join(f'{i}={low}..{high}' for i, low, high in ranges)})" if ranges else f"({body})"

    def expectation(self, inside: str) -> str:
        return f"E[{inside}]"

    def indicator(self, condition: str) -> str:
        return f"1[{condition}]"

    def entry(self, base: str, indices: list[str]) -> str:
        return f"{base}[{', '.join(indices)}]"

    def delta(self, indices: list[str]) -> str:
        return f"delta[{', '.join(indices)}]"

    def over(self, sign: str, index: str, low: str, high: str) -> str:
        return f"{sign}({index}={low}..{high}) "

    def integral(self, body: str, variable: str, low: str, high: str) -> str:
        return f"integral({variable}={low}..{high}) {body} d{variable}"

    def cases(self, rows: list[tuple[str, str]]) -> str:
        return "{" + "; ".join(f"{v} if {c}" if c else f"{v} otherwise" for v, c in rows) + "}"

    def table(self, rows: list[list[str]]) -> str:
        return "[" + "; ".join(" ".join(row) for row in rows) + "]"

    def derivative(self, what: str, by: list[str]) -> str:
        order = f"^{len(by)}" if len(by) > 1 else ""
        return f"d{order}{what}/" + " ".join(f"d{name}" for name in counted(by))

    def derivative_of(self, what: str, by: list[str]) -> str:
        return f"{self.derivative('', by)} [{what}]"
