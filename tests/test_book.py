"""What holds of all chapters."""

import ast
import re
from pathlib import Path

import pytest
import yaml

from coursebook.checks.listings import misplaced

ROOT = Path(__file__).resolve().parent.parent
BOOK = ROOT / "book"
NEURONE = ROOT / "src" / "neurone"
PAGES = sorted(BOOK.glob("*.md"))


def toc_files(node) -> list[str]:
    """Every page that the table of contents names."""
    own = [node["file"]] if "file" in node else [node["root"]] if "root" in node else []
    return own + [
        file for key in ("parts", "chapters", "sections") for child in node.get(key, []) for file in toc_files(child)
    ]


def single_letters(source: str) -> set[str]:
    """Names of one letter, and of d and one letter, that a module gives to arguments and variables."""
    names = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    names |= {node.arg for node in ast.walk(ast.parse(source)) if isinstance(node, ast.arg)}
    return {name for name in names if re.fullmatch(r"d?[A-Za-z]", name)}


def letters_of_the_notation_page() -> set[str]:
    text = (BOOK / "notation.md").read_text()
    code = [code for line in text.splitlines() if line.startswith("|") for code in re.findall(r"`([^`]+)`", line)]
    return {letter for piece in code for letter in re.findall(r"\bd?[A-Za-z]\b", piece)}


def test_every_page_is_in_the_table_of_contents():
    listed = toc_files(yaml.safe_load((ROOT / "_toc.yml").read_text()))
    assert sorted(listed) == sorted(str(page.relative_to(ROOT).with_suffix("")) for page in PAGES)


def test_every_public_function_of_neurone_is_shown_in_exactly_one_chapter():
    assert misplaced(NEURONE, BOOK) == []


@pytest.mark.parametrize("module", sorted(NEURONE.rglob("*.py")), ids=lambda path: path.stem)
def test_single_letters_in_code_stand_on_the_notation_page(module):
    assert single_letters(module.read_text()) <= letters_of_the_notation_page()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_prose_has_one_sentence_a_line(page):
    prose = re.sub(r"(?ms)^(```|:::).*?^\1|^---\n.*?^---\n|^\|.*?$", "", page.read_text())
    two = re.compile(r"[a-z)$`][.?!] +[A-Z][a-z]+ (?!et al)")
    assert [line for line in prose.splitlines() if two.search(line)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_cells_that_are_shown_are_short_enough_to_read_at_a_glance(page):
    cells = re.findall(r"(?ms)^```\{code-cell\}\n((?:---\n.*?^---\n|(?::[^\n]*\n)*))(.*?)^```", page.read_text())
    shown = [code for options, code in cells if "remove-cell" not in options]
    assert [code for code in shown if len([line for line in code.splitlines() if line.strip()]) > 10] == []


STATES = {"cite", "claim", "claim_every_depth", "define", "derive", "observed", "refute"}


def prints_a_record(code: str) -> bool:
    """Does a cell end with a call that states something, without the semicolon that keeps its value off the page?"""
    match ast.parse("\n".join(line for line in code.splitlines() if not line.startswith(("%", "!")))).body:
        case [*_, ast.Expr(ast.Call(ast.Name(name)))] if name in STATES:
            return not code.rstrip().endswith(";")
    return False


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_cell_that_states_something_shows_the_box_and_no_python_object_below_it(page):
    cells = re.findall(r"(?ms)^```\{code-cell\}\n((?:---\n.*?^---\n|(?::[^\n]*\n)*))(.*?)^```", page.read_text("utf8"))
    shown = [code for options, code in cells if "raises-exception" not in options]
    assert [code for code in shown if prints_a_record(code)] == []
