"""A record becomes a box: title, state, numbered formula, hypotheses, what it rests on, its proof and its code folded."""

import json
from collections.abc import Iterable
from urllib.parse import urlencode

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from coursebook.html.elements import deferred, element, html, prose
from coursebook.html.node import ask
from coursebook.places import RECORD
from coursebook.statements import words
from coursebook.statements.domain import Record, statements
from coursebook.statements.proofs import BESIDE_NAME, Link, equalities, proof, signs
from coursebook.statements.second import OPEN, verdict
from coursebook.statements.stating import only_states
from coursebook.statements.words import _


class StatementOutput:
    """Renders a cell's output of our MIME type (entry point `myst_nb.mime_renderers`)."""

    mime_priority_overrides = (("*", RECORD, 1),)

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        if inline or data.mime_type != RECORD:
            return None
        document = renderer.renderer.document
        env = document.settings.env
        record = Record.read(data.content, docname=env.docname, source=document["source"], line=data.line or 0)
        statements(env).note(record)
        said = [written(renderer, text, name) for name, text in (("words", record.words), ("source", record.source_of))]
        formula = [numbered(document, record)] if record.latex else [html("span", id=record.anchor)]
        return [deferred("", *formula, *filter(None, said), make=stated, record=record)]


def written(renderer: NbElementRenderer, text: str, name: str) -> element | None:
    """What an author wrote in the page's language: formulas, and references to the literature."""
    if not text:
        return None
    node = html("p", classes=[name])
    with renderer.renderer.current_node_context(node):
        renderer.renderer.nested_render_text(text, 0, inline=True)
    return node


def numbered(document: nodes.document, record: Record) -> nodes.math_block:
    """The formula with its number, which {eq} finds."""
    domain, env = document.settings.env.get_domain("math"), document.settings.env
    latex = words.worded(record.latex)
    block = nodes.math_block(latex, latex, nowrap=False, label=record.id, docname=env.docname)
    block["ids"], block["number"] = [record.anchor], 0
    block.source, block.line = record.source, record.line
    if record.id not in domain.equations:  # a second one is an error of ours, with both places
        domain.note_equation(env.docname, record.id, location=block)
    block["number"] = domain.get_equation_number_for(record.id)
    document.note_explicit_target(block)
    return block


def is_code(node: nodes.Node) -> bool:
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code_source"


def take_code(app: Sphinx, doctree: nodes.document) -> None:
    """The code of a cell that only states goes into the last of its boxes; what else the cell shows stays where it is."""
    for code in list(doctree.findall(is_code)):
        cell = code.parent
        boxes = [node for node in cell.findall(deferred) if node["make"] is stated]
        if boxes and only_states(code.astext(), cell["cell_metadata"].get("tags", ())):
            cell.remove(code)
            boxes[-1].append(code)


class Repeat(SphinxDirective):
    """`{statement} id` shows a statement of any page again, with words of its own."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        node = deferred("", make=repeated, id=self.arguments[0])
        self.set_source_info(node)
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]


def stated(app: Sphinx, docname: str, node: deferred) -> list[nodes.Node]:
    """The box that is the statement's place: links lead to its top, where its name is."""
    record = node["record"]
    source = [child for child in node.children if "source" in child.get("classes", ())]
    code = [child for child in node.children if is_code(child)]
    formula = [child for child in node.children if child not in [*source, *code]]
    shown = sorted(formula, key=lambda child: "words" not in child.get("classes", ()))
    permalink = html(
        "a", *number(app, record), classes=["permalink"], href=f"#{record.anchor}", title=_("Link to this statement")
    )
    beside = html("span", permalink, more(app, record), classes=["eqno"])
    if not record.latex:
        shown[0].append(beside)
    for child in shown:
        child["ids"] = []
    shown = [beside_number(beside, app, docname, record, each) if is_formula(each) else each for each in shown]
    said = [sourced(each.children) for each in source]
    return [box(app, docname, record, shown, said, [as_code(each) for each in code], id=record.anchor)]


def as_code(code: nodes.container) -> element:
    return html("details", html("summary", _("As code")), code, classes=["fold", "as-code"])


def is_formula(node: nodes.Node) -> bool:
    return isinstance(node, nodes.math_block)


def beside_number(number: element, app: Sphinx, docname: str, record: Record, formula: nodes.Element) -> element:
    """The formula, or the lines of a derivation, each with its reason, and their number."""
    if record.kind == "derivation":
        return html("div", number, equalities(record.steps, links(app, docname)), classes=["numbered", "derived"])
    formula["number"] = None
    return html("div", number, formula, classes=["numbered"])


def number(app: Sphinx, record: Record, otherwise: str = "#") -> list[nodes.Node]:
    """(1.5), or what stands in its place where there is no formula to number."""
    found = statements(app.env).number(record)
    return prose(f"({found})" if found else otherwise)


def more(app: Sphinx, record: Record) -> element:
    """The button behind which the page's script keeps the statement's TeX and how it is cited."""
    label = _("Copy or cite {statement}").format(statement=statements(app.env).number(record) or record.title)
    named = {"title": _("Copy or cite"), "aria_label": label}
    return html("button", type="button", popovertarget="about", classes=["more", "pst-js-only"], **named)


def sourced(text: list[nodes.Node]) -> element:
    return html("p", *words.filled(_("Source: {source}."), source=text), classes=["given"])


def repeated(app: Sphinx, docname: str, node: deferred) -> list[nodes.Node]:
    record = statements(app.env).by_id()[node["id"]]
    latex = words.worded(record.latex)
    formula = nodes.math_block(latex, latex, nowrap=False, number=None)
    formula.source, formula.line = node.source, node.line
    beside = html("span", link(app, docname, record, *number(app, record)), classes=["eqno"])
    return [box(app, docname, record, [beside_number(beside, app, docname, record, formula)], node.children)]


