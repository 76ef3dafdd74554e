"""What was noted of each page as it was read: kept from build to build, forgotten with the page."""

from collections.abc import Callable, Iterable
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


def noted(env: BuildEnvironment, what: str) -> dict[str, list[Any]]:
    """Page -> what was noted of it, under a name; Sphinx keeps it with all else that it knows of the pages."""
    found: dict[str, list[Any]] = vars(env).setdefault(what, {})
    return found


def note_pages(app: Sphinx, what: str, read: Callable[[Sphinx, nodes.document], Iterable[Any]]) -> None:
    """Have what `read` gives for a page noted under a name whenever the page is read."""

    def note(app: Sphinx, doctree: nodes.document) -> None:
        noted(app.env, what)[app.env.docname] = list(read(app, doctree))

    def forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        noted(env, what).pop(docname, None)

    app.connect("doctree-read", note)
    app.connect("env-purge-doc", forget)
