"""Measure, print the tables, write `_build/bench.json`, and with `--save` the results that the book shows."""

import argparse
import json
import os
from pathlib import Path

from benchmarks.contestants import absent
from benchmarks.measurements import measure_all, measure_memory
from benchmarks.problems import LARGE
from benchmarks.processes import apart
from benchmarks.proved import source
from benchmarks.report import ROOT, bench, provenance, tables
from benchmarks.timing import ROUNDS, RUN

BENCH, RESULTS = ROOT / "_build" / "bench.json", ROOT / "benchmarks" / "results.json"
QUIET = 0.5  # processes
INSTALL = {"torch": "torch==2.13.0", "jax": "jax==0.10.2 jaxlib==0.10.2"}


def main():
    """Run everything; it takes some minutes, and wants a machine that does nothing else."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--save", action="store_true", help=f"write {RESULTS.relative_to(ROOT)}")
    save = parser.parse_args().save
    for library in absent():
        print(f"{library} is not installed: its columns stay empty; `pip install {INSTALL[library]}` adds it.")
    before = provenance()
    if before["machine"]["load"] > QUIET:
        print(f"The machine is busy (load {before['machine']['load']:.1f}): the figures will show it.")
    results = before | {"turns": ROUNDS, "steps": RUN, "printed": source(2)} | _measure()
    print(tables(results))
    _write(BENCH, bench(results["cases"]))
    if save:
        _write(RESULTS, results)


def _measure() -> dict:
    most = min(2, os.cpu_count())
    found = {}
    for threads in range(most, 0, -1):
        print(f"Timing with {threads} thread{'s' * (threads > 1)} ...", flush=True)
        for name, rows in apart(threads, measure_all, threads, threads == most).items():
            found[name] = found.get(name, []) + rows
    print("Taking the memory ...", flush=True)
    return found | {"memory": measure_memory(LARGE, most)}


def _write(path: Path, content: list | dict):
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content, indent=1) + "\n")
    print(f"written: {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
