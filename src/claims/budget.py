"""A time budget for a proof: past it, `OutOfTime` is raised, in any thread, even in the middle of SymPy."""

from __future__ import annotations

import contextlib
import contextvars
import ctypes
import signal
import sys
import threading
import time

AGAIN = 0.2  # seconds between rings
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
    """The deadline made to ring: by a signal in the main thread, by a watching thread elsewhere, else by checkpoints only.

    It rings again and again, as a ring inside a destructor is lost.
    """
    main = threading.current_thread() is threading.main_thread()
    if main and hasattr(signal, "setitimer"):
        with _signalled(end):
            yield
    elif hasattr(ctypes, "pythonapi") and sys.platform != "emscripten":
        with _watched(end):
            yield
    else:
        yield


@contextlib.contextmanager
def _signalled(end):
    """The timer and the handler in force before come back afterwards."""
    before, started = signal.signal(signal.SIGALRM, _ring), time.monotonic()
    left, interval = signal.setitimer(signal.ITIMER_REAL, max(end - started, 1e-6), AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if left:
            signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - started), 1e-6), interval)


def _ring(signum, frame):
    raise OutOfTime


@contextlib.contextmanager
def _watched(end):
    done, lock, worker = threading.Event(), threading.Lock(), threading.get_ident()

    def watch():
        wait = max(end - time.monotonic(), 0)
        while not done.wait(wait):
            with lock:
                if not done.is_set():
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(worker), ctypes.py_object(OutOfTime))
            wait = AGAIN

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        with lock:
            done.set()
