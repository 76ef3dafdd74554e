"""Scripts of the pages that are made of modules: one file each, which also a page from the disk may load."""

from collections import defaultdict
from pathlib import Path
from subprocess import run

from sphinx.application import Sphinx

from coursebook.html.node import node_program
from coursebook.places import NODE_MODULES
from coursebook.written import before_pages

ESBUILD = NODE_MODULES / "esbuild-wasm/bin/esbuild"
FLAGS = ["--bundle", "--minify", "--format=iife", "--charset=utf8", "--log-level=warning"]


def script(app: Sphinx, name: str, entry: Path, global_name: str = "") -> None:
    """Have an entry with all that it imports written as a file of the site, before the pages that name its digest.

    What it exports is found under the global name, if there is one.
    """
    if not hasattr(app, "scripts"):
        app.scripts = defaultdict(dict)
        before_pages(app, write, priority=40)
    app.scripts[global_name][Path(name).stem] = entry


def write(app: Sphinx) -> None:
    """All files of one global name in one run, since the program takes longer to start than to work."""
    for global_name, entries in app.scripts.items():
        named = [f"--global-name={global_name}"] if global_name else []
        files = [f"{name}={entry}" for name, entry in entries.items()]
        run([node_program(), ESBUILD, *files, *FLAGS, *named, f"--outdir={Path(app.outdir, '_static')}"], check=True)
