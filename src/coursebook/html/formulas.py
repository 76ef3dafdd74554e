"""Formulas become HTML when the book is built: a page needs no script to show them."""

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from coursebook.html.elements import place
from coursebook.html.node import RenderError, render

MATHML = re.compile(r'<span class="katex-mathml">.*?</math></span>', re.DOTALL)
MARKS = re.compile(r"[.,;:!?)\]]{1,2}")  # what ends or parts a sentence, behind a formula


def rendered(node: nodes.Element, *, display: bool) -> str:
    try:
        return render("formula", latex=node.astext(), display=display)
    except RenderError as error:
        raise ExtensionError(f"{place(node)}: {error}") from error


def visit_inline(writer: nodes.NodeVisitor, node: nodes.math) -> None:
    shown = rendered(node, display=False)
    writer.body.append(writer.starttag(node, "span", "", CLASS="math"))
    writer.body.append((as_letters(shown) if heads_a_column(node) else shown) + "</span>")
    raise nodes.SkipNode


def heads_a_column(node: nodes.Node) -> bool:
    while node is not None and not isinstance(node, nodes.thead):
        node = node.parent
    return node is not None


def as_letters(formula: str) -> str:
    """The head of a column must have visible letters that are read aloud: those that are seen, in place of MathML."""
    return MATHML.sub("", formula).replace(' aria-hidden="true"', "", 1)


def visit_display(writer: nodes.NodeVisitor, node: nodes.math_block) -> None:
    writer.body.append(writer.starttag(node, "div", "", CLASS="math"))
    writer.body.append(rendered(node, display=True) + "</div>")
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
