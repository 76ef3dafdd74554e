"""Every statement of every chapter: collected from its cells, and what is printed read back as what was proved."""

import json
import re

import sympy as sp
from chapters import each_page, named_in, records, statements
from readback import assert_reads_back

from claims.data import read, write
from claims.depth.claimed import EveryDepth
from claims.gradients.derivation import Derivation
from claims.proof.cited import Cited, Observed
from claims.proof.definition import Definition

FORMULAS = {"latex", "text", "rows", "cols", "definition", "slope", "through", "mean", "variance", "values", "sides"}
WRITTEN = {"title", "why", "words", "source_of"}  # by an author


def as_printed(statement, record) -> list:
    """(expression, its LaTeX on the page) of a statement and of its steps."""
    if isinstance(statement, Definition):
        return [(sp.Eq(statement.symbol, statement.expr, evaluate=False), record["latex"])]
    if isinstance(statement, Derivation):
        return [(line.expr, step["latex"].split(" = ", 1)[1]) for line, step in zip(statement.chain, record["steps"])]
    if isinstance(statement, EveryDepth):
        return [
            (e, shown["latex"].split(" = ", 1)[1].split(r" \qquad")[0])
            for (_, e, _), shown in zip(statement.lines, record["steps"])
        ]
    if isinstance(statement, Cited | Observed):
        return []
    whole = statement.lhs if statement.rhs is None else sp.Eq(statement.lhs, statement.rhs, evaluate=False)
    steps = [
        (step.lhs if step.rhs is None else sp.Eq(step.lhs, step.rhs, evaluate=False), shown["latex"])
        for step, shown in zip(getattr(statement, "steps", ()), record["steps"])
    ]
    return [(whole, record["latex"]), *steps]


@each_page
def test_every_statement_named_in_a_page_is_collected(page):
    assert sorted(statements(page)) == sorted(named_in(page))


@each_page
def test_what_is_printed_reads_back_as_what_was_proved(page):
    for name, statement in statements(page).items():
        for expression, latex in as_printed(statement, records(page)[name]):
            assert_reads_back(expression, latex)


@each_page
def test_each_record_is_data_and_carries_the_statement_itself(page):
    for record in records(page).values():
        assert json.loads(json.dumps(record)) == record
        assert_no_words(record)
        if record["statement"] is None:
            assert record["state"] in ("cited", "observed")
            continue
        back = read(record["statement"])
        assert (back.kind in ("equation", "nonnegative")) == (record["kind"] == "claim")
        assert write(back) == record["statement"]
        assert len(back.conditions) == len(record["conditions"])


def assert_no_words(node, key="") -> None:
    """Apart from formulas, and from what an author wrote, a record has codes alone."""
    if isinstance(node, dict):
        for inside, value in node.items():
            assert_no_words(value, inside)
    elif isinstance(node, list):
        for value in node:
            assert_no_words(value, key)
    elif isinstance(node, str) and key not in WRITTEN:
        words = re.sub(r"\\text\{ ?(if|otherwise|and|or) ?\}", "", node)
        assert r"\text" not in words if key in FORMULAS else " " not in node, (key, node)
