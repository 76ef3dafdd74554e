"""Faults that show in the sources alone: each is planted in a small book, and named with file, line and remedy."""

import subprocess
import sys

import pytest

from coursebook.checks.written import found
from coursebook.contribute.chapter import THEME

CONTENTS = """\
root: book/index
parts:
  - caption: One
    numbered: true
    chapters:
      - file: book/first
  - caption: Appendix
    chapters:
      - file: book/notation
"""
NOTATION = """\
# Notation

## All chapters

| symbol | in code | meaning |
|---|---|---|
| $X$, $w$, $y$, $Z$ | `X`, `w` | letters |
| $L$, $m$, $n$, {choice}`\\sigma = 1` | `m`, `n` | more |

## Letters of single chapters

### The first

| symbol | meaning |
|---|---|
| $q$ | a letter of the chapter |
"""
LIBRARY = 'def half(w):\n    """Half of w."""\n    return w / 2\n'
LISTING = "\n```{literalinclude} ../src/neurone/halves.py\n:pyobject: half\n```\n"
TITLE = "# The first\n"


@pytest.fixture
def book(tmp_path):
    """A book with one chapter, in which nothing is wrong; `plant` puts a fault below the chapter's title."""
    for name in ("book", "src/neurone"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "_toc.yml").write_text(CONTENTS)
    (tmp_path / "src/neurone/halves.py").write_text(LIBRARY)
    (tmp_path / "book/index.md").write_text(f"# A book\n{LISTING}")
    (tmp_path / "book/notation.md").write_text(NOTATION)
    chapter = (THEME / "chapter.md").read_text("utf8").replace("@NAME@", "first").replace("@TITLE@", "The first")
    (tmp_path / "book/first.md").write_text(chapter)
    assert found(tmp_path) == []
    return tmp_path


def plant(book, *lines):
    """What is found when these lines stand below the title, the first of them on line 13."""
    page = book / "book/first.md"
    text = page.read_text("utf8")
    page.write_text(text.replace(TITLE, "\n".join([TITLE, *lines, ""]), 1))
    return found(book)


