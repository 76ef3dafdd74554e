"""Live preview while writing: `python -m coursebook.site.serve` builds, serves, builds again what changed, and reloads.

A build that fails says why and leaves the last good pages in place.
"""

import argparse
import contextlib
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from livereload import Server

HOST = "127.0.0.1"
SOURCES = ("book", "src", "data", "_config.yml", "_toc.yml", "package-lock.json", "requirements.lock")
INTERVAL = 0.5  # seconds between two looks at the sources


def build(root: Path) -> bool:
    """Build what changed and say how it went; whether that worked."""
    started = time.perf_counter()
    command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", str(root)]
    worked = subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0
    print(f"{'built' if worked else 'failed'} in {time.perf_counter() - started:.1f} s", flush=True)
    return worked


def sources(root: Path) -> dict[Path, int]:
    """The files that the book is built from, each with the time of its last change."""
    files = [file for source in SOURCES for file in [root / source, *(root / source).rglob("*")]]
    found = {}
    for file in files:
        with contextlib.suppress(FileNotFoundError):  # an editor has just replaced it
            if file.is_file() and "__pycache__" not in file.parts:
                found[file] = file.stat().st_mtime_ns
    return found


def keep_built(root: Path, built: Path, seen: dict[Path, int]) -> None:
    """Build whenever the sources are not what was seen, and touch the file `built` each time that this works."""
    while True:
        found = sources(root)
        if changed := sorted(path for path, _ in found.items() ^ seen.items()):
            seen = found
            print(f"{changed[0].relative_to(root)} changed: building", flush=True)
            if build(root):
                built.touch()
        time.sleep(INTERVAL)


def check_free(port: int) -> None:
    """Find out before the first build whether it can be served.

    Raises:  SystemExit if the port is taken
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            sys.exit(f"port {port} cannot be served ({error.strerror}): choose another with --port")


def serve(root: Path, port: int) -> None:
    """Serve the pages until the user stops it; the sources are watched beside it, so pages load during a build."""
    check_free(port)
    built, seen = root / "_build/.served", sources(root)
    print(f"building {root}", flush=True)
    build(root)
    built.parent.mkdir(exist_ok=True)
    built.touch()
    threading.Thread(target=keep_built, args=(root, built, seen), daemon=True).start()
    server = Server()
    server.watch(str(built))
    server.serve(port=port, host=HOST, root=str(root / "_build/html"))


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m coursebook.site.serve", description="Live preview of the book.")
    parser.add_argument("folder", nargs="?", type=Path, default=".", help="the book's folder (default: this one)")
    parser.add_argument("--port", type=int, default=8000, help="where the pages are served (default: 8000)")
    arguments = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        serve(arguments.folder.resolve(), arguments.port)


if __name__ == "__main__":
    main()
