"""The statements of the chapters, collected from their cells."""

import atexit
import re
import shutil
import sys
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from samples import TIMES

from claims import Refuted, SizesDoNotFit
from coursebook.checks.source import Page

BOOK = Path(__file__).resolve().parent.parent / "book"
PAGES = [page for page in sorted(BOOK.glob("*.md")) if "from claims import" in page.read_text()]
PROVED = BOOK.parent / "_build/.proofs"  # by a build, each under the digest of its statement and of the prover's source
NAMED = re.compile(r'\bby\(\s*"([^"]+)"')
TOGETHER = pytest.mark.xdist_group("chapters")  # tests that one process runs, which proves each chapter once


def of_pages(pages: list[Path]) -> list:
    """Every third page, and the others as more of what these are a sample of."""
    return [pytest.param(page, id=page.stem, marks=[TOGETHER, *TIMES[at % 3 > 0]]) for at, page in enumerate(pages)]


each_page = pytest.mark.parametrize("page", of_pages(PAGES))
SPEAKS = ("proof.definition", "proof.cited", "proof.prover", "proof.refuted", "gradients.derive", "depth.claimed")
STATED = re.compile(r'(?:claim\w*|define|cite|observed|refute)\(\s*"([^"]+)"|derive\([^;]*?\bid="([^"]+)"')
EXHIBIT = re.compile(r'exhibit\(\s*"([^"]+)"')  # of the museum: a statement, and a wrong one


def named_in(page: Path) -> list[str]:
    """The ids of the statements that the cells of a page are there to prove."""
    text = "\n".join(cell.code for cell in Page(page).cells if "raises-exception" not in cell.options)
    exhibits = [id for name in EXHIBIT.findall(text) for id in (name, f"{name}-wrong")]
    return [*exhibits, *(first or second for first, second in STATED.findall(text))]


def symbolic_cells(page: Path) -> list[str]:
    """The cells without those that compute with numbers or draw."""
    return [cell.code for cell in Page(page).cells if not re.search(r"\b(np|plt|neurone|ax|glue|put)\b", cell.code)]


def rests_on(page: Path) -> list[Path]:
    """The pages that state what proofs on this one name."""
    named = set(NAMED.findall(page.read_text())) - set(named_in(page))
    return [other for other in PAGES if other != page and named & set(named_in(other))]


@cache
def kept_proofs() -> Path:
    """What is proved of the chapters, kept as long as this process lives; it begins with what the last build has proved."""
    folder = Path(tempfile.mkdtemp(prefix="proofs-of-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if PROVED.is_dir():
        shutil.copytree(PROVED, folder, dirs_exist_ok=True)
    return folder


@cache
def statements(page: Path) -> dict:
    """id -> what `claim`, `define` and `derive` emitted in the cells of a page."""
    for other in rests_on(page):
        statements(other)
    emitted, names = [], {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLAIMS_CACHE", str(kept_proofs()))
        for module in SPEAKS:
            patch.setattr(sys.modules[f"claims.{module}"], "emit", emitted.append)
        for code in symbolic_cells(page):
            with suppress(NameError, Refuted, SizesDoNotFit):  # it needs what numbers gave, or is there to be refused
                exec(code, names)  # noqa: S102 (the cells of our own chapters)
    return {statement.id: statement for statement in emitted}


@cache
def records(page: Path) -> dict:
    """id -> the record of the statement, as the page's box shows it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLAIMS_CACHE", str(kept_proofs()))
        return {name: statement.record() for name, statement in statements(page).items()}
