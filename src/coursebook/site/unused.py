"""What no page loads leaves the site: a theme brings icons, maps and scripts of its own, several times what is read."""

import re
from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx

NAMED = re.compile(r'_static/([^"?#\s]+)')
WHEN_WANTED = ("previews", "fonts")  # folders that scripts and the style sheet ask for
PRINTED = "pygments.css"  # of the PDF


def loaded(app: Sphinx) -> Iterator[str]:
    """The names, in `_static`, of what pages name, of our own scripts, some of which others load, and of what the PDF needs."""
    for page in Path(app.outdir).glob("*.html"):
        yield from NAMED.findall(page.read_text("utf8"))
    for scripts in getattr(app, "scripts", {}).values():
        yield from (f"{name}.js" for name in scripts)
    yield PRINTED


def remove(app: Sphinx) -> None:
    static = Path(app.outdir, "_static")
    kept = set(loaded(app))
    for path in sorted(static.rglob("*"), reverse=True):  # what is in a folder before the folder
        name = path.relative_to(static)
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
        elif path.is_file() and name.as_posix() not in kept and name.parts[0] not in WHEN_WANTED:
            path.unlink()


def finish(app: Sphinx, error: Exception | None) -> None:
    """Extensions copy their files into every build, also into one that writes no page."""
    if error is None and app.builder.format == "html":
        remove(app)


def setup(app: Sphinx) -> None:
    app.connect("build-finished", finish, priority=900)  # when the style sheet is made, and before the site is packed
