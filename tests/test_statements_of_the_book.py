"""Every statement of every chapter: collected from its cells, and what is printed read back as what was proved."""

import re
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
import sympy as sp
from readback import assert_reads_back

from claims import Refuted, SizesDoNotFit
from claims.definition import Definition
from claims.derivation import Derivation

BOOK = Path(__file__).resolve().parent.parent / "book"
PAGES = [page for page in sorted(BOOK.glob("*.md")) if "from claims import" in page.read_text()]
CELL = re.compile(r"(?ms)^```\{code-cell\}\n((?:---\n.*?^---\n|(?::[^\n]*\n)*))(.*?)^```")
STATED = re.compile(r'(?:claim|define)\(\s*"([^"]+)"|derive\([^;]*?\bid="([^"]+)"')


def symbolic_cells(page: Path) -> list[str]:
    """The cells without those that compute with numbers or draw."""
    cells = [code for _, code in CELL.findall(page.read_text())]
    return [code for code in cells if not re.search(r"\b(np|plt|neurone|ax|glue|put)\b", code)]


@cache
def statements(page: Path) -> dict:
    """id -> what `claim`, `define` and `derive` emitted in the cells of a page."""
    emitted, names = [], {}
    with pytest.MonkeyPatch.context() as patch:
        for module in ("definition", "derive", "prover"):
            patch.setattr(sys.modules[f"claims.{module}"], "emit", emitted.append)
        for code in symbolic_cells(page):
            with suppress(NameError, Refuted, SizesDoNotFit):  # it needs what numbers gave, or is there to be refused
                exec(code, names)  # noqa: S102 (the cells of our own chapters)
    return {statement.id: statement for statement in emitted}


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
    text = "\n".join(code for options, code in CELL.findall(page.read_text()) if "raises-exception" not in options)
    assert sorted(statements(page)) == sorted(first or second for first, second in STATED.findall(text))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_is_printed_reads_back_as_what_was_proved(page):
    for statement in statements(page).values():
        for expression, latex in as_printed(statement):
            assert_reads_back(expression, latex)
