"""Figures that a reader moves, `{live}`: their numbers come from statements of the book, their words from the chapter.

A figure's module, in `theme/live/figures`, only draws.  What it draws before a script runs, the build draws by the same
module, so that the page without a script and the one on paper show the figure answered.
"""

import json
import re
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from coursebook.html.bundles import script
from coursebook.html.elements import deferred, element, html, place
from coursebook.html.node import RenderError, ask
from coursebook.places import CHECKER, THEME
from coursebook.site.arithmetic import arithmetic
from coursebook.statements.domain import statements
from coursebook.statements.words import _

LOADER = "live.js"
MODULES = THEME / "live"
FIGURES = MODULES / "figures"
PLACES = re.compile(r"\{(\w+)\}")
USED = {"symbols": ("name",), "matrices": ("name", "rows", "cols"), "functions": ("name", "known")}


class Live(SphinxDirective):
    """A line `key | text` for each text of the figure, `key | text | range` for what is moved; then a blank line and the caption.

    A range is `low high step`, `low high low high step` for a point, or `key: text; key: text` for a choice.  The lines
    `ask`, `choice KEY` and `answer` are the question, the guesses, and what is said when one has guessed; `says` is the
    state in words.  `guess` names the slider that is the guess, where no choices are.
    """

    has_content: ClassVar = True
    required_arguments: ClassVar = 1
    option_spec: ClassVar = {key: str for key in ("name", "statements", "state", "then", "play", "guess")}

    def run(self) -> list[nodes.Node]:
        self.kind = self.arguments[0]
        if not (FIGURES / f"{self.kind}.mjs").is_file():
            known = ", ".join(sorted(path.stem for path in FIGURES.glob("*.mjs")))
            raise self.error(f"no figure is called {self.kind}; there are {known}")
        if missing := [key for key in ("name", "statements", "state") if key not in self.options]:
            raise self.error(f"the option :{missing[0]}: is missing")
        for path in (*MODULES.rglob("*.mjs"), *CHECKER.glob("plain/*.mjs")):
            self.env.note_dependency(str(path))
        self.id = self.options["name"]
        lines, caption = self.lines()
        return [self.figure(lines, caption)]

    def lines(self) -> tuple[list[list[str]], str]:
        text = "\n".join(self.content).strip()
        head, _blank, caption = text.partition("\n\n")
        parts = [[part.strip() for part in line.split(" | ")] for line in head.splitlines()]
        if wrong := [each for each in parts if len(each) not in (2, 3)]:
            raise self.error(f"a line is key | text, or key | text | range, unlike {' | '.join(wrong[0])}")
        keys = [parts[0] for parts in parts]
        if twice := [key for key in keys if keys.count(key) > 1]:
            raise self.error(f"the line {twice[0]} | ... is there twice")
        if missing := [key for key in ("label", "ask", "answer", "says") if key not in keys]:
            raise self.error(f"the line {missing[0]} | ... is missing")
        return parts, caption

    def figure(self, lines: list[list[str]], caption: str) -> element:
        words = {key: text for key, text, *_range in lines}
        ranges = {key: given for key, _text, *more in lines for given in more}
        state = settings(self.options["state"])
        if strange := [key for key in ranges if key not in state]:
            raise self.error(f"{strange[0]} has a range and no value in :state:")
        points = {key: [float(part) for part in given.split()] for key, given in ranges.items() if is_point(given)}
        guess = self.options.get("guess", "")
        data = {"state": state, "then": settings(self.options.get("then", "")), "play": self.options.get("play", "")}
        data |= {"guess": guess, "points": points, "words": words}
        moved = {key: self.control(key, words[key], given) for key, given in ranges.items() if key not in points}
        first = [moved.pop(guess)] if guess else []
        names = self.options["statements"].split()
        made = html(
            "figure",
            self.question(words, first),
            deferred("", make=stage, kind=self.kind, data=data, uses=names),
            html("div", *moved.values(), classes=["controls", "later"]) if moved else "",
            html("p", *map(button, ("step", "play", "reset")), classes=["buttons", "later"]),
            html("p", classes=["spoken"], role="status"),
            html("figcaption", *self.inline(caption)),
            classes=["live"],
            id=self.id,
            data_live=self.kind,
        )
        self.set_source_info(made)
        return made

    def inline(self, text: str) -> list[nodes.Node]:
        parsed, messages = self.parse_inline(" ".join(text.split()))
        if messages:
            raise self.error(messages[0].astext())
        return parsed

    def control(self, key: str, text: str, given: str) -> element:
        if ":" in given:
            options = dict(re.split(r":\s*", part, maxsplit=1) for part in re.split(r";\s*", given))
            return self.choice(key, text, options, **{"data-key": key})
        low, high, step = given.split()
        field = {"type": "range", "min": low, "max": high, "step": step, "value": low, "data-key": key}
        named, slider = {"for": f"{self.id}-{key}"}, html("input", id=f"{self.id}-{key}", **field)
        return html(
            "div", html("label", *self.inline(text), **named), html("output", **named), slider, classes=["range"]
        )

    def choice(self, key: str, text: str, options: dict[str, str], **more: str) -> element:
        """One of a few."""
        field = {"type": "radio", "name": f"{self.id}-{key}"} | more
        labels = [
            html("label", html("input", value=value, **field), html("span", *self.inline(shown)))
            for value, shown in options.items()
        ]
        return html("fieldset", html("legend", *self.inline(text)), *labels, classes=["pick"])

    def question(self, words: dict[str, str], first: list[element]) -> element:
        choices = {key.split()[1]: text for key, text in words.items() if key.startswith("choice ")}
        if bool(choices) == bool(first):
            raise self.error(
                "the guess is either one of the lines choice KEY | ..., or the slider of the option :guess:"
            )
        go = {"type": "button", "data-do": "guess"} | ({"disabled": "disabled"} if choices else {})
        if choices:
            first = [self.choice("guess", _("Your guess"), choices)]
        found = {
            "right": _("As you said."),
            "wrong": _("You said otherwise."),
            "near": _("You were near."),
            "below": _("More was possible."),
            "above": _("That was too much."),
        }
        return html(
            "div",
            html("p", _("Predict first"), classes=["head"]),
            html("p", *self.inline(words["ask"]), classes=["asked"]),
            html("div", *first, classes=["guesses"]),
            html(
                "p",
                html("button", _("Show what happens"), classes=["main"], **go),
                html("button", _("Show it without a guess"), type="button", data_do="skip", classes=["plain"]),
                classes=["buttons"],
            ),
            html(
                "p",
                html("strong", classes=["found"]),
                *with_places(self.inline(words["answer"])),
                classes=["verdict"],
                tabindex="-1",
                **{f"data-{key}": said for key, said in found.items()},
            ),
            classes=["ask"],
        )


