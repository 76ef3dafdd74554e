"""The folder book/ is the root of the site: book/neuron.md becomes neuron.html."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder


class CourseBuilder(StandaloneHTMLBuilder):
    """The builder `html`, with the folder left out of every address.

    What is searched is of our own making, see `search`; Sphinx's index of all words is not made.
    Its note on the settings, which knows the folders of this machine, is kept beside the site.
    """

    search = False

    @property
    def note(self) -> tuple[Path, Path]:
        """Where the note is kept, and where Sphinx looks for it."""
        return Path(self.doctreedir, "buildinfo"), Path(self.outdir, ".buildinfo")

    def get_outdated_docs(self) -> Iterator[str]:
        kept, read = self.note
        if kept.exists():
            shutil.copy(kept, read)
        yield from super().get_outdated_docs()
        read.unlink(missing_ok=True)

    def write_buildinfo(self) -> None:
        super().write_buildinfo()
        kept, written = self.note
        shutil.move(written, kept)

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return super().get_target_uri(docname.removeprefix("book/"), typ)

    def get_outfilename(self, pagename: str) -> str:
        return super().get_outfilename(pagename.removeprefix("book/"))


def setup(app: Sphinx) -> None:
    app.add_builder(CourseBuilder, override=True)
