"""A page with cells, as it is on the disk."""

import sys
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

from myst_nb.core.read import read_myst_markdown_notebook
from nbformat import NotebookNode

from coursebook.cells.dependencies import modules, results_key
from coursebook.cells.outputs import may_raise

FIGURES = "import coursebook.kernel.figures"  # the style of figures, for whatever page draws


@dataclass(frozen=True)
class Chapter:
    """A page with cells; `reads` says which files a module of src/ reads, or a page by its own cells."""

    docname: str
    path: Path
    root: Path
    reads: dict[str, list[str]]

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

    def key(self) -> str:
        """The name under which the results of these cells are kept, as long as all that they depend on stays."""
        cells = [(self.first, False), *((cell.source, may_raise(cell)) for cell in self.cells)]
        places = {place for name in (self.docname, *self.modules) for place in self.reads.get(name, ())}
        return results_key(cells, self.modules, places, self.root)

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
