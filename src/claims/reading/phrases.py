"""What begins with a word: names and their indices, functions, sums over an index."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NoReturn

from claims.language.letters import GREEK

from .cursor import CLOSE, EXPONENT, FACTORS
from .functions import ALIASES, FUNCTIONS
from .names import Bound, Known, spelling, spelt
from .operators import UNCLEAR, Operators
from .signs import Sign
from .syntax import (
    Call,
    Chain,
    Delta,
    Fold,
    Group,
    Indexed,
    Key,
    Leaf,
    Link,
    Mapped,
    Node,
    Number,
    Power,
    Slope,
    Term,
    bare,
    leaves,
)

FOLDS = {"sum": "sum", "prod": "product", "max": "maximum", "integral": "integral"}
WORDS = {name for name in {*FUNCTIONS, *ALIASES, *FOLDS, *GREEK} if len(name) > 1}
BUILTIN = ("pi", "π", "e", "oo", "inf", "1j", "𝟏", "I")


class Phrases(Operators):
    # ------------------------------------------------------------ names
    def word(self) -> Node:
        sign = self.take()
        text, sub, lexicon = sign.text, sign.sub, self.lexicon
        if found := lexicon.find(spelling(sign)):
            if isinstance(found, Known) and found.kind == "function":
                return self.declared_call(sign, found)
            return Leaf(sign.start, sign.end, found)
        ranged = self.at("(") and self.ahead(2).text == "=" and self.ahead(1).text != "axis"
        if text in FOLDS and (sub or ranged or text not in ("sum", "max")):
            return self.fold(sign)
        known = "" if sign.whole and text in ("gamma", "beta") else ALIASES.get(text, text)
        if text == "nabla" and sub:
            by = self.within(sub).whole()
            of, operator = self.operand()
            return Slope(*self.since(sign), "grad", of, by, operator)
        if text in ("grad", "hess", "jac") and self.at("("):
            return self.slope_call(sign)
        if text in ("smooth", "analytic") and self.at("("):
            self.fail("Which slopes a function has is a condition that the prover tells: leave it out.", sign)
        if text == "apply" and self.at("("):
            return self.mapped(sign)
        if not sub and text in ("E", "expectation") and self.at("(", "["):
            self.fail(
                "Nothing that is typed is random, so that an expectation would say nothing: see claims.random.", sign
            )
        if not sub and text in BUILTIN:
            return Leaf(sign.start, sign.end, Known("builtin", text))
        if text == "delta" and sub:
            return Delta(sign.start, sign.end, self.subscript(sub))
        if known in FUNCTIONS and not sub:
            return self.call(sign, known)
        if known == "log" and sub and not lexicon.find(text):
            return self.logarithm(sign, sub)
        if known in FUNCTIONS and self.at("(") and not lexicon.find(text):
            self.fail(f"{text} has no meaning with a subscript.", sign)
        return self.entry(sign) or (self.at("/") and self.differential(sign, 1, 2)) or self.cut(sign)

    def entry(self, sign: Sign, skipped: int = 0) -> Indexed | None:
        """A known name with what is below it; its name begins so many letters into the word."""
        sub, start = sign.sub, sign.start + skipped
        base = self.lexicon.find(sign.text[skipped:]) if sub else None
        if not sub or not base or (isinstance(base, Known) and base.kind == "function"):
            return None
        return Indexed(start, sign.end, Leaf(start, sub.start, base), self.subscript(sub))

    def cut(self, sign: Sign) -> Node:
        """Xw is X w where that is the only way to cut it into known names; a Greek name or a command is never cut."""
        below = f"_{sign.sub.text}" if sign.sub else ""
        ways = [] if sign.whole or sign.text in GREEK else self.lexicon.cuts(sign.text, below)
        if ways and len(self.lexicon.cuts(sign.text, below, WORDS)) > 1:  # sina may be sin a, pix pi x
            self.fail(f"{spelling(sign)} can be read in several ways: put spaces between its factors.", sign)
        if not ways:
            entry = sign.sub and self.binds(sign.sub.text)  # x_i in a sum is an entry
            self.unknown(sign.text if entry else spelling(sign), sign.start, sign.end)
        self.place -= 1
        self.split(sign, ways[0])
        return self.atom()

    def split(self, sign: Sign, pieces: list[str]) -> None:
        """Puts signs side by side in the place of one, of which the last has its subscript."""
        out, start = [], sign.start
        for k, piece in enumerate(pieces):
            last = k == len(pieces) - 1
            end = sign.end if last else start + len(piece)
            kind = "number" if piece.isdecimal() else "word"
            divides, glued = sign.divides and not k, k > 0 or sign.glued
            out.append(Sign(kind, piece, start, end, glued, sub=sign.sub if last else None, divides=divides))
            start = end
        self.signs[self.place : self.place + 1] = out

    def binds(self, below: str) -> bool:
        """Does a subscript hold a variable that is bound around it?"""
        runs = re.findall(r"[^\W\d_]+", below)
        return any(
            spelt(run) == spelt(b.name) or (len(run) == 2 and b.name in run)
            for b in self.lexicon.scopes
            for run in runs
        )

    def subscript(self, sub: Sign) -> list[Node]:
        """A subscript as indices: "ij" and "i, j" are two."""
        letters = sub.text.strip()
        start = sub.start + sub.text.index(letters)
        parts = [(sub.text, sub.start)]
        pair = re.fullmatch(r"([^\W_])\s*([^\W_])", letters)
        if "," in letters:
            ends = [0, *(k + 1 for k, c in enumerate(sub.text) if c == ",")]
            parts = [(part, sub.start + at) for part, at in zip(sub.text.split(","), ends, strict=True)]
        elif pair and (pair[1].isdecimal() and pair[2].isdecimal() or not self.lexicon.find(letters)):
            parts = [(pair[1], start), (pair[2], start + len(letters) - 1)]
        return [self.within(Sign("sub", text, at, at + len(text))).whole() for text, at in parts]

    def indexed(self, first: Sign, base: Node, sub: Sign) -> Node:
        """An entry; or the norm that is meant, of ‖x‖₂² and ‖X‖^2_F."""
        norm = base.base if isinstance(base, Power) else base
        if isinstance(norm, Call) and norm.bars and not norm.below and sub.text.strip() in ("2", "F"):
            norm.below, base.end = sub.text.strip(), sub.end
            return base
        return Indexed(*self.since(first), base, self.subscript(sub))

    # ------------------------------------------------------------ functions
    def declared_call(self, sign: Sign, found: Known) -> Node:
        opened, order = self.sign, self.primes()
        if not self.at("("):
            self.without_argument(sign)
        return self.told(sign, opened, lambda: (found.id, *self.arguments(sign)), found=found, order=order)

    def call(self, sign: Sign, name: str) -> Node:
        opened, raised = self.sign, self.square()
        order = self.primes()
        call = self.told(sign, opened, lambda: (name, *self.arguments(sign)), order=order)
        if raised and name == "sigma":  # a variance, most of the time
            self.fail(EXPONENT, raised)
        return Power(*self.since(sign), call, raised) if raised else call

    def told(
        self, sign: Sign, opened: Sign, arguments: Callable[[], tuple[str, list[Node], list[Key]]], **more: Any
    ) -> Call:
        """A function, where no power or factor follows that may belong to what it is taken of: sum (x - y)^2."""
        name, args, keys = arguments()
        call = Call(*self.since(sign), name, args, keys=keys, **more)
        large = sign.text == "sum" and sign.end - sign.start != len(sign.text)  # \sum
        alone = opened.text not in ("(", "{", "[", "^", "²", "³", "'")
        if large or opened.spaced or alone:
            follows = self.at("^", "**", ".^", "²", "³", "ᵀ", "'") or (alone and self.at(*FACTORS))
            factor = self.starts_factor() or (self.at(*FACTORS) and not self.at("/"))
            if follows or (factor and not more.get("found") and name in ("total", "mean")):
                unclear = (
                    f"What {sign.text} is taken of is unclear: write brackets around it, and no space before them."
                )
                self.fail(unclear, sign, self.sign)
        return call

    def logarithm(self, sign: Sign, sub: Sign) -> Node:
        """log_2(z) is log(z) / log(2)."""
        base = self.within(sub).whole()
        if not self.at("(") and not self.starts_factor():
            self.without_argument(sign)
        args, keys = self.arguments(sign)
        place = self.since(sign)
        top, low = Call(*place, "log", args, keys=keys), Call(*place, "log", [base])
        return Group(*place, Chain(*place, top, [Link("/", sign, low)]))

    def primes(self) -> int:
        order = 0
        while self.at("'"):
            order += bool(self.take())
        return order

    def square(self) -> Number | None:
        """The 2 or 3 between a function and its bracket: tanh^2(z) is the square of tanh(z)."""
        if self.at("^") and self.ahead(1).kind == "number" and self.ahead(2).text == "(":
            self.take()
        elif not self.at("²", "³"):
            return None
        return self.plain_square(self.take())

    def plain_square(self, sign: Sign) -> Number:
        return Number(sign.start, sign.end, {"²": "2", "³": "3"}.get(sign.text, sign.text))

    def without_argument(self, sign: Sign) -> NoReturn:
        self.fail(f"{sign.text} is a function: what it is taken of stands in brackets behind it.", sign)

    def arguments(self, sign: Sign) -> tuple[list[Node], list[Key]]:
        """What stands in brackets behind a function; without brackets, the one factor that follows."""
        opened = self.sign
        keys: list[Key] = []
        if self.at("(", "{"):
            self.take()
            args = self.inside(lambda: self.listed(CLOSE[opened.text], opened, lambda: self.argument(keys)))
            return [arg for arg in args if arg], keys
        if spelt(sign.text) in GREEK or self.at("[") or not self.starts_factor():
            self.without_argument(sign)
        arg = self.closed(self.power())
        if self.starts_factor():
            self.without_argument(sign)
        return [arg], keys

    def argument(self, keys: list[Key]) -> Node | None:
        """An argument; axis=0 and keepdims=True are kept apart."""
        if not self.at_word("axis", "keepdims") or self.ahead(1).text != "=":
            return self.sum()
        first = self.take()
        self.take()
        minus = self.take().text if self.at("-") else ""
        last = self.take()
        keys.append(Key(first.text, minus + last.text, first.start, last.end))
        return None

    def mapped(self, sign: Sign) -> Node:
        """apply(t -> body, M)"""
        opened, name = self.take(), self.variable(self.take())
        self.expect("->")
        with self.scope(Bound(name.text, name)) as bound:
            body = self.inside(self.sum)
        self.expect(",")
        arg = self.inside(self.sum)
        self.expect(")", opened)
        return Mapped(*self.since(sign), bound, body, arg)

    def variable(self, sign: Sign) -> Sign:
        if sign.kind != "word" or sign.sub:
            self.unexpected(sign)
        return sign

    # ------------------------------------------------------------ sums
    def fold(self, sign: Sign) -> Node:
        """sum_i body, sum_{i=1}^{n} body, sum(i=1..n) body, and so for prod and max: the body is the term that follows."""
        sub, text, low, high = sign.sub, sign.text, None, None
        opened = self.take() if not sub and self.at("(") else None
        if not sub and not opened:
            self.without_argument(sign)
        if text == "integral" and sub and "=" not in sub.text:
            return self.integral(sign, sub)
        inner = self.within(sub) if sub else self
        name = inner.variable(inner.take())
        if inner.at("="):
            inner.take()
            low = inner.sum()
        if sub and inner.sign.kind != "end":
            inner.unexpected()
        if opened:
            self.expect("..", opened)
            high = self.sum()
            self.expect(")", opened)
        elif self.at("^"):
            self.take()
            high = self.upper()
        if (low is None) != (high is None) or (text == "integral" and low is None):
            self.fail("Both ends are written, or none of them: sum_{i=1}^{n} x_i, sum_i x_i.", sign)
        with self.scope(Bound(name.text, name)) as bound:
            body = self.chain()
        last = body.links[-1].node if isinstance(body, Chain) else None
        outside = last and not any(leaf.found is bound for leaf in leaves(last))
        loose = text != "integral" and bool(getattr(last or body, "loose", False) or outside)
        out = Fold(*self.since(sign), FOLDS[text], bound, low, high, body, loose)
        return self.closed(out) if text in ("prod", "max") else out

    def ended(self, node: Node, behind: list[Term]) -> None:
        """A sum whose index stands in a term behind it, too, is refused: sum_i x_i - w_i may be one of differences."""
        last = node.links[-1].node if isinstance(node, Chain) else bare(node)
        if last is not node:
            self.ended(last, behind)
        elif isinstance(node, Fold) and node.op != "integral":
            outer = self.lexicon.find(node.bound.name)
            again = [term.node for term in behind if outer and any(leaf.found == outer for leaf in leaves(term.node))]
            if again:
                self.fail(UNCLEAR.format(node.op), node, again[0])
            self.ended(node.body, behind)

    def upper(self) -> Node:
        """The upper end of a sum: one sign, where what follows cannot belong to it, or a bracket."""
        first = self.sign
        if self.at("{"):
            return self.group()
        high = self.deeper(self.atom)
        beside = self.sign.kind == "number" or (self.sign.kind == "word" and not self.sign.whole)
        if (self.sign.glued and beside) or self.at("+", "-"):
            unclear = "What belongs to the upper end is unclear: write it in braces, such as sum_{i=1}^{n-1}."
            self.fail(unclear, first, self.sign)
        return high

    def integral(self, sign: Sign, sub: Sign) -> Node:
        """An integral of LaTeX, whose variable stands behind its body: \\int_{0}^{h} f(s) \\, \\mathrm{d}s."""
        low = self.within(sub).whole()
        self.expect("^")
        high = self.upper()
        last = next((each for each in self.signs[self.place :] if self.is_differential(each) and not each.sub), None)
        if last is None:
            self.fail("An integral ends with its variable, such as \\mathrm{d}s.", sign)
        last.kind = "differential"
        with self.scope(Bound(last.text[1:], last)) as bound:
            body = self.chain()
        if self.take() is not last:
            self.unexpected(last)
        return Fold(*self.since(sign), "integral", bound, low, high, body)

    def is_differential(self, sign: Sign) -> bool:
        """Is it d and a letter, such as ds, and no name?"""
        name = sign.text[1:]
        letter = sign.kind == "word" and sign.text[:1] == "d" and (name in GREEK or (len(name) == 1 and name.isalpha()))
        return letter and not self.lexicon.find(spelling(sign))
