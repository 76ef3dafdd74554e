"""The pages joined to one, and what the browser's PDF is mended by; the printing itself is `make pdf`."""

import os
import re
import subprocess

import pytest
from browsers import needs_browser
from small_site import build, cell, record, write_book
from test_site import THEMED

from coursebook.html.node import node_program
from coursebook.places import THEME
from coursebook.site import pdf


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    one = ["## A section", cell(record("a")), ":::{admonition} Solution\n:class: dropdown\nIt is $t$.\n:::"]
    pages = {"one": one, "two": ["By {eq}`a` and [an address](https://example.org).", "## A section"]}
    settings = {**THEMED, "extensions": [*THEMED["extensions"], "coursebook.html.styles"]}
    return build(write_book(tmp_path_factory.mktemp("book"), **pages), **settings)


@pytest.fixture(scope="module")
def book(site):
    return pdf.joined(site)


def test_every_page_is_in_the_book_in_its_order(book):
    assert re.findall(r'<article class="bd-article" id="([^"]+)"', book) == ["index", "one", "two"]


def test_links_within_the_book_lead_to_a_place_in_it_and_others_out_of_it(book):
    places = re.findall(r' id="([^"]+)"', book)
    assert not [place for place in places if places.count(place) > 1]
    targets = re.findall(r'<a\b[^>]*\bhref="([^"]+)"', book)
    assert {target for target in targets if not target.startswith("#")} == {"https://example.org"}
    assert {target[1:] for target in targets if target.startswith("#")} <= set(places)
    assert "#one--equation-a" in targets and "#two--a-section" in targets


def test_files_of_the_book_are_those_of_the_site(site, book):
    for name in re.findall(r'(?:src|<link rel="stylesheet" href)="([^"]+)"', book):
        assert (site.parent / name).exists()


def test_nothing_is_folded_on_paper(book):
    assert "<details open" in book and not re.search(r"<details(?! open)", book)


def test_formulas_of_folds_are_drawn_by_the_scripts_of_the_pages(book):
    scripts = re.findall(r'<script src="html/_static/([^"]+)">', book[book.index("</article>") :])
    assert scripts == ["folds.js", "drawings/one.html.js"] and '<span class="marked math"><math' in book


def test_a_pdf_tells_no_date_and_no_title_twice():
    made = b"/CreationDate (D:20260102030405+00'00') /Title (1.2. 1.2. ProofsProofs) /Title (One neuron)"
    assert pdf.mended(made) == (
        b"/CreationDate (D:19800101000000+00'00') /Title (1.2. Proofs           ) /Title (One neuron)"
    )


def test_without_pages_the_remedy_is_named(tmp_path):
    with pytest.raises(SystemExit, match="no index.html; build the book first"):
        pdf.write(tmp_path)


def test_a_page_of_another_version_is_refused_with_the_remedy(tmp_path):
    (tmp_path / "index.html").write_text("<html></html>")
    with pytest.raises(SystemExit, match="not as this version writes it; build the book again"):
        pdf.write(tmp_path)


def test_without_a_browser_one_line_says_so(tmp_path):
    env = {**os.environ, "CHROMIUM": str(tmp_path / "none")}
    command = [node_program(), THEME / "print.mjs", "page.html", "book.pdf"]
    done = subprocess.run(command, check=False, env=env, capture_output=True, text=True)
    assert done.returncode == 2 and re.fullmatch(r"no Chromium or Chrome; install one .*CHROMIUM.*\n", done.stderr)


@needs_browser("playwright-core")
def test_contents_that_name_a_place_which_the_book_has_not_stop_the_print(tmp_path):
    page = tmp_path / "page.html"
    page.write_text('<p class="book-contents"><a href="#there">A</a><a href="#nowhere">B</a></p><h1 id="there">A</h1>')
    command = [node_program(), THEME / "print.mjs", page, tmp_path / "book.pdf"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode and "#nowhere in the contents: no such place in the book" in done.stderr
    assert not (tmp_path / "book.pdf").exists()


@needs_browser("playwright-core")
def test_the_book_is_printed_with_bookmarks_tags_and_links(site):
    printed = pdf.write(site).read_bytes()
    assert printed.startswith(b"%PDF") and b"/Outlines" in printed and b"/StructTreeRoot" in printed
    assert re.search(rb"/Title \(.*A section", printed) and b"one--equation-a" in printed
    assert not (site.parent / "book.html").exists()
