"""Which edition of the book this is, how the book, a page and a statement of it are cited, and where its sources are.

What is known comes from files of the repository, and from no clock: two builds of the same sources say the same.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import yaml
from babel.dates import format_date
from docutils import nodes
from sphinx.application import Sphinx

from coursebook.html.bundles import script
from coursebook.places import THEME
from coursebook.site.launch import GITHUB, address
from coursebook.statements.words import _

CITATION, PROJECT = "CITATION.cff", "pyproject.toml"
SCRIPT = "copying.js"
FORM = "erratum.yml"  # of .github/ISSUE_TEMPLATE: its fields `page` and `statement` are filled in
STATEMENT = "{statement}"  # in the address of a report: the page's script puts the id there


@dataclass(frozen=True)
class Edition:
    """What a citation names."""

    title: str
    authors: tuple[str, ...]
    version: str
    released: date

    @classmethod
    def read(cls, root: Path) -> "Edition | None":
        """That of a repository; none where nothing says how it is cited."""
        if not (root / CITATION).is_file():
            return None
        said = yaml.safe_load((root / CITATION).read_text("utf8"))
        project = root / PROJECT
        version = tomllib.loads(project.read_text("utf8"))["project"]["version"] if project.is_file() else None
        authors = tuple(each.get("name") or f"{each['given-names']} {each['family-names']}" for each in said["authors"])
        return cls(said["title"], authors, version or str(said["version"]), said["date-released"])

    def text(self, language: str, part: str = "", address: str = "") -> str:
        """The citation in words, of the book or of a part of it."""
        edition = {
            "authors": ", ".join(self.authors),
            "title": self.title,
            "version": self.version,
            "date": format_date(self.released, "d MMMM yyyy", locale=language),
        }
        message = _("{authors}: “{part}”, in {title}, version {version}, {date}.")
        whole = _("{authors}: {title}, version {version}, {date}.")
        said = message.format(part=part, **edition) if part else whole.format(**edition)
        return f"{said} {address}".strip()

    def bibtex(self, key: str, address: str = "", **part: str) -> str:
        """The same for BibTeX; `part` has the fields of a part of the book."""
        fields = {
            **part,
            ("booktitle" if part else "title"): self.title,
            "author": " and ".join(f"{{{author}}}" for author in self.authors),
            "year": self.released.year,
            "month": self.released.month,
            "edition": _("Version {version}").format(version=self.version),
            "url": address,
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        return "\n".join([f"@{'incollection' if part else 'book'}{{{key},", *lines, "}"])


def sources(app: Sphinx, pagename: str) -> dict[str, str]:
    """Where the page's source is, where it is edited, and where an erratum is reported; nothing without a repository."""
    found = GITHUB.fullmatch(address(app.config))
    if not found:
        return {}
    root = f"https://github.com/{found[1]}"
    branch = app.config.html_theme_options.get("repository_branch") or "main"
    page = app.builder.get_target_uri(pagename)
    links = {"report": report(root, page, ""), "report_statement": report(root, page, STATEMENT)}
    if pagename in app.env.found_docs:
        path = app.env.doc2path(pagename, base=False)
        links |= {"source": f"{root}/blob/{branch}/{path}", "edit": f"{root}/edit/{branch}/{path}"}
    return links


def report(root: str, page: str, statement: str) -> str:
    """The address of the form for errata, on which stands already where the slip is."""
    place = f"{page}, {statement}" if statement else page
    filled = {"title": _("Erratum: {place}").format(place=place), "page": page, "statement": statement}
    return f"{root}/issues/new?{urlencode({'template': FORM, **filled})}"


def cite(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """What the foot of the page says, and what its script says of a statement, `{number}`, `{title}` at `{address}`."""
    context["sources"] = sources(app, pagename)
    edition: Edition | None = vars(app)["edition"]
    context["edition"] = edition
    context["has_statements"] = 'class="more' in context.get("body", "")
    if edition is None:
        return
    language, key = app.config.language, nodes.make_id(edition.title)
    url = app.config.html_baseurl
    context["released"] = format_date(edition.released, "d MMMM yyyy", locale=language)
    context["cite_book"] = edition.text(language, address=url), edition.bibtex(key, url)
    if doctree is None or pagename == app.config.root_doc:
        return
    title, page = app.env.titles[pagename].astext(), app.builder.get_target_uri(pagename)
    url, name = url and url + page, f"{key}:{page.removesuffix('.html')}"
    number = ".".join(map(str, app.env.toc_secnumbers.get(pagename, {}).get("", ())))
    fields = {"title": title, "chapter": number}
    context["cite_page"] = edition.text(language, title, url), edition.bibtex(name, url, **fields)
    statement = _("{title} (statement {number})").format(title="{title}", number="{number}")
    context["cite_statement"] = (
        edition.text(language, statement, "{address}"),
        edition.bibtex(
            f"{key}:{{id}}", "{address}", title="{title}", note=_("Statement {number}").format(number="{number}")
        ),
    )


def read(app: Sphinx) -> None:
    vars(app)["edition"] = Edition.read(Path(app.srcdir))


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", read)
    app.connect("html-page-context", cite, priority=950)
    script(app, SCRIPT, THEME / "copying/page.mjs")
    app.add_js_file(SCRIPT)
