"""Scripts of the pages that are made of modules: one file each, which also a page from the disk may load."""

from pathlib import Path
from subprocess import run

from coursebook.html.node import node_program
from coursebook.places import NODE_MODULES

ESBUILD = NODE_MODULES / "esbuild-wasm/bin/esbuild"
FLAGS = ["--bundle", "--minify", "--format=iife", "--charset=utf8", "--log-level=warning"]


def bundle(entry: Path, target: Path, global_name: str = "") -> None:
    """Write an entry with all that it imports; what it exports is found under the global name, if there is one."""
    named = [f"--global-name={global_name}"] if global_name else []
    run([node_program(), ESBUILD, entry, *FLAGS, *named, f"--outfile={target}"], check=True)


def bundle_each(entries: dict[str, Path], folder: Path) -> None:
    """Write a file for each entry, by its name: all in one run, since the program takes longer to start than to work."""
    named = [f"{name}={entry}" for name, entry in entries.items()]
    run([node_program(), ESBUILD, *named, *FLAGS, f"--outdir={folder}"], check=True)
