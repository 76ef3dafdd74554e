import os

import pytest
from nbformat.v4 import new_code_cell, new_output

from coursebook.cells.results import KEPT, Results


@pytest.fixture
def kept(tmp_path):
    return Results(tmp_path)


def ran(source="1 + 1", text="2"):
    return [new_code_cell(source, outputs=[new_output("stream", text=text)], execution_count=1)]


def test_a_result_gives_the_cells_what_they_gave(kept):
    kept.save("book/page", "key", 1.5, ran())
    cells = [new_code_cell("1 + 1")]
    assert kept.load("book/page", "key").fill(cells)
    assert (cells[0].outputs, cells[0].execution_count) == (ran()[0].outputs, 1)


def test_a_result_is_refused_by_other_cells(kept):
    kept.save("book/page", "key", 1.5, ran())
    cells = [new_code_cell("1 + 2")]
    assert not kept.load("book/page", "key").fill(cells)
    assert cells[0].outputs == []


def test_there_is_no_result_under_another_key_or_of_another_page(kept):
    kept.save("book/page", "key", 1.5, ran())
    assert (kept.has("book/page", "key"), kept.has("book/page", "new"), kept.has("book/other", "key")) == (
        True,
        False,
        False,
    )


def test_the_time_of_a_page_that_never_ran_is_not_known(kept):
    kept.save("book/page", "key", 1.5, ran())
    assert kept.past_seconds("book/page") == 1.5
    assert kept.past_seconds("book/other") is None


def test_the_oldest_results_of_a_page_make_room(kept):
    for number in range(KEPT + 2):
        kept.save("book/page", str(number), number, ran())
        os.utime(kept.folder / f"book/page/{number}.json", (number, number))
    kept.save("book/page", "new", 1.0, ran())
    names = {path.stem for path in (kept.folder / "book/page").iterdir()}
    assert names == {"new", *(str(number) for number in range(3, KEPT + 2))}


def test_a_result_that_cannot_be_written_whole_is_not_there(kept):
    with pytest.raises(TypeError):
        kept.save("book/page", "key", object(), ran())
    assert not kept.has("book/page", "key")
    assert kept.past_seconds("book/page") is None
