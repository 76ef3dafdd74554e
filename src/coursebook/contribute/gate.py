"""All checks in one run, the cheapest before the others, and none left out because one before it failed: `make check`.

`make check CHANGED=1` runs what a change touches: files that differ from the branch `main` of `origin`, or from the
last commit where there is no such branch.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from coursebook.timings import slowest

Command = list[str]
Steps = Iterator[tuple[str, Command]]
PYTHON = sys.executable
BUILD = ["jupyter-book", "build", ".", "-W", "-n", "--keep-going"]


def sources() -> Steps:
    """What is found without running anything of the book."""
    yield "the book as it is written", [PYTHON, "-m", "coursebook.checks"]
    yield "spelling", ["codespell"]
    yield "style", ["ruff", "check", "."]
    yield "formatting", ["ruff", "format", "--check", "."]
    yield "types", ["mypy"]


def everything() -> Steps:
    """Each check that there is; `pages` builds strictly, and looks at what was built in a browser."""
    yield from sources()
    for target in ("test", "pages", "twice", "thorough"):
        yield f"make {target}", ["make", "--no-print-directory", target]


def touched(root: Path, changed: list[str]) -> Steps:
    """What a change of these files touches."""
    there = [name for name in changed if (root / name).is_file()]
    code = [name for name in there if name.endswith(".py")]
    pages = [Path(name).stem for name in there if name.startswith("book/") and name.endswith(".md")]
    made = [name for name in changed if name.startswith(("book/", "src/", "data/", "_"))]
    yield "the book as it is written", [PYTHON, "-m", "coursebook.checks"]
    if there:
        yield "spelling", ["codespell", *there]
    if code:
        yield "style", ["ruff", "check", *code]
        yield "formatting", ["ruff", "format", "--check", *code]
    if any(name.startswith("src/") for name in code):
        yield "types", ["mypy"]
    if tests := sorted(set(tests_of(root, code))):
        yield "tests", [PYTHON, "-m", "pytest", "-m", "not long", *tests]
    if made:
        yield "strict build", BUILD
    if pages:
        if not (root / "node_modules/playwright-core").is_dir():
            yield "packages from npm", ["npm", "ci", "--silent"]
        shown = [f"{page}.html" for page in pages]
        yield "browser", ["node", "tests/browser/check.mjs", "_build/html", *shown]


def tests_of(root: Path, code: list[str]) -> Iterator[str]:
    """Tests that changed, and those that are named after a module that did."""
    for name in code:
        test = name if name.startswith("tests/test_") else f"tests/test_{Path(name).stem}.py"
        if (root / test).is_file():
            yield test
        if name.startswith("src/"):
            yield "tests/test_architecture.py"


def changed_files(root: Path) -> list[str]:
    """Files that were added, changed or removed."""

    def git(*words: str) -> list[str]:
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=False)
        return done.stdout.splitlines() if done.returncode == 0 else []

    base = git("merge-base", "HEAD", "origin/main") or ["HEAD"]
    return sorted({*git("diff", "--name-only", base[0]), *git("ls-files", "--others", "--exclude-standard")})


def run(steps: Steps, root: Path) -> list[str]:
    """Run the steps, each in view of whoever waits; the names of those that found something."""
    failed, rows = [], []
    path = os.pathsep.join([str(Path(PYTHON).parent), os.environ["PATH"]])
    for name, command in steps:
        print(f"\n== {name}", flush=True)
        started = time.perf_counter()
        done = subprocess.run(command, cwd=root, env=os.environ | {"PATH": path}, check=False)
        if done.returncode:
            failed.append(name)
        rows.append((name, time.perf_counter() - started, "found faults" if done.returncode else "nothing to mend"))
    print(f"\n{slowest('Checks:', rows)}")
    return failed


def main() -> None:
    root = Path.cwd()
    match sys.argv[1:]:
        case ["sources"]:
            steps = sources()
        case ["changed"]:
            steps = touched(root, changed_files(root))
        case _:
            steps = everything()
    if failed := run(steps, root):
        sys.exit(f"To be mended, see above: {', '.join(failed)}")


if __name__ == "__main__":
    main()
