import os
import re
from types import SimpleNamespace

import pytest
from nbformat import v4
from small_site import build, cell, record, write_book, write_page

from coursebook.checks import book, pages
from coursebook.statements.domain import Record, Statements, statements
from coursebook.statements.proofs import equalities, sides, signs

PROOF = '<details class="fold">'
STEPS = [
    {"latex": r"f(x) = \frac{a}{b}", "why": "divide by $b$"},
    {"latex": r"\frac{a}{b} = c", "why": "since $a = b c$"},
]


LINES = [
    {"latex": r"\mathrm{d}Z = A - y", "reason": {"code": "derivative"}},
    {"latex": r"\mathrm{d}w = X^\top \mathrm{d}Z", "reason": {"code": "chain-rule", "through": ["Z = X w", "Y = Z"]}},
]
NAME = {"kind": "name", "latex": "f(x)", "definition": "x^2"}
X = {"kind": "scalar", "latex": "x", "set": "R", "sign": ">"}
MEANT = [
    {"kind": "sizes", "latex": ["m", "n"]},
    {"kind": "matrix", "latex": "W", "rows": "m", "cols": "n"},
    X,
    {"kind": "scalar", "latex": "t", "set": "Z"},
    {"kind": "function", "latex": "g"},
    {"kind": "function", "latex": "h", "slope": "1 - h(z)^2"},
    NAME,
]
GIVEN = [{"kind": "given", "latex": r"S^\top = S"}, {"kind": "given", "latex": r"Y \mathbf{1} = \mathbf{1}"}]
CONDITIONS = [
    {"kind": "condition", "latex": r"x \ne 1", "indices": []},
    {"kind": "condition", "latex": r"t < 0 \text{ or } x > 0", "indices": []},
    {"kind": "condition", "latex": r"W_{ij} \ne 0", "indices": ["i", "j"]},
    {"kind": "smooth", "latex": "g", "order": 3},
    {"kind": "analytic", "latex": "h"},
]
SIDES = [r"\tfrac{2}{3}", r"-\tfrac{2}{3}"]
APART = {"values": ["m = 1", r"X = \begin{pmatrix}-2 & 0\end{pmatrix}"], "entry": [0, 1], "sides": SIDES}
NEGATIVE = {"values": ["z = 1"], "entry": None, "sides": ["-3"]}


def derivation(name):
    aligned = r"\begin{aligned}\mathrm{d}Z &= A - y \\ \mathrm{d}w &= X^\top \mathrm{d}Z\end{aligned}"
    return record(
        name,
        kind="derivation",
        latex=aligned,
        steps=LINES,
        explain=[
            {"latex": "2 x", "reason": {"code": "write-entry", "indices": ["i", "j"]}},
            {"latex": "x + x", "reason": {"code": "collapse"}},
        ],
    )


def refuted(name, counterexample, **values):
    return cell(record(name, state="refuted", method=[], counterexample=counterexample, **values))


def test_a_page_is_written_again_when_what_it_shows_of_another_changes_and_not_when_a_line_is_added(tmp_path):
    stated = record("a")
    site = build(write_book(tmp_path, one=[cell(stated)], two=["By {eq}`a`."]))
    written, later = {}, 4 * 10**9  # seconds: a page older than its source would be written in any case
    for why, page in {"a line": ["More words.", cell(stated)], "a title": [cell(stated | {"title": "New"})]}.items():
        for name in ("one", "two"):
            os.utime(site / f"{name}.html", (later, later))
        write_page(tmp_path, "one", "# Page one", *page)
        build(tmp_path)
        written[why] = {name for name in ("one", "two") if (site / f"{name}.html").stat().st_mtime != later}
    assert written == {"a line": {"one"}, "a title": {"one", "two"}}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    first = cell(
        record("square", kind="definition", state="definition", latex="f(x) = x^2", audit=None),
        record("slope", latex="f'(x) = 2 x", uses=["square"], domain=[X, NAME], steps=STEPS),
    )
    pages = {
        "one": [first, cell(record("few", state="proved-sizes", sizes="$n = 1, 2$"), record("seen", state="observed"))],
        "three": [
            cell(derivation("back")),
            refuted("climbing", APART, source_of="*A book*", domain=[NAME]),
            refuted("low", NEGATIVE),
            ":::{statement} back\n:::",
        ],
        "four": [cell(record("all", domain=MEANT, given=GIVEN, conditions=CONDITIONS, uses=["few", "seen", "square"]))],
        "two": ["See {eq}`slope`.\n\n:::{statement} slope\nIn *words*.\n:::"],
        "ledger": ["```{ledger-table}\n```"],
    }
    return build(write_book(tmp_path_factory.mktemp("book"), **pages))


