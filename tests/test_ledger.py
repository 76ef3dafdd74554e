import json
import re
from types import SimpleNamespace

import pytest
from small_site import METHOD, build, cell, record, write_book

from coursebook.statements import second, words
from coursebook.statements.ledger import slowest_proofs

KEYS = {
    "id",
    "title",
    "state",
    "method",
    "seconds",
    "sizes",
    "page",
    "label",
    "uses",
    "resting_on_cited",
    "second",
    "given",
    "audit",
}
SAID = {"domain", "conditions", "statement"}
X = {"kind": "scalar", "latex": "x", "set": "R", "sign": ">"}
GIVEN = {"kind": "given", "latex": "x = y"}
WHERE = {"kind": "condition", "latex": "x < 1", "indices": []}
EMPTY = {"given": [], "steps": [], "conditions": [], "symbols": {}, "matrices": {}, "functions": {}, "names": {}}
TREE = {"version": 2, "kind": "equation", "left": 2, "right": 2, **EMPTY}
FALSE = {**TREE, "right": 3}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    definition = record("a", kind="definition", state="definition", audit=None)
    return build(
        write_book(
            tmp_path_factory.mktemp("book"),
            ledger=["```{ledger-tally}\n```\n\n```{ledger-table}\n```"],
            one=[cell(definition)],
            two=[
                cell(
                    record("c", uses=["b", "a"], domain=[X], given=[GIVEN], conditions=[WHERE], statement=TREE),
                    record("b", state="cited"),
                )
            ],
        )
    )


def lines(site):
    html = re.sub(r"<small>.*?</small>", "", (site / "ledger.html").read_text("utf8"), flags=re.DOTALL)
    return [re.sub(r"<[^>]+>", " ", row).split() for row in re.findall(r"<tr.*?</tr>", html, re.DOTALL)]


def test_json_has_every_statement_with_its_keys_in_the_order_of_the_book(site):
    ledger = json.loads((site / "ledger.json").read_text("utf8"))
    assert [entry["id"] for entry in ledger] == ["a", "c", "b"]
    assert all(set(entry) == KEYS | SAID for entry in ledger)
    assert [entry["state"] for entry in ledger] == ["definition", "proved-all", "cited"]


def test_json_keeps_what_the_cell_measured(site):
    claim = json.loads((site / "ledger.json").read_text("utf8"))[1]
    assert (claim["method"], claim["seconds"], claim["sizes"]) == (METHOD, 0.25, "all")
    assert claim["uses"] == ["b", "a"]
    assert claim["audit"] == {"points": 3, "error": 2e-41}


def test_json_carries_the_statement_and_for_what_it_is_meant(site):
    definition, claim, _ = json.loads((site / "ledger.json").read_text("utf8"))
    assert claim["domain"] == [X] and claim["given"] == [GIVEN] and claim["conditions"] == [WHERE]
    assert claim["statement"] == TREE and definition["statement"] is None


def test_the_schema_of_a_statement_stands_beside_the_ledger(site):
    schema = json.loads((site / "statement.schema.json").read_text("utf8"))
    assert schema["properties"]["version"] == {"const": TREE["version"]}


def test_json_has_one_statement_a_line(site):
    first, *lines, last = (site / "ledger.json").read_text("utf8").splitlines()
    assert (first, last) == ("[", "]")
    assert [json.loads(line.rstrip(","))["id"] for line in lines] == ["a", "c", "b"]


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


def test_the_table_says_where_a_statement_holds_if_not_everywhere(site):
    html = (site / "ledger.html").read_text("utf8")
    (where,) = re.findall(r"<small>[^<]*It holds.*?</small>", html, re.DOTALL)
    assert where.startswith("<small>It holds where ") and "x &lt; 1</annotation>" in where


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


def test_what_a_second_prover_proves_is_told_as_proved_twice(site):
    claim = json.loads((site / "ledger.json").read_text("utf8"))[1]
    assert claim["second"]["verdict"] == "proved"
    page = (site / "ledger.html").read_text("utf8")
    assert "proved twice" in page
    assert "1 of the 1 statements that are proved is proved twice" in page


def test_what_claims_nothing_has_no_second_verdict(site):
    definition, _, cited = json.loads((site / "ledger.json").read_text("utf8"))
    assert definition["second"] is None and cited["second"] is None


@pytest.mark.parametrize("statement, told", [(FALSE, "refuted"), ({**TREE, "left": {"op": "no such"}}, "unreadable")])
def test_a_book_whose_provers_disagree_is_not_built(tmp_path, statement, told):
    with pytest.raises(SystemExit, match=rf"c is proved-all by claims, .* and {told} by the second prover: \{{"):
        build(write_book(tmp_path, one=[cell(record("c", statement=statement))]))


def test_a_verdict_is_asked_for_once(site, monkeypatch):
    asked = []
    monkeypatch.setattr(second, "ask", lambda what, **request: asked.append(what) or {"verdict": "proved"})
    domain = SimpleNamespace(data={"second": {}})
    proved = SimpleNamespace(state="proved-all", statement=TREE)
    assert second.verdict(domain, proved) == second.verdict(domain, proved) == {"verdict": "proved"}
    monkeypatch.setattr(second, "itself", lambda: "another prover")
    second.verdict(domain, proved)
    assert asked == ["judge", "judge"]


def test_why_a_statement_is_proved_once_is_told_in_words():
    assert words.second({"verdict": "undecided", "reason": {"code": "kind"}}).endswith("no induction over layers")
    assert words.second({"verdict": "undecided", "reason": {"code": "new"}}).endswith("finds no proof")
