"""Pages: what they load, and what they say of themselves to machines."""

import hashlib
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from coursebook.places import THEME

# What extensions load on every page, and no page of this book uses.
UNUSED = re.compile(
    r"togglebutton|design-tabs|thebe|plugin_|translations\.js|doctools\.js|sphinx_highlight|tabs\.js|sphinx-book-theme\.js"
)

VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>\s*')  # of docutils; the theme writes one, too

LAYOUTS = ("landing", "ledger")  # the classes of what asks for more room than a chapter has


def own_theme(app: Sphinx, config: Config) -> None:
    config.templates_path.insert(0, str(THEME / "templates"))
    config.html_static_path.insert(0, str(THEME / "static"))
    config.html_favicon = config.html_favicon or str(THEME / "static/mark.svg")
    config.html_copy_source = False  # no page leads to it
    config.html_sidebars = {"**": ["course-sidebar.html"]}


def trim(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Leave out what no page of this book uses; the page has one style sheet."""
    context["css_files"] = []
    context["script_files"] = [
        file for file in context["script_files"] if loaded(file) and not UNUSED.search(loaded(file))
    ]
    context["metatags"] = VIEWPORT.sub("", context.get("metatags", ""))
    for script in context["script_files"]:
        script.attributes["defer"] = "defer"  # in their order, when the page has been read


def loaded(file: object) -> str:
    """The name of the file; a script or style without one stands in the page, which the page's policy forbids."""
    return str(getattr(file, "filename", file) or "")


def digest(file: Path) -> str:
    """By which a page names what a browser may keep."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:8]


def describe(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """The page's first paragraph is its description."""
    first = doctree and next(doctree.findall(nodes.paragraph), None)
    context["description"] = " ".join(first.astext().split()) if first else app.config.html_title


MEND = {  # what axe and a validator find in docutils and myst-nb
    'role="doc-biblioentry"': 'role="listitem"',
    ' aria-label="Toggle hidden content"': "",
    '<th class="head"></th>': "<td></td>",
    '<th class="head"><p></p></th>': "<td></td>",
    '<th class="head': '<th scope="col" class="head',
    '<aside class="footnote-list brackets">': '<aside class="footnote-list brackets" role="none">',
}

# The words of a fold of code, which myst-nb writes as paragraphs where a line of text stands.
FOLD_WORDS = re.compile(r'<p class="(collapsed|expanded) admonition-title">(.*?)</p>')

# What may be wider than the page: it is reached by the keyboard from the start, and the page's script lets go what is not.
SCROLLING = re.compile(
    r'<(?:pre|span class="katex-display"|ol class="equalities[^"]*"'
    r'|div class="(?:pst-scrollable-table-container|ledger-box|graph)")(?=[ >])'
)

# Names, signs and room in code: the style sheet gives them the colour of the text.
COLOURLESS = re.compile(r'<span class="(?:[nopw]|nb|bp)">([^<]*)</span>')


def mended(text: str) -> str:
    """HTML as docutils writes it, without its faults, and without elements that nothing shows."""
    for wrong, right in MEND.items():
        text = text.replace(wrong, right)
    text = FOLD_WORDS.sub(r'<span class="\1">\2</span>', text)
    return COLOURLESS.sub(r"\1", SCROLLING.sub(r'\g<0> tabindex="0"', text))


def mend(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    context["body"] = mended(context.get("body", ""))


def lay_out(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """A page that is laid out otherwise than a chapter says so at its head."""
    context["layout"] = next((name for name in LAYOUTS if f'class="{name}' in context.get("body", "")), None)


def setup(app: Sphinx) -> None:
    app.add_js_file("frame.js")
    app.add_js_file("folds.js")
    app.add_js_file("course.js")
    app.connect("config-inited", own_theme)
    app.connect("html-page-context", trim, priority=900)
    app.connect("html-page-context", mend, priority=900)
    app.connect("html-page-context", describe, priority=900)
    app.connect("html-page-context", lay_out, priority=900)
