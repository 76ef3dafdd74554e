"""The book as one PDF: `python -m coursebook.site.pdf` joins the built pages and has a browser print them."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coursebook.html.node import node_program
from coursebook.places import THEME
from coursebook.site.offline import keep_key

ENTRY = re.compile(
    r'<span class="caption-text">(?P<part>.*?)</span>|<li class="toctree-l1.*?href="(?P<page>[\w-]+\.html)"'
)
SIDEBAR = re.compile(r'<nav class="bd-links.*?</nav>', re.DOTALL)
LANGUAGE = re.compile(r'<html lang="([^"]+)"')
BRAND = re.compile(r'<a class="brand"[^>]*>(.*?)</a>', re.DOTALL)
ARTICLE = re.compile(r'<article class="bd-article"[^>]*>(.*)</article>', re.DOTALL)
HEADING = re.compile(r'<section[^>]* id="([^"]+)">\s*(?:<span id="[^"]*"></span>\s*)*<h([12])>(.*?)</h\2>', re.DOTALL)
NAMES = re.compile(r'\b(id|for|headers|aria-labelledby|aria-describedby)="([^"]+)"')
DRAWINGS = re.compile(r'<body[^>]* data-drawings="([^"?]*)')
LINK = re.compile(r'\bhref="([^"#:]*)(?:#([^":]*))?"')
TITLE = re.compile(rb"/Title \(([^()\\]*)\)")
DOUBLED = re.compile(rb"^((?:\d+\.)* ?)\1(.+)\2$")
DATE = re.compile(rb"D:\d{14}")
BEGINNING = b"D:19800101000000"  # as long as any other date, so that all else stays where it is


@dataclass(frozen=True)
class Page:
    """A built page, and the caption of the part that begins with it."""

    name: str
    part: str
    content: str
    drawings: str


def pages(site: Path) -> list[Page]:
    """The first page, then those of the table of contents in their order."""
    found, part = [read(site, "index.html", "")], ""
    contents = sought(SIDEBAR, (site / "index.html").read_text("utf8"))[0]
    for entry in ENTRY.finditer(contents):
        if entry["page"]:
            found.append(read(site, entry["page"], part))
        part = entry["part"] or ""
    return found


def read(site: Path, name: str, part: str) -> Page:
    text = (site / name).read_text("utf8")
    drawings = DRAWINGS.search(text)
    return Page(name, part, sought(ARTICLE, text)[1], drawings[1] if drawings else "")


def sought(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    """What each page has.

    Raises:  SystemExit with the remedy if it is not there
    """
    if found := pattern.search(text):
        return found
    sys.exit("a page of the site is not as this version writes it; build the book again (`make book`)")


def joined(site: Path) -> str:
    """One page with all of them, for the folder in which the site's folder lies."""
    found = pages(site)
    names = {page.name for page in found}
    head = (site / "index.html").read_text("utf8")
    values = {
        "language": sought(LANGUAGE, head)[1],
        "title": sought(BRAND, head)[1],
        "site": site.name,
        "style": (THEME / "book.css").read_text("utf8"),
        "contents": "\n".join(contents(found)),
        "pages": "\n".join(chapter(page, names, site.name) for page in found),
        "drawings": "\n".join(scripts(found, site.name)),
    }
    return re.sub(r"\{\{ (\w+) \}\}", lambda slot: values[slot[1]], (THEME / "book.html").read_text("utf8"))


def contents(found: list[Page]) -> Iterator[str]:
    """Parts, chapters and their sections, each with a link."""
    for page in found:
        if page.part:
            yield f'<p class="part">{page.part}</p>'
        for place, level, title in HEADING.findall(page.content):
            text = re.sub(r'<a class="headerlink".*?</a>', "", title)
            yield f'<p class="level-{level}"><a href="#{named(page.name, place)}">{text}</a></p>'


def scripts(found: list[Page], site: str) -> Iterator[str]:
    """What draws the formulas in folds."""
    for name in ("_static/folds.js", *(page.drawings for page in found if page.drawings)):
        yield f'<script src="{site}/{name}"></script>'


def named(page: str, place: str) -> str:
    """A name that no other page has."""
    return f"{page.removesuffix('.html')}--{place}" if place else page.removesuffix(".html")


def chapter(page: Page, names: set[str], site: str) -> str:
    """The page, with names of its own, links within the book, all folds open."""

    def followed(link: re.Match[str]) -> str:
        target, place = link[1] or page.name, link[2] or ""
        return f'href="#{named(target, place)}"' if target in names else ""

    text = NAMES.sub(
        lambda name: f'{name[1]}="{" ".join(named(page.name, part) for part in name[2].split())}"', page.content
    )
    text = LINK.sub(followed, text).replace(' loading="lazy"', "").replace("<details", "<details open")
    text = re.sub(r'\bsrc="(?=_)', f'src="{site}/', text)
    return f'<article class="bd-article" id="{named(page.name, "")}" data-part="{page.part}">{text}</article>'


def write(site: Path) -> Path:
    """Print the pages of the site into a file beside its folder.

    Raises:  SystemExit with the remedy if there are no pages, or nothing to print them with
    """
    target = in_browser("print.mjs", site, "pdf")
    target.write_bytes(mended(target.read_bytes()))
    keep_key(site, "pdf")
    return target


def in_browser(program: str, site: Path, kind: str) -> Path:
    """The file, beside the folder of the site, that a program of the theme makes of all pages joined.

    Raises:  SystemExit with the remedy if there are no pages, or the program cannot
    """
    if not (site / "index.html").is_file():
        sys.exit(f"{site}: no index.html; build the book first (`make book`)")
    page = site.parent / "book.html"
    page.write_text(joined(site), "utf8")
    target = site.parent / f"{next(site.glob('*.zip')).stem}.{kind}"
    done = subprocess.run([node_program(), THEME / program, page, target], check=False)
    page.unlink()
    if done.returncode:
        sys.exit(done.returncode)
    return target


def mended(pdf: bytes) -> bytes:
    """Without the date, and each bookmark's title once: Chromium doubles that of a heading at the top of a page."""

    def once(title: re.Match[bytes]) -> bytes:
        text = DOUBLED.sub(rb"\1\2", title[1])
        return b"/Title (" + text.ljust(len(title[1])) + b")"

    return TITLE.sub(once, DATE.sub(BEGINNING, pdf))


def main() -> None:
    """Print the site that was built here."""
    target = write(Path("_build/html").resolve())
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