def box(
    app: Sphinx,
    docname: str,
    record: Record,
    formula: list[nodes.Node],
    said: Iterable[nodes.Node] = (),
    folded: Iterable[nodes.Node] = (),
    **place: str,
) -> element:
    """The box around one statement."""
    head = html(
        "p", html("span", *prose(record.title), classes=["name"]), badge(app, docname, record), classes=["head"]
    )
    parts = [head, *formula, *said, *meant(app, docname, record), *counterexample(app, docname, record)]
    if record.kind != "definition" and record.state.startswith("proved"):
        parts.append(proof(record, links(app, docname)))
    parts += folded
    classes = ["statement", record.state, *(["wide"] if signs(record.latex) > BESIDE_NAME else [])]
    return html("div", *parts, classes=classes, role="group", aria_label=record.title, **place)


def counterexample(app: Sphinx, docname: str, record: Record) -> list[element]:
    """For what is false, both sides at some values, these, and where it can be typed in another form."""
    if (found := record.counterexample) is None:
        return []
    left, *right = found["sides"]
    row, column = [place + 1 for place in found["entry"] or (0, 0)]
    message = words.apart(entry=found["entry"] is not None) if right else words.negative()
    shown = {"left": words.formula(left), "right": words.formula(*right or [""]), "row": row, "column": column}
    values = [html("li", *prose(words.formula(value))) for value in found["values"]]
    told = html("p", *prose(message.format(**shown)), classes=["given"])
    return [told, html("ul", *values, classes=["values"]), *to_mend(app, docname, record)]


def to_mend(app: Sphinx, docname: str, record: Record) -> list[element]:
    """A link to the page on which the formula is judged as a reader changes it, if it can be typed and is judged there."""
    page, found = statements(app.env).data["check"], verdict(statements(app.env), record)
    if not page or not found or found["verdict"] == OPEN:
        return []
    typed = ask("typing", statement=json.dumps(record.statement), verdict=found["verdict"])
    if not typed:
        return []
    address = f"{app.builder.get_relative_uri(docname, page)}#{urlencode(typed)}"
    return [html("p", html("a", _("Mend it yourself"), href=address), classes=["given"])]


def badge(app: Sphinx, docname: str, record: Record) -> element:
    """The state; it leads to the statement's line in the ledger."""
    label, ledger = capital(words.state(record.state)), statements(app.env).data["ledger"]
    if ledger is None:
        return html("span", label, classes=["state", record.state])
    line = f"{app.builder.get_relative_uri(docname, ledger)}#{nodes.make_id(record.id)}"
    return html("a", label, classes=["state", record.state], href=line)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def meant(app: Sphinx, docname: str, record: Record) -> list[element]:
    """For what it is meant, under which hypotheses and where it holds, for which sizes, and what it rests on."""
    lines = []
    if sentences := hypotheses(app, record):
        lines.append(prose(" ".join(sentences)))
    if record.observed:
        lines.append(prose(words.observed(**record.observed)))
    if record.state == "proved-sizes":
        lines.append(prose(_("Sizes: {sizes}.").format(sizes=record.sizes)))
    domain = statements(app.env)
    known = domain.by_id()
    used, users = domain.uses(record), domain.used_by(record)
    rests = []
    if used:
        uses = words.listed([[named(app, docname, known[use])] for use in used])
        rests += words.filled(_("Rests on {statements}."), statements=uses)
    if users:
        by = words.listed(
            [[link(app, docname, known[user], *number(app, known[user], known[user].title))] for user in users]
        )
        rests += [*([nodes.Text(" ")] if rests else []), *words.filled(_("Used by {statements}."), statements=by)]
    if rests:
        lines.append(rests)
    if far := [cited for cited in domain.rests_on_cited(record) if cited.id not in used]:
        cited = words.listed([[named(app, docname, each)] for each in far])
        lines.append(words.filled(_("Through these, on {statements}, cited."), statements=cited))
    return [html("p", *line, classes=["given"]) for line in lines]


def hypotheses(app: Sphinx, record: Record) -> list[str]:
    """A claim says all that it assumes; a definition what those before it on the page have not said."""
    page = statements(app.env).data["records"][record.docname]
    before = [earlier for earlier in page[: page.index(record)] if earlier.kind == record.kind == "definition"]
    said = [entry for earlier in before for entry in earlier.domain]
    domain = [*words.domain([entry for entry in record.domain if entry not in said])]
    if record.counterexample and (meanings := words.meanings(record.domain)):  # elsewhere the proof says it
        domain.append(meanings)
    return [*domain, *words.given(record.given), *words.conditions(record.conditions, record.kind == "definition")]


def named(app: Sphinx, docname: str, record: Record) -> element:
    number = statements(app.env).number(record)
    return link(app, docname, record, *prose(record.title), f" ({number})" if number else "")


def links(app: Sphinx, docname: str) -> Link:
    """From ids to links, as they are seen from a page; of a statement that is nowhere, its id."""
    known = statements(app.env).by_id()
    return lambda id: [named(app, docname, known[id])] if id in known else [nodes.Text(id)]


def link(app: Sphinx, docname: str, record: Record, *text: nodes.Node | str) -> element:
    return html("a", *text, href=address(app, docname, record))


def address(app: Sphinx, docname: str, record: Record) -> str:
    return f"{app.builder.get_relative_uri(docname, record.docname)}#{record.anchor}"


def setup(app: Sphinx) -> None:
    app.add_directive("statement", Repeat)
    app.connect("doctree-read", take_code)
