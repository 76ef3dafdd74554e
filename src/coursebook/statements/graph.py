"""What rests on what, drawn as SVG when the book is built; Graphviz lays it out."""

import html
import re
import textwrap
from collections.abc import Iterable

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from coursebook.html.elements import deferred
from coursebook.html.elements import html as tag
from coursebook.html.node import render
from coursebook.statements import words
from coursebook.statements.boxes import address
from coursebook.statements.domain import REFUTED, Record, statements

SIGNS = {
    "definition": ":=",
    "proved-all": "∀",
    "proved": "=",
    "proved-sizes": "∈",
    "cited": "“",
    "observed": "≈",
}
Boxes = dict[str, str]  # name -> the box in Graphviz's language
Arrows = list[tuple[str, str]]  # from what is used to what uses it
AT_ONCE = 24  # more statements than this are drawn page by page, under an overview of the pages
PAGE = 900  # pixels: what is wider is drawn from left to right
SMALLEST = 0.75  # of its size: what is wider than the page scrolls, and can still be read
SIZE = re.compile(r'<svg width="([\d.]+)pt" height="([\d.]+)pt"')  # as Graphviz writes it
STYLE = """graph [nodesep=0.22 ranksep=0.42 bgcolor=transparent]
node [shape=box style=rounded fontname="Times-Roman" fontsize=16 margin="0.14,0.05" height=0.5]
edge [arrowsize=0.6]"""


class Graph(SphinxDirective):
    def run(self) -> list[nodes.Node]:
        return [deferred("", make=graphs)]


def graphs(app: Sphinx, docname: str, _: deferred) -> list[nodes.Node]:
    domain = statements(app.env)
    pages = {page: true for page, records in domain.pages().items() if (true := list(filter(is_true, records)))}
    records = [record for true in pages.values() for record in true]
    if len(records) <= AT_ONCE:
        return [drawn("Every statement and what it rests on", *of_statements(app, docname, records))]
    parts = [drawn("The chapters and what they rest on", *of_chapters(app, pages))]
    for page, records in pages.items():
        title = app.env.titles[page].astext()
        parts.append(tag("h3", title, id=graph_id(page)))
        parts.append(drawn(f"The statements of {title} and what they rest on", *of_statements(app, docname, records)))
    return parts


def is_true(record: Record) -> bool:
    """Nothing rests on what is refuted."""
    return record.state != REFUTED


def graph_id(page: str) -> str:
    return str(nodes.make_id(f"graph-{page}"))


def of_statements(app: Sphinx, docname: str, records: list[Record]) -> tuple[Boxes, Arrows]:
    """These statements, and, faint, those of other pages that they rest on."""
    domain = statements(app.env)
    known = domain.by_id()
    inside = {record.id for record in records}
    others = {use: known[use] for record in records for use in domain.uses(record) if use not in inside}
    boxes = {record.id: node(app, docname, record) for record in records}
    boxes |= {use: node(app, docname, record, faint=True) for use, record in others.items()}
    return boxes, [(use, record.id) for record in records for use in domain.uses(record)]


def node(app: Sphinx, docname: str, record: Record, faint: bool = False) -> str:
    number = statements(app.env).number(record)
    shown = (f"{record.title} ({number})" if faint and number else record.title).replace("$", "")
    peripheries = 2 if record.state == "definition" and not faint else 1
    return box(
        record.id,
        lines=textwrap.wrap(shown, 19),
        sign=SIGNS[record.state],
        classes=f"{record.state} faint" if faint else record.state,
        address=address(app, docname, record),
        tooltip=f"{shown}: {words.state(record.state)}",  # begins with what is seen: who says it aloud means this link
        peripheries=peripheries,
    )


