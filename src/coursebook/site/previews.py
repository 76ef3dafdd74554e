"""What a reference leads to, shown beside it: boxes made when the book is built, a script of them for each page.

No page loads such a script before a reader rests on a reference; as a script, and not as data, it loads from the disk too.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from coursebook.html.elements import element, html
from coursebook.html.page import mended

FOLDER = "_static/previews"
FOLDED = ("details", "button")
FOLLOWED = (nodes.reference, nodes.footnote_reference)


def targets(doctree: nodes.document) -> Iterator[tuple[str, nodes.Node]]:
    """What references lead to: statements, terms of the glossary and works, each by the name of its place."""
    for node in doctree.findall(lambda node: isinstance(node, element | nodes.definition_list_item | nodes.citation)):
        match node:
            case element() if "statement" in node["classes"]:
                yield from ((name, node) for name in places(node))
            case nodes.definition_list_item():
                yield from ((name, node) for term in node.findall(nodes.term) for name in term["ids"])
            case nodes.citation():
                yield from ((name, node) for name in node["ids"])


def places(box: element) -> list[str]:
    """The name under which a statement is found; a box that only repeats it has none."""
    return [name for name in box["ids"] if name.startswith("equation-")]


def still(target: nodes.Node) -> nodes.Element:
    """A copy in which nothing can be followed or unfolded, and which repeats no name of the page."""
    copy = nodes.container("", target.deepcopy()) if not isinstance(target, element) else target.deepcopy()
    for node in list(copy.findall(nodes.Element)):
        if isinstance(node, nodes.label) or node.get("tag") in FOLDED or "headerlink" in node.get("classes", ()):
            node.parent.remove(node)
        elif isinstance(node, FOLLOWED):
            node.replace_self(html("span", *node.children))
        elif node.get("tag") == "a":
            node["tag"] = "span"
            del node["attributes"]["href"]
    for node in copy.findall(nodes.Element):
        node["ids"] = []
    return copy


def written(app: Sphinx, node: nodes.Element) -> str:
    """The node in HTML."""
    writer = app.builder.create_translator(node.document, app.builder)
    node.walkabout(writer)
    return mended("".join(writer.body))


def write(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """The script of a page: what may be asked for, by the place to which a reference leads."""
    if doctree is None:
        return
    page = app.builder.get_target_uri(pagename)
    boxes = {name: written(app, attached(still(target), doctree)) for name, target in targets(doctree)}
    script = Path(app.outdir, FOLDER, f"{page}.js")
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(f"previews[{json.dumps(page)}] = {json.dumps(boxes, ensure_ascii=False, indent=0)};\n", "utf8")


def attached(copy: nodes.Element, doctree: nodes.document) -> nodes.Element:
    """The copy, as if it stood in the page; a writer asks a node for its page."""
    for node in copy.findall(nodes.Node):
        node.document = doctree
    return copy


def setup(app: Sphinx) -> None:
    app.add_js_file("previews.js", loading_method="defer")
    app.connect("html-page-context", write)
