"""The tables for the terminal, and what names the machine."""

import os
import platform
import subprocess
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("numpy", "scikit-learn", "torch")
PEERS = ("torch", "sklearn", "plain")
KEYS = ("case", "threads", "ours_s", "torch_s", "sklearn_s", "plain_s", "limit_s")


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
    return "\n\n".join([_cases(results["cases"]), _seeds(results["seeds"]), _memory(results["memory"])])


def _cases(rows: list[dict]) -> str:
    head = ["one step of", "threads", "ours", *PEERS, "limit", *(f"{peer}/ours" for peer in PEERS), "goal"]
    return _table(head, [_case(row) for row in rows])


def _case(row: dict) -> list[str]:
    seconds = [_time(row[f"{name}_s"]) for name in ("ours", *PEERS, "limit")]
    ratios = [_times(ratio(row, peer)) for peer in PEERS]
    return [row["case"], str(row["threads"]), *seconds, *ratios, _goal(row)]


def _goal(row: dict) -> str:
    reached = ratio(row, "torch")
    if reached is None or row["goal"] is None:
        return "–"
    return f"{'reached' if reached >= row['goal'] else 'missed'} ({row['goal']} x)"


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
    names = ("ours", *PEERS)
    return _table(
        ["memory on top of the data", *names],
        [[row["case"], *(_megabytes(row[f"{name}_bytes"]) for name in names)] for row in rows],
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
