"""The pages as an EPUB: XHTML and MathML in a file that says of itself what is in it."""

import xml.etree.ElementTree as ET
import zipfile

import pytest
from browsers import needs_browser
from test_pdf import site  # noqa: F401 (a fixture: a small book that is built)

from coursebook.site import epub

XHTML, OPF, OPS, MATHML = (
    f"{{{name}}}"
    for name in (
        "http://www.w3.org/1999/xhtml",
        "http://www.idpf.org/2007/opf",
        "http://www.idpf.org/2007/ops",
        "http://www.w3.org/1998/Math/MathML",
    )
)
pytestmark = needs_browser("playwright-core")


@pytest.fixture(scope="module")
def book(site):  # noqa: F811
    with zipfile.ZipFile(epub.write(site)) as packed:
        return {info.filename: (info, packed.read(info)) for info in packed.infolist()}


@pytest.fixture(scope="module")
def package(book):
    return ET.fromstring(book["book/book.opf"][1])


def pages(book):
    return {name: ET.fromstring(text) for name, (_, text) in book.items() if name.endswith(".xhtml")}


def test_the_file_says_in_front_and_unpacked_that_it_is_an_epub(book):
    (first, text), *_ = book.values()
    assert (first.filename, text, first.compress_type) == ("mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
    root = ET.fromstring(book["META-INF/container.xml"][1])
    assert [each.get("full-path") for each in root.iter() if each.get("full-path")] == ["book/book.opf"]


def test_every_file_is_listed_and_the_pages_stand_in_their_order(book, package):
    listed = {each.get("id"): each.get("href") for each in package.iter(f"{OPF}item")}
    assert {f"book/{href}" for href in listed.values()} | {"mimetype", "META-INF/container.xml", "book/book.opf"} == {
        *book
    }
    order = [listed[each.get("idref")] for each in package.iter(f"{OPF}itemref")]
    assert order == ["index.xhtml", "one.xhtml", "two.xhtml"]


def test_each_page_is_xml_whose_links_lead_to_places_of_the_book_or_out_of_it(book):
    found = pages(book)
    places = {
        f"{name.removeprefix('book/')}#{each.get('id')}"
        for name, page in found.items()
        for each in page.iter()
        if each.get("id")
    }
    places |= {name.removeprefix("book/") for name in found}
    links = [each.get("href") for page in found.values() for each in page.iter(f"{XHTML}a") if each.get("href")]
    assert {link for link in links if not link.startswith("https://")} <= places
    assert "one.xhtml#one--equation-a" in links and "https://example.org" in links


def test_an_id_stands_once_on_a_page(book):
    for page in pages(book).values():
        ids = [each.get("id") for each in page.iter() if each.get("id")]
        assert len(ids) == len({*ids})


def test_formulas_are_mathml_that_tells_its_tex_and_nothing_else_draws_them(book, package):
    page = pages(book)["book/one.xhtml"]
    formulas = [*page.iter(f"{MATHML}math")]
    assert "t" in {formula.get("alttext") for formula in formulas}
    assert not [*page.iter(f"{MATHML}annotation")] and "katex-html" not in ET.tostring(page, "unicode")
    told = {each.get("href"): each.get("properties") for each in package.iter(f"{OPF}item")}
    assert told["one.xhtml"] == "mathml" and told["index.xhtml"] is None and told["nav.xhtml"] == "nav"


def test_nothing_needs_a_script_and_folds_are_open(book):
    for name, page in pages(book).items():
        tags = {each.tag.removeprefix(XHTML) for each in page.iter()}
        assert not tags & {"script", "noscript", "style", "button", "input", "form", "details"}, name
    assert any("It is" in "".join(each.itertext()) for each in pages(book)["book/one.xhtml"].iter(f"{XHTML}div"))


def test_the_contents_list_parts_chapters_and_sections(book):
    nav = next(pages(book)["book/nav.xhtml"].iter(f"{XHTML}nav"))
    assert nav.get(f"{OPS}type") == "toc"
    assert [each.get("href") for each in nav.iter(f"{XHTML}a")][-2:] == ["two.xhtml", "two.xhtml#two--a-section"]


def test_the_same_pages_give_the_same_bytes(site):  # noqa: F811
    assert epub.write(site).read_bytes() == epub.write(site).read_bytes()


def test_without_pages_the_remedy_is_named(tmp_path):
    with pytest.raises(SystemExit, match="no index.html; build the book first"):
        epub.write(tmp_path)


def test_a_drawing_names_no_file_elsewhere_and_no_outline_is_missing():
    drawing = (
        b'<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"\n  "http://www.w3.org/svg11.dtd">\n'
    )
    drawing += b'<svg><path id="space" transform="scale(2)"/><path id="dot" d="M0 0"/></svg>'
    assert epub.drawing(drawing) == (
        b'<?xml version="1.0"?>\n<svg><path d="" id="space" transform="scale(2)"/><path id="dot" d="M0 0"/></svg>'
    )


def test_an_image_of_pixels_stays_as_it_is():
    assert epub.drawing(b"\x89PNG\r\n<path/>") == b"\x89PNG\r\n<path/>"
