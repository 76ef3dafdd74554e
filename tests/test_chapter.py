"""A chapter to begin with: it builds as it is, and it stands in the table of contents."""

from pathlib import Path

import one_chapter
import pytest

from coursebook.contribute import chapter
from coursebook.contribute.chapter import Unfit, begin

CONTENTS = """\
root: book/index  # the title page
parts:
  - caption: One
    numbered: true
    chapters:
      - file: book/first  # by hand
      - file: book/second
      - file: book/words
  - caption: Appendix
    chapters:
      - file: book/last
"""


@pytest.fixture
def book(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "_toc.yml").write_text(CONTENTS)
    for name in ("first", "second", "words", "last"):
        cell = "" if name == "words" else "```{code-cell}\n1 + 1\n```\n"
        (tmp_path / f"book/{name}.md").write_text(f"# {name}\n\n{cell}")
    return tmp_path


def test_a_chapter_stands_after_the_last_numbered_one_that_has_cells_and_all_else_stays(book):
    page = begin(book, "third", "The third")
    assert "# The third\n" in page.read_text() and "@" not in page.read_text().replace(" @ ", "")
    line = "      - file: book/second\n"
    assert (book / "_toc.yml").read_text() == CONTENTS.replace(line, f"{line}      - file: book/third\n")


def test_a_chapter_stands_after_the_one_that_was_named(book):
    begin(book, "third", "The third", "first")
    assert (
        "- file: book/first  # by hand\n      - file: book/third\n      - file: book/second"
        in (book / "_toc.yml").read_text()
    )


def test_a_chapter_after_the_last_line_has_a_line_of_its_own(book):
    (book / "_toc.yml").write_text(CONTENTS.rstrip("\n"))
    begin(book, "third", "The third", "last")
    assert (book / "_toc.yml").read_text() == f"{CONTENTS}      - file: book/third\n"


@pytest.mark.parametrize(
    "name, title, after, said",
    [
        ("Third", "T", "", "NAME=Third: a name is small letters"),
        ("../third", "T", "", "NAME=../third: a name is small letters"),
        ("", "T", "", "NAME=: a name is small letters"),
        ("third", " ", "", "TITLE= : a title is one line"),
        ("third", "a\nb", "", "a title is one line"),
        ("first", "T", "", "NAME=first: book/first.md is there already"),
        ("third", "T", "nowhere", "AFTER=nowhere: _toc.yml names no such chapter"),
    ],
)
def test_what_will_not_do_is_one_line_and_nothing_is_written(book, name, title, after, said):
    before = {path: path.read_bytes() for path in book.rglob("*") if path.is_file()}
    with pytest.raises(Unfit) as unfit:
        begin(book, name, title, after)
    assert said in str(unfit.value)
    assert {path: path.read_bytes() for path in book.rglob("*") if path.is_file()} == before


def test_a_folder_that_cannot_be_written_is_one_line(book, monkeypatch):
    def refuse(path, *_):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.chdir(book)
    monkeypatch.setattr(Path, "write_text", refuse)
    for key, value in {"NAME": "third", "TITLE": "The third", "AFTER": ""}.items():
        monkeypatch.setenv(key, value)
    with pytest.raises(SystemExit, match=r"book/third.md: Permission denied; nothing can be written there$"):
        chapter.main()


@pytest.mark.long
def test_a_new_chapter_builds_strictly_as_it_is(tmp_path):
    one_chapter.make(tmp_path)
    done = one_chapter.build(tmp_path)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    page = (tmp_path / "_build/html/half-a-square.html").read_text("utf8")
    assert page.count('class="state proved-all"') == 2 and "<h1>Half a square" in page