def boxes(site, page):
    text = (site / f"{page}.html").read_text("utf8")
    return re.findall(
        r'<div[^>]*class="[^"]*\bstatement\b.*?(?=<div[^>]*class="[^"]*\bstatement\b|<footer|\Z)', text, re.DOTALL
    )


def test_a_record_becomes_a_box_with_its_title_and_its_state(site):
    definition, claim, listed, observed = boxes(site, "one")
    assert "Title of square" in definition and ">Definition</a>" in definition
    assert "Title of slope" in claim and ">Proved for all sizes</a>" in claim
    assert ">Proved for listed sizes</a>" in listed and "Sizes: " in listed
    assert ">Observed</a>" in observed


def test_the_formula_has_the_number_and_the_address_that_eq_finds(site):
    _, claim, *_ = boxes(site, "one")
    assert re.match('<div [^>]*class="statement[^>]* id="equation-slope"', claim) and claim.count(' id="') == 1
    assert re.search(r'<span class="eqno"><a class="permalink" href="#equation-slope"[^>]*>\(1\.2\)</a>', claim)
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
    box, proof = claim.split(PROOF)
    assert "x &gt; 0</annotation>" in box and "f(x) = x^2" not in box
    assert "f(x) = x^2</annotation>" in proof


def test_a_box_says_for_what_the_statement_is_meant_then_what_is_given_and_where_it_holds(site):
    (box,) = boxes(site, "four")
    meant, rests = re.findall(r'<p class="given">(.*?)</p>', box, re.DOTALL)
    said = [
        "For all sizes ",
        " is any differentiable function. ",
        "Given that ",
        "It holds where ",
        " for all ",
        " up to order 3. ",
    ]
    assert sorted(said, key=meant.index) == said
    assert r"m, n \ge 1</annotation>" in meant and "x^2</annotation>" not in meant
    assert (
        re.sub(r"<[^>]+>", "", rests) == "Rests on Title of few (1.3), Title of seen (1.4) and Title of square (1.1)."
    )


def test_a_proof_is_folded_and_says_what_was_checked(site):
    _, claim, *_ = boxes(site, "one")
    proof = claim.split(PROOF)[1]
    assert "2 steps, 250 ms, audited" in proof and "Method: normal form of one generic entry." in proof
    assert "3 random points" in proof and "10^{-40}</annotation>" in proof
    assert "divide by" in proof


def test_a_left_side_that_repeats_the_line_above_is_left_out(site):
    _, claim, *_ = boxes(site, "one")
    lefts = re.findall(r'<span class="left[^"]*">.*?<annotation[^>]*>(.*?)</annotation>', claim, re.DOTALL)
    assert lefts == [r"\displaystyle f(x) = {}", r"\displaystyle  = {}"]


def test_what_rests_on_a_statement_is_linked_by_its_number(site):
    definition, *_ = boxes(site, "one")
    assert 'Used by <a href="#equation-slope">(1.2)</a>' in definition
    assert "Used by" not in boxes(site, "three")[-1]


def test_definitions_and_observations_have_no_proof(site):
    definition, _, _, observed = boxes(site, "one")
    assert PROOF not in definition and PROOF not in observed


def test_a_statement_is_repeated_with_words_and_a_link_but_no_second_address(site):
    (again,) = boxes(site, "two")
    assert "<em>words</em>" in again and '<a href="one.html#equation-slope">(1.2)</a>' in again
    assert "2 x</annotation>" in again and 'id="equation-slope"' not in again


def test_a_derivation_is_its_lines_with_their_reasons_under_one_number(site):
    derived, *_ = boxes(site, "three")
    shown, proof = derived.split(PROOF)
    assert 'id="equation-back"' in shown and shown.count(">(2.1)</a>") == 1
    assert "differentiated where it stands in the scalar" in shown and "the chain rule through" in shown
    assert "chain rule through" not in proof and "write out entry i, j" in proof
    assert "katex-display" not in derived


def test_an_expression_alone_equals_the_line_above(site):
    proof = boxes(site, "three")[0].split(PROOF)[1]
    lefts = re.findall(r'<span class="left[^"]*">.*?<annotation[^>]*>(.*?)</annotation>', proof, re.DOTALL)
    assert [left.split() for left in lefts] == [[r"\displaystyle", "{}"], [r"\displaystyle", "=", "{}"]]


def test_a_repeated_derivation_leads_to_the_first(site):
    *_, again = boxes(site, "three")
    assert re.search(r'<a href="(three\.html)?#equation-back">\(2\.1\)</a>', again) and "the chain rule" in again


