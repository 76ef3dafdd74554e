"""What is made when a build writes pages, before them or of all of them together: one that changes no page has nothing to do."""

from collections.abc import Callable

from sphinx.application import Sphinx
from sphinx.builders import Builder


def before_pages(app: Sphinx, make: Callable[[Sphinx], None], priority: int = 500) -> None:
    """Have `make(app)` called when a build is about to write pages of the site: what they load, for they name it by its digest."""

    def begin(app: Sphinx, builder: Builder) -> None:
        if builder.format == "html":
            make(app)

    app.connect("write-started", begin, priority=priority)


def after_pages(app: Sphinx, make: Callable[[Sphinx], None], priority: int = 500) -> None:
    """Have `make(app)` called at the end of a build that has written pages of the site and has not failed."""
    writing: list[Builder] = []

    def finish(app: Sphinx, error: Exception | None) -> None:
        if writing and error is None and app.builder.format == "html":
            make(app)

    app.connect("write-started", lambda app, builder: writing.append(builder))
    app.connect("build-finished", finish, priority=priority)
