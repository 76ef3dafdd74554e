"""Each chapter as a notebook and as a script, which run wherever the course's packages are installed."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import indent
from typing import Any

import nbformat
from docutils import nodes
from nbformat import NotebookNode, v4
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx_exercise.nodes import exercise_enumerable_node

from coursebook.cells.chapter import Chapter
from coursebook.cells.execution import chapter_of, kept
from coursebook.cells.outputs import may_raise
from coursebook.cells.scheduling import recalled
from coursebook.site.launch import address, commands, packages, services
from coursebook.site.markdown import Cell, parts
from coursebook.statements.domain import statements

SETTING = "set-up"  # the tag of a cell that a machine needs which a service lends
FOLDED = {"hide-input", "hide-cell", "remove-cell", "remove-input"}
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
TITLE = -1  # stands for the title where a cell is meant


def notebook(chapter: Chapter, doctree: nodes.document, before: list[NotebookNode]) -> NotebookNode:
    """The words of the page as Markdown, and all its cells, the unseen ones too, without outputs; `before` follows the title."""
    cells = [text_or_code(part, chapter) for part in with_unseen(list(joined(parts(doctree))), chapter)]
    cells[1:1] = before
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"  # nbformat's are random
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    return v4.new_notebook(cells=cells, metadata=metadata)


def beginning(app: Sphinx, name: str, recalled: str) -> Iterator[NotebookNode]:
    """How the notebook is run, and what tells the prover what other chapters have proved."""
    install, show = commands(app.config, name)
    known = address(app.config)
    folder = "" if known else " in the folder of the course's repository"
    yield v4.new_markdown_cell(f"To run the cells at home: `{install}`{folder}, once, then `{show}`.")
    if known:
        there = f'import sys\n\nif "google.colab" in sys.modules:\n    %pip install --quiet {packages(app.config)}'
        yield v4.new_code_cell(there, metadata={"tags": [SETTING], "jupyter": {"source_hidden": True}})
    if recalled:
        yield v4.new_code_cell(recalled, metadata={"jupyter": {"source_hidden": True}})


def joined(pieces: Iterable[str | Cell]) -> Iterator[str | Cell]:
    """A heading begins a cell of text, and whatever follows it up to the next cell of code belongs to it."""
    texts: list[str] = []
    for piece in pieces:
        if texts and (isinstance(piece, Cell) or piece.startswith("#")):
            yield "\n\n".join(texts)
            texts = []
        if isinstance(piece, Cell):
            yield piece
        else:
            texts.append(piece)
    if texts:
        yield "\n\n".join(texts)


def with_unseen(pieces: list[str | Cell], chapter: Chapter) -> Iterator[str | Cell]:
    """A cell that the page does not show comes right after the one before it; the first ones come after the title."""
    after = unseen({piece for piece in pieces if isinstance(piece, Cell)}, chapter)
    for number, piece in enumerate(pieces):
        yield piece
        yield from after.get(piece, ()) if isinstance(piece, Cell) else ()
        yield from after.get(TITLE, ()) if number == 0 else ()


def unseen(seen: set[Cell], chapter: Chapter) -> dict[int, list[Cell]]:
    """The cells that the page does not show, by the one that it shows before them."""
    before = TITLE
    found: dict[int, list[Cell]] = {}
    for place in (Cell(place) for place, cell in enumerate(chapter.notebook.cells) if cell.cell_type == "code"):
        if place in seen:
            before = place
        else:
            found.setdefault(before, []).append(place)
    return found


def text_or_code(part: str | Cell, chapter: Chapter) -> NotebookNode:
    if not isinstance(part, Cell):
        return v4.new_markdown_cell(part)
    cell = chapter.notebook.cells[part]
    tags = cell.metadata.get("tags", [])
    metadata = {"tags": tags} if tags else {}
    if FOLDED & set(tags):
        metadata["jupyter"] = {"source_hidden": True}
    return v4.new_code_cell(cell.source, metadata=metadata)


def script(book: NotebookNode) -> str:
    """The notebook as a program, its text as comments; editors find the cells at the lines `# %%`."""
    cells = [cell for cell in book.cells if SETTING not in cell.metadata.get("tags", [])]
    return "\n\n".join(commented(cell) if cell.cell_type == "markdown" else f"# %%\n{run(cell)}" for cell in cells)


def run(cell: NotebookNode) -> str:
    """The code; where an exception belongs to the text, the program says it and goes on."""
    if not may_raise(cell):
        return cell.source
    return f"try:\n{indent(cell.source, '    ')}\nexcept Exception as error:\n    print(error)"


def commented(cell: NotebookNode) -> str:
    lines = [f"# {line}".rstrip() for line in cell.source.splitlines()]
    return "\n".join(["# %% [markdown]", *lines])


def say_numbers(app: Sphinx, docname: str, doctree: nodes.document) -> None:
    """Write out what a page leaves to HTML: the number of an exercise, and which statement a number means."""
    numbers = app.env.toc_fignumbers.get(docname, {}).get("exercise", {})
    for exercise in doctree.findall(exercise_enumerable_node):
        number = ".".join(map(str, numbers.get(exercise["ids"][0], ())))
        exercise.children[0].insert(0, nodes.Text(f"Exercise {number}".strip()))
    titles = {record.anchor: record.title for record in statements(app.env).all()}
    for reference in doctree.findall(nodes.reference):
        title = titles.get(reference.get("refuri", "").rpartition("#")[2] or reference.get("refid"))
        if title and reference.astext().startswith("("):
            reference.children = [nodes.Text(f"{reference.astext()[:-1]}, {title.replace('$', '')})")]


def write(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Write both beside the page, and let its header link to them; a page may decline by `notebook: false`."""
    chapter = chapter_of(app, pagename) if doctree else None
    declined = app.env.metadata.get(pagename, {}).get("notebook") == "False"
    if chapter is None or declined or not any(isinstance(part, Cell) for part in parts(doctree)):
        return
    say_numbers(app, pagename, doctree)
    assert isinstance(app.builder, StandaloneHTMLBuilder)  # it alone has contexts of pages
    page = Path(app.builder.get_outfilename(pagename))
    name = page.with_suffix(".ipynb").name
    book = notebook(chapter, doctree, list(beginning(app, name, recalled(kept(app), chapter))))
    page.with_suffix(".ipynb").write_text(nbformat.writes(book) + "\n", "utf8")
    page.with_suffix(".py").write_text(script(book) + "\n", "utf8")
    context["notebook"], context["script_file"] = name, page.with_suffix(".py").name
    context["repository"] = address(app.config)
    context["services"], context["commands"] = services(app.config, name), commands(app.config, name)


def setup(app: Sphinx) -> None:
    app.setup_extension("coursebook.site.launch")
    app.connect("html-page-context", write, priority=900)  # after all that read the page as it is
