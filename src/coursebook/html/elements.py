"""Nodes of a page: elements of HTML, and parts that are made only when all pages have been read."""

from collections.abc import Callable, Iterable, Sequence

from docutils import nodes
from sphinx.application import Sphinx

VOID = {"br", "hr", "img", "input"}  # elements without contents, which no tag ends


class element(nodes.General, nodes.TextElement):
    """An element of HTML; `html` makes one."""


class deferred(nodes.General, nodes.Element):
    """Stands where `make(app, docname, node)` will put its nodes when every statement is known."""


Make = Callable[[Sphinx, str, deferred], Sequence[nodes.Node]]


def html(
    tag: str, *children: nodes.Node | str, classes: Iterable[str] = (), id: str = "", **attributes: str
) -> element:
    """An element such as html("a", "text", href="..."); an underscore in a name becomes a hyphen."""
    texts = [nodes.Text(child) if isinstance(child, str) else child for child in children]
    node = element("", "", *texts, classes=list(classes), ids=[id] if id else [])
    node["tag"] = tag
    node["attributes"] = {name.replace("_", "-"): value for name, value in attributes.items()}
    return node


def prose(text: str) -> list[nodes.Node]:
    """Words with $formulas$ between dollars."""
    parts = enumerate(text.split("$"))
    return [nodes.math(part, part) if odd % 2 else nodes.Text(part) for odd, part in parts if part]


def place(node: nodes.Node) -> str:
    """file:line of a node, or of what it stands in."""
    while not node.line and node.parent is not None:
        node = node.parent
    return f"{node.source or node.document['source']}:{node.line}"


def visit_element(writer: nodes.NodeVisitor, node: element) -> None:
    writer.body.append(writer.starttag(node, node["tag"], "", **node["attributes"]))


def depart_element(writer: nodes.NodeVisitor, node: element) -> None:
    if node["tag"] not in VOID:
        writer.body.append(f"</{node['tag']}>")


def resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for node in list(doctree.findall(deferred)):
        make: Make = node["make"]
        node.replace_self(make(app, docname, node))


def name_language(app: Sphinx, doctree: nodes.document) -> None:
    """What is emphasised in a term of the glossary is the French term, and is read aloud as French."""
    for term in doctree.findall(nodes.term):
        for foreign in term.findall(nodes.emphasis):
            foreign["classes"].append("language-fr")  # docutils writes it as the attribute lang


def setup(app: Sphinx) -> None:
    app.add_node(element, html=(visit_element, depart_element))
    app.add_node(deferred)
    app.connect("doctree-read", name_language)
    app.connect("doctree-resolved", resolve, priority=900)
