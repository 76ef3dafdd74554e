"""A page as plain Markdown, for a notebook that knows nothing of this book: what Sphinx resolved, written as text."""

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes

from coursebook.html.elements import element
from coursebook.statements.words import _

SPECIAL = re.compile(r"([\\`*_\[\]<>$|])")
UNSEEN = (nodes.comment, nodes.target, nodes.raw, nodes.label, nodes.substitution_definition, addnodes.index)
# links to the page itself; what a clock said when it was built; what only the page's script serves
LEFT_OUT = {"headerlink", "meta", "pst-js-only"}
INLINE = (nodes.Inline, nodes.Text)
BLOCKS = {"div", "p", "ol", "ul", "li", "details", "summary", "table", "tr", "figure", "section"}


class Cell(int):
    """The place of a code cell among the cells of the page."""


Parts = Iterator[str | Cell]


def parts(node: nodes.Node, level: int = 0) -> Parts:
    """Paragraphs, headings, lists and the like, each a piece of Markdown, with the cells between them."""
    match node:
        case nodes.section():
            yield from within(node, level + 1)
        case nodes.title() if isinstance(node.parent, nodes.section):
            yield f"{'#' * level} {inline(node)}"
        case nodes.container() if node.get("nb_element") == "cell_code":
            yield Cell(node["cell_index"])
        case nodes.literal_block() | nodes.doctest_block():
            yield fenced(node)
        case nodes.math_block():
            yield f"$$\n{node.astext().strip()}\n$$"
        case nodes.bullet_list() | nodes.enumerated_list():
            yield "\n".join(items(node, level))
        case nodes.table():
            yield table(node)
        case nodes.image():
            yield inline(node)
        case element() if "data-live" in node["attributes"]:
            yield from moved(node)
        case element() if node["tag"] == "details":
            yield from folded(node, level)
        case element() if node["tag"] == "ol":
            yield "\n".join(f"* {inline(line)}" for line in node.children)
        case _ if is_heading(node):
            yield f"**{inline(node)}**"
        case _ if any(is_block(child) for child in node.children):
            yield from within(node, level)
        case _:
            yield inline(node)


def within(node: nodes.Node, level: int) -> Parts:
    for child in node.children:
        if not is_unseen(child):
            yield from (part for part in parts(child, level) if isinstance(part, Cell) or part.strip())


def is_unseen(node: nodes.Node) -> bool:
    return isinstance(node, UNSEEN) or (isinstance(node, nodes.Element) and bool(LEFT_OUT & set(node["classes"])))


def is_block(node: nodes.Node) -> bool:
    if isinstance(node, element):
        return node["tag"] in BLOCKS
    return not isinstance(node, INLINE)


def is_heading(node: nodes.Node) -> bool:
    """A title within a section, such as an exercise's or a statement's."""
    return isinstance(node, nodes.title | nodes.rubric | nodes.term) or "head" in node.get("classes", ())


def folded(node: element, level: int) -> Parts:
    """A fold stays one, unless cells run in it: they cannot stand within Markdown."""
    summary, *content = node.children
    title = " ".join(inline(summary).split())
    shown = [part for child in content for part in parts(child, level)]
    words = [part for part in shown if not isinstance(part, Cell)]
    if len(words) < len(shown):
        yield from (f"**{title}**", *shown)
    else:
        yield "\n\n".join([f"<details><summary>{title}</summary>", *words, "</details>"])


def moved(figure: element) -> Iterator[str]:
    """A figure that moves, which a notebook cannot: its question and what is said of it."""
    yield f"*{escaped(_('On the page of the book a figure stands here that can be moved.'))}*"
    for said in figure.findall(element):
        if {"asked", "verdict"} & set(said["classes"]):
            yield "".join(map(inline, said.children))


def fenced(block: nodes.literal_block) -> str:
    code = block.astext().rstrip()
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", code)), default=0))
    language = block.get("language", "python").replace("default", "python")
    return f"{fence}{language}\n{code}\n{fence}"


def items(block: nodes.Node, level: int) -> Iterator[str]:
    for number, item in enumerate(block.children, 1):
        mark = f"{number}. " if isinstance(block, nodes.enumerated_list) else "* "
        text = "\n\n".join(str(part) for part in within(item, level))
        yield mark + text.replace("\n", "\n" + " " * len(mark))


def table(block: nodes.table) -> str:
    rows = [[" ".join(inline(entry).split()) for entry in row.children] for row in block.findall(nodes.row)]
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([head, "|" + " --- |" * len(rows[0]), *body])


def inline(node: nodes.Node) -> str:
    """What stands in a line."""
    if isinstance(node, nodes.Text):
        return escaped(node.astext())
    if is_unseen(node):
        return ""
    if isinstance(node, nodes.math):
        return f"${node.astext()}$"
    if isinstance(node, nodes.literal):
        return f"`{node.astext()}`"
    if isinstance(node, nodes.image):
        return f"*{escaped(node.get('alt', ''))}*"
    text = between(node).join(filter(None, map(inline, node.children)))
    return framed(node, text)


def escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text)


def between(node: nodes.Node) -> str:
    """Parts of a box that stand side by side on the page are told apart by a space."""
    return " " if isinstance(node, element) and len(node.children) > 1 and node["tag"] in BLOCKS else ""


def framed(node: nodes.Node, text: str) -> str:
    match node:
        case nodes.strong():
            return f"**{text}**"
        case nodes.emphasis() | nodes.title_reference():
            return f"*{text}*"
        case nodes.reference() if "://" in node.get("refuri", ""):
            return f"[{text}]({node['refuri']})"
    return text
