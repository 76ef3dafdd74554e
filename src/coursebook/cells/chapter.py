"""A page with cells, as it is on the disk."""

import re
import sys
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

from myst_nb.core.read import read_myst_markdown_notebook
from nbformat import NotebookNode
from sphinx.errors import ConfigError

from coursebook.cells.dependencies import modules, results_key
from coursebook.cells.outputs import may_raise

FIGURES = "import coursebook.kernel.figures"  # the style of figures, for whatever page draws
STATES = re.compile(r'''\b(?:claim\w*|define|cite|observed)\(\s*"([^"]+)"|\bid="([^"]+)"''')
NAMES = re.compile(r'''\bby\(\s*"([^"]+)"''')


@dataclass(frozen=True)
class Chapter:
    """A page with cells; `reads` says which files a module of src/ reads, or a page by its own cells.

    `shelf` are the pages of the book, docname -> file, some of which state what this one rests on.
    """

    docname: str
    path: Path
    root: Path
    reads: dict[str, list[str]]
    shelf: dict[str, Path]

    @property
    def name(self) -> str:
        """The file, as a writer of the book calls it."""
        return self.path.relative_to(self.root).as_posix()

    def again(self) -> "Chapter":
        """The chapter, read from the disk anew."""
        return replace(self)

    @cached_property
    def text(self) -> str:
        """The file."""
        return self.path.read_text("utf-8")

    @cached_property
    def notebook(self) -> NotebookNode:
        """What myst-nb makes of the file."""
        return _parsed(self.text, self.path)

    @cached_property
    def cells(self) -> list[NotebookNode]:
        """The cells that run."""
        return [cell for cell in self.notebook.cells if cell.cell_type == "code"]

    @cached_property
    def modules(self) -> dict[str, Path | None]:
        """The modules that the cells import, and those of the style of figures if the page draws."""
        source = self.root / "src"
        found = modules((cell.source for cell in self.cells), source)
        return found | modules([FIGURES], source) if "matplotlib" in found else found

    @property
    def first(self) -> str:
        """What runs in the kernel before the page's own cells."""
        return FIGURES if "matplotlib" in self.modules else ""

    @cached_property
    def states(self) -> frozenset[str]:
        """Ids of what its cells state."""
        if not STATES.search(self.text):
            return frozenset()
        return frozenset(id for cell in self.cells for pair in STATES.findall(cell.source) for id in filter(None, pair))

    @cached_property
    def names(self) -> frozenset[str]:
        """Ids of the statements of other chapters that lines of its proofs name."""
        return frozenset(id for cell in self.cells for id in NAMES.findall(cell.source)) - self.states

    @cached_property
    def rests_on(self) -> list["Chapter"]:
        """The chapters that state what lines of its proofs name."""
        if not self.names:
            return []
        others = [replace(self, docname=docname, path=path) for docname, path in sorted(self.shelf.items())]
        return [other for other in others if other.docname != self.docname and other.states & self.names]

    def key(self, above: tuple[str, ...] = ()) -> str:
        """The name under which the results of these cells are kept, as long as all that they depend on stays.

        Raises:  ConfigError if chapters rest on each other
        """
        if self.name in above:
            raise ConfigError(f"chapters rest on each other: {' <- '.join([*above, self.name])}")
        cells = [(self.first, False), *((cell.source, may_raise(cell)) for cell in self.cells)]
        places = {place for name in (self.docname, *self.modules) for place in self.reads.get(name, ())}
        before = [other.key((*above, self.name)) for other in self.rests_on]
        return results_key(cells, self.modules, places, self.root, before)

    def unforeseen(self, loaded: list[Path]) -> list[str]:
        """Which of the files that were loaded are the book's own, but not among what the key is made of."""
        own = (file for file in loaded if file.is_relative_to(self.root) and not file.is_relative_to(sys.prefix))
        return sorted(str(file.relative_to(self.root)) for file in set(own) - set(self.modules.values()))

    def lines(self, number: int) -> tuple[int, int]:
        """The first and the last line of a cell's code in the page's file, counted from 1."""
        cell = self.cells[number]
        start = self.notebook.metadata.source_map[self.notebook.cells.index(cell)]
        code = cell.source.splitlines()
        text = self.text.splitlines()
        first = next(line for line in range(start, len(text)) if text[line : line + len(code)] == code)
        return first + 1, first + len(code)


@cache
def _parsed(text: str, path: Path) -> NotebookNode:
    """Kept, since one build asks for it when it runs the cells, and when it writes the page."""
    return read_myst_markdown_notebook(text, add_source_map=True, path=path)
