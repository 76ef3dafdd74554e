"""A place in the list of signs, and what may be asked there."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NoReturn, Self, TypeVar

from claims.errors import Misread

from .differentials import partials
from .names import Bound, Lexicon
from .signs import Sign, signs
from .syntax import Node

CLOSE = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "<": ">", "|": "|", "‖": "‖"}
FACTORS = ("*", "·", "×", "@", "/", "⊙", "⊙*", "./", "⊘")
OPENING, CLOSING = ("(", "[", "{", "⟨"), (")", "]", "}", "⟩")
ENDING = (*CLOSING, "ᵀ", "'", "²", "³", "_")  # of what a factor ends with, other than words and numbers
DEEPEST = 30  # brackets, powers and signs in one another
Part = TypeVar("Part")  # what is read in one go
COLUMNS = "Columns are parted by commas, such as [a, b; c, d]; a product stands in brackets here."
EXPONENT = "What belongs to the exponent is unclear: write brackets."


class Cursor:
    def __init__(self, text: str, lexicon: Lexicon, shift: int = 0):
        self.lexicon, self.signs, self.place = lexicon, partials(signs(text, shift), lexicon), 0
        self.bars: str | None = None  # the bar that closes, inside |...| and ‖...‖

    def within(self, sub: Sign) -> Self:
        """A reader of a subscript, which knows what is bound around it."""
        return type(self)(sub.text, self.lexicon, sub.start)

    @property
    def sign(self) -> Sign:
        return self.ahead(0)

    def ahead(self, count: int) -> Sign:
        return self.signs[min(self.place + count, len(self.signs) - 1)]

    def at(self, *texts: str) -> bool:
        return self.sign.kind == "op" and self.sign.text in texts

    def at_word(self, *texts: str) -> bool:
        """Is here a word of the language, which nobody declared as a name?"""
        sign = self.sign
        return sign.kind == "word" and sign.text in texts and not sign.sub and not self.lexicon.find(sign.text)

    def take(self) -> Sign:
        sign = self.sign
        self.place += 1
        return sign

    def fail(self, message: str, *places: Node | Sign) -> NoReturn:
        """Refuses what stands from the first place to the last one, else the sign that is next."""
        places = places or (self.sign,)
        raise Misread(message, places[0].start, places[-1].end)

    def unexpected(self, sign: Sign | None = None) -> NoReturn:
        sign = sign or self.sign
        if sign.kind == "end":
            self.fail("The formula ends where something has to follow.", sign)
        if sign.text in (")", "]", "}", "⟩"):
            self.fail(f"The bracket {sign.text} is not opened.", sign)
        self.fail(f"{sign.text} cannot stand here.", sign)

    def expect(self, text: str, opened: Sign | None = None) -> Sign:
        if self.at(text):
            return self.take()
        if opened and self.sign.kind == "end":
            self.fail(f"The bracket {opened.text} is not closed.", opened)
        self.unexpected()

    def since(self, first: Sign) -> tuple[int, int]:
        """The place of what was read since a sign."""
        return first.start, self.signs[min(self.place, len(self.signs)) - 1].end

    def inside(self, part: Callable[[], Part], bars: str | None = None) -> Part:
        """What stands in brackets, where other bars close."""
        outer, self.bars = self.bars, bars
        out = part()
        self.bars = outer
        return out

    def parted(self) -> bool:
        """Always; where a bar closes and another opens, as in |a||b|, both are signs from here on."""
        if self.bars == "|" and self.sign.pair and self.sign.glued:
            self.part()
        return True

    def part(self) -> None:
        """|| where one bar closes and another opens, or two close or open, becomes both."""
        bar = replace(self.sign, text="|", pair=False)
        middle = bar.start + 1
        both = [replace(bar, end=middle), replace(bar, start=middle, glued=True, spaced=False)]
        self.signs[self.place : self.place + 1] = both

    def opens_two(self) -> bool:
        """Do two bars open at ||, of which the inner one is the next to close, as in ||a| - b|?"""
        depth = 0
        for before, sign in itertools.pairwise(self.signs[self.place :]):
            depth += (sign.text in OPENING) - (sign.text in CLOSING)
            if depth < 0 or sign.text == "‖":
                return False
            if not depth and sign.text == "|":
                ended = before.kind in ("word", "number") or before.text in ENDING
                return ended and sign.glued and not sign.side
        return False

    def listed(self, close: str, opened: Sign, part: Callable[[], Part]) -> list[Part]:
        """Parts with commas between them, up to a bracket that closes."""
        out = []
        while not self.at(close):
            out.append(part())
            if not self.at(close):
                self.expect(",", opened)
        self.take()
        return out

    def deeper(self, part: Callable[[], Part]) -> Part:
        self.lexicon.depth += 1
        if self.lexicon.depth > DEEPEST:
            self.fail("So many brackets in one another are not read: split the formula.")
        out = part()
        self.lexicon.depth -= 1
        return out

    @contextlib.contextmanager
    def scope(self, bound: Bound) -> Iterator[Bound]:
        """A variable that is known while its body is read."""
        self.lexicon.scopes.append(bound)
        yield bound
        self.lexicon.scopes.pop()
