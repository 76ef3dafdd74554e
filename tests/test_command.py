"""`python -m claims`: a formula as people type it, or a statement as JSON, is judged."""

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from types import SimpleNamespace

import pytest
import sympy as sp

from claims import matrix
from claims.__main__ import main
from claims.data import Stated, write
from claims.proof.command import OPEN, PROVED, REFUTED, judged
from coursebook.html.node import node_program

ROOT = Path(__file__).parent.parent
LETTERS = ["X: m x n", "w: n x 1", "y: m x 1", "eta > 0", "g()"]
# Equal as they are spelled, and of a form that algebra has no rule for.
NO_RULE = {"a product over an index", "a product where all factors have the index"}


def node(*arguments) -> str:
    return subprocess.run([node_program(), *map(str, arguments)], capture_output=True, text=True, check=True).stdout


def written(formula: str) -> str:
    return node(ROOT / "src/checker/check.mjs", "--json", formula, *LETTERS)


def command(*arguments, input="") -> SimpleNamespace:
    """What the command does, in this process."""
    said, complained = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said), redirect_stderr(complained):
        patch.setattr(sys, "stdin", io.StringIO(input))
        code = main([*map(str, arguments)])
    return SimpleNamespace(returncode=code, stdout=said.getvalue(), stderr=complained.getvalue())


def test_the_command_is_a_program():
    call = [sys.executable, "-m", "claims", "z + z = 2 z"]
    done = subprocess.run(
        call, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": str(ROOT / "src")}
    )
    assert (done.returncode, done.stdout, done.stderr) == (PROVED, command(*call[3:]).stdout, "")


@pytest.mark.parametrize(
    ("formula", "code", "said"),
    [
        ("grad(||X w - y||^2 / 2, w) = X^T (X w - y)", PROVED, "proved     for all sizes; normal form"),
        ("grad(||X w - y||^2 / 2, w) = 2 X^T (X w - y)", REFUTED, "at         claimed in entry [1, 1] = "),
        ("z / z = 1", PROVED, "where      z != 0"),
        ("(eta + 1 / eta) / 2 >= 1", PROVED, "certificate"),
        ("sum(g(X w)) >= 0", REFUTED, "refuted"),
        ("log(a b) = log(a) + log(b)", OPEN, "undecided"),
    ],
)
def test_what_people_type_is_judged_by_the_prover_too(formula, code, said):
    found, lines = judged(written(formula))
    assert found == code and any(said in line for line in lines), lines
    assert lines[0].startswith("read as    ")


def test_what_people_type_in_two_ways_is_one_thing_for_the_prover_too():
    lines = node(ROOT / "tests/checker/spelled.mjs").splitlines()
    assert len(lines) > 90
    for line in lines:
        case = json.loads(line)
        code, told = judged(json.dumps(case["statement"]))
        assert code == (OPEN if case["what"] in NO_RULE else PROVED), f"{case['what']}: {told}"


def test_a_statement_is_piped_in_or_read_from_a_file(tmp_path):
    statement = written("2 z = z + z")
    piped = command(input=statement)
    file = tmp_path / "statement.json"
    file.write_text(statement, "utf8")
    assert piped.returncode == PROVED and piped.stdout == command(file).stdout


@pytest.mark.parametrize(
    ("formula", "code", "said"),
    [
        ("grad(||X w - y||^2 / 2, w) = X^T (X w - y)", PROVED, "proved     for all sizes; normal form"),
        ("grad(||X w - y||^2 / 2, w) = 2 X^T (X w - y)", REFUTED, "at         claimed in entry [1, 1] = "),
        ("max(sum(log(2 X + X X^T X)), z) >= z", PROVED, "where      "),
        ("log(a b) = log(a) + log(b)", OPEN, "undecided"),
    ],
)
def test_a_formula_is_typed_with_its_letters(formula, code, said):
    done = command(formula, *LETTERS)
    assert done.returncode == code and done.stdout.startswith("read as    ") and said in done.stdout
    assert done.stdout == command(input=written(formula)).stdout


