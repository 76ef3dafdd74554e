"""The book to take away: the site as one file, and beside it the PDF and the EPUB, where they were made of these very pages."""

import hashlib
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from coursebook.cells.execution import INPUTS
from coursebook.written import after_pages

BEGINNING = (1980, 1, 1, 0, 0, 0)  # of time, for a zip: its files have no dates of their own
LEFT_OUT = {".buildinfo"}  # of the zip: it serves only the next build
BOOK_KEY = ".book-key"  # what the pages were made of
BOOKS = ("pdf", "epub")  # what other programs make of the pages


def name(app: Sphinx) -> str:
    """The book's title, as files are called."""
    return str(nodes.make_id(app.config.html_title))


def folder(app: Sphinx) -> Path:
    """Where the other books and the keys are."""
    return Path(app.doctreedir).parent


def key(env: BuildEnvironment) -> str:
    """Whatever may change a page changes it."""
    inputs = {page: env.metadata[page].get(INPUTS, {}) for page in sorted(env.found_docs)}
    return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()


def key_of(kind: str) -> str:
    """Where stands of which pages a book was made."""
    return f".{kind}-key"


def made(app: Sphinx) -> list[str]:
    """The kinds of which there is a book that shows the pages as they are now."""
    place, now = folder(app), key(app.env)
    keys = {kind: place / key_of(kind) for kind in BOOKS if (place / f"{name(app)}.{kind}").is_file()}
    return [kind for kind, path in keys.items() if path.is_file() and path.read_text() == now]


def outdated_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Each page lists all pages and links to the books: when one of these comes, goes or changes, all are written again."""
    kept, books = vars(env), made(app)
    before, now = kept.get("listed"), (books, listed(env))
    kept |= {"books": books, "listed": now}
    return list(env.found_docs) if before != now else []


def listed(env: BuildEnvironment) -> dict[str, Any]:
    """The pages by those that list them, and what they are called, with their numbers."""
    called = {page: (title.astext(), env.toc_secnumbers.get(page, {}).get("")) for page, title in env.titles.items()}
    return {"contents": dict(env.toctree_includes), "titles": called}


def offer(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """What the sidebar of every page links to."""
    context["site_zip"] = f"{name(app)}.zip"
    context["site_books"] = [(kind, f"{name(app)}.{kind}") for kind in vars(app.env)["books"]]


def write(app: Sphinx) -> None:
    site = Path(app.outdir)
    (folder(app) / BOOK_KEY).write_text(key(app.env))
    for kind in BOOKS:
        book = f"{name(app)}.{kind}"
        if kind in vars(app.env)["books"]:
            shutil.copy(folder(app) / book, site / book)
        else:
            (site / book).unlink(missing_ok=True)
    pack(site, site / f"{name(app)}.zip")


def pack(site: Path, target: Path) -> None:
    """All files of the site but the target itself; the same files give the same bytes."""
    target.unlink(missing_ok=True)
    files = sorted(path for path in site.rglob("*") if path.is_file() and path.name not in LEFT_OUT)
    part = target.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in files:
            entry = zipfile.ZipInfo(f"{target.stem}/{path.relative_to(site).as_posix()}", BEGINNING)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            packed.writestr(entry, path.read_bytes())
    part.replace(target)


def keep_key(site: Path, kind: str) -> None:
    """A book of this kind was made of the pages of the site."""
    shutil.copy(site.parent / BOOK_KEY, site.parent / key_of(kind))


def setup(app: Sphinx) -> None:
    app.connect("env-get-updated", outdated_pages, priority=950)
    app.connect("html-page-context", offer)
    after_pages(app, write, priority=950)  # when every other file is there
