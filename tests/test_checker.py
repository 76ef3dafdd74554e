"""The second prover, in JavaScript: its own tests, and what it says of the book and of the corpus."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from chapters import each_page, records
from checker_corpus import corpus

from coursebook.html.node import node_program

ROOT = Path(__file__).parent.parent
CHECKER, TESTS = ROOT / "src/checker", ROOT / "tests/checker"
# What it cannot do, and why.
UNDECIDED = {
    "complex-step-error": "no-point",  # its numbers are real
    "backpropagation-for-every-depth": "kind",  # an induction over layers
    "museum-determinant": "no-rule",
    "museum-huber-masks-wrong": "not-closed",  # its numbers meet the one side of the kink alone
    "museum-huber": "condition-not-stated",  # it does not see that the slopes meet at the bound
}


def run(*arguments, **settings) -> subprocess.CompletedProcess:
    command = [node_program(), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | settings)


def written(folder: Path, ledger: list) -> Path:
    file = folder / "ledger.json"
    file.write_text(json.dumps(ledger), "utf8")
    return file


@pytest.mark.parametrize("settings", [{}, pytest.param({"THOROUGH": "1"}, marks=pytest.mark.long)], ids=["part", "all"])
def test_its_own_tests_pass(settings):
    done = run("--test", TESTS / "*.test.mjs", **settings)
    assert done.returncode == 0, done.stdout


@each_page
def test_it_proves_the_claims_of_a_page_and_none_of_their_false_twins(page, tmp_path):
    stated = [record for record in records(page).values() if record["statement"]]
    refuted = [record["id"] for record in stated if record["state"] == "refuted"]
    ledger = written(tmp_path, stated)
    judged = run(CHECKER / "ledger.mjs", ledger)
    *open_, totals = judged.stdout.splitlines()
    assert judged.returncode == 0, judged.stdout
    assert sum(map(int, re.findall(r"(\d+) [a-z]", totals.split(";")[0]))) == len(stated)
    for line in open_:
        id, verdict, reason = line.split(": ", 2)
        if verdict == "refuted":
            refuted.remove(id)
        else:
            assert (verdict, json.loads(reason)["code"]) == ("undecided", UNDECIDED.get(id)), line
    assert set(refuted) <= UNDECIDED.keys()
    ledger = written(tmp_path, [record for record in stated if record["state"] != "refuted"])
    compared = run(TESTS / "plain.mjs", ledger)  # plain numbers, for figures, beside those with bounds
    assert compared.returncode == 0, compared.stdout
    attacked = run(TESTS / "attack.mjs", ledger, 1)
    assert attacked.returncode == 0, attacked.stdout + attacked.stderr


@pytest.mark.long
@each_page
def test_it_proves_none_of_many_false_twins_of_a_page(page, tmp_path):
    stated = [record for record in records(page).values() if record["statement"] and record["state"] != "refuted"]
    attacked = run(TESTS / "attack.mjs", written(tmp_path, stated), 6)
    assert attacked.returncode == 0, attacked.stdout + attacked.stderr


@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.long)])
def test_it_proves_no_false_claim_of_the_corpus_and_refutes_no_true_one(step, tmp_path):
    done = run(TESTS / "corpus.mjs", written(tmp_path, corpus(step)))
    assert done.returncode == 0, done.stdout + done.stderr
    counts = json.loads(done.stdout.splitlines()[-1])
    assert counts["true"]["proved"] >= 220 // step
    assert counts["false"]["refuted"] >= 320 // step


def test_a_ledger_with_a_false_statement_is_a_disagreement(tmp_path):
    z = {"op": "symbol", "id": "z"}
    statement = {
        "version": 2,
        "kind": "equation",
        "left": z,
        "right": 0,
        "symbols": {"z": {"name": "z", "facts": {"real": True}}},
    }
    judged = run(CHECKER / "ledger.mjs", written(tmp_path, [{"id": "zero", "state": "proved", "statement": statement}]))
    assert judged.returncode == 1
    assert judged.stdout.startswith("zero: DISAGREEMENT: ")
