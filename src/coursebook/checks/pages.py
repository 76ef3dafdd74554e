"""What is wrong with a page by itself: formulas that no cell proved or that cannot be shown, figures without words, HTML.

A fault is noted with its file and line; `book` stops the build when all pages have been read.
"""

import re
import textwrap
from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx

from coursebook.html.elements import place
from coursebook.html.node import RenderError, render
from coursebook.places import RECORD
from coursebook.statements.domain import statements

NOTATION = "notation"  # the class of a formula that shows what a letter looks like, and states nothing
CODE = (nodes.literal, nodes.FixedTextElement, nodes.math)
DISPLAYED = re.compile(r"\\(displaystyle|dfrac|begin)\b")
OPENED = re.compile(r"^\s*(`{3,}|~{3,})")
COMMENT = re.compile(r"\s*(<!--.*?-->\s*)*", re.DOTALL)
ELSEWHERE = re.compile(r"\s*([a-z][\w+.-]*:)?//|\s*data:", re.IGNORECASE)
SCRIPT = re.compile(r"\s*(javascript|vbscript|data):", re.IGNORECASE)
REMEDY = "state it with `define` or `claim` in a cell, or mark a mere picture of notation with `:class: notation`"


def check_page(app: Sphinx, doctree: nodes.document) -> None:
    """What the page itself shows is wrong."""
    for message in (*typed_formulas(doctree), *wrong_formulas(doctree), *mute_images(doctree), *foreign(doctree)):
        statements(app.env).note_fault(app.env.docname, message)


def typed_formulas(doctree: nodes.document) -> Iterator[str]:
    """Displayed formulas that no cell proved: $$, {math}, \\begin{align}, and large ones between single dollars."""
    for node in doctree.findall(nodes.Node):
        if (what := typed(node)) and not is_printed(node):
            yield f"{place(node)}: {what}; {REMEDY}"


def typed(node: nodes.Node) -> str:
    """What is wrong with a node if no statement is printed there."""
    match node:
        case nodes.math_block() if NOTATION not in node["classes"]:
            shown = "shown by a cell is no statement" if "text_latex" in node["classes"] else "typed by hand"
            return f"a displayed formula {shown}"
        case nodes.math() if DISPLAYED.search(node.astext()):
            return "a displayed formula between single dollars"
        case nodes.literal_block() if node.get("language") in ("math", "latex", "tex"):
            return "a formula shown as its source"
        case nodes.Text() if r"\begin{" in node and not isinstance(node.parent, CODE):
            return "a formula that no reader will see as one"
    return ""


def is_printed(node: nodes.Node) -> bool:
    """Whether it is a record's formula, or what an ordinary notebook shows in its place."""
    above = node.parent
    while above is not None and above.get("nb_element") != "mime_bundle":
        above = above.parent
    return above is not None and any(output.get("mime_type") == RECORD for output in above)


def wrong_formulas(doctree: nodes.document) -> Iterator[str]:
    """Formulas that cannot be shown, such as those with an unknown command."""
    for node in doctree.findall(lambda node: isinstance(node, nodes.math | nodes.math_block)):
        try:
            render("formula", latex=node.astext(), display=isinstance(node, nodes.math_block))
        except RenderError as error:
            yield f"{place(node)}: {error}"


def check_source(app: Sphinx, docname: str, source: list[str]) -> None:
    r"""Markdown makes "[" of "\[" before anyone can see it, so the text itself is searched."""
    fence = ""
    for number, line in enumerate(source[0].splitlines(), 1):
        opened = OPENED.match(line)
        if opened and (not fence or opened[1].startswith(fence)):
            fence = "" if fence else opened[1]
        elif not fence and line.lstrip().startswith(r"\["):
            where = f"{app.env.doc2path(docname)}:{number}"
            statements(app.env).note_fault(docname, f"{where}: a displayed formula typed by hand; {REMEDY}")


def mute_images(doctree: nodes.document) -> Iterator[str]:
    for node in doctree.findall(nodes.image):
        if not node.get("alt", "").strip():
            yield f"{place(node)}: a figure without alternative text; say what it shows (`mystnb: image: alt:` in a cell)"


def foreign(doctree: nodes.document) -> Iterator[str]:
    """What a browser would obey, or fetch from elsewhere: HTML, images of other servers, links that are scripts."""
    for node in doctree.findall(nodes.Node):
        match node:
            case nodes.raw() if "html" in node.get("format", "") and not COMMENT.fullmatch(node.astext()):
                yield f"{place(node)}: HTML, {shortened(node.astext())}; write it in Markdown, the pages take no other"
            case nodes.image() if ELSEWHERE.match(node["uri"]):
                yield f"{place(node)}: an image of another server, {node['uri']}; keep a copy of it in the book"
            case nodes.reference() if SCRIPT.match(node.get("refuri", "")):
                yield f"{place(node)}: a link that is a script, {shortened(node['refuri'])}; link to a page"


def shortened(text: str) -> str:
    return textwrap.shorten(text, 60, placeholder=" ...")


def setup(app: Sphinx) -> None:
    app.connect("source-read", check_source)
    app.connect("doctree-read", check_page)
