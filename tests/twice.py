"""The book built again, from nothing, in a folder of another depth: each file is the same, byte for byte.

What a clock said goes along: kept proofs, for a page says how long a proof took when it was made, and the results of
pages with a cell tagged `timed`, which show how long something took when they ran.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
SITE = Path("_build/html")
PARTS = ("_config.yml", "_toc.yml", "benchmarks", "book", "data", "src", "package.json", "package-lock.json", ".npmrc")
PARTS += ("requirements.lock", "pyproject.toml", "CHANGELOG.md", "CITATION.cff")
TIMED = re.compile(r"^:?tags: \[.*\btimed\b", re.MULTILINE)


def copy(target: Path) -> None:
    """What a build reads."""
    for name in PARTS:
        here = ROOT / name
        shutil.copytree(here, target / name) if here.is_dir() else shutil.copy(here, target / name)
    (target / "node_modules").symlink_to(ROOT / "node_modules")
    shutil.copytree(ROOT / "_build/.proofs", target / "_build/.proofs")
    for page in (page for page in ROOT.glob("book/*.md") if TIMED.search(page.read_text())):
        ran = Path("_build/.executed/book", page.stem)
        shutil.copytree(ROOT / ran, target / ran)


def start(folder: Path) -> subprocess.Popen:
    """A build in a process group of its own."""
    command = [Path(sys.executable).with_name("jupyter-book"), "build", ".", "-W", "-n", "--keep-going"]
    environment = os.environ | {"PYTHONPATH": str(folder / "src"), "PYTHONHASHSEED": "1"}
    told = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen(command, cwd=folder, env=environment, start_new_session=True, **told)


def build(folder: Path) -> None:
    running = start(folder)
    said, _ = running.communicate()
    if running.returncode:
        sys.exit(f"the build in {folder} failed:\n{said[-8000:]}")


def differences(one: Path, other: Path) -> list[str]:
    """The files that are not the same, or not in both folders."""
    names = {path.relative_to(top) for top in (one, other) for path in top.rglob("*") if path.is_file()}
    return sorted(str(name) for name in names if contents(one / name) != contents(other / name))


def contents(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def built() -> Path:
    """The site that others are compared with."""
    if not (ROOT / SITE / "index.html").exists():
        sys.exit(f"{ROOT / SITE}: no index.html; build the book first")
    return ROOT / SITE


def main() -> None:
    site = built()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "a/folder/of/another/depth")
        folder.mkdir(parents=True)
        copy(folder)
        build(folder)
        if found := differences(site, folder / SITE):
            sys.exit("\n".join([f"{len(found)} files differ between two builds:", *found]))
    print("Two builds gave the same bytes.")


if __name__ == "__main__":
    main()
