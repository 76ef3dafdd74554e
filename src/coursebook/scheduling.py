"""Chapters run several at a time, the longest first, and all failures are collected."""

import asyncio
import os
import tempfile
import textwrap
import time
from pathlib import Path

from sphinx.errors import ConfigError
from sphinx.util import logging

from coursebook.chapter import Chapter
from coursebook.kernels import CellFailed, Kernel
from coursebook.results import Results

logger = logging.getLogger(__name__)

KERNELS = "COURSEBOOK_KERNELS"  # environment variable: how many run at a time, if not one for each core


def kernels() -> int:
    """How many kernels run at a time.

    Raises:  ConfigError if COURSEBOOK_KERNELS is not a number of kernels
    """
    chosen = os.environ.get(KERNELS, str(os.cpu_count() or 1))
    if not chosen.isdecimal() or int(chosen) == 0:
        raise ConfigError(f"{KERNELS}={chosen}: give the number of kernels that run at a time, 1 or more")
    return int(chosen)


def execute(chapters: list[Chapter], kept: Results, timeout: int) -> list[str]:
    """Run the chapters and keep their results; a report for each that failed."""
    number = kernels()
    logger.info("executing %d chapters, %d at a time", len(chapters), number)
    longest_first = sorted(chapters, key=lambda chapter: -kept.past_seconds(chapter.docname))

    async def run_all() -> list[str | None]:
        slots = asyncio.Semaphore(number)
        return await asyncio.gather(*(_run(chapter, kept, timeout, slots) for chapter in longest_first))

    return sorted(filter(None, asyncio.run(run_all())))


async def _run(chapter: Chapter, kept: Results, timeout: int, slots: asyncio.Semaphore) -> str | None:
    """Run a chapter and keep its results; if there are none to keep, why."""
    async with slots:
        key, started = chapter.key(), time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="coursebook-") as scratch:
            kernel = Kernel(chapter.root, chapter.path.parent, chapter.first, timeout, Path(scratch))
            try:
                loaded = await kernel.run(chapter.cells)
            except CellFailed as failure:
                return _report(chapter, failure)
        seconds = time.perf_counter() - started
    if unforeseen := chapter.unforeseen(loaded):
        return f"{chapter.name} loads {', '.join(unforeseen)}, which no import names: import it by name, from src/"
    if chapter.again().key() != key:
        return f"{chapter.name}, or what it depends on, changed while it ran: build again"
    kept.save(chapter.docname, key, seconds, chapter.cells)
    logger.info("%s: executed in %.1f s", chapter.name, seconds)
    return None


def _report(chapter: Chapter, failure: CellFailed) -> str:
    first, last = chapter.lines(failure.number)
    lines = f"line {first}" if first == last else f"lines {first} to {last}"
    reason = textwrap.indent(failure.reason, "    ").strip()
    return f"{chapter.name}, cell {failure.number + 1} ({lines}): {reason}"
