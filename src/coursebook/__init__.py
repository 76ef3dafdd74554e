"""The Sphinx extension that builds the site: `coursebook` in the list of extensions of `_config.yml`."""

from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, bool]:
    """Each part of the extension connects itself."""
    return {"parallel_read_safe": True, "parallel_write_safe": True}
