"""A time budget for a proof: past it, `OutOfTime` is raised, in any thread, even in the middle of SymPy.

Time is what the thread itself computes, so that a busy machine changes no verdict.
"""

from __future__ import annotations

import contextlib
import ctypes
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TypeVar

Result = TypeVar("Result")
Other = TypeVar("Other")
AGAIN = 0.2  # seconds between rings
SOON = 0.01  # seconds, the least to wait
computed = getattr(time, "thread_time", time.process_time)  # seconds that this thread has computed
_here = threading.local()  # `end`: when the time of this thread is up, by its own clock


class OutOfTime(BaseException):
    """Not an Exception: SymPy catches those."""


def checkpoint() -> None:
    """Stop here if the time is up."""
    if remaining() <= 0:
        raise OutOfTime


def remaining() -> float:
    """Seconds of computing that are left to this thread."""
    end = getattr(_here, "end", None)
    return float("inf") if end is None else end - computed()


@contextlib.contextmanager
def budget(seconds: float) -> Iterator[None]:
    """Allow that many seconds of computing for what is inside, and not more than an outer budget leaves."""
    before = getattr(_here, "end", None)
    end = computed() + min(seconds, remaining())
    try:
        _here.end = end
        with _alarm(end):
            yield
    finally:
        _here.end = before


def guarded(compute: Callable[[], Result], instead: Other, seconds: float = 10) -> Result | Other:
    """What `compute()` gives, or something instead if it fails or takes longer.

    Raises:  OutOfTime only if an outer budget is used up
    """
    try:
        with budget(seconds):
            return compute()
    except Exception:  # noqa: BLE001 (whatever it is, what is guarded can be done without)
        return instead
    except OutOfTime:
        checkpoint()
        return instead


@contextlib.contextmanager
def _alarm(end: float) -> Iterator[None]:
    """The end made to ring: by a signal in the main thread, by a watching thread elsewhere, else by checkpoints only.

    It rings again and again, as a ring inside a destructor is lost.
    """
    main = threading.current_thread() is threading.main_thread()
    if main and hasattr(signal, "ITIMER_PROF"):
        with _signalled():
            yield
    elif hasattr(ctypes, "pythonapi") and sys.platform != "emscripten":
        with _watched(end):
            yield
    else:
        yield


# ---------------------------------------------------------------- the main thread
@contextlib.contextmanager
def _signalled() -> Iterator[None]:
    """The timer counts what the process computes, which is at least what the thread does.

    The timer in force before comes back afterwards, and its handler; without one, ours stays, which alone does nothing.
    """
    before = signal.signal(signal.SIGPROF, _ring)
    left, interval = signal.setitimer(signal.ITIMER_PROF, max(remaining(), SOON))
    started = time.process_time()
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        if callable(before):
            signal.signal(signal.SIGPROF, before)
        if left:
            signal.setitimer(signal.ITIMER_PROF, max(left - (time.process_time() - started), SOON), interval)


def _ring(signum: int, frame: FrameType | None) -> None:
    left = remaining()
    if left < float("inf"):
        signal.setitimer(signal.ITIMER_PROF, max(left, SOON) if left > 0 else AGAIN)
    if left <= 0:
        raise OutOfTime


# ---------------------------------------------------------------- any other thread
@contextlib.contextmanager
def _watched(end: float) -> Iterator[None]:
    done, lock, worker = threading.Event(), threading.Lock(), threading.get_ident()
    clock = _clock_of(worker)

    def watch() -> None:
        wait = max(end - clock(), SOON)
        while not done.wait(wait):
            with lock:
                left = 0 if done.is_set() else end - clock()
                if left <= 0 and not done.is_set():
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(worker), ctypes.py_object(OutOfTime))
            wait = max(left, SOON) if left > 0 else AGAIN

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        with lock:
            done.set()
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(worker), None)  # a ring on its way is not wanted


def _clock_of(thread: int) -> Callable[[], float]:
    """The seconds that a thread has computed, to be asked by another; where a system does not tell, those of the process."""
    if not hasattr(time, "pthread_getcpuclockid"):
        start = computed() - time.process_time()
        return lambda: start + time.process_time()
    clock = time.pthread_getcpuclockid(thread)
    return lambda: time.clock_gettime(clock)
