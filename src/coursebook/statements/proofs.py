"""A proof on the page: equalities one under the other, each with its reason, and how the prover checked them."""

import math
import re

from docutils import nodes

from coursebook.html.elements import element, html, prose
from coursebook.statements.domain import Record

TOKEN = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)
OPENS = {"{", "(", "[", r"\left", r"\begin", r"\{"}
CLOSES = {"}", ")", "]", r"\right", r"\end", r"\}"}
RELATIONS = {"=", "<", ">", r"\le", r"\leq", r"\ge", r"\geq", r"\approx", r"\equiv", r"\iff", r"\implies"}
GROUP = re.compile(r"÷\{([^{}]*)\}\{([^{}]*)\}|[_^]\{([^{}]*)\}|(?<![÷}])\{([^{}]*)\}")
SIDE_BY_SIDE = 40  # signs of a formula that leave room for a reason beside it, in a column of text
BESIDE_NAME = 30  # and for the name of a definition


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


def flattened(group: re.Match) -> str:
    above, below, index, plain = group.groups()
    if above is not None:
        return max(above, below, key=len)
    return plain if index is None else index[: (len(index) + 1) // 2]


def equalities(steps: tuple[dict, ...]) -> element:
    """Aligned at the relation; what repeats the line above is left out, and an expression alone equals that line."""
    rows, above = [], None
    for step in steps:
        left, relation, right = sides(step["latex"])
        rows.append(("" if left == above else left, relation or ("=" if rows else ""), right, step.get("why", "")))
        above = right
    width = max(signs(row[0]) for row in rows) + max(signs(row[2]) for row in rows)
    classes = ["equalities", "wide"] if width > SIDE_BY_SIDE else ["equalities"]
    return html("ol", *[html("li", *equality(*row)) for row in rows], classes=classes)


def equality(left: str, relation: str, right: str, why: str) -> list[element]:
    return [
        html("span", display(f"{left} {relation} {{}}"), classes=["left"]),
        html("span", display(right), classes=["right"]),
        html("span", *prose(why), classes=["why"]),
    ]


def display(latex: str) -> nodes.math:
    """Large as a displayed formula, and free to break at a relation where the column is narrow."""
    return nodes.math(latex, rf"\displaystyle {latex}")


def is_meaning(line: str) -> bool:
    """Whether the line says what a letter stands for; the box leaves that to its proof."""
    return line.startswith("where $")


def sentence(lines: list[str]) -> list[nodes.Node]:
    text = "; ".join(lines)
    return prose(text[:1].upper() + text[1:] + ".")


def proof(record: Record) -> element:
    """Folded; the line that opens it says how long it took and whether numbers agree."""
    parts = []
    if meanings := [line for line in record.given if is_meaning(line)]:
        parts.append(
            html("p", "Here ", *sentence([line.removeprefix("where ") for line in meanings]), classes=["note"])
        )
    if record.steps and record.kind == "claim":
        parts.append(equalities(record.steps))
    if record.explain:
        parts += [html("p", "How the prover did it:", classes=["lead"]), equalities(record.explain)]
    how = f"Method: {record.method}." if record.method else ""
    parts.append(html("p", *prose(" ".join(filter(None, [how, audit(record)]))), classes=["note"]))
    meta = html("span", summary(record), classes=["meta"])
    return html("details", html("summary", "Proof ", meta), *parts, classes=["fold"])


def summary(record: Record) -> str:
    steps = f"{len(record.steps)} steps" if record.kind == "claim" and len(record.steps) > 1 else ""
    return ", ".join(filter(None, [steps, duration(record.seconds), "audited" if is_audited(record) else ""]))


def duration(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{max(1, round(seconds * 1e3))} ms"


def is_audited(record: Record) -> bool:
    return bool(record.audit and record.audit["points"])


def audit(record: Record) -> str:
    if not is_audited(record):
        return ""
    points, error = record.audit["points"], record.audit["error"]
    where = "at a random point" if points == 1 else f"at {points} random points"
    return f"Audited {where} by 50-digit arithmetic that shares no code with the prover: {agreement(error)}."


def agreement(error: float) -> str:
    if not error:
        return "both sides agree to the last digit"
    return f"both sides agree within $10^{{{math.ceil(math.log10(error))}}}$"
