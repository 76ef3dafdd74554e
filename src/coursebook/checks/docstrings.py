"""The claims that the library names in its docstrings, so that a reader of the code finds the formula behind it."""

import re
from collections.abc import Iterator
from pathlib import Path

CLAIM = re.compile(r"^\s*Claim:\s*(.*)$")


def unknown_claims(package: Path, known: set[str]) -> Iterator[str]:
    """Claims named in docstrings that name no statement of the ledger."""
    for line, name in named_claims(package):
        if name not in known:
            yield f"{line}: {name} is stated in no chapter"


def named_claims(package: Path) -> Iterator[tuple[str, str]]:
    """(file and line, id) for each id in the lines `Claim: id, ...` of docstrings."""
    for path in sorted(package.rglob("*.py")):
        for number, line in enumerate(path.read_text("utf8").splitlines(), 1):
            named = CLAIM.match(line)
            for name in re.findall(r"[\w-]+", re.sub(r"\(.*?\)", "", named[1])) if named else ():
                yield f"{path}:{number}", name
