"""Small books, built for real: a page's `tick` changes when its cells run, and only then."""

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from myst_parser.config.main import MdParserConfig
from sphinx.application import Sphinx
from sphinx.errors import ConfigError
from sphinx.util.docutils import docutils_namespace

import coursebook
from coursebook.cells.execution import Execution, ExecutionError, absolute_folders, read_executed
from coursebook.cells.nursery import POSSIBLE, Nursery
from coursebook.cells.scheduling import kernels, recalled
from coursebook.timings import slowest

FRONT = "---\njupytext: {text_representation: {extension: .md, format_name: myst}}\n---\n"
TICK = "import time\nprint(f'tick {time.time_ns()}')"
SETTINGS = {
    "extensions": ["myst_nb", "coursebook.cells.execution"],
    "root_doc": "book/index",
    "include_patterns": ["book/**"],
    "nb_execution_mode": "off",
    "nb_execution_timeout": 60,
    "html_theme": "basic",
    "html_copy_source": False,
    "coursebook_reads": {"toy.reader": ["data/*.txt"], "book/plain": ["data/own.json"]},
}


def page(*cells, tags="", prose="Some prose."):
    blocks = [f"```{{code-cell}}\n{tags}{textwrap.dedent(cell).strip()}\n```\n" for cell in cells]
    return "\n".join([FRONT, "# A page\n", f"{prose}\n", *blocks])


def write(root, name, text):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def make(root, **pages):
    write(root, "requirements.lock", "numpy==2")
    write(root, "book/index.md", "# A book\n\n```{toctree}\n" + "\n".join(pages) + "\n```\n")
    for name, text in pages.items():
        write(root, f"book/{name}.md", text)
    return root


def build(root, **settings):
    """Build as jupyter-book does, in this process."""
    folders = {"srcdir": root, "confdir": None, "outdir": root / "_build/html", "doctreedir": root / "_build/.doctrees"}
    with docutils_namespace():
        app = Sphinx(**folders, buildername="html", confoverrides=SETTINGS | settings, status=None, warning=sys.stderr)
        app.build()
    return app


def warnings(root):
    return build(root)._warncount


def failure(root):
    with pytest.raises(SystemExit) as stopped:
        build(root)
    return str(stopped.value)


def html(root, name):
    return (root / f"_build/html/book/{name}.html").read_text("utf-8")


def ticks(root):
    found = {
        path.stem: re.findall(r"tick (\d+)", path.read_text()) for path in (root / "_build/html/book").glob("*.html")
    }
    return {name: tick for name, (tick,) in ((name, tick) for name, tick in found.items() if tick)}


def changed(root, before):
    after = ticks(root)
    return {name for name in before if before[name] != after[name]}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    root = tmp_path_factory.mktemp("built")
    write(root, "src/toy/__init__.py", "")
    write(root, "src/toy/a.py", "from toy.b import two\n\n\ndef four():\n    return 2 * two()\n")
    write(root, "src/toy/b.py", "def two():\n    return 2\n")
    write(root, "src/toy/reader.py", "from pathlib import Path\n\nread = Path('../data/trees.txt').read_text\n")
    write(root, "data/trees.txt", "oak")
    code = page("from toy.a import four", f"print('four is', four())\n{TICK}")
    make(root, code=code, data=page(f"from toy.reader import read\nprint(read())\n{TICK}"), plain=page(TICK))
    assert warnings(root) == 0
    return root


@pytest.fixture
def book(built, tmp_path):
    """A book that was built; its results are the same as in the folder where that was done."""
    return Path(shutil.copytree(built, tmp_path / "book", copy_function=shutil.copy2))


LATE = """
import time
kernel = get_ipython().kernel
publish = kernel._publish_status
def publish_late(status, *given, **more):
    if status == "idle":
        kernel._publish_status = publish
        time.sleep(5)
        print("after", "the reply", flush=True)
    publish(status, *given, **more)
kernel._publish_status = publish_late
"""


@pytest.mark.long  # it waits for more than nbclient would
def test_what_a_cell_shows_long_after_its_reply_is_waited_for(tmp_path):
    build(make(tmp_path, late=page(LATE, "6 * 7")))
    assert html(tmp_path, "late").count("after the reply") == 1


