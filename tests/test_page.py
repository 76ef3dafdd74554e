import json
import re

import pytest
from docutils import nodes
from docutils.utils import new_document
from nbformat import v4
from small_site import PARTS, build, cell, record, write_book
from sphinx.errors import ExtensionError
from twice import differences

from coursebook.html.formulas import FORMULA, bare, drawings, keep_marks
from coursebook.html.images import on_both_grounds
from coursebook.html.letters import of_formulas
from coursebook.html.node import render
from coursebook.html.page import mended
from coursebook.kernel.inks import CURVES, GRID, ON_DARK

LIGHT_GROUND, DARK_GROUND = "#fffefb", "#15181c"
WITH_THEME = {
    "extensions": [
        "myst_nb",
        "sphinx_book_theme",
        "sphinx_copybutton",
        *(f"coursebook.{part}" for part in (*PARTS, "html.images", "html.page", "html.styles")),
    ],
    "html_theme": "sphinx_book_theme",
    "html_title": "A course",
    "html_context": {"default_mode": "auto"},
    "html_theme_options": {"navbar_persistent": []},
}


def drawing(number):
    """A cell that has drawn, 150 by 75 points."""
    svg = f'<svg width="150pt" height="75pt" xmlns="http://www.w3.org/2000/svg"><path d="M{number} 0"/></svg>'
    said = v4.new_output("display_data", data={"image/svg+xml": svg})
    return v4.new_code_cell("draw()", outputs=[said], metadata={"mystnb": {"image": {"alt": "A line."}}})


def pages():
    solution = ":::{admonition} Solution of $q$\n:class: dropdown\nIt is `42`, or $\\frac{t}{u} < 1$.\n:::"
    return {
        "one": [
            "The first paragraph, with $x$ in it.\n\nThe second: $a$; ($b$), $c$ and $d$.",
            cell(record("a")),
            solution,
        ],
        "two": [drawing(1), drawing(2)],
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return build(write_book(tmp_path_factory.mktemp("book"), **pages()), **WITH_THEME)


@pytest.fixture(scope="module")
def page(site):
    return (site / "one.html").read_text("utf8")


def test_the_folder_of_the_book_is_the_root_of_the_site(site):
    assert (site / "index.html").exists() and (site / "one.html").exists() and not (site / "book").exists()


def test_the_first_page_is_the_course_and_no_redirect(site):
    page = (site / "index.html").read_text("utf8")
    assert "<h1>A book" in page and 'href="one.html"' in page and "Refresh" not in page


def test_a_mark_behind_a_formula_lies_in_room_that_the_formula_keeps_for_it(page):
    marks = re.findall(r"</span><span class=\"mark-behind\">([^<]*)</span>", page)
    assert marks[:3] == [";", "),", "."] and page.count('<span class="marked math') == len(marks)


def test_the_mark_is_the_one_behind_the_formula_and_not_another_of_the_paragraph():
    words = ["shares of ", "0.9", ".", " Then ", nodes.math("", "a"), "."]
    paragraph = nodes.paragraph("", "", *(nodes.Text(each) if isinstance(each, str) else each for each in words))
    document = new_document("one")
    document += paragraph
    keep_marks(None, document, "one")
    assert [child.astext() for child in paragraph.findall(nodes.inline)] == ["."]
    assert isinstance(paragraph[2], nodes.Text) and isinstance(paragraph[5], nodes.inline)


def test_what_may_be_wider_than_the_page_is_reached_by_the_keyboard_before_a_script_runs(page):
    assert '<pre tabindex="0">' in page and '<span class="katex-display" tabindex="0">' in page and "<pre>" not in page


def test_a_page_loads_only_what_the_site_has(site):
    for path in site.glob("*.html"):
        loaded = re.findall(r'<(?:script|link|img|source)\b[^>]*?(?:src|href)="([^"#]+)"', path.read_text("utf8"))
        assert not [address for address in loaded if "//" in address or address.startswith("data:")]
        assert [name for name in loaded if not (site / name.split("?")[0]).exists()] == []


def test_style_sheets_ask_only_for_files_that_are_there(site):
    style = (site / "_static/course.css").read_text("utf8")
    files = {name for name in re.findall(r'url\("?([^)"]+)"?\)', style) if not name.startswith("data:")}
    assert files and all((site / "_static" / name).exists() for name in files)


def test_a_build_in_another_folder_gives_the_same_bytes(site, tmp_path):
    other = build(write_book(tmp_path / "deeper/by/far", **pages()), **WITH_THEME)
    assert differences(site, other) == []


def test_files_that_differ_or_are_missing_are_named(tmp_path):
    for name in ("a/same", "b/same", "a/alone", "a/other", "b/other"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name if name.endswith("other") else "")
    assert differences(tmp_path / "a", tmp_path / "b") == ["alone", "other"]


@pytest.mark.parametrize("heavy", ["fontawesome", "bootstrap.js", "MathJax", "thebe"])
def test_a_page_leaves_out_what_it_does_not_use(page, heavy):
    assert heavy not in page


def test_a_page_may_load_nothing_from_elsewhere(page):
    policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy[1].startswith("default-src 'self'; ") and "script-src" not in policy[1] and "http" not in policy[1]
    assert not re.search("<(script|link|style|img)", page[: policy.start()])


def test_no_script_and_no_style_stands_in_a_page(site):
    for path in site.glob("*.html"):
        text = path.read_text("utf8")
        assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\son\w+=\"|javascript:", text)


