"""Fields that judge a reader's answer: their directive, their faults, and every field of the book."""

import json
import re
import subprocess
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from chapters import BOOK, of_pages, records
from docutils.core import publish_doctree
from docutils.parsers.rst import directives
from myst_parser.parsers.docutils_ import Parser
from small_site import SETTINGS, build, cell, record, write_book
from sphinx.util.docutils import docutils_namespace

from coursebook.html.node import node_program
from coursebook.places import THEME
from coursebook.site.answers import TYPED, Answer, fields, told, with_statement

TESTS = Path(__file__).parent / "answers"
EXTENSIONS = [*SETTINGS["extensions"], "sphinx_exercise", "coursebook.site.answers"]
NUMBER = "```{answer} number\nThe difference:\n\n+ `log(27/16)/4`\n- `log(27/16)`\n  That is the *sum*.\n```"
CHOICE = "```{answer} choice\nWhich?\n\n- The first.\n  It is not.\n+ The second.\n  So it is.\n```"
ORDER = "```{answer} order\nIn order:\n\n+ First.\n+ Second.\n+ Third.\n```"
FORMULA = "```{answer} formula\n:letters: X: m x n; w: n x 1\n\nIts answers:\n\n+ `X w`\n```"


def exercise(*answers):
    return "\n\n".join(["## Exercises", "::::{exercise} Rain\n:label: rain\nAnswer.", *answers, "::::"])


def built(folder, *answers):
    return build(write_book(folder, one=[exercise(*answers)], two=["# Two"]), extensions=EXTENSIONS)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return built(tmp_path_factory.mktemp("book"), NUMBER, CHOICE, ORDER, FORMULA)


@pytest.fixture(scope="module")
def forms(site):
    return re.findall(r'<form class="answer.*?</form>', (site / "one.html").read_text("utf8"), re.DOTALL)


def test_a_page_has_a_form_for_each_field_which_without_a_script_is_not_shown(forms):
    assert len(forms) == 4
    assert all('class="answer pst-js-only"' in form for form in forms)


def test_the_contents_of_exercises_share_no_id(tmp_path):
    two = [exercise(NUMBER), exercise(CHOICE).replace("rain", "snow").replace("## Exercises", "## More")]
    page = (build(write_book(tmp_path, one=two), extensions=EXTENSIONS) / "one.html").read_text("utf8")
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert page.count("<section") >= 4 and len(ids) == len({*ids})


def test_a_field_has_its_question_its_answers_and_what_is_said_to_wrong_ones(forms):
    data = json.loads(unescape(re.search(r'data-field="(.*?)"', forms[0])[1]))
    assert (data["kind"], data["right"], data["wrong"]) == ("number", "log(27/16)/4", ["log(27/16)"])
    assert (data["exercise"], data["place"]) == ("rain", 0)
    assert "The difference:" in forms[0] and "That is the <em>sum</em>." in forms[0]


def test_a_choice_keeps_the_order_of_its_author(forms):
    assert re.findall(r'<li data-right="(\w+)">(.*?)</li>', forms[1]) == [
        ("false", "The first."),
        ("true", "The second."),
    ]


def test_the_script_knows_how_many_fields_each_exercise_has_and_what_to_say(site):
    script = (site / "_static/answers.js").read_text("utf8")
    assert 'var EXERCISES={"one.html": {"rain": 4}};' in script
    assert all(json.dumps(said, ensure_ascii=False) in script for said in told().values())
    assert "_static/answers.js" in (site / "two.html").read_text("utf8")


def test_the_prover_is_a_file_of_its_own_which_no_page_with_fields_loads_at_once(site):
    assert "gradient-of-matrix" in (site / "_static/checker.js").read_text("utf8")
    assert "gradient-of-matrix" not in (site / "_static/answers.js").read_text("utf8")
    assert "checker.js" not in (site / "one.html").read_text("utf8")


def test_a_book_without_fields_loads_no_script_for_them(tmp_path):
    page = build(write_book(tmp_path, one=["# One"]), extensions=EXTENSIONS) / "one.html"
    assert "answers.js" not in page.read_text("utf8")


def test_the_scripts_say_no_more_and_no_less_than_is_translated():
    scripts = "".join(path.read_text("utf8") for path in (THEME / "answers").glob("*.mjs"))
    named = set(re.findall(r"\bWORDS\.(\w+)", scripts))
    verdicts = {"right", "wrong", "undecided", "unread", "misfit", "asked", "coarse", "unfinished"}
    ways = {"proved", "proved_all", "digits", "agreed", "lines", "conditions"}
    assert named | verdicts | ways == set(told())


