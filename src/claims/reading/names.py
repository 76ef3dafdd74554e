"""How names are spelt, and which are known: W_1, W1, W_{1} and W₁ are one; so are λ, \\lambda and lambda."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

from claims.language.letters import GREEK

from .signs import LOW, VARIANTS, Sign

LETTERS = str.maketrans({letter: name for name, letter in GREEK.items()} | VARIANTS)


def spelt(name: str) -> str:
    """One spelling for all ways to write a name; what is below a letter stays apart unless it is a number."""
    plain = re.sub(r"\\(?:var)?|[{}\s]", "", name.translate(LETTERS).translate(LOW))
    return re.sub(r"_(?=[0-9])", "", plain)


def as_word(name: str) -> str:
    """A name without signs of its own: λ is lambda, W₁ is W_1."""
    below = re.sub("[₀-₉]+", lambda low: f"_{low[0].translate(LOW)}", name, count=1)
    return re.sub(r"(?<![^\W\d_])[^\W\d_](?![^\W\d_])", lambda letter: letter[0].translate(LETTERS), below)


def spelling(sign: Sign) -> str:
    """A word with its subscript."""
    return f"{sign.text}_{sign.sub.text}" if sign.sub else sign.text


@dataclass(frozen=True, slots=True)
class Known:
    """A name of the language or of a table: its kind is builtin, symbol, matrix or function."""

    kind: str
    id: str


@dataclass(eq=False, slots=True)
class Bound:
    """A variable of a sum, a product, a maximum, an integral or a function, while its body is read."""

    name: str
    sign: Sign
    id: str = ""


class Lexicon:
    """The declared names, the variables that are bound around the place that is read, and how deep that is."""

    def __init__(self, tables: dict[str, Any]):
        self.tables, self.depth = tables, 0
        self.scopes: list[Bound] = []
        kinds = {"functions": "function", "symbols": "symbol", "matrices": "matrix"}
        self.known = {spelt(id): Known(kind, id) for table, kind in kinds.items() for id in tables[table]}

    def find(self, name: str) -> Known | Bound | None:
        wanted = spelt(name)
        return next((b for b in reversed(self.scopes) if spelt(b.name) == wanted), None) or self.known.get(wanted)

    def is_index(self, id: str) -> bool:
        """Free indices, whole and not only positive, are counted from 0 in trees and from 1 in print."""
        facts = self.tables["symbols"].get(id, {}).get("facts", {})
        return bool(facts.get("integer") and not facts.get("positive"))

    def cuts(self, word: str, below: str, words: Container[str] = ()) -> list[list[str]]:
        """Up to two ways to cut a word into known names, the last of them with what is below it: Xw_1 is X w_1.

        Pieces may be words of the language, too.
        """
        ways: list[list[list[str]]] = [[] for _ in word] + [[[]]]
        for start in reversed(range(len(word))):
            for end in range(start + 1, len(word) + 1):
                head, last = word[start:end], end == len(word)
                known = self.find(head + below if last else head) or head in words
                if (last or not word[end].isdigit()) and known:
                    ways[start] = [*ways[start], *([head, *rest] for rest in ways[end])][:2]
        return ways[0]

    def near(self, name: str, others: Iterable[str]) -> list[str]:
        """Known names, or others, a slip of the keyboard away."""
        wanted = spelt(name)
        names = [*(known.id for known in self.known.values()), *(b.name for b in self.scopes), *others]
        apart = {
            other: 0 if spelt(other).lower() == wanted.lower() else distance(wanted, spelt(other)) for other in names
        }
        close = {o: d for o, d in apart.items() if d <= 1 + (max(len(wanted), len(o)) > 3) and d < len(wanted)}
        return sorted(close, key=lambda other: close[other])[:2]


def distance(a: str, b: str) -> int:
    """How many letters are put in, left out or replaced."""
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, other in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (letter != other))
    return row[-1]