def test_nothing_runs_and_no_byte_changes_when_nothing_changed(book):
    build(book)  # myst-nb copies its style after the first pages, whose links then lack its checksum
    pages = {path: path.read_bytes() for path in (book / "_build/html").rglob("*.html")}
    before = ticks(book)
    assert warnings(book) == 0
    assert {path: path.read_bytes() for path in pages} == pages
    assert changed(book, before) == set()


def test_no_cell_runs_for_a_word_of_prose(book):
    before = ticks(book)
    for name in ("code", "plain"):
        path = book / f"book/{name}.md"
        path.write_text(path.read_text().replace("Some prose.", "Other prose."))
    build(book)
    assert "Other prose." in html(book, "code")
    assert changed(book, before) == set()


def test_a_module_runs_again_the_pages_that_import_it_through_others(book):
    before = ticks(book)
    write(book, "src/toy/b.py", "def two():\n    return 3\n")
    build(book)
    assert "four is 6" in html(book, "code")
    assert changed(book, before) == {"code"}


def test_a_result_comes_back_with_the_code_that_gave_it(book):
    before, text = ticks(book), (book / "src/toy/b.py").read_text()
    write(book, "src/toy/b.py", "def two():\n    return 3\n")
    build(book)
    write(book, "src/toy/b.py", text)
    build(book)
    assert changed(book, before) == set()


def test_data_run_again_the_pages_that_import_their_reader(book):
    before = ticks(book)
    write(book, "data/trees.txt", "elm")
    build(book)
    assert "elm" in html(book, "data")
    assert changed(book, before) == {"data"}


def test_a_file_that_its_own_cells_read_runs_a_page_again(book):
    before = ticks(book)
    write(book, "data/own.json", "1")
    build(book)
    assert changed(book, before) == {"plain"}


def test_the_lock_runs_every_page_again(book):
    before = ticks(book)
    write(book, "requirements.lock", "numpy==3")
    build(book)
    assert changed(book, before) == {"code", "data", "plain"}


def test_a_file_put_back_with_an_old_date_is_seen(book):
    build(book)  # here, so that the pages are up to date
    path = book / "book/plain.md"
    path.write_text(path.read_text().replace("Some prose.", "Older prose."))
    os.utime(path, (1, 1))
    build(book)
    assert "Older prose." in html(book, "plain")


@pytest.mark.parametrize("file", ["part.py", "room/part.py", "theme/styles/part.css", "theme/static/part.js"])
def test_pages_are_read_again_when_the_extension_changes(book, tmp_path, monkeypatch, file):
    monkeypatch.setattr("coursebook.cells.execution.OWN", tmp_path / "extension")
    write(tmp_path, f"extension/{file}", "one = 1")
    first, before = build(book), ticks(book)
    assert build(book).env.all_docs == first.env.all_docs
    write(tmp_path, f"extension/{file}", "one = 2")
    second = build(book)
    assert all(second.env.all_docs[docname] > read for docname, read in first.env.all_docs.items())
    assert changed(book, before) == set()


def test_every_file_of_the_extension_is_among_those_whose_change_is_seen():
    package = Path(coursebook.__file__).parent
    kinds = {".py", ".css", ".html", ".js", ".mjs", ".svg", ".pot", ".txt"}
    files = {str(path) for path in package.rglob("*") if path.suffix in kinds}
    assert set(Execution().own) == files


def test_the_oldest_proofs_make_room_but_not_those_in_a_folder_of_the_user(book, monkeypatch):
    monkeypatch.setattr("coursebook.cells.execution.PROOFS", 2)
    monkeypatch.setenv("CLAIMS_CACHE", str(book / "own"))
    for folder in ("_build/.proofs", "own"):
        for number in range(4):
            write(book, f"{folder}/{number}.json", "{}")
            os.utime(book / folder / f"{number}.json", (number, number))
    build(book)
    assert {path.stem for path in (book / "_build/.proofs").iterdir()} == {"2", "3"}
    assert len(list((book / "own").iterdir())) == 4


def test_a_build_cut_short_while_pages_are_written_is_made_good(book):
    def cut_short(*_):
        raise KeyboardInterrupt

    build(book)
    write(book, "src/toy/b.py", "def two():\n    return 3\n")
    with pytest.raises(KeyboardInterrupt), docutils_namespace():
        folders = {"srcdir": book, "outdir": book / "_build/html", "doctreedir": book / "_build/.doctrees"}
        app = Sphinx(**folders, confdir=None, buildername="html", confoverrides=SETTINGS, status=None)
        app.connect("html-page-context", cut_short)
        app.build()
    build(book)
    assert "four is 6" in html(book, "code")


