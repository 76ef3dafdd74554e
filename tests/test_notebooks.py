"""One chapter with all that a page can hold, taken away as a notebook and as a script."""

import os
import re
import subprocess
import sys
from copy import deepcopy
from types import SimpleNamespace

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import v4
from small_site import PARTS, SETTINGS
from test_execution import FRONT, build, make, write

from coursebook.site.notebooks import beginning, script

PAGE = f"""{FRONT}
# A *chapter*

It begins, with $x_1$ and `code`.
It has **two** lines, a snake_case word and [an address](https://example.org).

```{{code-cell}}
:tags: [remove-cell]
from myst_nb import glue
from claims import claim, scalar
```

## Statements

```{{code-cell}}
x = scalar("x")
claim("square", x * x, x**2, title="A square");
```

```{{code-cell}}
:tags: [remove-cell]
glue("seven", 7, display=False)
```

By {{eq}}`square` it is {{glue:text}}`seven`.

```{{statement}} square
In other words.
```

```{{literalinclude}} ../src/toy.py
:pyobject: double
```

* one
* two
  1. inner

| a | b |
|---|---|
| 1 | $x$ |

![A picture of a dot.](dot.svg)

```{{exercise}} Of names
:label: names
Say it.
```

```{{solution}} names
:class: dropdown
It is *said*.
```

```{{code-cell}}
:tags: [raises-exception]
raise ValueError("as it must")
```
"""
BOOK = {
    "extensions": [
        "myst_nb",
        "sphinx_exercise",
        *(f"coursebook.{part}" for part in ("cells.execution", *PARTS, "site.notebooks")),
    ],
    "html_math_renderer": SETTINGS["html_math_renderer"],
    "myst_enable_extensions": SETTINGS["myst_enable_extensions"],
    "numfig": True,
    "math_numfig": True,
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    root = make(tmp_path_factory.mktemp("book"), chapter=PAGE, prose="# Words\n", plain=PAGE.partition("## ")[0])
    write(root, "src/toy.py", "def double(x):\n    return 2 * x\n\n\ndef other(): ...\n")
    write(root, "book/dot.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    build(root, **BOOK)
    return root / "_build/html"


@pytest.fixture(scope="module")
def notebook(site):
    found = nbformat.read(site / "chapter.ipynb", as_version=4)
    nbformat.validate(found)
    return found


@pytest.fixture(scope="module")
def text(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def test_the_notebook_runs_in_another_folder(notebook, tmp_path):
    notebook = deepcopy(notebook)
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}})
    client.execute()
    (shown,) = [cell for cell in notebook.cells if cell.source.startswith("x = ")]
    assert "A square" in shown.outputs[0]["data"]["text/markdown"]


def test_the_script_runs_and_is_the_notebook(site, notebook, tmp_path):
    script = (site / "chapter.py").read_text("utf8")
    for cell in notebook.cells:
        assert all(line in script for line in cell.source.splitlines())
    done = subprocess.run(
        [sys.executable, "-c", script], check=False, cwd=tmp_path, env=os.environ, capture_output=True, text=True
    )
    assert done.returncode == 0 and done.stdout.splitlines()[-1] == "as it must"


def test_all_cells_are_there_in_their_order_those_that_the_page_hides_too(notebook):
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.source.split()[0] for cell in code] == ["from", "x", 'glue("seven",', "raise"]
    assert [cell.metadata.get("jupyter", {}).get("source_hidden", False) for cell in code] == [True, False, True, False]
    assert not any(cell.outputs for cell in code)


def test_the_title_comes_first_and_then_how_to_install(notebook):
    title, install = notebook.cells[:2]
    assert title.source.startswith("# A *chapter*") and "pip install" in install.source


@pytest.mark.parametrize(
    "piece",
    [
        "It begins, with $x_1$ and `code`.\nIt has **two** lines, a snake\\_case word and [an address](https://example.org).",
        "## Statements",
        "By (1, A square) it is 7.",
        "**A square Proved**",
        "In other words.",
        "<details><summary>Proof</summary>",
        "```python\ndef double(x):\n    return 2 * x\n```",
        "* one\n* two\n  \n  1. inner",
        "| a | b |\n| --- | --- |\n| 1 | $x$ |",
        "*A picture of a dot.*",
        "**Exercise 1 (Of names)**\n\nSay it.",
        "<details><summary>Solution to Exercise 1 (Of names)</summary>\n\nIt is *said*.\n\n</details>",
    ],
)
def test_the_text_reads_as_the_page_does(text, piece):
    assert piece in text


def test_nothing_of_the_page_s_own_language_is_left(text):
    assert not re.search(r"\{[a-z:-]+\}[`\s]|:::", text)


def test_a_page_that_shows_no_code_is_no_notebook(site):
    assert not (site / "plain.ipynb").exists() and not (site / "prose.ipynb").exists()


def test_files_are_the_same_in_every_build(site, tmp_path):
    root = make(tmp_path, chapter=PAGE)
    write(root, "src/toy.py", "def double(x):\n    return 2 * x\n")
    write(root, "book/dot.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    build(root, **BOOK)
    for name in ("chapter.ipynb", "chapter.py"):
        assert (root / "_build/html" / name).read_bytes() == (site / name).read_bytes()


def test_a_notebook_of_a_known_repository_installs_itself_on_a_service_and_the_script_does_not():
    url = "https://github.com/some/course"
    app = SimpleNamespace(config=SimpleNamespace(html_theme_options={"repository_url": url}))
    said, install = beginning(app, "a.ipynb", "")
    assert f"git+{url} jupyterlab" in said.source and "jupyter lab a.ipynb" in said.source
    assert (
        f'%pip install --quiet "git+{url}#subdirectory=src" git+{url}' in install.source
        and "google.colab" in install.source
    )
    assert "%pip" not in script(v4.new_notebook(cells=[said, install]))