def test_a_refuted_claim_shows_where_its_sides_differ_and_what_its_names_stand_for(site):
    _, box, low, _ = boxes(site, "three")
    assert ">Refuted</a>" in box and "<em>A book</em>" in box
    shown = re.findall(r"<annotation[^>]*>(.*?)</annotation>", box, re.DOTALL)
    assert shown[1:] == [
        f"{NAME['latex']} = {NAME['definition']}",
        *SIDES,
        "m = 1",
        r"X = \begin{pmatrix}-2 &amp; 0\end{pmatrix}",
    ]
    assert "Here <" in box and "In row 1 and column 2 the left side is" in box and PROOF not in box
    assert "It is" in low and "In row" not in low


def test_a_definition_says_only_what_those_before_it_have_not_said(tmp_path):
    y = {**X, "latex": "y"}
    first = record("a", kind="definition", state="definition", domain=[X])
    second = record("b", kind="definition", state="definition", domain=[X, y])
    site = build(write_book(tmp_path, one=[cell(first, second, record("c", domain=[X]))]))
    said = [re.findall(r"<annotation[^>]*>([xy]) &gt; 0<", box) for box in boxes(site, "one")]
    assert said == [["x"], ["y"], ["x"]]


def test_a_changed_title_is_shown_on_pages_that_did_not_change(tmp_path):
    root = write_book(tmp_path, one=[cell(record("a"))], two=["{eq}`a`\n\n:::{statement} a\n:::"])
    build(root)
    write_page(root, "one", "# Page one", cell(record("new"), record("a", title="A better title")))
    page = (build(root) / "two.html").read_text("utf8")
    assert "A better title" in page and page.count("(1.2)") == 2 and "(1.1)" not in page


@pytest.mark.parametrize(("old", "new"), [("one", "two"), ("two", "one")])
def test_a_statement_that_moved_to_another_page_is_found_there_by_the_next_build(tmp_path, old, new):
    link, stated = "See {eq}`moved`.", cell(record("moved"))
    build(write_book(tmp_path, **dict(sorted({old: [stated], new: [link]}.items()))))
    write_page(tmp_path, old, f"# Page {old}", link)
    write_page(tmp_path, new, f"# Page {new}", stated)
    out = build(tmp_path)
    assert f'href="{new}.html#equation-moved"' in (out / f"{old}.html").read_text("utf8")


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


@pytest.mark.parametrize(
    ("latex", "classes"),
    [
        ("a = b", []),
        ("a + b + c + d + e + f = g + h + i + j + k + l", ["long"]),
        (f"x = {' + '.join('a' * 30)}", ["wide", "long"]),
    ],
)
def test_what_is_too_long_for_a_line_is_marked_and_so_is_a_relation_alone(latex, classes):
    steps = tuple({"latex": line, "reasons": []} for line in (latex, f"{latex.partition('= ')[2]} = z"))
    lines = equalities(steps, lambda _id: [])
    assert lines["classes"] == ["equalities", *classes]
    assert [line[0]["classes"] for line in lines] == [["left"], ["left", "relation"]]


def test_records_are_looked_up_anew_only_when_they_or_the_pages_have_changed():
    env = SimpleNamespace(domaindata={}, looked=0)

    def relations():
        env.looked += 1
        return {"one": [], "two": []}

    env.collect_relations = relations
    domain = Statements(env)
    first, second = (Record.read(record("a", title=name), docname=name, source="", line=1) for name in ("one", "two"))
    domain.note(first)
    assert domain.by_id() == domain.by_id() == {"a": first} and env.looked == 1
    domain.note(second)
    assert domain.by_id() == {"a": second}
    domain.clear_doc("two")
    assert domain.by_id() == {"a": first}
    domain.merge_domaindata(["two"], {**Statements.initial_data, "records": {"two": [second]}})
    assert domain.by_id() == {"a": second} and env.looked == 4


def test_a_statement_on_a_page_that_left_the_book_is_not_known(tmp_path, monkeypatch):
    known = []
    monkeypatch.setattr(book, "unknown_claims", lambda package, names: known.append(set(names)) or ())
    one, two = [cell(record("a"))], [cell(record("b"))]
    build(write_book(tmp_path, one=one, two=two))
    (tmp_path / "book/two.ipynb").unlink()
    build(write_book(tmp_path, one=one))
    assert known == [{"a", "b"}, {"a"}]


def test_what_was_looked_up_before_the_contents_were_read_is_looked_up_again(tmp_path, monkeypatch):
    early, late = [], []
    monkeypatch.setattr(pages, "check_source", lambda app, *_: early.append(set(statements(app.env).by_id())))
    monkeypatch.setattr(book, "unknown_claims", lambda package, names: late.append(names) or ())
    build(write_book(tmp_path, a=[cell(record("x"))]))
    assert early == [set(), set()] and late == [{"x"}]


