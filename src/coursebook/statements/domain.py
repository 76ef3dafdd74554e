"""The statements of the course: what its cells stated and proved, page by page."""

import json
from collections import defaultdict
from dataclasses import dataclass, field, fields
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment

from coursebook.html.elements import deferred, place

REFUTED = "refuted"
# From what stands by agreement to what is false; the ledger lists them in this order.
STATES = ("definition", "proved-all", "proved", "proved-sizes", "cited", "observed", REFUTED)


@dataclass(frozen=True)
class Record:
    """One statement, as a cell emitted it, and where."""

    docname: str
    source: str
    line: int = field(compare=False)  # it moves with every line of prose, and no page shows it
    id: str
    kind: str
    title: str
    state: str
    latex: str
    text: str = ""
    statement: dict[str, Any] | None = None
    domain: tuple[dict[str, Any], ...] = ()
    given: tuple[dict[str, Any], ...] = ()
    conditions: tuple[dict[str, Any], ...] = ()
    needs: tuple[dict[str, Any], ...] = ()
    key: str = ""
    steps: tuple[dict[str, Any], ...] = ()
    explain: tuple[dict[str, Any], ...] = ()
    method: tuple[dict[str, Any], ...] = ()
    whole: tuple[dict[str, Any], ...] = ()
    seconds: float = 0
    sizes: object = ""
    audit: dict[str, Any] | None = None
    words: str = ""
    source_of: str = ""
    observed: dict[str, Any] | None = None
    counterexample: dict[str, Any] | None = None

    @classmethod
    def read(cls, content: dict[str, Any] | str, **place: Any) -> "Record":
        """The record in a cell's output; keys that this version does not know are left out."""
        data = json.loads(content) if isinstance(content, str) else content
        data = {**data, "title": data.get("title") or ""}  # a check names what has none
        known = {each.name for each in fields(cls)} - place.keys()
        return cls(**place, **{key: value for key, value in data.items() if key in known and value is not None})

    @property
    def anchor(self) -> str:
        """Where the formula stands on its page; {eq} leads there."""
        return str(nodes.make_id(f"equation-{self.id}"))

    @property
    def place(self) -> str:
        return f"{self.source}:{self.line}"


OBJECTS = {"statement": ObjType("statement")}
NOTHING: dict[str, Any] = {
    "records": {},
    "references": {},
    "faults": {},
    "ledger": None,
    "check": None,
    "second": {},
}


