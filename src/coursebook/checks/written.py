"""What is wrong with the book as it is written, found without building it: `python -m coursebook.checks`.

A message names file, line and remedy; what shows only when pages are built is in `pages`, `inline` and `book`.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from coursebook.checks.letters import FORMULA, Notation
from coursebook.checks.listings import misplaced
from coursebook.checks.names import unseen_names
from coursebook.checks.source import Page
from coursebook.statements.stating import python, states

LONGEST = 10  # lines of a cell that is shown, empty ones left out
FRONT = {"extension": ".md", "format_name": "myst"}
ENDS = ["Exercises", "References"]
LISTED = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+")
TWO = re.compile(r"(?:[\w)$`*\"'\]]|[^\W\d_])[.?!][*\"')]* +(?=[*\"'(\[]*(?:[A-Z][a-z]*\b|\$|`|\{))")
SHORT = re.compile(r"\b(?:al|e\.g|i\.e|cf|vs|Fig|No|pp?|[A-Z])\.[*\"')]* +$")
MARKED = re.compile(r"\{[\w:]+\}`[^`]*`|`[^`]*`|\]\([^)]*\)|https?://\S+")
RELATION = re.compile(r"[=<>]|\\(le|ge|ne|approx|in|lt|gt)(?![a-z])")
LEVEL = re.compile(r"\b95 %")
PLACE = re.compile(r"\b(section|chapter|version|figure|table) \d+\.\d+", re.IGNORECASE)
NUMBER = re.compile(
    r"(?<![\w.,])\d+(?:\.\d+)? ?(?:\\?%|per cent\b|percent\b)|(?<![\w.,])\d+\.\d+(?:e-?\d+)?(?![\w.]*\w)"
)


def found(root: Path) -> list[str]:
    """All that is wrong with the book at `root`."""
    paths = sorted(root.glob("book/*.md"))
    pages = [Page(path) for path in paths]
    notation = Notation(Page(root / "book/notation.md"))
    numbered = numbered_chapters(root)
    faults = [*contents(root, paths), *misplaced(root / "src/neurone", root / "book")]
    for page in pages:
        faults += [
            *front_matter(page),
            *sentences(page),
            *long_cells(page),
            *printed_objects(page),
            *unseen_names(page),
            *typed_numbers(page),
        ]
        if page.path.stem in numbered and page.cells:
            faults += sections(page)
        if page.path != notation.page.path:
            faults += notation.unlisted(page)
    for module in sorted(root.glob("src/neurone/**/*.py")):
        faults += notation.unlisted_in_code(Page(module))
    return [fault.replace(f"{root.resolve()}/", "").replace(f"{root}/", "") for fault in faults]


# ---------------------------------------------------------------- the table of contents
def listed(node: dict[str, Any]) -> list[str]:
    """Every page that the table of contents, or a part of it, names."""
    own = [node["file"]] if "file" in node else [node["root"]] if "root" in node else []
    parts = [child for key in ("parts", "chapters", "sections") for child in node.get(key, [])]
    return own + [file for child in parts for file in listed(child)]


def read_contents(root: Path) -> dict[str, Any]:
    return dict(yaml.safe_load((root / "_toc.yml").read_text("utf8")))


def numbered_chapters(root: Path) -> set[str]:
    """The names of the chapters that have numbers."""
    parts = [part for part in read_contents(root).get("parts", []) if part.get("numbered")]
    return {Path(file).name for part in parts for file in listed(part)}


def contents(root: Path, pages: list[Path]) -> Iterator[str]:
    """Pages that the table of contents does not name, and names of no page."""
    names = listed(read_contents(root))
    there = {page.relative_to(root).with_suffix("").as_posix(): page for page in pages}
    for name in sorted(there.keys() - set(names)):
        yield f"{there[name]}:1: no page of the book; name {name} in _toc.yml"
    for name in names:
        if name not in there:
            yield f"_toc.yml: {name} is no page; write {name}.md, or take the name out"
        if names.count(name) > 1:
            yield f"_toc.yml: {name} stands there twice; leave one of them"


# ---------------------------------------------------------------- one page
def front_matter(page: Page) -> Iterator[str]:
    """A page with cells says what it is before all else, and every page has one title, which stands first."""
    representation = page.front.get("jupytext", {}).get("text_representation", {})
    if page.cells and (representation != FRONT or "kernelspec" not in page.front):
        yield f"{page.path}:1: the front matter of a page with cells is missing or another; copy that of book/neuron.md"
    titles = [number for number, line in page.prose if line.startswith("# ")]
    first = next(((number, line) for number, line in page.prose if line.startswith("#")), (1, ""))
    if not titles or not first[1].startswith("# "):
        yield f"{page.path}:{first[0]}: no title before the sections; begin with a line `# Title`"
    for number in titles[1:]:
        yield f"{page.path}:{number}: a second title; make it a section, `## ...`"


def sections(page: Page) -> Iterator[str]:
    """A numbered chapter sums up, then asks, then says where it comes from."""
    names = [name for _number, name in page.sections]
    last = page.sections[-1][0] if page.sections else len(page.lines)
    if names[-2:] != ENDS or "Summary" not in names:
        yield f"{page.path}:{last}: a chapter ends with the sections Summary, Exercises and References, in this order"


def sentences(page: Page) -> Iterator[str]:
    """Lines with the end of one sentence and the beginning of another; tables apart."""
    for number, line in page.prose:
        words = LISTED.sub("", line)
        if line.startswith(("|", "#")):
            continue
        if any(not SHORT.search(words[: end.end()]) for end in TWO.finditer(words)):
            yield f"{page.path}:{number}: two sentences share a line; give each its own"


def long_cells(page: Page) -> Iterator[str]:
    for cell in page.cells:
        lines = [line for line in cell.code.splitlines() if line.strip()]
        if cell.shown and len(lines) > LONGEST:
            yield f"{page.path}:{cell.line}: a cell of {len(lines)} lines; show {LONGEST} at most, and tell the rest in another"


def printed_objects(page: Page) -> Iterator[str]:
    """Cells that state something and end without a semicolon: below the box the page would show the value as well."""
    for cell in page.cells:
        if "raises-exception" not in cell.options and prints_statement(cell.code):
            yield f"{page.path}:{cell.line}: the value of the last line is printed below its box; end it with a semicolon"


def prints_statement(code: str) -> bool:
    """Is the value of the last line that of a call which states something?"""
    match ast.parse(python(code)).body:
        case [*_, ast.Expr(value)] if states(value):
            return not code.rstrip().endswith(";")
    return False


def typed_numbers(page: Page) -> Iterator[str]:
    """Decimals and shares that no cell gave the prose; a formula with a relation is proved, and a role marks what is given.

    The level of the book's intervals, 95 %, may be typed beside the word.
    """
    for number, line in page.prose:
        words = PLACE.sub("", MARKED.sub("", line))
        words = LEVEL.sub("", words) if "interval" in line else words
        words = FORMULA.sub(lambda formula: "" if RELATION.search(formula[0]) else formula[0], words)
        for typed in NUMBER.findall(words):
            yield (
                f"{page.path}:{number}: the number {typed} is typed; if a cell can compute it, `put` it into the words, "
                f"and if it is given, mark it: {{given}}`{typed}`"
            )
