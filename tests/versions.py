"""Run the tests on every Python from 3.11 to 3.13 that this machine has, but the one that runs this.

Those of many claims and those that take long are left out: their verdicts are the same, and they take most of the time.

Usage: python tests/versions.py FOLDER    (FOLDER keeps one virtual environment a version)
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MINORS = (11, 12, 13)


def interpreters(minor: int) -> list[str]:
    """Where Python 3.`minor` may be: on the path, or among the versions that pyenv keeps."""
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    return [f"python3.{minor}", *map(str, sorted(kept.glob(f"3.{minor}.*/bin/python")))]


def runs(python: str, minor: int) -> bool:
    """Whether `python` starts and is a Python 3.`minor`; a shim of pyenv may be there and not start."""
    ask = [python, "-c", f"import sys; sys.exit(sys.version_info[:2] != (3, {minor}))"]
    try:
        return subprocess.run(ask, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def environment(python: str, folder: Path) -> Path:
    """The Python of a virtual environment in `folder` that holds what the lock file names."""
    ours, ready = folder / "bin" / "python", folder / ".ready"
    lock = ROOT / "requirements.lock"
    if not ready.exists() or ready.stat().st_mtime < lock.stat().st_mtime:
        pip = [ours, "-m", "pip", "install", "--quiet"]
        subprocess.run([python, "-m", "venv", "--clear", folder], check=True)
        subprocess.run([*pip, "--require-hashes", "-r", lock], check=True)
        subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT / "src", "-e", ROOT], check=True)
        ready.touch()
    return ours


def main(folder: Path) -> None:
    failed = []
    for minor in MINORS:
        python = next((p for p in interpreters(minor) if runs(p, minor)), None)
        if minor == sys.version_info.minor or python is None:
            continue
        print(f"Python 3.{minor}", flush=True)
        ours = environment(python, folder / f"3.{minor}")
        if subprocess.run(
            [ours, "-m", "pytest", "-n", "auto", "--dist", "loadgroup", "-m", "not many and not long"],
            check=False,
            cwd=ROOT,
        ).returncode:
            failed.append(f"3.{minor}")
    if failed:
        sys.exit(f"the tests fail on Python {', '.join(failed)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
