"""Which edition a page says it is, and how it is cited."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from small_site import PARTS, build, cell, record, write_book
from test_page import WITH_THEME

from coursebook.places import REPOSITORY

OF_SITE = ("html.page", "site.meta", "site.launch", "site.edition")
THEMED = {
    **WITH_THEME,
    "extensions": ["myst_nb", "sphinx_book_theme", *(f"coursebook.{part}" for part in (*PARTS, *OF_SITE))],
    "author": "Its authors",
}
KNOWN = {"html_baseurl": "https://example.org/course/"}
HOUSE = "https://github.com/owner/name"
CITATION = """title: A course
version: 1.2.0
date-released: 2026-03-04
authors:
  - name: Its authors
  - given-names: Ada
    family-names: Lovelace
"""


def book(folder, citation=CITATION):
    if citation:
        (folder / "CITATION.cff").write_text(citation, "utf8")
    return write_book(folder, one=[cell(record("a", title="Slope by $w$"))])


def foot(site, page="one"):
    return unescape(
        re.search(r'<footer class="bd-footer-content">.*?</footer>', (site / f"{page}.html").read_text(), re.DOTALL)[0]
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    options = WITH_THEME["html_theme_options"] | {"repository_url": HOUSE, "repository_branch": "main"}
    return build(book(tmp_path_factory.mktemp("book")), **THEMED | KNOWN | {"html_theme_options": options})


@pytest.fixture(scope="module")
def homeless(tmp_path_factory):
    return build(book(tmp_path_factory.mktemp("book"), citation=""), **THEMED)


def test_the_foot_of_a_page_says_its_edition(site):
    assert "Version 1.2.0 of 4 March 2026." in foot(site)


def test_a_page_is_cited_with_its_address_in_words_and_for_bibtex(site):
    assert (
        "Its authors, Ada Lovelace: “Page one”, in A course, version 1.2.0, 4 March 2026. "
        "https://example.org/course/one.html" in foot(site)
    )
    assert "@incollection{a-course:one,\n  title = {Page one},\n  chapter = {1},\n  booktitle = {A course}," in foot(
        site
    )
    assert "author = {{Its authors} and {Ada Lovelace}},\n  year = {2026},\n  month = {3}," in foot(site)


def test_the_course_is_cited_on_each_page(site):
    for page in ("one", "index"):
        assert "@book{a-course,\n  title = {A course}," in foot(site, page)


def test_a_statement_is_cited_by_its_number_and_title(site):
    page = unescape((site / "one.html").read_text("utf8"))
    assert 'data-text="Its authors, Ada Lovelace: “{title} (statement {number})”, in A course' in page
    assert "note = {Statement {number}}" in page and "url = {{address}}" in page


def test_a_page_leads_to_its_source_and_to_a_report_that_names_it(site):
    assert f'href="{HOUSE}/blob/main/book/one.ipynb"' in foot(site) and f'href="{HOUSE}/edit/main/' in foot(site)
    report = re.search(rf'href="({HOUSE}/issues/new[^"]*)"', foot(site))[1]
    asked = parse_qs(urlsplit(report).query)
    form = yaml.safe_load((REPOSITORY / ".github/ISSUE_TEMPLATE" / asked.pop("template")[0]).read_text("utf8"))
    assert asked == {"title": ["Erratum: one.html"], "page": ["one.html"]}
    assert {"page", "statement"} <= {field["id"] for field in form["body"]}


def test_without_a_repository_and_a_citation_a_page_claims_neither(homeless):
    page = (homeless / "one.html").read_text("utf8")
    assert "github" not in page and "Version" not in foot(homeless) and "Cite" not in foot(homeless)
    assert "None" not in foot(homeless) and 'href=""' not in page
