"""What stands beside the pages, with an address of the site and without."""

import base64
import hashlib
import re
import zipfile
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from docutils import nodes
from PIL import Image
from small_site import PARTS, build, cell, record, write_book, write_page
from test_page import WITH_THEME

from coursebook.site import offline

OF_SITE = ("html.page", "site.meta", "site.feed", "site.search", "site.unused", "site.offline")
EXTENSIONS = ["myst_nb", "sphinx_book_theme", *(f"coursebook.{part}" for part in (*PARTS, *OF_SITE))]
THEMED = {**WITH_THEME, "extensions": EXTENSIONS}
ADDRESS = "https://example.org/course"


def book(folder):
    return write_book(folder, one=["First & last."], two=["Second."])


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return build(book(tmp_path_factory.mktemp("book")), **THEMED)


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    return build(book(tmp_path_factory.mktemp("book")), html_baseurl=ADDRESS, **THEMED)


def test_a_site_that_knows_its_address_lists_its_pages_for_machines(known):
    places = ElementTree.parse(known / "sitemap.xml").getroot().iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    assert [place.text for place in places] == [f"{ADDRESS}/{page}.html" for page in ("index", "one", "two")]
    assert f"Sitemap: {ADDRESS}/sitemap.xml" in (known / "robots.txt").read_text()


def test_a_page_of_such_a_site_says_its_whole_address(known):
    page = (known / "one.html").read_text("utf8")
    assert f'<meta property="og:url" content="{ADDRESS}/one.html"/>' in page
    assert f'<link rel="canonical" href="{ADDRESS}/one.html"' in page


def test_a_site_that_does_not_know_its_address_claims_none(site):
    assert not (site / "sitemap.xml").exists() and "Sitemap" not in (site / "robots.txt").read_text()
    page = (site / "one.html").read_text("utf8")
    assert "og:url" not in page and "og:image" not in page and not (site / "_static/card.png").exists()


def test_each_page_of_a_site_that_knows_its_address_names_a_picture_of_the_size_it_says(known):
    with Image.open(known / "_static/card.png") as picture:
        assert picture.format == "PNG" and picture.size == (1200, 630)
    for name in ("index", "one", "search"):
        page = (known / f"{name}.html").read_text("utf8")
        assert f'<meta property="og:image" content="{ADDRESS}/_static/card.png"/>' in page
        assert 'og:image:width" content="1200"' in page and 'og:image:height" content="630"' in page


def test_the_picture_shows_the_statement_of_the_first_page_and_has_the_same_bytes_in_every_build(tmp_path, known):
    def card(folder, latex):
        root = write_book(folder, one=[cell(record("a", latex=latex))], two=["Second."])
        write_page(root, "index", "# A book\n\n```{toctree}\none\ntwo\n```", ":::{statement} a\n:::")
        return (build(root, html_baseurl=ADDRESS, **THEMED) / "_static/card.png").read_bytes()

    drawn = card(tmp_path / "first", r"\frac{1}{2}")
    assert drawn == card(tmp_path / "second", r"\frac{1}{2}")
    assert drawn not in (card(tmp_path / "third", r"\frac{1}{3}"), (known / "_static/card.png").read_bytes())


