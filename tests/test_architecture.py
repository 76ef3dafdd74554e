"""Who may import whom: the arrows run one way, between packages, between rooms of a package, and between modules."""

import ast
import re
import subprocess
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from myst_nb.core.read import read_myst_markdown_notebook

from coursebook import PARTS
from coursebook.cells.dependencies import imported

ROOT = Path(__file__).parent.parent
SRC = ROOT / "src"
PACKAGES = {"neurone", "claims", "coursebook"}
LONGEST = 400  # lines of a module

# The modules of `neurone`, and the siblings that each may import.
SIBLINGS = {
    "arrays": set(),
    "choices": set(),
    "inputs": {"arrays", "choices"},
    "activations": {"arrays", "inputs"},
    "losses": {"arrays", "activations", "inputs"},
    "layers": {"arrays"},
    "initialisation": {"layers"},
    "network": {"arrays", "choices", "inputs", "activations", "initialisation", "layers", "losses"},
    "optimisers": {"arrays", "inputs"},
    "span": {"arrays", "layers", "network"},
    "batches": {"arrays", "inputs"},
    "history": {"arrays", "network"},
    "stopping": {"arrays", "network"},
    "training": {"arrays", "inputs", "batches", "history", "losses", "network", "optimisers", "span", "stopping"},
    "units": {"arrays", "inputs"},
    "fitting": {"arrays", "choices", "history", "inputs", "network", "optimisers", "training", "units"},
    "estimator": {"arrays", "fitting", "history", "inputs", "optimisers", "units"},
    "files": {"arrays"},
    "hdf5": {"arrays", "files"},
    "seals": {"files"},
    "photographs": set(),
    "pictures": {"arrays", "files", "hdf5", "photographs"},
    "datasets": {"arrays"},
    "storage": {"seals", "arrays", "choices", "activations", "files", "hdf5", "layers", "losses", "network"},
    "checkpoints": {
        "seals",
        "arrays",
        "choices",
        "activations",
        "files",
        "hdf5",
        "history",
        "layers",
        "losses",
        "network",
    },
    "gradient_check": {"arrays"},
    "plotting": {"arrays", "history", "network"},
}

# The rooms of a package, and the others that each may import; "" is what stands beside the rooms.
ROOMS = {
    "claims": {
        "": set(),
        "language": {""},
        "entry": {"language", ""},
        "algebra": {"entry", "language", ""},
        "numbers": {"language", ""},
        "data": {"language", ""},
        "reading": {"data", "language", ""},
        "printing": {"language"},
        "numpy_code": {"printing", "language"},
        "reasons": {"algebra", "entry", "data", "language", ""},
        "proof": {"reasons", "algebra", "entry", "numbers", "data", "printing", "language", ""},
        "depth": {"proof", "reasons", "numbers", "data", "printing", "language", ""},
        "gradients": {"proof", "reasons", "algebra", "entry", "data", "printing", "language", ""},
    },
    "coursebook": {
        "": set(),
        "cells": {""},
        "kernel": set(),
        "html": {"kernel", ""},
        "statements": {"html", ""},
        "checks": {"statements", "html", ""},
        "contribute": {"checks", ""},
        "site": {"statements", "html", "kernel", "cells", ""},
    },
}


