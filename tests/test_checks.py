import pytest
from nbformat import v4
from small_site import build, cell, record, write_book

from coursebook.checks.book import Faults
from coursebook.checks.listings import misplaced

FRONT = "---\njupytext: {text_representation: {extension: .md, format_name: myst}}\n---\n"


def faults(root, **settings):
    """What the build says before it stops, after a heading that counts the lines."""
    with pytest.raises(Faults) as stopped:
        build(root, **settings)
    heading, *lines = str(stopped.value).strip().splitlines()
    assert heading.endswith(f": {len(lines)}")
    return lines


def in_markdown(root, *lines):
    """A book of one page with these lines, the first of which is line 6."""
    write_book(root, page=[])
    (root / "book/page.ipynb").unlink()
    (root / "book/page.md").write_text("\n".join([FRONT, "# Page", *lines, ""]), "utf8")
    return root


@pytest.mark.parametrize(
    "typed",
    [
        ["$$ a = b $$"],
        ["$$", "a = b", "$$ (label)"],
        ["```{math}", "a = b", "```"],
        [":::{math}", "a = b", ":::"],
        ["```math", "a = b", "```"],
        [r"\begin{align} a &= b \end{align}"],
        [r"\[ a = b \]"],
        [r"So $\displaystyle a = b$."],
        [r"So $\begin{pmatrix} a \end{pmatrix}$."],
    ],
    ids=lambda lines: " ".join(lines),
)
def test_a_formula_typed_by_hand_stops_the_build_with_its_line(tmp_path, typed):
    (fault,) = faults(in_markdown(tmp_path, *typed))
    assert fault.startswith("book/page.md:6: ") and "`claim`" in fault


@pytest.mark.parametrize(
    "lines",
    [
        ["```{math}", ":class: notation", "a = b", "```"],
        ["Between $a = b$ dollars."],
        ["```", r"\[ a = b \]", "```"],
        [r"The command `\begin{align}` in words."],
    ],
    ids=lambda lines: " ".join(lines),
)
def test_pictures_of_notation_prose_and_code_are_no_typed_formulas(tmp_path, lines):
    build(in_markdown(tmp_path, *lines))


def test_a_formula_printed_by_a_cell_must_be_a_statement(tmp_path):
    printed = v4.new_code_cell("expr", outputs=[v4.new_output("display_data", data={"text/latex": "$$x$$"})])
    (fault,) = faults(write_book(tmp_path, page=[printed]))
    assert "book/page.ipynb" in fault and "shown by a cell" in fault


def test_two_statements_of_one_name_are_named_with_both_places(tmp_path):
    (fault,) = faults(write_book(tmp_path, one=[cell(record("a"))], two=[cell(record("a"))]))
    assert fault.startswith("book/two.ipynb:") and "a is already stated at book/one.ipynb:" in fault


def test_one_page_may_not_state_the_same_twice(tmp_path):
    (fault,) = faults(write_book(tmp_path, one=[cell(record("a"), record("a"))]))
    assert "a is already stated at book/one.ipynb:" in fault


@pytest.mark.parametrize(
    "values",
    [
        {"state": "undecided"},
        {"state": ""},
        {"kind": "definition"},
        {"state": "definition"},
        {"kind": "derivation", "state": "cited"},
    ],
)
def test_what_is_not_proved_is_not_built(tmp_path, values):
    (fault,) = faults(write_book(tmp_path, one=[cell(record("a", **values))]))
    assert fault.startswith("book/one.ipynb:") and "is not proved" in fault


def test_to_rest_on_what_nobody_stated_is_a_fault(tmp_path):
    (fault,) = faults(write_book(tmp_path, one=[cell(record("a", uses=["b"]))]))
    assert fault.startswith("book/one.ipynb:") and "a rests on b" in fault


def test_statements_may_not_rest_on_each_other(tmp_path):
    records = [record("a", uses=["c"]), record("b", uses=["a"]), record("c", uses=["b"])]
    (fault,) = faults(write_book(tmp_path, one=[cell(*records)]))
    assert fault.startswith("book/one.ipynb:") and "rest on each other" in fault


def test_a_theorem_that_a_proof_needs_must_be_cited(tmp_path):
    needs = [{"key": "theorem:chain-rule"}]
    (fault,) = faults(write_book(tmp_path, one=[cell(record("a") | {"needs": needs})]))
    assert fault.startswith("book/one.ipynb:") and "a rests on the theorem chain-rule, which no chapter cites" in fault


def test_a_slope_may_not_rest_on_itself(tmp_path):
    own = {"needs": [{"key": "slope:sigma"}], "key": "slope:sigma"}
    (fault,) = faults(write_book(tmp_path, one=[cell(record("a") | own)]))
    assert "rest on each other: a <- a" in fault