def of_chapters(app: Sphinx, pages: dict[str, list[Record]]) -> tuple[Boxes, Arrows]:
    """A box for each page that states something; it leads to the page's own drawing."""
    domain, boxes = statements(app.env), {}
    where = {record.id: page for page, records in pages.items() for record in records}
    users = [(use, page) for page, records in pages.items() for record in records for use in domain.uses(record)]
    edges = {(where[use], page) for use, page in users if where[use] != page}
    for page, records in pages.items():
        title = app.env.titles[page].astext()
        lines = [*textwrap.wrap(title, 24), f"{len(records)} statements"]
        boxes[page] = box(page, lines, "", "chapter", f"#{graph_id(page)}", f"{title}: {lines[-1]}")
    return boxes, sorted(edges)


def box(name: str, lines: list[str], sign: str, classes: str, address: str, tooltip: str, peripheries: int = 1) -> str:
    """A node in Graphviz's language: a sign, then lines of text."""
    text = '<br align="left"/>'.join(map(html.escape, lines))
    mark = f'<td width="22"><font point-size="16">{sign}</font></td>' if sign else ""
    label = (
        f'<<table border="0" cellspacing="0" cellpadding="3"><tr>{mark}<td>{text}<br align="left"/></td></tr></table>>'
    )
    values = {
        "class": f"{classes} sign" if sign else classes,
        "URL": address,
        "tooltip": tooltip,
        "peripheries": peripheries,
    }
    quoted = " ".join(f"{key}={quote(value)}" for key, value in values.items())
    return f"{quote(name)} [label={label} {quoted}]"


def quote(value: object) -> str:
    return '"{}"'.format(str(value).replace("\\", "\\\\").replace('"', '\\"'))


def drawn(title: str, boxes: Boxes, arrows: Arrows) -> nodes.raw:
    """What hangs together is one drawing; side by side they fill the page, or stand in a column on a phone."""
    parts = [[name for name in boxes if name in part] for part in components(boxes, arrows)]
    svgs = [narrower([boxes[name] for name in part], within(part, arrows)) for part in parts]
    label = html.escape(title)
    return nodes.raw("", f'<div class="graph" role="group" aria-label="{label}">{"".join(svgs)}</div>', format="html")


def narrower(boxes: list[str], arrows: Arrows) -> str:
    """Drawn from top to bottom; from left to right, if it would be wider than the page and is narrower so."""
    down = render("graph", dot=dot(boxes, arrows, "TB"))
    if width(down) <= PAGE:
        return cleaned(down)
    return cleaned(min(down, render("graph", dot=dot(boxes, arrows, "LR")), key=width))


def width(svg: str) -> float:
    return float(size(svg)[0])


def size(svg: str) -> tuple[str, str]:
    """Width and height, in points."""
    width, height = SIZE.findall(svg)[0]
    return width, height


def components(names: Iterable[str], arrows: Arrows) -> list[set[str]]:
    """The names that arrows join, directly or through others, the largest sets first."""
    sets = {name: {name} for name in names}
    for used, user in arrows:
        if sets[used] is not sets[user]:
            sets[used] |= sets[user]
            sets.update(dict.fromkeys(sets[user], sets[used]))
    return sorted({id(part): part for part in sets.values()}.values(), key=len, reverse=True)


def within(part: list[str], arrows: Arrows) -> Arrows:
    return [arrow for arrow in arrows if arrow[0] in part]


def dot(boxes: list[str], arrows: Arrows, way: str) -> str:
    joined = [f"{quote(used)} -> {quote(user)}" for used, user in arrows]
    return "digraph {\n" + "\n".join([f"rankdir={way}", STYLE, *boxes, *joined]) + "\n}"


def cleaned(svg: str) -> str:
    """The style sheet colours it, so what Graphviz says of colours and letters is taken out."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<title>.*?</title>\s*|<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    width, height = size(svg)
    svg = svg.replace(
        f'width="{width}pt" height="{height}pt"', f'width="{width}" style="min-width: {float(width) * SMALLEST:.0f}px"'
    )
    svg = re.sub(r' (fill|stroke|font-family|font-size|id|xmlns|xmlns:xlink)="[^"]*"', "", svg)
    return svg.replace("xlink:title", "aria-label").replace("xlink:href", "href").replace("&#45;", "-")


def setup(app: Sphinx) -> None:
    app.add_directive("ledger-graph", Graph)