@cache
def modules(package: str) -> dict[str, Path]:
    """Full name -> file; a package's own code, in `__init__`, goes by the name of the package."""
    paths = sorted((SRC / package).rglob("*.py"))
    return {".".join(path.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


def imports(name: str) -> set[str]:
    """The modules of its own package that a module imports, also within functions and for the eyes of a type checker.

    A module of a package is not taken to import the package, though Python runs that first: a face names all behind it.
    """
    known = modules(name.partition(".")[0])
    found, within = set(), folder(name)
    for node in ast.walk(ast.parse(known[name].read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = within.split(".")[: within.count(".") + 2 - node.level] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            found |= {inner if (inner := f"{base}.{alias.name}") in known else base for alias in node.names}
    return found & set(known)


def folder(name: str) -> str:
    """The package in which the relative imports of a module start."""
    path = modules(name.partition(".")[0])[name]
    return name if path.name == "__init__.py" else name.rpartition(".")[0]


def room(name: str) -> str:
    """The folder of a module, or "" if it stands beside the rooms."""
    package, _, inner = name.partition(".")
    first = inner.partition(".")[0]
    return first if (SRC / package / first / "__init__.py").is_file() else ""


def crossings(package: str) -> dict[tuple[str, str], list[str]]:
    """Each arrow from room to room, with the imports that make it; the package's face and its command may name whatever they show."""
    found = {}
    for name in set(modules(package)) - {package, f"{package}.__main__"}:
        for other in imports(name):
            if room(name) != room(other):
                found.setdefault((room(name), room(other)), []).append(f"{name} imports {other}")
    return found


def circle(package: str) -> list[str]:
    """Modules each of which imports the one before it, from one back to itself; none if there is no such circle."""
    try:
        TopologicalSorter({name: imports(name) for name in modules(package)}).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def imports_of(package: str) -> set[str]:
    """The full names of all that the modules of a package import, wherever they stand."""
    known = modules(package).items()
    return {found for name, path in known for found in imported(path.read_text(), folder(name))}


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
    assert set(modules("neurone")) == {"neurone", *(f"neurone.{name}" for name in SIBLINGS)}


@pytest.mark.parametrize("module", SIBLINGS)
def test_a_module_of_neurone_imports_only_the_siblings_that_it_may(module):
    assert imports(f"neurone.{module}") <= {f"neurone.{sibling}" for sibling in SIBLINGS[module]}


@pytest.mark.parametrize("package", ROOMS)
def test_every_room_has_its_place_in_the_table(package):
    assert {room(name) for name in modules(package)} == set(ROOMS[package])


@pytest.mark.parametrize("package", ROOMS)
def test_a_room_imports_only_the_rooms_that_it_may(package):
    found = crossings(package)
    wrong = [line for (here, there), lines in found.items() if there not in ROOMS[package][here] for line in lines]
    assert sorted(wrong) == []


@pytest.mark.parametrize("package", sorted(PACKAGES))
def test_no_module_imports_itself_through_others(package):
    assert circle(package) == []


@pytest.mark.parametrize("package", sorted(PACKAGES))
def test_a_module_is_short_enough_to_be_read_at_once(package):
    lengths = {name: len(path.read_text().splitlines()) for name, path in modules(package).items()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_every_part_of_the_extension_is_loaded():
    with_setup = {name for name, path in modules("coursebook").items() if "\ndef setup(app" in path.read_text()}
    assert with_setup - {"coursebook"} == {f"coursebook.{room}.{part}" for room in PARTS for part in PARTS[room]}


def test_one_module_alone_knows_where_the_extension_stands():
    asking = {
        name
        for name, path in modules("coursebook").items()
        if any(isinstance(node, ast.Name) and node.id == "__file__" for node in ast.walk(ast.parse(path.read_text())))
    }
    assert asking == {"coursebook.places", "coursebook.cells.nursery"}  # the latter runs its own text


def test_a_kernel_that_imports_what_is_made_for_it_loads_no_sphinx():
    code = "import sys, coursebook.kernel.figures, coursebook.kernel.prose; print('sphinx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "False\n"


def code_cells(chapter: Path) -> str:
    cells = read_myst_markdown_notebook(chapter.read_text(), path=chapter).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "code")


@pytest.mark.parametrize("chapter", sorted((ROOT / "book").glob("*.md")), ids=lambda path: path.stem)
def test_a_chapter_imports_neurone_and_claims_alone_of_ours_and_the_numbers_for_its_prose(chapter):
    names = {name for name in imported(code_cells(chapter)) if not f"{name}.".startswith("coursebook.kernel.prose.")}
    assert packages(names) & PACKAGES <= {"neurone", "claims"}


def test_the_numbers_for_the_prose_need_no_other_module_of_ours():
    assert not packages(imported((SRC / "coursebook/kernel/prose.py").read_text())) & PACKAGES


def test_no_module_is_named_utils():
    assert not [path for path in SRC.rglob("*util*")]


def test_the_chapter_on_the_library_names_its_modules_in_an_order_in_which_they_can_be_read():
    text = (ROOT / "book/inside-the-library.md").read_text()
    table = [re.findall(r"`(\w+)`", row) for row in re.findall(r"^\| (`\w+`[^|]*) \|", text, re.MULTILINE)]
    names = [name for row in table if set(row) <= set(SIBLINGS) for name in row]
    assert sorted(names) == sorted(SIBLINGS)
    for number, name in enumerate(names):
        assert imports(f"neurone.{name}") <= {f"neurone.{before}" for before in names[:number]}
