"""What holds of all chapters."""

from pathlib import Path

from coursebook.checks.written import found

ROOT = Path(__file__).resolve().parent.parent


def test_nothing_is_wrong_with_the_book_as_it_is_written():
    assert found(ROOT) == []
