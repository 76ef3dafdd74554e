"""The Sphinx extension that builds the site: `coursebook` in the list of extensions of `_config.yml`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a kernel that loads coursebook.figures or coursebook.prose has no use for Sphinx
    from sphinx.application import Sphinx

PARTS = (
    "npm",
    "execution",
    "addresses",
    "checks",
    "elements",
    "fences",
    "folds",
    "formulas",
    "graph",
    "images",
    "ledger",
    "notebooks",
    "offline",
    "page",
    "previews",
    "records",
    "refutations",
    "site",
    "statements",
    "styles",
)


def setup(app: "Sphinx") -> dict[str, bool]:
    """Load the parts, each an extension of its own."""
    for part in PARTS:
        app.setup_extension(f"{__name__}.{part}")
    return {"parallel_read_safe": False, "parallel_write_safe": True}
