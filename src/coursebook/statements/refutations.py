"""A refuted claim on the page: what is false, and the small numbers that show it."""

import ast
import re

from docutils import nodes
from sphinx.application import Sphinx

from coursebook.html.elements import element, html

REFUTED = "Refuted: "
NUMBER = re.compile(r"-?[\d.]+(e-?\d+)?(/\d+)?")


def is_refutation(node: nodes.Node) -> bool:
    return (
        isinstance(node, nodes.literal_block) and "traceback" in node["classes"] and node.astext().startswith(REFUTED)
    )


def show(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """The message of `claims` is a line that names the claim, then lines "what = value"."""
    for node in list(doctree.findall(is_refutation)):
        message, *lines = node.astext().removeprefix(REFUTED).splitlines()
        node.replace_self(box(message, [line.strip().partition(" = ") for line in lines if " = " in line]))


def box(message: str, rows: list[tuple[str, str, str]]) -> element:
    state = html("span", "Refuted", classes=["state", "refuted"])
    head = html("p", html("span", message, classes=["name"]), state, classes=["head"])
    lines = [html("tr", html("td", *named(what)), html("td", *valued(value))) for what, _, value in rows]
    table = html("table", html("tbody", *lines), classes=["counterexample"], aria_label="Counterexample")
    return html(
        "div", head, *([table] if lines else []), classes=["statement", "refuted"], role="group", aria_label=message
    )


def named(what: str) -> list[nodes.Node]:
    """A letter, with its index, is mathematics; anything longer is words."""
    letter = re.fullmatch(r"([A-Za-z])(?:_(?=\w)|(?=\d)|$)(\w*)", what)
    if letter is None:
        return [nodes.Text(what)]
    return [nodes.math("", f"{letter[1]}_{{{letter[2]}}}" if letter[2] else letter[1])]


def valued(value: str) -> list[nodes.Node]:
    if NUMBER.fullmatch(value):
        return [nodes.math("", number(value))]
    if value.startswith("[["):
        entries = ast.literal_eval(re.sub(r"[^\[\],]+", lambda entry: repr(entry[0].strip()), value.replace(", ", ",")))
        rows = r" \\ ".join(" & ".join(map(number, row)) for row in entries)
        return [nodes.math("", rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}")]
    return [nodes.literal("", value)]


def number(text: str) -> str:
    """-1/2 and 1e-05 as a mathematician writes them."""
    above, slash, below = text.removeprefix("-").partition("/")
    digits, exponential, exponent = above.partition("e")
    sign = "-" if text.startswith("-") else ""
    if exponential:
        return rf"{sign}{digits} \cdot 10^{{{int(exponent)}}}"
    return rf"{sign}\tfrac{{{above}}}{{{below}}}" if slash else text


def setup(app: Sphinx) -> None:
    app.connect("doctree-resolved", show, priority=900)
