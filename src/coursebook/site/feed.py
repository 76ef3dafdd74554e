"""The changes of each version as a feed (Atom), for readers who want to be told; where the site's address is known."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from coursebook.written import after_pages

PAGE = "book/changes"
FEED = "feed.xml"
ATOM = "http://www.w3.org/2005/Atom"
RELEASED = re.compile(r"(\d\S*) - (\d{4}-\d{2}-\d{2})")  # the heading of a version that was released


def write(app: Sphinx) -> None:
    path = Path(app.outdir, FEED)
    found = list(versions(app)) if offered(app) else []
    if found:
        path.write_text(feed(app, found), "utf8")
    else:
        path.unlink(missing_ok=True)


def offered(app: Sphinx) -> bool:
    """An entry names whole addresses, and the page of changes is what it tells of."""
    return bool(app.config.html_baseurl) and PAGE in app.env.found_docs


def versions(app: Sphinx) -> Iterator[tuple[str, str, str]]:
    """Each released version, newest first: its name, its date, what the page says of it as HTML."""
    assert isinstance(app.builder, StandaloneHTMLBuilder)  # a feed is made after pages of the site
    doctree = app.env.get_and_resolve_doctree(PAGE, app.builder)
    for section in list(doctree.findall(nodes.section)):
        if found := RELEASED.fullmatch(section.next_node(nodes.title).astext()):
            yield found[1], found[2], app.builder.render_partial(alone(section))["fragment"]


def alone(section: nodes.section) -> nodes.container:
    """What stands below the heading, its own headings without the numbers and links that they have on a page."""
    for part in list(section.findall(nodes.section))[1:]:
        heading, *rest = part.children
        part.replace_self([nodes.rubric("", "", *heading.children), *rest])
    return nodes.container("", *section.children[1:])


def feed(app: Sphinx, found: list[tuple[str, str, str]]) -> str:
    site, name = app.config.html_baseurl, app.config.html_title
    page = site + app.builder.get_target_uri(PAGE)
    root = ElementTree.Element("feed", xmlns=ATOM)
    describe(root, id=site, title=name, updated=f"{found[0][1]}T00:00:00Z")
    ElementTree.SubElement(root, "link", rel="self", href=site + FEED)
    ElementTree.SubElement(root, "link", rel="alternate", href=site)
    describe(ElementTree.SubElement(root, "author"), name=app.config.author)
    for version, date, content in found:
        entry = ElementTree.SubElement(root, "entry")
        describe(entry, id=f"{page}#{version}", title=f"{name} {version}", updated=f"{date}T00:00:00Z")
        ElementTree.SubElement(entry, "link", rel="alternate", href=page)
        ElementTree.SubElement(entry, "content", type="html").text = content
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def describe(parent: ElementTree.Element, **values: str) -> None:
    for tag, text in values.items():
        ElementTree.SubElement(parent, tag).text = text


def announce(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if offered(app):
        context["feed"] = FEED


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", announce)
    after_pages(app, write)