def test_what_does_not_fit_is_told_at_its_place_in_one_sentence():
    done = command("X w = w", *LETTERS)
    assert (done.returncode, done.stdout) == (OPEN, "")
    assert done.stderr.splitlines() == ["X w = w", "    ^", "Both sides need one shape: here m × 1 and n × 1."]


def test_the_statement_of_a_formula_is_written_as_the_second_prover_writes_it():
    done = command("--json", "grad(g(z), z) = g'(z)", *LETTERS)
    assert done.returncode == PROVED and json.loads(done.stdout) == json.loads(written("grad(g(z), z) = g'(z)"))


def test_a_file_of_another_name_is_piped_in_and_its_reader_is_told_so(tmp_path):
    file = tmp_path / "statement"
    file.write_text(written("z = z"), "utf8")
    done = command(file)
    assert done.returncode == OPEN and "Pipe in a file whose name does not end in .json." in done.stderr


@pytest.mark.parametrize("typed", [["--help"], ["--json"]])
def test_how_the_command_is_called_is_said(typed):
    done = command(*typed, input="")
    assert done.returncode == OPEN and done.stdout.startswith("python -m claims FORMULA")


def test_nothing_that_is_typed_ends_in_a_traceback():
    for typed in ["", "=", "z", "X w", "(", "sum_", "\\frac", "det(X) = 1", "x" * 3000, "I = I"]:
        done = command(typed, *LETTERS)
        assert done.returncode == OPEN and done.stderr, typed


@pytest.mark.parametrize("source", ["{}", "no JSON", "[]"])
def test_what_is_no_statement_ends_in_one_line(source):
    code, lines = judged(source)
    assert code == OPEN and len(lines) == 1 and lines[0].startswith("not read   ")


def test_a_definition_is_not_judged():
    statement = {**json.loads(written("z = z")), "kind": "definition"}
    assert judged(json.dumps(statement))[1][0].startswith("not ")


Z = {"op": "symbol", "id": "z"}


@pytest.mark.parametrize(
    "changed",
    [
        {"conditions": [{"op": "ge", "args": [Z, 0]}]},
        {"steps": [{"left": Z, "right": Z}]},
        {"right": None},
        {"kind": "nonnegative"},
        {"left": True},
        {"given": [{"op": "gt", "args": [Z, 1]}]},
        {"left": {"op": "integer", "value": "1" * 5000}},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_what_has_no_meaning_here_is_not_judged_and_ends_in_no_traceback(changed):
    code, lines = judged(json.dumps(json.loads(written("z = z")) | changed))
    assert code == OPEN and lines[-1].startswith(("not judged ", "not read   "))


def test_hypotheses_are_shown():
    equal = {"op": "eq", "args": [Z, 0]}
    code, lines = judged(json.dumps(json.loads(written("z = z + z")) | {"given": [equal]}))
    assert code == PROVED and lines[1] == "given      z = 0"


def test_hypotheses_and_conditions_count_from_1_where_the_formula_does():
    """The index is given positive: what is proved knows that, the formula as it was read does not."""
    i, x = sp.Symbol("i", integer=True), matrix("x", sp.Symbol("n", integer=True, positive=True))
    code, lines = judged(json.dumps(write(Stated("equation", x[i + 1, 0], x[i + 1, 0], given=(i > 0,)))))
    assert code == PROVED
    assert {"read as    x[i + 1] = x[i + 1]", "given      i > 1", "where      n - i - 1 >= 0"} <= set(lines)


def test_numbers_against_a_formula_count_its_indices_as_it_does():
    assert {"at         n = 2", "at         i = 2"} <= set(
        command("x_i = x_1", "x: n x 1", "i: index").stdout.splitlines()
    )
    i, x = sp.Symbol("i", integer=True), matrix("x", sp.Symbol("n", integer=True, positive=True))
    code, lines = judged(json.dumps(write(Stated("equation", i * x[i, 0], x[i, 0]))))
    assert code == REFUTED and {"at         n = 1", "at         i = 0"} <= set(lines)  # shown as it stands


def test_json_that_is_too_deep_ends_in_one_line():
    assert judged("[" * 100_000)[0] == OPEN


def test_a_file_that_is_not_there_is_named(tmp_path):
    done = command(tmp_path / "nothing.json")
    assert done.returncode == OPEN and "nothing.json" in done.stderr
