"""Every statement of every chapter: collected from its cells, and what is printed read back as what was proved."""

import pytest
import sympy as sp
from chapters import PAGES, named_in, statements
from readback import assert_reads_back

from claims.gradients.derivation import Derivation
from claims.proof.definition import Definition


def as_printed(statement) -> list:
    """(expression, its LaTeX on the page) of a statement and of its steps."""
    record = statement.record()
    if isinstance(statement, Definition):
        return [(sp.Eq(statement.symbol, statement.expr, evaluate=False), record["latex"])]
    if isinstance(statement, Derivation):
        return [(line.expr, step["latex"].split(" = ", 1)[1]) for line, step in zip(statement.chain, record["steps"])]
    whole = statement.lhs if statement.rhs is None else sp.Eq(statement.lhs, statement.rhs, evaluate=False)
    steps = [
        (step.lhs if step.rhs is None else sp.Eq(step.lhs, step.rhs, evaluate=False), shown["latex"])
        for step, shown in zip(statement.steps, record["steps"])
    ]
    return [(whole, record["latex"]), *steps]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_statement_named_in_a_page_is_collected(page):
    assert sorted(statements(page)) == sorted(named_in(page))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_is_printed_reads_back_as_what_was_proved(page):
    for statement in statements(page).values():
        for expression, latex in as_printed(statement):
            assert_reads_back(expression, latex)
