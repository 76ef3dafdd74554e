"""The Sphinx extension that builds the site: `coursebook` in the list of extensions of `_config.yml`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a kernel that loads what is in coursebook.kernel has no use for Sphinx
    from sphinx.application import Sphinx

PARTS = {  # room -> its modules that are extensions of their own, in the order in which Sphinx asks them
    "cells": ("execution",),
    "html": ("npm", "elements", "folds", "formulas", "images", "page", "styles"),
    "statements": ("words", "domain", "boxes", "ledger", "graph"),
    "checks": ("pages", "fences", "inline", "book"),
    "site": (
        "addresses",
        "meta",
        "feed",
        "launch",
        "edition",
        "reading",
        "search",
        "notebooks",
        "unused",
        "offline",
        "previews",
        "formula",
        "answers",
        "live",
    ),
}


def setup(app: "Sphinx") -> dict[str, bool]:
    """Load the parts."""
    for room, parts in PARTS.items():
        for part in parts:
            app.setup_extension(f"{__name__}.{room}.{part}")
    return {"parallel_read_safe": False, "parallel_write_safe": True}