class Statements(Domain):
    """All records; Sphinx keeps those of unchanged pages from build to build."""

    name = "statement"
    label = "statements"
    object_types = OBJECTS
    initial_data = NOTHING
    data_version = 5
    _known: dict[str, Record] | None = None
    _uses: dict[str, tuple[str, ...]] | None = None
    _users: dict[str, list[str]] | None = None

    def note(self, record: Record) -> None:
        self.look_again()
        self.data["records"].setdefault(record.docname, []).append(record)

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Which statements the page refers to, and from where; pages that show none have no entry."""
        equations = [(node, node["reftarget"]) for node in document.findall(pending_xref) if node["reftype"] == "eq"]
        shown = [(node, id) for node in document.findall(deferred) for id in node.get("uses", [node.get("id")])]
        if equations or shown:
            self.data["references"][docname] = [(name, place(node)) for node, name in equations + shown if name]

    def note_fault(self, docname: str, message: str) -> None:
        """Something that must not be built, found while the page was read."""
        self.data["faults"].setdefault(docname, []).append(message)

    def clear_doc(self, docname: str) -> None:
        self.look_again()
        self.data["records"].pop(docname, None)
        self.data["references"].pop(docname, None)
        self.data["faults"].pop(docname, None)
        for page in ("ledger", "check"):
            if self.data[page] == docname:
                self.data[page] = None

    def merge_domaindata(self, docnames: list[str], otherdata: dict[str, Any]) -> None:
        self.look_again()
        for kind in ("records", "references", "faults"):
            self.data[kind].update({doc: otherdata[kind][doc] for doc in docnames if doc in otherdata[kind]})
        for page in ("ledger", "check"):
            if otherdata[page] in docnames:
                self.data[page] = otherdata[page]

    def pages(self) -> dict[str, list[Record]]:
        """Pages that state something, in reading order, with their records."""
        found = self.data["records"]
        return {docname: found[docname] for docname in self.env.collect_relations() if docname in found}

    def all(self) -> list[Record]:
        return [record for records in self.pages().values() for record in records]

    def by_id(self) -> dict[str, Record]:
        """All records by their names; kept from link to link, since every page asks for many."""
        if self._known is None:
            self._known = {record.id: record for record in self.all()}
        return self._known

    def look_again(self) -> None:
        """Forget what `by_id` has kept: the records are others now, or the pages that they stand on."""
        self._known = self._uses = self._users = None

    def uses(self, record: Record) -> tuple[str, ...]:
        """Ids of what a statement rests on, as measured: what its lines name, and the definitions that they open."""
        if self._uses is None:
            self._uses = {each.id: self._found(each) for each in self.all()}
        return self._uses.get(record.id, ())

    def used_by(self, record: Record) -> tuple[str, ...]:
        """Ids of the statements that rest on it, in reading order."""
        if self._users is None:
            self._users = defaultdict(list)
            for each in self.all():
                for id in self.uses(each):
                    self._users[id].append(each.id)
        return tuple(self._users.get(record.id, ()))

    def _found(self, record: Record) -> tuple[str, ...]:
        """A definition that no page states is a letter for short, and one that two pages state is that of this page.

        What is stated again rests on the first statement of it, and not on itself.
        """
        here = self.data["records"][record.docname]
        others = [each for each in [*reversed(self.all()), *reversed(here)] if each.id != record.id]
        by_key = {each.key: each.id for each in [record, *others] if each.key}
        ids = [need.get("id") or by_key.get(need["key"]) for need in record.needs]
        return tuple(dict.fromkeys(filter(None, ids)))

    def rests_on_cited(self, record: Record) -> list[Record]:
        """The statements that are cited, and that a proof needs, through all that it rests on."""
        known, seen, todo = self.by_id(), {}, list(self.uses(record))
        while todo:
            id = todo.pop(0)
            if id not in seen and id in known:
                seen[id] = known[id]
                todo += self.uses(known[id])
        return [each for each in seen.values() if each.state == "cited"]

    def number(self, record: Record) -> str:
        """The number beside the formula, such as 1.5."""
        numbers = self.env.toc_fignumbers.get(record.docname, {}).get("displaymath", {})
        return ".".join(map(str, numbers.get(record.anchor, ())))

    def get_objects(self) -> list[tuple[str, str, str, str, str, int]]:
        """What other books may refer to."""
        return [(record.id, record.title, "statement", record.docname, record.anchor, 1) for record in self.all()]


def statements(env: BuildEnvironment) -> Statements:
    found = env.get_domain(Statements.name)
    assert isinstance(found, Statements)  # as `setup` has told Sphinx
    return found


def look_again(app: Sphinx, env: BuildEnvironment) -> None:
    """When all pages are read, it is known which of them the book has."""
    statements(env).look_again()


def outdated_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """A page shows titles, numbers and states of others: when one of them changes, it is written again."""
    domain = statements(env)
    shown = [(record.docname, domain.number(record), record) for record in domain.all()]
    before, vars(env)["statements_shown"] = vars(env).get("statements_shown"), shown
    if shown == before:
        return []
    return list(domain.data["references"])


def forget(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Clear all pages to be read before the first is: Sphinx clears each in its turn, with what has moved from it."""
    for docname in docnames:
        app.emit("env-purge-doc", env, docname)
        env.clear_doc(docname)


def setup(app: Sphinx) -> None:
    app.add_domain(Statements)
    app.connect("env-before-read-docs", forget, priority=100)
    app.connect("env-updated", look_again, priority=0)
    app.connect("env-get-updated", outdated_pages, priority=900)  # when the formulas have their numbers
