"""The page on which a formula is judged: its form, its script, and what it says."""

import json
import re
from html import unescape

import pytest
from small_site import SETTINGS, build, cell, record, write_book

from coursebook.places import THEME
from coursebook.site.formula import told

EXAMPLE = "Squares | (a + b)^2 = a^2 + 2 a b + b^2 | a; b"
NUMBER = {"name": "a", "facts": {"real": True}}
A = {"op": "symbol", "id": "a"}
WRONG = {
    "version": 2,
    "kind": "equation",
    "left": {"op": "mul", "args": [A, A]},
    "right": {"op": "mul", "args": [2, A]},
    "symbols": {"a": NUMBER},
}
AT_ONE = {"values": ["a = 1"], "entry": None, "sides": ["1", "2"]}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    refuted = cell(record("wrong", state="refuted", statement=WRONG, counterexample=AT_ONE))
    folder = write_book(tmp_path_factory.mktemp("book"), one=[f"```{{formula-check}}\n{EXAMPLE}\n```"], two=[refuted])
    return build(folder, extensions=[*SETTINGS["extensions"], "coursebook.site.formula"])


def test_a_page_with_the_form_loads_the_prover_before_its_script_and_others_do_not(site):
    scripts = r"_static/(checker|formula)\.js"
    assert re.findall(scripts, (site / "one.html").read_text("utf8")) == ["checker", "formula"]
    assert not re.search(scripts, (site / "two.html").read_text("utf8"))


def test_the_prover_is_one_file_which_imports_nothing(site):
    script = (site / "_static/checker.js").read_text("utf8")
    assert "gradient-of-matrix" in script and script.count("var Checker=") == 1
    assert not re.search(r"\bimport[ ({]", script)


def test_an_example_fills_the_form(site):
    page = unescape((site / "one.html").read_text("utf8"))
    assert 'data-formula="(a + b)^2 = a^2 + 2 a b + b^2"' in page and 'data-letters="a; b"' in page


def test_a_refuted_formula_leads_to_the_page_on_which_a_reader_may_mend_it(site):
    page = unescape((site / "two.html").read_text("utf8"))
    assert 'href="one.html#formula=a+a+%3D+2+a&letters=a">Mend it yourself</a>' in page


def test_an_example_of_another_form_is_named(tmp_path):
    folder = write_book(tmp_path, one=["```{formula-check}\nSquares | a = a\n```"])
    with pytest.raises(AssertionError, match=r"an example is its title \| the formula \| its letters, unlike Squares"):
        build(folder, extensions=[*SETTINGS["extensions"], "coursebook.site.formula"])


def test_the_script_says_no_more_and_no_less_than_is_translated():
    script = (THEME / "formula/page.mjs").read_text("utf8")
    said = set(re.findall(r"\bwords\.(?!mjs)(\w+)", script)) | {"proved", "refuted", "undecided", "proved_all"}
    assert said == set(told())
    assert json.dumps(told())
