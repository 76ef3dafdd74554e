"""Small books of pages that have run already: what their cells gave is written into them."""

import io

from nbformat import v4, writes
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from coursebook.places import RECORD

PARTS = (
    "html.elements",
    "html.folds",
    "html.formulas",
    "statements.words",
    "statements.domain",
    "statements.boxes",
    "statements.ledger",
    "statements.graph",
    "checks.pages",
    "checks.fences",
    "checks.book",
    "site.addresses",
)
SETTINGS = {
    "extensions": ["myst_nb", *(f"coursebook.{part}" for part in PARTS)],
    "root_doc": "book/index",
    "include_patterns": ["book/**"],
    "html_theme": "basic",
    "html_math_renderer": "katex",
    "html_copy_source": False,
    "nb_execution_mode": "off",
    "myst_enable_extensions": ["colon_fence", "dollarmath"],
    "numfig": True,
    "math_numfig": True,
}
METHOD = [{"code": "normal-form-of-one-generic-entry"}]
STATED = {"kind": "claim", "state": "proved-all", "method": METHOD, "seconds": 0.25, "sizes": "all"}
AUDITED = {"audit": {"points": 3, "error": 2e-41}}


def record(name, uses=(), **values):
    """A true record of a statement that rests on some others, apart from the values given."""
    needs = [{"id": use} for use in uses]
    common = {"id": name, "title": f"Title of {name}", "latex": f"x = {len(name)}", "needs": needs}
    return {**common, **STATED, **AUDITED, **values}


def cell(*records, code="claim(...)"):
    """A cell that has stated these records."""
    outputs = [
        v4.new_output(
            "display_data", data={RECORD: each, "text/latex": f"$${each['latex']}$$", "text/plain": each["latex"]}
        )
        for each in records
    ]
    return v4.new_code_cell(code, outputs=outputs, execution_count=1)


def write_page(root, name, *parts):
    """A page of Markdown (text) and of cells."""
    cells = [v4.new_markdown_cell(part) if isinstance(part, str) else part for part in parts]
    path = root / "book" / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(writes(v4.new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})), "utf8")


def write_book(root, **pages):
    """A book of these pages, each a list of its parts, in this order."""
    for name, parts in pages.items():
        write_page(root, name, f"# Page {name}", *parts)
    contents = "\n".join(f"book/{name}" for name in pages).replace("book/", "")
    write_page(root, "index", f"# A book\n\n```{{toctree}}\n:numbered:\n\n{contents}\n```")
    return root


def build(root, **settings):
    """The folder of the built pages.

    Raises:  what the build raises; AssertionError with the warnings, if there are any
    """
    warnings, out = io.StringIO(), root / "_build/html"
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            root, None, out, root / "_build/doctrees", "html", SETTINGS | settings, status=None, warning=warnings
        )
        app.build()
    assert not warnings.getvalue(), warnings.getvalue()
    return out