def test_a_page_describes_itself_by_its_first_paragraph(page):
    assert '<meta name="description" content="The first paragraph, with x in it."/>' in page
    assert '<meta property="og:title" content="1. Page one"/>' in page
    assert '<meta property="og:site_name" content="A course"/>' in page


def test_a_french_term_of_the_glossary_is_said_to_be_french(tmp_path):
    glossary = ":::{glossary}\nlogit (*logit*)\n  A *number*.\n:::"
    page = (build(write_book(tmp_path, one=[glossary])) / "one.html").read_text("utf8")
    assert '<em lang="fr">logit</em>' in page and "<em>number</em>" in page


def test_a_page_has_an_icon(site, page):
    icon = re.search(r'<link rel="icon" href="([^"?]+)', page)[1]
    assert (site / icon).exists()


def test_a_solution_folds_without_a_script(page):
    fold = re.search(r'<details class="fold solution[^"]*">(.*?)</details>', page, re.DOTALL)[1]
    assert "<summary>Solution of " in fold and "42" in fold


def test_the_words_of_a_fold_of_code_are_a_line_of_text():
    written = '<summary aria-label="Toggle hidden content">\n<p class="collapsed admonition-title">Show it</p>'
    assert mended(written) == '<summary>\n<span class="collapsed">Show it</span>'


def test_a_page_has_one_heading_of_the_first_rank(site):
    assert all(path.read_text("utf8").count("<h1") == 1 for path in site.glob("*.html"))


def test_a_formula_in_a_fold_is_mathml_and_a_script_of_the_page_holds_what_is_drawn(site, page):
    title, content = re.search(r"<summary>Solution(.*?)</summary>(.*?)</details>", page, re.DOTALL).groups()
    assert 'class="katex-html"' in title
    assert '<span class="marked math"><math ' in content and "katex" not in content
    assert '<annotation encoding="application/x-tex">\\frac{t}{u} &lt; 1</annotation>' in content
    name = re.search(r'<body[^>]* data-drawings="(_static/drawings/one\.html\.js)\?v=[0-9a-f]{8}"', page)[1]
    held = json.loads((site / name).read_text("utf8").removeprefix("keepDrawings(").removesuffix(");\n"))
    assert not {"q", "x"} & {*held["inline"], *held["block"]}  # which are drawn in the page
    assert held["inline"]["\\frac{t}{u} < 1"].startswith('<span class="katex-html" aria-hidden="true">')


def test_a_script_has_two_parts_also_where_it_is_a_function():
    assert "<msub><mi>\u03bb</mi><mi>max</mi></msub>" in render("formula", latex=r"\lambda_{\max}", display=False)
    assert "<mi>max</mi><mo>\N{FUNCTION APPLICATION}</mo>" in render("formula", latex=r"\max x", display=False)


@pytest.mark.parametrize("display", [False, True])
def test_what_is_read_and_what_is_drawn_of_a_formula_are_the_whole_of_it(display):
    formula = render("formula", latex=r"\frac{x}{y}", display=display)
    drawing = FORMULA.fullmatch(formula)["drawing"]
    whole = '<span class="katex"><span class="katex-mathml"><math'
    assert bare(formula).replace("<math", whole, 1).replace("</math>", f"</math></span>{drawing}</span>") == formula


def test_a_formula_that_is_written_in_another_form_is_told_with_the_remedy():
    with pytest.raises(ExtensionError, match="in another form; `npm ci` .*: <span>x</span>"):
        bare("<span>x</span>")


def test_letters_that_formulas_in_folds_alone_show_are_among_those_of_the_site(site):
    drawn = "".join(drawings(site))
    assert "katex-html" in drawn and of_formulas([drawn])["Math-Italic"] == {"t", "u"}
    math = next(
        rule
        for rule in (site / "_static/course.css").read_text("utf8").splitlines()
        if '"KaTeX_Math";font-weight:400;' in rule and "data:" in rule
    )
    assert "U+74-75" in math


def test_code_has_an_element_only_for_what_is_coloured():
    code = '<span class="k">def</span> <span class="nf">f</span><span class="p">(</span><span class="n">x</span><span class="p">)</span>'
    assert mended(code) == '<span class="k">def</span> <span class="nf">f</span>(x)'


def test_the_room_of_a_figure_is_kept_and_only_the_first_is_loaded_at_once(site):
    images = re.findall(r"<img[^>]*>", (site / "two.html").read_text("utf8"))
    assert len(images) == 2 and all('width="200"' in image and 'height="100"' in image for image in images)
    assert ["lazy" in image for image in images] == [False, True]


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(ink, ground):
    high, low = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ink", sorted(set(ON_DARK) - {GRID}))
def test_inks_of_figures_can_be_read_on_both_grounds(ink):
    assert contrast(ink, LIGHT_GROUND) >= 4.5 and contrast(ON_DARK[ink], DARK_GROUND) >= 4.5


def test_a_figure_swaps_its_inks_on_dark_ground():
    svg = on_both_grounds(f'<?xml version="1.0"?><svg width="1"><path style="stroke: {CURVES[0]}"/></svg>')
    assert (
        "prefers-color-scheme:dark){" in svg
        and f'[style*="stroke: {CURVES[0]}"]{{stroke:{ON_DARK[CURVES[0]]}!important}}' in svg
    )
    assert svg.index("<style>") < svg.index("<path")


def test_a_page_names_what_it_waits_for_by_its_digest_and_its_width_once(page):
    assert re.search(r'href="_static/course\.css\?v=[0-9a-f]{8}"', page)
    assert re.search(r'src="_static/ground\.js\?v=[0-9a-f]{8}"', page)
    assert page.count('name="viewport"') == 1
