"""Chapters run several at a time while the build goes on, those with the longest way to its end first."""

import asyncio
import atexit
import json
import os
import textwrap
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import cache, partial
from typing import Any

from sphinx.errors import ConfigError
from sphinx.util import logging

from coursebook.cells.chapter import Chapter
from coursebook.cells.kernels import CellFailed, Kernels
from coursebook.cells.results import Results
from coursebook.disk import unwritable

logger = logging.getLogger(__name__)

KERNELS = "COURSEBOOK_KERNELS"  # environment variable: how many run at a time
CODE = 600  # characters of code for a second: all that is known of a chapter that never ran


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
        self._free = kernels()
        logger.info("executing %d chapters, %d at a time", len(chapters), self._free)
        self._kernels, self._kept = Kernels(chapters[0].root, timeout, [each.modules for each in chapters]), kept
        self._waiting = urgent_first(chapters, self._seconds)
        self._reports: dict[str, Future[str | None]] = {chapter.docname: Future() for chapter in chapters}
        self._loop, self._running = asyncio.new_event_loop(), set[asyncio.Task[str | None]]()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        atexit.register(self.stop)
        self._loop.call_soon_threadsafe(self._start)

    def failed(self, page: str) -> bool:
        """Whether the chapter has no results; it has ended by then."""
        return self._reports[page].result() is not None

    def reports(self) -> list[str]:
        """A report for each chapter that failed; all have ended by then."""
        return sorted(filter(None, (report.result() for report in self._reports.values())))

    def stop(self) -> None:
        """End what still runs, and leave nothing behind."""
        atexit.unregister(self.stop)
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._kernels.close()

    def _seconds(self, chapter: Chapter) -> float:
        past = self._kept.past_seconds(chapter.docname)
        return sum(len(cell.source) for cell in chapter.cells) / CODE if past is None else past

    def _start(self) -> None:
        """Start the most urgent of the chapters that wait for no other, as many as may run."""
        for chapter in list(filter(self._is_ready, self._waiting))[: self._free]:
            self._free -= 1
            self._waiting.remove(chapter)
            task = self._loop.create_task(self._run_now(chapter))
            self._running.add(task)
            task.add_done_callback(partial(self._ended, self._reports[chapter.docname]))

    def _is_ready(self, chapter: Chapter) -> bool:
        """Have those that it rests on ended, as far as they run at all?"""
        return all(self._reports[other.docname].done() for other in chapter.rests_on if other.docname in self._reports)

    def _ended(self, report: "Future[str | None]", task: "asyncio.Task[str | None]") -> None:
        self._free += 1
        self._running.discard(task)
        if task.cancelled():
            report.cancel()
        elif error := task.exception():
            report.set_exception(error)
        else:
            report.set_result(task.result())
        self._start()

    async def _end(self) -> None:
        self._waiting.clear()
        for task in self._running:
            task.cancel()
        await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()}, return_exceptions=True)

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


def urgent_first(chapters: list[Chapter], seconds: Callable[[Chapter], float]) -> list[Chapter]:
    """The chapters, the longest first, counting those that wait for it one after the other."""
    waiting: dict[str, list[Chapter]] = {chapter.docname: [] for chapter in chapters}
    for chapter in chapters:
        for other in chapter.rests_on:
            waiting.get(other.docname, []).append(chapter)

    @cache
    def to_the_end(docname: str) -> float:
        after = max((to_the_end(other.docname) for other in waiting[docname]), default=0)
        return own[docname] + after

    own = {chapter.docname: seconds(chapter) for chapter in chapters}
    return sorted(chapters, key=lambda chapter: -to_the_end(chapter.docname))


def recalled(kept: Results, chapter: Chapter) -> str:
    """Code that tells the prover the statements of other chapters that the proofs of this one name; none if it names none.

    Raises:  ConfigError if another chapter has no results any more
    """
    found: dict[str, dict[str, Any]] = {}
    for other in chapter.rests_on:
        if (results := kept.load(other.docname, other.key())) is None:
            raise ConfigError(f"{other.name}, or what it depends on, changed while the book was built: build again")
        found |= results.statements(chapter.names)
    return f"from claims import recall\nrecall({json.dumps(found, sort_keys=True)!r})" if found else ""


def _report(chapter: Chapter, failure: CellFailed) -> str:
    first, last = chapter.lines(failure.number)
    lines = f"line {first}" if first == last else f"lines {first} to {last}"
    reason = textwrap.indent(failure.reason, "    ").strip()
    return f"{chapter.name}, cell {failure.number + 1} ({lines}): {reason}"
