"""A build is killed at random moments; the next one is right: each file is that of a build which nobody disturbed.

`python tests/killed.py` takes twenty moments, and up to two builds for each; `--moments 3 --seed 7` fewer, and others.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from twice import SITE, build, built, copy, differences, start


def kill_after(seconds: float, folder: Path) -> None:
    """Start a build and, unless it is done before, kill it and all that it has started."""
    running = start(folder)
    try:
        running.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()


def built_anew(site: Path, moment: float | None = None) -> tuple[list[str], float]:
    """The files that are other ones than the site's, and the seconds of the build; at the moment another was killed before."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        copy(folder)
        if moment is not None:
            kill_after(moment, folder)
        began = time.monotonic()
        build(folder)
        return differences(site, folder / SITE), time.monotonic() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    asked, site = parser.parse_args(), built()
    found, whole = built_anew(site)
    faults, rng = [f"without a kill: {name}" for name in found], random.Random(asked.seed)
    for moment in [rng.uniform(0, whole) for _ in range(asked.moments)]:
        found, _ = built_anew(site, moment)
        print(
            f"killed after {moment:.1f} s of {whole:.0f}: {len(found) or 'no'} files differ after the next build",
            flush=True,
        )
        faults += [f"killed after {moment:.1f} s: {name}" for name in found]
    sys.exit("\n".join(faults) or None)


if __name__ == "__main__":
    main()
