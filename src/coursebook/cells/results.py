"""The outputs of executed pages, kept under _build/.executed: one file for each page and key."""

import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode, from_dict

from coursebook.places import RECORD

KEPT = 8  # results of one page: enough to go back and forth between a few versions of a module


@dataclass(frozen=True)
class Result:
    """What running the cells of a page gave, and how long it took."""

    seconds: float
    cells: list[dict[str, Any]]

    def statements(self, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Statements that the cells emitted, as data, by their ids; a second of one id takes the place of the first."""
        outputs = [output.get("data", {}) for cell in self.cells for output in cell["outputs"]]
        records = [data[RECORD] for data in outputs if RECORD in data]
        return {record["id"]: record["statement"] for record in records if record["id"] in ids and record["statement"]}

    def fill(self, cells: list[NotebookNode]) -> bool:
        """Give the cells these outputs, if they are the cells that ran."""
        if [cell.source for cell in cells] != [ran["source"] for ran in self.cells]:
            return False
        for cell, ran in zip(cells, self.cells, strict=True):
            cell.outputs = [from_dict(output) for output in ran["outputs"]]
            cell.execution_count = ran["execution_count"]
        return True


@dataclass(frozen=True)
class Results:
    """A folder of results. A file in it is whole, and never changes."""

    folder: Path

    def load(self, page: str, key: str) -> Result | None:
        """The result of the page under this key, if it was executed."""
        path = self._path(page, key)
        return Result(**json.loads(path.read_text("utf-8"))) if path.is_file() else None

    def save(self, page: str, key: str, seconds: float, cells: list[NotebookNode]) -> None:
        """Keep what the cells hold, in place of the page's oldest results."""
        path = self._path(page, key)
        path.parent.mkdir(parents=True, exist_ok=True)
        ran = [{name: cell[name] for name in ("source", "outputs", "execution_count")} for cell in cells]
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, suffix=".part", delete=False) as file:
            json.dump({"seconds": seconds, "cells": ran}, file)
        os.replace(file.name, path)
        drop_oldest(self.folder / page, KEPT)

    def past_seconds(self, page: str) -> float | None:
        """How long the page took last time; None if it never ran."""
        past = oldest_first(self.folder / page)
        return json.loads(past[-1].read_text("utf-8"))["seconds"] if past else None

    def has(self, page: str, key: str) -> bool:
        """Whether the page was executed under this key."""
        return self._path(page, key).is_file()

    def _path(self, page: str, key: str) -> Path:
        return self.folder / page / f"{key}.json"


def oldest_first(folder: Path) -> list[Path]:
    """The files of JSON in a folder, in the order in which they were written."""
    return sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)


def drop_oldest(folder: Path, kept: int) -> None:
    """Leave no more than so many files of JSON in a folder: the newest."""
    for old in oldest_first(folder)[:-kept]:
        old.unlink(missing_ok=True)
