"""The limit of the machine: a step must do its arithmetic, and must read and write what it works on, once at least."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from benchmarks.problems import Case

ITEM = 4  # bytes of a float32
SIZES = [2**k for k in range(18, 28)]  # bytes, from what every cache holds to what none does
PATIENCE = 0.2  # seconds in which each kind of work is repeated


@dataclass(frozen=True)
class Work:
    """Floating-point operations of the matrix products of a step, and bytes that it moves at the least."""

    flop: float
    bytes: float


@dataclass(frozen=True)
class Limits:
    """What the machine was seen to do: operations a second, bytes copied a second, and seconds of the smallest call.

    An array that a cache holds is read faster, so that `read` is a list of (bytes, bytes read a second).
    """

    flops: float
    copy: float
    call: float
    read: list[tuple[int, float]]

    def seconds(self, work: Work) -> float:
        """The least time for this work: its operations at the peak, or its bytes as fast as so many can be read."""
        sizes, rates = zip(*self.read)
        return max(work.flop / self.flops, work.bytes / float(np.interp(work.bytes, sizes, rates)))


def direct(case: Case) -> Work:
    """The work of a step on the samples X.

    A layer of n inputs and p outputs costs three products of 2 m n p operations, forward, for its weights and for its
    inputs; the first layer needs no gradient of its inputs. X is read, the parameters are read and written.
    """
    m, sizes = case.samples, [n * p for n, p in pairwise(case.widths)]
    parameters = sum(sizes) + sum(case.widths[1:])
    return Work(2 * m * (3 * sum(sizes) - sizes[0]), ITEM * (m * case.widths[0] + 2 * parameters))


def gram(case: Case) -> Work:
    """The work of a step on the Gram matrix K = X X': the first layer is W0 + X' C, and C is updated in place of W.

    The first layer costs the product K C alone, because the gradient of C is that of the logits.
    """
    m, (n, p) = case.samples, case.widths[:2]
    rest = direct(case)
    return Work(rest.flop - 4 * m * n * p + 2 * m * m * p, rest.bytes + ITEM * (m * (m - n) + 2 * p * (m - n)))


def least(case: Case) -> Work:
    """The work of a step by the way that `train` takes: the Gram matrix where there are fewer samples than inputs."""
    return gram(case) if case.samples < case.widths[0] else direct(case)


def measure() -> Limits:
    """What this machine does with the threads that it is given."""
    A, B, C = (np.ones((1536, 1536), np.float32) for _ in range(3))
    flops = 2 * len(A) ** 3 / _best(lambda: np.matmul(A, B, out=C))
    source = np.ones(SIZES[-1] // ITEM, np.float32)
    target = np.empty_like(source)
    copy = 2 * source.nbytes / _best(lambda: np.copyto(target, source))
    one, calls = np.ones(1, np.float32), range(1000)
    call = _best(lambda: [np.add(one, one) for _ in calls]) / len(calls)
    return Limits(flops, copy, call, [(size, _read_rate(source[: size // ITEM])) for size in SIZES])


def _read_rate(array: np.ndarray) -> float:
    """Bytes a second of a product of matrix and vector, which does little else than read the matrix."""
    M = array.reshape(-1, 1024)
    u, v = np.ones(len(M), np.float32), np.ones(1024, np.float32)
    return array.nbytes / min(_best(lambda: M @ v), _best(lambda: u @ M))


def _best(work: Callable) -> float:
    """The least seconds of many runs: a limit is what the machine can do when nothing disturbs it."""
    end, runs = time.perf_counter() + PATIENCE, [_seconds(work) for _ in range(3)]
    while time.perf_counter() < end:
        runs.append(_seconds(work))
    return min(runs)


def _seconds(work: Callable) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
