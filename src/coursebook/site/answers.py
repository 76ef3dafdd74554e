"""Fields in which a reader answers an exercise, `{answer} KIND`: the page judges the answer and says which slip it is.

    ```{answer} number
    The difference of the two losses:

    + `log(27/16)/4`
    - `log(27/16)`
      That is the difference of the sums: divide by the number of days.
    ```

The items of its list are the right answer, with a plus, and wrong ones; what stands below an answer is said to who gives it.
Numbers are right where all conditions hold of them, such as `:where: w_1 + b > 0; w_1 w_2 = 0`; one example is the right item.
Lines to be put in order stand as listed, or, with `:chains: 1 2 4; 3 4`, in any order that keeps the one of each chain.
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective
from sphinx_exercise.nodes import exercise_enumerable_node, exercise_node

from coursebook.html.bundles import script
from coursebook.html.elements import deferred, element, html, place
from coursebook.html.node import ask
from coursebook.html.noted import note_pages, noted
from coursebook.places import THEME
from coursebook.statements.boxes import links
from coursebook.statements.domain import Record, statements
from coursebook.statements.proofs import equalities, sides
from coursebook.statements.words import _
from coursebook.written import before_pages

SCRIPT = "answers.js"
ANSWERS = "answers"  # under which the fields of a page are noted
TYPED = ("number", "array", "numbers", "formula", "derivation")
HIDDEN = r"\boxed{\,?\,}"
CHOSEN = ("choice", "order")
KINDS = (*TYPED, *CHOSEN)


class Answer(SphinxDirective):
    """A question, then a list: items with a plus are right, items with a minus are wrong."""

    has_content: ClassVar = True
    required_arguments: ClassVar = 1
    option_spec: ClassVar = {
        "letters": directives.unchanged,
        "statement": directives.unchanged,
        "step": directives.positive_int,
        "chains": directives.unchanged,
        "where": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        kind = self.arguments[0]
        if kind not in KINDS:
            raise self.error(f"no such kind of answer: {kind}; there are {', '.join(KINDS)}")
        content = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, content)
        asked = [node for node in content.children if not isinstance(node, nodes.bullet_list)]
        items = [item for each in content.children if isinstance(each, nodes.bullet_list) for item in read(each)]
        right, wrong = ([item for item in items if item["right"] == side] for side in (True, False))
        statement = self.options.get("statement", "")
        self.check(kind, asked, right, wrong, statement)
        chains = self.chains(kind, len(right))
        field = {"kind": kind, "statement": statement, "letters": lines(self.options.get("letters", ""))}
        field |= {"step": self.options.get("step", 0), "where": lines(self.options.get("where", ""))}
        if kind in TYPED:
            field |= {"right": right[0]["text"] if right else None, "wrong": [item["text"] for item in wrong]}
            if kind == "derivation":
                begins, ends = right
                field |= {"from": begins["text"], "right": ends["text"]}
                right = [ends]
            items = [*right, *wrong]
        if kind == "order":
            field["chains"] = chains
        node = deferred("", *asked, *items, make=make, field=field, **({"id": statement} if statement else {}))
        self.set_source_info(node)
        return [node]

    def check(
        self, kind: str, asked: list[nodes.Node], right: list[nodes.Node], wrong: list[nodes.Node], statement: str
    ) -> None:
        """Raises:  the fault of the directive, with its remedy"""
        if not asked:
            raise self.error("an answer begins with its question, a line before the list")
        if statement and kind != "formula":
            raise self.error(f"the right side of a statement is a formula, and this is a {kind}: leave out :statement:")
        if (kind == "numbers") != bool(self.options.get("where")):
            raise self.error("the conditions that an answer must obey, :where:, belong to numbers, and numbers to them")
        if kind == "derivation" and (len(right) != 2 or wrong):
            raise self.error("a derivation has two items with a plus, where it begins and where it ends")
        if kind in TYPED and kind != "derivation" and len(right) != (0 if statement else 1):
            many = "no right answer beside its statement" if statement else "one right answer, an item with a plus"
            raise self.error(f"a {kind} has {many}, unlike the {len(right)} here")
        if kind == "choice" and not (len(right) == 1 and wrong and all(item["said"] for item in wrong)):
            raise self.error("a choice has one right item with a plus, and wrong ones, each with its reason below it")
        if kind == "order" and len(right) < 3:
            raise self.error("an order has at least three lines, items with a plus, in a right order")

    def chains(self, kind: str, count: int) -> list[list[int]]:
        """Lines that stand in the order of each chain, and otherwise anywhere; all of them, where nothing is said.

        Raises:  the fault of a chain, with its remedy
        """
        told = lines(self.options.get("chains", ""))
        if told and kind != "order":
            raise self.error(f"chains say in which orders lines may stand, and this is a {kind}: leave them out")
        every = list(range(1, count + 1))
        chains = [[int(line) if line.isdecimal() else 0 for line in chain.split()] for chain in told] or [every]
        if any(chain != sorted(set(chain)) or not set(chain) <= set(every) for chain in chains):
            raise self.error(f"a chain names lines from 1 to {count} in the order of the list, such as 1 2 {count}")
        if lost := set(every).difference(*chains):
            raise self.error(f"line {min(lost)} stands in no chain: put it into one")
        shuffled = [*every[1::2], *every[::2]]  # as theme/answers/chains.mjs shuffles
        if kind == "order" and all(sorted(chain, key=shuffled.index) == chain for chain in chains):
            raise self.error(
                "every other line, then the others, is how they are shuffled, and a right order: list them otherwise"
            )
        return chains


def read(items: nodes.bullet_list) -> Iterator[nodes.container]:
    """The items of a list: its first line is an answer, its other lines are said to who gives it."""
    for item in items.children:
        answer, said = nodes.paragraph(), nodes.paragraph()
        side = answer
        for child in item.children[0].children if item.children else ():
            if side is answer and isinstance(child, nodes.Text) and child.startswith("\n"):
                side = said
            else:
                side += child
        parts = [part for part in (answer, said) if part.children]
        yield nodes.container("", *parts, text=answer.astext(), right=items["bullet"] == "+", said=bool(said.children))


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.split(";") if line.strip()]


# ---------------------------------------------------------------- the fields of all pages
def numbered(app: Sphinx, doctree: nodes.document) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each field, with file and line, for the checks and for the list of chapters: it gets its exercise and its place there."""
    for exercise in doctree.findall(is_exercise):
        for place_, node in enumerate(fields(exercise)):
            node["field"] |= {"exercise": exercise["label"], "place": place_}
            yield place(node), node["field"]
    for node in fields(doctree):
        if "exercise" not in node["field"]:
            statements(app.env).note_fault(app.env.docname, f"{place(node)}: an answer stands outside an exercise")


