import re
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_output

from coursebook.cells.outputs import unfit, without_frames

ROOT = Path("/home/reader/course")


def value(text):
    return new_output("execute_result", data={"text/plain": text})


def stream(text, name="stdout"):
    return new_output("stream", text=text, name=name)


def error(message):
    return new_output(
        "error", ename="ValueError", evalue=message, traceback=["File /home/reader/course/src/a.py", message]
    )


def cell(*outputs, tags=()):
    return new_code_cell("code", outputs=list(outputs), metadata={"tags": list(tags)})


UNFIT = {
    "stderr": (
        cell(stream("shown"), stream("UserWarning: careful", "stderr")),
        "writes to stderr.*\nUserWarning: careful",
    ),
    "calm": (cell(value("1"), tags=["raises-exception"]), "raises nothing"),
    "address": (cell(value("[<matplotlib.lines.Line2D at 0x7f31c06d9f90>]")), "address in memory"),
    "printed address": (cell(stream("<object object at 0x7f31c06d9f90>")), "address in memory"),
    "path": (cell(stream("/home/reader/course/data/trainset.hdf5")), "path of this machine"),
    "path in a message": (
        cell(error("/home/reader/course/x: no such file"), tags=["raises-exception"]),
        "path of this",
    ),
}
FIT = {
    "nothing": cell(),
    "number": cell(value("0.25"), stream("look at 0x10")),
    "exception": cell(error("three is not two"), tags=["raises-exception", "hide-input"]),
}


@pytest.mark.parametrize("name", UNFIT)
def test_what_differs_from_machine_to_machine_must_not_be_shown(name):
    outputs, reason = UNFIT[name]
    assert re.search(reason, unfit(outputs, ROOT))


@pytest.mark.parametrize("name", FIT)
def test_all_else_may_be_shown(name):
    assert unfit(FIT[name], ROOT) is None


def test_an_exception_is_shown_without_the_files_that_it_passed_through():
    raised = cell(error("three is not two"))
    without_frames(raised)
    assert raised.outputs[0].traceback == ["ValueError: three is not two"]
