import re

import pytest

from coursebook.html.letters import faces, of_formulas, ranges
from coursebook.html.styles import pruned, used_words

PAGE = """<p class="used">Text</p><span class="katex"><span class="katex-html"><span class="mord mathnormal">x</span>
<span class="mord mathbf" style="a">1</span><span class="mord"><span class="mord mathcal">L</span></span>
<span class="mopen delimcenter"><span class="delimsizing size3">(</span></span><span class="mrel">&lt;</span></span></span>"""


@pytest.mark.parametrize(
    "style, kept",
    [
        ("p{a:b}", "p{a:b}"),
        (".used{a:b}", ".used{a:b}"),
        (".unused{a:b}", ""),
        ("p,.unused,.used{a:b}", "p,.used{a:b}"),
        (".used .unused{a:b}", ""),
        ("#unused{a:b}", ""),
        (":is(.used,.unused) p{a:b}", ":is(.used,.unused) p{a:b}"),
        (".used:not(.unused){a:b}", ".used:not(.unused){a:b}"),
        ("@media print{.unused{a:b}}", ""),
        ("@media print{.used{a:b}.unused{a:b}}", "@media print{.used{a:b} }"),
        ("@keyframes turn{0%{a:b}to{a:c}}", "@keyframes turn{0%{a:b}to{a:c}}"),
        ("/* .used */@charset 'x';p{a:b}", "p{a:b}"),
    ],
)
def test_rules_that_no_page_can_match_are_left_out(style, kept):
    assert " ".join(pruned(style, used_words([PAGE], [])).split()) == " ".join(kept.split())


def test_a_class_that_a_script_may_set_is_kept():
    assert pruned(".scrolled{a:b}", used_words([PAGE], ['box.classList.add("scrolled")']))


def test_a_brace_without_its_partner_is_an_error():
    with pytest.raises(ValueError, match="partner"):
        pruned("p{a:b", set())


def test_letters_of_formulas_are_known_by_their_face():
    found = of_formulas([PAGE])
    assert found["Math-Italic"] == {"x"} and found["Main-Bold"] == {"1"} and found["Caligraphic-Regular"] == {"L"}
    assert found["Size3-Regular"] == {"("} and "<" in found["Main-Regular"] and "x" not in found["Main-Regular"]


@pytest.fixture(scope="module")
def rules():
    return faces([PAGE]).splitlines()


def test_letters_that_a_page_shows_are_inside_the_style_sheet(rules):
    inside = [rule for rule in rules if "data:font/woff2;base64," in rule]
    assert any('"KaTeX_Math";font-weight:400;font-style:italic' in rule and rule.endswith("U+78}") for rule in inside)
    assert sum('"Source Serif 4"' in rule for rule in inside) == 3


def test_no_letter_is_named_twice_and_none_is_lost(rules):
    of_math = [rule for rule in rules if '"KaTeX_Math";font-weight:400;' in rule]
    assert "fonts/KaTeX_Math-Italic.woff2" in of_math[0] and not re.search(r"U\+78\b", of_math[0])
    assert "U+61-77,U+79" in of_math[0]


def test_the_same_pages_give_the_same_letters():
    assert faces([PAGE]) == faces([PAGE])


def test_codes_in_a_row_are_one_range():
    assert ranges({65, 66, 67, 97}) == "U+41-43,U+61"
