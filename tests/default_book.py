"""The same content as a default Jupyter Book, to be weighed against: python tests/default_book.py _build/default

The cells are not run again: the notebooks hold what they gave when the book was built.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import yaml

from coursebook.cells.chapter import Chapter
from coursebook.cells.results import Results
from coursebook.places import RECORD

ROOT = Path(__file__).parent.parent
PLAIN = {"title": "Deep Learning, Proved", "only_build_toc_files": True, "execute": {"execute_notebooks": "off"}}
PLAIN |= {"bibtex_bibfiles": ["book/references.bib"]}
PLAIN |= {"parse": {"myst_enable_extensions": ["attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"]}}


def notebook(chapter: Chapter) -> nbformat.NotebookNode:
    """The page as a notebook with its outputs; a statement is the formula that any notebook shows."""
    found = chapter.notebook
    cells = [cell for cell in found.cells if cell.cell_type == "code"]
    result = Results(ROOT / "_build/.executed").load(chapter.docname, chapter.key())
    if result is None or not result.fill(cells):
        sys.exit(f"{chapter.name} has not been run: build the book first")
    for cell in cells:
        for output in cell.outputs:
            output.get("data", {}).pop(RECORD, None)
    return found


def write(folder: Path) -> None:
    """The sources of the default book."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text())
    (folder / "book").mkdir(parents=True)
    (folder / "_config.yml").write_text(yaml.safe_dump(PLAIN))
    for name in ("_toc.yml", "book/references.bib"):
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "src/neurone", folder / "src/neurone")
    reads = config["sphinx"]["config"]["coursebook_reads"]
    shelf = {f"book/{path.stem}": path for path in sorted(ROOT.glob("book/*.md"))}
    for path in shelf.values():
        chapter = Chapter(f"book/{path.stem}", path, ROOT, reads, shelf)
        if chapter.text.startswith("---") and chapter.cells:
            nbformat.write(notebook(chapter), folder / f"book/{path.stem}.ipynb")
        else:
            shutil.copy(path, folder / "book")


if __name__ == "__main__":
    target = Path(sys.argv[1])
    shutil.rmtree(target, ignore_errors=True)
    write(target)
    command = [Path(sys.executable).with_name("jupyter-book"), "build", target]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if not (target / "_build/html/book/index.html").exists():
        sys.exit(f"the default book was not built:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
