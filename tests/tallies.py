"""A command that judges random statements by their seeds, and tells how often it found what."""

import argparse
import itertools
import multiprocessing
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor


def command(about: str, judged: Callable[[int], list[tuple[str, str | None]]], seeds: int) -> int:
    """1 if anything is wrong; `judged` gives (what was found, what is wrong with it if anything) for each statement of a seed."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seeds", type=int, default=seeds)
    parser.add_argument("--start", type=int, default=0)
    told = parser.parse_args()
    counts, faults = Counter(), 0
    with ProcessPoolExecutor(told.processes, multiprocessing.get_context("fork")) as pool:
        found = pool.map(judged, range(told.start, told.start + told.seeds), chunksize=5)
        for kind, fault in itertools.chain.from_iterable(found):
            counts[kind] += 1
            if fault:
                faults += 1
                print(fault, flush=True)
    print(f"{counts.total()} statements: {', '.join(f'{count} {kind}' for kind, count in sorted(counts.items()))}")
    print(f"{faults} wrong" if faults else "no verdict is wrong")
    return min(faults, 1)