# ---------------------------------------------------------------- what it rests on
@pytest.fixture(scope="module")
def rested(tmp_path_factory):
    """A book with a theorem that is cited, what rests on it, and definitions that are needed by their keys."""
    unproved = {"kind": "claim", "state": "cited", "latex": "", "words": "If $x$, then *y*.", "method": []}
    theorem = record("theorem", **unproved, source_of="a **book**") | {"key": "theorem:theorem"}
    name = record("name", kind="definition", state="definition") | {"key": "k1"}
    same = record("same", kind="definition", state="definition") | {"key": "k1"}
    near = record("near") | {"needs": [{"key": "theorem:theorem"}, {"key": "k1"}, {"key": "stated nowhere"}]}
    line = {"latex": "x = y", "reasons": [{"code": "statement", "id": "near"}, {"code": "definition", "names": ["A"]}]}
    far = record("far", uses=["near"], steps=[line, {"latex": "y = z", "reasons": [{"code": "algebra"}]}])
    seen = record("seen", **unproved | {"state": "observed", "observed": {"seeds": 5, "low": 0.1, "high": 0.25}})
    one, two = [cell(theorem), cell(name), cell(near)], [cell(same), cell(far), cell(seen)]
    return build(write_book(tmp_path_factory.mktemp("rested"), one=one, two=two))


def words_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", re.sub(r"(?s)<(annotation|math).*?</\1>", "", html)))


def test_a_cited_statement_shows_its_words_and_its_source(rested):
    text = (rested / "one.html").read_text("utf8")
    assert "<em>y</em>" in text and "Source: a <strong>book</strong>." in re.sub(r"<p[^>]*>", "", text)
    assert "Cited, not proved here" in words_of(text)


def test_a_statement_rests_on_what_its_lines_used_and_on_definitions_by_their_key(rested):
    text = words_of((rested / "one.html").read_text("utf8"))
    assert re.search(r"Rests on Title of theorem and Title of name \([\d.]+\)\.", text)


def test_what_rests_on_a_cited_statement_through_others_says_so(rested):
    text = words_of((rested / "two.html").read_text("utf8"))
    assert "Through these, on Title of theorem, cited." in text


def test_a_line_leads_to_the_statement_that_makes_it_true(rested):
    text = (rested / "two.html").read_text("utf8")
    assert re.search(
        r'class="why"><a href="one.html#equation-near">Title of near \([\d.]+\)</a> and definition of', text
    )
    assert "rearranged" in text


def test_an_observation_says_how_many_seeds_it_saw(rested):
    assert "Seen over 5 seeds; the 95 % interval of the mean is" in words_of((rested / "two.html").read_text("utf8"))


CODE = 'from claims import claim\nX = matrix("X", m, n)\nclaim("a", X, X);'


def shown(tmp_path, code, *outputs, tags=()):
    """The page of one cell, which stated `a` and then `b`."""
    one = cell(record("a"), record("b"), code=code)
    one.outputs += outputs
    one.metadata["tags"] = list(tags)
    page = (build(write_book(tmp_path, one=[one])) / "one.html").read_text("utf8")
    return page[page.index('<div class="cell') : page.index("<footer") if "<footer" in page else None]


def test_the_code_of_a_cell_that_only_states_is_folded_in_the_last_of_its_boxes(tmp_path):
    page = shown(tmp_path, CODE)
    before, after = page.split('<details class="fold as-code"><summary>As code</summary>')
    assert "cell_input" not in before and before.count('class="statement') == 2 and "</pre>" not in before
    assert re.match(
        r'<div class="cell_input[^>]*>.*?</pre>\s*</div>\s*</div>\s*</div>\s*</details></div>', after, re.DOTALL
    )


def test_what_a_cell_prints_beside_its_box_stays_in_sight(tmp_path):
    page = shown(tmp_path, CODE, v4.new_output("stream", name="stdout", text="printed"))
    assert "printed" in page.split("</details></div>")[-1]


@pytest.mark.parametrize(
    "code",
    [
        f"{CODE}\nprint(X)",
        f"{CODE}\nrange(3)",
        f"{CODE}\nfor x in X: pass",
        f"{CODE}\ndef f(): pass",
        "X = matrix()",
        "%time claim()",
        "print(claim())",
    ],
)
def test_code_that_does_more_than_state_stands_above_its_boxes(tmp_path, code):
    page = shown(tmp_path, code)
    assert "as-code" not in page and page.index("cell_input") < page.index('class="statement')


@pytest.mark.parametrize("tag", ["show-input", "raises-exception"])
def test_a_tag_keeps_the_code_in_sight(tmp_path, tag):
    page = shown(tmp_path, CODE, tags=[tag])
    assert "as-code" not in page and page.index("cell_input") < page.index('class="statement')
