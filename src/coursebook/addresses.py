"""The folder book/ is the root of the site: book/neuron.md becomes neuron.html."""

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder


class CourseBuilder(StandaloneHTMLBuilder):
    """The builder `html`, with the folder left out of every address."""

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return super().get_target_uri(docname.removeprefix("book/"), typ)

    def get_outfilename(self, pagename: str) -> str:
        return super().get_outfilename(pagename.removeprefix("book/"))


def setup(app: Sphinx) -> None:
    app.add_builder(CourseBuilder, override=True)