def button(key: str) -> element:
    said = {"step": _("Step"), "play": _("Play"), "reset": _("Reset")}
    more = {"data-play": said["play"], "data-pause": _("Pause")} if key == "play" else {}
    return html("button", said[key], type="button", data_do=key, **more)


def is_point(given: str) -> bool:
    return ":" not in given and len(given.split()) == 5


def settings(text: str) -> dict[str, Any]:
    """`rate=0.1 start=1,2 on=bowl` as values: numbers, lists of numbers, words."""
    return {key: value(shown) for key, shown in (part.split("=") for part in text.split())}


def value(text: str) -> float | list[float] | str:
    try:
        found = [float(part) for part in text.split(",")]
    except ValueError:
        return text
    return found if "," in text else found[0]


def with_places(parsed: list[nodes.Node]) -> list[nodes.Node]:
    """Each {key} in the words as a place for a value."""
    found = []
    for node in parsed:
        parts = PLACES.split(node.astext()) if isinstance(node, nodes.Text) else [node]
        found += [html("output", data_of=part) if at % 2 else part for at, part in enumerate(parts)]
    return [nodes.Text(part) if isinstance(part, str) else part for part in found]


def stage(app: Sphinx, docname: str, node: deferred) -> list[nodes.Node]:
    """The figure as it is answered, the state in words, and the data for the page's script."""
    known = statements(app.env).by_id()
    figure = node.parent
    stated = {id: known[id].statement for id in node["uses"]}
    if unread := [id for id, statement in stated.items() if statement is None]:
        raise ExtensionError(
            f"{place(figure)}: {unread[0]} is not written as data, from which a figure takes numbers; name another"
        )
    data = node["data"] | {"statements": {id: reduced(statement) for id, statement in stated.items() if statement}}
    try:
        drawn = ask("live", kind=node["kind"], data=json.dumps(data))
    except RenderError as error:
        raise ExtensionError(f"{place(figure)}: the figure {node['kind']}: {error}") from None
    choices = [key.split()[1] for key in data["words"] if key.startswith("choice ")]
    if choices and drawn["truth"] not in choices:
        raise ExtensionError(
            f"{place(figure)}: the right guess is {drawn['truth']}, and no line `choice {drawn['truth']}` is there"
        )
    for output in figure.findall(element):
        if key := output["attributes"].get("data-of"):
            if key not in drawn["texts"]:
                raise ExtensionError(
                    f"{place(figure)}: the answer has a place {{{key}}}, and the figure tells {', '.join(drawn['texts'])}"
                )
            output += nodes.Text(drawn["texts"][key])
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return [
        nodes.raw(
            "",
            f'<script type="application/json">{text}</script><div class="stage">{drawn["picture"]}</div>',
            format="html",
        ),
        html("p", drawn["says"], classes=["says"], aria_hidden="true"),
    ]


def reduced(statement: dict[str, Any]) -> dict[str, Any]:
    """What the numbers of a statement need."""
    tables = {
        table: {id: {key: line[key] for key in keys if key in line} for id, line in statement[table].items()}
        for table, keys in USED.items()
    }
    return tables | {key: statement[key] for key in ("names", "left", "right") if key in statement}


def check(app: Sphinx) -> None:
    if found := list(arithmetic(FIGURES)):
        raise ExtensionError("\n".join(found))


def load(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """A page with figures loads the script that fetches theirs when one comes near."""
    if doctree and any("live" in node["classes"] for node in doctree.findall(element)):
        app.add_js_file(LOADER)


def setup(app: Sphinx) -> None:
    app.add_directive("live", Live)
    app.connect("builder-inited", check)
    app.connect("html-page-context", load)
    script(app, LOADER, MODULES / "near.mjs")
    for figure in sorted(FIGURES.glob("*.mjs")):
        script(app, f"live-{figure.stem}.js", figure)
