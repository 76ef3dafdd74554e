"""What a notebook cell shows of a statement: a record that the book renders, and text for everywhere else.

A record holds data: formulas, codes, lists with their kinds.  No word of it is for a reader, so that a page may be in any
language; what an author wrote, a title or a reason, is as it was written.
"""

from __future__ import annotations

import re
import sys

import sympy as sp

from claims.budget import guarded
from claims.data import Line, Stated, write
from claims.language import Nonnegative

from . import scope, terminal
from .cache import remembered
from .explanation import explained
from .printed import LONGEST, SECONDS, latex, latex_if_any, text

MIME = "application/vnd.claim+json"
BY = re.compile(r"(induction|differentiation) (?:over|by) (\w+)")


def emit(statement) -> None:
    """Show the record of a statement, made only if a notebook is listening."""
    shell = sys.modules.get("IPython") and sys.modules["IPython"].get_ipython()
    if shell:
        from IPython.display import display

        display(bundle(statement.record()), raw=True)


def bundle(record: dict) -> dict:
    """The record for the book, and the same as Markdown and as text for any other notebook."""
    return {
        MIME: record,
        "text/markdown": terminal.markdown(record),
        "text/plain": f"{terminal.heading(record)}: {record['text']}",
    }


# ---------------------------------------------------------------- what was stated
def stated_claim(proof) -> Stated:
    """What a proof proves."""
    steps = tuple(Line(*_sides(step), "" if step.rhs is None else step.why) for step in proof.steps)
    return Stated(*_sides(proof), proof.given, steps, proof.conditions)


def _sides(proved) -> tuple:
    if isinstance(proved.lhs, Nonnegative):
        return "nonnegative", proved.lhs.expr, None
    return "equation", proved.lhs, proved.rhs


def written(stated: Stated) -> dict | None:
    """The statement as data; None where it has a word that data does not have."""
    return guarded(lambda: write(stated), None, SECONDS)


# ---------------------------------------------------------------- records
def definition_record(definition) -> dict:
    return {
        **_common(definition, "definition", sp.Eq(definition.symbol, definition.expr, evaluate=False)),
        "domain": scope.domain([definition.expr]),
        "given": [],
        "conditions": [],
        "steps": [],
        "explain": [],
    }


def proof_record(proof) -> dict:
    """The record of a proof.

    Raises:  nothing; what cannot be printed in reasonable time and length is left out of `explain`
    """
    sides = [e for e in (proof.lhs, proof.rhs) if e is not None]
    return {
        **_common(proof, "claim", _shown(proof)),
        "domain": scope.domain(sides, proof.given),
        "given": scope.hypotheses(proof.given),
        "conditions": scope.conditions(proof.conditions),
        "steps": [_step(step) for step in proof.steps],
        "explain": guarded(lambda: _explanation(proof, sides), [], SECONDS),
    }


def _common(statement, kind, shown) -> dict:
    return {
        "id": statement.id,
        "kind": kind,
        "title": statement.title,
        "state": statement.state,
        "latex": latex(shown),
        "text": text(shown),
        "statement": written(statement.stated),
        "uses": list(statement.uses),
        "method": methods(statement.method),
        "seconds": round(statement.seconds, 3),
        "sizes": "all" if statement.state == "proved-all" else "",
        "audit": {"points": statement.audit.points, "error": statement.audit.error},
    }


def _shown(proved):
    return proved.lhs if proved.rhs is None else sp.Eq(proved.lhs, proved.rhs, evaluate=False)


def _step(step) -> dict:
    """A line with its author's reason, or with ours as data where there is none to give."""
    reason = {"reason": {"code": "never-negative"}} if step.rhs is None else {"why": step.why}
    return {"latex": latex(_shown(step)), **reason, "method": methods(step.method), "seconds": round(step.seconds, 3)}


def _explanation(proof, sides) -> list[dict]:
    """The lines that can be written, and are short enough for a page."""
    known = [*sides, *proof.given]
    lines = remembered("explanation", known, lambda: [(latex_if_any(e), reason) for e, reason in explained(proof)])
    return [{"latex": line, "reason": reason} for line, reason in lines if 0 < len(line) <= LONGEST]


def methods(method: str) -> list[dict]:
    """How it is known, as codes: each what a method calls itself, with the variable that it goes by."""
    return [_method(name) for name in method.split("; ")]


def _method(name: str) -> dict:
    if by := BY.fullmatch(name):
        return {"code": by[1], "by": by[2]}
    return {"code": re.sub(r"\W+", "-", name)}
