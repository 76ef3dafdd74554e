"""Fences of a page's text that nothing closes: Markdown lets them swallow the rest of the page without a word."""

import re
from collections.abc import Iterator

from sphinx.application import Sphinx

from coursebook.statements.domain import statements

OPENS = re.compile(r"\s*(`{3,}(?!.*`)|~{3,}|:{3,})\s*(.*)")
VERBATIM = re.compile(r"(?!\{)|\{(code|literal|parsed-literal|math|raw)")  # what they hold is no Markdown


def unclosed(lines: list[str], first: int = 1) -> Iterator[tuple[int, str]]:
    """The number of each line that opens what is never closed, or closes what was never opened, with its fence."""
    at = 0
    while at < len(lines):
        fence = OPENS.fullmatch(lines[at])
        if not fence:
            at += 1
            continue
        mark, words = fence[1], fence[2]
        end = next((i for i in range(at + 1, len(lines)) if closes(lines[i], mark)), None)
        if end is None or (mark[0] == ":" and not words):
            yield first + at, mark
            at += 1
            continue
        if not VERBATIM.match(words) or mark[0] == ":":
            yield from unclosed(lines[at + 1 : end], first + at + 1)
        at = end + 1


def closes(line: str, mark: str) -> bool:
    text = line.strip()
    return text.startswith(mark) and not text.strip(mark[0])


def check(app: Sphinx, docname: str, source: list[str]) -> None:
    for line, mark in unclosed(source[0].splitlines()):
        where = f"{app.env.doc2path(docname)}:{line}"
        statements(app.env).note_fault(
            docname, f"{where}: a fence {mark} without its other end; open and close it alike"
        )


def setup(app: Sphinx) -> None:
    app.connect("source-read", check)