def test_a_warning_comes_up_again_until_it_is_mended(book):
    write(book, "book/plain.md", page(TICK, prose="See {ref}`nowhere`."))
    assert warnings(book) == warnings(book) == 1
    write(book, "book/plain.md", page(TICK))
    assert warnings(book) == warnings(book) == 0


def test_all_chapters_that_fail_are_reported_and_nothing_of_them_is_kept(tmp_path):
    long = ["x = 1", "y = 0", "z = 2\nx / y"]
    make(tmp_path, good=page(TICK), long=page(*long), short=page("undefined_name"))
    report = failure(tmp_path)
    assert re.search(r"book/long\.md, cell 3 \(lines 18 to 19\): ZeroDivisionError: division by zero", report)
    assert re.search(r"book/short\.md, cell 1 \(line 10\): NameError: name 'undefined_name'", report)
    assert "----> 2 x / y" in report
    assert "\x1b" not in report
    kept = {path.parent.name for path in (tmp_path / "_build/.executed").rglob("*.json")}
    assert kept == {"good"}


def test_pages_read_before_a_chapter_failed_are_read_again_and_no_others(book):
    before = build(book).env.all_docs  # here, so that the pages are up to date
    module, plain = book / "src/toy/b.py", book / "book/plain.md"
    texts = {path: path.read_text() for path in (module, plain)}
    write(book, "src/toy/b.py", "def two():\n    return 3\n")
    write(book, "book/plain.md", page("undefined_name"))
    assert "NameError" in failure(book)
    for path, text in texts.items():
        path.write_text(text)
    after = build(book).env.all_docs
    assert {name for name in before if before[name] != after[name]} == {"book/code", "book/plain"}
    assert "four is 4" in html(book, "code")


UNFIT = {
    "warns": ("import warnings; warnings.warn('careful')", "writes to stderr.*careful"),
    "hides": ("__import__('importlib').import_module('toy');", "loads src/toy/__init__.py, which no import names"),
    "edits": ("import toy.b\nopen(toy.b.__file__, 'a').write('# more');", "changed while it ran"),
    "dies": ("import os; os._exit(1)", "the kernel died"),
    "prints": ("print('a' * 3_000_000)", "cell 1 .* prints more than 10,000 characters"),
    "floods": ("while True: print('a')", "cell 1 .* prints more than 10,000 characters"),
    "shouts": ("'a' * 20_000", "cell 1 .* prints more than 10,000 characters"),
    "draws": (
        "from IPython.display import SVG\nSVG('<svg xmlns=\"http://www.w3.org/2000/svg\">' + ' ' * 3_000_000 + '</svg>')",
        "cell 1 .* shows more than 2,000,000 characters",
    ),
    "hoards": ("data = bytearray(8 << 30)", "cell 1 .* needs more memory than the 4,096 MB"),
    "hoards_arrays": ("import numpy as np\nnp.zeros((1 << 15, 1 << 16))", "cell 1 .* needs more memory than"),
    "marks": ("from IPython.display import HTML\nHTML('<b onclick=\"f()\">a</b>')", "cell 1 .* shows HTML"),
    "scripts": ("from IPython.display import Javascript\nJavascript('f()')", "cell 1 .* shows HTML or a script"),
}


def test_results_that_cannot_be_trusted_fail_the_build(tmp_path):
    write(tmp_path, "src/toy/__init__.py", "")
    write(tmp_path, "src/toy/b.py", "")
    report = failure(make(tmp_path, **{name: page(code) for name, (code, _) in UNFIT.items()}))
    for name, (_, reason) in UNFIT.items():
        assert re.search(rf"book/{name}\.md,? .*{reason}", report, re.DOTALL), name
    assert not list((tmp_path / "_build/.executed").rglob("*.json"))


def test_many_small_prints_are_one_output(tmp_path):
    build(make(tmp_path, talks=page("for number in range(500): print(number, flush=True)")))
    (kept,) = (tmp_path / "_build/.executed/book/talks").iterdir()
    (output,) = json.loads(kept.read_text())["cells"][0]["outputs"]
    assert output["text"] == "".join(f"{number}\n" for number in range(500))


