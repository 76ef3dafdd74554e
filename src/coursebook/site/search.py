"""What the search finds: statements, headings, terms and functions, in one small file that a page loads at the first question.

As a script, and not as data, it loads from the disk too. Words that mean the same, of both languages, stand in
`theme/search/synonyms.txt` and in the glossary; what is found is ranked by MiniSearch, in the reader's browser.
"""

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from coursebook.html.bundles import script
from coursebook.html.elements import prose
from coursebook.html.node import render
from coursebook.html.noted import note_pages, noted
from coursebook.html.page import digest
from coursebook.places import THEME
from coursebook.site.meta import pages
from coursebook.statements import words
from coursebook.statements.domain import statements
from coursebook.statements.words import _
from coursebook.written import before_pages

SCRIPT, DATA = "search.js", "search-data.js"
NOTED = "searched"
LIBRARY = re.compile(r"/src/(neurone/[\w/]+)\.py$")
DEFINED = re.compile(r"\s*(?:@.*\n\s*)*(?:def|class) (\w+)")
DOCSTRING = re.compile(r'"""(.*)')
LONG = 5000  # characters of HTML: a formula that no line of results holds

Entry = dict[str, str]


def kinds() -> dict[str, str]:
    """What is said of a result: what it is."""
    return {
        "statement": _("Statement"),
        "page": _("Chapter"),
        "heading": _("Section"),
        "term": _("Glossary"),
        "function": _("Function"),
    }


def read(app: Sphinx, doctree: nodes.document) -> Iterator[dict[str, Any]]:
    """The terms that a page explains, and the functions that it shows."""
    for item in doctree.findall(nodes.definition_list_item):
        for term in item.findall(nodes.term):
            if term["ids"]:
                yield {"kind": "term", "place": term["ids"][0], "title": term.astext(), "words": said(item)}
    for block in doctree.findall(nodes.literal_block):
        library, name = LIBRARY.search(str(block.get("source", ""))), DEFINED.match(block.astext())
        if library and name:
            words = DOCSTRING.search(block.astext())
            module = library[1].replace("/", ".")
            yield {
                "kind": "function",
                "place": section(block),
                "title": f"{module}.{name[1]}",
                "words": words[1].strip('". ') if words else "",
            }


def said(item: nodes.definition_list_item) -> str:
    meaning = next(item.findall(nodes.definition), None)
    return " ".join(meaning.astext().split()) if meaning else ""


def section(node: nodes.Node) -> str:
    while not isinstance(node, nodes.section):
        node = node.parent
    return str(node["ids"][0])


def entries(app: Sphinx) -> Iterator[Entry]:
    """All that can be found, in reading order: page by page its title, its headings, its statements and the rest."""
    domain = statements(app.env)
    stated = domain.pages()
    for page in pages(app):
        where = app.env.titles[page].astext()
        address = app.builder.get_target_uri(page)
        yield from headings(app, page)
        for record in stated.get(page, ()):
            yield {
                "kind": "statement",
                "address": f"{address}#{record.anchor}",
                "number": domain.number(record),
                "title": record.title,
                "formula": words.worded(record.latex),
                "words": record.id.replace("-", " "),
                "where": where,
            }
        for found in noted(app.env, NOTED).get(page, ()):
            place = {"address": f"{address}#{found['place']}", "where": where}
            yield {key: value for key, value in found.items() if key != "place"} | place


def headings(app: Sphinx, page: str) -> Iterator[Entry]:
    """The title of a page and its sections, with their numbers."""
    numbers = app.env.toc_secnumbers.get(page, {})
    address, where = app.builder.get_target_uri(page), app.env.titles[page].astext()
    for link in app.env.tocs[page].findall(nodes.reference):
        anchor = link["anchorname"]
        yield {
            "kind": "heading" if anchor else "page",
            "address": address + anchor,
            "number": ".".join(map(str, numbers.get(anchor, ()))),
            "title": written(link),
            "where": where if anchor else "",
        }