@pytest.mark.parametrize("lines", [["See {eq}`nowhere`."], ["```{statement} nowhere", "```"]])
def test_a_reference_to_no_statement_stops_the_build_with_its_line(tmp_path, lines):
    assert faults(in_markdown(tmp_path, *lines)) == ["book/page.md:6: nowhere is stated in no chapter"]


def test_a_figure_says_in_words_what_it_shows(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "book/dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (fault,) = faults(in_markdown(tmp_path, "![](dot.svg)"))
    assert fault.startswith("book/page.md:6: ") and "alternative text" in fault
    build(in_markdown(tmp_path, "![A dot](dot.svg)"))


@pytest.mark.parametrize(
    "lines", [[r"Between $\nosuch$ dollars."], ["```{math}", ":class: notation", r"\nosuch", "```"]]
)
def test_an_unknown_command_in_a_formula_is_named_with_its_line(tmp_path, lines):
    (fault,) = faults(in_markdown(tmp_path, *lines))
    assert fault.startswith("book/page.md:6: ") and r"\nosuch" in fault


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (["```python", "a = 1"], 6),
        ([":::{note}", "Words."], 6),
        (["Words.", "", "~~~", "code", "```"], 8),
        ([":::{note}", "Words.", ":::", "", ":::"], 10),
        (["::::{note}", ":::{tip}", "Words.", "::::"], 7),
        (["```{note}", "~~~", "code", "```"], 7),
    ],
)
def test_a_fence_without_its_other_end_is_named_with_its_line(tmp_path, lines, line):
    found = faults(in_markdown(tmp_path, *lines))
    assert [fault for fault in found if fault.startswith(f"book/page.md:{line}: a fence ")]


@pytest.mark.parametrize(
    "lines",
    [
        ["```python", ":::{note}", "```"],
        ["````{note}", "```python", "a = 1", "```", "````"],
        ["::::{note}", ":::{tip}", "Words.", ":::", "::::"],
        [":::{admonition} About `code`", "Words.", ":::"],
        ["- in a list:", "", "  ```python", "  a = 1", "  ```"],
    ],
)
def test_fences_that_are_closed_or_code_are_none(tmp_path, lines):
    build(in_markdown(tmp_path, *lines))


@pytest.mark.parametrize(
    "line", ["[there](nowhere.md)", "[there](#nowhere)", "{doc}`nowhere`", "{ref}`nowhere`", "[file](nowhere.csv)"]
)
def test_a_link_to_nothing_is_named_with_its_line(tmp_path, line):
    with pytest.raises(AssertionError, match=r"book/page.md:6: .*nowhere"):
        build(in_markdown(tmp_path, line), nitpicky=True)


@pytest.mark.parametrize(
    "lines", [["![Words](nowhere.svg)"], ["```{literalinclude} nowhere.py", "```"], ["{download}`nowhere.csv`"]]
)
def test_a_file_that_is_not_there_is_named_with_its_line(tmp_path, lines):
    with pytest.raises(AssertionError, match=r"book/page.md:6: .*nowhere"):
        build(in_markdown(tmp_path, *lines), nitpicky=True)


def test_a_docstring_names_statements_of_the_book(tmp_path):
    root = write_book(tmp_path, one=[cell(record("a"))])
    (root / "src/neurone").mkdir(parents=True)
    module = root / "src/neurone/losses.py"
    module.write_text('def f():\n    """A loss.\n\n    Claim:   a, b (book/one.md)\n    """\n', "utf8")
    assert faults(root) == ["src/neurone/losses.py:4: b is stated in no chapter"]
    module.write_text(module.read_text("utf8").replace(", b", ""), "utf8")
    build(root)


def test_a_docstring_in_a_folder_of_the_library_names_statements_too(tmp_path):
    root = write_book(tmp_path, one=[cell(record("a"))])
    (root / "src/neurone/deep").mkdir(parents=True)
    (root / "src/neurone/deep/losses.py").write_text('"""A loss.\n\nClaim:   b\n"""\n', "utf8")
    assert faults(root) == ["src/neurone/deep/losses.py:3: b is stated in no chapter"]


def test_all_faults_are_said_at_once(tmp_path):
    assert len(faults(in_markdown(tmp_path, "$$ a $$", "", "{eq}`b` and {eq}`c`"))) == 3


def test_a_fault_stops_the_next_build_too(tmp_path):
    root = in_markdown(tmp_path, "$$ a $$")
    assert faults(root) == faults(root)


