from types import SimpleNamespace

import pytest
from sphinx.events import EventManager

from coursebook.written import after_pages


@pytest.mark.parametrize(
    "builder, pages, error, made",
    [
        ("html", True, None, True),
        ("html", False, None, False),
        ("html", True, ValueError(), False),
        ("latex", True, None, False),
    ],
)
def test_only_a_build_that_wrote_pages_of_the_site_and_ended_well_makes_what_needs_all_of_them(
    builder, pages, error, made
):
    app = SimpleNamespace(builder=SimpleNamespace(format=builder), pdb=False)
    events, calls = EventManager(app), []
    app.connect = lambda name, listener, priority=500: events.connect(name, listener, priority)
    after_pages(app, calls.append)
    if pages:
        events.emit("write-started", app.builder)
    events.emit("build-finished", error)
    assert calls == [app] * made
