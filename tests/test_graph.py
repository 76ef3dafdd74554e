import re

import pytest
from small_site import build, cell, record, write_book

from coursebook.statements.domain import REFUTED, STATES
from coursebook.statements.graph import AT_ONCE, PAGE

DRAWN = [state for state in STATES if state != REFUTED]


def drawings(root, **pages):
    html = (build(write_book(root, **pages, ledger=["```{ledger-graph}\n```"])) / "ledger.html").read_text("utf8")
    return re.findall(r'<div class="graph".*?</svg>\s*</div>', html, re.DOTALL)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    kinds = {"definition": "definition"}
    records = [
        record(s, state=s, kind=kinds.get(s, "claim"), uses=["definition"] * (s != "definition")) for s in STATES
    ]
    (drawing,) = drawings(tmp_path_factory.mktemp("small"), one=[cell(*records)])
    return drawing


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    first = [record(f"a{i}", uses=[f"a{i - 1}"] if i else []) for i in range(AT_ONCE)]
    second = [record("b", uses=["a3"])]
    return drawings(tmp_path_factory.mktemp("large"), one=[cell(*first)], two=[cell(*second)])


def test_every_statement_that_is_not_refuted_is_a_link_to_its_formula(small):
    assert {f"one.html#equation-{state}" for state in DRAWN} == set(re.findall(r'<a href="([^"]*)"', small))


def test_an_arrow_runs_from_what_is_used_to_what_uses_it(small):
    assert small.count('class="edge"') == len(DRAWN) - 1


def test_states_are_told_apart_by_class_and_by_sign(small):
    assert {re.search(rf'class="node {state}[ "]', small) is not None for state in DRAWN} == {True}
    signs = re.findall(r'class="node[^"]*">.*?<text[^>]*>(.*?)</text>', small, re.DOTALL)
    assert len(set(signs)) == len(DRAWN)


def test_a_link_says_title_and_state(small):
    assert 'aria-label="Title of cited: cited, not proved here"' in small


def test_the_name_of_a_link_begins_with_what_is_seen(large, tmp_path):
    assert re.search(r'aria-label="Title of a3 \(1\.4\): proved', large[-1])
    (formula,) = drawings(tmp_path, one=[cell(record("a", title="Sums of $n$"))])
    assert 'aria-label="Sums of n: ' in formula


def test_colours_are_left_to_the_style_sheet(small):
    assert not re.search(r' (fill|stroke)="', small)


def test_many_statements_are_drawn_page_by_page_under_an_overview(large):
    overview, one, _ = large
    assert overview.count('class="node') == 2 and overview.count('class="edge"') == 1
    assert '<a href="#graph-book-one"' in overview
    assert one.count('class="node') == AT_ONCE


def test_what_a_page_uses_of_others_is_drawn_faint_with_its_number(large):
    *_, two = large
    assert two.count('class="node') == 2 and two.count("faint") == 1 and "(1.4)" in two


def test_what_does_not_hang_together_is_drawn_side_by_side(tmp_path):
    records = [record("a"), record("b"), record("c", uses=["b"]), record("d", uses=["b"])]
    (drawing,) = drawings(tmp_path, one=[cell(*records)])
    assert [part.count('class="node') for part in drawing.split("<svg")[1:]] == [3, 1]


def test_titles_cannot_break_the_drawing(tmp_path):
    (drawing,) = drawings(tmp_path, one=[cell(record("a", title='A < "b" & \\c'))])
    assert "&lt;" in drawing and "&amp;" in drawing


def test_what_would_be_wider_than_the_page_is_drawn_from_left_to_right(tmp_path):
    records = [record("a"), *[record(f"b{i}", uses=["a"]) for i in range(12)]]
    (drawing,) = drawings(tmp_path, one=[cell(*records)])
    assert float(re.search(r'width="([\d.]+)"', drawing)[1]) < PAGE
