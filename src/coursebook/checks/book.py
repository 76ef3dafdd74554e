"""What shows only when all pages are known: statements that are not proved, or that rest on each other or on nothing.

The build stops with all faults, before Sphinx keeps what it read, so the next one finds the same again.
"""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from coursebook.checks.docstrings import unknown_claims
from coursebook.statements.domain import REFUTED, Record, Statements, statements
from coursebook.statements.second import disagreements

PROVED = {"proved-all", "proved", "proved-sizes"}
FITS = {"definition": {"definition"}, "claim": PROVED | {"cited", "observed", REFUTED}, "derivation": PROVED}


class Faults(SystemExit):
    """All that must be mended before the book is built; as an exit, for Jupyter Book adds a traceback to an error."""


def check_book(app: Sphinx, env: BuildEnvironment) -> None:
    """The faults that pages noted, and those of all of them together.

    Raises:  Faults, all of them at once
    """
    domain = statements(env)
    pages = [message for messages in domain.data["faults"].values() for message in messages]
    found = [*pages, *faults(domain), *unknown_claims(Path(app.srcdir, "src/neurone"), set(domain.by_id()))]
    if found:
        lines = [message.replace(f"{app.srcdir}/", "") for message in found]
        raise Faults("\n".join([f"\nTo be mended before the book is built: {len(lines)}", *lines]))


def faults(domain: Statements) -> Iterator[str]:
    records, known = domain.all(), set(domain.by_id())
    yield from twice(records)
    yield from unproved(records)
    yield from untitled(records)
    yield from later(records, domain)
    for record in records:
        for use in set(domain.uses(record)) - known:
            yield f"{record.place}: {record.id} rests on {use}, which no chapter states"
        for need in record.needs:
            if need.get("key", "").startswith("theorem:") and need["key"] not in {each.key for each in records}:
                yield f"{record.place}: {record.id} rests on the {need['key'].replace(':', ' ')}, which no chapter cites"
    yield from cycles(records, domain)
    yield from disagreements(domain)
    equations = set(domain.env.domaindata["math"]["objects"])
    for references in domain.data["references"].values():
        for name, where in references:
            if name not in known | equations:
                yield f"{where}: {name} is stated in no chapter"


def twice(records: list[Record]) -> Iterator[str]:
    first: dict[str, Record] = {}
    for record in records:
        if record.id in first:
            yield f"{record.place}: {record.id} is already stated at {first[record.id].place}"
        first.setdefault(record.id, record)


def unproved(records: list[Record]) -> Iterator[str]:
    for record in records:
        if record.state not in FITS.get(record.kind, set()):
            yield f"{record.place}: {record.id}, a {record.kind}, is not proved: its state is {record.state!r}"


def untitled(records: list[Record]) -> Iterator[str]:
    for record in records:
        if not record.title.strip():
            yield f'{record.place}: {record.id} has no title; say in a few words what it states, by title="..."'


def later(records: list[Record], domain: Statements) -> Iterator[str]:
    """Statements whose lines name one of a page that a reader has not read by then."""
    order = {docname: number for number, docname in enumerate(domain.pages())}
    known = domain.by_id()
    for record in records:
        for use in filter(None, (known.get(need.get("id", "")) for need in record.needs)):
            if order[use.docname] > order[record.docname]:
                yield f"{record.place}: {record.id} rests on {use.id}, stated later, at {use.place}; state that before"


def cycles(records: list[Record], domain: Statements) -> Iterator[str]:
    places = {record.id: record.place for record in records}
    try:
        TopologicalSorter({record.id: domain.uses(record) for record in records}).prepare()
    except CycleError as error:
        circle = error.args[1]
        yield f"{places[circle[0]]}: statements rest on each other: {' <- '.join(circle)}"


def setup(app: Sphinx) -> None:
    app.connect("env-updated", check_book)
