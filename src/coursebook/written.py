"""What is made of all pages together, when a build has written some: one that changes no page has nothing to do."""

from collections.abc import Callable

from sphinx.application import Sphinx


def after_pages(app: Sphinx, make: Callable[[Sphinx], None], priority: int = 500) -> None:
    """Have `make(app)` called at the end of a build that has written pages of the site and has not failed."""
    writing = []

    def finish(app: Sphinx, error: Exception | None) -> None:
        if writing and error is None and app.builder.format == "html":
            make(app)

    app.connect("write-started", lambda app, builder: writing.append(builder))
    app.connect("build-finished", finish, priority=priority)
