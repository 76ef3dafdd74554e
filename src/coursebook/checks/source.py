"""A page as its author wrote it: front matter, cells and prose, each with its line; no Sphinx is needed to read it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

FENCE = re.compile(r"\s*(`{3,}|:{3,}|~{3,})\s*(.*)")
VERBATIM = re.compile(r"\{(code-cell|literalinclude|bibliography|letters|answer|live|math|raw)\b|(?!\{)")  # not prose
OPTION = re.compile(r"\s*:[\w-]+:(\s|$)")


@dataclass(frozen=True)
class Cell:
    """The code of a cell, the line on which it begins, and the options above it."""

    line: int
    options: str
    code: str

    @property
    def shown(self) -> bool:
        return "remove-cell" not in self.options and "remove-input" not in self.options


@dataclass(frozen=True)
class Page:
    """One file of the book."""

    path: Path

    @cached_property
    def lines(self) -> list[str]:
        return self.path.read_text("utf8").splitlines()

    @cached_property
    def _head(self) -> int:
        """How many lines the front matter has, with its two rules; 0 without."""
        return self.lines.index("---", 1) + 1 if self.lines[:1] == ["---"] and "---" in self.lines[1:] else 0

    @cached_property
    def front(self) -> dict[str, Any]:
        """The front matter; empty if there is none."""
        return yaml.safe_load("\n".join(self.lines[1 : self._head - 1])) or {} if self._head else {}

    @cached_property
    def prose(self) -> list[tuple[int, str]]:
        """The lines that are words, formulas between them and tables, with their numbers; directives are looked into."""
        found: list[tuple[int, str]] = []
        fences: list[tuple[str, bool]] = []
        for number, line in enumerate(self.lines[self._head :], self._head + 1):
            fence = FENCE.match(line)
            if fence and fences and fence[1].startswith(fences[-1][0]) and not fence[2]:
                fences.pop()
            elif fence and not any(verbatim for _mark, verbatim in fences):
                fences.append((fence[1], bool(VERBATIM.match(fence[2])) and fence[1][0] != ":"))
            elif not any(verbatim for _mark, verbatim in fences) and not (fences and OPTION.match(line)):
                found.append((number, line))
        return found

    @cached_property
    def title(self) -> str:
        return next((line[2:].strip() for _number, line in self.prose if line.startswith("# ")), "")

    @cached_property
    def sections(self) -> list[tuple[int, str]]:
        return [(number, line[3:].strip()) for number, line in self.prose if line.startswith("## ")]

    @cached_property
    def cells(self) -> list[Cell]:
        return list(self._cells())

    def _cells(self) -> Iterator[Cell]:
        start = None
        for number, line in enumerate(self.lines):
            if start is None and line.startswith("```{code-cell}"):
                start = number + 1
            elif start is not None and line.startswith("```"):
                yield self._cell(start, number)
                start = None

    def _cell(self, start: int, end: int) -> Cell:
        """A cell's options stand between two rules, or each behind a colon."""
        first = start
        if self.lines[start] == "---":
            first = self.lines.index("---", start + 1) + 1
        else:
            while first < end and OPTION.match(self.lines[first]):
                first += 1
        return Cell(first + 1, "\n".join(self.lines[start:first]), "\n".join(self.lines[first:end]))
