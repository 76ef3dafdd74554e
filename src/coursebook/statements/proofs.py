"""A proof on the page: equalities one under the other, each with its reason, and how the prover checked them."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from docutils import nodes

from coursebook.html.elements import element, html, prose
from coursebook.statements import words
from coursebook.statements.domain import Record
from coursebook.statements.words import _

TOKEN = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)
OPENS = {"{", "(", "[", r"\left", r"\begin", r"\{"}
CLOSES = {"}", ")", "]", r"\right", r"\end", r"\}"}
EQUAL, ORDERED = {"=", r"\ne", r"\neq", r"\approx", r"\equiv"}, {"<", ">", r"\le", r"\leq", r"\ge", r"\geq"}
RELATIONS = EQUAL | ORDERED | {r"\iff", r"\implies"}
GROUP = re.compile(r"÷\{([^{}]*)\}\{([^{}]*)\}|[_^]\{([^{}]*)\}|(?<![÷}])\{([^{}]*)\}")
SIDE_BY_SIDE = 40  # signs of a formula that leave room for a reason beside it, in a column of text
BESIDE_NAME = 30  # and for the name of a definition
ON_A_TELEPHONE = 20  # and that a narrow screen shows in one line


def sides(latex: str) -> tuple[str, str, str]:
    """What stands left of the first relation, the relation, and the rest: "a = b" gives "a", "=", "b"."""
    depth, at = 0, 0
    for token in TOKEN.findall(latex):
        if token in RELATIONS and depth == 0:
            return latex[:at].strip(), token, latex[at + len(token) :].strip()
        depth += (token in OPENS) - (token in CLOSES)
        at += len(token)
    return "", "", latex.strip()


def signs(latex: str) -> int:
    """About how many signs wide a formula is: a fraction as its longer part, an index half of what it reads."""
    text = re.sub(r"\\(left|right|operatorname|mathrm|mathcal|mathbf|text|displaystyle)\b|\\[,;! ]|~", "", latex)
    text = re.sub(r"\\(log|exp|tanh|max)\b", r"\1", text).replace(r"\frac", "÷")
    text = re.sub(r"\s", "", re.sub(r"\\[A-Za-z]+|\\.", "x", text))
    while (flat := GROUP.sub(flattened, text)) != text:
        text = flat
    return len(text)


def flattened(group: re.Match[str]) -> str:
    above, below, index, plain = group.groups()
    if above is not None:
        return max(above, below, key=len)
    return plain if index is None else index[: (len(index) + 1) // 2]


Link = Callable[[str], list[nodes.Node]]  # from the id of a statement to a link to it


def equalities(steps: Iterable[dict[str, Any]], link: Link) -> element:
    """Aligned at the relation; what repeats the line above is left out, and an expression alone equals that line."""
    rows: list[tuple[str, str, str, list[nodes.Node]]] = []
    above = None
    for step in steps:
        left, relation, right = sides(step["latex"])
        rows.append(
            ("" if left == above else left, relation or ("=" if rows else ""), right, words.reasons(step, link))
        )
        above = right
    width = max(signs(row[0]) for row in rows) + max(signs(row[2]) for row in rows)
    classes = {"wide": width > SIDE_BY_SIDE, "long": width > ON_A_TELEPHONE}
    lines = [html("li", *equality(*row)) for row in rows]
    return html("ol", *lines, classes=["equalities", *(name for name, holds in classes.items() if holds)])


def equality(left: str, relation: str, right: str, why: list[nodes.Node]) -> list[element]:
    return [
        html("span", display(f"{left} {relation} {{}}"), classes=["left"] if left else ["left", "relation"]),
        html("span", display(right), classes=["right"]),
        html("span", *why, classes=["why"]),
    ]


def display(latex: str) -> nodes.math:
    """Large as a displayed formula, and free to break at a relation where the column is narrow."""
    shown = words.worded(latex)
    return nodes.math(shown, rf"\displaystyle {shown}")


def proof(record: Record, link: Link) -> element:
    """Folded; the line that opens it says how long it took and whether numbers agree.

    The prover's own account is a fold inside, where a reader has lines to read.
    """
    parts = []
    if meanings := words.meanings(record.domain):
        parts.append(html("p", *prose(meanings), classes=["note"]))
    read = bool(record.steps) and record.kind == "claim"
    if read:
        parts.append(equalities(record.steps, link))
    checked = " ".join(filter(None, [words.method(record.method), audit(record)]))
    note = html("p", *prose(checked), classes=["note"])
    if record.explain:
        own = equalities(record.explain, link)
        lead = html("p", _("How the prover did it:"), classes=["lead"])
        parts.append(account(own, record) if read else when_opened(lead, own))
    parts.append(note)
    meta = html("span", summary(record), classes=["meta"])
    return html("details", html("summary", _("Proof"), " ", meta), *parts, classes=["fold"])


def account(lines: element, record: Record) -> element:
    """What the prover did from end to end, for those who want to see it."""
    how = html("p", *prose(words.method(record.whole)), classes=["note"])
    kept = when_opened(lines, how)
    return html("details", html("summary", _("The same, entry by entry")), kept, classes=["fold", "account"])


def when_opened(*content: nodes.Node) -> element:
    """What stands in a fold: a browser with scripts keeps it as one text, and `course.js` makes it when the fold is opened.

    The prover's own lines are a third of a long page, and few open them.
    """
    return html("noscript", *content)


def summary(record: Record) -> str:
    steps = words.steps(len(record.steps)) if record.kind == "claim" and len(record.steps) > 1 else ""
    return ", ".join(filter(None, [steps, words.duration(record.seconds), _("audited") if is_audited(record) else ""]))


def is_audited(record: Record) -> bool:
    return bool(record.audit and record.audit["points"])


def audit(record: Record) -> str:
    found = record.audit
    return words.audit(found["points"], found["error"]) if found and is_audited(record) else ""
