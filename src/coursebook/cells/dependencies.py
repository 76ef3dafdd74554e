"""What the results of a page depend on: its cells, the modules of src/ that they import, what those read, the packages."""

import ast
import hashlib
import json
import os
import re
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from functools import cache
from glob import glob
from pathlib import Path
from string import Template

from platformdirs import user_cache_path

LOCK = "requirements.lock"


def imported(code: str, package: str = "") -> frozenset[str]:
    """Names of the modules that a piece of Python may import; `package` is where its relative imports start.

    `from a import b` may name a module `a.b`, so that it is among them.
    """
    if "import" not in code:  # most cells, which need no parsing then
        return frozenset()
    try:
        tree = ast.parse(re.sub(r"(?m)^\s*[%!].*$", "", code))  # IPython's own lines are not Python
    except SyntaxError:
        return frozenset()  # it imports nothing: it fails when it runs
    return frozenset(name for node in ast.walk(tree) for name in _names(node, package))


def _names(node: ast.AST, package: str) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        parents = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
        module = ".".join([*parents, *filter(None, [node.module])])
        yield module
        yield from (f"{module}.{alias.name}" for alias in node.names)


def modules(code: Iterable[str], source: Path) -> dict[str, Path | None]:
    """Every module that these cells import, transitively through the folder `source`, with its file if it lies there."""
    found: dict[str, Path | None] = {}
    todo = {name for cell in code for name in imported(cell)}
    while todo:
        name = todo.pop()
        if name in found:
            continue
        found[name] = path = _file(name, source)
        todo |= {name.rpartition(".")[0]} - {""}  # a package's __init__ runs before its modules
        if path:
            package = name if path.name == "__init__.py" else name.rpartition(".")[0]
            todo |= _imported_by(path, package, *_version(path))
    return found


def _file(name: str, source: Path) -> Path | None:
    path = os.path.join(source, *name.split("."))
    return next(
        (Path(file) for file in (os.path.join(path, "__init__.py"), f"{path}.py") if os.path.isfile(file)), None
    )


def _version(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size


@cache
def _imported_by(path: Path, package: str, *version: int) -> frozenset[str]:
    return imported(path.read_text("utf-8"), package)


@cache
def _digest(path: Path, *version: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def digest(path: Path) -> str:
    """Digest of a file's content, or "absent"."""
    return _digest(path, *_version(path)) if path.is_file() else "absent"


def contents(places: Iterable[str], root: Path) -> dict[str, str]:
    """Digests of the files that match; a place is a pattern under `root`, or begins with an environment variable.

    `**` stands for folders of any depth, or none. $USER_CACHE stands for the folder of the user in which programs keep what they fetched.
    """
    variables = {"USER_CACHE": str(user_cache_path("")), **os.environ}
    patterns = sorted(Template(place).safe_substitute(variables) for place in places)
    return {
        path: digest(root / path)
        for pattern in patterns
        for path in sorted(glob(pattern, root_dir=root, recursive=True))
    }


def packages() -> list[str]:
    """The interpreter and the packages that it has, with their versions."""
    folders = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    return [sys.version, *sorted(path.stem for folder in folders for path in Path(folder).glob("*.dist-info"))]


def results_key(
    cells: list[tuple[str, bool]],
    found: dict[str, Path | None],
    places: Iterable[str],
    root: Path,
    before: Iterable[str] = (),
) -> str:
    """The name under which results are kept: whatever may change the results of these cells changes it.

    A cell is its code and whether it may raise; `found` are the modules that they import, `places` the files that are
    read, `before` the names of other results that these ones rest on.
    """
    inputs = {
        "cells": cells,
        "modules": {path.relative_to(root).as_posix(): digest(path) for path in filter(None, found.values())},
        "data": contents(places, root),
        "packages": packages(),
        "lock": digest(root / LOCK),
        "before": list(before),
    }
    return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()[:32]
