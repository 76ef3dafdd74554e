"""While Sphinx reads the pages, those whose results are stale run in fresh kernels; each is read when it has run.

Results are kept under a key made of all that may change them (see dependencies), so what a page shows is never older
than its cells, the modules that they import, the data or the packages. myst-nb itself executes nothing: it reads a
page through `read_executed`, which gives the cells their outputs.
"""

import os
import re
import time
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from docutils import nodes
from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook
from myst_parser.config.main import MdParserConfig
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.util import logging

from coursebook.cells.chapter import Chapter
from coursebook.cells.dependencies import digest
from coursebook.cells.results import Results, drop_oldest
from coursebook.cells.scheduling import Runs
from coursebook.disk import unwritable
from coursebook.places import OWN
from coursebook.timings import slowest

logger = logging.getLogger(__name__)

NO_PART = {".pyc", ".md"}  # of the extension: what Python keeps, and words about it
PROOFS = 4000  # that are kept: the book has some 350, and all are others whenever the prover changes
BUDGET = 120  # seconds for a build in which every chapter runs, on two cores
INPUTS, SECONDS = "coursebook-inputs", "coursebook-seconds"  # kept in env.metadata, a dictionary for each page


class ExecutionError(SphinxError):
    """Pages without results."""

    category = "Execution"


