import pytest

from coursebook.cells.dependencies import imported, modules, results_key

FORMS = {
    "import toy.a": "toy.a",
    "import toy.a as first": "toy.a",
    "import toy.a, toy.b": "toy.b",
    "from toy import a": "toy.a",
    "from toy.a import f": "toy.a",
    "from toy import *": "toy",
    "def f():\n    import toy.a": "toy.a",
    "%matplotlib inline\nimport toy.a": "toy.a",
    "!ls\nimport toy.a": "toy.a",
}


@pytest.fixture
def root(tmp_path):
    write(tmp_path, "src/toy/__init__.py", "")
    write(tmp_path, "src/toy/a.py", "from .b import two")
    write(tmp_path, "src/toy/b.py", "import math")
    write(tmp_path, "src/toy/deep/__init__.py", "from .. import a")
    write(tmp_path, "src/toy/deep/c.py", "from . import d\nfrom ..b import two")
    write(tmp_path, "src/toy/deep/d.py", "")
    write(tmp_path, "src/toy/reader.py", "")
    write(tmp_path, "data/trees.txt", "oak")
    write(tmp_path, "requirements.lock", "numpy==2")
    return tmp_path


def write(root, name, text):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def files(root, *code):
    found = modules(code, root / "src").values()
    return {path.relative_to(root / "src/toy").as_posix() for path in found if path}


def key(root, code="from toy import a", may_raise=False):
    found = modules([code], root / "src")
    places = ["data/**/*.txt", "$TREES/*.txt"] if "toy.reader" in found else []
    return results_key([(code, may_raise)], found, places, root)


@pytest.mark.parametrize("code", FORMS)
def test_each_form_of_import_is_seen(code):
    assert FORMS[code] in imported(code)


def test_a_cell_that_is_not_python_imports_nothing():
    assert imported("import toy.a\n1 +") == set()


def test_an_import_carries_what_it_imports_and_the_packages_that_hold_it(root):
    assert files(root, "from toy.a import f") == {"__init__.py", "a.py", "b.py"}


def test_relative_imports_start_at_their_own_package(root):
    deep = {"deep/__init__.py", "deep/c.py", "deep/d.py"}
    assert files(root, "import toy.deep.c") == deep | {"__init__.py", "a.py", "b.py"}


def test_modules_that_import_each_other_are_followed_once(root):
    write(root, "src/toy/b.py", "from toy import a")
    assert files(root, "import toy.b") == {"__init__.py", "a.py", "b.py"}


def test_modules_outside_the_book_are_named_without_a_file(root):
    assert modules(["import toy.b"], root / "src")["math"] is None


@pytest.mark.parametrize("name", ["src/toy/__init__.py", "src/toy/a.py", "src/toy/b.py", "requirements.lock"])
def test_the_key_changes_with_a_file_that_the_cells_depend_on(root, name):
    before = key(root)
    write(root, name, "# another text")
    assert key(root) != before


@pytest.mark.parametrize("name", ["src/toy/deep/c.py", "src/toy/reader.py", "data/trees.txt", "src/toy/new.py"])
def test_the_key_stays_when_another_file_changes(root, name):
    before = key(root)
    write(root, name, "# another text")
    assert key(root) == before


def test_the_key_comes_back_with_the_text(root):
    before = key(root)
    write(root, "src/toy/b.py", "x = 1")
    write(root, "src/toy/b.py", "import math")
    assert key(root) == before


def test_the_key_changes_with_the_cells_and_with_their_leave_to_raise(root):
    assert len({key(root), key(root, "from toy import a, b"), key(root, may_raise=True)}) == 3


def test_data_matter_to_cells_that_import_their_reader(root):
    before = key(root, "import toy.reader")
    write(root, "data/trees.txt", "elm")
    changed = key(root, "import toy.reader")
    write(root, "data/more.txt", "ash")
    assert len({before, changed, key(root, "import toy.reader")}) == 3


def test_data_in_a_folder_of_the_folder_matter_too(root):
    write(root, "data/north/fjord/trees.txt", "birch")
    before = key(root, "import toy.reader")
    write(root, "data/north/fjord/trees.txt", "pine")
    assert key(root, "import toy.reader") != before


def test_data_may_lie_in_a_folder_that_the_environment_names(root, tmp_path_factory, monkeypatch):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    write(elsewhere, "trees.txt", "fir")
    before = key(root, "import toy.reader")
    monkeypatch.setenv("TREES", str(elsewhere))
    named = key(root, "import toy.reader")
    write(elsewhere, "trees.txt", "yew")
    assert len({before, named, key(root, "import toy.reader")}) == 3


def test_the_key_changes_with_the_packages_of_the_interpreter(root, monkeypatch):
    before = key(root)
    monkeypatch.setattr("coursebook.cells.dependencies.packages", lambda: ["numpy-3.0"])
    assert key(root) != before
