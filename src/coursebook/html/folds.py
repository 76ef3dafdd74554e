"""Solutions fold without a script: an admonition of class dropdown becomes <details>."""

from docutils import nodes
from sphinx.application import Sphinx

from coursebook.html.elements import html


def is_folded(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Admonition) and "dropdown" in node.get("classes", ())


def fold(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for node in list(doctree.findall(is_folded)):
        title, *content = node.children
        folded = html("details", html("summary", *title.children), *content, classes=["fold", "solution"])
        folded["ids"] = node["ids"]
        node.replace_self(folded)


def setup(app: Sphinx) -> None:
    app.connect("doctree-resolved", fold, priority=900)
