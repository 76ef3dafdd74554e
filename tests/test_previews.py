import json
import re

import pytest
from small_site import PARTS, build, cell, record, write_book

SETTINGS = {"extensions": ["myst_nb", *(f"coursebook.{part}" for part in (*PARTS, "site.previews"))]}
TERMS = "```{glossary}\nepoch\n  One pass over all samples, by {eq}`a`.\n```"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    statements = [cell(record("a"), record("b", uses=["a"], steps=[{"latex": "y = 1"}, {"latex": "= 2"}]))]
    pages = {"one": statements, "two": ["See {eq}`a` and {term}`epoch`.", TERMS]}
    return build(write_book(tmp_path_factory.mktemp("book"), **pages), **SETTINGS)


def boxes(site, page):
    """What the script of a page offers, by place."""
    script = (site / f"_static/previews/{page}.js").read_text("utf8")
    assert script.startswith(f'previews["{page}"] = ')
    return json.loads(script.partition(" = ")[2].rstrip(";\n"))


def test_each_statement_of_a_page_can_be_shown_where_it_is_referred_to(site):
    found = boxes(site, "one.html")
    assert set(found) == {"equation-a", "equation-b"}
    assert "Title of a" in found["equation-a"] and "Proved for all sizes" in found["equation-a"]
    assert "(1.1)" in found["equation-a"] and 'class="katex' in found["equation-a"]


def test_every_reference_to_a_statement_or_term_has_its_preview(site):
    for page in site.glob("*.html"):
        for target, place in re.findall(r'href="([^"#]*)#((?:equation|term)-[^"]+)"', page.read_text("utf8")):
            assert place in boxes(site, target or page.name)


def test_a_preview_has_nothing_to_follow_to_open_or_to_find(site):
    shown = "".join((site / "_static/previews" / f"{page}.html.js").read_text("utf8") for page in ("one", "two"))
    assert not re.search(r"<a |<details|<summary|<button| id=|headerlink", shown)
    assert "Rests on" in shown and "Title of a" in shown


def test_a_term_is_shown_with_its_meaning(site):
    assert "One pass over all samples" in boxes(site, "two.html")["term-epoch"]


def test_no_page_loads_previews_before_they_are_wanted(site):
    assert "previews.js" in (site / "one.html").read_text("utf8")
    assert not any("_static/previews/" in page.read_text("utf8") for page in site.glob("*.html"))


def test_every_page_has_its_script_even_if_it_offers_nothing(site):
    assert boxes(site, "index.html") == {}
