"""What is measured, as plain dictionaries: the cases, many seeds at once, and steps that grow."""

from collections.abc import Iterable
from dataclasses import asdict

from benchmarks import limits
from benchmarks.contestants import COMPILED, CONTESTANTS, check_agreement, present, trainer
from benchmarks.memory import extra_bytes
from benchmarks.problems import CASES, GROWTH, MANY_SEEDS, SEEDS, TINY, Case, draw
from benchmarks.processes import apart
from benchmarks.timing import Trainer, race


def measure(cases: Iterable[Case], threads: int, found: limits.Limits, **turns) -> list[dict]:
    """A row for each case: seconds of a step of each contestant, None of one that is absent, and the limit.

    Raises:  AssertionError if the contestants do not agree
    """
    return [_row(case, present(), threads, found, turns) for case in cases]


def _row(case: Case, names: Iterable[str], threads: int, found: limits.Limits, turns: dict) -> dict:
    print(f"  {case}", flush=True)
    problem = draw(case)
    trainers = {name: trainer(name, problem) for name in names}
    compiling = {f"{name}_compile_s": _compiling(trainers.get(name)) for name in COMPILED}
    check_agreement(problem, trainers)
    times = race(trainers, **turns)
    seconds = {f"{name}_s": times[name].amortised if name in times else None for name in CONTESTANTS}
    setup = {f"{name}_setup_s": times[name].setup if name in times else None for name in CONTESTANTS}
    least, direct = limits.least(case), limits.direct(case)
    limit = {"limit_s": found.seconds(least), "limit_direct_s": found.seconds(direct), **asdict(least)}
    return {"case": str(case), "threads": threads, **seconds, **limit, **setup, **compiling, "goals": case.goals}


def _compiling(racer: Trainer | None) -> float | None:
    """Seconds that the first run takes more than the second, which finds everything compiled."""
    return racer and racer.seconds(0) - racer.seconds(0)


def measure_seeds(cases: Iterable[Case], threads: int, **turns) -> list[dict]:
    """A row for each case: seconds of a step of one network, and of a stack of SEEDS."""
    rows = []
    for case in cases:
        trainers = {name: trainer("ours", draw(case, seeds)) for name, seeds in (("one", 1), ("stack", SEEDS))}
        times = {f"{name}_s": timing.amortised for name, timing in race(trainers, **turns).items()}
        rows.append({"case": str(case), "threads": threads, "seeds": SEEDS, **times})
    return rows


def measure_growth(threads: int, found: limits.Limits, **turns) -> list[dict]:
    """The rows of steps that grow: `axis` says in what, `size` how much there is of it.

    The printed step takes no part: to print one of many layers takes minutes.
    """
    names = [name for name in present() if name != "jax_printed"]
    return [
        {"axis": axis, "size": size, **_row(case, names, threads, found, turns)}
        for axis, cases in GROWTH.items()
        for size, case in cases.items()
    ]


def measure_memory(cases: Iterable[Case], threads: int) -> list[dict]:
    """A row for each case: bytes that each contestant takes on top of the data."""
    names = present()
    return [
        {"case": str(case)}
        | {f"{name}_bytes": apart(threads, extra_bytes, name, case) if name in names else None for name in CONTESTANTS}
        for case in cases
    ]


def measure_all(threads: int, grow: bool) -> dict:
    """All that is timed with so many threads; steps that grow are timed once, with the most threads."""
    found = limits.measure()
    for name in present():
        trainer(name, draw(TINY)).seconds(0)  # libraries load when they are called
    return {
        "limits": [{"threads": threads, **asdict(found)}],
        "cases": measure(CASES, threads, found),
        "seeds": measure_seeds(MANY_SEEDS, threads),
        "growth": measure_growth(threads, found, rounds=3, budget=0.05) if grow else [],
    }
