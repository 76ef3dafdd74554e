"""What the second prover, in JavaScript, says of each statement: it reads them as data and shares no code with `claims`.

Its verdicts are kept from build to build, under the text of its own files and under what it was asked.
"""

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from coursebook.html.node import ask
from coursebook.places import CHECKER
from coursebook.statements.domain import REFUTED, Record, Statements

PROVED = "proved"
OPEN = "undecided"


def verdict(domain: Statements, record: Record) -> dict[str, Any] | None:
    """Its verdict, as data, on what is called proved or refuted; None for all else, and for what is not written as data."""
    if not (record.state.startswith(PROVED) or record.state == REFUTED) or record.statement is None:
        return None
    found: dict[str, Any] = asked(domain, "judge", statement=json.dumps(record.statement))
    return found


def asked(domain: Statements, what: str, **question: str) -> Any:
    """What it answers; kept, for another build asks most of it again."""
    kept = domain.data["second"]
    if itself() not in kept:  # those of another prover are of no use
        kept.clear()
    key = hashlib.sha256(json.dumps([what, question]).encode()).hexdigest()
    answers = kept.setdefault(itself(), {})
    if key not in answers:
        answers[key] = ask(what, **question)
    return answers[key]


def disagreements(domain: Statements) -> Iterator[str]:
    """What one prover proves and the other refutes, or the other cannot read, with the account of the other."""
    for record in domain.all():
        found, agreed = verdict(domain, record), REFUTED if record.state == REFUTED else PROVED
        if found and found["verdict"] not in (agreed, OPEN):
            account = json.dumps(found.get("counterexample") or found.get("reason"), ensure_ascii=False)
            yield (
                f"{record.place}: {record.id} is {record.state} by claims, with the method "
                f"{json.dumps(record.method)}, and {found['verdict']} by the second prover: {account}"
            )


@cache
def itself() -> str:
    """What the second prover consists of, in short."""
    texts = [path.read_bytes() for path in sorted(CHECKER.rglob("*.mjs"))]
    return hashlib.sha256(b"".join(texts)).hexdigest()