def test_a_mended_page_is_built(tmp_path):
    faults(in_markdown(tmp_path, "$$ a $$"))
    build(in_markdown(tmp_path, "No formula."))


@pytest.fixture
def library(tmp_path):
    package, book = tmp_path / "src/neurone", tmp_path / "book"
    package.mkdir(parents=True)
    book.mkdir()
    (package / "losses.py").write_text("def f(): ...\n\nclass C:\n    def g(self): ...\n\ndef _own(): ...\n")
    return package, book


def listing(name, module="losses"):
    return f"```{{literalinclude}} ../src/neurone/{module}.py\n:language: python\n:pyobject: {name}\n```\n"


def test_public_code_is_shown_in_one_chapter(library):
    package, book = library
    (book / "one.md").write_text(listing("f"))
    (book / "two.md").write_text("Text.\n\n" + listing("C.g"))
    assert misplaced(package, book) == []


def test_public_code_that_no_chapter_shows_is_named(library):
    package, book = library
    (book / "one.md").write_text(listing("f"))
    (fault,) = misplaced(package, book)
    assert fault.endswith("src/neurone/losses.py:3: neurone.losses.C is shown in no chapter")


def test_code_that_two_chapters_show_is_named(library):
    package, book = library
    (book / "one.md").write_text(listing("f") + listing("C"))
    (book / "two.md").write_text(listing("f"))
    (fault,) = misplaced(package, book)
    assert "two.md:1: neurone.losses.f is already shown at" in fault and "one.md:1" in fault


def test_code_in_a_folder_of_the_library_has_its_chapter_too_and_is_not_taken_for_its_namesake(library):
    package, book = library
    (package / "deep").mkdir()
    (package / "deep/losses.py").write_text("def f(): ...\n")
    (book / "one.md").write_text(listing("f") + listing("C"))
    (fault,) = misplaced(package, book)
    assert fault.endswith("src/neurone/deep/losses.py:1: neurone.deep.losses.f is shown in no chapter")
    (book / "two.md").write_text(listing("f", "deep/losses"))
    assert misplaced(package, book) == []


# ---------------------------------------------------------------- what a browser would obey
@pytest.mark.parametrize(
    "lines, what",
    [
        (["<script>f()</script>"], "HTML, <script>"),
        (['Words <img src="x" onerror="f()"> here.'], "HTML, <img"),
        (["```{raw} html", "<b onclick='f()'>a</b>", "```"], "HTML, <b onclick"),
        (['- In a list <iframe src="https://example.org"></iframe>'], "HTML, <iframe"),
        (["![Words](https://example.org/a.svg)"], "an image of another server, https://example.org/a.svg"),
        (["```{image} https://example.org/a.svg", ":alt: Words", "```"], "an image of another server"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_a_browser_would_obey_or_fetch_from_elsewhere_is_named_with_its_line(tmp_path, lines, what):
    found = faults(in_markdown(tmp_path, *lines))
    assert found and all(fault.startswith("book/page.md:6: ") for fault in found) and what in found[0]


def test_a_link_that_is_a_script_is_refused(tmp_path):
    (fault,) = faults(in_markdown(tmp_path, "```{eval-rst}", "`a <javascript:f()>`_", "```"))
    assert "a link that is a script" in fault


def test_markdown_that_a_cell_shows_may_hold_no_html(tmp_path):
    shown = v4.new_code_cell("say()", outputs=[v4.new_output("display_data", data={"text/markdown": "a <b>b</b>"})])
    found = faults(write_book(tmp_path, page=[shown]))
    assert found and all("book/page.ipynb" in fault and "HTML, <" in fault for fault in found)


def test_a_comment_that_nobody_sees_is_no_fault(tmp_path):
    build(in_markdown(tmp_path, "<!-- a word to whoever writes -->"))


# ---------------------------------------------------------------- title and order
@pytest.mark.parametrize("title", ["", " ", None])
def test_a_statement_without_a_title_is_named_with_the_remedy(tmp_path, title):
    (fault,) = faults(write_book(tmp_path, one=[cell(record("a", title=title))]))
    assert (
        fault.startswith("book/one.ipynb:")
        and 'a has no title; say in a few words what it states, by title="..."' in fault
    )


def test_a_statement_may_not_rest_on_one_of_a_later_page(tmp_path):
    one, two = [cell(record("a", uses=["b"]))], [cell(record("b"))]
    (fault,) = faults(write_book(tmp_path, one=one, two=two))
    assert fault.startswith("book/one.ipynb:") and "a rests on b, stated later, at book/two.ipynb:" in fault
    build(write_book(tmp_path, two=two, one=one))
