"""The book to take away: the site as one file, and beside it the PDF, where `pdf` has printed these very pages."""

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
BOOK_KEY, PDF_KEY = ".book-key", ".pdf-key"  # what the pages were made of, and those that were printed


def name(app: Sphinx) -> str:
    """The book's title, as files are called."""
    return str(nodes.make_id(app.config.html_title))


def folder(app: Sphinx) -> Path:
    """Where the PDF and the keys are."""
    return Path(app.doctreedir).parent


def key(env: BuildEnvironment) -> str:
    """Whatever may change a page changes it."""
    inputs = {page: env.metadata[page].get(INPUTS, {}) for page in sorted(env.found_docs)}
    return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()


def is_printed(app: Sphinx) -> bool:
    """Whether there is a PDF of the book as it is now."""
    printed = folder(app) / PDF_KEY
    return (folder(app) / f"{name(app)}.pdf").is_file() and printed.is_file() and printed.read_text() == key(app.env)


def outdated_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Each page lists all pages and links to the PDF: when one of these comes, goes or changes, all are written again."""
    kept, printed = vars(env), is_printed(app)
    before, now = kept.get("listed"), (printed, listed(env))
    kept |= {"book_is_printed": printed, "listed": now}
    return list(env.found_docs) if before != now else []


def listed(env: BuildEnvironment) -> dict[str, Any]:
    """The pages by those that list them, and what they are called, with their numbers."""
    called = {page: (title.astext(), env.toc_secnumbers.get(page, {}).get("")) for page, title in env.titles.items()}
    return {"contents": dict(env.toctree_includes), "titles": called}


def offer(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """What the sidebar of every page links to."""
    context["site_zip"] = f"{name(app)}.zip"
    context["site_pdf"] = f"{name(app)}.pdf" if vars(app.env)["book_is_printed"] else ""


def write(app: Sphinx) -> None:
    site, pdf = Path(app.outdir), f"{name(app)}.pdf"
    (folder(app) / BOOK_KEY).write_text(key(app.env))
    if vars(app.env)["book_is_printed"]:
        shutil.copy(folder(app) / pdf, site / pdf)
    else:
        (site / pdf).unlink(missing_ok=True)
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


def setup(app: Sphinx) -> None:
    app.connect("env-get-updated", outdated_pages, priority=950)
    app.connect("html-page-context", offer)
    after_pages(app, write, priority=950)  # when every other file is there
