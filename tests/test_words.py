"""The words around statements: whole sentences that a translation replaces, whatever language it is in."""

import re
from pathlib import Path

import pytest
import sphinx.locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from chapters import each_page, records
from docutils import nodes
from small_site import METHOD, build, cell, record, write_book

from claims.algebra.equality import METHODS
from claims.language.expectation import LAWS
from claims.proof import terminal
from claims.proof.explanation import SAID
from claims.proof.records import methods as codes
from coursebook import places
from coursebook.site import formula
from coursebook.statements import words

MATRIX = {"kind": "matrix", "latex": "W", "rows": "m", "cols": "n"}
X = {"kind": "scalar", "latex": "x", "set": "R", "sign": ">"}
SIZES = {"kind": "sizes", "latex": ["m", "n"]}
FUNCTIONS = [{"kind": "function", "latex": letter} for letter in "fg"]
BY_SLOPE = {"kind": "function", "latex": "h", "slope": "1 - h(z)^2"}
ANYWHERE = {"kind": "condition", "latex": r"x \ne 1", "indices": []}
EITHER = {"kind": "condition", "latex": r"x < 0 \text{ or } x > 1", "indices": []}
EACH = {"kind": "condition", "latex": "W_{ij} > 0", "indices": ["i", "j"]}


@pytest.mark.parametrize(
    ("said", "sentences"),
    [
        (words.domain([SIZES]), [r"For all sizes $m, n \ge 1$."]),
        (words.domain([X]), [r"$x \in \mathbb{R}$, $x > 0$."]),
        (
            words.domain([SIZES, MATRIX, X]),
            [r"For all sizes $m, n \ge 1$; $W \in \mathbb{R}^{m \times n}$; $x \in \mathbb{R}$, $x > 0$."],
        ),
        (words.domain(FUNCTIONS[:1]), ["$f$ is any differentiable function."]),
        (words.domain(FUNCTIONS), ["$f$, $g$ are any differentiable functions."]),
        (words.domain([BY_SLOPE]), ["$h$ is any function with $h'(z) = 1 - h(z)^2$."]),
        (words.domain([]), []),
        (words.given([{"kind": "given", "latex": "S = T"}]), ["Given that $S = T$."]),
        (
            words.conditions([ANYWHERE, EACH]),
            [r"It holds where $x \ne 1$.", "It holds where $W_{ij} > 0$ for all $i, j$."],
        ),
        (words.conditions([{**EACH, "indices": ["i"]}]), ["It holds where $W_{ij} > 0$ for every $i$."]),
        (
            words.conditions([ANYWHERE, EACH], definition=True),
            ["It has a value where $x \\ne 1$.", "It has a value where $W_{ij} > 0$ for all $i, j$."],
        ),
        (
            words.conditions([{"kind": "smooth", "latex": "f", "order": 3}, {"kind": "analytic", "latex": "g"}]),
            [
                "It holds where $f$ has continuous derivatives up to order 3.",
                "It holds where $g$ has a derivative at complex arguments, too.",
            ],
        ),
    ],
)
def test_a_list_of_a_record_becomes_sentences(said, sentences):
    assert list(said) == sentences


def test_names_are_told_in_one_sentence_and_none_in_none():
    names = [{"kind": "name", "latex": letter, "definition": "x^2"} for letter in "ab"]
    assert words.meanings([X, *names]) == "Here $a = x^2$; $b = x^2$."
    assert words.meanings([X]) == ""


@pytest.mark.parametrize(
    ("points", "error", "said"),
    [
        (1, 0, "Audited at a random point by .*: both sides agree to the last digit\\."),
        (3, 0, "Audited at 3 random points by .*: both sides agree to the last digit\\."),
        (1, 2e-41, r"Audited at a random point by .*: both sides agree within \$10\^\{-40\}\$\."),
        (3, 2e-41, r"Audited at 3 random points by .*: both sides agree within \$10\^\{-40\}\$\."),
    ],
)
def test_an_audit_says_at_how_many_points_and_how_well_the_sides_agree(points, error, said):
    assert re.fullmatch(said, words.audit(points, error))


def test_links_are_listed_as_in_a_sentence():
    shown = lambda count: "".join(node.astext() for node in words.listed([[nodes.Text(c)] for c in "abc"[:count]]))
    assert [shown(count) for count in (1, 2, 3)] == ["a", "a and b", "a, b and c"]


# ---------------------------------------------------------------- every code has words
def test_every_reason_of_the_prover_has_words():
    told = {"never-negative", "derivative", "chain-rule", "definition", "algebra", "entries"}
    assert set(SAID) | told == set(words.REASONS)


