"""One style sheet for all pages: the rules that some page uses, and the letters that pages show, inside it.

What a page needs to be painted is there at once, so that nothing on it moves later.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pydata_sphinx_theme
from sphinx.application import Sphinx

from coursebook.html.formulas import drawings
from coursebook.html.page import digest
from coursebook.places import NODE_MODULES, THEME
from coursebook.written import after_pages

PYDATA = Path(pydata_sphinx_theme.__file__).parent / "theme/pydata_sphinx_theme/static/styles/pydata-sphinx-theme.css"
KATEX = NODE_MODULES / "katex/dist/katex.min.css"
OTHERS = ("basic.css", "styles/sphinx-book-theme.css")  # of the site's folder _static

WAITED_FOR = ("course.css", "ground.js")
AT_HEAD = re.compile(r'(_static/(course\.css|ground\.js))(?:\?v=\w+)?"')
TAG = re.compile(r"<[a-z][^>]*>")
WORD = re.compile(r"[\w-]+")
NAMED = re.compile(r"[.#](-?[A-Za-z_][\w-]*)")
ANY_OF = re.compile(r"\((?:[^()]|\([^()]*\))*\)")  # what stands in :is(), :not(), :has()
FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")  # `letters` writes them
COMMA = re.compile(r",(?![^(]*\))")
BLOCK = re.compile(r"\s*([^{};]*?)\s*([{;])", re.DOTALL)


def write(app: Sphinx) -> None:
    """When all pages are there, the style sheet that serves them."""
    from coursebook.html.letters import faces, files  # slow to load, and a build that writes no page needs no letters

    site = Path(app.outdir)
    files(site / "_static")
    pages = [path.read_text("utf8") for path in sorted(site.glob("*.html"))] + [*drawings(site)]
    scripts = [path.read_text("utf8") for path in sorted((site / "_static").glob("*.js"))]
    used = used_words(pages, scripts)
    style = "".join(pruned(sheet, used) for sheet in sheets(site / "_static"))
    (site / "_static/course.css").write_text(style + faces(pages), "utf8")
    name_by_digest(site)


def name_by_digest(site: Path) -> None:
    """Pages name both files that they wait for with their digest, so that no browser keeps an old one."""
    digests = {name: digest(site / "_static" / name) for name in WAITED_FOR}
    for page in site.glob("*.html"):
        text = page.read_text("utf8")
        named = re.sub(AT_HEAD, lambda found: f'{found[1]}?v={digests[found[2]]}"', text)
        if named != text:
            page.write_text(named, "utf8")


def sheets(static: Path) -> list[str]:
    """All style sheets, the later ruling over the earlier."""
    basic, book = ((static / name).read_text("utf8") for name in OTHERS)
    pydata, katex = (FONT_FACE.sub("", path.read_text("utf8")) for path in (PYDATA, KATEX))
    own = [sheet.read_text("utf8") for sheet in sorted(THEME.glob("styles/*.css"))]
    return [basic, pydata, book, katex, *own]


def used_words(pages: list[str], scripts: list[str]) -> set[str]:
    """All that a page may have as its class or id, now or by a script."""
    tags = {tag for page in pages for tag in TAG.findall(page)}
    return {word for text in (*tags, *scripts) for word in WORD.findall(text)}


def pruned(style: str, used: set[str]) -> str:
    """The rules that can match; most of the theme's are for parts that this book does not have."""
    style = re.sub(r"/\*.*?\*/|@charset[^;]*;", "", style, flags=re.DOTALL)
    return "".join(f"{head}{{{body}}}\n" for head, body in rules(style, used))


def rules(style: str, used: set[str]) -> Iterator[tuple[str, str]]:
    for head, body in blocks(style):
        if head.startswith(("@media", "@supports")):
            if inside := pruned(body, used):
                yield head, inside
        elif head.startswith("@"):
            yield head, body
        elif kept := [part for part in COMMA.split(head) if can_match(part, used)]:
            yield ",".join(kept), " ".join(body.split())


def blocks(style: str) -> Iterator[tuple[str, str]]:
    """What stands before each outer brace, and what between it and its partner."""
    at = 0
    while found := BLOCK.match(style, at):
        at = found.end()
        if found[2] == "{":
            end = partner(style, at)
            yield found[1], style[at:end]
            at = end + 1


def partner(style: str, at: int) -> int:
    depth = 1
    for brace in re.compile("[{}]").finditer(style, at):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.start()
    raise ValueError(f"a brace without its partner: {style[at : at + 80]}")


def can_match(selector: str, used: set[str]) -> bool:
    return used.issuperset(NAMED.findall(ANY_OF.sub("", selector)))


def setup(app: Sphinx) -> None:
    after_pages(app, write, priority=100)
