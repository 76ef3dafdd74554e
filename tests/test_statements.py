import re

import pytest
from small_site import build, cell, record, write_book, write_page

from coursebook.proofs import sides, signs

STEPS = [
    {"latex": r"f(x) = \frac{a}{b}", "why": "divide by $b$"},
    {"latex": r"\frac{a}{b} = c", "why": "since $a = b c$"},
]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    first = cell(
        record("square", kind="definition", state="definition", latex="f(x) = x^2", audit=None),
        record("slope", latex="f'(x) = 2 x", uses=["square"], given=["$x > 0$", "where $f(x) = x^2$"], steps=STEPS),
    )
    pages = {
        "one": [first, cell(record("few", state="proved-sizes", sizes="$n = 1, 2$"), record("seen", state="observed"))],
        "two": ["See {eq}`slope`.\n\n:::{statement} slope\nIn *words*.\n:::"],
        "ledger": ["```{ledger-table}\n```"],
    }
    return build(write_book(tmp_path_factory.mktemp("book"), **pages))


def boxes(site, page):
    text = (site / f"{page}.html").read_text("utf8")
    return re.findall(
        r'<div[^>]*class="[^"]*\bstatement\b.*?(?=<div[^>]*class="[^"]*\bstatement\b|<footer|\Z)', text, re.DOTALL
    )


def words(html):
    """What a reader sees, formulas as their source."""
    html = re.sub(
        r'<span class="katex-html".*?(?=</span></span></?(?:span|div|p|li|a|summary)|</math>)',
        "",
        html,
        flags=re.DOTALL,
    )
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_record_becomes_a_box_with_its_title_and_its_state(site):
    definition, claim, listed, observed = boxes(site, "one")
    assert "Title of square" in definition and ">Definition</a>" in definition
    assert "Title of slope" in claim and ">Proved for all sizes</a>" in claim
    assert ">Proved for listed sizes</a>" in listed and "Sizes: " in listed
    assert ">Observed</a>" in observed


def test_the_formula_has_the_number_and_the_address_that_eq_finds(site):
    _, claim, *_ = boxes(site, "one")
    assert 'id="equation-slope"' in claim and '<span class="eqno">(1.2)' in claim
    assert 'href="one.html#equation-slope">(1.2)</a>' in (site / "two.html").read_text("utf8")


def test_formulas_are_rendered_when_the_book_is_built(site):
    _, claim, *_ = boxes(site, "one")
    assert 'class="katex-display"' in claim and "2 x</annotation>" in claim


def test_the_state_leads_to_the_line_of_the_ledger(site):
    _, claim, *_ = boxes(site, "one")
    assert 'href="ledger.html#slope"' in claim
    assert re.search(r'<tr[^>]* id="slope"', (site / "ledger.html").read_text("utf8"))


def test_what_it_rests_on_is_linked_with_title_and_number(site):
    _, claim, *_ = boxes(site, "one")
    assert 'Rests on <a href="one.html#equation-square">Title of square (1.1)</a>.' in claim or (
        'Rests on <a href="#equation-square">Title of square (1.1)</a>.' in claim
    )


def test_hypotheses_stand_in_the_box_and_meanings_of_letters_in_the_proof(site):
    _, claim, *_ = boxes(site, "one")
    box, proof = claim.split("<details")
    assert "x &gt; 0</annotation>" in box and "f(x) = x^2" not in box
    assert "f(x) = x^2</annotation>" in proof


def test_a_proof_is_folded_and_says_what_was_checked(site):
    _, claim, *_ = boxes(site, "one")
    proof = claim.split("<details")[1]
    assert "2 steps, 250 ms, audited" in proof and "Method: normal form." in proof
    assert "3 random points" in proof and "10^{-40}</annotation>" in proof
    assert "divide by" in proof


def test_a_left_side_that_repeats_the_line_above_is_left_out(site):
    _, claim, *_ = boxes(site, "one")
    lefts = re.findall(r'<span class="left">.*?<annotation[^>]*>(.*?)</annotation>', claim, re.DOTALL)
    assert lefts == [r"\displaystyle f(x) = {}", r"\displaystyle  = {}"]


def test_definitions_and_observations_have_no_proof(site):
    definition, _, _, observed = boxes(site, "one")
    assert "<details" not in definition and "<details" not in observed


def test_a_statement_is_repeated_with_words_and_a_link_but_no_second_address(site):
    (again,) = boxes(site, "two")
    assert "<em>words</em>" in again and '<a href="one.html#equation-slope">(1.2)</a>' in again
    assert "2 x</annotation>" in again and 'id="equation-slope"' not in again


def test_a_changed_title_is_shown_on_pages_that_did_not_change(tmp_path):
    root = write_book(tmp_path, one=[cell(record("a"))], two=["{eq}`a`\n\n:::{statement} a\n:::"])
    build(root)
    write_page(root, "one", "# Page one", cell(record("new"), record("a", title="A better title")))
    page = (build(root) / "two.html").read_text("utf8")
    assert "A better title" in page and page.count("(1.2)") == 2 and "(1.1)" not in page


def test_statements_are_found_by_the_search(site):
    assert "Title of slope" in (site / "searchindex.js").read_text("utf8")


@pytest.mark.parametrize(
    ("latex", "left", "relation", "right"),
    [
        ("a = b", "a", "=", "b"),
        ("= b", "", "=", "b"),
        (r"\sum_{i=1}^{m} x_i \geq 0", r"\sum_{i=1}^{m} x_i", r"\geq", "0"),
        (r"f\left(a = b\right) = c", r"f\left(a = b\right)", "=", "c"),
        ("x + y", "", "", "x + y"),
    ],
)
def test_a_formula_is_cut_at_its_first_relation_outside_all_brackets(latex, left, relation, right):
    assert sides(latex) == (left, relation, right)


@pytest.mark.parametrize(
    ("latex", "wide"),
    [("A = B", 3), (r"\frac{1}{1 + x}", 3), (r"\mathcal{L}", 1), (r"w_{ij}", 2), (r"\frac{1}{\frac{a b c}{d}} + e", 5)],
)
def test_a_formula_is_as_wide_as_what_stands_side_by_side(latex, wide):
    assert signs(latex) == wide