def test_a_line_has_its_reasons_then_the_words_of_its_author():
    line = {"reasons": [{"code": "statement", "id": "a"}, {"code": "entries"}], "why": "for $x$ alone"}
    shown = words.reasons(line, lambda id: [nodes.Text(f"({id})")])
    assert "".join(node.astext() for node in shown) == "(a) and entry by entry: for x alone"


LETTER = {"kind": "random", "latex": "w", "rows": "n", "cols": "1", "mean": "0"}
RANDOM = [{**LETTER, "law": law, "variance": "s^2"} for law in ("any", "symmetric", "normal")] + [
    {**LETTER, "law": "bernoulli"}
]


def test_a_page_says_the_law_of_random_numbers():
    said = "; ".join(words.domain(RANDOM))
    assert said.count(r"$w \in \mathbb{R}^{n \times 1}$ is random: independent") == 4
    assert said.count("with mean $0$ and variance $s^2$") == 3
    assert "normal entries" in said and "1 with probability $0$, else 0" in said
    assert [terminal.line(entry).count("random entries") for entry in RANDOM] == [1] * 4
    assert {entry["law"] for entry in RANDOM} == set(LAWS) == set(words.LAWS)


def test_every_kind_of_the_domain_has_words_in_a_terminal_and_on_a_page():
    entries = [SIZES, MATRIX, X, *RANDOM, *FUNCTIONS, BY_SLOPE, ANYWHERE, EACH, {"kind": "given", "latex": "S = T"}]
    assert {entry["kind"] for entry in entries} | {"name", "smooth", "analytic"} == set(terminal.LINES)


def test_the_methods_that_are_listed_have_words():
    assert {method["code"] for name in METHODS.values() for method in codes(name)} <= set(words.METHODS)
    assert (
        words.methods([{"code": "induction", "by": "t"}, *METHOD])
        == "induction over t; normal form of one generic entry"
    )


@each_page
def test_every_method_and_reason_of_the_book_has_words(page):
    for each in records(page).values():
        lines = [*each["steps"], *each["explain"]]
        known = {method["code"] for line in [each, *lines] for method in line.get("method", ())}
        assert known <= set(words.METHODS)
        link = lambda id: [nodes.Text(id)]
        assert all(words.reasons(line, link) or len(each["steps"]) == 1 for line in lines)


# ---------------------------------------------------------------- translation
def messages() -> set:
    """All messages of the modules that make words."""
    rooms = [Path(words.__file__).parent, Path(formula.__file__).parent]
    found = [each for room in rooms for each in extract_from_dir(room, keywords={"_": None, "ngettext": (1, 2)})]
    return {message for _, _, message, _, _ in found}


def test_the_template_for_translators_has_every_message_and_no_other():
    with (places.LOCALE / "coursebook.pot").open("rb") as file:
        template = {message.id for message in read_po(file) if message.id}
    assert template == messages(), "`make messages` writes it"


def test_a_page_in_another_language_has_other_words_and_the_same_formulas(tmp_path, monkeypatch):
    catalogue = Catalog("fr", domain="coursebook")
    catalogue.add("For all sizes {sizes}; {members}.", "Quelles que soient les tailles {sizes} : {members}.")
    catalogue.add(
        ("It holds where {condition}.", "It holds where {condition}."), ("Là où {condition}.", "Là où {condition}.")
    )
    catalogue.add("proved for all sizes", "démontré pour toute taille")
    catalogue.add("Proof", "Démonstration")
    catalogue.add("otherwise", "sinon")
    catalogue.add("or", "ou")
    folder = tmp_path / "locale/fr/LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "coursebook.mo").open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(words, "LOCALE", tmp_path / "locale")
    monkeypatch.setattr(sphinx.locale, "translators", dict(sphinx.locale.translators))  # those of the other builds
    cases = r"x = \begin{cases} 0 & \text{if } x < 0 \\ 1 & \text{otherwise} \end{cases}"
    stated = record("a", latex=cases, domain=[SIZES, MATRIX], conditions=[ANYWHERE, EITHER])
    pages = [cell(stated)]
    page = (build(write_book(tmp_path / "book", one=pages), language="fr") / "one.html").read_text("utf8")
    for said in ("Quelles que soient les tailles ", "Là où ", "Démontré pour toute taille", "Démonstration", "sinon"):
        assert said in page
    assert r"W \in \mathbb{R}^{m \times n}</annotation>" in page and r"x \ne 1</annotation>" in page
    assert r"x &lt; 0 \text{ ou } x &gt; 1</annotation>" in page
    assert "otherwise" not in page and "For all sizes" not in page