PLANTED = {
    "typed result": (["The accuracy was 0.973."], "the number 0.973 is typed; if a cell can compute it, `put` it"),
    "typed share": (["It is right on 97 % of them."], "the number 97 % is typed"),
    "typed per cent": (["It is right on 97.5 per cent."], "the number 97.5 per cent is typed"),
    "typed in a formula": (["The accuracy was $0.973$."], "the number 0.973 is typed"),
    "typed in a table": (["| a | 0.973 |"], "mark it: {given}`0.973`"),
    "level without an interval": (["It is right on 95 % of them."], "the number 95 % is typed"),
    "three sentences": (["One thing. A second thing. I see it."], "two sentences share a line; give each its own"),
    "sentence before a formula": (["It ends here. $X$ begins."], "two sentences share a line"),
    "sentences in a list": (["- One thing. A second."], "two sentences share a line"),
    "sentences in a hint": ([":::{admonition} Hint 1", "One thing! A second.", ":::"], ":14: two sentences share"),
    "letter": (["Let $k$ be it."], "the letter k is not on the page of notation; give it a row in book/notation.md"),
    "greek letter": ([r"Let {choice}`\tau = 1` be it."], r"the letter \tau is not on the page of notation"),
    "letter of a cell": (["```{code-cell}", 'k = scalar("k_1")', "```"], ":14: the letter k is not on the page"),
    "size of a cell": (["```{code-cell}", 'm, r = sizes("m r")', "```"], ":14: the letter r is not on the page"),
    "long cell": (["```{code-cell}", *["1 + 1"] * 11, "```"], ":14: a cell of 11 lines; show 10 at most"),
    "printed record": (
        ["```{code-cell}", 'define("a-name", X, X)', "```"],
        ":14: the value of the last line is printed below",
    ),
    "name of a folded cell": (
        ["```{code-cell}", 'X = define("a-name", "X", w);', "```", "```{code-cell}", "print(X, X)", "```"],
        ":17: X: from the cell of line 14, whose code is hidden; give names in a cell of their own before it",
    ),
    "name of a removed cell": (
        ["```{code-cell}", ":tags: [remove-cell]", "w = 1", "```", "```{code-cell}", "def f(): return w", "```"],
        ":18: w: from the cell of line 15",
    ),
    "second title": (["# Another"], "a second title; make it a section"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_named_with_its_line_and_the_remedy(book, name):
    lines, said = PLANTED[name]
    (fault,) = plant(book, *lines)
    assert said in fault and fault.startswith(f"book/first.md:{'' if said.startswith(':') else '13: '}")


@pytest.mark.parametrize(
    "lines",
    [
        ["The course that we follow prints {given}`0.973`."],
        ["It lies at {value}`0.973`, and $0.5 = 1 / 2$ is proved."],
        ["Means with 95 % intervals, over {glue:text}`seeds` seeds."],
        ["See section 6.1 of {cite}`goodfellow2016`, and version `3.11`."],
        ["Goodfellow et al. Published it, e.g. In a book by C. J. Clopper."],
        ["1. One thing."],
        ["| One thing. Another. |"],
        ["Let $q$ be a letter of this chapter, and $\\text{words}$ none."],
        ["```{code-cell}", ":tags: [remove-cell]", *["1 + 1"] * 11, "```"],
        ["```{code-cell}", *["1 + 1", ""] * 10, "```"],
        ["```{answer} number", "It:", "", "+ `0.5`", "```"],
        ["```{code-cell}", 'X = define("a-name", "X", w);', "```", "```{code-cell}", "[X for X in range(3)]", "```"],
        ["```{code-cell}", 'X = define("a-name", "X", w);', "```", "```{code-cell}", "X = 1", "print(X)", "```"],
        ["```{code-cell}", 'X = define("a-name", "X", w);', "```", "```{code-cell}", 'claim("b", X, w);', "```"],
        [
            "```{code-cell}",
            ":tags: [show-input]",
            'X = define("a-name", "X", w);',
            "```",
            "```{code-cell}",
            "print(X)",
            "```",
        ],
    ],
    ids=" ".join,
)
def test_what_is_no_fault_is_let_through(book, lines):
    assert plant(book, *lines) == []


def test_a_letter_of_another_chapter_is_none_of_this_one(book):
    (book / "book/index.md").write_text(f"# A book\n\nLet $q$ be it.\n{LISTING}")
    (fault,) = found(book)
    assert fault.startswith("book/index.md:3: the letter q is not on the page of notation")


def test_a_letter_of_the_library_is_on_the_page_of_notation(book):
    (book / "src/neurone/halves.py").write_text(LIBRARY.replace("(w)", "(w, K)"))
    (fault,) = found(book)
    assert fault.startswith("src/neurone/halves.py:1: the letter K is not on the page of notation")


def test_all_faults_are_found_at_once(book):
    assert len(plant(book, "The accuracy was 0.973. It is $k$.")) == 3


def test_front_matter_that_is_missing_is_named(book):
    page = book / "book/first.md"
    page.write_text(page.read_text("utf8")[page.read_text("utf8").index(TITLE) :])
    (fault,) = found(book)
    assert fault.startswith(
        "book/first.md:1: the front matter of a page with cells is missing or another; copy that of"
    )


def test_a_page_begins_with_its_title(book):
    (book / "book/index.md").write_text(f"## A section\n{LISTING}")
    (fault,) = found(book)
    assert fault.startswith("book/index.md:1: no title before the sections; begin with a line `# Title`")


def test_a_chapter_ends_with_its_exercises_and_references(book):
    page = book / "book/first.md"
    page.write_text(page.read_text("utf8").replace("## References", "## Sources"))
    (fault,) = found(book)
    assert "a chapter ends with the sections Summary, Exercises and References, in this order" in fault


def test_pages_and_the_table_of_contents_name_each_other(book):
    (book / "book/lost.md").write_text("# Lost\n")
    (book / "_toc.yml").write_text(CONTENTS + "      - file: book/nowhere\n      - file: book/first\n")
    assert sorted({fault.partition(";")[0] for fault in found(book)}) == [
        "_toc.yml: book/first stands there twice",
        "_toc.yml: book/nowhere is no page",
        "book/lost.md:1: no page of the book",
    ]


def test_code_of_the_library_is_shown_in_one_chapter(book):
    (book / "book/index.md").write_text("# A book\n")
    assert found(book) == ["src/neurone/halves.py:1: neurone.halves.half is shown in no chapter"]
    (book / "book/index.md").write_text(f"# A book\n{LISTING}{LISTING}")
    (fault,) = found(book)
    assert fault == "book/index.md:7: neurone.halves.half is already shown at book/index.md:3"


def test_the_command_ends_with_what_it_found(book):
    plant(book, "The accuracy was 0.973.")
    done = subprocess.run(
        [sys.executable, "-m", "coursebook.checks"], cwd=book, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("book/first.md:13: ") and done.stderr.endswith("sources of the book: 1\n")
