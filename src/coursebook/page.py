"""Pages: what they load, and what they say of themselves to machines."""

import re
import shutil
from pathlib import Path

import pydata_sphinx_theme
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from coursebook.javascript import MODULES

THEME = Path(__file__).parent / "theme"
PYDATA = Path(pydata_sphinx_theme.__file__).parent / "theme/pydata_sphinx_theme/static/styles/pydata-sphinx-theme.css"
FACES = ("400-normal", "400-italic", "600-normal")

# What extensions load on every page, and no page of this book uses.
UNUSED = re.compile(
    r"togglebutton|design-tabs|sphinx-design|thebe|exercise\.css|proof\.css|mystnb|copybutton\.css"
    r"|toggleHint|toggleOpenOnPrint|plugin_|translations\.js|sphinx_highlight|tabs\.(js|css)"
)


def own_theme(app: Sphinx, config: Config) -> None:
    config.templates_path.insert(0, str(THEME / "templates"))
    config.html_static_path.insert(0, str(THEME / "static"))
    config.html_favicon = config.html_favicon or str(THEME / "static/mark.svg")
    config.html_sidebars = {"**": ["course-sidebar.html"]}


def write_assets(app: Sphinx) -> None:
    """One style sheet with that of the formulas, and the letters of both from npm."""
    if app.builder.format != "html":
        return
    static, katex = Path(app.outdir, "_static"), MODULES / "katex/dist"
    (static / "fonts").mkdir(parents=True, exist_ok=True)
    letters = [MODULES / f"@fontsource/source-serif-4/files/source-serif-4-latin-{face}.woff2" for face in FACES]
    for font in [*katex.glob("fonts/*.woff2"), *letters]:
        shutil.copy(font, static / "fonts")
    sheets = [katex / "katex.min.css", *sorted(THEME.glob("styles/*.css"))]
    style = "\n".join(sheet.read_text("utf8") for sheet in sheets)
    (static / "course.css").write_text(re.sub(r',url\([^)]*\.(woff|ttf)\) format\("\w+"\)', "", style), "utf8")
    (static / "theme.css").write_text(without_icons(PYDATA.read_text("utf8")), "utf8")


def without_icons(style: str) -> str:
    """A third of the theme's style sheet names 2000 icons of a font that no page loads."""
    style = re.sub(r"(?:\.fa[\w-]*(?:::?before|::?after)?,?)+\{content:[^}]*\}", "", style)
    return re.sub(r"@font-face\{[^}]*Awesome[^}]*\}", "", style)


def trim(app: Sphinx, pagename: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Leave out what no page of this book uses."""
    for kind in ("script_files", "css_files"):
        context[kind] = [file for file in context[kind] if loaded(file) and not UNUSED.search(loaded(file))]
    for script in context["script_files"]:
        script.attributes["defer"] = "defer"  # in their order, when the page has been read


def loaded(file: object) -> str:
    """The name of the file; a script or style without one stands in the page, which the page's policy forbids."""
    return str(getattr(file, "filename", file) or "")


def describe(app: Sphinx, pagename: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """The page's first paragraph is its description."""
    first = doctree and next(doctree.findall(nodes.paragraph), None)
    context["description"] = " ".join(first.astext().split()) if first else app.config.html_title


MEND = {  # what axe finds in docutils and myst-nb
    'role="doc-biblioentry"': 'role="listitem"',
    ' aria-label="Toggle hidden content"': "",
}


def mend(app: Sphinx, pagename: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    for wrong, right in MEND.items():
        context["body"] = context.get("body", "").replace(wrong, right)


def setup(app: Sphinx) -> None:
    app.add_css_file("course.css")
    app.add_js_file("course.js", loading_method="defer")
    app.connect("config-inited", own_theme)
    app.connect("builder-inited", write_assets)
    app.connect("html-page-context", trim, priority=900)
    app.connect("html-page-context", mend, priority=900)
    app.connect("html-page-context", describe, priority=900)
