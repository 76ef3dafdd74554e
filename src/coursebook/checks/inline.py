r"""Equations between the words of a page: each is proved by the second prover, or marked as what it is by a role.

    Let {choice}`a = \sigma(z)`, so that $1 - a = \sigma(-z)$; for {value}`z = 0` it is one half, and less for {hypothesis}`z > 0`.

A role shows what dollars show, and {given}`0.9` a number that is given, as it is.
A letter means what the nearest statement, `{choice}` or `{letters}` above says of it:

    ```{letters} X: m x n; w: n x 1; eta > 0; z; g()
    ```
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from coursebook.html.elements import deferred, place
from coursebook.html.noted import note_pages, noted
from coursebook.statements.domain import REFUTED, Statements, statements
from coursebook.statements.proofs import sides
from coursebook.statements.second import asked

INLINE = "inline"  # under which the formulas of a page are noted
ROLES = {
    "choice": "gives a letter its meaning",
    "value": "is or has a number",
    "hypothesis": "is assumed, or holds for some values",
}
MARKS = "; ".join(f"{{{role}}}`...` {meaning}" for role, meaning in ROLES.items())
REMEDY = f"mend it, declare its letters by {{letters}}, or mark what it is in place of the dollars: {MARKS}"


def marked(role: str, rawtext: str, text: str, *_where: object, **_more: object) -> tuple[list[nodes.Node], list[Any]]:
    """A formula as dollars make it, which knows what its author says that it is."""
    return [nodes.math(rawtext, text, role=role)], []


def given(_role: str, _rawtext: str, text: str, *_where: object, **_more: object) -> tuple[list[nodes.Node], list[Any]]:
    """A number between the words that no cell computed, and that its author says is given."""
    return [nodes.Text(text)], []


class Letters(SphinxDirective):
    """`{letters} X: m x n; eta > 0; z; g()` says what letters are from here on, and shows nothing."""

    required_arguments: ClassVar = 1
    final_argument_whitespace: ClassVar = True

    def run(self) -> list[nodes.Node]:
        node = deferred("", make=nothing, letters=self.arguments[0])
        self.set_source_info(node)
        return [node]


def nothing(app: Sphinx, docname: str, node: deferred) -> list[nodes.Node]:
    return []


# ---------------------------------------------------------------- what a page holds
def items(app: Sphinx, doctree: nodes.document) -> Iterator[tuple[str, dict[str, Any]]]:
    """What gives letters a meaning and the formulas that hold some, each with file and line, in their order."""
    lines = Path(doctree["source"]).read_text("utf8").splitlines()
    for node in doctree.findall(lambda node: isinstance(node, nodes.math | deferred)):
        if isinstance(node, deferred):
            if found := meaning(node):
                yield place(node), found
        elif is_prose(node) and (pairs := relations(node.astext())):
            yield where(node, lines), {"relations": pairs, "role": node.get("role", ""), "latex": node.astext()}


def meaning(node: deferred) -> dict[str, Any]:
    """What a statement, one of another page that is shown again, or a declaration says of letters."""
    match node.attributes:
        case {"letters": letters}:
            return {"letters": letters}
        case {"record": record} if record.statement:
            return {"statement": record.statement}
        case {"id": id}:
            return {"repeats": id}
    return {}


def is_prose(node: nodes.Node) -> bool:
    """Not what a cell gave, the words of a statement or an answer that a reader gives."""
    while (node := node.parent) is not None:
        if isinstance(node, deferred) or "nb_element" in node:
            return False
    return True


def relations(latex: str) -> list[list[str]]:
    """Each two sides with the sign between them: "a = b < c" gives ["a", "=", "b"] and ["b", "<", "c"]."""
    found, (left, sign, rest) = [], sides(latex)
    while sign:
        right, following, more = sides(rest)
        right = right if following else more
        found.append([left, sign, right])
        left, sign, rest = right, following, more
    return [each for each in found if each[0] and each[2]]


def where(node: nodes.math, lines: list[str]) -> str:
    """file:line of a formula: Markdown knows the line on which its paragraph begins."""
    path, _colon, first = place(node).rpartition(":")
    below = enumerate(lines[int(first) - 1 :], int(first)) if first.isdigit() else ()
    return f"{path}:{next((number for number, line in below if node.astext() in line), first)}"


# ---------------------------------------------------------------- what is wrong
def check(app: Sphinx, env: BuildEnvironment) -> None:
    """A formula that is not proved and not marked, or not as what it is, stops the build."""
    domain = statements(env)
    pages = {
        docname: [(at, resolved(domain, item)) for at, item in found] for docname, found in noted(env, INLINE).items()
    }
    book = {"pages": [[item for _at, item in found] for found in pages.values()], "statements": known(domain)}
    for (docname, found), faults in zip(pages.items(), asked(domain, "inline", book=json.dumps(book)), strict=True):
        for (at, item), fault in zip(found, faults, strict=True):
            if fault:
                domain.note_fault(docname, f"{at}: {told(item, fault)}")


def resolved(domain: Statements, item: dict[str, Any]) -> dict[str, Any]:
    record = domain.by_id().get(item.get("repeats", ""))
    return {"statement": record.statement} if record and record.statement else item


def known(domain: Statements) -> list[dict[str, Any]]:
    """What the book defines, proves or cites."""
    held = [record for record in domain.all() if record.state not in (REFUTED, "observed")]
    return [record.statement for record in held if record.statement]


def told(item: dict[str, Any], fault: str) -> str:
    return f"the equation ${item['latex']}$ {fault}; {REMEDY}" if "latex" in item else fault


def setup(app: Sphinx) -> None:
    for role in ROLES:
        app.add_role(role, marked)
    app.add_role("given", given)
    app.add_directive("letters", Letters)
    note_pages(app, INLINE, items)
    app.connect("env-updated", check, priority=400)  # before the faults of the book are told
