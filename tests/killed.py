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


def kill_after(seconds: float, folder: Path) -> bool:
    """Start a build and kill it, and all that it has started; False if it was done before."""
    running = start(folder)
    try:
        running.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
        return True
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    asked, site = parser.parse_args(), built()
    rng, faults, whole = random.Random(asked.seed), [], 0.0
    for number in range(asked.moments + 1):
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            copy(folder)
            moment = rng.uniform(0, whole)
            killed = number and kill_after(moment, folder)
            began = time.monotonic()
            build(folder)
            whole = whole or time.monotonic() - began  # the one that nobody disturbs says how long a build takes
            found = differences(site, folder / SITE)
        when = f"killed after {moment:.1f} s of {whole:.0f}" if killed else "not disturbed"
        print(f"{when}: {len(found) or 'no'} files differ after the next build", flush=True)
        faults += [f"{when}: {name}" for name in found]
    sys.exit("\n".join(faults) or None)


if __name__ == "__main__":
    main()
