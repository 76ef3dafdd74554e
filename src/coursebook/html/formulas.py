"""Formulas become HTML when the book is built: a page needs no script to show them.

In a fold they are MathML alone, a third of the elements; `folds.js` puts beside it what the build has drawn, from a script of the page.
"""

import json
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from coursebook.html.elements import place
from coursebook.html.node import RenderError, render
from coursebook.html.page import digest

FOLDER = "_static/drawings"
KEPT = "keepDrawings({});\n"  # by `folds.js`
FORMULA = re.compile(  # as KaTeX writes it, in two: what is read, and what is seen
    r'(?P<box><span class="katex-display">)?<span class="katex">'
    r'<span class="katex-mathml">(?P<mathml><math.*</math>)</span>'
    r'(?P<drawing><span class="katex-html".*</span>)</span>(?(box)</span>)',
    re.DOTALL,
)
MATHML = re.compile(r'<span class="katex-mathml">.*?</math></span>', re.DOTALL)
MARKS = re.compile(r"[.,;:!?)\]]{1,2}")  # what ends or parts a sentence, behind a formula


def rendered(node: nodes.Element, *, display: bool) -> str:
    try:
        return render("formula", latex=node.astext(), display=display)
    except RenderError as error:
        raise ExtensionError(f"{place(node)}: {error}") from error


def visit_inline(writer: nodes.NodeVisitor, node: nodes.math) -> None:
    writer.body.append(writer.starttag(node, "span", "", CLASS="math"))
    writer.body.append(sent(node, display=False) + "</span>")
    raise nodes.SkipNode


def sent(node: nodes.Element, *, display: bool) -> str:
    """The formula as it stands in the page."""
    shown = rendered(node, display=display)
    if heads_a_column(node):
        return as_letters(shown, node.astext())
    return bare(shown) if is_folded(node) else shown


def halves(formula: str) -> re.Match[str]:
    """What is read of it, and what is seen.

    Raises:  ExtensionError if KaTeX writes it otherwise
    """
    if found := FORMULA.fullmatch(formula):
        return found
    raise ExtensionError(
        f"KaTeX writes a formula in another form; `npm ci` installs the version of the lock: {formula}"
    )


def bare(formula: str) -> str:
    """What is read of it, without what is seen."""
    found = halves(formula)
    return f"{found['box']}{found['mathml']}</span>" if found["box"] else found["mathml"]


def is_folded(node: nodes.Node) -> bool:
    """Whether it is seen only when a fold is opened."""
    while node is not None and node.get("tag") not in ("details", "summary"):
        node = node.parent
    return node is not None and node["tag"] == "details"


def write_drawings(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """The script of a page that holds its folded formulas as they are drawn, by their TeX; the page names it by its digest."""
    found: dict[str, dict[str, str]] = {"inline": {}, "block": {}}  # as MathML says how a formula stands
    for node in (doctree or nodes.Element()).findall(lambda node: isinstance(node, nodes.math | nodes.math_block)):
        if is_folded(node):
            display = isinstance(node, nodes.math_block)
            drawing = halves(rendered(node, display=display))["drawing"]
            found["block" if display else "inline"][node.astext()] = drawing
    context["drawings"] = ""
    if any(found.values()):
        script = Path(app.outdir, FOLDER, f"{app.builder.get_target_uri(pagename)}.js")
        script.parent.mkdir(parents=True, exist_ok=True)
        script.write_text(KEPT.format(json.dumps(found, ensure_ascii=False, indent=0)), "utf8")
        context["drawings"] = f"{FOLDER}/{script.name}?v={digest(script)}"


def drawings(site: Path) -> Iterator[str]:
    """The HTML that these scripts hold, a text for each page."""
    head, tail = KEPT.split("{}")
    for script in sorted(site.glob(f"{FOLDER}/*.js")):
        held = json.loads(script.read_text("utf8").removeprefix(head).removesuffix(tail))
        yield "".join(drawing for kind in held.values() for drawing in kind.values())


def heads_a_column(node: nodes.Node) -> bool:
    while node is not None and not isinstance(node, nodes.thead):
        node = node.parent
    return node is not None


def as_letters(formula: str, latex: str) -> str:
    """The head of a column must have visible letters that are read aloud: those that are seen, in place of MathML."""
    seen = MATHML.sub("", formula).replace(' aria-hidden="true"', "", 1)
    return seen.replace('class="katex"', f'class="katex" data-tex="{escape(latex)}"', 1)


def visit_display(writer: nodes.NodeVisitor, node: nodes.math_block) -> None:
    writer.body.append(writer.starttag(node, "div", "", CLASS="math"))
    writer.body.append(sent(node, display=True) + "</div>")
    raise nodes.SkipNode


def keep_marks(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """A browser may break a line behind a formula: what stands there lies in room that the formula keeps for it."""
    for node in list(doctree.findall(nodes.math)):
        behind = node.next_node(descend=False, siblings=True)
        if isinstance(behind, nodes.Text) and (found := MARKS.match(behind)):
            node["classes"].append("marked")
            mark = nodes.inline("", found.group(), classes=["mark-behind"])
            at = node.parent.index(node) + 1  # the text may stand elsewhere in its parent, too
            node.parent[at : at + 1] = [mark, nodes.Text(behind[found.end() :])]


def setup(app: Sphinx) -> None:
    app.add_html_math_renderer("katex", (visit_inline, None), (visit_display, None))
    app.connect("doctree-resolved", keep_marks, priority=950)  # when what was deferred has been made
    app.connect("html-page-context", write_drawings)
