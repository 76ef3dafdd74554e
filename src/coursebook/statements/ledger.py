"""The ledger: every statement with its state, as a page (`{ledger-tally}`, `{ledger-table}`) and as `ledger.json`."""

import json
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from coursebook.html.elements import deferred, element, html, prose
from coursebook.statements import words
from coursebook.statements.boxes import link
from coursebook.statements.domain import REFUTED, STATES, Record, Statements, statements
from coursebook.statements.second import PROVED, verdict
from coursebook.statements.words import _, ngettext
from coursebook.timings import slowest
from coursebook.written import after_pages

JSON = "ledger.json"
SCHEMA = "statement.schema.json"
BUDGET = 60  # seconds of CPU for all proofs of the book

logger = logging.getLogger(__name__)


class Tally(SphinxDirective):
    """How many statements there are in each state."""

    def run(self) -> list[nodes.Node]:
        return [deferred("", make=tally)]


class Table(SphinxDirective):
    """All statements; badges lead to its lines."""

    def run(self) -> list[nodes.Node]:
        statements(self.env).data["ledger"] = self.env.docname
        return [deferred("", make=table)]


def tally(app: Sphinx, docname: str, node: deferred) -> list[element]:
    counts = Counter(record.state for record in statements(app.env).all())
    items = [html("li", *count(app, docname, state, counts[state])) for state in STATES if counts[state]]
    total = counts.total()
    said = ngettext("{number} statement, with its state:", "{number} statements, each with its state:", total)
    head = html("p", *words.filled(said, number=[html("strong", str(total))]), classes=["tally-head"])
    return [head, html("ul", *items, classes=["tally"]), *again(statements(app.env))]


def again(domain: Statements) -> list[element]:
    """How many of the proved statements a second prover proves, too."""
    proved = [record for record in domain.all() if record.state.startswith(PROVED)]
    found = [each["verdict"] for record in proved if (each := verdict(domain, record))]
    return [html("p", words.proved_again(found.count(PROVED), len(found)))] if found else []


def count(app: Sphinx, docname: str, state: str, number: int) -> list[nodes.Node | str]:
    label = html("span", words.state(state, number), classes=["state", state])
    shown: list[nodes.Node | str] = [html("strong", str(number)), " ", label]
    ledger = statements(app.env).data["ledger"]
    if ledger is None:
        return shown
    return [html("a", *shown, href=f"{app.builder.get_relative_uri(docname, ledger)}#{state}")]


def table(app: Sphinx, docname: str, node: deferred) -> list[element]:
    titles = [_("No."), _("Statement"), _("State"), _("Rests on"), _("Time")]
    head = html("thead", html("tr", *[html("th", title, scope="col") for title in titles]))
    pages = statements(app.env).pages()
    first = {record.state: record for record in reversed(statements(app.env).all())}
    bodies = [body(app, docname, page, records, first) for page, records in pages.items()]
    programs = html("a", JSON, href=relative_uri(app.builder.get_target_uri(docname), JSON))
    return [
        search_form(pages),
        html("div", html("table", head, *bodies, classes=["ledger"]), classes=["ledger-box"]),
        html("p", *words.filled(_("For programs: {file}."), file=[programs]), classes=["note"]),
    ]


def body(app: Sphinx, docname: str, page: str, records: list[Record], first: dict[str, Record]) -> element:
    """The statements of one page under its title."""
    title = html("a", app.env.titles[page].astext(), href=app.builder.get_relative_uri(docname, page))
    heading = html("tr", html("th", title, colspan="5", scope="rowgroup"), classes=["page"])
    return html("tbody", heading, *[row(app, docname, record, first) for record in records])


