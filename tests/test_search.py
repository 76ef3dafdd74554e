"""What the search finds, on a small book, by the script that readers run."""

import json
import subprocess

import pytest
from small_site import PARTS, build, cell, record, write_book
from test_page import WITH_THEME

from coursebook.html.node import node_program
from coursebook.site.search import others, plain

OF_SITE = ("html.page", "site.search")
THEMED = {
    **WITH_THEME,
    "extensions": ["myst_nb", "sphinx_book_theme", *(f"coursebook.{part}" for part in (*PARTS, *OF_SITE))],
}
TERMS = "```{glossary}\nsigmoid (*sigmoïde*)\n  A curve like an S.\n\nadam\n  A way down.\n```"
ASK = """
globalThis.window = globalThis;
globalThis.location = { href: "https://example.org/course/" };
globalThis.document = { documentElement: { dataset: { content_root: "./" } }, querySelectorAll: () => [] };
const { readFileSync } = require("node:fs");
const [data, script, ...queries] = process.argv.slice(1);
(0, eval)(readFileSync(data, "utf8"));
(0, eval)(readFileSync(script, "utf8"));
console.log(JSON.stringify(queries.map((query) => Search.find(query).map((entry) => entry.address))));
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    stated = [
        record("softmax-jacobian", title="Jacobian of the softmax"),
        record("start", title="How weights start: their initialisation"),
        record("hadamard", title="Gradient of a Hadamard product by $w$"),
        record("sigma", title="Symmetry of the sigmoid"),
        record("entropy", title="Gradient of the cross-entropy"),
    ]
    pages = {"one": ["## Descent", cell(*stated)], "two": [TERMS]}
    return build(write_book(tmp_path_factory.mktemp("book"), **pages), **THEMED)


def ask(site, *queries):
    """The addresses that each question finds, best first."""
    files = [site / "_static/search-data.js", site / "_static/search.js"]
    done = subprocess.run([node_program(), "-e", ASK, *files, *queries], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("1.2", "one.html#equation-start"),
        ("softmax derivative", "one.html#equation-softmax-jacobian"),
        ("initialization", "one.html#equation-start"),
        ("sigmoide", "two.html#term-sigmoid-sigmoide"),
        ("cross entropy gradient", "one.html#equation-entropy"),
        ("cross-entropy gradients", "one.html#equation-entropy"),
        ("Adam", "two.html#term-adam"),
        ("desc", "one.html#descent"),
        ("jacobain", "one.html#equation-softmax-jacobian"),
    ],
)
def test_a_question_finds_what_it_means(site, query, place):
    (found,) = ask(site, query)
    assert found and (found[0].startswith(place) or place in found[:2]), found


def test_a_name_does_not_find_a_word_that_holds_it(site):
    (found,) = ask(site, "Adam")
    assert "one.html#equation-hadamard" not in found


def test_a_word_of_one_language_finds_the_statements_that_have_that_of_the_other(site):
    (found,) = ask(site, "sigmoïde")
    assert "one.html#equation-sigma" in found


def test_what_is_nowhere_finds_nothing(site):
    assert ask(site, "zebra", "9.9") == [[], []]


def test_formulas_of_results_are_rendered_once_and_hold_no_code(site):
    data = (site / "_static/search-data.js").read_text("utf8")
    assert "katex-html" in data and "annotation" not in data and "$" not in data


def test_a_page_names_the_files_of_the_search_and_loads_neither(site):
    page = (site / "one.html").read_text("utf8")
    assert "search-data.js?v=" in page and "<script src" in page
    assert 'src="_static/search' not in page and not (site / "searchindex.js").exists()


def test_phrases_that_mean_the_same_are_known_by_whole_words():
    known = [["rate", "pas"], ["slope", "derivative"]]
    assert others("Two slopes", known) == "slope derivative" and others("Separate", known) == ""
    assert plain("Entropie croisée, $x$ 5") == "entropie croisee 5"
