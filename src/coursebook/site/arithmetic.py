"""A figure that moves calculates nothing: its numbers come from statements, its places from the kit.

So a module that draws has no arithmetic at all, whatever it would be of, and takes functions from the kit alone.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from pygments.lexers.javascript import JavascriptLexer
from pygments.token import Comment, Error, Name, Number, Operator, Punctuation, String, Text, Whitespace

Token = tuple[int, object, str]  # where it begins, its kind, its text

KIT = ("../page.mjs", "../plot.mjs")
CHOICES = set("= ! !! && || ?? ? : == === != !== < <= > >= &&= ||= ??=".split())  # noqa: SIM905, read as a row
KNOWN = {"Array", "Object", "String", "Number", "Boolean", "isFinite", "isNaN"}
BEYOND = {"constructor", "self", "Reflect", "Intl", "Date", "setTimeout", "setInterval", "performance", "require"}
UNSEEN = (Comment, Whitespace, Text)
REMEDY = "take a number from a statement, by `at` or `slope`, and a place from the kit, plot.mjs"


def arithmetic(folder: Path) -> Iterator[str]:
    """Each line of the modules that draw, in which something is calculated."""
    for path in sorted(folder.glob("*.mjs")):
        source = path.read_text("utf8")
        found = {source.count("\n", 0, at) + 1: what for at, what in reversed(list(calculations(source)))}
        for line, what in sorted(found.items()):
            yield f"{path}:{line}: {what} in a figure, which calculates nothing; {REMEDY}"


def calculations(source: str) -> Iterator[tuple[int, str]]:
    """Where something is calculated in JavaScript, and by what."""
    lexed = JavascriptLexer(stripnl=False, ensurenl=False).get_tokens_unprocessed(source)
    tokens: list[Token] = [(at, kind, text) for at, kind, text in lexed if not any(kind in each for each in UNSEEN)]
    ends: Token = (len(source), Text, "")
    before = ends
    for token, after in pairwise([*tokens, ends]):
        if what := calculates(token, before, after):
            yield token[0], what
        before = token


def calculates(token: Token, before: Token, after: Token) -> str:
    """What a token calculates with, or from where it takes what does; empty if it does not."""
    _at, kind, text = token
    if kind is Operator and text not in CHOICES and not is_sign(text, before, after):
        return f"the operator {text}"
    if kind in Error or kind in String.Regex:
        return f"the operator {text[0]}"  # a quotient at the beginning of a line is read as an expression for texts
    if text in BEYOND or (kind in Name and "\\" in text) or (kind in Name.Builtin and text not in KNOWN):
        return f"the name {text}"
    if text == "import" and after[2] != "{":
        return "an import that is not of names"
    if before[2] == "from" and kind in String and text[1:-1] not in KIT:
        return f"an import from {text}"
    return ""


def is_sign(text: str, before: Token, after: Token) -> bool:
    """The minus of a negative number."""
    _at, kind, last = before
    begins = kind in Operator or last == "return" or (kind in Punctuation and last not in (")", "]", "}"))
    return text == "-" and after[1] in Number and begins
