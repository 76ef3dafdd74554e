"""Mutation testing: each change that mutmut makes to the code makes a test fail, or is listed with the reason why none can.

`pyproject.toml` says of which modules (`only_mutate`), and which tests are asked. A mutant that behaves as the code does
is *equivalent*: `mutants.toml` lists it by its function, what stands there, what it makes of that, and why nothing changes;
what is so in each function, it lists once, by the words that change.
mutmut leaves alone what stands in no function, and functions with a decorator other than `classmethod`, such as `train`.

Usage: python tests/mutants.py FOLDER [neurone.losses ...]    (FOLDER keeps the virtual environment with mutmut)

Afterwards `mutmut show` and `mutmut browse` of that environment look at the mutants, in the folder `_build/mutants`.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from versions import ROOT, environment

TOOL = "mutmut==3.8.1"
LISTED = Path(__file__).with_name("mutants.toml")
ROWS = tomllib.loads(LISTED.read_text("utf-8"))
WORK = ROOT / "_build/mutants"
SEEN = ("killed", "timeout", "segfault")  # by a test that fails, never ends, or goes down with the process


class Mutant(NamedTuple):
    """A change of a function: the lines that stand there, and those that stand there instead, each on one line."""

    function: str
    was: str
    becomes: str

    def __str__(self) -> str:
        return f"{self.function}\n    - {self.was}\n    + {self.becomes}"


def listed() -> list[Mutant]:
    """The mutants that are equivalent."""
    return [Mutant(row["function"], row["was"], row["becomes"]) for row in ROWS["equivalent"]]


def is_alike(mutant: Mutant) -> bool:
    """Whether it changes, in one place, words that do the same in each function."""
    return any(
        mutant.was[: place.start()] + new + mutant.was[place.end() :] == mutant.becomes
        for row in ROWS["everywhere"]
        for place in re.finditer(re.escape(row["was"]), mutant.was)
        for new in row["becomes"]
    )


def function(name: str) -> str:
    """The function of a mutant, from the name that mutmut gives it: `a.x_f__mutmut_1`, or `a.xǁCǁf__mutmut_1` of a method."""
    module, _, mangled = name.rpartition(".")
    return f"{module}.{mangled.partition('__mutmut_')[0][2:].replace('ǁ', '.')}"


def mutant(name: str, diff: str) -> Mutant:
    """The mutant of that name, from its diff."""
    lines = diff[diff.index("\n@@") :].splitlines()
    was, becomes = (" ".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in "-+")
    return Mutant(function(name), was, becomes)


def faults(survivors: list[Mutant], equivalent: list[Mutant]) -> list[str]:
    """What is wrong: survivors that are not listed, and listed ones that no longer survive."""
    unseen = [f"no test sees {e}" for e in (Counter(survivors) - Counter(equivalent)).elements() if not is_alike(e)]
    gone = [f"listed, but no survivor: {each}" for each in (Counter(equivalent) - Counter(survivors)).elements()]
    return unseen + gone


def lay_out() -> None:
    """An empty folder to work in, from which mutmut sees the code and the tests."""
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    for name in ("src", "tests", "data", "pyproject.toml"):
        (WORK / name).symlink_to(ROOT / name)


def main(folder: Path, modules: list[str]) -> int:
    python = environment(sys.executable, folder)
    subprocess.run([python, "-m", "pip", "install", "--quiet", TOOL], check=True)
    lay_out()

    def mutmut(*words: str, **options: bool) -> subprocess.CompletedProcess:
        alone = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # forks and threads of BLAS do not agree
        command = [python.with_name("mutmut"), *words]
        return subprocess.run(command, check=True, cwd=WORK, env=os.environ | alone, text=True, **options)

    mutmut("run", *(f"{module}.*" for module in modules))
    lines = mutmut("results", "--all", "true", capture_output=True).stdout.splitlines()
    states = dict(line.strip().rsplit(": ", 1) for line in lines)

    def asked(name: str) -> bool:
        return not modules or name.rpartition(".")[0] in modules

    states = {name: state for name, state in states.items() if asked(name)}
    alive = [name for name, state in states.items() if state not in SEEN]
    survivors = [mutant(name, mutmut("show", name, capture_output=True).stdout) for name in alive]
    equivalent = [each for each in listed() if not modules or any(each.function.startswith(f"{m}.") for m in modules)]
    found = faults(survivors, equivalent)
    for each in found:
        print(each)
    counts = ", ".join(f"{count} {state}" for state, count in Counter(states.values()).most_common())
    print(f"{len(states)} mutants: {counts}; {len(equivalent)} are listed as equivalent; {len(found)} faults")
    return min(len(found), 1)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).absolute(), sys.argv[2:]))