@dataclass
class Execution:
    """What this extension does in one build.

    It knows the key of each page that is read, which pages run, those to be read (`reading`), and whether the last
    build did not end well (`marked`).
    """

    keys: dict[str, str] = field(default_factory=dict)
    ran: set[str] = field(default_factory=set)
    runs: Runs | None = None
    reading: list[str] = field(default_factory=list)
    marked: bool = False
    started: float = field(default_factory=time.perf_counter)

    @cached_property
    def own(self) -> dict[str, str]:
        """Digests of the files in the folder of this extension, which every page is made by."""
        return {str(file): digest(file) for file in OWN.rglob("*") if file.is_file() and file.suffix not in NO_PART}

    def inputs(self, app: Sphinx, docname: str, key: str | None = None) -> dict[str, str]:
        """Digests of what the page is made of: its results, by their key, its file, the files that it shows, our own."""
        if not key and (chapter := chapter_of(app, docname)):
            key = chapter.key()
        files = {app.env.doc2path(docname, False), *app.env.dependencies[docname]}
        return {"results": key or "", **{file: digest(Path(app.srcdir, file)) for file in files}, **self.own}

    def outdated(self, app: Sphinx, env: BuildEnvironment, *_: set[str]) -> list[str]:
        """Pages to read again: what they show has changed in content, or the last build did not end well."""
        if _unfinished(app).exists():
            return list(env.found_docs)
        return [
            doc for doc in env.found_docs & set(env.all_docs) if env.metadata[doc].get(INPUTS) != self.inputs(app, doc)
        ]

    def execute(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Start what is stale among the pages to be read, and have myst-nb read them with their outputs."""
        results = kept(app)
        chapters = [found for docname in docnames if (found := chapter_of(app, docname))]
        self.keys = {chapter.docname: chapter.key() for chapter in chapters}
        stale = [chapter for chapter in chapters if not results.has(chapter.docname, self.keys[chapter.docname])]
        self.ran = {chapter.docname for chapter in stale}
        if stale:
            self.runs = Runs(stale, results, app.config.nb_execution_timeout)
        self.reading, self.marked = docnames, _unfinished(app).exists()
        _unfinished(app).touch()
        for chapter in chapters:
            reading = {"config": vars(env)["myst_config"], "path": str(chapter.path), "kept": results}
            reading |= {"docname": chapter.docname, "key": self.keys[chapter.docname]}
            vars(env)["mystnb_config"].custom_formats[str(chapter.path)] = (f"{__name__}.read_executed", reading, False)

    def wait(self, app: Sphinx, docname: str, source: list[str]) -> None:
        """Before a page is read: its cells have run, or the build stops when all have."""
        if self.runs and docname in self.ran and self.runs.failed(docname):
            self.forget(app)
            _stop(app, "\n\n".join(self.runs.reports()))

    def forget(self, app: Sphinx) -> None:
        """Have the next build read again what this one reads, and no more than that."""
        for docname in self.reading:
            Path(app.doctreedir, f"{docname}.doctree").unlink(missing_ok=True)
        if not self.marked:
            _unfinished(app).unlink()

    def end_runs(self, *_: object) -> None:
        """When all pages are read, or none will be any more."""
        if self.runs:
            self.runs.stop()
            self.runs = None

    def note(self, app: Sphinx, doctree: nodes.document) -> None:
        """Remember what the page that was read was made of."""
        docname = app.env.docname
        app.env.metadata[docname][INPUTS] = self.inputs(app, docname, self.keys.get(docname))
        if docname in self.keys and (result := kept(app).load(docname, self.keys[docname])):
            app.env.metadata[docname][SECONDS] = result.seconds

    def finish(self, app: Sphinx, exception: Exception | None) -> None:
        """A build that ended well leaves no mark and few old proofs, and says what took long."""
        if exception:
            if reason := unwritable(exception):
                raise SystemExit(f"\n{reason}")
            return
        drop_oldest(_proofs(app), PROOFS)
        if not app._warncount:  # what it warned of must come up again
            _unfinished(app).unlink(missing_ok=True)
        seconds = {docname: note[SECONDS] for docname, note in app.env.metadata.items() if SECONDS in note}
        rows = [(page, taken, "executed" if page in self.ran else "kept") for page, taken in seconds.items()]
        if rows:
            taken = f"the build {time.perf_counter() - self.started:.0f} s, budget {BUDGET} s when all run"
            logger.info(slowest(f"Chapters that took longest; {taken}:", rows))


def read_executed(
    text: str, *, config: MdParserConfig, path: str, kept: Results, docname: str, key: str
) -> NotebookNode:
    """The page as myst-nb reads it, its cells with their outputs.

    Raises:  ExecutionError if the cells are not those that ran
    """
    notebook = read_myst_markdown_notebook(text, config=config, add_source_map=True, path=path)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"  # nbformat's are random
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    result = kept.load(docname, key)
    if result is None or not result.fill(cells):
        raise ExecutionError(f"{path} changed while the book was built: build again")
    notebook.metadata["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}
    return notebook


def chapter_of(app: Sphinx, docname: str) -> Chapter | None:
    """The page, if it has cells."""
    shelf = {name: Path(app.env.doc2path(name)) for name in app.env.found_docs}
    found = Chapter(docname, shelf[docname], Path(app.srcdir), app.config.coursebook_reads, shelf)
    return found if is_myst_markdown_notebook(found.text) and found.cells else None


def kept(app: Sphinx) -> Results:
    """What the cells of the pages gave, in this build or before."""
    return Results(Path(app.doctreedir).parent / ".executed")


def _proofs(app: Sphinx) -> Path:
    return Path(app.doctreedir).parent / ".proofs"


def _unfinished(app: Sphinx) -> Path:
    """A file that stands from the first page read to the last page written."""
    return Path(app.doctreedir, "unfinished")


def _stop(app: Sphinx, report: str) -> None:
    """End the build with this report alone: Jupyter Book would add its own traceback to an exception's."""
    error = ExecutionError(report)
    app.emit("build-finished", error)
    raise SystemExit(f"\n{error.category}:\n{error}")


def absolute_folders(app: Sphinx, config: Config) -> None:
    """Make folders in environment variables absolute: a kernel runs in another folder than the build."""
    for name in re.findall(r"\$(\w+)", str(config.coursebook_reads)):
        if os.environ.get(name):
            os.environ[name] = os.path.abspath(os.environ[name])


def keep_proofs(app: Sphinx, config: Config) -> None:
    """Let the kernels keep proofs beside the pages: a page that runs again repeats none that is unchanged."""
    os.environ.setdefault("CLAIMS_CACHE", str(_proofs(app)))


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect the events of one build."""
    execution = Execution()
    app.add_config_value("coursebook_reads", {}, "", description="which files a module of src/, or a page, reads")
    app.connect("config-inited", absolute_folders)
    app.connect("config-inited", keep_proofs)
    app.connect("env-get-outdated", execution.outdated)
    app.connect("env-before-read-docs", execution.execute)
    app.connect("source-read", execution.wait)
    app.connect("doctree-read", execution.note)
    app.connect("env-updated", execution.end_runs)
    app.connect("build-finished", execution.end_runs)
    app.connect("build-finished", execution.finish)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