FAULTY = [
    ("```{answer} guess\nHow?\n```", r"no such kind of answer: guess; there are number, array"),
    ("```{answer} number\n+ `1`\n```", r"an answer begins with its question"),
    ("```{answer} number\nHow much?\n```", r"a number has one right answer, an item with a plus, unlike the 0"),
    (
        "```{answer} choice\nWhich?\n\n+ This.\n- That.\n```",
        r"wrong ones, each with its reason below it",
    ),
    ("```{answer} order\nIn order:\n\n+ One.\n+ Two.\n```", r"an order has at least three lines"),
    (
        "```{answer} derivation\n:letters: z\n\nFrom here:\n\n+ `z`\n```",
        r"where it begins and where it ends",
    ),
    ("```{answer} number\n:statement: a\n\nHow much?\n\n+ `1`\n```", r"leave out :statement:"),
    ("```{answer} formula\n:statement: a\n\nWhich?\n\n+ `x`\n```", r"no right answer beside its statement"),
    (
        NUMBER.replace("number\n", "number\n:chains: 1 2\n\n"),
        r"chains say in which orders lines may stand, and this is a number",
    ),
    (
        ORDER.replace("order\n", "order\n:chains: 2 1 3\n\n"),
        r"a chain names lines from 1 to 3 in the order of the list",
    ),
    (NUMBER.replace("number\n", "numbers\n:letters: a\n\n"), r"belong to numbers, and numbers to them"),
    (NUMBER.replace("number\n", "number\n:where: a > 0\n\n"), r"belong to numbers, and numbers to them"),
    (ORDER.replace("order\n", "order\n:chains: 1 x\n\n"), r"a chain names lines from 1 to 3 in the order of the list"),
    (ORDER.replace("order\n", "order\n:chains: 1 3\n\n"), r"line 2 stands in no chain"),
    (ORDER.replace("order\n", "order\n:chains: 1 3; 2 3\n\n"), r"and a right order: list them otherwise"),
]


@pytest.fixture(scope="module")
def warnings(tmp_path_factory):
    """What a build says of a page of faulty fields."""
    with pytest.raises(AssertionError) as told:
        built(tmp_path_factory.mktemp("faulty"), *(answer for answer, _said in FAULTY))
    return str(told.value)


@pytest.mark.parametrize("said", [said for _answer, said in FAULTY])
def test_a_fault_of_the_directive_is_told_with_its_place_and_remedy(warnings, said):
    assert re.search(rf"one\.ipynb:\d+.*{said}", warnings)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (NUMBER.replace("+ `log(27/16)/4`", "+ `log(27/`"), r"the answer log\(27/ is not understood"),
        (NUMBER.replace("- `log(27/16)`", "- `log(27/16)/8 * 2`"), r"the slip log\(27/16\)/8 \* 2 is judged right"),
        ("```{answer} formula\n:statement: a\n\nWhich?\n```", r"a is stated in no chapter"),
    ],
)
def test_a_field_that_judges_wrongly_stops_the_build(tmp_path, answer, said):
    with pytest.raises(SystemExit, match=rf"one\.ipynb:\d+: {said}"):
        built(tmp_path, answer)


def test_a_field_outside_an_exercise_stops_the_build(tmp_path):
    with pytest.raises(SystemExit, match=r"one\.ipynb:\d+: an answer stands outside an exercise"):
        build(write_book(tmp_path, one=[NUMBER]), extensions=EXTENSIONS)


STEPS = [{"latex": "x^2 - x = x (x - 1)", "reasons": []}, {"latex": "x (x - 1) = -x (1 - x)", "reasons": []}]
X = {"op": "symbol", "id": "x"}
LESS = {"op": "add", "args": [X, -1]}
LINES = [
    {"op": "add", "args": [{"op": "pow", "args": [X, 2]}, {"op": "mul", "args": [-1, X]}]},
    {"op": "mul", "args": [X, LESS]},
    {"op": "mul", "args": [-1, X, {"op": "add", "args": [1, {"op": "mul", "args": [-1, X]}]}]},
]
STATEMENT = {
    "version": 2,
    "kind": "equation",
    "left": LINES[0],
    "right": LINES[2],
    "given": [],
    "conditions": [],
    "symbols": {"x": {"name": "x", "facts": {"real": True}}},
    "matrices": {},
    "functions": {},
    "names": {},
    "steps": [{"kind": "equation", "left": left, "right": right} for left, right in pairwise(LINES)],
}
STATED = record("square", kind="claim", statement=STATEMENT, steps=STEPS, latex="x^2 - x = -x (1 - x)")
STEP = "```{answer} formula\n:statement: square\n:step: 1\n\nThe line between:\n```"


