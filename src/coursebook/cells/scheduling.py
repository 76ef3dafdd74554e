"""Chapters run several at a time, the longest first, while the build goes on."""

import asyncio
import atexit
import json
import os
import textwrap
import threading
import time

from sphinx.errors import ConfigError
from sphinx.util import logging

from coursebook.cells.chapter import Chapter
from coursebook.cells.kernels import CellFailed, Kernels
from coursebook.cells.results import Results
from coursebook.disk import unwritable

logger = logging.getLogger(__name__)

KERNELS = "COURSEBOOK_KERNELS"  # environment variable: how many run at a time


def kernels() -> int:
    """How many kernels run at a time: one more than there are cores, for now and then one waits to be asked.

    Raises:  ConfigError if COURSEBOOK_KERNELS is not a number of kernels
    """
    chosen = os.environ.get(KERNELS, str((os.cpu_count() or 1) + 1))
    if not chosen.isdecimal() or int(chosen) == 0:
        raise ConfigError(f"{KERNELS}={chosen}: give the number of kernels that run at a time, 1 or more")
    return int(chosen)


class Runs:
    """Chapters of one book that run from now on, in a thread that lives until `stop`; their results are kept."""

    def __init__(self, chapters: list[Chapter], kept: Results, timeout: int) -> None:
        number = kernels()
        logger.info("executing %d chapters, %d at a time", len(chapters), number)
        self._loop, self._slots = asyncio.new_event_loop(), asyncio.Semaphore(number)
        self._kernels, self._kept = Kernels(chapters[0].root, timeout, len(chapters)), kept
        longest_first = sorted(chapters, key=lambda chapter: -kept.past_seconds(chapter.docname))
        self._ends = {chapter.docname: self._loop.create_future() for chapter in chapters}
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        atexit.register(self.stop)
        self._reports = {
            chapter.docname: asyncio.run_coroutine_threadsafe(self._run(chapter), self._loop)
            for chapter in longest_first
        }

    def failed(self, page: str) -> bool:
        """Whether the chapter has no results; it has ended by then."""
        return self._reports[page].result() is not None

    def reports(self) -> list[str]:
        """A report for each chapter that failed; all have ended by then."""
        return sorted(filter(None, (report.result() for report in self._reports.values())))

    def stop(self) -> None:
        """End what still runs, and leave nothing behind."""
        atexit.unregister(self.stop)
        for report in self._reports.values():
            report.cancel()
        asyncio.run_coroutine_threadsafe(_others_end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._kernels.close()

    async def _run(self, chapter: Chapter) -> str | None:
        """Run a chapter when those that it rests on have run, and keep its results; if there are none to keep, why."""
        report = None
        try:
            await asyncio.gather(
                *(self._ends[other.docname] for other in chapter.rests_on if other.docname in self._ends)
            )
            async with self._slots:
                report = await self._run_now(chapter)
        finally:
            self._ends[chapter.docname].set_result(report)
        return report

    async def _run_now(self, chapter: Chapter) -> str | None:
        """Run a chapter, and keep its results; if there are none to keep, why."""
        key, started = chapter.key(), time.perf_counter()
        missing = [other.name for other in chapter.rests_on if not self._kept.has(other.docname, other.key())]
        if missing:
            return f"{chapter.name} rests on {', '.join(missing)}, which did not run to its end"
        try:
            loaded = await self._kernels.run(chapter.cells, chapter.path.parent, self._first(chapter))
        except CellFailed as failure:
            return _report(chapter, failure)
        seconds = time.perf_counter() - started
        if unforeseen := chapter.unforeseen(loaded):
            return f"{chapter.name} loads {', '.join(unforeseen)}, which no import names: import it by name, from src/"
        if chapter.again().key() != key:
            return f"{chapter.name}, or what it depends on, changed while it ran: build again"
        try:
            self._kept.save(chapter.docname, key, seconds, chapter.cells)
        except OSError as error:
            return f"{chapter.name} has results that cannot be kept: {unwritable(error) or error}"
        logger.info("%s: executed in %.1f s", chapter.name, seconds)
        return None

    def _first(self, chapter: Chapter) -> str:
        """What runs before the chapter's own cells: it knows the statements of other chapters that it names."""
        return "\n".join(filter(None, [chapter.first, recalled(self._kept, chapter)]))


def recalled(kept: Results, chapter: Chapter) -> str:
    """Code that tells the prover the statements of other chapters that the proofs of this one name; none if it names none.

    Raises:  ConfigError if another chapter has no results any more
    """
    found: dict[str, dict] = {}
    for other in chapter.rests_on:
        if (results := kept.load(other.docname, other.key())) is None:
            raise ConfigError(f"{other.name}, or what it depends on, changed while the book was built: build again")
        found |= results.statements(chapter.names)
    return f"from claims import recall\nrecall({json.dumps(found, sort_keys=True)!r})" if found else ""


async def _others_end() -> None:
    await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()}, return_exceptions=True)


def _report(chapter: Chapter, failure: CellFailed) -> str:
    first, last = chapter.lines(failure.number)
    lines = f"line {first}" if first == last else f"lines {first} to {last}"
    reason = textwrap.indent(failure.reason, "    ").strip()
    return f"{chapter.name}, cell {failure.number + 1} ({lines}): {reason}"
