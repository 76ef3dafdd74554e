"""Who may import whom: the arrows run one way."""

import ast
import sys
from pathlib import Path

import pytest
from myst_nb.core.read import read_myst_markdown_notebook

ROOT = Path(__file__).parent.parent
SRC = ROOT / "src"
PACKAGES = {"neurone", "claims", "coursebook"}

# The modules of `neurone`, and the siblings that each may import.
SIBLINGS = {
    "activations": set(),
    "losses": {"activations"},
    "layers": {"activations"},
    "initialisation": {"layers"},
    "network": {"activations", "initialisation", "layers", "losses"},
    "optimisers": {"activations"},
    "span": {"activations", "layers", "network"},
    "training": {"activations", "layers", "network", "optimisers", "span"},
    "estimator": {"activations", "network", "optimisers", "training"},
    "hdf5": set(),
    "storage": {"activations", "hdf5", "layers", "losses", "network"},
    "datasets": {"hdf5"},
    "gradient_check": set(),
    "plotting": set(),
}


def imported(source: str, package: str = "") -> set[str]:
    """The full names of all that a source imports, wherever in it the import stands; the package is its own."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            parents = [package] if node.level else []
            base = ".".join([*parents, *filter(None, [node.module])])
            names |= {base} | {f"{base}.{alias.name}" for alias in node.names}
    return names


def imports_of(package: str) -> set[str]:
    return {name for path in (SRC / package).rglob("*.py") for name in imported(path.read_text(), package)}


def packages(names: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}


def test_the_source_holds_the_three_packages():
    assert {path.parent.name for path in SRC.glob("*/__init__.py")} == PACKAGES


@pytest.mark.parametrize("package, others", [("neurone", set()), ("claims", set()), ("coursebook", {"claims"})])
def test_a_package_imports_no_other_that_it_may_not(package, others):
    assert packages(imports_of(package)) & PACKAGES <= {package} | others


def test_coursebook_knows_of_claims_only_the_records():
    of_claims = {name for name in imports_of("coursebook") if name.startswith("claims")}
    assert all(name == "claims" or name.startswith("claims.proof.records") for name in of_claims)


def test_claims_needs_nothing_but_sympy_mpmath_and_what_a_notebook_offers():
    outside = packages(imports_of("claims")) - set(sys.stdlib_module_names) - {"claims"}
    assert outside <= {"sympy", "mpmath", "IPython"}


def test_every_module_of_neurone_has_its_place_in_the_table():
    assert {path.stem for path in (SRC / "neurone").glob("*.py")} - {"__init__"} == set(SIBLINGS)


@pytest.mark.parametrize("module", SIBLINGS)
def test_a_module_of_neurone_imports_only_the_siblings_that_it_may(module):
    names = imported((SRC / "neurone" / f"{module}.py").read_text(), "neurone")
    siblings = {name.split(".")[1] for name in names if name.startswith("neurone.")}
    assert siblings <= SIBLINGS[module]


def code_cells(chapter: Path) -> str:
    cells = read_myst_markdown_notebook(chapter.read_text(), path=chapter).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "code")


@pytest.mark.parametrize("chapter", sorted((ROOT / "book").glob("*.md")), ids=lambda path: path.stem)
def test_a_chapter_imports_neurone_and_claims_alone_of_ours_and_the_numbers_for_its_prose(chapter):
    names = {name for name in imported(code_cells(chapter)) if not f"{name}.".startswith("coursebook.kernel.prose.")}
    assert packages(names) & PACKAGES <= {"neurone", "claims"}


def test_the_numbers_for_the_prose_need_no_other_module_of_ours():
    source = (SRC / "coursebook" / "kernel" / "prose.py").read_text()
    assert not packages(imported(source, "coursebook")) & PACKAGES


def test_no_module_is_named_utils():
    assert not [path for path in SRC.rglob("*util*")]
