"""What a site has beside its pages: addresses for machines and a page for what is not there.

Addresses for machines must be whole: they are written when the site's own is known, by `html: baseurl:` in
`_config.yml` or by the environment variable COURSEBOOK_URL. Everything else works wherever the site stands.
"""

import base64
import hashlib
import os
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

from coursebook.places import THEME
from coursebook.site import card
from coursebook.statements import words
from coursebook.statements.domain import Record, statements
from coursebook.written import after_pages

URL = "COURSEBOOK_URL"  # environment variable: where the site will stand
CARD = "_static/card.png"

logger = logging.getLogger(__name__)


def own_address(app: Sphinx, config: Config) -> None:
    """Take the site's address from the environment or the settings; it ends with a slash.

    Raises:  SystemExit if it is no address
    """
    address = os.environ.get(URL) or config.html_baseurl
    if address and not re.match(r"https?://[^/\s]+", address):
        raise SystemExit(f"{address}: no address of a site; give one such as https://example.org/course/ (or none)")
    config.html_baseurl = address and address.rstrip("/") + "/"


def describe(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """The whole addresses of the page and of the picture beside links to it."""
    if app.config.html_baseurl:
        context["pageurl"] = app.config.html_baseurl + app.builder.get_target_uri(pagename)
        context["card"] = {"url": app.config.html_baseurl + CARD, "width": card.WIDTH, "height": card.HEIGHT}


def write(app: Sphinx) -> None:
    site = Path(app.outdir)
    (site / "404.html").write_text(not_found(app), "utf8")
    (site / "robots.txt").write_text("\n".join(robots(app)) + "\n", "utf8")
    if app.config.html_baseurl:
        (site / "sitemap.xml").write_text("\n".join(sitemap(app)) + "\n", "utf8")
        draw_card(app)
    else:
        (site / "sitemap.xml").unlink(missing_ok=True)
        (site / CARD).unlink(missing_ok=True)
        logger.info(
            "no sitemap.xml, no og:url, no og:image: the site's address is not known; %s or html: baseurl: says it", URL
        )


def draw_card(app: Sphinx) -> None:
    """The picture beside links to the site, with the first statement that the first page shows."""
    shown = first_statement(app)
    parts = (shown.latex, words.state(shown.state)) if shown else ()
    card.draw(Path(app.outdir) / CARD, app.config.html_title, *parts)


def first_statement(app: Sphinx) -> Record | None:
    domain = statements(app.env)
    known = domain.by_id()
    names = [name for name, _ in domain.data["references"].get(app.config.root_doc, ())]
    return next((known[name] for name in names if name in known), None)


def pages(app: Sphinx) -> list[str]:
    """The pages in reading order."""
    return [page for page in app.env.collect_relations() if page in app.env.found_docs]


def robots(app: Sphinx) -> Iterator[str]:
    yield from ("User-agent: *", "Allow: /")
    if app.config.html_baseurl:
        yield f"Sitemap: {app.config.html_baseurl}sitemap.xml"


def sitemap(app: Sphinx) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    for page in pages(app):
        yield f"<url><loc>{escape(app.config.html_baseurl + app.builder.get_target_uri(page))}</loc></url>"
    yield "</urlset>"


def not_found(app: Sphinx) -> str:
    """A page that stands alone, for a server shows it at any depth; its script looks where the site begins."""
    text = (THEME / "404.html").read_text("utf8")
    links = [
        f'<li><a href="{app.builder.get_target_uri(page)}">{escape(app.env.titles[page].astext())}</a></li>'
        for page in pages(app)
    ]
    root = urlsplit(app.config.html_baseurl).path
    values = {
        "language": app.config.language,
        "base": f'<base href="{escape(root)}"/>' if root else "",
        "title": escape(app.config.html_title),
        "pages": "\n".join(links),
        **{kind: allowed(text, kind) for kind in ("style", "script")},
    }
    return re.sub(r"\{\{ (\w+) \}\}", lambda slot: values[slot[1]], text)


def allowed(text: str, tag: str) -> str:
    """The digest by which a page's policy allows what stands in the page."""
    content = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)[0]
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def setup(app: Sphinx) -> None:
    app.connect("config-inited", own_address)
    app.connect("html-page-context", describe)
    after_pages(app, write)
