"""The form on which a reader's formula is judged, `{formula-check}`: its script asks the second prover."""

import json
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from coursebook.html.bundles import script
from coursebook.html.elements import element, html
from coursebook.places import THEME
from coursebook.statements import words
from coursebook.statements.domain import statements
from coursebook.statements.words import _

SCRIPT = "formula.js"
CHECKER = "checker.js"  # the second prover, in one file for all scripts that ask it


class FormulaCheck(SphinxDirective):
    """A line for each example: its title | the formula | its letters, with semicolons between them."""

    has_content: ClassVar = True

    def run(self) -> list[nodes.Node]:
        statements(self.env).data["check"] = self.env.docname
        examples = [[part.strip() for part in line.split(" | ")] for line in self.content if line.strip()]
        if wrong := [parts for parts in examples if len(parts) != 3]:
            raise self.error(f"an example is its title | the formula | its letters, unlike {' | '.join(wrong[0])}")
        return [form(examples)]


def form(examples: list[list[str]]) -> element:
    """Shown where the page's script serves it."""
    items = [
        html("li", html("button", title, type="button", data_formula=formula, data_letters=letters))
        for title, formula, letters in examples
    ]
    field = {"spellcheck": "false", "autocapitalize": "off", "autocomplete": "off"}
    return html(
        "form",
        html("label", _("Formula"), html("input", type="text", name="formula", **field)),
        html("label", _("Its letters, one a line"), html("textarea", name="letters", rows="4", **field)),
        html("button", _("Judge"), type="submit", classes=["judge"]),
        html("div", classes=["answer"], role="status"),
        html("p", _("Or begin with one of these:")),
        html("ul", *items, classes=["examples"]),
        classes=["formula-check", "pst-js-only"],
        aria_label=_("A formula to judge"),
        data_words=json.dumps(told()),
    )


def told() -> dict[str, str]:
    """What the script says."""
    return {
        "proved": _("Proved"),
        "proved_all": _("Proved for all sizes"),
        "refuted": _("Refuted"),
        "undecided": _("Undecided"),
        "unread": _("Not understood"),
        "where": _("This holds where {condition}."),
        "agreed": _("Numbers agree at {points} random points as well."),
        "apart": words.apart(entry=False),
        "apart_entry": words.apart(entry=True),
        "open": _("It may be true and it may be false: this prover finds neither a proof nor numbers against it."),
        "letter": _(
            "{line} declares no letter. Write X: m x n for a matrix, n: size, eta > 0, z, or g() for a function."
        ),
    }


def load(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """A page that has the form loads its script, and no other page does."""
    if doctree and any("formula-check" in node["classes"] for node in doctree.findall(element)):
        app.add_js_file(CHECKER)
        app.add_js_file(SCRIPT)


def setup(app: Sphinx) -> None:
    app.add_directive("formula-check", FormulaCheck)
    app.connect("html-page-context", load)
    script(app, CHECKER, THEME / "checker.mjs", "Checker")
    script(app, SCRIPT, THEME / "formula/page.mjs")