@pytest.mark.parametrize("number, remedy", [(errno.ENOSPC, "make room"), (errno.EROFS, "yours to write")])
def test_a_disk_that_takes_no_results_is_one_line(tmp_path, monkeypatch, number, remedy):
    def refuse(*_, **__):
        raise OSError(number, os.strerror(number), "kept.json")

    make(tmp_path, plain=page(TICK))
    monkeypatch.setattr("tempfile.NamedTemporaryFile", refuse)
    assert re.search(rf"book/plain\.md has results.*: kept\.json: {os.strerror(number)}; .*{remedy}", failure(tmp_path))


def test_a_disk_that_takes_no_page_is_one_line(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    make(tmp_path, plain=page(TICK))
    monkeypatch.setattr("sphinx.builders.html.StandaloneHTMLBuilder.write_doc", refuse)
    said = failure(tmp_path).strip().splitlines()
    assert said == ["a file of the build: No space left on device; make room on the disk"]


def test_a_cell_that_takes_too_long_fails(tmp_path):
    make(tmp_path, slow=page("import time; time.sleep(60)"))
    with pytest.raises(SystemExit, match="takes longer than 1 seconds"):
        build(tmp_path, nb_execution_timeout=1)


def test_pages_are_the_same_for_every_folder_and_every_user(tmp_path, monkeypatch):
    home = tmp_path / "home"
    write(home, ".ipython/profile_default/startup/x.py", "x = 'of the user'")
    write(home, ".config/matplotlib/matplotlibrc", "axes.titlepad: 33")
    spec = '{"argv": ["false"], "display_name": "Another", "language": "python"}'
    write(home, ".local/share/jupyter/kernels/python3/kernel.json", spec)
    cells = page(
        "import matplotlib\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);",
        "import os, sys\nprint('x' in globals(), os.environ['PYTHONHASHSEED'], hash('one'))",
        "print(matplotlib.rcParams['figure.figsize'], matplotlib.rcParams['axes.titlepad'])",
        "import tqdm.auto\nfor step in tqdm.auto.tqdm(range(2)):\n    pass",
        "sys.modules.update((f'module{number}', type(os)('module')) for number in range(2000))",
    )
    raising = page("raise ValueError('three is not two')", tags=":tags: [raises-exception]\n").removeprefix(FRONT)
    assert warnings(make(tmp_path / "one", draw=cells + raising)) == 0
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.setenv("JUPYTER_PATH", str(home / ".local/share/jupyter"))
    assert warnings(make(tmp_path / "a/deep/folder/two", draw=cells + raising)) == 0
    one, two = tmp_path / "one/_build", tmp_path / "a/deep/folder/two/_build"
    shown = [path for folder in ("html", "jupyter_execute") for path in (one / folder).rglob("*") if path.is_file()]
    files = sorted(path.relative_to(one) for path in shown)
    assert "jupyter_execute/book/draw.ipynb" in map(str, files)
    assert [name for name in files if (one / name).read_bytes() != (two / name).read_bytes()] == []
    text = re.sub("<[^>]*>", "", html(tmp_path / "one", "draw"))
    assert "False 0 " in text
    assert "[5.4, 2.9] 6.0" in text
    assert "ValueError: three is not two" in text
    assert "Traceback" not in text
    assert re.search(r"<img[^>]*\.svg|<svg", html(tmp_path / "one", "draw"))


MEET = """
import time
from pathlib import Path
Path('{0}').touch()
while not Path('{1}').exists():
    time.sleep(0.1)
"""


def test_a_page_is_read_while_others_run(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSEBOOK_KERNELS", "2")
    wait = MEET.format("running", "../_build/.doctrees/book/brief.doctree")
    assert warnings(make(tmp_path, brief=page(TICK), long=page(wait))) == 0


def test_two_kernels_run_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSEBOOK_KERNELS", "2")
    assert warnings(make(tmp_path, here=page(MEET.format("a", "b")), there=page(MEET.format("b", "a")))) == 0


def test_the_chapter_that_took_longest_starts_first(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSEBOOK_KERNELS", "1")
    line = "open('order.txt', 'a').write('{} ');"
    make(tmp_path, **{name: page(line.format(name)) for name in ("brief", "long")})
    for name, seconds in {"brief": 1.0, "long": 5.0}.items():
        write(tmp_path, f"_build/.executed/book/{name}/before.json", f'{{"seconds": {seconds}, "cells": []}}')
    build(tmp_path)
    assert (tmp_path / "book/order.txt").read_text() == "long brief "


def test_a_short_chapter_that_a_long_one_rests_on_starts_first(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSEBOOK_KERNELS", "1")
    remarks = {"alone": "." * 2000, "ground": 'define("ground")', "rests": 'by("ground")' + "." * 3000}
    make(tmp_path, **{name: page(f"open('order.txt', 'a').write('{name} ');  # {remarks[name]}") for name in remarks})
    build(tmp_path)
    assert (tmp_path / "book/order.txt").read_text() == "ground rests alone "


@pytest.fixture(params=[pytest.param(1, marks=pytest.mark.long), 2], ids=["one page, launched", "two pages, forked"])
def running(tmp_path, request):
    """A build in a process of its own, while its cells sleep, and the number of a kernel's process."""
    slow = page("import os\nopen('pid.txt', 'w').write(str(os.getpid()))\nos.sync()", "import time; time.sleep(600)")
    make(tmp_path, **{f"slow{number}": slow for number in range(request.param)})
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it\n"
    code += f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\nfrom pathlib import Path\n"
    code += f"from test_execution import build\nbuild(Path({str(tmp_path)!r}))"
    building = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    pid = tmp_path / "book/pid.txt"
    while not (pid.exists() and pid.read_text()):
        assert building.poll() is None
        time.sleep(0.1)
    yield building, int(pid.read_text())
    building.kill()


def is_there(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_an_interrupted_run_leaves_no_result_and_no_kernel(running, tmp_path):
    building, kernel = running
    building.send_signal(signal.SIGINT)
    assert building.wait(60) != 0
    assert not is_there(kernel)
    assert not list((tmp_path / "_build/.executed").rglob("*.json"))


def test_a_kernel_ends_soon_after_the_process_that_builds_was_killed(running):
    building, kernel = running
    building.kill()
    end = time.monotonic() + 60
    while is_there(kernel):
        assert time.monotonic() < end
        time.sleep(0.1)


ONLY_ONE = """
import sympy
assert not hasattr(sympy, 'seen'), 'a page sees what another did'
sympy.seen = True
print(sympy.Symbol('x') + 1)
"""


def test_no_page_sees_what_another_did_to_a_module(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSEBOOK_KERNELS", "1")
    assert warnings(make(tmp_path, first=page(ONLY_ONE), second=page(ONLY_ONE))) == 0


def test_a_kernel_that_is_no_fork_gives_the_same_results(tmp_path, monkeypatch):
    cells = ["import matplotlib.pyplot as plt\nplt.plot([1, 2]);", "import sys\nprint(sys.argv[1:2], sys.path[-1:])"]
    cells += ["import os\nprint(os.getcwd() == os.path.dirname(os.path.abspath('page.md')), os.environ['MPLBACKEND'])"]
    results = {}
    for name, possible in {"forked": POSSIBLE, "launched": False}.items():
        monkeypatch.setattr("coursebook.cells.kernels.POSSIBLE", possible)
        assert warnings(make(tmp_path / name, page=page(*cells), other=page(TICK))) == 0
        (kept,) = (tmp_path / name / "_build/.executed/book/page").iterdir()
        results[name] = json.loads(kept.read_text())["cells"]
    assert results["forked"] == results["launched"]


def test_a_page_that_runs_alone_waits_for_no_library_that_it_does_not_import(tmp_path):
    build(make(tmp_path, page=page("import sys\nprint('sklearn loaded:', 'sklearn' in sys.modules)")))
    assert "sklearn loaded: False" in html(tmp_path, "page")


LOADS = "{}\nimport sys\nprint('numpy loaded:', 'numpy' in sys.modules)"


def test_pages_that_run_together_wait_for_no_library_that_one_of_them_alone_imports(tmp_path):
    for name, cells in {"both": ["import numpy", "import numpy"], "one": ["import numpy", ""]}.items():
        build(make(tmp_path / name, page=page(LOADS.format(cells[0])), other=page(LOADS.format(cells[1]))))
    assert "numpy loaded: True" in html(tmp_path / "both", "other")
    assert "numpy loaded: False" in html(tmp_path / "one", "other")


def test_what_cannot_be_loaded_stops_every_kernel_with_one_word():
    nursery = Nursery({**os.environ, "PYTHONPATH": "", "PYTHONHOME": "nowhere"})
    with pytest.raises(RuntimeError, match="no kernel can start"):
        nursery.fork(["-f", "kernel.json"], ".")
    nursery.close()


def test_a_folder_in_the_environment_is_the_same_for_build_and_kernel(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TREES", "trees")
    monkeypatch.setenv("FLOWERS", "")
    absolute_folders(None, SimpleNamespace(coursebook_reads={"toy.reader": ["$TREES/*.txt", "$FLOWERS/*", "$NONE/*"]}))
    assert (os.environ["TREES"], os.environ["FLOWERS"], "NONE" in os.environ) == (str(tmp_path / "trees"), "", False)


def test_one_kernel_more_than_there_are_cores_runs_at_a_time(monkeypatch):
    monkeypatch.delenv("COURSEBOOK_KERNELS", raising=False)
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    assert kernels() == 5


@pytest.mark.parametrize("chosen", ["0", "two", "-1", ""])
def test_a_number_of_kernels_that_is_none_is_refused(monkeypatch, chosen):
    monkeypatch.setenv("COURSEBOOK_KERNELS", chosen)
    with pytest.raises(ConfigError, match="COURSEBOOK_KERNELS"):
        kernels()


def test_the_table_shows_the_slowest_first():
    table = slowest("Chapters", [("brief", 0.5, "kept"), ("long", 12.0, "executed")])
    assert [line.split() for line in table.splitlines()[1:]] == [
        ["long", "12.00", "s", "executed"],
        ["brief", "0.50", "s", "kept"],
    ]


# ---------------------------------------------------------------- statements of other chapters
STATE = """
from claims import claim, scalar, sigma
z = scalar("z")
claim("symmetry", sigma(-z), 1 - sigma(z), title="Symmetry");
"""
REST = """
from claims import by, claim, scalar, sigma
z = scalar("z")
claim("twice", 2 * sigma(-z), 2 - 2 * sigma(z), title="Twice", steps=[(2 - 2 * sigma(z), by("symmetry"))]);
print("it rests")
"""


PARTS = ("html.elements", "statements.words", "statements.domain", "statements.boxes")
STATING = {"extensions": [*SETTINGS["extensions"], *(f"coursebook.{part}" for part in PARTS)]}


def test_a_chapter_knows_the_statements_that_it_names_whichever_is_read_first(tmp_path):
    root = make(tmp_path, a=page(REST), b=page(STATE))
    assert build(root, **STATING)._warncount == 0 and "it rests" in html(root, "a")


def test_a_chapter_runs_again_when_one_that_it_rests_on_has_changed(tmp_path):
    root = make(tmp_path, a=page(REST, TICK), b=page(STATE), c=page(TICK))
    build(root, **STATING)
    before = {name: html(root, name) for name in "ac"}
    write(root, "book/b.md", page(STATE, "print('more')"))
    build(root, **STATING)
    assert html(root, "a") != before["a"] and html(root, "c") == before["c"]


def test_a_chapter_that_rests_on_one_that_fails_is_named_with_it(tmp_path):
    root = make(tmp_path, a=page(REST), b=page(STATE, "1 / 0"))
    report = failure(root)
    assert "book/b.md, cell 2" in report and "book/a.md rests on book/b.md, which did not run to its end" in report


def test_chapters_may_not_rest_on_each_other(tmp_path):
    other = STATE + 'claim("thrice", 3 * z, z + 2 * z, title="Thrice", steps=[(3 * z, by("twice"))]);'
    root = make(tmp_path, a=page(REST), b=page(other))
    with pytest.raises(ConfigError, match=r"rest on each other: book/(a|b)\.md <- book/(a|b)\.md"):
        build(root)


def test_a_page_whose_results_are_gone_when_it_is_read_is_named_with_the_remedy():
    kept = SimpleNamespace(load=lambda docname, key: None)
    with pytest.raises(ExecutionError, match=r"one\.md changed while the book was built: build again"):
        read_executed(page("1"), config=MdParserConfig(), path="one.md", kept=kept, docname="one", key="old")


def test_a_chapter_that_is_edited_while_pages_are_written_is_named_with_the_remedy():
    other = SimpleNamespace(name="book/one.md", docname="book/one", key=lambda: "new")
    kept = SimpleNamespace(load=lambda docname, key: None)
    with pytest.raises(ConfigError, match=r"book/one\.md, or what it depends on, changed while .*: build again"):
        recalled(kept, SimpleNamespace(rests_on=[other], names=set()))
