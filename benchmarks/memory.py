"""Memory that training takes on top of the samples and the network that it is given."""

import re
from pathlib import Path

from benchmarks.contestants import CONTESTANTS
from benchmarks.problems import TINY, Case, draw

STEPS = 40  # a run that `neurone.train` takes for a long one
STATUS, FORGET_PEAK = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def extra_bytes(contestant: str, case: Case) -> int | None:
    """The peak of this process while it trains, less what it held before; None where the system does not tell.

    Run it in a process of its own: what others left behind would be used again, and not be seen.
    """
    if not FORGET_PEAK.exists():
        return None
    train, problem = CONTESTANTS[contestant], draw(case)
    train(draw(TINY), STEPS)  # what a library keeps for itself is not the network's
    before = _kilobytes("VmRSS")
    FORGET_PEAK.write_text("5")
    train(problem, STEPS)
    return 1024 * (_kilobytes("VmHWM") - before)


def _kilobytes(field: str) -> int:
    return int(re.search(rf"{field}:\s+(\d+) kB", STATUS.read_text())[1])
