"""Where a reader is: which chapter of how many, and how long the page takes."""

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from coursebook.statements.words import _, ngettext

PACE = 180  # words a minute, formulas among them


def number(app: Sphinx, page: str) -> int:
    """The number of a chapter; 0 for a page that has none."""
    return (app.env.toc_secnumbers.get(page, {}).get("") or (0,))[0]


def part(app: Sphinx, page: str) -> str:
    """The caption under which the contents list a page."""
    for listed in app.env.get_doctree(app.config.root_doc).findall(addnodes.toctree):
        if page in listed["includefiles"]:
            return listed.get("caption") or ""
    return ""


def minutes(doctree: nodes.document) -> int:
    words = sum(len(paragraph.astext().split()) for paragraph in doctree.findall(nodes.paragraph))
    return round(words / PACE)


def tell(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """What the head of the page says."""
    if doctree is None or pagename == app.config.root_doc:
        return
    found, last = number(app, pagename), max(number(app, page) for page in app.env.found_docs)
    chapter = _("Chapter {number} of {last}").format(number=found, last=last)
    context["place"] = chapter if found else part(app, pagename)
    if takes := minutes(doctree):
        context["takes"] = ngettext("{number} minute", "{number} minutes", takes).format(number=takes)


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", tell)