def written(node: nodes.Element) -> str:
    """The text, with formulas between dollars."""
    return "".join(
        f"${part.astext()}$" if isinstance(part, nodes.math) else part.astext() for part in node.findall(is_leaf)
    )


def is_leaf(node: nodes.Node) -> bool:
    return isinstance(node, nodes.math) or (isinstance(node, nodes.Text) and not isinstance(node.parent, nodes.math))


# ---------------------------------------------------------------- words that mean the same
def plain(text: str) -> str:
    """In small letters, without accents, hyphens and formulas."""
    letters = normalize("NFD", re.sub(r"\$[^$]*\$", " ", text).lower())
    return " ".join(re.findall(r"\w+", "".join(letter for letter in letters if not combining(letter))))


def groups(terms: Iterable[str]) -> list[list[str]]:
    """Phrases that mean the same: lines of the list, and each term with its names in brackets."""
    lines = (THEME / "search/synonyms.txt").read_text("utf8").splitlines()
    listed = [line.split(", ") for line in lines if line and not line.startswith("#")]
    named = [re.split(r" \(|\)|, (?:in the course )?", term) for term in terms]
    return [[plain(phrase) for phrase in group if plain(phrase)] for group in [*listed, *named]]


def others(text: str, known: list[list[str]]) -> str:
    """What else a text might have said: the phrases that mean the same as one that is in it."""
    there = f" {plain(text)} "
    found = [
        phrase
        for group in known
        if any(f" {each} " in there or f" {each}s " in there for each in group)
        for phrase in group
    ]
    return " ".join(dict.fromkeys(word for phrase in found for word in phrase.split() if f" {word} " not in there))


# ---------------------------------------------------------------- the file
@cache
def formula(latex: str) -> str:
    """As it is seen; screen readers are told it by its title."""
    shown = render("formula", latex=latex, display=False)
    return re.sub(r'<span class="katex-mathml">.*?</math></span>', "", shown, flags=re.DOTALL)


def short(formula: str) -> str:
    return formula if len(formula) <= LONG else ""


def shown(title: str) -> str:
    """The title in HTML."""
    return "".join(
        formula(part.astext()) if isinstance(part, nodes.math) else escape(part.astext()) for part in prose(title)
    )


def write(app: Sphinx) -> None:
    """The file, and the digests by which pages name it and its script."""
    found = list(entries(app))
    known = groups(each["title"] for each in found if each["kind"] == "term")
    rows = [
        {
            "kind": each["kind"],
            "address": each["address"],
            "number": each.get("number", ""),
            "text": plain(each["title"]),
            "title": shown(each["title"]),
            "words": each.get("words", ""),
            "also": others(f"{each['title']} {each.get('words', '')}", known),
            "where": each["where"],
            "formula": short(formula(each["formula"])) if each.get("formula") else "",
        }
        for each in found
    ]
    fields = list(rows[0]) if rows else []
    data = {"fields": fields, "rows": [list(row.values()) for row in rows], "kinds": kinds()}
    static = Path(app.outdir, "_static")
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    (static / DATA).write_text(f"window.searched = {text};\n", "utf8")
    vars(app)["search_files"] = {name: digest(static / name) for name in (DATA, SCRIPT)}


def offer(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    context["search_files"] = [f"_static/{name}?v={digest}" for name, digest in vars(app)["search_files"].items()]


def own_page(app: Sphinx, config: Config) -> None:
    """Sphinx's own index of all words is ten times as large, and is not made."""
    config.html_additional_pages["search"] = "search.html"


def setup(app: Sphinx) -> None:
    app.connect("config-inited", own_page)
    note_pages(app, NOTED, read)
    script(app, SCRIPT, THEME / "search/page.mjs", "Search")
    before_pages(app, write, priority=45)  # when the script is there
    app.connect("html-page-context", offer)
