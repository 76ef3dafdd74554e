"""Equations between the words of a page: what is false, unread or unmarked stops the build, and a mark shows nothing."""

import re

import pytest
from docutils import nodes
from small_site import SETTINGS, build, cell, record, write_book
from test_checks import faults, in_markdown

from coursebook.checks.inline import ROLES, marked, relations
from coursebook.site.markdown import inline

EXTENSIONS = [*SETTINGS["extensions"], "sphinx_exercise", "coursebook.checks.inline", "coursebook.site.answers"]
LETTERS = "```{letters} X: m x n; w: n x 1; b; y: m x 1; z\n```"
SIZE = {"name": "n", "facts": {"integer": True, "positive": True}}
SQUARE = r"$\lVert w \rVert^2 = w^\top w$"


def wrong(root, *lines):
    return faults(in_markdown(root, *lines), extensions=EXTENSIONS)


def right(root, *lines):
    return build(in_markdown(root, *lines), extensions=EXTENSIONS)


def stating(name, shape):
    """A cell that states something of a matrix w of this shape."""
    w = {"op": "matrix", "id": "w"}
    n = {"op": "symbol", "id": "n"}
    rows, cols = (n if size == "n" else size for size in shape)
    tables = {"symbols": {"n": SIZE}, "matrices": {"w": {"name": "w", "rows": rows, "cols": cols}}}
    return cell(record(name, statement={"version": 2, "kind": "equation", "left": w, "right": w} | tables))


@pytest.mark.parametrize(
    "typed, said",
    [
        (r"\nabla_w \lVert X w - y \rVert^2 = X^\top (X w - y)", "is false: its sides are"),
        (r"\nabla L = X^\top (y - A)", "is not understood: "),
        (r"X w = A", "is not understood: A is not declared"),
        (r"\frac{50}{4} = \frac{25}{3}", "is false: its sides are 12.5 and 8.33333"),
        (r"z \ge 0", "is false: its sides are"),
        (r"z > 0", "is neither proved nor refuted"),
        (r"m = 4", "is false: its sides are"),
        (r"l = 1, \dots, L", "is not understood: "),
        (r"1 + 1 = 2 = 3", "is false: its sides are 2 and 3"),
    ],
)
def test_what_does_not_hold_or_is_not_understood_stops_the_build_with_its_line_and_the_remedy(tmp_path, typed, said):
    (fault,) = wrong(tmp_path, LETTERS, "", "Words.", "More words.", f"Then ${typed}$ holds.")
    assert fault.startswith(f"book/page.md:11: the equation ${typed}$ {said}")
    assert all(f"{{{role}}}" in fault for role in ROLES) and "{letters}" in fault


@pytest.mark.parametrize(
    "typed",
    [
        r"\nabla_w \lVert X w - y \rVert^2 = 2 X^\top (X w - y)",
        r"(X w)^\top = w^\top X^\top",
        r"\frac{50}{4} = \frac{25}{2}",
        r"1 - \sigma(z) = \sigma(-z)",
        r"\sigma(z) \le 1",
        r"\sum_{j \le i} j",
        r"\ge",
    ],
)
def test_what_holds_and_what_is_no_equation_needs_no_mark(tmp_path, typed):
    right(tmp_path, LETTERS, "", f"Here ${typed}$ stands.")


@pytest.mark.parametrize(
    "said", [r"{choice}`r = X w - y`", r"{value}`z = \frac12`", r"{hypothesis}`z \ne 1`", r"{value}`w_1 = w_2 = 0`"]
)
def test_what_is_marked_as_what_it_is_passes(tmp_path, said):
    right(tmp_path, LETTERS, "", f"Here {said} stands.")


@pytest.mark.parametrize(
    "said, why",
    [
        (r"{value}`r = X w - y`", "is marked as a value"),
        (r"{choice}`\nabla_w (w^\top w) = w`", "is marked as a choice"),
        (r"{hypothesis}`2 + 2 = 5`", "is false"),
    ],
)
def test_what_is_marked_as_what_it_is_not_stops_the_build(tmp_path, said, why):
    (fault,) = wrong(tmp_path, LETTERS, "", f"Here {said} stands.")
    assert why in fault


