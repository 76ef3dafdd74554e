"""What the letters of a formula are: lines such as "X: m x n" say it, and a single letter that none names is a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NoReturn

from claims.errors import Misread
from claims.language.letters import ACCENTS, GREEK

from .grammar import Grammar
from .meaning import Meaning
from .names import Lexicon, as_word, spelling, spelt
from .signs import Sign, operator, signs
from .sizes import Tree

TABLES = ("symbols", "matrices", "functions", "names")
NAME = r"([A-Za-z]\w*(?:\{[^{}]*\})?)"
SIZE = {"integer": True, "positive": True}
NUMBERS = (
    (r"\s*:\s*size", SIZE),
    (r"\s*:\s*index", {"integer": True}),
    (r"\s*>\s*0", {"positive": True}),
    ("", {"real": True}),
)
BETWEEN = re.compile(r"\s+x\s+|\s*[×,]\s*")


def declared(lines: Sequence[str]) -> dict[str, Any]:
    """The tables of a statement whose letters these lines declare, in the form of `statement.schema.json`."""
    tables: dict[str, Any] = {table: {} for table in TABLES}
    said: dict[str, str] = {}
    for line in lines:
        Line(line, tables, said).read()
    return tables


class Line:
    """A line that declares a letter; `said` holds the lines of all letters before it."""

    def __init__(self, line: str, tables: dict[str, Any], said: dict[str, str]):
        self.line, self.tables, self.said = line, tables, said

    def fail(self, message: str, start: int = 0, end: int | None = None) -> NoReturn:
        raise Misread(message, start, len(self.line) if end is None else end, self.line)

    def read(self) -> None:
        text = re.sub(r"^[^\s:>(]+", lambda name: as_word(name[0]), self.line.strip())
        for form, facts in NUMBERS:
            if found := re.fullmatch(NAME + form, text, re.ASCII):
                if facts != SIZE or not self.is_size(found[1]):
                    self.put("symbols", found[1], {"facts": facts})
                return
        if found := re.fullmatch(NAME + r"\(\)", text, re.ASCII):
            known = {"known": "sigmoid"} if spelt(found[1]) == "sigma" else {}
            self.put("functions", found[1], known)
            return
        found = re.fullmatch(NAME + r"\s*:\s*(.+)", text, re.ASCII)
        sizes = BETWEEN.split(found[2]) if found else []
        sizes = found[2].split("x") if found and len(sizes) == 1 else sizes
        if not found or len(sizes) != 2 or not all(sizes):
            remedy = 'write "X: m x n", "n: size", "i: index", "eta > 0", "z" or "g()"'
            self.fail(f"This declares no letter: {remedy}.")
        rows, cols = map(self.size, sizes)
        self.put("matrices", found[1], {"rows": rows, "cols": cols})

    def put(self, table: str, name: str, line: dict[str, Any]) -> None:
        """One letter more, which no other line declares."""
        if other := self.said.get(spelt(name)):
            self.fail(f'"{other}" says what {name} is, and so does this line: leave one out.')
        self.said[spelt(name)] = self.line
        self.tables[table][name] = {"name": name, **line}

    def is_size(self, name: str) -> bool:
        """Does a line before this one say so?"""
        known = [line["facts"] for id, line in self.tables["symbols"].items() if spelt(id) == spelt(name)]
        return known == [SIZE]

    def size(self, text: str) -> Tree:
        """The tree of a size, whose letters are sizes."""
        for name in re.findall(NAME, text, re.ASCII):
            if not self.is_size(name):
                self.put("symbols", name, {"facts": SIZE})
        sizes = {id: line for id, line in self.tables["symbols"].items() if line["facts"] == SIZE}
        meaning = Meaning(Lexicon({**{key: {} for key in TABLES}, "symbols": sizes}))
        start = self.line.rindex(text)
        try:
            tree, size = meaning.size(Grammar(text, meaning.lexicon, start).whole())
        except Misread as error:
            self.fail(error.message, error.start, error.end)
        if not size.keys() - {""} and size.get("", 0) < 1:
            self.fail("A size is a whole number from 1.", start, start + len(text))
        return tree


# ------------------------------------------------------------ letters that nobody declared
CALLED = (*"fghFHLJCPEDV", "phi", "psi")  # stand for a function where a bracket follows, though with a space between
TRANSPOSES = ("T", "H", "t")
MATRICES = ("I", "D")  # with a subscript: the identity I_n, the slope D_x
LARGE = ("Pi", "Sigma")  # a product and a sum
FOLDS = ("sum", "prod", "max")


def is_number(name: str, text: str, matrices: Iterable[str]) -> bool:
    """Is it one letter, with or without a subscript, that nobody takes for anything but a number where it stands?

    Refused are functions, transposes, matrices and entries of those that are declared, indices of sums, the imaginary
    unit and the d of a slope.
    """
    _, line, below = name.partition("_")
    bare, numbered = letter_of(name), {letter_of(each) for each in matrices if is_numbered(each)}
    if bare in map(spelt, matrices) or (is_numbered(name) and bare in numbered):
        return False  # x1 may be x_1, W_2 one more beside W_1
    taken = ("i", *LARGE, *MATRICES) if line else ("i", *LARGE)
    if not ((len(bare) == 1 and bare.isalpha()) or bare in GREEK) or bare in taken:
        return False
    is_letter = len(below) == 1 and below.isalpha()
    if line and not (is_letter or below.isdecimal() or spelt(below) in GREEK or below in ACCENTS):
        return False  # x_ab is x_a b for some
    found = signs(text)
    if is_bound(name, found) or (bare == "d" and any(is_differential(k, found) for k in range(len(found)))):
        return False
    return not any(
        is_called(bare, k, found) or (bare in TRANSPOSES and is_exponent(k, found)) for k in places(name, found)
    )


def is_numbered(name: str) -> bool:
    """W1, W_1, W_{1}."""
    return name.rstrip("}")[-1].isdecimal()


def letter_of(name: str) -> str:
    """The letter of a name, without what is below it."""
    return spelt(name.partition("_")[0]).rstrip("0123456789")


def places(name: str, found: list[Sign], before: str = "") -> Iterator[int]:
    """Where a name stands, or what is made of it by a letter before."""
    wanted = before + spelt(name)
    return (k for k, sign in enumerate(found) if sign.kind == "word" and spelt(spelling(sign)) == wanted)


def is_called(bare: str, k: int, found: list[Sign]) -> bool:
    """u(...), u (z) of one name, f (...) of a letter that stands for functions."""
    if operator(k + 1, found) != "(":
        return False
    alone = found[k + 2].kind == "word" and operator(k + 3, found) == ")"
    return found[k + 1].glued or alone or bare in CALLED


def is_exponent(k: int, found: list[Sign]) -> bool:
    """Does it stand behind ^, perhaps with a minus, or in a bracket, perhaps with a number, as in A^{-1T}?

    Powers of e are numbers.
    """
    at = k - 1
    while operator(at, found) in ("-", "{", "(") or (at >= 0 and found[at].kind == "number"):
        at -= 1
    base = found[at - 1] if at > 0 else None
    is_e = base is not None and base.kind == "word" and base.text == "e" and not base.sub
    is_alone = all(sign.kind != "number" for sign in found[at + 1 : k])  # z^2 T is no exponent
    return operator(at, found) == "^" and (is_alone or operator(at + 1, found) in ("{", "(")) and not is_e


def is_differential(k: int, found: list[Sign]) -> bool:
    """Is it the d above a line, as in \\frac d{dz}, or what begins with d, such as dz, behind one and in a bracket perhaps?"""
    sign = found[k]
    rest = sign.text[1:].rstrip("0123456789")
    if sign.kind != "word" or sign.text[:1] != "d" or not (len(rest) < 2 or sign.text[1:] in GREEK):
        return False
    before = k - 1
    while operator(before, found) in ("(", "[", "{"):
        before -= 1
    above = operator(k - 1, found) == "\\frac"
    behind = operator(before, found) == "/" or (operator(before, found) == "}" and operator(before + 1, found) == "{")
    return above or behind or (sign.text == "d" and operator(k + 1, found) in ("/", "}"))


def is_count(name: str, text: str) -> bool:
    """Does a sum end at it, so that it is a number of terms, whatever stands behind it?

    One letter, with a number below it perhaps.
    """
    found = signs(text)
    if not re.fullmatch(r"[^\W\d_](_\{?\d+\}?)?", name) or is_bound(name, found):
        return False
    for k, sign in enumerate(found):
        if sign.text in FOLDS and operator(k + 1, found) == "^":
            braced = operator(k + 2, found) == "{"
            end = next((at for at in range(k, len(found)) if operator(at, found) == "}"), k) if braced else k + 3
            if list(places(name, found[k + 2 : end])):
                return True
    return False


def is_bound(name: str, found: list[Sign]) -> bool:
    """Does a sum run over it?  Outside of that sum it would be another letter."""
    for k, sign in enumerate(found):
        if sign.text not in FOLDS:
            continue
        ranged = operator(k + 1, found) == "(" and operator(k + 3, found) == "="
        run = signs(sign.sub.text) if sign.sub else [found[k + 2]] if ranged else []
        if list(places(name, run)):
            return True
    return False
