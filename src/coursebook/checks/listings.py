"""Which chapter shows which part of the library: each public function has its place in the book, and only one."""

import ast
import re
from collections import defaultdict
from pathlib import Path

LISTING = re.compile(r"\{literalinclude\}\s+(\S+)\n((?::[\w-]+:.*\n)*)")
OBJECT = re.compile(r"^:pyobject:\s*(\S+)", re.MULTILINE)


def shown(source: Path, book: Path) -> dict[str, list[str]]:
    """package.module.name of what a listing shows of the folder `source` -> file:line of each listing."""
    places = defaultdict(list)
    for page in sorted(book.rglob("*.md")):
        text = page.read_text("utf8")
        for listing in LISTING.finditer(text):
            path = Path(page.parent, listing[1]).resolve()
            if path.is_relative_to(source) and (name := OBJECT.search(listing[2])):
                line = text.count("\n", 0, listing.start()) + 1
                places[f"{module(path, source)}.{name[1]}"].append(f"{page}:{line}")
    return dict(places)


def public(source: Path, package: Path) -> dict[str, str]:
    """package.module.name of each public function and class -> file:line."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        for node in ast.parse(path.read_text("utf8")).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                found[f"{module(path, source)}.{node.name}"] = f"{path}:{node.lineno}"
    return found


def module(path: Path, source: Path) -> str:
    return ".".join(path.relative_to(source).with_suffix("").parts)


def misplaced(package: Path, book: Path) -> list[str]:
    """What is shown nowhere or more than once; a class counts as shown where one of its methods is."""
    package = package.resolve()
    listings = shown(package.parent, book)
    absent = [
        f"{place}: {name} is shown in no chapter"
        for name, place in public(package.parent, package).items()
        if not any(f"{listed}.".startswith(f"{name}.") for listed in listings)
    ]
    repeated = [
        f"{places[1]}: {name} is already shown at {places[0]}" for name, places in listings.items() if places[1:]
    ]
    return absent + repeated
