"""A chapter to begin with: `make chapter NAME=file TITLE=...` writes one that builds as it is, and gives it its place.

It stands after the last numbered chapter that has cells, or after the one that AFTER names.
"""

import os
import re
import sys
from pathlib import Path

from coursebook.checks.source import Page
from coursebook.checks.written import numbered_chapters
from coursebook.places import THEME

USAGE = 'make chapter NAME=early-stopping TITLE="When to stop" [AFTER=softmax]'
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
ENTRY = re.compile(r"(?m)^(\s*- file: book/)(\S+)")


class Unfit(ValueError):
    """A chapter that cannot be begun, and the remedy."""


def begin(root: Path, name: str, title: str, after: str = "") -> Path:
    """Write the chapter book/<name>.md of the book at `root`, and name it in the table of contents.

    Raises:  Unfit if the name, the title or the place will not do; nothing is written then
    """
    if not NAME.fullmatch(name):
        raise Unfit(f"NAME={name}: a name is small letters, digits and hyphens, as in {USAGE}")
    if not title.strip() or "\n" in title:
        raise Unfit(f"TITLE={title}: a title is one line of words, as in {USAGE}")
    page, contents = root / f"book/{name}.md", root / "_toc.yml"
    listed = contents.read_text("utf8")
    if page.exists() or name in chapters(listed):
        raise Unfit(f"NAME={name}: book/{name}.md is there already; choose another name")
    named = placed(listed, name, after or last(root, listed))
    words = (THEME / "chapter.md").read_text("utf8")
    page.write_text(words.replace("@NAME@", name).replace("@TITLE@", title.strip()), "utf8")
    contents.write_text(named, "utf8")
    return page


def placed(listed: str, name: str, after: str) -> str:
    """The table of contents with one line more, below that of the chapter `after`."""
    lines = listed.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if (entry := ENTRY.match(line)) and entry[2] == after:
            lines[number : number + 1] = [line.rstrip("\n") + "\n", f"{entry[1]}{name}\n"]
            return "".join(lines)
    raise Unfit(f"AFTER={after}: _toc.yml names no such chapter; give the name of one, without book/ and .md")


def last(root: Path, listed: str) -> str:
    """The last chapter with cells of the parts that are numbered."""
    numbered = numbered_chapters(root)
    pages = [root / f"book/{name}.md" for name in chapters(listed) if name in numbered]
    return next((page.stem for page in reversed(pages) if page.exists() and Page(page).cells), "")


def chapters(listed: str) -> list[str]:
    return [name for _place, name in ENTRY.findall(listed)]


def main() -> None:
    given = {key: os.environ.get(key.upper(), "") for key in ("name", "title", "after")}
    try:
        page = begin(Path.cwd(), **given)
    except Unfit as unfit:
        sys.exit(str(unfit))
    except OSError as error:
        sys.exit(f"{error.filename}: {error.strerror}; nothing can be written there")
    print(
        f"{page.relative_to(Path.cwd())} is written and named in _toc.yml: `make serve` shows it, `make check CHANGED=1` checks it."
    )


if __name__ == "__main__":
    main()