def row(app: Sphinx, docname: str, record: Record, first: dict[str, Record]) -> element:
    """A statement; links to a state lead to the first one in it, where no script chooses them all."""
    domain = statements(app.env)
    known = domain.by_id()
    uses = [
        part
        for i in domain.uses(record)
        for part in (nodes.Text(" "), link(app, docname, known[i], domain.number(known[i]) or known[i].title))
    ]
    place = record.state if first[record.state] is record else ""
    state = html("span", words.state(record.state), classes=["state", record.state], id=place)
    time = words.duration(record.seconds) if record.state.startswith("proved") else ""
    return html(
        "tr",
        html("td", link(app, docname, record, domain.number(record) or "\N{EN DASH}")),
        html("th", *prose(record.title), *where(record), scope="row"),
        html("td", state, *second(verdict(domain, record), record.state == REFUTED)),
        html("td", *uses[1:]),
        html("td", time, **({"title": words.methods(record.method)} if record.method else {})),
        id=nodes.make_id(record.id),
        data_state=record.state,
    )


def second(found: dict[str, Any] | None, refuted: bool) -> list[element]:
    """Under the state of what is proved or refuted, whether it is so twice."""
    return [nodes.Text(" "), html("small", *prose(words.second(found, refuted)))] if found else []


def where(record: Record) -> list[element]:
    """Under the title, where the statement holds if not everywhere."""
    sentences = list(words.conditions(record.conditions, record.kind == "definition"))
    return [nodes.Text(" "), html("small", *prose(" ".join(sentences)))] if sentences else []


def search_form(pages: dict[str, list[Record]]) -> element:
    """Shown where the page's script serves it."""
    records = [record for page in pages.values() for record in page]
    used = [state for state in STATES if any(record.state == state for record in records)]
    states = [html("option", _("all states"), value="")] + [html("option", words.state(s), value=s) for s in used]
    number, message = len(records), _("{shown} of {number} statements")
    return html(
        "form",
        html("label", *words.filled(_("Find {field}"), field=[html("input", type="search", name="text")])),
        html("label", *words.filled(_("State {field}"), field=[html("select", *states, name="state")])),
        html(
            "label", *words.filled(_("{field} with formulas"), field=[html("input", type="checkbox", name="formulas")])
        ),
        html("output", message.format(shown=number, number=number), data_message=message),
        classes=["ledger-filter", "pst-js-only"],
        role="search",
        aria_label=_("Statements"),
    )


def rows(app: Sphinx, domain: Statements) -> list[dict[str, Any]]:
    """The ledger for programs: a statement stands at `page`#`label` of the site."""
    known = ("id", "title", "state", "method", "seconds", "sizes", "audit")
    said = ("domain", "given", "conditions", "statement")
    return [
        {
            **{key: getattr(record, key) for key in known},
            "second": verdict(domain, record),
            "uses": list(domain.uses(record)),
            "resting_on_cited": [cited.id for cited in domain.rests_on_cited(record)],
            "page": app.builder.get_target_uri(record.docname),
            "label": record.anchor,
            **{key: getattr(record, key) for key in said},
        }
        for record in domain.all()
    ]


def write_json(app: Sphinx) -> None:
    """One statement a line; beside it the schema of what it holds of each."""
    lines = [json.dumps(row, separators=(",", ":"), ensure_ascii=False) for row in rows(app, statements(app.env))]
    Path(app.outdir, JSON).write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf8")
    Path(app.outdir, SCHEMA).write_text(files("claims").joinpath("data", SCHEMA).read_text("utf8"), encoding="utf8")


def slowest_proofs(records: list[Record]) -> str:
    """Which proofs took longest, and all of them against their budget."""
    proved = [record for record in records if record.state.startswith("proved")]
    total = sum(record.seconds for record in proved)
    title = f"Proofs that took longest; all {len(proved)}: {total:.1f} s of CPU, budget {BUDGET} s:"
    return slowest(title, [(record.id, record.seconds, record.state) for record in proved])


def report(app: Sphinx, error: Exception | None) -> None:
    """End a build with what its proofs took."""
    if error is None:
        logger.info(slowest_proofs(statements(app.env).all()))


def setup(app: Sphinx) -> None:
    app.add_directive("ledger-tally", Tally)
    app.add_directive("ledger-table", Table)
    after_pages(app, write_json)
    app.connect("build-finished", report)