def test_a_choice_is_the_meaning_of_its_letter_from_there_on(tmp_path):
    (fault,) = wrong(
        tmp_path, LETTERS, "", r"Let {choice}`a = \sigma(z)`:", r"$1 / a = 1 + e^{-z}$ and", r"$1 / a = 1 + e^z$."
    )
    assert fault.startswith("book/page.md:11: the equation $1 / a = 1 + e^z$ is false")


@pytest.mark.parametrize(
    "parts, place",
    [
        ([stating("column", ("n", 1)), SQUARE, stating("row", (1, "n"))], None),
        ([stating("row", (1, "n")), stating("column", ("n", 1)), SQUARE], None),
        ([SQUARE, stating("column", ("n", 1))], None),
        ([stating("column", ("n", 1)), stating("row", (1, "n")), SQUARE], "one"),
        ([SQUARE, stating("row", (1, "n")), stating("column", ("n", 1))], "one"),
    ],
)
def test_a_letter_of_two_shapes_has_that_of_the_nearest_statement_above_or_of_the_first_below(tmp_path, parts, place):
    book = write_book(tmp_path, one=parts)
    if place is None:
        build(book, extensions=EXTENSIONS)
    else:
        (fault,) = faults(book, extensions=EXTENSIONS)
        assert f"the equation {SQUARE} " in fault


def test_a_statement_that_is_shown_again_says_what_its_letters_are(tmp_path):
    again = "```{statement} column\n```"
    build(write_book(tmp_path, one=[stating("column", ("n", 1))], two=[again, SQUARE]), extensions=EXTENSIONS)


def test_letters_that_declare_nothing_stop_the_build_with_their_line(tmp_path):
    (fault,) = wrong(tmp_path, "```{letters} X: m x n; w n\n```")
    assert fault.startswith('book/page.md:6: "w n" declares no letter: write "X: m x n"')


def test_answers_and_the_words_of_statements_are_no_prose(tmp_path):
    answer = "```{answer} choice\nWhich?\n\n- $1 = 2$\n  It is not.\n+ $1 = 1$\n```"
    exercise = f"::::{{exercise}}\n:label: one\nSay.\n\n{answer}\n::::"
    said = cell(record("said", words="It says $1 = 2$."))
    build(write_book(tmp_path, one=["## Exercises", exercise, said]), extensions=EXTENSIONS)


def test_a_mark_is_seen_neither_on_the_page_nor_in_a_notebook(tmp_path):
    shown = {}
    for name, said in (("plain", r"$0 = 1 - 1$"), ("marked", r"{hypothesis}`0 = 1 - 1`")):
        site = right(tmp_path / name, f"For {said} it holds.", "", "```{letters} z\n```", "", "More.")
        page = (site / "page.html").read_text("utf8")
        shown[name] = re.search(r'<div class="body".*?<div class="sphinxsidebar"', page, re.DOTALL)[0]
    assert shown["plain"] == shown["marked"] and "letters" not in shown["plain"]
    (node,), _messages = marked("value", "", r"z = \frac12")
    assert inline(node) == inline(nodes.math("", r"z = \frac12")) == r"$z = \frac12$"


def test_a_relation_is_one_at_top_level_between_two_sides():
    assert relations(r"a = b \le c") == [["a", "=", "b"], ["b", r"\le", "c"]]
    assert relations(r"\sum_{i=1}^n (x = y)") == relations(r"\ge 0") == relations("a") == []


def test_a_number_that_is_given_is_shown_as_it_is(tmp_path):
    out = right(tmp_path, "The rate is {given}`0.9` here.")
    assert "<p>The rate is 0.9 here.</p>" in (out / "page.html").read_text("utf8")
