"""Formulas become HTML when the book is built: a page needs no script to show them."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.locale import _
from sphinx.util.math import get_node_equation_number

from coursebook.elements import place
from coursebook.javascript import RenderError, render


def rendered(node: nodes.Element, *, display: bool) -> str:
    try:
        return render("formula", latex=node.astext(), display=display)
    except RenderError as error:
        raise ExtensionError(f"{place(node)}: {error}") from error


def visit_inline(writer: nodes.NodeVisitor, node: nodes.math) -> None:
    writer.body.append(writer.starttag(node, "span", "", CLASS="math"))
    writer.body.append(rendered(node, display=False) + "</span>")
    raise nodes.SkipNode


def visit_display(writer: nodes.NodeVisitor, node: nodes.math_block) -> None:
    writer.body.append(writer.starttag(node, "div", "", CLASS="math"))
    if node["number"]:
        writer.body.append(f'<span class="eqno">({get_node_equation_number(writer, node)})')
        writer.add_permalink_ref(node, _("Link to this statement"))
        writer.body.append("</span>")
    writer.body.append(rendered(node, display=True) + "</div>")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    app.add_html_math_renderer("katex", (visit_inline, None), (visit_display, None))
