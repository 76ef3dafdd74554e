"""Files: what messages look like, and what another process reads."""

import io
import os
import signal
import sys
import time

import numpy as np
import pytest

from neurone import files
from neurone.files import one_line, read_apart


def test_text_on_one_line_keeps_letters_and_escapes_what_is_not_printed():
    assert one_line("é\n\x1b[31m\udcff") == r"é\n\x1b[31m\udcff"
    assert one_line("ab" * 100, 6) == "aba ... bab"
    assert one_line("abcdef", 6) == "abcdef"


def crashes(path):
    os.kill(os.getpid(), signal.SIGSEGV)


def never_ends(path):
    while True:
        time.sleep(1)


BREAKDOWNS = [
    (crashes, r"it seems: what read it broke down \(exit status -11\)"),
    (never_ends, "after 1 s it is still not"),
]


@pytest.mark.parametrize(("reader", "fault"), BREAKDOWNS)
def test_a_file_that_the_library_of_hdf5_cannot_stand_is_called_damaged(tmp_path, monkeypatch, reader, fault):
    if reader is never_ends:
        monkeypatch.setattr(files, "SECONDS", 1)
    (tmp_path / "file.hdf5").touch()
    with pytest.raises(ValueError, match=f"is damaged.* {fault}"):
        read_apart(reader, tmp_path / "file.hdf5")


def stumbles(path):
    raise AssertionError("no fault of the file")


def test_a_fault_of_the_reader_itself_is_not_hidden(tmp_path):
    (tmp_path / "file.hdf5").touch()
    with pytest.raises(ValueError, match=r"\(exit status 1\) (?s:.*)AssertionError: no fault of the file"):
        read_apart(stumbles, tmp_path / "file.hdf5")


def answer(monkeypatch, capfdbinary, reader, *words):
    """The status with which the other process ends, and what it has printed."""
    monkeypatch.setattr(sys, "argv", ["-c", __name__, reader.__name__, *words])
    with pytest.raises(SystemExit) as ended:
        files._answer()
    sys.stdout.flush()
    return ended.value.code, capfdbinary.readouterr().out


def refuses(path):
    raise ValueError("a\nb")


def test_the_other_process_prints_arrays_or_the_fault_in_one_line(monkeypatch, capfdbinary):
    status, printed = answer(monkeypatch, capfdbinary, says, "a.hdf5", "one", "two")
    assert status == 0 and [array.item() for array in np.load(io.BytesIO(printed)).values()] == ["one", "two"]
    assert answer(monkeypatch, capfdbinary, refuses, "a.hdf5") == (files.REFUSED, rb"a\nb")


def test_the_other_process_is_not_led_astray_by_modules_of_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "numpy.py").write_text("raise SystemExit('astray')")
    (tmp_path / "file.hdf5").touch()
    assert [array.tolist() for array in read_apart(says, tmp_path / "file.hdf5", "one", "two")] == [["one"], ["two"]]


def says(path, *words):
    return [np.array([word]) for word in words]