def test_a_hidden_line_is_asked_for_between_the_others(tmp_path):
    page = build(write_book(tmp_path, one=[cell(STATED), exercise(STEP)]), extensions=EXTENSIONS) / "one.html"
    form = re.search(r'<form class="answer.*?</form>', page.read_text("utf8"), re.DOTALL)[0]
    assert [r"\boxed" in line for line in re.findall(r"<annotation[^>]*>(.*?)</annotation>", form)] == [
        False,
        True,
        False,
        False,
    ]
    data = json.loads(unescape(re.search(r'data-field="(.*?)"', form)[1]))
    assert (data["statement"]["right"], data["shown"]) == (LINES[1], [LINES[0], LINES[2]])


def test_the_last_line_of_a_proof_is_not_hidden(tmp_path):
    folder = write_book(tmp_path, one=[cell(STATED), exercise(STEP.replace(":step: 1", ":step: 2"))])
    with pytest.raises(SystemExit, match="square has 2 lines: hide the end of one before the last"):
        build(folder, extensions=EXTENSIONS)


# ---------------------------------------------------------------- the book
FIELD = re.compile(r"^```\{answer\}.*?^```$", re.MULTILINE | re.DOTALL)
ANSWERED = [page for page in sorted(BOOK.glob("*.md")) if FIELD.search(page.read_text("utf8"))]


def exercises_by_hand_and_by_proof() -> dict[str, tuple[str, str]]:
    """Label -> text and solution of each."""
    parts = re.compile(r"^### (?:By hand|By proof)\n(.*?)(?=^##)", re.MULTILINE | re.DOTALL)
    exercise = re.compile(
        r"^::::\{exercise\}.*?\n:label: (\S+)(.*?)^::::\n(.*?)(?=^::::\{exercise|\Z)", re.MULTILINE | re.DOTALL
    )
    found = [part for page in BOOK.glob("*.md") for part in parts.findall(page.read_text("utf8"))]
    return {label: (text, solution) for part in found for label, text, solution in exercise.findall(part)}


EXERCISES = exercises_by_hand_and_by_proof()


def test_every_exercise_by_hand_and_by_proof_has_a_field_and_two_to_four_hints():
    assert len(EXERCISES) > 80
    assert [label for label, (text, _solution) in EXERCISES.items() if not FIELD.search(text)] == []
    hints = {label: text.count("{admonition} Hint") for label, (text, _solution) in EXERCISES.items()}
    assert {label: count for label, count in hints.items() if not 2 <= count <= 4} == {}


def test_every_solution_by_hand_and_by_proof_has_three_sentences_or_the_lines_of_a_proof_to_be_put_in_order():
    def sentences(solution: str) -> list[str]:
        text = re.sub(r"^(```|~~~).*?^\1$", "", solution, flags=re.MULTILINE | re.DOTALL)
        return [line for line in text.splitlines() if line and not line.startswith((":", "|", "$$"))]

    short = [label for label, (_text, solution) in EXERCISES.items() if len(sentences(solution)) < 3]
    assert [label for label in short if "steps=" not in EXERCISES[label][1]] == []


def fields_of(page: Path) -> list[dict]:
    """The fields of a page as its directive reads them, each with the statement that it names."""
    text = "\n\n".join(FIELD.findall(page.read_text("utf8")))
    settings = {"myst_enable_extensions": ["dollarmath"], "report_level": 5}
    with docutils_namespace():
        directives.register_directive("answer", Answer)
        found = [node["field"] for node in fields(publish_doctree(text, parser=Parser(), settings_overrides=settings))]
    known = records(page) if any(field["statement"] for field in found) else {}
    stated = lambda field: known[field["statement"]]["statement"] if field["statement"] else None
    return [with_statement(field, stated(field)) for field in found]


def judged(*arguments) -> subprocess.CompletedProcess:
    return subprocess.run([node_program(), *map(str, arguments)], capture_output=True, text=True, check=False)


def test_the_graders_pass_their_own_tests():
    done = judged("--test", TESTS / "*.test.mjs")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("page", of_pages(ANSWERED))
def test_every_answer_of_a_page_is_accepted_in_other_words_and_each_slip_is_named(page, tmp_path):
    file = tmp_path / "fields.json"
    file.write_text(json.dumps([field for field in fields_of(page) if field["kind"] in TYPED]), "utf8")
    done = judged(TESTS / "fields.mjs", file)
    assert done.returncode == 0, done.stdout + done.stderr
