"""The book as an EPUB: `python -m coursebook.site.epub` has a browser write the built pages as XHTML, and packs them."""

import json
import re
import uuid
import zipfile
from dataclasses import dataclass
from datetime import date
from html import escape, unescape
from pathlib import Path

from coursebook.html.formulas import bare
from coursebook.html.node import render
from coursebook.places import THEME
from coursebook.site.edition import Edition
from coursebook.site.offline import BEGINNING, keep_key
from coursebook.site.pdf import in_browser

MIMETYPE = "application/epub+zip"
CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
XHTML = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{language}" xml:lang="{language}">
<head><title>{title}</title><link rel="stylesheet" type="text/css" href="book.css"/></head>
<body>
{body}
</body>
</html>
"""
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:{id}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>{language}</dc:language>
{authors}<meta property="dcterms:modified">{released}T00:00:00Z</meta>
</metadata>
<manifest>
{files}
</manifest>
<spine>
{order}
</spine>
</package>
"""
KINDS = {
    ".xhtml": "application/xhtml+xml",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
}
LINK = re.compile(r'(<a\b[^>]*?) href="#([^"]*)"')
NAMED = re.compile(r'\bid="([^"]+)"')
TEX = re.compile(r'<span class="tex">([^<]*)</span>')
SOURCE = re.compile(r'\bsrc="[^"]*/([^"/]+)"')
ELSEWHERE = re.compile(rb"<!DOCTYPE[^>]*>\s*")  # names a file out of the book
EMPTY = re.compile(rb"<path(?![^>]*\sd=)")  # as Matplotlib writes the outline of a space


@dataclass(frozen=True)
class Chapter:
    """A page of the site as XHTML, and the caption of the part that begins with it."""

    name: str
    title: str
    part: str
    sections: list[tuple[str, str]]  # the place of each, and its title
    content: str
    images: list[str]  # their files, from the folder in which the site's folder lies
    properties: list[str]  # what is in it that a reader is told of: mathml, svg


def write(site: Path) -> Path:
    """Write the pages of the site into a file beside its folder.

    Raises:  SystemExit with the remedy if there are no pages, or nothing to write them with
    """
    written = in_browser("epub.mjs", site, "json")
    book = json.loads(written.read_text("utf8"))
    written.unlink()
    language, title = book["language"], escape(book["title"])
    found = [Chapter(**each) for each in book["chapters"]]
    places = {each.name for each in found}.union(*(NAMED.findall(each.content) for each in found))
    images = {Path(file).name: drawing((site.parent / file).read_bytes()) for each in found for file in each.images}
    texts = {
        f"{each.name}.xhtml": XHTML.format(language=language, title=escape(each.title), body=body(each, places))
        for each in found
    }
    texts["nav.xhtml"] = XHTML.format(language=language, title=title, body=contents(found, title))
    texts["book.css"] = (THEME / "epub.css").read_text("utf8")
    texts["book.opf"] = package(found, sorted(images), Edition.read(site.parents[1]), title, language, texts)
    target = written.with_suffix(".epub")
    pack(
        target,
        {
            **{name: text.encode() for name, text in texts.items()},
            **{f"images/{name}": image for name, image in images.items()},
        },
    )
    keep_key(site, "epub")
    return target


def drawing(image: bytes) -> bytes:
    """An SVG as an EPUB may have it; any other image as it is."""
    return EMPTY.sub(b'<path d=""', ELSEWHERE.sub(b"", image, 1)) if image.lstrip().startswith(b"<") else image


def body(chapter: Chapter, places: set[str]) -> str:
    """The chapter, with links to the files in which their places are, and without those to what is no part of the book."""

    def followed(link: re.Match[str]) -> str:
        start, place = link.groups()
        if place not in places:
            return start
        name, inside, _ = place.partition("--")
        return f'{start} href="{name}.xhtml{f"#{place}" if inside else ""}"'

    def formula(tex: re.Match[str]) -> str:
        return bare(render("formula", latex=unescape(tex[1]), display=False))

    return SOURCE.sub(r'src="images/\1"', TEX.sub(formula, LINK.sub(followed, chapter.content)))


def contents(found: list[Chapter], title: str) -> str:
    """Parts, chapters and their sections, each with a link."""
    listed, end = "", ""
    for each in found:
        if each.part:
            listed, end = f"{listed}{end}<li><span>{escape(each.part)}</span><ol>", "</ol></li>"
        sections = (f'<li><a href="{each.name}.xhtml#{place}">{escape(name)}</a></li>' for place, name in each.sections)
        inside = f"<ol>{''.join(sections)}</ol>" if each.sections else ""
        listed += f'<li><a href="{each.name}.xhtml">{escape(each.title)}</a>{inside}</li>'
    return f'<nav epub:type="toc"><h1>{title}</h1><ol>{listed}{end}</ol></nav>'


def package(
    found: list[Chapter], images: list[str], edition: Edition | None, title: str, language: str, texts: dict[str, str]
) -> str:
    """What the book is, its files and their order; of the same pages the same."""
    authors = "".join(f"<dc:creator>{escape(name)}</dc:creator>\n" for name in (edition.authors if edition else ()))
    files = ['<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>']
    files.append('<item id="style" href="book.css" media-type="text/css"/>')
    for each in found:
        told = f' properties="{" ".join(each.properties)}"' if each.properties else ""
        files.append(f'<item id="{each.name}" href="{each.name}.xhtml" media-type="application/xhtml+xml"{told}/>')
    files += [
        f'<item id="image-{k}" href="images/{name}" media-type="{KINDS[Path(name).suffix]}"/>'
        for k, name in enumerate(images)
    ]
    return PACKAGE.format(
        language=language,
        id=uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(texts, sort_keys=True)),
        title=title,
        authors=authors,
        released=edition.released if edition else date(*BEGINNING[:3]),
        files="\n".join(files),
        order="\n".join(f'<itemref idref="{each.name}"/>' for each in found),
    )


def pack(target: Path, files: dict[str, bytes]) -> None:
    """An EPUB says first what it is; the same files give the same bytes."""
    part = target.with_suffix(".part")
    with zipfile.ZipFile(part, "w") as packed:
        for name, content in {
            "mimetype": MIMETYPE.encode(),
            "META-INF/container.xml": CONTAINER.encode(),
            **{f"book/{name}": each for name, each in files.items()},
        }.items():
            entry = zipfile.ZipInfo(name, BEGINNING)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            packed.writestr(entry, content)
    part.replace(target)


def main() -> None:
    """Write the site that was built here."""
    target = write(Path("_build/html").resolve())
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
