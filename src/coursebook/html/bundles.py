"""Scripts of the pages that are made of modules: one file each, which also a page from the disk may load."""

import hashlib
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import run

from sphinx.application import Sphinx

from coursebook.html.node import node_program
from coursebook.html.npm import LOCK
from coursebook.places import CHECKER, NODE_MODULES, REPOSITORY, THEME
from coursebook.written import before_pages

ESBUILD = NODE_MODULES / "esbuild-wasm/bin/esbuild"
FLAGS = ["--bundle", "--minify", "--format=iife", "--charset=utf8", "--log-level=warning"]
KEPT = REPOSITORY / "_build/.scripts"  # one of each name: making them takes seconds


def script(app: Sphinx, name: str, entry: Path, global_name: str = "") -> None:
    """Have an entry with all that it imports written as a file of the site, before the pages that name its digest.

    What it exports is found under the global name, if there is one.
    """
    if not (entries := scripts(app)):
        before_pages(app, write, priority=40)
    entries.setdefault(global_name, {})[Path(name).stem] = entry


def scripts(app: Sphinx) -> dict[str, dict[str, Path]]:
    """Global name -> name of a file -> its entry, in one build."""
    found: dict[str, dict[str, Path]] = vars(app).setdefault("scripts", {})
    return found


def write(app: Sphinx) -> None:
    """All files, made anew where a module has changed."""
    digest, static = _of_all_modules(), Path(app.outdir, "_static")
    static.mkdir(parents=True, exist_ok=True)
    kept = {name: KEPT / f"{name}.{digest}.js" for entries in scripts(app).values() for name in entries}
    with ThreadPoolExecutor() as together:
        for made in [together.submit(_make, *named, kept) for named in scripts(app).items()]:
            made.result()
    for name, file in kept.items():
        shutil.copyfile(file, static / f"{name}.js")


def _of_all_modules() -> str:
    """A digest of whatever a script may be made of, and of how."""
    found = hashlib.sha256(" ".join(FLAGS).encode())
    for path in [REPOSITORY / LOCK, *sorted([*THEME.rglob("*.*js*"), *CHECKER.rglob("*.mjs")])]:
        found.update(f"{path.relative_to(REPOSITORY).as_posix()} ".encode() + path.read_bytes())
    return found.hexdigest()[:32]


def _make(global_name: str, entries: dict[str, Path], kept: dict[str, Path]) -> None:
    """Files of one global name in one run, since the program takes longer to start than to work; older ones go."""
    entries = {name: entry for name, entry in entries.items() if not kept[name].is_file()}
    if not entries:
        return
    KEPT.mkdir(parents=True, exist_ok=True)
    named = [f"--global-name={global_name}"] if global_name else []
    files = [f"{name}={entry}" for name, entry in entries.items()]
    with tempfile.TemporaryDirectory(dir=KEPT) as scratch:
        run([node_program(), ESBUILD, *files, *FLAGS, *named, f"--outdir={scratch}"], check=True)
        for name in entries:
            Path(scratch, f"{name}.js").replace(kept[name])
            for old in set(KEPT.glob(f"{name}.*.js")) - {kept[name]}:
                old.unlink(missing_ok=True)
