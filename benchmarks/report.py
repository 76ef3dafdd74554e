"""The tables for the terminal, and what names the machine."""

import os
import platform
import subprocess
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.contestants import CONTESTANTS

ROOT = Path(__file__).parent.parent
PACKAGES = ("numpy", "scikit-learn", "torch", "jax", "jaxlib")
NAMES = tuple(CONTESTANTS)
PEERS, GOALS = NAMES[1:], ("torch", "jax", "jax_loop")
KEYS = ("case", "threads", *(f"{name}_s" for name in NAMES), "limit_s")


def provenance() -> dict:
    """The machine and how many processes kept it busy during the last minute, the day, the versions and the commit."""
    return {
        "machine": {"cpu": _cpu(), "cores": os.cpu_count(), "load": os.getloadavg()[0]},
        "date": date.today().isoformat(),
        "versions": {"python": platform.python_version(), **{name: _version(name) for name in PACKAGES}},
        "commit": _commit(),
    }


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.processor())


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _commit() -> str | None:
    """The commit, marked where the code that is measured differs from it; None outside of a repository."""
    name = ["git", "describe", "--always", "--abbrev=12", "--exclude=*"]
    changed = ["git", "status", "--porcelain", "--", "src/neurone", "benchmarks/*.py"]
    try:
        commit, changes = (subprocess.check_output(c, cwd=ROOT, text=True).strip() for c in (name, changed))
    except (OSError, subprocess.CalledProcessError):
        return None
    return f"{commit} and changes" if changes else commit


def bench(rows: list[dict]) -> list[dict]:
    """The rows with the keys that other programs read."""
    return [{key: row[key] for key in KEYS} for row in rows]


def ratio(row: dict, peer: str) -> float | None:
    """How many times as long the peer takes as we do."""
    return row[f"{peer}_s"] and row[f"{peer}_s"] / row["ours_s"]


def tables(results: dict) -> str:
    """The results as text."""
    cases = results["cases"]
    parts = _times_of_steps(cases), _ratios(cases), _goals(cases), _seeds(results["seeds"]), _memory(results["memory"])
    return "\n\n".join(parts)


def _times_of_steps(rows: list[dict]) -> str:
    body = [[*_name(row), *(_time(row[f"{name}_s"]) for name in (*NAMES, "limit"))] for row in rows]
    return _table(["one step of", "threads", *NAMES, "limit"], body)


def _ratios(rows: list[dict]) -> str:
    body = [[*_name(row), *(_times(ratio(row, peer)) for peer in PEERS)] for row in rows]
    return _table(["times as long as ours", "threads", *PEERS], body)


def _goals(rows: list[dict]) -> str:
    body = [[*_name(row), *(_goal(row, peer) for peer in GOALS)] for row in rows]
    return _table(["goals", "threads", *GOALS], body)


def _name(row: dict) -> list[str]:
    return [row["case"], str(row["threads"])]


def _goal(row: dict, peer: str) -> str:
    reached, goal = ratio(row, peer), row["goals"].get(peer)
    if reached is None or goal is None:
        return "–"
    return f"{'reached' if reached >= goal else 'missed'} ({goal} x)"


def _seeds(rows: list[dict]) -> str:
    body = [
        [
            row["case"],
            str(row["threads"]),
            _time(row["one_s"]),
            _time(row["stack_s"]),
            _times(row["stack_s"] / row["one_s"]),
        ]
        for row in rows
    ]
    return _table(["seeds together", "threads", "one", f"{rows[0]['seeds']} seeds", "ratio"], body)


def _memory(rows: list[dict]) -> str:
    return _table(
        ["memory on top of the data", *NAMES],
        [[row["case"], *(_megabytes(row[f"{name}_bytes"]) for name in NAMES)] for row in rows],
    )


def _table(head: list[str], body: list[list[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(head, *body)]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:]))])
        for row in [head, *body]
    )


def _time(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    size, unit = (1e-3, "ms") if seconds > 0.9995e-3 else (1e-6, "µs")
    return f"{seconds / size:.3g} {unit}"


def _times(ratio: float | None) -> str:
    return "–" if ratio is None else f"{ratio:.1f} x"


def _megabytes(found: int | None) -> str:
    return "–" if found is None else f"{found / 1e6:.1f} MB"