def test_the_environment_says_the_address(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSEBOOK_URL", ADDRESS)
    assert ADDRESS in (build(book(tmp_path), **THEMED) / "sitemap.xml").read_text()


ATOM = {"": "http://www.w3.org/2005/Atom"}
VERSIONS = "## 0.2.0 - 2031-02-03\n\n### Errata\n\n- *One*: a sign.\n\n## 0.1.0 - 2030-01-02\n\nThe course.\n\n## Not a version"


def test_the_feed_tells_of_each_released_version_newest_first_with_what_the_page_says(tmp_path):
    site = build(write_book(tmp_path, changes=[VERSIONS]), html_baseurl=ADDRESS, **THEMED)
    feed = ElementTree.parse(site / "feed.xml").getroot()
    entries = [
        [entry.find(name, ATOM).text for name in ("title", "updated", "id")] for entry in feed.findall("entry", ATOM)
    ]
    assert entries == [
        ["A course 0.2.0", "2031-02-03T00:00:00Z", f"{ADDRESS}/changes.html#0.2.0"],
        ["A course 0.1.0", "2030-01-02T00:00:00Z", f"{ADDRESS}/changes.html#0.1.0"],
    ]
    assert feed.find("entry/content", ATOM).text.split("\n")[1:4] == [
        '<p class="rubric" id="errata">Errata</p>',
        '<ul class="simple">',
        "<li><p><em>One</em>: a sign.</p></li>",
    ]
    assert feed.find("updated", ATOM).text == entries[0][1]
    assert 'application/atom+xml" title="A course" href="feed.xml"' in (site / "changes.html").read_text("utf8")


def test_a_site_without_an_address_or_without_a_page_of_changes_offers_no_feed(tmp_path, known):
    site = build(write_book(tmp_path, changes=[VERSIONS]), **THEMED)
    for place in (site, known):
        assert not (place / "feed.xml").exists() and "atom+xml" not in (place / "index.html").read_text("utf8")


def test_what_is_no_address_stops_the_build_with_the_remedy(tmp_path):
    with pytest.raises(SystemExit, match=r"example.org: no address.*https://"):
        build(book(tmp_path), html_baseurl="example.org", **THEMED)


def test_the_page_for_what_is_not_there_links_to_every_page(site, known):
    page = (site / "404.html").read_text("utf8")
    assert {"index.html", "one.html", "two.html", "search.html"} <= set(re.findall(r'<a href="([^"]+)"', page))
    assert '<html lang="en">' in page and "{{" not in page and "<base" not in page.partition("<script>")[0]
    assert '<base href="/course/"/>' in (known / "404.html").read_text("utf8")


def test_the_page_for_what_is_not_there_needs_no_other_file_and_its_policy_allows_what_it_holds(site):
    page = (site / "404.html").read_text("utf8")
    for tag in ("style", "script"):
        content = re.search(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in page
    assert "src=" not in page.replace("-src", "") and 'rel="stylesheet"' not in page


def test_the_zip_holds_every_file_of_the_site_but_itself(site):
    with zipfile.ZipFile(site / "a-course.zip") as packed:
        files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
        assert {name.removeprefix("a-course/") for name in packed.namelist()} == files - {"a-course.zip", ".buildinfo"}
        assert packed.read("a-course/one.html") == (site / "one.html").read_bytes()


def test_every_page_offers_the_zip_and_no_other_book_before_one_is_made(site):
    for page in ("index", "one", "search"):
        text = (site / f"{page}.html").read_text("utf8")
        assert 'href="a-course.zip"' in text and ".pdf" not in text and ".epub" not in text


def test_the_zip_has_the_same_bytes_in_every_build(site, tmp_path):
    assert (build(book(tmp_path), **THEMED) / "a-course.zip").read_bytes() == (site / "a-course.zip").read_bytes()


@pytest.mark.parametrize("kind", ["pdf", "epub"])
def test_another_book_is_offered_while_it_shows_the_pages_as_they_are(tmp_path, kind):
    root = book(tmp_path)
    site = build(root, **THEMED)
    (root / f"_build/a-course.{kind}").write_bytes(b"a book")
    offline.keep_key(site, kind)
    build(root, **THEMED)
    assert f'href="a-course.{kind}"' in (site / "one.html").read_text("utf8") and (site / f"a-course.{kind}").exists()
    (root / f"_build/.{kind}-key").write_text("another book")
    build(root, **THEMED)
    assert f".{kind}" not in (site / "one.html").read_text("utf8") and not (site / f"a-course.{kind}").exists()


def test_all_pages_are_written_again_when_what_each_of_them_lists_has_changed(monkeypatch):
    monkeypatch.setattr(offline, "made", lambda app: [])
    env = SimpleNamespace(found_docs={"one", "two"}, toctree_includes={}, toc_secnumbers={}, titles={})
    stale = lambda: set(offline.outdated_pages(None, env))
    env.titles = {page: nodes.title("", f"Page {page}") for page in env.found_docs}
    assert stale() == env.found_docs and not stale()
    env.titles["two"] = nodes.title("", "Another name")
    assert stale() == env.found_docs and not stale()
    env.toctree_includes["index"] = ["two", "one"]
    assert stale() == env.found_docs and not stale()
    env.toc_secnumbers["one"] = {"": (2,), "#part": (2, 1)}
    assert stale() == env.found_docs and not stale()
    env.toc_secnumbers["one"]["#part"] = (2, 2)  # of its own, which no other page lists
    assert not stale()


def test_nothing_that_no_page_loads_is_in_the_site(site):
    there = {path.relative_to(site / "_static").as_posix() for path in (site / "_static").rglob("*") if path.is_file()}
    pages = "".join(page.read_text("utf8") for page in site.glob("*.html"))
    asked = {name for name in there if name.startswith(("previews/", "fonts/"))}
    assert "frame.js" in there and not (site / "_sources").exists()
    assert [name for name in there - asked - {"pygments.css"} if f"_static/{name}" not in pages] == []
