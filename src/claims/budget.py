"""A time budget for a proof: past it, `OutOfTime` is raised, in any thread; in the main thread even inside SymPy."""

from __future__ import annotations

import contextlib
import contextvars
import signal
import threading
import time

_deadline = contextvars.ContextVar("deadline", default=None)


class OutOfTime(BaseException):
    """Not an Exception: SymPy catches those."""


def checkpoint() -> None:
    """Stop here if the time is up."""
    end = _deadline.get()
    if end is not None and time.monotonic() > end:
        raise OutOfTime


def remaining() -> float:
    end = _deadline.get()
    return float("inf") if end is None else end - time.monotonic()


@contextlib.contextmanager
def budget(seconds: float):
    """Allow that many seconds for what is inside, and not more than an outer budget leaves."""
    end = time.monotonic() + min(seconds, remaining())
    token = _deadline.set(end)
    try:
        with _alarm(end):
            yield
    finally:
        _deadline.reset(token)


@contextlib.contextmanager
def _alarm(end):
    """The deadline as a signal, where the main thread and the system allow it; the timer in force before comes back."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    started = time.monotonic()
    left, interval = signal.setitimer(signal.ITIMER_REAL, max(end - started, 1e-6))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if left:
            signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - started), 1e-6), interval)


def _ring(signum, frame):
    raise OutOfTime