def is_exercise(node: nodes.Node) -> bool:
    return isinstance(node, exercise_node | exercise_enumerable_node)


def unnamed(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """The contents of exercises and solutions have no id: sphinx-exercise gives all of a page the same one."""
    for section in doctree.findall(nodes.section):
        if section["ids"] in (["exercise-content"], ["solution-content"]):
            section["ids"] = []


def fields(node: nodes.Element) -> list[deferred]:
    return [each for each in node.findall(deferred) if "field" in each]


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """A field whose right answer is not judged right, or whose slip is not recognised, stops the build."""
    for docname, found in noted(env, ANSWERS).items():
        for where, field in found:
            record = statements(env).by_id().get(field["statement"])
            for fault in step_faults(record, field["step"]) or faults(full(env, field)):
                statements(env).note_fault(docname, f"{where}: {fault}")


def step_faults(record: Record | None, step: int) -> list[str]:
    """A line is hidden between others: that of the last one is the right side itself."""
    lines_ = len(record.steps) if record else 0
    return (
        [f"{record.id} has {lines_} lines: hide the end of one before the last"]
        if record and step >= max(1, lines_)
        else []
    )


def faults(field: dict[str, Any]) -> Iterator[str]:
    if field["kind"] in TYPED and (field["right"] is not None or field["statement"]):
        yield from ask("answer", field=json.dumps(field))


def full(env: BuildEnvironment, field: dict[str, Any]) -> dict[str, Any]:
    """A field with the statement that it names, as data."""
    record = statements(env).by_id().get(field["statement"])
    return with_statement(field, record.statement if record else None)


def with_statement(field: dict[str, Any], stated: dict[str, Any] | None) -> dict[str, Any]:
    """The right side of the statement is the answer, or of one of its lines; what else the page shows of it is none."""
    if stated is None:
        return field | {"statement": None}
    shown, right = [stated["left"]], stated.get("right")
    if field["step"]:
        shown += [line.get("right") for line in stated["steps"]]
        right = shown.pop(field["step"])
    return field | {"statement": stated | {"right": right, "steps": []}, "shown": list(filter(None, shown))}


def hidden_line(app: Sphinx, docname: str, field: dict[str, Any]) -> list[element]:
    """The lines of a proof with a question mark for what follows from one of them."""
    if not field["step"]:
        return []
    steps = [dict(step) for step in statements(app.env).by_id()[field["statement"]].steps]
    for place_, step in enumerate(steps, 1):
        left, relation, right = sides(step["latex"])
        left, right = (HIDDEN if place_ - 1 == field["step"] else left), (HIDDEN if place_ == field["step"] else right)
        step["latex"] = f"{left} {relation} {right}"
    return [equalities(tuple(steps), links(app, docname))]


# ---------------------------------------------------------------- what stands on the page
def make(app: Sphinx, docname: str, node: deferred) -> list[element]:
    """The form of a field; where the reader types or chooses, the script puts there."""
    field, lines_ = full(app.env, node["field"]), hidden_line(app, docname, node["field"])
    name = f"{field['exercise']}-asks-{field['place']}"
    items = [child for child in node.children if isinstance(child, nodes.container)]
    asked = [child for child in node.children if child not in items]
    options = [html("li", *item.children[0].children, data_right=str(item["right"]).lower()) for item in items]
    said = [html("p", *(item.children[1].children if item["said"] else ())) for item in items]
    return [
        html(
            "form",
            html("div", *asked, classes=["asked"], id=name),
            *lines_,
            *([html("ul", *options, classes=["options"])] if field["kind"] in CHOSEN else []),
            html("div", *said, classes=["said"], hidden="hidden"),
            classes=["answer", "pst-js-only"],
            data_asked=name,  # names the field, not the form: one with a name would be a landmark
            data_field=json.dumps(field, ensure_ascii=False),
        )
    ]


def told() -> dict[str, str]:
    """What the script says."""
    return {
        "check": _("Check"),
        "right": _("Right"),
        "wrong": _("Not this"),
        "undecided": _("Undecided"),
        "unread": _("Not understood"),
        "misfit": _("The sizes do not fit"),
        "asked": _("Not yet an answer"),
        "unfinished": _("So far so good"),
        "coarse": _("Not yet an answer"),
        "proved": _("The prover shows that it equals the answer of the book."),
        "proved_all": _("The prover shows that it equals the answer of the book, for all sizes."),
        "conditions": _("All that was asked of them holds."),
        "broken": _("This has to hold, and is not shown to: {condition}"),
        "digits": _("It is right to the digits that you gave."),
        "agreed": _("It agrees with the answer of the book in twelve digits, and the prover has not shown more."),
        "lines": _("The prover shows that each line equals the one above it."),
        "where": _("This holds where {condition}."),
        "apart": _("Yours is {left}, and the answer {right}, at:"),
        "apart_entry": _("In row {row} and column {column} yours is {left}, and the answer {right}, at:"),
        "apart_line": _("It is {left}, and the line above it {right}, at:"),
        "apart_line_entry": _("In row {row} and column {column} it is {left}, and the line above it {right}, at:"),
        "entry": _("{count} of {total} entries are right; look at row {row}, column {column}."),
        "reordered": _("These are the right numbers, in another order."),
        "open": _("There is neither a proof that it is right nor a number against it, so it is not called wrong."),
        "question": _("That says again what was asked."),
        "digits_more": _("It begins like that: give three digits at least, or the exact number."),
        "end": _("Each equals sign holds; the last line has to be the end, with a line between at least."),
        "line": _("Line {line} is not shown to equal what is above it."),
        "at_line": _("This is said of line {line}."),
        "shapes": _("The answer has {right} rows and columns, and yours {typed}."),
        "ragged": _("All rows need as many entries."),
        "choose": _("Choose one of them."),
        "order": _("Line {line} is the first that cannot stand where it is."),
        "up": _("Move up: {line}"),
        "down": _("Move down: {line}"),
        "last_hint": _("Last hint: the lines of the solution, to be put in order"),
        "solution_order": _("So they stand in the solution."),
        "give_up": _("This exercise is not solved yet."),
        "show": _("Show the solution"),
        "solved": _("solved"),
        "count": _("{solved} of {total} exercises solved"),
        "kept": _("What you solve is kept in this browser alone: {solved} of {total} on this page, {all} in the book."),
        "export": _("Export"),
        "import": _("Import"),
        "forget": _("Forget all"),
        "sure": _("Forget what you solved in the whole book?"),
        "no_export": _("This is no file that Export wrote here: nothing has changed."),
    }


def load(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Every page shows in its list of chapters what is solved."""
    if any(noted(app.env, ANSWERS).values()):
        app.add_js_file(SCRIPT, loading_method="defer")


def write_words(app: Sphinx) -> None:
    """Before the script of the fields what it says, and how many fields each exercise of a page has."""
    target = Path(app.outdir, "_static", SCRIPT)
    exercises = {
        app.builder.get_target_uri(page): counted(found) for page, found in noted(app.env, ANSWERS).items() if found
    }
    known = {"EXERCISES": exercises, "WORDS": told()}
    data = "".join(f"var {name}={json.dumps(value, ensure_ascii=False)};\n" for name, value in known.items())
    target.write_text(data + target.read_text("utf8"), "utf8")


def counted(found: list[tuple[str, dict[str, Any]]]) -> dict[str, int]:
    """Exercise -> the number of its fields."""
    return Counter(field["exercise"] for _place, field in found)


def setup(app: Sphinx) -> None:
    app.setup_extension("coursebook.site.formula")  # which writes the second prover, as a file
    app.add_directive("answer", Answer)
    note_pages(app, ANSWERS, numbered)
    app.connect("doctree-resolved", unnamed)
    app.connect("env-updated", check, priority=400)  # before the faults of the book are told
    app.connect("html-page-context", load)
    script(app, SCRIPT, THEME / "answers/page.mjs")
    before_pages(app, write_words, priority=50)
