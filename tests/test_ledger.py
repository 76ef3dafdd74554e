import json
import re
from types import SimpleNamespace

import pytest
from small_site import build, cell, record, write_book

from coursebook.statements.ledger import slowest_proofs

KEYS = {"id", "title", "state", "method", "seconds", "sizes", "page", "label", "uses", "given", "audit"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    definition = record("a", kind="definition", state="definition", audit=None)
    return build(
        write_book(
            tmp_path_factory.mktemp("book"),
            ledger=["```{ledger-tally}\n```\n\n```{ledger-table}\n```"],
            one=[cell(definition)],
            two=[cell(record("c", uses=["b", "a"], given=["$x > 0$"]), record("b", state="cited"))],
        )
    )


def lines(site):
    html = (site / "ledger.html").read_text("utf8")
    return [re.sub(r"<[^>]+>", " ", row).split() for row in re.findall(r"<tr.*?</tr>", html, re.DOTALL)]


def test_json_has_every_statement_with_its_keys_in_the_order_of_the_book(site):
    ledger = json.loads((site / "ledger.json").read_text("utf8"))
    assert [entry["id"] for entry in ledger] == ["a", "c", "b"]
    assert all(set(entry) == KEYS for entry in ledger)
    assert [entry["state"] for entry in ledger] == ["definition", "proved-all", "cited"]


def test_json_keeps_what_the_cell_measured(site):
    claim = json.loads((site / "ledger.json").read_text("utf8"))[1]
    assert (claim["method"], claim["seconds"], claim["sizes"]) == ("normal form", 0.25, "all")
    assert claim["uses"] == ["b", "a"] and claim["given"] == ["$x > 0$"]
    assert claim["audit"] == {"points": 3, "error": 2e-41}


def test_page_and_label_of_json_are_where_the_formula_stands(site):
    for entry in json.loads((site / "ledger.json").read_text("utf8")):
        assert f'id="{entry["label"]}"' in (site / entry["page"]).read_text("utf8")


def test_the_table_lists_statements_under_their_pages(site):
    assert lines(site)[1:] == [
        ["Page", "one"],
        ["2.1", "Title", "of", "a", "definition"],
        ["Page", "two"],
        ["3.1", "Title", "of", "c", "proved", "for", "all", "sizes", "3.2", "2.1", "250", "ms"],
        ["3.2", "Title", "of", "b", "cited,", "not", "proved", "here"],
    ]


def test_the_tally_counts_each_state_and_leads_to_its_lines(site):
    html = (site / "ledger.html").read_text("utf8")
    assert "<strong>3</strong> statements" in html
    for state in ("definition", "proved-all", "cited"):
        assert re.search(rf'href="(ledger\.html)?#{state}"[^>]*><strong>1</strong>', html)
    assert "observed" not in re.search(r'<ul class="tally.*?</ul>', html, re.DOTALL)[0]


def test_the_build_ends_with_the_slowest_proofs_and_their_sum():
    seconds = {"a": ("proved-all", 0.25), "b": ("definition", 9.0), "c": ("proved", 1.5)}
    records = [SimpleNamespace(id=name, state=state, seconds=time) for name, (state, time) in seconds.items()]
    title, *rows = slowest_proofs(records).splitlines()
    assert "all 2: 1.8 s" in title
    assert [row.split()[0] for row in rows] == ["c", "a"]
