"""The gate: which checks run when, and that each of them refuses what it is there to refuse."""

import os
import re
import subprocess
import sys
from pathlib import Path

import one_chapter
import pytest

from coursebook.contribute import gate

ROOT = Path(__file__).parent.parent
TOOLS = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])


def names(steps):
    return [name for name, _command in steps]


def commands(steps):
    return [" ".join(command) for _name, command in steps]


def test_all_checks_run_from_the_cheapest_to_those_that_take_long():
    assert names(gate.everything()) == [
        *names(gate.sources()),
        *(f"make {target}" for target in ("test", "pages", "twice", "thorough")),
    ]


@pytest.fixture
def one_page(tmp_path):
    """A course of one chapter, without packages from npm."""
    (tmp_path / "book").mkdir()
    (tmp_path / "book/sigmoid.md").touch()
    return tmp_path


def test_a_word_in_a_chapter_builds_and_shows_that_chapter_and_runs_no_tests(one_page):
    (one_page / "node_modules/playwright-core").mkdir(parents=True)
    steps = list(gate.touched(one_page, ["book/sigmoid.md"]))
    assert names(steps)[:2] == ["the book as it is written", "spelling"]
    assert names(steps)[-2:] == ["strict build", "browser"] and "tests" not in names(steps)
    assert commands(steps)[-1].endswith(" sigmoid.html")


def test_what_drives_the_browser_is_fetched_where_it_is_not_there(one_page):
    steps = gate.touched(one_page, ["book/sigmoid.md"])
    assert names(steps)[-3:] == ["strict build", "packages from npm", "browser"]


def test_a_module_brings_its_types_its_tests_and_the_build():
    steps = list(gate.touched(ROOT, ["src/neurone/losses.py", "tests/test_layers.py", "src/neurone/gone.py"]))
    assert names(steps)[2:] == ["style", "formatting", "types", "tests", "strict build"]
    assert commands(steps)[5].endswith("tests/test_architecture.py tests/test_layers.py tests/test_losses.py")


def test_a_file_about_the_repository_is_spelt_and_no_more():
    assert names(gate.touched(ROOT, ["CONTRIBUTING.md"])) == ["the book as it is written", "spelling"]


def test_a_check_that_finds_something_does_not_keep_the_others_from_running(tmp_path, capfd):
    steps = [
        ("one", ["sh", "-c", "echo a fault; exit 1"]),
        ("two", ["sh", "-c", "echo another; exit 3"]),
        ("three", ["true"]),
    ]
    assert gate.run(iter(steps), tmp_path) == ["one", "two"]
    told = capfd.readouterr().out
    assert "a fault" in told and "another" in told and "nothing to mend" in told


def test_changed_files_are_those_that_differ_from_the_last_commit_and_new_ones(tmp_path):
    git = lambda *words: subprocess.run(["git", *words], cwd=tmp_path, check=True, capture_output=True)
    git("init", "--quiet")
    for name in ("a", "b", "c"):
        (tmp_path / name).write_text(name)
    git("add", ".")
    git("-c", "user.name=n", "-c", "user.email=n@example.org", "commit", "--quiet", "-m", "all")
    (tmp_path / "a").write_text("other")
    (tmp_path / "b").unlink()
    (tmp_path / "new").touch()
    assert gate.changed_files(tmp_path) == ["a", "b", "new"]


PLANTED = {
    "spelling": ("book/page.md", "# A page\n\nIt lasts un-till the end.\n".replace("-", ""), "==> until"),
    "style": ("src/coursebook/checks/more.py", "import os\n", "F401"),
    "formatting": ("src/coursebook/checks/more.py", "a = ( 1 )\n", "reformatted"),
    "types": ("src/coursebook/checks/more.py", "def half(a):\n    return a / 2\n", "[no-untyped-def]"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_refused_by_its_check(tmp_path, name):
    file, text, said = PLANTED[name]
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_text(text)
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    command = [*dict(gate.sources())[name], *(["--follow-imports=skip", file] if name == "types" else [])]
    done = subprocess.run(
        command, cwd=tmp_path, env=os.environ | {"PATH": TOOLS}, capture_output=True, text=True, check=False
    )
    assert done.returncode and said in done.stdout + done.stderr and Path(file).name in done.stdout + done.stderr


# ---------------------------------------------------------------- the strict build
FAULTS = {
    "$$ a = b $$": "a displayed formula typed by hand",
    "For all numbers $1 + 1 = 3$.": "is false",
    "<script>f()</script>": "HTML, <script>",
    '<img src="x" onerror="f()">': "HTML, <img",
    "![Words](https://example.org/a.svg)": "an image of another server",
    "See {eq}`nowhere`.": "nowhere is stated in no chapter",
    "```{code-cell}\nclaim('untitled', Z, Z)\n```": "untitled has no title",
    "```{code-cell}\nplt.plot([1, 2]);\n```": "a figure without alternative text",
}
FAILING = {
    "claim('wrong', Grad(cost, w), X * (Z - y), title='Wrong');": "SizesDoNotFit",
    "claim('refuted', Grad(cost, Z), y - Z, title='Refuted');": "Refuted",
    "print('a' * 1_000_000)": "prints more than 10,000 characters",
}
SUMMARY = "## Summary\n"


def refused(root, *planted):
    """What a strict build says of as many chapters, each of which has one of these above its summary."""
    page = one_chapter.make(root)
    text = page.read_text("utf8")
    for number, fault in enumerate(planted):
        page.with_stem(f"{page.stem}{number}").write_text(text.replace(SUMMARY, f"{fault}\n\n{SUMMARY}"), "utf8")
    one_chapter.name_pages(root, [f"{page.stem}{number}" for number in range(len(planted))])
    done = one_chapter.build(root)
    assert done.returncode != 0
    return done.stdout + done.stderr


@pytest.mark.long
def test_all_faults_of_a_page_stop_a_strict_build_at_once(tmp_path):
    told = refused(tmp_path, "\n\n".join(FAULTS))
    lines = {said for said in FAULTS.values() if re.search(rf"book/half-a-square0.md:\d+: .*{re.escape(said)}", told)}
    assert lines == set(FAULTS.values())


@pytest.mark.long
def test_all_cells_that_fail_stop_a_strict_build_at_once(tmp_path):
    told = refused(tmp_path, *(f"```{{code-cell}}\n{code}\n```" for code in FAILING))
    for number, said in enumerate(FAILING.values()):
        assert re.search(rf"book/half-a-square{number}.md, cell \d+ \(line \d+\): .*{said}", told)


@pytest.mark.long
def test_links_to_nothing_stop_a_strict_build(tmp_path):
    told = refused(tmp_path, "[there](nowhere.md)\n\n[there](#nothing)\n\n{ref}`none`")
    assert all(re.search(rf"book/half-a-square0.md:\d+: .*{name}", told) for name in ("nowhere", "nothing", "none"))
