"""Measurements run in processes of their own, which have a given number of cores and of threads from the start."""

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

POOLS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def apart(threads: int, function: Callable, *arguments):
    """What the function gives in a new process, pinned to as many cores as it has threads.

    Libraries read the number of threads when they are loaded, and a thread keeps the cores that it started with: only
    a new process has both right.
    """
    with _pinned(threads), ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


@contextmanager
def _pinned(threads: int):
    before = {name: os.environ.get(name) for name in POOLS}
    os.environ.update(dict.fromkeys(POOLS, str(threads)))
    cores = pin(threads)
    try:
        yield
    finally:
        if cores:
            os.sched_setaffinity(0, cores)
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def pin(threads: int) -> set[int]:
    """Keep to the first `threads` cores; gives those that there were, or none where the system cannot pin."""
    if not hasattr(os, "sched_setaffinity"):
        return set()
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(cores)[:threads])
    return cores
